//! What changed the outcome stays told, with the outcome before and after; the applicant hears nothing of it.

use crate::path;
use crate::site::Site;
use app::reading::Changed;
use base::law::Answer;
use casefile::acts::{ChooseReading, Find, ReturnToInquiry};

#[tokio::test]
async fn a_finding_changed_and_a_reading_chosen_are_told_for_ever() {
    let site = Site::new().await;
    let number = path::concluded(&site, "经过").await;
    let lead = site.viewer("局长").await;
    let changes = async |who| site.app.case_file(who, &number).await.unwrap().changes;
    assert_eq!(changes(&lead).await, []);
    let back = ReturnToInquiry {
        reason: "登记簿要再看一次。".into(),
    };
    site.does("局长", &number, back).await;
    let case = site.app.case(&number).await.unwrap().case;
    let find = Find {
        question: "s3-report".into(),
        answer: Answer::No,
        evidence: vec![case.evidence[0].id],
        inquiries: Vec::new(),
        reason: "登记簿上没有。".into(),
        citation: String::new(),
        impossible: false,
    };
    site.does("调查甲", &number, find).await;
    let read = |choice: &str| ChooseReading {
        reading: "R1".into(),
        choice: choice.into(),
        reason: "按原文的用词。".into(),
    };
    let choices = site.app.packs().current().reading(&"R1".into()).unwrap().clone();
    let other = choices
        .choices
        .iter()
        .find(|choice| choice.id != choices.default)
        .unwrap();
    site.does("局长", &number, read(other.id.as_str())).await;
    let told = changes(&lead).await;
    assert_eq!(told.len(), 2);
    assert_eq!(
        told[0].what,
        Changed::Finding("s3-report".into(), Answer::Yes, Answer::No)
    );
    let outcome = |outcome: &Option<base::law::OutcomeCode>| outcome.as_ref().map(ToString::to_string);
    assert_eq!(outcome(&told[0].before).as_deref(), Some("免责"));
    assert_eq!(outcome(&told[0].after).as_deref(), Some("不予免责"));
    assert_eq!(
        (told[0].by.as_str(), told[0].reason.as_str()),
        ("调查甲", "登记簿上没有。")
    );
    assert_eq!(told[1].what, Changed::Reading("R1".into(), other.id.clone()));
    assert_eq!(changes(&site.viewer("申请人").await).await, []);
}
