//! Ended without a determination: 不予受理, 移送, 撤回, 撤回以后重新申请. Nobody here is real.

use super::*;

/// 不予受理：不属于社会救助工作。
pub fn a_land_dispute() -> Story {
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
pub fn thought_better_of_it() -> Story {
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

/// 移送：事情发生在别的县，移送那里的民政局。
pub fn another_county() -> Story {
    let application = application(
        "exempt",
        &["s3-2"],
        "dibao",
        "confirm",
        month(2025, 11),
        "2025 年我还在清丰县马庄桥镇工作时，一户低保家庭儿子找到工作没有来说，今年 9 月才查出来。现在我调到南乐县，不知道该向哪里申请。",
    );
    let transfer = Transfer {
        what: Transferred::Application,
        to: "清丰县民政局".into(),
        reason: "事情发生在清丰县马庄桥镇，由清丰县民政局受理。已电话告知申请人，材料 11 月 12 日移交。".into(),
    };
    story(
        "邱岩",
        "福堪镇人民政府",
        Desk {
            recipient: "万芳",
            ..NANLE
        },
        application,
        vec![
            vec![
                (on(11, 11), 15, 30, Deed::Submit),
                (on(11, 12), 9, 40, Deed::Do("尹慧", transfer.into())),
            ],
            filing(NANLE, on(11, 13), "移送清丰县民政局，登记归档。"),
        ],
    )
}

/// 撤回，想补齐材料再申请。
pub fn withdrawn_first() -> Story {
    let withdraw = Withdraw {
        reason: "村里的会议记录还在镇档案室，找齐以后再申请。".into(),
        signature: "崔颖".into(),
        scan: None,
    };
    story(
        "崔颖",
        "韩张镇人民政府",
        NANLE,
        nobody_came(),
        vec![
            vec![
                (on(11, 23), 10, 0, Deed::Submit),
                (on(11, 24), 9, 0, Deed::Do("尹慧", Accept {}.into())),
                (on(11, 25), 16, 10, Deed::Do("崔颖", withdraw.into())),
            ],
            filing(NANLE, on(11, 27), "申请人撤回，登记归档。"),
        ],
    )
}

/// 同一个人撤回以后重新申请：前一次收到申请的日期看得见；等申请人说明。
pub fn and_applied_anew() -> Story {
    story(
        "崔颖",
        "韩张镇人民政府",
        NANLE,
        nobody_came(),
        vec![
            vec![(on(12, 14), 9, 5, Deed::Submit)],
            opening(NANLE, &NANLE.investigators, on(12, 16), on(12, 21)),
            vec![(
                on(12, 21),
                14,
                0,
                Deed::Photo("崔颖", "村民会议记录", "4 月讲过低保政策，他家有人签到", Picture::Form),
            )],
        ],
    )
}

fn nobody_came() -> Application {
    application(
        "exempt",
        &["s3-3"],
        "dibao",
        "publish",
        month(2026, 8),
        "4 月村里开会讲过政策，也发过明白纸，那家的儿媳在会上签了到，一直没有人来申请。8 月老人住院没有钱，被人反映到县里，说我们漏了。",
    )
}
