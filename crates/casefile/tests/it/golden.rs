//! Every kind of event has one golden file: the bytes that were stored once are read for ever.
//!
//! A kind without a file writes it and fails, so that somebody looks at it and commits it. The directory only grows.

use crate::samples::stories;
use crate::{Event, Meta};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

fn path(kind: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden");
    folder.join(format!("{}.json", kind.replace('/', "-")))
}

/// The first event of each kind.
fn samples() -> BTreeMap<&'static str, (Meta, Event)> {
    let mut samples = BTreeMap::new();
    for (meta, event) in stories().into_iter().flat_map(|story| story.log) {
        samples.entry(event.kind()).or_insert((meta, event));
    }
    samples
}

/// The stored bytes, one part a line, so that they can be read back as they are.
fn golden(meta: &Meta, event: &Event) -> String {
    let (open, sealed) = event.encode(&meta.stood);
    let text = |bytes| String::from_utf8(bytes).expect("JSON is text");
    format!("{{\n\"open\":{},\n\"sealed\":{}\n}}\n", text(open), text(sealed))
}

fn parts(file: &str) -> (&str, &str) {
    let mut lines = file.lines().skip(1);
    let mut part = |name: &str| {
        lines
            .next()
            .and_then(|line| line.strip_prefix(name))
            .expect("a golden file")
    };
    (part("\"open\":").trim_end_matches(','), part("\"sealed\":"))
}

#[test]
fn every_kind_has_a_sample() {
    let samples = samples();
    let missing: Vec<_> = Event::KINDS
        .iter()
        .filter(|kind| !samples.contains_key(**kind))
        .collect();
    assert!(missing.is_empty(), "no story in samples.rs records {missing:?}");
}

#[test]
fn every_kind_is_stored_as_it_always_was() {
    let mut new = Vec::new();
    for (kind, (meta, event)) in samples() {
        let (path, now) = (path(kind), golden(&meta, &event));
        if !path.exists() {
            fs::write(&path, &now).expect("golden/ can be written");
            new.push(kind);
            continue;
        }
        let stored = fs::read_to_string(&path).expect("golden/ can be read");
        assert_eq!(now, stored, "{kind} is stored otherwise than before");
    }
    assert!(
        new.is_empty(),
        "written for the first time, look at them and commit them: {new:?}"
    );
}

#[test]
fn what_was_stored_is_read_back() {
    for (kind, (meta, event)) in samples() {
        let Ok(stored) = fs::read_to_string(path(kind)) else {
            continue; // told by the test above
        };
        let (open, sealed) = parts(&stored);
        let (read, stood) = Event::decode(kind, open.as_bytes(), Some(sealed.as_bytes())).expect("a known kind");
        assert_eq!((read, stood), (event, meta.stood));
        // Without the sealed part the event is still there, its words empty.
        Event::decode(kind, open.as_bytes(), None).expect("readable without its words");
    }
}

#[test]
fn no_words_in_the_open_part() {
    for (kind, (meta, event)) in samples() {
        let (open, _) = event.encode(&meta.stood);
        assert!(open.is_ascii(), "{kind}: {}", String::from_utf8_lossy(&open));
    }
}

#[test]
fn no_golden_file_without_its_kind() {
    let files = fs::read_dir(path("x").parent().expect("a folder")).expect("golden/ can be read");
    let known: Vec<_> = Event::KINDS.iter().map(|kind| path(kind)).collect();
    for file in files {
        let file = file.expect("golden/ can be read").path();
        assert!(
            known.contains(&file),
            "{} belongs to no kind this build knows",
            file.display()
        );
    }
}
