//! What is printed: the prepared data of every document, as it will stand on paper.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[allow(
    dead_code,
    unused_imports,
    reason = "the press's tests print the long and the minimal ones too"
)]
mod samples;

use documents::{Document, TemplateName, prepare};
use std::collections::HashSet;

fn data(document: &Document) -> serde_json::Value {
    serde_json::from_slice(&prepare(document).data).unwrap()
}

#[test]
fn every_document_as_it_is_printed() {
    for (name, document) in samples::all() {
        let prepared = prepare(&document);
        let shown = serde_json::to_string_pretty(&data(&document)).unwrap();
        insta::assert_snapshot!(name, format!("{}\n{}\n{shown}", prepared.title, prepared.date));
        assert_eq!(prepare(&document), prepared, "the same document gives the same bytes");
    }
}

#[test]
fn every_template_has_a_sample_and_a_digest_of_its_own() {
    let used: HashSet<TemplateName> = samples::all().iter().map(|(_, d)| prepare(d).template).collect();
    let digests: HashSet<_> = TemplateName::ALL.iter().map(|name| name.digest()).collect();
    assert_eq!(used, TemplateName::ALL.iter().copied().collect());
    assert_eq!(digests.len(), TemplateName::ALL.len());
}

#[test]
fn the_unit_gets_the_result_only() {
    let told = data(&Document::ResultNotice(samples::result_for_unit())).to_string();
    for withheld in ["理由", "三（五）", "数据", "findings", "clauses", "reasons"] {
        assert!(!told.contains(withheld), "{withheld} in {told}");
    }
    assert!(told.contains("不予免责只说明不适用尽职免责机制"));
}
