//! The pages of application, acceptance, assignment and recusal: what is typed becomes the act, or is refused at its
//! field with the text kept.

use crate::{html, sample};
use askama::Template;
use base::law::Party;
use base::{Date, PersonId};
use casefile::act::ActName;
use casefile::acts::*;
use casefile::case::{Borrowing, File, Investigator, Recusal, Supplement as Asked};
use casefile::{Act, Capacity, Role};
use web::desk::Desk;
use web::pages::acts::{page_of, sample as draw};
use web::values::Values;

const APPLICANT: PersonId = PersonId([9; 16]);
const LEAD: PersonId = PersonId([8; 16]);
const CHEN: PersonId = PersonId([11; 16]);
const LIU: PersonId = PersonId([12; 16]);
const SUN: PersonId = PersonId([13; 16]);

/// A case with a request for papers, one investigator, a letter sent, and a recusal that waits.
fn desk(act: ActName) -> Desk {
    let mut desk = sample::desk(act);
    let on = Date::constant(2026, 9, 17);
    desk.case.supplement = Some(Asked {
        asked_on: on,
        items: vec!["入户核查表".into()],
        until: Date::constant(2026, 9, 24),
        answer: None,
    });
    desk.case.investigators.push(Investigator {
        person: CHEN,
        name: "陈涛".into(),
        institution: sample::BUREAU,
        party: Some(Party::Bureau),
        on,
        left: false,
    });
    desk.case.borrowings.push(Borrowing {
        from: "清丰县民政局".into(),
        reason: "人不够。".into(),
        on,
    });
    desk.case.recusals.push(Recusal {
        person: CHEN,
        name: "陈涛".into(),
        capacity: Capacity {
            role: Role::Investigator,
            institution: sample::BUREAU,
            party: Some(Party::Bureau),
        },
        ground: desk.procedure.recusal_grounds[0].id.clone(),
        asked_by: APPLICANT,
        on,
        reason: "他也去入户了。".into(),
        other_leads: Vec::new(),
        ruling: None,
    });
    desk
}

fn typed(pairs: &[(&str, &str)]) -> Values {
    let mut values = Values::default();
    for (name, text) in pairs {
        values.put(name, text);
    }
    values
}

fn parsed(desk: &Desk, pairs: &[(&str, &str)]) -> Result<Act, Vec<String>> {
    let page = page_of(desk.act).expect("a page");
    (page.parse)(desk, &typed(pairs)).map_err(|refusal| refusal.fields.iter().map(|f| f.field.clone()).collect())
}

#[test]
fn what_is_typed_becomes_the_act() {
    let recusal = sample::pack().procedure.recusal_grounds[0].id.clone();
    let decline = sample::pack().procedure.decline_grounds[0].id.clone();
    let rule = sample::pack().validity.rules[0].id.clone();
    let pack = sample::pack();
    let (chen, liu) = (CHEN.to_string(), LIU.to_string());
    let table: Vec<(ActName, Vec<(&str, &str)>, Act)> = vec![
        (
            ActName::RequestSupplement,
            vec![
                ("items", "入户核查表\n\n 培训记录 "),
                ("until.year", "2026"),
                ("until.month", "9"),
                ("until.day", "２４"),
            ],
            RequestSupplement {
                items: vec!["入户核查表".into(), "培训记录".into()],
                until: Date::constant(2026, 9, 24),
            }
            .into(),
        ),
        (
            ActName::Supplement,
            vec![("text", "表在所里。")],
            Supplement {
                text: "表在所里。".into(),
                files: vec![],
            }
            .into(),
        ),
        (
            ActName::Decline,
            vec![
                ("ground", decline.as_str()),
                ("reason", "不在本系统。"),
                ("heard", "没有意见。"),
            ],
            Decline {
                ground: decline.clone(),
                reason: "不在本系统。".into(),
                heard: "没有意见。".into(),
            }
            .into(),
        ),
        (
            ActName::Transfer,
            vec![("what", "clue"), ("to", "濮阳县纪委监委"), ("reason", "有反映。")],
            Transfer {
                what: Transferred::Clue,
                to: "濮阳县纪委监委".into(),
                reason: "有反映。".into(),
            }
            .into(),
        ),
        (
            ActName::AmendClaim,
            vec![("claim", "mitigate")],
            AmendClaim {
                claim: "mitigate".into(),
                reason: String::new(),
                scan: None,
            }
            .into(),
        ),
        (
            ActName::Withdraw,
            vec![("reason", "想补齐材料。"), ("signature", "李春梅")],
            Withdraw {
                reason: "想补齐材料。".into(),
                signature: "李春梅".into(),
                scan: None,
            }
            .into(),
        ),
        (
            ActName::NameBasis,
            vec![
                ("procedure", pack.id.as_str()),
                ("substance", pack.id.as_str()),
                ("rule", rule.as_str()),
                ("reason", "都在有效期内。"),
            ],
            NameBasis {
                procedure: pack.reference(),
                substance: pack.reference(),
                rule: rule.as_str().into(),
                reason: "都在有效期内。".into(),
            }
            .into(),
        ),
        (
            ActName::Link,
            vec![("other", " jz-410928-2026-００18 ")],
            Link {
                number: "JZ-410928-2026-0018".into(),
                other: None,
            }
            .into(),
        ),
        (
            ActName::Assign,
            vec![("people", &liu)],
            Assign {
                people: vec![Assignee {
                    person: LIU,
                    name: "刘洋".into(),
                    institution: sample::BUREAU,
                    party: Some(Party::Bureau),
                    leads: false,
                }],
            }
            .into(),
        ),
        (
            ActName::Borrow,
            vec![("from", "市民政局"), ("reason", "人不够。")],
            Borrow {
                from: "市民政局".into(),
                reason: "人不够。".into(),
            }
            .into(),
        ),
        (
            ActName::DeclareRecusal,
            vec![("ground", recusal.as_str())],
            DeclareRecusal {
                ground: recusal.clone(),
                reason: String::new(),
                other_leads: Vec::new(),
            }
            .into(),
        ),
        (
            ActName::AskRecusal,
            vec![
                ("person", &chen),
                ("ground", recusal.as_str()),
                ("reason", "他也去入户了。"),
            ],
            AskRecusal {
                person: CHEN,
                name: "陈涛".into(),
                capacity: Capacity {
                    role: Role::Investigator,
                    institution: sample::BUREAU,
                    party: Some(Party::Bureau),
                },
                ground: recusal.clone(),
                reason: "他也去入户了。".into(),
            }
            .into(),
        ),
        (
            ActName::TakeLead,
            vec![("reason", "市局牵头。")],
            TakeLead {
                reason: "市局牵头。".into(),
            }
            .into(),
        ),
        (
            ActName::RuleRecusal,
            vec![("person", &chen), ("recused", "yes"), ("reason", "属实。")],
            RuleRecusal {
                person: CHEN,
                recused: true,
                reason: "属实。".into(),
                other_leads: Vec::new(),
            }
            .into(),
        ),
        (
            ActName::ReplaceInvestigator,
            vec![("out", &chen), ("new", ""), ("reason", "调离。")],
            ReplaceInvestigator {
                out: CHEN,
                new: None,
                reason: "调离。".into(),
            }
            .into(),
        ),
    ];
    for (name, pairs, act) in table {
        assert_eq!(parsed(&desk(name), &pairs), Ok(act), "{}", name.code());
    }
}

#[test]
fn what_cannot_be_read_is_refused_at_its_field_and_kept() {
    let table: &[(ActName, &[(&str, &str)], &[&str])] = &[
        (
            ActName::RequestSupplement,
            &[
                ("items", "表"),
                ("until.year", "2026"),
                ("until.month", "13"),
                ("until.day", "1"),
            ],
            &["until"],
        ),
        (ActName::Decline, &[("reason", "留着的字")], &["ground"]),
        (
            ActName::Transfer,
            &[("what", "everything"), ("to", "留着的字")],
            &["what"],
        ),
        (ActName::AmendClaim, &[("reason", "留着的字")], &["claim"]),
        (
            ActName::NameBasis,
            &[("reason", "留着的字"), ("rule", "mine")],
            &["procedure", "substance", "rule"],
        ),
        (ActName::Assign, &[("people", "somebody")], &["people"]),
        (
            ActName::AskRecusal,
            &[("person", "7"), ("reason", "留着的字")],
            &["person", "ground"],
        ),
        (ActName::RuleRecusal, &[("reason", "留着的字")], &["person", "recused"]),
        (
            ActName::ReplaceInvestigator,
            &[("out", "x"), ("new", "y"), ("reason", "留着的字")],
            &["new", "out"],
        ),
    ];
    for (name, pairs, fields) in table {
        let desk = desk(*name);
        let page = page_of(*name).expect("a page");
        let values = typed(pairs);
        let refusal = (page.parse)(&desk, &values).expect_err("refused");
        assert_eq!(refusal.field_names(), *fields, "{}", name.code());
        let mut form = draw(page, &desk, &values);
        form.form = form.form.refuse(&refusal);
        form.frame.wrong = true;
        let drawn = html::check(name.code(), &form.render().expect("draws"));
        assert!(
            drawn.contains(&format!("id=\"{}-error\"", fields[0])),
            "{}: the sentence at its field",
            name.code()
        );
        assert!(
            drawn.contains(&format!("有 {} 处要改", fields.len())),
            "{}: the summary",
            name.code()
        );
        let kept = pairs.iter().any(|(_, text)| *text == "留着的字");
        assert!(!kept || drawn.contains("留着的字"), "{}: what was typed", name.code());
    }
}

#[test]
fn the_window_is_asked_for_the_signed_paper_the_applicant_is_not() {
    for name in [ActName::AmendClaim, ActName::Withdraw] {
        let page = page_of(name).expect("a page");
        let asks = |me| {
            let mut desk = desk(name);
            desk.me = me;
            let form = (page.form)(&desk, &Values::default());
            form.fields.iter().any(|field| field.name == "scan")
        };
        assert_eq!((asks(APPLICANT), asks(LEAD)), (false, true));
        let mut values = typed(&[("claim", "mitigate"), ("reason", "写了。"), ("signature", "李春梅")]);
        values.put_file("scan", File::default());
        let act = (page.parse)(&desk(name), &values).expect("read");
        let scan = match act {
            Act::AmendClaim(act) => act.scan,
            Act::Withdraw(act) => act.scan,
            other => panic!("{other:?}"),
        };
        assert!(scan.is_some());
    }
}

#[test]
fn who_can_be_picked() {
    let offered = |act, field: &str, party| {
        let mut desk = desk(act);
        desk.capacity.party = Some(party);
        let form = (page_of(act).expect("a page").form)(&desk, &Values::default());
        let field = form.fields.into_iter().find(|f| f.name == field).expect("the field");
        match field.control {
            web::form::Control::Checks(list) | web::form::Control::Select(list) => {
                list.into_iter().map(|choice| choice.value).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        }
    };
    let (liu, sun) = (LIU.to_string(), SUN.to_string());
    // Chen investigates already; each lead has their own people, the city both.
    assert_eq!(offered(ActName::Assign, "people", Party::Bureau), [liu.clone()]);
    assert_eq!(offered(ActName::Assign, "people", Party::Discipline), [sun.clone()]);
    assert_eq!(offered(ActName::ReplaceInvestigator, "new", Party::City), [liu, sun]);
    assert_eq!(
        offered(ActName::AskRecusal, "person", Party::Bureau),
        [CHEN.to_string()]
    );
}
