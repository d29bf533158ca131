//! Decided and served: 免责, 减责 alone and in the alternative, 不予免责. Nobody here is real.

use super::*;

/// 免责，三（五），办到归档。
pub fn late_vehicle_data() -> Story {
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
pub fn wrong_card_number() -> Story {
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
pub fn no_household_visit() -> Story {
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

/// 免责，备位减责：不是客观原因，免责不成立；录错一位、当月追回，减责成立，办到归档。
pub fn in_the_alternative() -> Story {
    let application = application(
        "exempt-or-mitigate",
        &["s3-5", "s4-1"],
        "tekun",
        "check",
        month(2026, 7),
        "核对一位特困老人的身份信息时，把身份证号看错一位，系统提示“无车辆无房产”，就按系统结果报了。\n8 月复核时自己发现，当天报告，少发的 2 个月生活费当月补发。",
    );
    let wrong: Unusual = &[
        (
            "s3-cause",
            Answer::No,
            "是本人看错一位，不是数据的问题，系统按输入的号码查是对的。",
        ),
        ("s3-5-data", Answer::No, "平台数据没有缺，也没有晚。"),
        ("s3-5-caused", Answer::No, "偏差由录入造成。"),
    ];
    story(
        "崔颖",
        "韩张镇人民政府",
        NANLE,
        application,
        [
            vec![vec![(on(10, 12), 10, 20, Deed::Submit)]],
            inquired(
                NANLE,
                "崔颖",
                [on(10, 13), on(10, 14), on(10, 16), on(10, 22)],
                Deed::Photo("崔颖", "补发生活费的银行回单", "少发的 2 个月当月补发", Picture::Slip),
                (
                    "崔颖",
                    "问：身份证号是怎么录进去的？\n答：照着复印件手工敲的，复印件有一位看不清，我没有再核。",
                ),
                Said::Spoke(
                    &["发现以后当天就报告了。", "老人的生活费当月补齐，没有影响他吃饭看病。"],
                    true,
                    "银行回单和谈话笔录可以证明。",
                ),
                wrong,
                "身份证号录错一位造成少发 2 个月，属于信息录入的一般失误，已补发，没有其他影响。",
            ),
            vec![
                agreed(
                    "减责",
                    [on(10, 23), on(10, 26), on(10, 27)],
                    [
                        "不是客观原因，免责不成立；符合四（一）。",
                        "同意。及时补救，符合四（一）。",
                        "免责的基本条件不成立；一般失误、及时补救、影响已消除，符合四（一）。",
                    ],
                ),
                vec![(on(10, 29), 9, 0, Deed::Acknowledge)],
                filing(NANLE, on(10, 30), "全卷 1 册，随案证据 1 份、笔录 1 份。"),
            ],
        ]
        .concat(),
    )
}

/// 减责，四（二）：一人管九百户，复核晚了，已补上；已认定，等出具报告。
pub fn nine_hundred_households() -> Story {
    let application = application(
        "mitigate",
        &["s4-2"],
        "dibao",
        "confirm",
        month(2026, 6),
        "全镇 912 户低保户，民政所就我一个人，又赶上防汛，有 37 户的半年复核晚了 20 多天。\n7 月全部补完，有 1 户应停发，已停发并追回 1 个月。",
    );
    story(
        "武斌",
        "侯庙镇人民政府",
        TAIQIAN,
        application,
        [
            vec![vec![(on(10, 19), 8, 50, Deed::Submit)]],
            inquired(
                TAIQIAN,
                "武斌",
                [on(10, 20), on(10, 21), on(10, 23), on(10, 29)],
                Deed::Photo("邵波", "民政所人员和户数情况表", "在岗 1 人，管 912 户", Picture::Form),
                (
                    "侯庙镇分管负责人",
                    "问：民政所有几个人？\n答：编制 3 个，2 个抽去防汛和征迁，6、7 月只剩武斌。",
                ),
                Said::Waived("情况都写清楚了，不再说明。"),
                &[],
                "经办力量不足导致 37 户复核超期，已全部补完并纠正。",
            ),
            vec![determined(
                "减责",
                on(10, 30),
                on(11, 2),
                [
                    "符合四（二）。",
                    "同意。建议镇里补足人手。",
                    "人手不足、已经纠正，符合四（二）。",
                ],
            )],
        ]
        .concat(),
    )
}
