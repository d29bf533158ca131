//! From the conclusion to the archive and back again, in whatever order: what must hold of opinions, determinations
//! and services, after every step, done or refused. Seeds and budget are fixed.

use crate::acts::*;
use crate::case::{Anew, Case, Manner, Recipient};
use crate::testing::*;
use crate::waiting::{Whom, waiting};
use crate::{Act, Event, Role, runner};
use base::PersonId;
use base::law::Party;
use proptest::collection::vec;
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// One step: who, which act, with what, and how many days later.
type Step = (usize, usize, usize, u8);

const PEOPLE: [PersonId; 10] = [
    WORKER,
    INTAKE,
    LEAD,
    DISCIPLINE_LEAD,
    COORDINATOR,
    CITY_DISCIPLINE_LEAD,
    RECIPIENT,
    INVESTIGATOR,
    SECOND,
    SYSTEM,
];
const PARTIES: [Party; 3] = [Party::Bureau, Party::Discipline, Party::City];
const OUTCOMES: [&str; 3] = ["exempted", "not-exempted", "mitigated"];
/// Acts that come before and after a determination, the commoner ones twice.
const ACTS: usize = 34;

fn act(which: usize, with: usize, given: &Given) -> Act {
    let words = || {
        if with == 15 {
            String::new()
        } else {
            "理由见记录。".to_owned()
        }
    };
    // Mostly what follows from the findings, so that stories get somewhere.
    let follows = given.assessment.outcome.clone();
    let outcome = || {
        follows
            .clone()
            .or_else(|| Some(DEFERRAL.into()))
            .filter(|_| !with.is_multiple_of(3))
            .unwrap_or_else(|| OUTCOMES[with % 3].into())
    };
    match which {
        0..=3 => Opine {
            outcome: outcome(),
            reason: format!("标记{}。", given.case.version),
        }
        .into(),
        4 => OpenOpinions {}.into(),
        5 => Remind {
            party: PARTIES[with % 3],
        }
        .into(),
        6 => NoteSilence {
            party: if with == 3 { Party::City } else { Party::Discipline },
            reason: words(),
        }
        .into(),
        7 => OpenConsultation {}.into(),
        8 => MinuteConsultation {
            held_on: given.today(),
            attendees: words(),
            text: words(),
            agreed: (with.is_multiple_of(2)).then(outcome),
        }
        .into(),
        9 => Escalate {
            grounds: vec![["disagreement", "silence", "death", "reading"][with % 4].into()],
            reason: words(),
        }
        .into(),
        10 => Coordinate { text: words() }.into(),
        11 => AddCityView { text: words() }.into(),
        12 | 13 => Confirm {
            outcome: outcome(),
            reason: words(),
        }
        .into(),
        14 => ReturnToInquiry { reason: words() }.into(),
        15..=17 => Determine {
            outcome: outcome(),
            reason: words(),
        }
        .into(),
        18 => issue().into(),
        19 => send_report().into(),
        20 => AcknowledgeReport {}.into(),
        21 => serve().into(),
        22 => Acknowledge {}.into(),
        23 => ServeOtherwise {
            to: [Recipient::Worker, Recipient::Unit][with % 2],
            manner: [Manner::Left, Manner::Posted, Manner::Direct][with % 3],
            made_on: given.today(),
            details: words(),
            witnesses: vec!["王海".into(), words()],
        }
        .into(),
        24 => ApplyReview {
            reason: words(),
            signed: None,
        }
        .into(),
        31 if with < 2 => DeclareRecusal {
            ground: "line".into(),
            reason: words(),
            other_leads: vec![],
        }
        .into(),
        25 | 31 => DecideReview {
            upheld: with.is_multiple_of(2),
            reason: words(),
        }
        .into(),
        26 => Redetermine {
            ground: [Anew::Concealment, Anew::Review, Anew::Facts, Anew::Awaited][with % 4],
            reason: words(),
        }
        .into(),
        27 => FileCase { note: words() }.into(),
        28 => Invite { matters: words() }.into(),
        29 => Waive {
            reason: words(),
            signed: Some(paper()),
        }
        .into(),
        30 => TakeLead { reason: words() }.into(),
        32 => Defer {
            awaited: words(),
            reason: words(),
        }
        .into(),
        _ if with.is_multiple_of(2) => Conclude { text: words() }.into(),
        _ => SignConclusion {}.into(),
    }
}

fn holds(before: &Case, after: &Given) -> Result<(), TestCaseError> {
    determined_on_both_parts(before, after)?;
    deferred_only_while_nothing_follows(before, after)?;
    nothing_withheld_is_in_the_state(after)?;
    nothing_disappears(before, &after.case)?;
    prop_assert_eq!(
        before.receipt.as_ref().map(|r| r.due),
        after.case.receipt.as_ref().map(|r| r.due)
    );
    Ok(())
}

/// 六（二）、七（一）: nothing is determined without both institutions' parts and an invited statement, by anybody who
/// investigated, or against the findings.
fn determined_on_both_parts(before: &Case, after: &Given) -> Result<(), TestCaseError> {
    let case = &after.case;
    let (None, Some(determination)) = (before.determination(), case.determination()) else {
        return Ok(());
    };
    let stands_in = case.city_lead(Party::Bureau).map(|lead| lead.person);
    for party in &after.procedure.opinions {
        let spoke = case
            .opinions
            .get(party)
            .is_some_and(|opinion| opinion.opened.is_some() && opinion.content.is_some());
        let named = case.silent.contains(party) && case.reminders.iter().any(|reminder| reminder.to == *party);
        prop_assert!(
            spoke || named && (case.escalation.is_some() || stands_in.is_some()),
            "determined without {:?}",
            party
        );
    }
    prop_assert!(
        case.statement.invited.is_some(),
        "determined without an invited statement"
    );
    prop_assert!(case.conclusion.is_some(), "determined without a conclusion");
    prop_assert!(!case.ever_investigated(determination.by), "an investigator decided");
    prop_assert_eq!(determination.by, stands_in.unwrap_or(LEAD));
    prop_assert_eq!(Some(&determination.outcome), after.assessment.outcome.as_ref());
    prop_assert_eq!(Some(&determination.outcome), determination.assessment.outcome.as_ref());
    prop_assert!(
        !case.must_consult(),
        "determined over a disagreement nobody talked about"
    );
    let differ = |party: &&Party| {
        case.position(**party)
            .is_some_and(|position| *position != determination.outcome)
    };
    let dissent: Vec<_> = case.opinions.keys().filter(differ).copied().collect();
    prop_assert_eq!(&determination.dissent, &dissent);
    if !dissent.is_empty() && case.opinions_differ() {
        prop_assert!(
            case.is_led_by_city() || case.escalation.is_some() && case.is_coordinated(),
            "a dissent the city never heard of"
        );
    }
    Ok(())
}

/// Nothing is deferred that could be determined, nor without both parties' opened opinions, nor what a review set aside.
fn deferred_only_while_nothing_follows(before: &Case, after: &Given) -> Result<(), TestCaseError> {
    let case = &after.case;
    if before.is_deferred() || !case.is_deferred() {
        return Ok(());
    }
    prop_assert_eq!(&after.assessment.outcome, &None);
    prop_assert!(case.determinations.is_empty(), "deferred and determined");
    prop_assert!(case.conclusion.is_some() && case.opinions_settled(&after.procedure) && !case.must_consult());
    prop_assert!(
        case.open_questions(&after.assessment).is_empty(),
        "somebody may still find out"
    );
    let set_aside = case.rounds.iter().rev().find(|round| round.determination.is_some());
    prop_assert!(set_aside.is_none_or(|round| round.ground != Anew::Review));
    Ok(())
}

/// A withheld opinion is nowhere in the state before its opening.
fn nothing_withheld_is_in_the_state(after: &Given) -> Result<(), TestCaseError> {
    if !after.case.has_withheld_opinion() {
        return Ok(());
    }
    let opened: BTreeSet<_> = after
        .log
        .iter()
        .filter_map(|(_, event)| {
            if let Event::OpinionsOpened(opened) = event {
                Some(&opened.opinions)
            } else {
                None
            }
        })
        .flatten()
        .map(|(_, event)| *event)
        .collect();
    let seen = format!("{:?}", after.case);
    for (meta, event) in &after.log {
        if let Event::OpinionCommitted(committed) = event
            && let Some(content) = &committed.sealed
            && !opened.contains(&meta.event)
        {
            prop_assert!(!seen.contains(&content.reason), "an opinion shows before its opening");
        }
    }
    Ok(())
}

/// What is set aside when a case is opened again stands in its rounds.
fn nothing_disappears(before: &Case, after: &Case) -> Result<(), TestCaseError> {
    let counts = |case: &Case| {
        let rounds = || case.rounds.iter();
        [
            case.version as usize,
            case.rounds.len(),
            case.opinions.len() + rounds().map(|round| round.opinions.len()).sum::<usize>(),
            case.consultations.len() + rounds().map(|round| round.consultations.len()).sum::<usize>(),
            case.reminders.len() + rounds().map(|round| round.reminders.len()).sum::<usize>(),
            case.determinations.len() + rounds().filter(|round| round.determination.is_some()).count(),
            case.reports.len() + rounds().filter(|round| round.report.is_some()).count(),
            case.services.len() + rounds().map(|round| round.services.len()).sum::<usize>(),
            case.reviews.len() + rounds().map(|round| round.reviews.len()).sum::<usize>(),
            case.confirmations.len()
                + case.earlier_confirmations.len()
                + rounds().map(|round| round.confirmations.len()).sum::<usize>(),
            usize::from(case.conclusion.is_some()) + rounds().filter(|round| round.conclusion.is_some()).count(),
            usize::from(case.filed.is_some()) + rounds().filter(|round| round.filed.is_some()).count(),
        ]
    };
    for (before, after) in counts(before).iter().zip(counts(after)) {
        prop_assert!(*before <= after, "something once recorded has disappeared");
    }
    Ok(())
}

/// Whoever the case waits for may do what it waits for.
fn nobody_is_waited_for_in_vain(mut given: Given) -> Result<Given, TestCaseError> {
    let calendar = base::calendar::Calendar::shipped();
    for wait in waiting(
        &given.case,
        &given.procedure,
        &given.assessment,
        &calendar,
        given.today(),
    ) {
        let person = match wait.who {
            Whom::Person(person) => person,
            Whom::Role(Role::Intake, _) => INTAKE,
            Whom::Role(Role::Lead, Party::Bureau) => LEAD,
            Whom::Role(Role::Lead, _) => DISCIPLINE_LEAD,
            Whom::Role(_, Party::CityDiscipline) => CITY_DISCIPLINE_LEAD,
            Whom::Role(..) => COORDINATOR,
            Whom::Unit(_) => RECIPIENT,
        };
        given = given.by(person);
        let ready = given.ready(wait.act);
        // Of two coordinators or clerks the other one does it; of a lead there may be no other.
        let another = match wait.who {
            Whom::Role(Role::Lead, _) => &["handled"][..],
            _ => &["handled", "recused", "stands-in"],
        };
        let later = ready.as_ref().is_err_and(|refusal| another.contains(&refusal.code));
        prop_assert!(ready.is_ok() || later, "{}: {:?}", wait.act.code(), ready);
    }
    Ok(given)
}

fn run(steps: &[Step], start: Given) -> Result<Given, TestCaseError> {
    let mut given = start;
    for &(who, which, with, days) in steps {
        given = given.days(i64::from(days / 5));
        let before = given.case.clone();
        let next = act(which, with, &given);
        let when = given.by(PEOPLE[who]).when(next);
        given = when.given;
        if when.result.is_err() {
            prop_assert_eq!(&before, &given.case, "a refused act changed something");
        }
        holds(&before, &given)?;
    }
    nobody_is_waited_for_in_vain(given)
}

/// One opinion is in, the other party was reminded and the city coordinated.
fn one_silent() -> Given {
    let opinion = Opine {
        outcome: "exempted".into(),
        reason: "符合。".into(),
    };
    let given = Given::concluded()
        .lead()
        .done(opinion)
        .done(Remind {
            party: Party::Discipline,
        })
        .days(8);
    let given = given.done(Escalate {
        grounds: vec!["silence".into()],
        reason: "没有意见。".into(),
    });
    given.by(COORDINATOR).done(Coordinate {
        text: "请提意见。".into(),
    })
}

/// The bureau's lead is out after the conclusion, and the city leads.
fn led_by_the_city() -> Given {
    let out = DeclareRecusal {
        ground: "line".into(),
        reason: String::new(),
        other_leads: vec![],
    };
    let given = Given::concluded().assessed(Some("exempted")).lead().done(out);
    given.by(COORDINATOR).done(TakeLead::default())
}

/// Nothing follows from the findings, and both institutions say so.
fn undetermined() -> Given {
    Given::opined(DEFERRAL, DEFERRAL)
}

/// The same, while a question is neither found nor stated as impossible to find.
fn open() -> Given {
    let mut given = undetermined();
    given.assessment.relevant = vec!["s3-other".into()];
    given
}

/// The outcome hangs on a reading.
fn hanging() -> Given {
    let mut given = Given::opined("exempted", "exempted");
    let results = vec![
        ("split".into(), Some("exempted".into())),
        ("all".into(), Some("not-exempted".into())),
    ];
    given.assessment.depends_on_readings = vec![base::law::ReadingDependence {
        id: "R1".into(),
        results,
    }];
    given
}

#[test]
fn whatever_is_done_after_the_conclusion() {
    let starts: [fn() -> Given; 13] = [
        Given::concluded,
        one_silent,
        || Given::opined("exempted", "not-exempted"),
        Given::coordinated,
        || Given::determined("mitigated"),
        || Given::served("mitigated"),
        Given::filed,
        led_by_the_city,
        undetermined,
        open,
        hanging,
        Given::deferred,
        || {
            Given::served("mitigated").worker().done(ApplyReview {
                reason: "漏看了材料。".into(),
                signed: None,
            })
        },
    ];
    let step = (0..PEOPLE.len(), 0..ACTS, 0..16usize, 0..12u8);
    let reached = RefCell::new(BTreeSet::new());
    let outcome = runner(200).run(&(0..starts.len(), vec(step, 1..120)), |(from, steps)| {
        let given = run(&steps, starts[from]())?;
        reached
            .borrow_mut()
            .extend(given.log.iter().map(|(_, event)| event.kind()));
        Ok(())
    });
    outcome.expect("what must hold");
    let reached = reached.into_inner();
    for kind in [
        "silence-noted/1",
        "confirmed/1",
        "determined/1",
        "reopened/1",
        "reviewed/1",
        "filed/1",
        "deferred/1",
        "lead-taken/1",
    ] {
        assert!(reached.contains(kind), "{kind} was never reached: {reached:?}");
    }
}
