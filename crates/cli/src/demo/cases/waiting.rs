//! Underway on the day of the example: each waits for somebody else. Nobody here is real.

use super::*;

/// 窗口收的纸质申请；到期日跨年，2027 年放假安排没公布，暂定。
pub fn from_the_village_on_paper() -> Story {
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
pub fn waiting_too_long() -> Story {
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
            (on(11, 30), 9, 0, Deed::Assign(vec!["鲁明", "金鑫"])),
        ]],
    )
}

/// 文件两年期满以后收到：照收，依据待定。
pub fn which_notice_governs() -> Story {
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
pub fn one_opinion_is_in() -> Story {
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
pub fn flood_relief() -> Story {
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
pub fn papers_are_lacking() -> Story {
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
pub fn just_handed_in() -> Story {
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
