//! Led by the city (市级牵头): a lead applies, or is recused. Nobody here is real.

use super::*;

/// The bureau's lead applies: the city's coordinator leads from the receipt to the report.
pub fn the_lead_applies() -> Story {
    let application = application(
        "exempt",
        &["s3-6"],
        "marginal",
        "confirm",
        month(2026, 1),
        "我作为局长审批过 5 户低保边缘家庭，当时对公积金算不算收入没有规定，就没有计入。7 月省里新规定要求计入，有 1 户超过标准。\n这件事是我批的，我申请认定。",
    );
    let desk = Desk {
        lead: "郑卫东",
        recipient: "樊宇",
        ..TAIQIAN
    };
    let take = TakeLead {
        reason: "申请人是台前县民政局局长，由市局牵头，县局收件岗和调查人照常办理。".into(),
    };
    story(
        "康健民",
        "台前县民政局",
        desk,
        application,
        [
            vec![vec![
                (on(11, 17), 9, 30, Deed::Submit),
                (on(11, 18), 8, 40, Deed::Do("郑卫东", take.into())),
            ]],
            inquired(
                desk,
                "康健民",
                [on(11, 18), on(11, 19), on(11, 23), on(11, 30)],
                Deed::Photo("邵波", "5 户审批表", "审批时的收入计算没有公积金一栏", Picture::Form),
                (
                    "台前县民政局社会救助股工作人员",
                    "问：1 月审批时公积金怎么算？\n答：当时文件没有写，开过局务会，定的是有利于群众，不计入。",
                ),
                Said::Spoke(
                    &["当时没有规定，局务会集体定的。", "新规定出来以后，当月就重新算了一遍。"],
                    true,
                    "局务会记录和新旧文件可以证明。",
                ),
                &[],
                "当时政策界线不明确，按有利于对象的原则办理，新规定出台后已重新核算并纠正。",
            ),
            vec![
                agreed(
                    "免责",
                    [on(12, 1), on(12, 3), on(12, 4)],
                    [
                        "符合三（六）。",
                        "同意，局务会有记录。",
                        "当时政策界线不明确，符合三（六），没有排除情形。",
                    ],
                ),
                vec![(on(12, 8), 9, 0, Deed::Acknowledge)],
                filing(desk, on(12, 9), "市级牵头案件，全卷 1 册。"),
            ],
        ]
        .concat(),
    )
}

/// The group's lead applies: on the same day it waits for the city's group to take the lead, and for the report of a
/// major matter.
pub fn the_groups_lead_applies() -> Story {
    let mut application = application(
        "exempt",
        &["s3-9"],
        "temporary",
        "visit",
        month(2026, 8),
        "8 月防汛时我抽在王助镇帮助登记受灾户，夜里手电照着登的，有 2 户门牌登错，第二天更正。",
    );
    application.text.post = "驻局纪检监察组组长，防汛期间下派包村".into();
    story(
        "邹平",
        "开发区纪检监察工委驻民政局纪检监察组",
        KAIFAQU,
        application,
        vec![vec![
            (on(12, 21), 16, 20, Deed::Submit),
            (on(12, 22), 9, 0, Deed::Do("俞佳", Accept {}.into())),
        ]],
    )
}

/// The lead keeps out after the assignment, nobody else leads the bureau: the city leads; the inquiry goes on.
pub fn the_lead_is_recused() -> Story {
    let application = application(
        "exempt",
        &["s3-1"],
        "dibao",
        "visit",
        month(2026, 10),
        "入户时他家说存款都看病花了，后来查出把 8 万元存在姐姐名下。我按规定入户、查平台、问邻居，没有看出来。",
    );
    let recuse = DeclareRecusal {
        ground: "kin".into(),
        reason: "申请人是我妻子的堂妹，今天看到材料才知道。".into(),
        other_leads: Vec::new(),
    };
    story(
        "邱岩",
        "福堪镇人民政府",
        Desk {
            lead: "郑卫东",
            recipient: "万芳",
            ..NANLE
        },
        application,
        vec![vec![
            (on(12, 8), 9, 0, Deed::Submit),
            (on(12, 9), 9, 0, Deed::Do("尹慧", Accept {}.into())),
            (on(12, 10), 9, 0, Deed::Do("汪志刚", recuse.into())),
            (
                on(12, 10),
                14,
                0,
                Deed::Rule("汪志刚", "虽不是近亲属，为公正起见，准许回避。"),
            ),
            (on(12, 10), 14, 20, Deed::Do("郑卫东", TakeLead::default().into())),
            (on(12, 11), 9, 0, Deed::Assign(vec!["段磊", "龚浩"])),
            (on(12, 11), 10, 0, Deed::Do("尹慧", Invite::default().into())),
            (
                on(12, 14),
                9,
                30,
                Deed::Inquire("邻居", "问：知道他家有存款吗？\n答：不知道，他一直说没有钱。"),
            ),
            (
                on(12, 15),
                14,
                0,
                Deed::State(&["平台查不到别人名下的存款，我没有办法知道。"]),
            ),
        ]],
    )
}
