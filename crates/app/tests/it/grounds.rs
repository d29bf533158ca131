//! Which citations a paper names for an outcome: those of the conditions of what was claimed, under the readings in force.

use crate::site::{pack_files, puyang};
use app::papers::grounds;
use base::law::{Answer, Answers, OutcomeCode, ReadingChoices};
use rules::Pack;

fn pack(files: &[(String, Vec<u8>)]) -> Pack {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    Pack::parse(&files).expect("a pack")
}

/// All found out as the table says; what it does not name is no.
fn decided(pack: &Pack, yes: &[&str], claimed: &[&str], r1: Option<&str>) -> (String, Vec<String>) {
    let answers: Answers = pack
        .questions
        .iter()
        .map(|question| {
            let holds = yes.iter().any(|known| question.id.as_str().starts_with(known));
            (question.id.clone(), if holds { Answer::Yes } else { Answer::No })
        })
        .collect();
    let claimed: Vec<OutcomeCode> = claimed.iter().map(|code| (*code).into()).collect();
    let readings: ReadingChoices = r1.into_iter().map(|choice| ("R1".into(), choice.into())).collect();
    let assessment = pack
        .evaluate(&answers, &readings, Some(&claimed))
        .expect("an assessment");
    let outcome = assessment.outcome.clone().expect("an outcome");
    let cited = grounds(&assessment, &outcome, Some(&claimed), &readings, pack);
    (outcome.to_string(), cited)
}

#[test]
fn the_conditions_of_what_was_claimed_and_no_others() {
    let pack = pack(&puyang());
    let (exempt, mitigate) = (&["免责"][..], &["减责"][..]);
    let (no_3, no_4) = ("没有三（一）至三（十二）的情形", "没有四（一）至四（三）的情形");
    let all = thresholds(&pack);
    let with = |more: &[&'static str]| [all.as_slice(), more].concat();
    let table: Vec<(&str, Vec<&str>, &[&str], Option<&str>, &str, Vec<&str>)> = vec![
        (
            "a circumstance",
            with(&["s3-5"]),
            exempt,
            None,
            "免责",
            vec!["三（五）"],
        ),
        ("no circumstance", with(&[]), exempt, None, "不予免责", vec![no_3]),
        (
            "an exclusion",
            with(&["s3-5", "s5-8"]),
            exempt,
            None,
            "不予免责",
            vec!["五（八）"],
        ),
        (
            "of 减责 alone, not barred by 五（八） under R1",
            with(&["s5-8"]),
            mitigate,
            None,
            "不予免责",
            vec![no_4],
        ),
        (
            "of 减责 alone, barred by it where all bar both",
            with(&["s4-1", "s5-8"]),
            mitigate,
            Some("both"),
            "不予免责",
            vec!["五（八）"],
        ),
        (
            "减责 though 五（八） holds",
            with(&["s4-1", "s5-8"]),
            mitigate,
            None,
            "减责",
            vec!["四（一）"],
        ),
        (
            "both",
            with(&["s5-8"]),
            &["免责", "减责"],
            None,
            "不予免责",
            vec!["五（八）", no_3, no_4],
        ),
    ];
    for (what, yes, claimed, r1, outcome, cited) in table {
        assert_eq!(
            decided(&pack, &yes, claimed, r1),
            (outcome.to_owned(), cited.iter().map(|one| (*one).to_owned()).collect()),
            "{what}"
        );
    }
}

/// The questions of every threshold of 免责.
fn thresholds(pack: &Pack) -> Vec<&str> {
    let exempt = &pack.outcomes[0];
    let clauses = exempt
        .thresholds
        .iter()
        .filter_map(|condition| pack.clause(&condition.clause));
    clauses
        .flat_map(|clause| &clause.questions)
        .map(|question| question.as_str())
        .collect()
}

#[test]
fn a_pack_without_circumstances_cites_its_thresholds() {
    let pack = pack(&pack_files("examples/four-conditions"));
    let found = |gain| -> Answers {
        let one = |question: &rules::Question| match question.id.as_str() {
            "gain" => (question.id.clone(), gain),
            _ => (question.id.clone(), Answer::Yes),
        };
        pack.questions.iter().map(one).collect()
    };
    let table = [(Answer::No, vec!["一", "二", "三", "四"]), (Answer::Yes, vec!["一"])];
    for (gain, items) in table {
        let assessment = pack
            .evaluate(&found(gain), &ReadingChoices::new(), None)
            .expect("an assessment");
        let outcome = assessment.outcome.clone().expect("an outcome");
        let cited = grounds(&assessment, &outcome, None, &ReadingChoices::new(), &pack);
        let items: Vec<String> = items.iter().map(|item| format!("第八十一条第{item}项")).collect();
        assert_eq!(cited, items, "{outcome}");
    }
}
