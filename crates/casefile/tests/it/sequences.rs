//! Whatever anybody does in whatever order, some things hold. Sequences of acts by the people of one office, most of
//! them refused, are tried on one case; after every step what must hold is asked.
//!
//! Seeds and budget are fixed. Whoever adds an act adds it to [`act`]; whoever adds a promise adds it to [`holds`].

// long because: two tables that grow with every act: what is tried, and what must hold.

use crate::acts::*;
use crate::case::{Case, Ring};
use crate::testing::*;
use crate::{Act, Event, runner};
use base::law::Answer;
use base::{ArgumentId, EvidenceId, InquiryId, PersonId};
use proptest::collection::vec;
use proptest::prelude::*;

const PEOPLE: [PersonId; 11] = [
    WORKER,
    INTAKE,
    LEAD,
    DISCIPLINE_LEAD,
    COORDINATOR,
    CITY_DISCIPLINE_LEAD,
    RECIPIENT,
    INVESTIGATOR,
    SECOND,
    THIRD,
    SYSTEM,
];

/// One step: who, which act, with what, and how many days later.
type Step = (usize, usize, usize, u8);

/// How many acts [`act`] knows.
const ACTS: usize = 32;

fn act(which: usize, with: usize, case: &Case) -> Act {
    let person = PEOPLE[with % PEOPLE.len()];
    let words = || {
        if with.is_multiple_of(7) {
            String::new()
        } else {
            "有记录可以证明。".to_owned()
        }
    };
    match which {
        0 => Submit {
            intake: intake(),
            application: application(),
        }
        .into(),
        1 => paper_application().into(),
        2 => RequestSupplement {
            items: vec![words()],
            until: base::Date::constant(2026, 9, 30),
        }
        .into(),
        3 => Supplement {
            text: words(),
            files: vec![],
        }
        .into(),
        4 => Accept {}.into(),
        5 => {
            let ground = if with == 1 { "not-subject" } else { "no-merit" };
            Decline {
                ground: ground.into(),
                reason: words(),
                heard: words(),
            }
            .into()
        }
        6 => {
            let what = if with == 2 {
                Transferred::Application
            } else {
                Transferred::Clue
            };
            Transfer {
                what,
                to: words(),
                reason: words(),
            }
            .into()
        }
        7 => {
            let claims = ["exempt", "mitigate", "exempt-or-mitigate"];
            AmendClaim {
                claim: claims[with % 3].into(),
                reason: words(),
                scan: Some(scan()),
            }
            .into()
        }
        8 => {
            let signature = if with == 3 { "李春梅" } else { "王丽" };
            Withdraw {
                reason: words(),
                signature: signature.into(),
                scan: None,
            }
            .into()
        }
        9 => NameBasis {
            procedure: pack(),
            substance: pack(),
            rule: "in-force".into(),
            reason: words(),
        }
        .into(),
        10 => Link {
            number: String::new(),
            other: Some(base::CaseId([100 + with as u8; 16])),
        }
        .into(),
        11 => {
            let mut people = vec![assignee(person)];
            people[0].party = people[0].party.filter(|_| !with.is_multiple_of(5));
            Assign { people }.into()
        }
        12 => Borrow {
            from: words(),
            reason: words(),
        }
        .into(),
        13 => DeclareRecusal {
            ground: "kin".into(),
            reason: words(),
            other_leads: if with.is_multiple_of(3) {
                vec![COORDINATOR]
            } else {
                vec![]
            },
        }
        .into(),
        14 => ask_recusal(person).into(),
        15 => RuleRecusal {
            person,
            recused: with.is_multiple_of(2),
            reason: words(),
            other_leads: vec![],
        }
        .into(),
        17 => {
            let ring = [Ring::Everyone, Ring::Team, Ring::Protected][with % 3];
            AddEvidence {
                ring,
                document: with == 4,
                ..evidence()
            }
            .into()
        }
        18 => Investigate {
            with: person,
            ..inquiry()
        }
        .into(),
        19 => Countersign {
            inquiry: some_inquiry(case, with),
        }
        .into(),
        20 => Find {
            question: ["timely", "data-late", "slip", "q5-2"][with % 4].into(),
            answer: [
                Answer::Yes,
                Answer::No,
                Answer::Unknown,
                Answer::Yes,
                Answer::NotApplicable,
            ][with % 5],
            evidence: case.evidence.iter().map(|e| e.id).skip(with % 3).take(1).collect(),
            inquiries: if with.is_multiple_of(4) {
                vec![some_inquiry(case, with)]
            } else {
                vec![]
            },
            reason: words(),
            citation: String::new(),
            impossible: with == 2,
        }
        .into(),
        21 => {
            let choice = if with.is_multiple_of(2) { "all" } else { "split" };
            ChooseReading {
                reading: "R1".into(),
                choice: choice.into(),
                reason: words(),
            }
            .into()
        }
        22 => Invite { matters: words() }.into(),
        23 => State {
            arguments: vec![words()],
            signed: (with == 1).then(paper),
        }
        .into(),
        24 => Waive {
            reason: words(),
            signed: (with == 1).then(paper),
        }
        .into(),
        25 => {
            let arguments = &case.statement.arguments;
            let argument = arguments
                .get(with % 3)
                .map_or(ArgumentId([9; 16]), |argument| argument.id);
            AnswerArgument {
                argument,
                adopted: Some(with.is_multiple_of(2)),
                reason: words(),
            }
            .into()
        }
        26 => Explain { note: words() }.into(),
        27 => Conclude { text: words() }.into(),
        28 => SignConclusion {}.into(),
        16 => TakeLead { reason: words() }.into(),
        30 => OrderSecrecy {
            until: base::Date::constant(2026, 10, 20),
            reason: words(),
        }
        .into(),
        31 => ConfirmSecrecy {}.into(),
        _ => {
            let new = (with % 2 == 1).then(|| assignee(THIRD));
            ReplaceInvestigator {
                out: person,
                new,
                reason: words(),
            }
            .into()
        }
    }
}

fn some_inquiry(case: &Case, with: usize) -> InquiryId {
    case.inquiries
        .get(with % 3)
        .map_or(InquiryId([9; 16]), |inquiry| inquiry.id)
}

/// What must hold after every step, done or refused.
fn holds(before: &Case, after: &Given) -> Result<(), TestCaseError> {
    let case = &after.case;
    prop_assert!(
        nothing_disappears(before, case),
        "something once recorded has disappeared"
    );
    an_investigator_never_decides(case)?;
    two_unrecused_conclude(before, case)?;
    the_applicant_is_heard_before_the_conclusion(before, case)?;
    findings_rest_on_something(case)?;
    due_depends_on_receipt_alone(case)?;
    secrecy_takes_two_and_ends(case)?;
    Ok(())
}

/// Lists only grow, what was set stays set, the version only rises.
fn nothing_disappears(before: &Case, after: &Case) -> bool {
    let lists = |case: &Case| {
        [
            case.version as usize,
            case.amendments.len(),
            case.linked.len(),
            case.clues.len(),
            case.investigators.len(),
            case.borrowings.len(),
            case.city_leads.len(),
            case.secrecy.len(),
            case.secrecy.iter().filter(|order| order.confirmed.is_some()).count(),
            case.recusals.len(),
            case.evidence.len(),
            case.inquiries.len(),
            case.findings.len(),
            case.readings.len(),
            case.statement.arguments.len(),
            case.opinions.len(),
            case.reminders.len(),
            case.silent.len(),
            case.consultations.len(),
            case.confirmations.len(),
            case.determinations.len(),
            case.reports.len(),
            case.reported.len(),
            case.services.len(),
            case.uses.len(),
            case.reviews.len(),
            case.corrections.len(),
            case.supplementary_filings.len(),
            usize::from(case.receipt.is_some()),
            usize::from(case.supplement.is_some()),
            usize::from(case.accepted.is_some()),
            usize::from(case.basis.is_some()),
            usize::from(case.ending.is_some()),
            usize::from(case.explained.is_some()),
            usize::from(case.conclusion.is_some()),
            usize::from(case.filed.is_some()),
        ]
    };
    let known = |case: &Case| {
        (
            case.application.clone(),
            case.receipt.as_ref().map(|r| (r.number.clone(), r.received_on)),
        )
    };
    let kept = before.receipt.is_none() || known(before) == known(after);
    kept && lists(before)
        .iter()
        .zip(lists(after))
        .all(|(before, after)| *before <= after)
}

/// 七（二）: who ever investigated neither decides nor gave the conclusion's outcome its force.
fn an_investigator_never_decides(case: &Case) -> Result<(), TestCaseError> {
    for determination in &case.determinations {
        prop_assert!(!case.ever_investigated(determination.by), "an investigator decided");
    }
    for lead in [LEAD, DISCIPLINE_LEAD]
        .into_iter()
        .chain(case.city_leads.iter().map(|lead| lead.person))
    {
        prop_assert!(!case.ever_investigated(lead), "somebody who decides was assigned");
    }
    Ok(())
}

/// 七（二）: a conclusion is signed by two different investigators who may act.
fn two_unrecused_conclude(before: &Case, after: &Case) -> Result<(), TestCaseError> {
    if before.conclusion.is_some() {
        return Ok(());
    }
    let Some(conclusion) = &after.conclusion else {
        return Ok(());
    };
    let mut signed: Vec<_> = conclusion.signed.iter().map(|(person, _)| *person).collect();
    signed.sort();
    signed.dedup();
    prop_assert!(signed.len() >= 2, "concluded by fewer than two");
    prop_assert!(
        signed.iter().all(|person| before.is_investigating(*person)),
        "concluded by somebody who is out"
    );
    Ok(())
}

/// 七（一）: nothing is concluded before the applicant was invited and every argument answered, or it was waived; nor
/// on a record that nobody counter-signed.
fn the_applicant_is_heard_before_the_conclusion(before: &Case, after: &Case) -> Result<(), TestCaseError> {
    let (None, Some(conclusion)) = (&before.conclusion, &after.conclusion) else {
        return Ok(());
    };
    let statement = &after.statement;
    prop_assert!(statement.invited.is_some(), "concluded without an invitation");
    prop_assert!(
        statement.arguments.iter().all(|a| a.answer.is_some()),
        "concluded over an unanswered argument"
    );
    prop_assert!(
        statement.stated.is_some() || statement.waived.is_some(),
        "concluded on silence"
    );
    prop_assert!(
        !after.inquiries.iter().any(|inquiry| inquiry.is_open(before)),
        "concluded on an unsigned record"
    );
    prop_assert_eq!(
        &conclusion.answers,
        &after.answers(),
        "concluded on other findings than those in force"
    );
    let due = after.receipt.as_ref().map(|receipt| receipt.due.due);
    prop_assert_eq!(Some(conclusion.in_time), due.map(|due| conclusion.on <= due));
    Ok(())
}

/// A yes or no rests on evidence or a counter-signed record; 五（二） on a document; no finding contradicts another.
fn findings_rest_on_something(case: &Case) -> Result<(), TestCaseError> {
    let document = |id: &EvidenceId| {
        case.evidence
            .iter()
            .any(|evidence| evidence.id == *id && evidence.document)
    };
    let signed = |id: &InquiryId| case.inquiries.iter().any(|i| i.id == *id && i.countersigned.is_some());
    for finding in &case.findings {
        if matches!(finding.answer, Answer::Yes | Answer::No) {
            prop_assert!(
                !finding.evidence.is_empty() || !finding.inquiries.is_empty(),
                "found on nothing"
            );
        }
        prop_assert!(
            finding.inquiries.iter().all(signed),
            "found on a record nobody counter-signed"
        );
        if finding.question.as_str() == "q5-2" && finding.answer == Answer::Yes {
            prop_assert!(finding.evidence.iter().any(document), "五（二） without a document");
        }
    }
    let answers = case.answers();
    let answer = |question: &str| answers.get(&question.into()).copied();
    let contradiction = answer("data-late") == Some(Answer::Yes) && answer("slip") == Some(Answer::No);
    prop_assert!(!contradiction, "two findings contradict each other");
    Ok(())
}

/// 保密令: nobody confirms their own, and none outlasts the longest term.
fn secrecy_takes_two_and_ends(case: &Case) -> Result<(), TestCaseError> {
    for order in &case.secrecy {
        prop_assert!(
            order.confirmed.is_none_or(|(by, _)| by != order.by),
            "confirmed by who ordered"
        );
        let days = (order.until - order.on).get_days();
        prop_assert!((1..=MOST_DAYS).contains(&days), "without end");
    }
    Ok(())
}

/// 七（二）: nothing that is done to a case moves its due date.
fn due_depends_on_receipt_alone(case: &Case) -> Result<(), TestCaseError> {
    let Some(receipt) = &case.receipt else { return Ok(()) };
    let deadline = &procedure().deadlines[0];
    let due = CALENDAR.deadline(receipt.received_on, deadline.n, deadline.unit);
    prop_assert_eq!(receipt.due, due);
    Ok(())
}

/// The events, through their stored bytes, give the same state.
fn replayed(log: &[(crate::Meta, Event)]) -> Case {
    let mut case = Case::default();
    for (meta, event) in log {
        let (open, sealed) = event.encode(&meta.stood);
        let (event, _) = Event::decode(event.kind(), &open, Some(&sealed)).expect("what was encoded");
        case.apply(meta, &event);
    }
    case
}

fn run(steps: &[Step], start: Given) -> Result<Given, TestCaseError> {
    let mut given = start;
    for &(who, which, with, days) in steps {
        for _ in 0..days / 6 {
            given = given.next_day();
        }
        let before = given.case.clone();
        let next = act(which, with, &given.case);
        let when = given.by(PEOPLE[who]).when(next);
        given = when.given;
        if when.result.is_err() {
            prop_assert_eq!(&before, &given.case, "a refused act changed something");
        }
        holds(&before, &given)?;
    }
    prop_assert_eq!(&replayed(&given.log), &given.case, "replaying gives another state");
    Ok(given)
}

#[test]
fn whatever_is_done_in_whatever_order() {
    let step = (0..PEOPLE.len(), 0..ACTS, 0..16usize, 0..8u8);
    let start: [fn() -> Given; 5] = [
        Given::nothing,
        Given::accepted,
        Given::assigned,
        Given::heard,
        Given::ready_to_conclude,
    ];
    let strategy = (0..start.len(), vec(step, 1..60));
    runner(150)
        .run(&strategy, |(from, steps)| run(&steps, start[from]()).map(drop))
        .expect("what must hold");
}

#[test]
fn the_sequences_reach_what_they_speak_of() {
    let step = (0..PEOPLE.len(), 0..ACTS, 0..16usize, 0..8u8);
    let reached = std::cell::RefCell::new(std::collections::BTreeSet::new());
    let outcome = runner(150).run(&vec(step, 60), |steps| {
        for start in [Given::assigned(), Given::ready_to_conclude()] {
            let given = run(&steps, start)?;
            let kinds = given.log.iter().map(|(_, event)| event.kind());
            reached.borrow_mut().extend(kinds);
        }
        Ok(())
    });
    outcome.expect("what must hold");
    let reached = reached.into_inner();
    for kind in [
        "withdrawn/1",
        "transferred/1",
        "recusal-ruled/1",
        "lead-taken/1",
        "secrecy-confirmed/1",
        "investigator-replaced/1",
        "borrowed/1",
        "statement-waived/1",
        "concluded/1",
    ] {
        assert!(reached.contains(kind), "{kind} was never reached: {reached:?}");
    }
}

#[test]
fn receipt_is_never_refused_for_validity() {
    let strategy = (any::<bool>(), any::<bool>(), "[a-z0-9/-]{0,40}");
    let outcome = runner(150).run(&strategy, |(pending, on_paper, pack_id)| {
        let mut place = intake();
        place.basis_pending = pending;
        place.pack.id = pack_id;
        let act: Act = if on_paper {
            EnterPaper {
                intake: place,
                ..paper_application()
            }
            .into()
        } else {
            Submit {
                intake: place,
                application: application(),
            }
            .into()
        };
        let given = Given::nothing().by(if on_paper { INTAKE } else { WORKER });
        let case = given.when(act).then();
        prop_assert_eq!(case.receipt.map(|receipt| receipt.basis_pending), Some(pending));
        Ok(())
    });
    outcome.expect("received");
}
