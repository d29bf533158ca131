//! Stories that together record every kind of event. The first event of a kind, in this order, is its golden sample.
//!
//! Whoever adds a kind adds a story that records it, at the end: a golden file is never written anew.

use crate::PaperKind;
use crate::acts::*;
use crate::case::File;
use crate::testing::*;

/// The stories.
pub fn stories() -> Vec<Given> {
    vec![
        on_paper(),
        declined(),
        elsewhere(),
        withdrawn(),
        basis_named(),
        recusals(),
        Given::provisional().published_2027().by(SYSTEM).done(RecomputeDue {}),
        inquired(),
        waived(),
        silent(),
        dissented(),
        served_and_filed(),
        led_by_the_city(),
        secret(),
        Given::issued("exempted").recorded(made(PaperKind::Report)),
        Given::deferred(),
    ]
}

/// Entered at the window, supplemented, linked, accepted, borrowed for, assigned.
fn on_paper() -> Given {
    let supplement = Supplement {
        text: "表在所里的旧柜子里找到了。".into(),
        files: vec![(scan(), "入户核查表".into())],
    };
    Given::nothing()
        .intake()
        .done(paper_application())
        .done(RequestSupplement {
            items: vec!["2026 年 3 月的入户核查表".into()],
            until: base::Date::constant(2026, 9, 22),
        })
        .worker()
        .done(supplement)
        .done(AmendClaim {
            claim: "exempt-or-mitigate".into(),
            reason: "听了解释以后改的。".into(),
            scan: None,
        })
        .intake()
        .done(Link {
            number: "JZ-410928-2026-0018".into(),
            other: Some(base::CaseId([101; 16])),
        })
        .done(Accept {})
        .done(Transfer {
            what: Transferred::Clue,
            to: "濮阳县纪委监委".into(),
            reason: "材料里有人反映收过烟酒。".into(),
        })
        .lead()
        .done(Borrow {
            from: "清丰县民政局".into(),
            reason: "本局只有一名调查人。".into(),
        })
        .joins(INVESTIGATOR)
}

fn declined() -> Given {
    Given::received().lead().done(Decline {
        ground: "not-subject".into(),
        reason: "申请人在县医保局工作。".into(),
        heard: "9 月 17 日电话问过，申请人说没有意见。".into(),
    })
}

fn elsewhere() -> Given {
    Given::received().intake().done(Transfer {
        what: Transferred::Application,
        to: "清丰县民政局".into(),
        reason: "申请人在清丰县工作。".into(),
    })
}

fn withdrawn() -> Given {
    Given::accepted().intake().done(Withdraw {
        reason: "想补齐材料再申请。".into(),
        signature: "李春梅".into(),
        scan: Some(File {
            name: "撤回书.jpg".into(),
            ..scan()
        }),
    })
}

fn basis_named() -> Given {
    Given::received().intake().done(NameBasis {
        procedure: pack(),
        substance: pack(),
        rule: "received-in-time".into(),
        reason: "收到时意见还在有效期内。".into(),
    })
}

fn recusals() -> Given {
    Given::assigned()
        .investigator()
        .done(DeclareRecusal {
            ground: "kin".into(),
            reason: "申请人是我表姐。".into(),
            other_leads: vec![],
        })
        .worker()
        .done(ask_recusal(SECOND))
        .discipline_lead()
        .done(RuleRecusal {
            person: SECOND,
            recused: false,
            reason: "他没有参加那次入户。".into(),
            other_leads: vec![],
        })
        .lead()
        .done(ReplaceInvestigator {
            out: INVESTIGATOR,
            new: Some(assignee(THIRD)),
            reason: "陈涛已回避。".into(),
        })
}

/// The bureau's lead applies, and the city's coordinator leads.
fn led_by_the_city() -> Given {
    Given::applied_by_lead(base::law::Party::Bureau)
        .by(COORDINATOR)
        .done(TakeLead {
            reason: "申请人是县局局长，由市局牵头。".into(),
        })
}

/// An order of secrecy and its confirmation.
fn secret() -> Given {
    let given = Given::accepted().discipline_lead();
    let until = given.today().tomorrow().expect("a day");
    given
        .done(OrderSecrecy {
            until,
            reason: "正在核实另一条线索。".into(),
        })
        .lead()
        .done(ConfirmSecrecy {})
}

/// Evidence, records, findings, statement and answers up to the conclusion.
fn inquired() -> Given {
    let photo = AddEvidence {
        file: Some(File {
            name: "入户照片.jpg".into(),
            ..scan()
        }),
        ..evidence()
    };
    Given::concluded().discipline_lead().done(photo)
}

/// A reading chosen, and the statement waived.
fn waived() -> Given {
    let reading = ChooseReading {
        reading: "R1".into(),
        choice: "all".into(),
        reason: "按原文的用词。".into(),
    };
    let waiver = Waive {
        reason: "当面说不用再说明，签了字。".into(),
        signed: Some(paper()),
    };
    Given::accepted().lead().done(reading).intake().done(waiver)
}

/// One opinion in, the other party reminded, the city asked, the silence named.
fn silent() -> Given {
    let opinion = Opine {
        outcome: "exempted".into(),
        reason: "核对时数据还没有更新，本人当天就报告了。".into(),
    };
    Given::concluded()
        .lead()
        .done(opinion)
        .done(Remind {
            party: base::law::Party::Discipline,
        })
        .days(8)
        .by(SYSTEM)
        .done(OpenOpinions {})
        .lead()
        .done(Escalate {
            grounds: vec!["silence".into()],
            reason: "提醒以后仍没有意见。".into(),
        })
        .by(CITY_DISCIPLINE_LEAD)
        .done(AddCityView {
            text: "已转告驻县局组。".into(),
        })
        .by(COORDINATOR)
        .done(Coordinate {
            text: "请三日内提出意见。".into(),
        })
        .lead()
        .done(NoteSilence {
            party: base::law::Party::Discipline,
            reason: "提醒、协调以后仍没有意见。".into(),
        })
}

/// Two opinions, a consultation, the city, confirmations that still differ, a determination with a dissent.
fn dissented() -> Given {
    let confirm = |outcome: &str| Confirm {
        outcome: outcome.into(),
        reason: "理由和原来一样。".into(),
    };
    Given::coordinated()
        .lead()
        .done(confirm("exempted"))
        .discipline_lead()
        .done(confirm("not-exempted"))
        .determines("exempted")
}

/// Issued, reported, served, used, corrected, reviewed, filed, supplemented, and opened again.
fn served_and_filed() -> Given {
    let given = Given::issued("mitigated").done(send_report()).done(serve());
    let left = ServeOtherwise {
        to: casefile::case::Recipient::Unit,
        manner: casefile::case::Manner::Left,
        made_on: given.today(),
        details: "签收人不在，单位拒收。".into(),
        witnesses: vec!["王海".into(), "刘芳".into()],
    };
    given
        .done(left)
        .discipline_lead()
        .done(AcknowledgeReport {})
        .worker()
        .done(Acknowledge {})
        .intake()
        .done(RecordUse {
            body: "濮阳县纪委监委".into(),
            text: "采纳认定，不再追究。".into(),
        })
        .done(Correct {
            text: "第二页“三月”更正为“二月”。".into(),
        })
        .done(FileCase {
            note: "共 46 页。".into(),
        })
        .done(FileSupplement {
            note: "县纪委监委的回函。".into(),
        })
        .worker()
        .done(ApplyReview {
            reason: "有一份系统记录没有看。".into(),
            signed: None,
        })
        .by(COORDINATOR)
        .done(DecideReview {
            upheld: false,
            reason: "漏看了系统记录。".into(),
        })
        .lead()
        .done(Redetermine {
            ground: casefile::case::Anew::Review,
            reason: "复核要求重新认定。".into(),
        })
}
