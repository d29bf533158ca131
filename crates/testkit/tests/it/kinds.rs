//! Every kind of event that the code can write has a golden file beside the tests of the crate that writes it, and no
//! golden file is left without its kind. What stands in the files, those crates' own tests hold.

use crate::repository::{none, sources};
use std::collections::BTreeMap;

/// Where golden files are.
const GOLDEN: [&str; 3] = [
    "crates/casefile/tests/it/golden",
    "crates/app/tests/golden",
    "crates/store/tests/golden",
];

/// Versioned names that are no kinds: `jinzhi-seal/1` and the like say how bytes are laid out.
const LAYOUT: &str = "jinzhi-";

#[test]
fn every_kind_of_event_has_a_golden_file() {
    let mut named = BTreeMap::new();
    for source in sources("crates", ".rs") {
        for (number, line) in source.code() {
            let kinds = line.split('"').filter(|word| is_kind(word));
            named.extend(kinds.map(|kind| (kind.to_owned(), format!("{}:{number}", source.path))));
        }
    }
    let files = GOLDEN.iter().flat_map(|folder| sources(folder, ".json"));
    let mut golden: BTreeMap<String, String> = files.map(|file| (kind_of(&file.path), file.path)).collect();
    assert!(named.len() > 80, "the kinds are no longer found: {named:?}");
    let without = named.iter().filter(|(kind, _)| golden.remove(*kind).is_none());
    let mut faults: Vec<String> = without
        .map(|(kind, place)| format!("{place}: {kind} has no golden file"))
        .collect();
    faults.extend(golden.into_values().map(|path| format!("{path}: its kind is gone")));
    none(faults);
}

/// Whether a quoted word is a kind: `logged-in/1`.
fn is_kind(word: &str) -> bool {
    let Some((name, version)) = word.rsplit_once('/') else {
        return false;
    };
    let plain = |c: char| c.is_ascii_lowercase() || c == '-';
    let named = !name.is_empty() && name.chars().all(plain) && !name.starts_with(LAYOUT);
    named && !version.is_empty() && version.chars().all(|c| c.is_ascii_digit())
}

/// The kind of `…/logged-in-1.json`.
fn kind_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".json");
    let (kind, version) = name.rsplit_once('-').unwrap_or((name, ""));
    format!("{kind}/{version}")
}

#[test]
fn what_is_a_kind() {
    for (word, expected) in [
        ("logged-in/1", true),
        ("opened/12", true),
        ("jinzhi-seal/1", false),
        ("text/html", false),
        ("/1", false),
        ("cases/", false),
        ("application/1.0", false),
    ] {
        assert_eq!(is_kind(word), expected, "{word}");
    }
    assert_eq!(kind_of("a/b/logged-in-1.json"), "logged-in/1");
}
