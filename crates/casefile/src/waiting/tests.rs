//! For whom the case waits at each point of the procedure, and for what.

use super::*;
use crate::acts::*;
use crate::testing::*;

fn list(given: &Given) -> Vec<Waiting> {
    let calendar = Calendar::shipped();
    waiting(
        &given.case,
        &given.procedure,
        &given.assessment,
        &calendar,
        given.today(),
    )
}

fn person(who: &Whom) -> PersonId {
    match who {
        Whom::Person(person) => *person,
        Whom::Role(Role::Intake, _) => crate::testing::INTAKE,
        Whom::Role(Role::Lead, Party::Bureau) => crate::testing::LEAD,
        Whom::Role(Role::Lead, _) => DISCIPLINE_LEAD,
        Whom::Role(_, Party::CityDiscipline) => CITY_DISCIPLINE_LEAD,
        Whom::Role(..) => COORDINATOR,
        Whom::Unit(_) => RECIPIENT,
    }
}

/// The outcome is another under another reading.
fn hanging(mut given: Given) -> Given {
    given.assessment.depends_on_readings = vec![base::law::ReadingDependence {
        id: "R1".into(),
        results: vec![("split".into(), None), ("all".into(), Some("not-exempted".into()))],
    }];
    given
}

/// A question is neither found nor stated as impossible to find.
fn open(mut given: Given) -> Given {
    given.assessment.relevant = vec!["s3-other".into()];
    given
}

fn states() -> Vec<(Given, Vec<&'static str>)> {
    let opine = || Opine {
        outcome: "exempted".into(),
        reason: "符合".into(),
    };
    let withdraw = Withdraw {
        reason: "不申请了。".into(),
        signature: "李春梅".into(),
        scan: None,
    };
    let review = || ApplyReview {
        reason: "漏看了材料。".into(),
        signed: None,
    };
    let not_upheld = DecideReview {
        upheld: false,
        reason: "漏看了材料。".into(),
    };
    let keep_out = DeclareRecusal {
        ground: "handled".into(),
        reason: "经办过这一户。".into(),
        other_leads: vec![],
    };
    let major = Escalate {
        grounds: vec!["death".into()],
        reason: "有人死亡。".into(),
    };
    vec![
        (Given::nothing(), vec![]),
        (Given::received(), vec!["accept"]),
        (Given::accepted(), vec!["assign", "assign", "invite", "explain"]),
        (
            Given::accepted().lead().done(major),
            vec!["assign", "assign", "invite", "explain", "coordinate", "add-city-view"],
        ),
        (Given::ready_to_conclude().basis_pending(), vec!["name-basis"]),
        (
            Given::heard().done_find("timely").assessed(Some("exempted")),
            vec!["explain"],
        ),
        (
            Given::assigned(),
            vec!["invite", "explain", "investigate", "investigate"],
        ),
        (
            Given::assigned().investigator().done(keep_out),
            vec!["rule-recusal", "assign", "assign", "invite", "explain", "find"],
        ),
        (Given::investigated(), vec!["invite", "explain", "find", "find"]),
        (
            Given::investigated().intake().done(Invite::default()),
            vec!["state", "explain", "find", "find"],
        ),
        (
            Given::investigated().intake().done(Invite::default()).days(20),
            vec!["waive", "explain", "find", "find"],
        ),
        (Given::heard().done(explanation()), vec!["find", "find"]),
        (Given::ready_to_conclude(), vec!["conclude", "conclude"]),
        (Given::ready_to_conclude().done(conclusion()), vec!["sign-conclusion"]),
        (Given::concluded(), vec!["opine", "opine"]),
        (Given::concluded().lead().done(opine()), vec!["opine"]),
        (Given::opined("exempted", "exempted"), vec!["determine"]),
        (
            hanging(Given::opined("exempted", "exempted")),
            vec!["escalate", "escalate"],
        ),
        (Given::opined(DEFERRAL, DEFERRAL), vec!["defer"]),
        (hanging(Given::opined(DEFERRAL, DEFERRAL)), vec!["escalate", "escalate"]),
        (open(Given::opined(DEFERRAL, DEFERRAL)), vec!["return-to-inquiry"]),
        (Given::deferred(), vec!["file"]),
        (Given::deferred().intake().done(FileCase::default()), vec![]),
        (
            Given::opined("exempted", "not-exempted"),
            vec!["open-consultation", "open-consultation"],
        ),
        (
            Given::opined("exempted", "not-exempted")
                .lead()
                .done(OpenConsultation {}),
            vec!["minute-consultation"],
        ),
        (Given::still_differing(), vec!["escalate", "escalate"]),
        (Given::coordinated(), vec!["confirm", "confirm"]),
        (Given::determined("exempted"), vec!["issue"]),
        (Given::issued("exempted"), vec!["report", "serve"]),
        (
            Given::issued("exempted").done(send_report()).done(serve()),
            vec!["acknowledge-report", "acknowledge", "acknowledge"],
        ),
        (
            Given::issued("exempted").done(send_report()).done(serve()).days(30),
            vec!["acknowledge-report", "acknowledge", "acknowledge", "serve-otherwise"],
        ),
        (Given::served("exempted"), vec!["acknowledge-report", "file"]),
        (Given::filed().discipline_lead().done(AcknowledgeReport {}), vec![]),
        (
            Given::served("exempted").worker().done(review()),
            vec!["acknowledge-report", "review", "file"],
        ),
        (
            Given::served("exempted")
                .worker()
                .done(review())
                .by(COORDINATOR)
                .done(not_upheld),
            vec!["acknowledge-report", "redetermine"],
        ),
        (Given::accepted().worker().done(withdraw), vec!["file"]),
        (Given::applied_by_lead(Party::Bureau), vec!["take-lead", "accept"]),
        (
            Given::applied_by_lead(Party::Discipline).intake().done(Accept {}),
            vec!["take-lead", "assign", "invite", "explain", "escalate"],
        ),
        (
            Given::applied_by_lead(Party::Bureau)
                .by(COORDINATOR)
                .done(TakeLead::default())
                .done(Accept {}),
            vec!["assign", "assign", "invite", "explain"],
        ),
    ]
}

#[test]
fn of_every_state() {
    for (given, expected) in states() {
        let acts: Vec<_> = list(&given).iter().map(|wait| wait.act.code()).collect();
        assert_eq!(acts, expected);
    }
}

#[test]
fn whoever_is_waited_for_may_do_it() {
    for (given, _) in states() {
        let waits = list(&given);
        let mut given = given;
        for wait in waits {
            given = given.by(person(&wait.who));
            assert_eq!(given.ready(wait.act), Ok(()), "{}", wait.act.code());
        }
    }
}

#[test]
fn targets_come_from_the_pack_and_the_conclusion_is_statutory() {
    let due = |given: Given| list(&given)[0].due;
    assert_eq!(due(Given::received()), Some(Date::constant(2026, 9, 18)));
    assert_eq!(due(Given::ready_to_conclude()), Some(Date::constant(2026, 10, 12)));
    let mut without = Given::received();
    without.procedure.steps.clear();
    assert_eq!(due(without), None);
}

#[test]
fn named_in_words() {
    let given = Given::ready_to_conclude();
    let names: Vec<_> = list(&given).iter().map(|wait| wait.who.text(&given.case)).collect();
    assert_eq!(names, ["调查人陈涛", "调查人孙静"]);
    assert_eq!(super::INTAKE.text(&given.case), "民政局收件岗");
    assert_eq!(
        Whom::Role(Role::Lead, Party::Discipline).text(&given.case),
        "驻局纪检监察组负责人"
    );
}
