//! 濮民〔2024〕16号: what its rules must give, and what may not be asked of them.

use crate::packs::{files, pack};
use base::law::{Answer, Answers, GroundId, OutcomeCode, ReadingChoices};
use rules::{EvaluationInput, Kind, Pack, Role, RulesError};
use std::collections::BTreeMap;

const PUYANG: &str = "410900/pumin-2024-16";

/// The notice is kept as it was issued, its faults too: without spaces, line ends and heading marks it has this digest.
#[test]
fn the_notice_is_verbatim() {
    let notice = pack(PUYANG).notice;
    let words: String = notice.chars().filter(|c| !c.is_whitespace() && *c != '#').collect();
    let digest = "61a1725fd2fc3ffe07dbe62c6ecaa7c457684efc4a47d7cda9a735fa81730427";
    assert_eq!(base::Digest::of(words).to_string(), digest);
}

#[test]
fn every_clause_is_there() {
    let pack = pack(PUYANG);
    let count = |role| pack.clauses.iter().filter(|clause| clause.role == role).count();
    assert_eq!(count(Role::Threshold), 7, "the thresholds of 免责");
    assert_eq!(count(Role::Circumstance), 12 + 3);
    assert_eq!(count(Role::Exclusion), 8);
    let groups: Vec<usize> = pack
        .groups
        .iter()
        .map(|group| {
            pack.clauses
                .iter()
                .filter(|clause| clause.group.as_ref() == Some(&group.id))
                .count()
        })
        .collect();
    assert_eq!(groups, [2, 2, 2, 3, 1, 1, 2, 2]);
    let asked = |role| pack.clauses.iter().filter(move |clause| clause.role == role);
    assert!(
        asked(Role::Circumstance).all(|clause| clause.group.is_some()),
        "every circumstance is offered"
    );
    assert!(
        asked(Role::Exclusion).all(|clause| clause.group.is_none()),
        "no exclusion is put to the worker"
    );
}

#[test]
fn what_questions_carry() {
    let pack = pack(PUYANG);
    let ids = |wanted: &dyn Fn(&rules::Question) -> bool| -> Vec<String> {
        pack.questions
            .iter()
            .filter(|question| wanted(question))
            .map(|question| question.id.to_string())
            .collect()
    };
    assert_eq!(ids(&|q| q.not_applicable.is_some()), ["s3-correct"]);
    assert_eq!(
        ids(&|q| q.kind == Kind::Citation),
        ["s3-11-petition", "s3-12-cited", "s4-3-cited", "s5-8-cited"]
    );
    let documents = ids(&|q| q.needs_document.is_some());
    assert!(
        documents
            .iter()
            .all(|id| id.starts_with("s5-2-") || id.starts_with("s5-6-")),
        "{documents:?}"
    );
    assert_eq!(documents.len(), 5 + 4);
    let given: Vec<String> = pack.procedure.needs_document.iter().map(ToString::to_string).collect();
    assert_eq!(given, documents);
}

#[test]
fn what_is_ours_says_so() {
    let pack = pack(PUYANG);
    const OURS: &str = "本系统默认";
    assert!(pack.readings.iter().all(|reading| reading.source == OURS));
    let lists = [
        &pack.procedure.decline_grounds,
        &pack.procedure.recusal_grounds,
        &pack.procedure.major_grounds,
    ];
    assert!(
        lists
            .into_iter()
            .flatten()
            .chain(&pack.procedure.degradations)
            .all(|ground| ground.source == OURS)
    );
    for field in [
        "withhold_opinions",
        "silence",
        "steps",
        "reminders",
        "review",
        "result_note",
        "leaflet",
    ] {
        let source = pack
            .sources
            .iter()
            .find(|source| source.id == field)
            .map(|source| source.source.as_str());
        assert_eq!(source, Some(OURS), "{field}");
    }
}

#[test]
fn input_that_does_not_fit_is_refused() {
    let pack = pack(PUYANG);
    #[rustfmt::skip]
    let table = [
        (r#"{"findings": {"s9": "yes"}}"#, "unknown-question", "没有“s9”这个问题"),
        (r#"{"findings": {"s3-slip": "not_applicable"}}"#, "not-applicable-refused", "“s3-slip”这个问题不能答“不适用”"),
        (r#"{"readings": {"R9": "both"}}"#, "unknown-reading", "没有“R9”这个读法"),
        (r#"{"readings": {"R1": "none"}}"#, "unknown-choice", "读法“R1”没有“none”这个选项"),
        (r#"{"claim": ["从轻"]}"#, "unknown-outcome", "没有“从轻”这个结果"),
        (r#"{"claim": []}"#, "empty-claim", "没有写明申请什么"),
        (r#"{"findings": {"s4-1-slip": "yes", "s3-slip": "no"}}"#, "contradictory-findings", "“s4-1-slip”为是，“s3-slip”就不能为否"),
    ];
    for (text, code, sentence) in table {
        let refusal = EvaluationInput::parse(text).unwrap().evaluate(&pack).unwrap_err();
        assert_eq!(refusal.code(), code, "{text}");
        assert!(refusal.to_string().contains(sentence), "{text}: {refusal}");
    }
    for text in [
        "",
        "[]",
        r#"{"finding": {}}"#,
        r#"{"findings": {"s3-slip": "perhaps"}}"#,
        r#"{"findings": {"s3-slip": null}}"#,
        r#"{"findings": {"s3-slip": "yes", "s3-slip": "no"}}"#,
    ] {
        let refusal = EvaluationInput::parse(text).unwrap_err();
        assert!(refusal.contains("读不懂"), "{text}: {refusal}");
        for english in ["expected", "field", "variant", "invalid", "line "] {
            assert!(!refusal.contains(english), "{text}: {refusal}");
        }
    }
}

#[test]
fn the_json_is_as_documented() {
    let pack = pack(PUYANG);
    let text = r#"{"findings": {"s5-1-publish": "yes", "s3-9-emergency": "no", "s4-2-short": "yes", "s4-2-corrected": "yes"},
        "readings": {}, "claim": ["减责"]}"#;
    let mut findings = EvaluationInput::parse(text).unwrap();
    for question in pack
        .questions
        .iter()
        .filter(|question| question.id.as_str().starts_with("s5-"))
    {
        findings.findings.entry(question.id.clone()).or_insert(Answer::No);
    }
    findings.findings.insert("s3-9-defect".into(), Answer::Unknown);
    let output = findings.evaluate(&pack).unwrap();
    let json = serde_json::to_string(&output).unwrap();
    let clauses = serde_json::to_string(&output.clauses).unwrap();
    assert!(
        clauses
            .contains(r#"{"id":"s4-2","citation":"四（二）","value":"yes","because":["s4-2-short","s4-2-corrected"]}"#)
    );
    let expected = format!(
        r#"{{"outcome":"减责","possible":["减责"],"clauses":{clauses},"relevant":[],"ask_next":[],"depends_on_readings":[{{"id":"R1","results":{{"split":"减责","both":"不予免责","exempt-only":"减责"}}}}],"policy":{{"id":"410900/pumin-2024-16","digest":"{}"}}}}"#,
        pack.digest
    );
    assert_eq!(json, expected);
    let nothing = EvaluationInput::parse("{}").unwrap().evaluate(&pack).unwrap();
    assert_eq!(nothing.outcome.as_str(), rules::UNDETERMINED);
}

#[test]
fn one_answer_at_a_time() {
    let pack = pack(PUYANG);
    let claim: [OutcomeCode; 1] = ["免责".into()];
    let mut answers = Answers::new();
    for question in &pack.questions {
        let id = question.id.as_str();
        let yes = question
            .clauses
            .iter()
            .any(|clause| pack.clause(clause).unwrap().role == Role::Threshold);
        let yes = yes || id.starts_with("s3-5-");
        answers.insert(question.id.clone(), if yes { Answer::Yes } else { Answer::No });
    }
    let effects = pack
        .effect_of(&"s3-report".into(), &answers, &ReadingChoices::new(), Some(&claim))
        .unwrap();
    let effects: Vec<(Answer, Vec<&str>)> = effects
        .iter()
        .map(|effect| (effect.answer, effect.possible.iter().map(OutcomeCode::as_str).collect()))
        .collect();
    assert_eq!(effects, [(Answer::Yes, vec!["免责"]), (Answer::No, vec!["不予免责"])]);
    let unknown = pack.effect_of(&"s9".into(), &answers, &ReadingChoices::new(), None);
    assert_eq!(unknown, Err(RulesError::UnknownQuestion("s9".into())));
}

#[test]
fn the_explanation_says_it_in_words() {
    let pack = pack(PUYANG);
    let mut input = EvaluationInput::default();
    input.findings.insert("s3-duty".into(), Answer::No);
    let assessment = pack.evaluate(&input.findings, &input.readings, None).unwrap();
    let text = pack.explain(&assessment);
    assert!(
        text.starts_with("按已查明的事实，系统建议 不予免责：不适用尽职免责机制。\n"),
        "{text}"
    );
    assert!(
        text.contains(
            "  三，第一款 不成立：该做的都做了。因为查明了：「按照当时的岗位职责和规定，申请人是否已经履职尽责？」\n"
        ),
        "{text}"
    );
    let open = pack.explain(&pack.evaluate(&Answers::new(), &ReadingChoices::new(), None).unwrap());
    assert!(
        open.starts_with("现在还不能得出建议，可能是：免责、不予免责。\n"),
        "{open}"
    );
    assert!(
        open.contains("先查这些，就可能得出结果\n  s2-work　这件事是否发生在"),
        "{open}"
    );
}

#[test]
fn the_digest_covers_the_rules_and_not_what_tells_of_them() {
    let files = files(PUYANG);
    let digest = |files: &[(String, Vec<u8>)]| {
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        Pack::digest_of(&files)
    };
    let mut by_file = BTreeMap::new();
    for place in 0..files.len() {
        let mut files = files.clone();
        files[place].1.push(b'\n');
        by_file.insert(files[place].0.clone(), digest(&files) != digest(&self::files(PUYANG)));
    }
    for (name, changes) in by_file {
        assert_eq!(changes, name != "CHANGELOG.md" && !name.starts_with("cases/"), "{name}");
    }
    let mut turned = files.clone();
    turned.reverse();
    assert_eq!(
        digest(&turned),
        digest(&files),
        "the order in which files arrive does not matter"
    );
    let manifest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0  notice.md\n";
    assert_eq!(Pack::digest_of(&[("notice.md", b"abc")]), base::Digest::of(manifest));
}

#[test]
fn the_declaration_and_the_claims_are_worded_as_agreed() {
    let pack = pack(PUYANG);
    let claims: Vec<&str> = pack.procedure.claims.iter().map(|claim| claim.text.as_str()).collect();
    assert_eq!(claims, ["免责", "减责", "免责，备位减责"]);
    assert_eq!(pack.procedure.declaration.paragraphs.len(), 4);
    assert_eq!(pack.procedure.declaration.paragraphs[0], "这份申请是我本人提出的。");
    let kinds: Vec<&GroundId> = pack.procedure.work_kinds.iter().map(|kind| &kind.id).collect();
    assert_eq!(kinds.len(), 6);
}
