//! A small office that borrows, and a case in which somebody told of it in confidence. Nobody here is real.

use super::*;

/// 工业园区 has one investigator: the other is borrowed from 清丰县 by letter; decided and issued.
pub fn a_borrowed_investigator() -> Story {
    let application = application(
        "exempt",
        &["s3-2"],
        "dibao",
        "confirm",
        month(2026, 9),
        "一户低保家庭的女儿 6 月参加工作，没有来说，9 月定期核查才查到。核查周期是半年，我每次都按时核的。",
    );
    let letter = Borrow {
        from: "清丰县民政局".into(),
        reason: "本中心没有社会救助调查人员，工委只有 1 人可以参加，商请派 1 名熟悉低保业务的同志。".into(),
    };
    let mut application = application;
    application.text.post = "社区民政专干".into();
    story(
        "陶然",
        "工业园区第一社区",
        GONGYE,
        application,
        vec![
            vec![
                (on(10, 26), 9, 0, Deed::Submit),
                (on(10, 27), 9, 0, Deed::Do("苗雨", Accept {}.into())),
                (on(10, 27), 10, 0, Deed::Do("钱勇", letter.into())),
                (on(10, 29), 9, 0, Deed::Assign(vec!["施敏", "高峰"])),
                (on(10, 30), 9, 0, Deed::Do("苗雨", Invite::default().into())),
                (
                    on(10, 30),
                    15,
                    0,
                    Deed::Photo("陶然", "两次定期核查表", "3 月、9 月都按时核查", Picture::Form),
                ),
                (
                    on(11, 2),
                    9,
                    30,
                    Deed::Inquire("女儿本人", "问：找到工作告诉社区了吗？\n答：没有，不知道要说。"),
                ),
                (on(11, 3), 9, 0, Deed::State(&["按时核查，家里变化没有人来报告。"])),
                (on(11, 4), 9, 0, Deed::Answer(true, "两次核查表可以证明。")),
                (on(11, 5), 9, 0, Deed::Find(&[])),
                (
                    on(11, 6),
                    9,
                    0,
                    Deed::Conclude("定期核查周期内，该户没有按规定报告就业变化，陶然按时核查，已停发并追回。"),
                ),
            ],
            determined(
                "免责",
                on(11, 9),
                on(11, 11),
                [
                    "符合三（二）。",
                    "同意。",
                    "符合三（二），基本条件都符合，没有排除情形。",
                ],
            ),
            vec![(on(11, 12), 9, 30, Deed::Issue)],
        ],
    )
}

/// Somebody told of it in confidence; a clue goes to the competent body by itself, and the case goes on.
pub fn somebody_told_of_it() -> Story {
    let application = application(
        "exempt",
        &["s3-1"],
        "dibao",
        "confirm",
        month(2026, 7),
        "申请人伪造了务工证明，我按程序审核时没有看出来，8 月有人反映才知道。",
    );
    let told = AddEvidence {
        title: "反映材料".into(),
        proves: "务工证明是花钱找人开的，村里有人经手".into(),
        made: Some(month(2026, 8)),
        ring: Ring::Protected,
        protects: Vec::new(),
        document: false,
        file: None,
    };
    let clue = Transfer {
        what: Transferred::Clue,
        to: "台前县纪委监委".into(),
        reason: "反映材料提到村干部收取好处费 500 元，移送县纪委监委处理。".into(),
    };
    let secrecy = OrderSecrecy {
        until: on(12, 31),
        reason: "移送的线索正在核实，查阅情况暂时不让人知道。".into(),
    };
    story(
        "武斌",
        "侯庙镇人民政府",
        TAIQIAN,
        application,
        vec![
            vec![(on(12, 7), 15, 0, Deed::Submit)],
            opening(TAIQIAN, &TAIQIAN.investigators, on(12, 8), on(12, 9)),
            vec![
                (
                    on(12, 9),
                    15,
                    0,
                    Deed::Photo("武斌", "务工证明", "盖有用工单位的章，当时看不出真假", Picture::Form),
                ),
                (on(12, 10), 9, 0, Deed::Do("常青松", told.into())),
                (on(12, 10), 15, 0, Deed::Do("毛宁远", clue.into())),
                (
                    on(12, 11),
                    9,
                    30,
                    Deed::Inquire(
                        "用工单位负责人",
                        "问：这份证明是你们开的吗？\n答：章是假的，我们没有这个人。",
                    ),
                ),
                (
                    on(12, 14),
                    14,
                    0,
                    Deed::State(&["证明上有章，我打过单位电话，接的人说有这个人。"]),
                ),
                (on(12, 16), 9, 0, Deed::Answer(true, "通话记录和谈话笔录可以证明。")),
                (
                    on(12, 17),
                    9,
                    0,
                    Deed::Find(&[("s3-1-undetected", Answer::Unknown, "通话记录还在向运营商调取。")]),
                ),
                (on(12, 18), 10, 0, Deed::Do("易红", secrecy.into())),
            ],
        ],
    )
}
