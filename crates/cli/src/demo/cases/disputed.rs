//! Where the two institutions differ, one keeps silent, or the notice can be read two ways. Nobody here is real.

use super::*;

/// 两家意见不一致，会商，上报市里，认定后载明不同意见。
pub fn they_could_not_agree() -> Story {
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

/// 纪检监察组一直没有意见：提醒、上报、市级协调、载明，然后认定。
pub fn the_group_kept_silent() -> Story {
    let application = application(
        "exempt",
        &["s3-11"],
        "dibao",
        "application",
        month(2026, 8),
        "一户不符合低保条件，我当面解释三次、书面答复一次，他还是到市里上访，说我不给办。",
    );
    const CITED: Unusual = &[(
        "s3-11-petition",
        Answer::Yes,
        "当面答复三次、书面答复一次以后，仍到市里越级走访，不按规定的途径反映。",
    )];
    let silence = Escalate {
        grounds: vec!["silence".into()],
        reason: "11 月 20 日作出调查结论，11 月 25 日、27 日两次提醒，纪检监察组仍没有提出意见。".into(),
    };
    story(
        "葛秀云",
        "王助镇人民政府",
        KAIFAQU,
        application,
        [
            vec![vec![(on(11, 9), 9, 15, Deed::Submit)]],
            inquired(
                KAIFAQU,
                "葛秀云",
                [on(11, 10), on(11, 11), on(11, 13), on(11, 20)],
                Deed::Photo("葛秀云", "书面答复的送达签字页", "9 月 1 日书面答复，本人签收", Picture::Form),
                (
                    "王助镇信访办工作人员",
                    "问：他来过几次？\n答：三次，每次民政所都当面给他算过收入，人均超过标准 200 多元。",
                ),
                Said::Spoke(
                    &["解释过三次，还给了书面答复。"],
                    true,
                    "书面答复和信访登记可以证明。",
                ),
                CITED,
                "该户人均收入超过标准，葛秀云当面、书面都作过解释，已尽到政策解释的职责。",
            ),
            vec![vec![
                (on(11, 23), 9, 0, Deed::Opine(Party::Bureau, "免责", "符合三（十一）。")),
                (
                    on(11, 25),
                    9,
                    0,
                    Deed::Do(
                        "俞佳",
                        Remind {
                            party: Party::Discipline,
                        }
                        .into(),
                    ),
                ),
                (on(11, 25), 9, 30, Deed::Tick),
                (
                    on(11, 27),
                    9,
                    0,
                    Deed::Do(
                        "熊伟",
                        Remind {
                            party: Party::Discipline,
                        }
                        .into(),
                    ),
                ),
                (on(11, 30), 9, 0, Deed::Do("熊伟", silence.into())),
                (
                    on(12, 2),
                    10,
                    0,
                    Deed::Do(
                        "郑卫东",
                        Coordinate {
                            text: "请开发区纪检监察组三个工作日内提出意见；仍没有意见的，民政局如实载明，依据已查明的事实认定。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(12, 7),
                    9,
                    0,
                    Deed::Do(
                        "熊伟",
                        NoteSilence {
                            party: Party::Discipline,
                            reason: "两次提醒、市级协调以后，到 12 月 7 日仍没有收到意见。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(12, 7),
                    10,
                    0,
                    Deed::Do(
                        "熊伟",
                        Confirm {
                            outcome: "免责".into(),
                            reason: "事实没有变化，维持。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(12, 8),
                    9,
                    0,
                    Deed::Determine("查明的事实符合三（十一），没有排除情形。纪检监察组没有提出意见，已载明。"),
                ),
                (on(12, 9), 9, 30, Deed::Issue),
            ]],
        ]
        .concat(),
    )
}

/// 五（一）是不是也排除减责，文件可以有几种读法（R1）：结果取决于怎么读，选定读法、上报协调以后认定。
pub fn hangs_on_a_reading() -> Story {
    let application = application(
        "mitigate",
        &["s4-2"],
        "temporary",
        "publish",
        month(2026, 9),
        "9 月集中办了 60 户临时救助，就我一个人，有 2 户发放以后才补公示，晚了 6 天。没有人提意见，钱也没有发错。",
    );
    const LATE: Unusual = &[(
        "s5-1-publish",
        Answer::Yes,
        "2 户先发放、后公示，公示晚了 6 天，没有按规定的顺序。",
    )];
    let reading = ChooseReading {
        reading: "R1".into(),
        choice: "exempt-only".into(),
        reason: "五写的是“不适用尽职免责机制”，减责是四单独规定的，先发放后公示也只是一般失误。".into(),
    };
    story(
        "秦月",
        "濮城镇人民政府",
        FANXIAN,
        application,
        [
            vec![vec![(on(11, 16), 14, 10, Deed::Submit)]],
            inquired(
                FANXIAN,
                "秦月",
                [on(11, 17), on(11, 18), on(11, 20), on(11, 26)],
                Deed::Photo("鲁明", "公示栏照片", "2 户的公示 9 月 24 日才贴出", Picture::Notice),
                (
                    "濮城镇分管负责人",
                    "问：为什么先发放？\n答：都是火灾户，等着钱吃饭，民政所就一个人，公示晚了几天。",
                ),
                Said::Spoke(&["先救急，公示后来都补了。"], true, "公示栏照片和发放名册可以证明。"),
                LATE,
                "人手不足，2 户临时救助先发放后公示，已补公示，无人提出异议，没有发错。",
            ),
            vec![vec![
                (on(11, 27), 9, 0, Deed::Do("田野", reading.into())),
                (
                    on(11, 27),
                    10,
                    0,
                    Deed::Do(
                        "田野",
                        Escalate {
                            grounds: vec!["reading".into()],
                            reason: "五（一）是不是也排除减责，读法不同，结果不同，请市局协调。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(11, 30),
                    9,
                    0,
                    Deed::Opine(Party::Bureau, "减责", "符合四（二），五（一）只排除免责。"),
                ),
                (
                    on(11, 30),
                    15,
                    0,
                    Deed::Opine(Party::Discipline, "减责", "同意这种读法。"),
                ),
                (
                    on(12, 2),
                    15,
                    0,
                    Deed::Do(
                        "冯海燕",
                        AddCityView {
                            text: "同意按有利于当事人的读法，报告里写明两种读法的结果。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(12, 3),
                    9,
                    0,
                    Deed::Do(
                        "郑卫东",
                        Coordinate {
                            text: "文件没有写明五是否排除减责，县里可以选定读法，在报告里写明另一种读法的结果。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(12, 4),
                    9,
                    0,
                    Deed::Do(
                        "田野",
                        Confirm {
                            outcome: "减责".into(),
                            reason: "维持。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(12, 4),
                    15,
                    0,
                    Deed::Do(
                        "方圆",
                        Confirm {
                            outcome: "减责".into(),
                            reason: "维持。".into(),
                        }
                        .into(),
                    ),
                ),
                (
                    on(12, 7),
                    9,
                    0,
                    Deed::Determine("人手不足、已经纠正，符合四（二）；按选定的读法，五（一）不排除减责。"),
                ),
                (on(12, 8), 9, 0, Deed::Issue),
            ]],
        ]
        .concat(),
    )
}
