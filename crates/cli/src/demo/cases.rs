//! The example cases: every ending and every kind of waiting once. Real in their detail, nobody real.

// long because: thirteen stories, told one after the other; data rather than code.

use super::story::{Deed, Desk, Story, left_with};
use base::Date;
use base::law::{Answer, Party};
use casefile::acts::submit::*;
use casefile::acts::*;
use casefile::case::Recipient;
use casefile::words::When;

const PUYANG: Desk = Desk {
    intake: "王丽",
    lead: "周建国",
    group: "赵明",
    group_name: "濮阳县纪委监委驻县民政局纪检监察组",
    investigators: ["陈涛", "孙静"],
    recipient: "马志强",
};
const QINGFENG: Desk = Desk {
    intake: "许敏",
    lead: "韩志远",
    group: "曹颖",
    group_name: "清丰县纪委监委驻县民政局纪检监察组",
    investigators: ["高峰", "邓伟"],
    recipient: "贾明",
};
const HUALONG: Desk = Desk {
    intake: "罗琳",
    lead: "宋立新",
    group: "梁燕",
    group_name: "华龙区纪委监委驻区民政局纪检监察组",
    investigators: ["谢军", "彭博"],
    recipient: "白洁",
};
const FANXIAN: Desk = Desk {
    intake: "任霞",
    lead: "田野",
    group: "方圆",
    group_name: "范县纪委监委驻县民政局纪检监察组",
    investigators: ["鲁明", "金鑫"],
    recipient: "马志强",
};

/// All of them.
pub fn all() -> Vec<Story> {
    vec![
        late_vehicle_data(),
        wrong_card_number(),
        no_household_visit(),
        a_land_dispute(),
        thought_better_of_it(),
        they_could_not_agree(),
        from_the_village_on_paper(),
        waiting_too_long(),
        which_notice_governs(),
        one_opinion_is_in(),
        flood_relief(),
        papers_are_lacking(),
        just_handed_in(),
    ]
}

fn on(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}

fn month(year: i16, month: i8) -> When {
    When { year, month, day: None }
}

/// An application with what most of them say.
fn application(claim: &str, clauses: &[&str], work: &str, link: &str, happened: When, account: &str) -> Application {
    Application {
        codes: ApplicationCodes {
            person: base::PersonId::default(),
            unit: base::InstitutionId::default(),
            claim: claim.into(),
            clauses: clauses.iter().map(|id| (*id).into()).collect(),
            work_kind: work.into(),
            work_links: vec![link.into()],
            happened,
            discovered: None,
            reporting: Reporting::Reported,
            reported: None,
            correcting: Correcting::Corrected,
            kin: Kin::No,
            kin_recorded: None,
            accountability: Accountability::None,
            inquiry_known: None,
            declaration: String::new(),
            leaflet: String::new(),
        },
        text: ApplicationText {
            post: "民政所工作人员".into(),
            phone: "13900000000".into(),
            account: account.into(),
            reported_to: "发现当天向所长口头报告，第二天写了书面说明。".into(),
            correction: "已停发，差额已追回，家庭信息已更正。".into(),
            village: "某村".into(),
            ..ApplicationText::default()
        },
    }
}

/// Accepted, assigned and invited: the first three days of most stories, at the days given.
fn opening(desk: Desk, names: &'static [&'static str], day: Date, next: Date) -> Vec<(Date, i8, i8, Deed)> {
    let matters = "请就申请所写的经过、当时按什么程序办、发现后怎么处理，说明情况。可以来局里说，也可以写成书面。";
    vec![
        (day, 9, 20, Deed::Do(desk.intake, Accept {}.into())),
        (day, 10, 5, Deed::Assign(names)),
        (
            next,
            8,
            40,
            Deed::Do(
                desk.intake,
                Invite {
                    matters: matters.into(),
                }
                .into(),
            ),
        ),
    ]
}

fn story(
    applicant: &'static str,
    unit: &'static str,
    desk: Desk,
    application: Application,
    deeds: Vec<Vec<(Date, i8, i8, Deed)>>,
) -> Story {
    Story {
        applicant,
        unit,
        desk,
        application,
        deeds: deeds.concat(),
    }
}

/// 免责，三（五），办到归档。
fn late_vehicle_data() -> Story {
    let application = application(
        "exempt",
        &["s3-5"],
        "dibao",
        "check",
        month(2026, 3),
        "3 月核对一户低保家庭，当时平台没有车辆信息。5 月平台更新后才看到这户 3 月初买了车。\n我按规定查了平台、入了户、做了公示，当时都没有发现。\n发现后当天报告，停发并追回了 2 个月的低保金。",
    );
    story(
        "李春梅",
        "子岸镇人民政府",
        PUYANG,
        application,
        vec![
            vec![(on(9, 16), 20, 31, Deed::Submit)],
            opening(PUYANG, &["陈涛", "孙静"], on(9, 17), on(9, 18)),
            vec![
                (
                    on(9, 18),
                    15,
                    10,
                    Deed::Evidence("陈涛", "核对平台查询记录", "车辆信息 3 月 2 日登记，5 月 11 日才到平台"),
                ),
                (
                    on(9, 20),
                    9,
                    30,
                    Deed::Inquire(
                        "子岸镇民政所所长",
                        "问：3 月核对时查了哪些数据？\n答：平台里的都查了，当时没有车辆信息。",
                    ),
                ),
                (
                    on(9, 21),
                    10,
                    0,
                    Deed::State(&["平台数据晚到，不是我没有查。", "发现当天就报告了，钱也追回来了。"]),
                ),
                (
                    on(9, 22),
                    16,
                    22,
                    Deed::Answer(true, "平台查询记录和所长笔录都能证明。"),
                ),
                (on(9, 23), 9, 0, Deed::Find(&[])),
                (
                    on(9, 24),
                    10,
                    5,
                    Deed::Conclude(
                        "核对平台的车辆数据更新滞后两个月，导致核对不准。李春梅按规定查询、入户、公示，发现后及时报告并追回。",
                    ),
                ),
                (
                    on(9, 24),
                    15,
                    40,
                    Deed::Opine(Party::Discipline, "免责", "程序完整，偏差由数据滞后造成。"),
                ),
                (on(9, 28), 10, 12, Deed::Opine(Party::Bureau, "免责", "同意调查结论。")),
                (
                    on(9, 29),
                    9,
                    5,
                    Deed::Determine("查明的事实符合三（五），基本条件都符合，没有排除情形。"),
                ),
                (on(9, 30), 9, 30, Deed::Result),
                (on(10, 9), 10, 0, Deed::Acknowledge),
                (
                    on(10, 10),
                    11,
                    0,
                    Deed::Do(
                        "王丽",
                        FileCase {
                            note: "全卷 1 册，随案证据 1 份、笔录 1 份。".into(),
                        }
                        .into(),
                    ),
                ),
            ],
        ],
    )
}

/// 减责，四（一）。
fn wrong_card_number() -> Story {
    let application = application(
        "mitigate",
        &["s4-1"],
        "temporary",
        "application",
        month(2026, 8),
        "录入临时救助金发放信息时，把银行卡号录错一位，500 元发到了别人卡上。\n第三天对账发现，当天联系银行，当月追回并重新发放。",
    );
    story(
        "张海波",
        "庆祖镇人民政府",
        Desk {
            recipient: "石磊",
            ..PUYANG
        },
        application,
        vec![
            vec![(on(10, 13), 9, 2, Deed::Submit)],
            opening(PUYANG, &["陈涛", "孙静"], on(10, 14), on(10, 15)),
            vec![
                (
                    on(10, 15),
                    15,
                    0,
                    Deed::Evidence("张海波", "银行退款回单", "错发的 500 元当月追回"),
                ),
                (
                    on(10, 16),
                    9,
                    30,
                    Deed::Inquire(
                        "张海波",
                        "问：卡号是谁录的，谁核的？\n答：我录的，当天人少，没有第二个人核。",
                    ),
                ),
                (
                    on(10, 19),
                    9,
                    0,
                    Deed::Do(
                        "张海波",
                        Waive {
                            reason: "申请里都写清楚了。".into(),
                            signed: None,
                        }
                        .into(),
                    ),
                ),
                (on(10, 20), 10, 0, Deed::Find(&[])),
                (
                    on(10, 21),
                    10,
                    0,
                    Deed::Conclude("属于信息录入的一般失误，500 元已追回并重新发放，没有造成其他影响。"),
                ),
                (on(10, 22), 9, 0, Deed::Opine(Party::Bureau, "减责", "符合四（一）。")),
                (on(10, 22), 16, 0, Deed::Opine(Party::Discipline, "减责", "同意。")),
                (
                    on(10, 26),
                    9,
                    0,
                    Deed::Determine("一般工作失误，及时补救，损失已挽回，符合四（一）。"),
                ),
                (on(10, 27), 9, 0, Deed::Result),
                (on(10, 29), 9, 0, Deed::Acknowledge),
            ],
        ],
    )
}

/// 不予免责，五（一）。
fn no_household_visit() -> Story {
    let application = application(
        "exempt",
        &["s3-1"],
        "dibao",
        "visit",
        month(2025, 12),
        "申请人把存款转到亲戚名下，我审核时没看出来。当时年底事情多，入户是电话里问的。",
    );
    const NO_VISIT: &[(&str, Answer, &str)] = &[(
        "s5-1-review",
        Answer::Yes,
        "入户核查表的签名和日期是事后补的，本人承认没有入户。",
    )];
    story(
        "杨帆",
        "马庄桥镇人民政府",
        QINGFENG,
        application,
        vec![
            vec![(on(10, 20), 14, 0, Deed::Submit)],
            opening(QINGFENG, &["高峰", "邓伟"], on(10, 21), on(10, 22)),
            vec![
                (
                    on(10, 22),
                    15,
                    0,
                    Deed::Evidence("高峰", "入户核查表", "签名和日期是事后补写的"),
                ),
                (
                    on(10, 23),
                    9,
                    30,
                    Deed::Inquire("杨帆", "问：这户去过没有？\n答：没有去，打电话问的，表是后来补的。"),
                ),
                (on(10, 26), 9, 0, Deed::State(&["年底人手少，几百户跑不过来。"])),
                (
                    on(10, 27),
                    9,
                    0,
                    Deed::Answer(false, "人手少不能代替入户，当月还有其他人可以派。"),
                ),
                (
                    on(10, 27),
                    10,
                    0,
                    Deed::Do(
                        "许敏",
                        Explain {
                            note: "已告知可以同时申请减责，本人表示不申请。".into(),
                        }
                        .into(),
                    ),
                ),
                (on(10, 28), 9, 0, Deed::Find(NO_VISIT)),
                (
                    on(10, 29),
                    9,
                    0,
                    Deed::Conclude("杨帆没有入户核查，事后补写核查表，没有按规定程序审核。"),
                ),
                (
                    on(10, 30),
                    9,
                    0,
                    Deed::Opine(Party::Bureau, "不予免责", "有五（一）的情形。"),
                ),
                (
                    on(10, 30),
                    15,
                    0,
                    Deed::Opine(Party::Discipline, "不予免责", "没有按规定程序审核，事实清楚。"),
                ),
                (
                    on(11, 2),
                    9,
                    0,
                    Deed::Determine("没有按规定程序入户审核，有五（一）的情形，不适用尽职免责机制。"),
                ),
                (on(11, 3), 9, 0, Deed::Result),
                (
                    on(11, 4),
                    10,
                    0,
                    Deed::Do("许敏", left_with(Recipient::Unit, on(11, 4), ["贾明", "马会计"])),
                ),
                (on(11, 5), 9, 0, Deed::Do("杨帆", Acknowledge {}.into())),
                (
                    on(11, 10),
                    9,
                    0,
                    Deed::Do(
                        "杨帆",
                        ApplyReview {
                            reason: "人手确实不够，请再看一次。".into(),
                            signed: None,
                        }
                        .into(),
                    ),
                ),
            ],
        ],
    )
}

/// 不予受理：不属于社会救助工作。
fn a_land_dispute() -> Story {
    let application = application(
        "exempt",
        &["s3-12"],
        "other",
        "application",
        month(2026, 7),
        "村里两户争宅基地，我去调解，说错了话，被投诉。",
    );
    let decline = Decline {
        ground: "not-work".into(),
        reason: "调解宅基地纠纷不是社会救助工作。".into(),
        heard: "11 月 4 日电话听取，本人说不清楚该向哪里申请。已告知向镇政府反映。".into(),
    };
    story(
        "郭小燕",
        "双庙乡人民政府",
        Desk {
            recipient: "丁一",
            ..QINGFENG
        },
        application,
        vec![vec![
            (on(11, 3), 16, 0, Deed::Submit),
            (on(11, 5), 9, 0, Deed::Do("许敏", decline.into())),
            (
                on(11, 9),
                9,
                0,
                Deed::Do(
                    "许敏",
                    FileCase {
                        note: "不予受理，登记归档。".into(),
                    }
                    .into(),
                ),
            ),
        ]],
    )
}

/// 撤回。
fn thought_better_of_it() -> Story {
    let application = application(
        "exempt",
        &["s3-8"],
        "tekun",
        "application",
        month(2026, 9),
        "帮一位老人代办特困供养，材料都齐了，老人自己又不愿签字，后来摔伤住院。",
    );
    let withdraw = Withdraw {
        reason: "老人家属已经和镇里说清楚，不再追究，不用办了。".into(),
        signature: "林芳".into(),
        scan: None,
    };
    story(
        "林芳",
        "中原路街道办事处",
        HUALONG,
        application,
        vec![vec![
            (on(11, 10), 9, 0, Deed::Submit),
            (on(11, 11), 9, 0, Deed::Do("罗琳", Accept {}.into())),
            (on(11, 12), 9, 0, Deed::Do("林芳", withdraw.into())),
            (
                on(11, 16),
                9,
                0,
                Deed::Do(
                    "罗琳",
                    FileCase {
                        note: "申请人撤回，登记归档。".into(),
                    }
                    .into(),
                ),
            ),
        ]],
    )
}

/// 两家意见不一致，会商，上报市里，认定后载明不同意见。
fn they_could_not_agree() -> Story {
    let application = application(
        "exempt",
        &["s3-7"],
        "marginal",
        "confirm",
        month(2026, 5),
        "一户低保边缘家庭的收入有疑点，人在外省打工，15 天内问了村里、工厂、邻居，都查不清，就先按没有问题办了。8 月才知道他有一份固定工资。",
    );
    let differ = "对“没有造成严重后果”认识不一致：纪检监察组认为多发的数额较大。";
    story(
        "徐强",
        "岳村镇人民政府",
        HUALONG,
        application,
        vec![
            vec![(on(11, 2), 10, 0, Deed::Submit)],
            opening(HUALONG, &["谢军", "彭博"], on(11, 3), on(11, 4)),
            vec![
                (
                    on(11, 4),
                    15,
                    0,
                    Deed::Evidence("徐强", "三次核查的记录", "在规定时限内用现有办法查不清"),
                ),
                (
                    on(11, 5),
                    9,
                    30,
                    Deed::Inquire(
                        "岳村镇民政所工作人员",
                        "问：当时怎么查的？\n答：打了厂里电话，没有人接；去了他家两次，锁着门。",
                    ),
                ),
                (on(11, 6), 9, 0, Deed::State(&["15 天里查了三次，实在查不清。"])),
                (on(11, 9), 9, 0, Deed::Answer(true, "核查记录可以证明。")),
                (
                    on(11, 10),
                    9,
                    0,
                    Deed::Find(&[("grave-harm", Answer::No, "多发 4 个月共 1920 元，已全部追回。")]),
                ),
                (
                    on(11, 11),
                    9,
                    0,
                    Deed::Conclude("在规定时限内用现有手段查不清，按疑似从无办理，多发金额已追回，没有造成严重后果。"),
                ),
                (on(11, 12), 9, 0, Deed::Opine(Party::Bureau, "免责", "符合三（七）。")),
                (
                    on(11, 12),
                    15,
                    0,
                    Deed::Opine(Party::Discipline, "不予免责", "疑点明显，应当暂缓，不宜直接办理。"),
                ),
                (on(11, 13), 9, 0, Deed::Do("宋立新", OpenConsultation {}.into())),
                (
                    on(11, 13),
                    16,
                    0,
                    Deed::Do(
                        "宋立新",
                        MinuteConsultation {
                            held_on: on(11, 13),
                            attendees: "宋立新、谢军、梁燕、彭博".into(),
                            text: differ.into(),
                            agreed: None,
                        }
                        .into(),
                    ),
                ),
                (
                    on(11, 16),
                    9,
                    0,
                    Deed::Do(
                        "宋立新",
                        Escalate {
                            grounds: vec!["disagreement".into()],
                            reason: differ.into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(11, 18),
                    9,
                    0,
                    Deed::Do(
                        "冯海燕",
                        AddCityView {
                            text: "请两家围绕“严重后果”的事实再核一次。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(11, 19),
                    9,
                    0,
                    Deed::Do(
                        "郑卫东",
                        Coordinate {
                            text: "多发金额已追回，对象没有受到影响。请两家依据已查明的事实分别确认意见。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(11, 20),
                    9,
                    0,
                    Deed::Do(
                        "宋立新",
                        Confirm {
                            outcome: "免责".into(),
                            reason: "事实没有变化，维持。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(11, 20),
                    15,
                    0,
                    Deed::Do(
                        "梁燕",
                        Confirm {
                            outcome: "不予免责".into(),
                            reason: "保留意见，请载入报告。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(11, 23),
                    9,
                    0,
                    Deed::Determine("查明的事实符合三（七），没有造成严重后果，没有排除情形。"),
                ),
                (on(11, 24), 9, 0, Deed::Result),
                (on(11, 26), 9, 0, Deed::Acknowledge),
            ],
        ],
    )
}

/// 窗口收的纸质申请；到期日跨年，2027 年放假安排没公布，暂定。
fn from_the_village_on_paper() -> Story {
    let mut application = application(
        "exempt",
        &["s3-3"],
        "dibao",
        "publish",
        month(2026, 6),
        "村里开过会、发过单子，那一家的儿子一直没有来申请，后来老人住院没钱，说我们漏了他。",
    );
    application.text.post = "村民政协理员".into();
    story(
        "吴桂兰",
        "徐镇镇晁庄村村民委员会",
        PUYANG,
        application,
        vec![
            vec![(on(12, 16), 10, 30, Deed::Paper(on(12, 16)))],
            opening(PUYANG, &["刘洋", "孙静"], on(12, 17), on(12, 18)),
            vec![(
                on(12, 21),
                9,
                0,
                Deed::Evidence("刘洋", "村民会议记录和签到表", "6 月讲过政策，他家有人参加"),
            )],
        ],
    )
}

/// 超期：收到后 14 个工作日没有作出结论。
fn waiting_too_long() -> Story {
    let application = application(
        "exempt",
        &["s3-6"],
        "means-check",
        "check",
        month(2026, 4),
        "当时对网络直播收入怎么算没有规定，我按对群众有利的办法没有计入。9 月新规定要求计入。",
    );
    story(
        "秦月",
        "濮城镇人民政府",
        FANXIAN,
        application,
        vec![vec![
            (on(11, 20), 9, 0, Deed::Submit),
            (on(11, 23), 9, 0, Deed::Do("任霞", Accept {}.into())),
            (on(11, 30), 9, 0, Deed::Assign(&["鲁明", "金鑫"])),
        ]],
    )
}

/// 文件两年期满以后收到：照收，依据待定。
fn which_notice_governs() -> Story {
    let application = application(
        "exempt-or-mitigate",
        &["s3-2", "s4-2"],
        "dibao",
        "confirm",
        When {
            year: 2026,
            month: 12,
            day: Some(21),
        },
        "复核周期还没到，他家儿子找了工作没有来说。我一个人管 900 户，复核也晚了半个月。",
    );
    story(
        "郭小燕",
        "双庙乡人民政府",
        QINGFENG,
        application,
        vec![vec![(on(12, 22), 8, 50, Deed::Submit)]],
    )
}

/// 结论已作出，纪检监察组的意见已提交，等民政局的意见。
fn one_opinion_is_in() -> Story {
    let application = application(
        "exempt",
        &["s3-10"],
        "dibao",
        "publish",
        month(2026, 10),
        "我们试行网上民主评议，第一次用，漏了一户没有通知到。第二周补评，没有影响发放。",
    );
    story(
        "张海波",
        "庆祖镇人民政府",
        Desk {
            recipient: "石磊",
            ..PUYANG
        },
        application,
        vec![
            vec![(on(12, 4), 9, 0, Deed::Submit)],
            opening(PUYANG, &["陈涛", "孙静"], on(12, 7), on(12, 8)),
            vec![
                (
                    on(12, 8),
                    15,
                    0,
                    Deed::Evidence("陈涛", "试行方案和评议记录", "经镇里同意试行，漏通知一户，第二周补评"),
                ),
                (
                    on(12, 9),
                    9,
                    0,
                    Deed::Inquire(
                        "庆祖镇分管负责人",
                        "问：试行有没有方案？\n答：有，镇里会议定的，先在两个村试。",
                    ),
                ),
                (on(12, 10), 9, 0, Deed::State(&["第一次试，没有经验，发现后马上补了。"])),
                (on(12, 11), 9, 0, Deed::Answer(true, "试行方案和评议记录可以证明。")),
                (on(12, 14), 9, 0, Deed::Find(&[])),
                (
                    on(12, 21),
                    9,
                    0,
                    Deed::Conclude("按方案试行网上评议，因缺乏经验漏通知一户，已补评，没有影响发放。"),
                ),
                (
                    on(12, 22),
                    9,
                    0,
                    Deed::Opine(Party::Discipline, "免责", "先行先试，没有造成后果。"),
                ),
            ],
        ],
    )
}

/// 抢险救灾，三（九）；两家意见一致，等局负责人认定。
fn flood_relief() -> Story {
    let application = application(
        "exempt",
        &["s3-9"],
        "temporary",
        "confirm",
        month(2026, 8),
        "8 月发水，连夜转移 40 多户，先发救助金，后补的手续。有一户后来查明不在受灾范围。",
    );
    story(
        "秦月",
        "濮城镇人民政府",
        FANXIAN,
        application,
        vec![
            vec![(on(12, 1), 9, 0, Deed::Submit)],
            opening(FANXIAN, &["鲁明", "金鑫"], on(12, 2), on(12, 3)),
            vec![
                (
                    on(12, 3),
                    15,
                    0,
                    Deed::Evidence("秦月", "转移安置名单", "当晚转移 43 户，先救助后补手续"),
                ),
                (
                    on(12, 4),
                    9,
                    0,
                    Deed::Inquire(
                        "濮城镇应急办工作人员",
                        "问：当晚是什么情况？\n答：水位超警戒，电话通知全部转移，来不及办手续。",
                    ),
                ),
                (on(12, 7), 9, 0, Deed::State(&["当时先救人，手续第三天就补了。"])),
                (on(12, 8), 9, 0, Deed::Answer(true, "名单和笔录可以证明。")),
                (on(12, 9), 9, 0, Deed::Find(&[])),
                (
                    on(12, 16),
                    9,
                    0,
                    Deed::Conclude("处置汛情时先救助后补手续，一户认定有偏差，已追回，没有造成严重后果。"),
                ),
                (
                    on(12, 17),
                    9,
                    0,
                    Deed::Opine(Party::Bureau, "免责", "紧急避险，符合三（九）。"),
                ),
                (on(12, 17), 16, 0, Deed::Opine(Party::Discipline, "免责", "同意。")),
            ],
        ],
    )
}

/// 一次性告知补正，等申请人补。
fn papers_are_lacking() -> Story {
    let application = application(
        "exempt",
        &["s3-4"],
        "tekun",
        "confirm",
        month(2026, 10),
        "儿子不管老人，老人生活过不下去，我先把他纳入了救助。",
    );
    let items = vec![
        "村委会关于儿子不履行赡养义务的说明".to_owned(),
        "老人当时的生活情况材料".to_owned(),
    ];
    story(
        "林芳",
        "中原路街道办事处",
        HUALONG,
        application,
        vec![vec![
            (on(12, 18), 9, 0, Deed::Submit),
            (
                on(12, 21),
                9,
                0,
                Deed::Do(
                    "罗琳",
                    RequestSupplement {
                        items,
                        until: on(12, 28),
                    }
                    .into(),
                ),
            ),
        ]],
    )
}

/// 刚交上来，等受理。
fn just_handed_in() -> Story {
    let application = application(
        "exempt",
        &["s3-1"],
        "dibao",
        "visit",
        month(2026, 9),
        "申请人把车登记在女婿名下，入户时车没有停在家里，我按程序问了邻居、查了平台，没有看出来。",
    );
    story(
        "李春梅",
        "子岸镇人民政府",
        PUYANG,
        application,
        vec![vec![(on(12, 18), 21, 5, Deed::Submit)]],
    )
}
