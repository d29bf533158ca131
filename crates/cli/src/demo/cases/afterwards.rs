//! What follows a determination: service refused, a review upheld or not, concealment found out, a slip corrected.
//! Nobody here is real.

use super::*;

/// 不予免责，五（四）：本人不肯签收，留置送达，两名见证人；归档。
pub fn the_worker_would_not_sign() -> Story {
    let mut application = application(
        "exempt",
        &["s3-8"],
        "dibao",
        "application",
        month(2026, 5),
        "帮本家一位叔叔代办低保，材料齐了他又不要了，后来生病没有保障，有人说是我没有办好。",
    );
    application.codes.kin = Kin::Yes;
    application.codes.kin_recorded = Some(false);
    const KIN: Unusual = &[
        ("s5-4-kin", Answer::Yes, "户籍和谈话证明，该户户主是申请人的叔叔。"),
        ("s5-4-unfiled", Answer::Yes, "近亲属备案表没有这一户。"),
        ("s5-4-knew", Answer::Yes, "本人承认知道是亲戚，没有备案。"),
    ];
    story(
        "林芳",
        "中原路街道办事处",
        HUALONG,
        application,
        [
            vec![vec![(on(9, 21), 9, 0, Deed::Submit)]],
            inquired(
                HUALONG,
                "林芳",
                [on(9, 22), on(9, 23), on(9, 24), on(10, 9)],
                Deed::Photo("谢军", "近亲属备案表", "没有这一户的备案", Picture::Form),
                ("林芳", "问：户主和你是什么关系？\n答：是我叔叔，忘了备案。"),
                Said::Spoke(
                    &["是亲戚，可我没有给他多办什么。"],
                    false,
                    "没有备案是事实，与是否多办无关。",
                ),
                KIN,
                "申请人与该户户主是亲属，知道而没有按规定备案。",
            ),
            vec![
                agreed(
                    "不予免责",
                    [on(10, 10), on(10, 12), on(10, 13)],
                    [
                        "有五（四）的情形。",
                        "同意。",
                        "与村居干部有亲属关系没有备案，有五（四）的情形。",
                    ],
                ),
                vec![
                    (
                        on(10, 14),
                        10,
                        0,
                        Deed::Do(
                            "罗琳",
                            left_with(Recipient::Worker, on(10, 14), ["社区主任老魏", "楼长陈大姐"]),
                        ),
                    ),
                    (
                        on(10, 15),
                        10,
                        0,
                        Deed::Do(
                            "罗琳",
                            left_with(Recipient::Unit, on(10, 15), ["街道办值班员", "社区主任老魏"]),
                        ),
                    ),
                    (on(10, 15), 15, 0, Deed::Do("梁燕", AcknowledgeReport {}.into())),
                ],
                filing(HUALONG, on(10, 16), "留置送达，附见证人签名和照片。"),
            ],
        ]
        .concat(),
    )
}

/// 减责，本人申请复核，市民政局维持。
pub fn review_upheld() -> Story {
    let application = application(
        "exempt-or-mitigate",
        &["s3-10", "s4-1"],
        "dibao",
        "publish",
        month(2026, 4),
        "试行手机公示，有 3 户的名字打错，群众看不出是谁，第三天改正。",
    );
    let slip: Unusual = &[
        ("s3-cause", Answer::No, "名字打错是录入失误，不是试行办法本身的问题。"),
        ("s3-10-untried", Answer::No, "偏差不是缺乏经验造成的。"),
    ];
    story(
        "徐强",
        "岳村镇人民政府",
        HUALONG,
        application,
        [
            vec![vec![(on(9, 28), 9, 0, Deed::Submit)]],
            inquired(
                HUALONG,
                "徐强",
                [on(9, 29), on(9, 30), on(10, 9), on(10, 14)],
                Deed::Photo("彭博", "手机公示截图", "3 户的名字各错一个字", Picture::Notice),
                ("徐强", "问：名字是谁录的？\n答：我录的，同音字选错了。"),
                Said::Spoke(&["第三天就改了，没有人因此漏领。"], true, "更正公示可以证明。"),
                slip,
                "公示录入错误，第三天更正，没有造成损失，属于一般失误。",
            ),
            vec![
                agreed(
                    "减责",
                    [on(10, 15), on(10, 19), on(10, 20)],
                    [
                        "免责不成立，符合四（一）。",
                        "同意。",
                        "一般失误、及时补救，符合四（一）。",
                    ],
                ),
                vec![
                    (on(10, 22), 9, 0, Deed::Acknowledge),
                    (
                        on(10, 26),
                        9,
                        0,
                        Deed::Do(
                            "徐强",
                            ApplyReview {
                                reason: "试行新办法，应当算先行先试，请认定免责。".into(),
                                signed: None,
                            }
                            .into(),
                        ),
                    ),
                    (
                        on(11, 4),
                        9,
                        0,
                        Deed::Do(
                            "郑卫东",
                            DecideReview {
                                upheld: true,
                                reason: "名字打错与试行办法无关，原认定的事实清楚、依据正确，维持。".into(),
                            }
                            .into(),
                        ),
                    ),
                ],
                filing(HUALONG, on(11, 6), "复核维持，全卷 1 册。"),
            ],
        ]
        .concat(),
    )
}

/// 不予免责，复核要求重新认定，补查以后改为免责。
pub fn review_changed() -> Story {
    let application = application(
        "exempt",
        &["s3-5"],
        "means-check",
        "check",
        month(2026, 2),
        "核对时平台没有他家的公积金，5 月才更新。有人说我没有及时报告，其实我当天发过微信给所长。",
    );
    const LATE: Unusual = &[("s3-report", Answer::No, "书面报告是发现以后第 12 天交的。")];
    const IN_TIME: Unusual = &[(
        "s3-report",
        Answer::Yes,
        "补充调取的微信记录证明，发现当天已向所长报告。",
    )];
    let review = ApplyReview {
        reason: "发现当天就用微信报告过所长，调查时没有看微信记录。".into(),
        signed: None,
    };
    let not_upheld = DecideReview {
        upheld: false,
        reason: "是否及时报告没有查清，微信记录应当调取。".into(),
    };
    let redetermine = Redetermine {
        ground: Anew::Review,
        reason: "按复核决定，补充调取微信记录，重新认定。".into(),
    };
    let waive = Waive {
        reason: "该说的都说了，看微信就行。".into(),
        signed: None,
    };
    story(
        "葛秀云",
        "王助镇人民政府",
        KAIFAQU,
        application,
        [
            vec![vec![(on(9, 14), 9, 0, Deed::Submit)]],
            inquired(
                KAIFAQU,
                "葛秀云",
                [on(9, 15), on(9, 16), on(9, 18), on(9, 22)],
                Deed::Photo("阎峰", "平台更新记录", "公积金数据 5 月 20 日才到", Picture::Form),
                ("葛秀云", "问：什么时候报告的？\n答：写了书面报告，日期在上面。"),
                Said::Spoke(&["数据晚到，不怪我。"], true, "平台更新记录可以证明。"),
                LATE,
                "数据滞后造成偏差，但书面报告晚了 12 天，不符合及时报告。",
            ),
            vec![
                agreed(
                    "不予免责",
                    [on(9, 23), on(9, 24), on(9, 28)],
                    ["没有及时报告。", "同意。", "及时报告不成立，不符合三的基本条件。"],
                ),
                vec![
                    (on(9, 29), 9, 0, Deed::Acknowledge),
                    (on(10, 9), 9, 0, Deed::Do("葛秀云", review.into())),
                    (on(10, 15), 9, 0, Deed::Do("郑卫东", not_upheld.into())),
                    (on(10, 16), 9, 0, Deed::Do("熊伟", redetermine.into())),
                    (on(10, 16), 10, 0, Deed::Do("俞佳", Invite::default().into())),
                    (
                        on(10, 19),
                        9,
                        0,
                        Deed::Photo("阎峰", "微信记录截图", "发现当天 17:42 已向所长报告", Picture::Notice),
                    ),
                    (on(10, 19), 14, 0, Deed::Do("葛秀云", waive.into())),
                    (on(10, 20), 9, 0, Deed::FindAnew(IN_TIME)),
                    (on(10, 20), 10, 0, Deed::Find(&[])),
                    (
                        on(10, 21),
                        9,
                        0,
                        Deed::Conclude("补查证明发现当天已经报告，数据滞后造成偏差，符合三（五）。"),
                    ),
                ],
                determined(
                    "免责",
                    on(10, 22),
                    on(10, 23),
                    [
                        "补查以后符合三（五）。",
                        "同意。",
                        "复核后补查，及时报告成立，符合三（五）。",
                    ],
                ),
                vec![(on(10, 26), 9, 30, Deed::Issue)],
            ],
        ]
        .concat(),
    )
}

/// 免责以后发现隐瞒，重新认定；正在重新核实。
pub fn concealed() -> Story {
    let application = application(
        "exempt",
        &["s3-1"],
        "dibao",
        "visit",
        month(2026, 6),
        "他家把房子过户给侄子再来申请，我查了平台、入了户，没有看出来。",
    );
    let redetermine = Redetermine {
        ground: Anew::Concealment,
        reason: "11 月 30 日收到银行流水，申请人 5 月收过该户 2000 元，申请时没有说明。".into(),
    };
    story(
        "杨帆",
        "马庄桥镇人民政府",
        QINGFENG,
        application,
        [
            vec![vec![(on(9, 15), 9, 0, Deed::Submit)]],
            inquired(
                QINGFENG,
                "杨帆",
                [on(9, 16), on(9, 17), on(9, 21), on(9, 24)],
                Deed::Photo("高峰", "入户照片", "入户时房子登记在侄子名下", Picture::House),
                ("村会计", "问：他家房子过户的事你知道吗？\n答：听说过，没有当回事。"),
                Said::Waived("没有要补充的。"),
                &[],
                "该户转移财产，杨帆按程序审核没有发现。",
            ),
            vec![
                determined(
                    "免责",
                    on(9, 28),
                    on(9, 29),
                    ["符合三（一）。", "同意。", "符合三（一），没有排除情形。"],
                ),
                vec![
                    (on(9, 30), 9, 30, Deed::Issue),
                    (on(12, 1), 9, 0, Deed::Do("韩志远", redetermine.into())),
                    (on(12, 2), 9, 0, Deed::Do("许敏", Invite::default().into())),
                    (
                        on(12, 3),
                        9,
                        0,
                        Deed::Photo("高峰", "银行流水", "5 月 18 日收到该户转账 2000 元", Picture::Slip),
                    ),
                    (on(12, 4), 14, 0, Deed::State(&["是借的，6 月就还了。"])),
                ],
            ],
        ]
        .concat(),
    )
}

/// 局里自己的工作人员申请，免责；报告有一处笔误，更正；归档以后补充归档采纳情况。
pub fn a_slip_in_the_report() -> Story {
    let mut application = application(
        "exempt",
        &["s3-5"],
        "means-check",
        "check",
        month(2026, 8),
        "核对中心批量比对时，税务数据少传了一个批次，有 4 户漏了经营收入。第二周补传，当天重新比对并改正。",
    );
    application.text.post = "核对中心工作人员".into();
    let desk = Desk {
        recipient: "申强",
        ..PUYANG
    };
    story(
        "魏小兰",
        "濮阳县民政局",
        desk,
        application,
        [
            vec![vec![(on(11, 12), 9, 0, Deed::Submit)]],
            inquired(
                desk,
                "魏小兰",
                [on(11, 13), on(11, 16), on(11, 18), on(11, 25)],
                Deed::Photo(
                    "陈涛",
                    "数据接收日志",
                    "8 月 3 日批次缺失，8 月 11 日补传",
                    Picture::Form,
                ),
                (
                    "税务部门联络员",
                    "问：为什么少传一个批次？\n答：系统升级，漏传了，8 月 11 日补传。",
                ),
                Said::Spoke(&["数据没有传过来，我这里看不出少了一批。"], true, "接收日志可以证明。"),
                &[],
                "税务数据漏传一个批次导致核对不准，补传当天已改正。",
            ),
            vec![
                agreed(
                    "免责",
                    [on(11, 26), on(11, 30), on(12, 1)],
                    [
                        "符合三（五）。",
                        "同意。",
                        "部门共享数据不完善，符合三（五），没有排除情形。",
                    ],
                ),
                vec![
                    (on(12, 3), 9, 0, Deed::Acknowledge),
                    (
                        on(12, 4),
                        9,
                        0,
                        Deed::Do(
                            "王丽",
                            Correct {
                                text: "报告第 2 页“8 月 1 日补传”更正为“8 月 11 日补传”。".into(),
                            }
                            .into(),
                        ),
                    ),
                ],
                vec![(
                    on(12, 4),
                    15,
                    0,
                    Deed::Do(
                        "王丽",
                        RecordUse {
                            body: "濮阳县纪委监委".into(),
                            text: "采纳认定，不再追究。".into(),
                        }
                        .into(),
                    ),
                )],
                filing(desk, on(12, 7), "全卷 1 册，附更正 1 份。"),
                vec![(
                    on(12, 16),
                    9,
                    0,
                    Deed::Do(
                        "王丽",
                        FileSupplement {
                            note: "县纪委监委 12 月 15 日回函：采纳认定，不再追究。".into(),
                        }
                        .into(),
                    ),
                )],
            ],
        ]
        .concat(),
    )
}
