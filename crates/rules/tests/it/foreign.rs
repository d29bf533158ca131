//! Packs of other places: the program knows no city.

use crate::packs::pack;
use base::law::{Decider, Starter, Unit};

#[test]
fn every_pack_under_policies_is_sound() {
    for id in [
        "410900/pumin-2024-16",
        "examples/four-conditions",
        "examples/unit-leniency",
    ] {
        let problems: Vec<String> = pack(id).check().iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{id}\n{}", problems.join("\n"));
    }
}

#[test]
fn another_subject_decider_and_deadline() {
    let pack = pack("examples/unit-leniency");
    assert_eq!(pack.procedure.starters, [Starter::Unit]);
    assert_eq!(
        pack.procedure.decider,
        Decider::AccountabilityBody {
            approval: "县级以上党委主要负责人".into()
        }
    );
    assert_eq!(pack.procedure.deadlines[0].unit, Unit::Months);
    let codes: Vec<&str> = pack.outcomes.iter().map(|outcome| outcome.code.as_str()).collect();
    assert_eq!(codes, ["不予追究", "从轻", "依规追究"]);
}

#[test]
fn thresholds_alone() {
    let pack = pack("examples/four-conditions");
    assert!(pack.outcomes[0].circumstances.is_empty());
    assert_eq!(pack.procedure.deadlines[0].unit, Unit::Days);
}
