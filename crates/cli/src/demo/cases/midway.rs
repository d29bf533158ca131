//! Each stops in the middle of a step that two have to do, so that the second finds it on their home page. Nobody here
//! is real.

use super::*;

/// 笔录等另一名调查人会签。
pub fn a_record_waits_for_the_second() -> Story {
    let application = application(
        "exempt",
        &["s3-3"],
        "dibao",
        "publish",
        month(2026, 8),
        "发放前公示了七天，也在群里发了。那一家一直在外地打工，回来才说没有看到。",
    );
    story(
        "崔颖",
        "韩张镇人民政府",
        NANLE,
        application,
        vec![
            vec![(on(12, 15), 9, 40, Deed::Submit)],
            opening(NANLE, &NANLE.investigators, on(12, 16), on(12, 17)),
            vec![(
                on(12, 18),
                10,
                0,
                Deed::Record(
                    "韩张镇东街村会计",
                    "问：公示贴在哪里？\n答：村部门口的公示栏，七天没有动过，我拍了照片。",
                ),
            )],
        ],
    )
}

/// 调查人自己提出回避，等局负责人决定。
pub fn an_investigator_keeps_out() -> Story {
    let application = application(
        "exempt-or-mitigate",
        &["s3-1", "s4-2"],
        "temporary",
        "visit",
        month(2026, 7),
        "他家说房子是租的，后来查出是买的，还没有办证。入户时我看了租房合同，问了房东，没有看出来。",
    );
    let recuse = DeclareRecusal {
        ground: "handled".into(),
        reason: "7 月这一户的核对报告是我签的字。".into(),
        other_leads: Vec::new(),
    };
    story(
        "杨帆",
        "马庄桥镇人民政府",
        QINGFENG,
        application,
        vec![
            vec![(on(12, 16), 15, 10, Deed::Submit)],
            opening(QINGFENG, &QINGFENG.investigators, on(12, 17), on(12, 18)),
            vec![(on(12, 22), 9, 0, Deed::Do("高峰", recuse.into()))],
        ],
    )
}

/// 调查结论已有一人签字，等另一人。
pub fn one_signature_is_missing() -> Story {
    let told = examined(HUALONG, [on(12, 9), on(12, 10), on(12, 14), on(12, 21)], &[]);
    let explain = Explain {
        note: "已告知可以同时申请减责，本人表示不申请。".into(),
    };
    let conclude = Conclude {
        text: "按规定核对、入户，当时的数据没有显示，事后已及时纠正。".into(),
    };
    story(
        "徐强",
        "岳村镇人民政府",
        HUALONG,
        late_data(month(2026, 9)),
        [
            vec![vec![(on(12, 8), 9, 0, Deed::Submit)]],
            told,
            vec![vec![
                (on(12, 21), 15, 0, Deed::Do("罗琳", explain.into())),
                (on(12, 22), 10, 0, Deed::Do("谢军", conclude.into())),
            ]],
        ]
        .concat(),
    )
}

/// 有一个问题要等检察机关的结论，两家都认为现在不能认定，等局负责人写明。
pub fn nothing_can_be_determined_yet() -> Story {
    const OPEN: Unusual = &[(
        "s5-2-neglect",
        Answer::Unknown,
        "县检察院 11 月调走了这一户的档案，还在审查，没有结论；调查组不能替它认定。",
    )];
    let held = "五（二）要由检察机关认定，结论没有出来以前，是和否都没有依据。";
    let opinion = |hour, party| (on(12, 22), hour, 0, Deed::Opine(party, "暂不认定", held));
    let [accept, invite, state, find] = [on(12, 8), on(12, 9), on(12, 11), on(12, 17)];
    let text = "按规定每季度核对，更新当月已停发。是否玩忽职守，检察机关还在审查，无法查明。";
    let mut told = examined(QINGFENG, [accept, invite, state, find], OPEN);
    told.push(vec![
        (find, 16, 0, Deed::Conclude(text)),
        opinion(9, Party::Bureau),
        opinion(15, Party::Discipline),
    ]);
    story(
        "郭小燕",
        "双庙乡人民政府",
        QINGFENG,
        late_data(month(2026, 6)),
        [vec![vec![(on(12, 7), 9, 0, Deed::Submit)]], told].concat(),
    )
}

/// 两家意见不一致，会商还没有记录。
pub fn the_consultation_is_open() -> Story {
    story(
        "林芳",
        "中原路街道办事处",
        HUALONG,
        late_data(month(2026, 5)),
        [
            vec![vec![(on(12, 3), 9, 0, Deed::Submit)]],
            concluded(HUALONG, [on(12, 4), on(12, 7), on(12, 9), on(12, 16)]),
            vec![
                differing(on(12, 18)),
                vec![(on(12, 21), 9, 0, Deed::Do("宋立新", OpenConsultation {}.into()))],
            ],
        ]
        .concat(),
    )
}

/// 会商以后仍不一致，已上报，等市里协调。
pub fn the_city_is_asked() -> Story {
    story(
        "武斌",
        "侯庙镇人民政府",
        TAIQIAN,
        late_data(month(2026, 4)),
        [
            vec![vec![(on(12, 1), 9, 0, Deed::Submit)]],
            concluded(TAIQIAN, [on(12, 2), on(12, 3), on(12, 7), on(12, 14)]),
            vec![differing(on(12, 16)), escalated(TAIQIAN, on(12, 17), on(12, 21))],
        ]
        .concat(),
    )
}

/// 市里协调过了，等两家确认意见。
pub fn the_city_has_answered() -> Story {
    let view = AddCityView {
        text: "请两家把核对时间和纠正时间对清楚。".into(),
    };
    let coordinate = Coordinate {
        text: "事实清楚，请两家依据已查明的事实分别确认意见。".into(),
    };
    story(
        "葛秀云",
        "王助镇人民政府",
        KAIFAQU,
        late_data(month(2026, 3)),
        [
            vec![vec![(on(11, 26), 9, 0, Deed::Submit)]],
            concluded(KAIFAQU, [on(11, 27), on(11, 30), on(12, 2), on(12, 9)]),
            vec![
                differing(on(12, 11)),
                escalated(KAIFAQU, on(12, 14), on(12, 16)),
                vec![
                    (on(12, 18), 9, 0, Deed::Do("冯海燕", view.into())),
                    (on(12, 21), 9, 0, Deed::Do("郑卫东", coordinate.into())),
                ],
            ],
        ]
        .concat(),
    )
}

/// 送达了，本人和单位都还没有签收，期限过了。
pub fn nobody_has_signed_yet() -> Story {
    story(
        "秦月",
        "濮城镇人民政府",
        FANXIAN,
        late_data(month(2026, 2)),
        [
            vec![vec![(on(11, 24), 9, 0, Deed::Submit)]],
            concluded(FANXIAN, [on(11, 25), on(11, 26), on(11, 30), on(12, 7)]),
            vec![agreed(
                "免责",
                [on(12, 8), on(12, 9), on(12, 10)],
                [
                    "符合三（五）。",
                    "同意，核对时间可以证明。",
                    "当时的共享数据没有更新，符合三（五），没有排除情形。",
                ],
            )],
        ]
        .concat(),
    )
}

/// Shared data that were late: the plainest application there is.
fn late_data(happened: When) -> Application {
    application(
        "exempt",
        &["s3-5"],
        "dibao",
        "check",
        happened,
        "核对平台当时没有显示他家交社保，三个月以后数据才更新。我每季度都核对，更新的当月就停发了。",
    )
}

/// From acceptance to the findings, on the days of acceptance, invitation, statement and findings.
fn examined(desk: Desk, [accept, invite, state, find]: [Date; 4], unusual: Unusual) -> Vec<Told> {
    let [first, second] = desk.investigators;
    vec![
        opening(desk, &[first, second], accept, invite),
        vec![
            (
                invite,
                15,
                0,
                Deed::Evidence(first, "核对平台查询记录", "每季度核对的时间，和平台更新的时间"),
            ),
            (
                state,
                9,
                30,
                Deed::Inquire(
                    "核对中心工作人员",
                    "问：社保数据什么时候到平台的？\n答：比实际缴费晚三个月。",
                ),
            ),
            (state, 14, 30, Deed::State(&["我每季度都核对，更新的当月就停发了。"])),
            (
                find,
                9,
                0,
                Deed::Answer(true, "核对平台的查询记录可以证明，更新以前查不到。"),
            ),
            (find, 9, 40, Deed::Find(unusual)),
        ],
    ]
}

/// The same, and the conclusion signed by both.
fn concluded(desk: Desk, days: [Date; 4]) -> Vec<Told> {
    let text = "按规定每季度核对，当时共享数据没有更新，更新当月已停发。";
    [
        examined(desk, days, &[]),
        vec![vec![(days[3], 16, 0, Deed::Conclude(text))]],
    ]
    .concat()
}

/// The bureau and the group hold different outcomes.
fn differing(day: Date) -> Told {
    vec![
        (
            day,
            9,
            0,
            Deed::Opine(Party::Bureau, "免责", "查询记录清楚，符合三（五）。"),
        ),
        (
            day,
            15,
            0,
            Deed::Opine(Party::Discipline, "不予免责", "平台更新以后的核对晚了几天，应当再查。"),
        ),
    ]
}

/// A consultation without agreement on one day, the report to the city on another.
fn escalated(desk: Desk, consulted: Date, reported: Date) -> Told {
    let differ = "对更新以后核对是否及时，认识不一致。";
    let minutes = MinuteConsultation {
        held_on: consulted,
        attendees: format!("{}、{}", desk.lead, desk.group),
        text: differ.into(),
        agreed: None,
    };
    let escalate = Escalate {
        grounds: vec!["disagreement".into()],
        reason: differ.into(),
    };
    vec![
        (consulted, 9, 0, Deed::Do(desk.lead, OpenConsultation {}.into())),
        (consulted, 16, 0, Deed::Do(desk.lead, minutes.into())),
        (reported, 9, 0, Deed::Do(desk.lead, escalate.into())),
    ]
}
