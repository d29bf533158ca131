//! Which pack governs: the six combinations of conduct and receipt, and what lies around them.

use crate::packs::{files, pack, parse};
use base::Date;
use rules::Pack;
use rules::validity::{Version, select};

const PUYANG: &str = "410900/pumin-2024-16";

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A successor, in force from 2026-06-01, milder than the Puyang notice or not.
fn successor(milder: bool) -> Pack {
    let mut files = files(PUYANG);
    let (_, bytes) = files.iter_mut().find(|(name, _)| name == "pack.toml").unwrap();
    let milder = if milder {
        "milder_than = [\"410900/pumin-2024-16\"]\n"
    } else {
        ""
    };
    let text = String::from_utf8(bytes.clone()).unwrap();
    let text = text
        .replace("id = \"410900/pumin-2024-16\"", "id = \"410900/successor\"")
        .replace("term_years = 2", &format!("published_on = \"2026-06-01\"\n{milder}"));
    *bytes = text.into_bytes();
    parse(&files).unwrap()
}

/// Name, packs known, day of the conduct, day of receipt -> pack of the procedure, pack of the substance.
type Row<'a> = (
    &'a str,
    &'a [Version<'a>],
    &'a str,
    &'a str,
    Option<&'a str>,
    Option<&'a str>,
);

#[test]
fn the_six_combinations_and_the_successor() {
    let old = pack(PUYANG);
    // In force from 1 June 2024 to 31 May 2026.
    let old = Version {
        pack: &old,
        published_on: Some(date("2024-06-01")),
    };
    let (milder, stricter) = (successor(true), successor(false));
    let milder = Version {
        pack: &milder,
        published_on: None,
    };
    let stricter = Version {
        pack: &stricter,
        published_on: None,
    };
    const P: Option<&str> = Some(PUYANG);
    const S: Option<&str> = Some("410900/successor");
    #[rustfmt::skip]
    let table: [Row<'_>; 15] = [
        // conduct x receipt                   conduct       received      procedure substance
        ("before x in",    &[old],           "2024-05-31", "2024-07-01", P, P),
        ("in x in",        &[old],           "2024-06-01", "2026-05-31", P, P),
        ("after x in: the dates contradict", &[old], "2026-07-01", "2026-05-01", None, None),
        ("before x after", &[old],           "2024-05-31", "2026-06-01", None, None),
        ("in x after",     &[old],           "2026-05-31", "2026-06-01", None, P),
        ("after x after",  &[old],           "2026-06-01", "2026-06-02", None, None),
        ("before x in, successor known",    &[old, milder], "2024-05-31", "2024-07-01", P, P),
        ("before x after, successor",       &[old, milder], "2024-05-31", "2026-07-01", S, S),
        ("in x after, milder successor",    &[old, milder], "2025-01-01", "2026-07-01", S, S),
        ("in x after, stricter successor",  &[old, stricter], "2025-01-01", "2026-07-01", S, P),
        ("after x after, successor",        &[stricter, old], "2026-06-15", "2026-07-01", S, S),
        ("in x in, successor not yet",      &[old, milder], "2025-01-01", "2026-05-31", P, P),
        ("the same day",                    &[old], "2025-01-01", "2025-01-01", P, P),
        ("no packs",                        &[], "2025-01-01", "2025-01-01", None, None),
        ("in x long after, successor",      &[old, stricter], "2026-05-31", "2036-06-01", S, P),
    ];
    for (name, versions, conduct, received, procedure, substance) in table {
        let basis = select(versions, date(conduct), date(received));
        assert_eq!(
            basis.procedure.as_ref().map(|pack| pack.id.as_str()),
            procedure,
            "{name}: procedure"
        );
        assert_eq!(
            basis.substance.as_ref().map(|pack| pack.id.as_str()),
            substance,
            "{name}: substance"
        );
        assert!(!basis.reasons.is_empty(), "{name}: reasons");
    }
}

#[test]
fn an_unknown_day_of_publication_leaves_the_basis_pending() {
    let pack = pack(PUYANG);
    let version = Version {
        pack: &pack,
        published_on: None,
    };
    let basis = select(&[version], date("2025-01-01"), date("2025-02-01"));
    assert_eq!((basis.procedure, basis.substance), (None, None));
    assert!(basis.reasons[0].contains("发布日期还没有录入"), "{:?}", basis.reasons);
}

#[test]
fn a_term_runs_to_the_day_before_the_same_day() {
    let pack = pack(PUYANG);
    for (published, last) in [
        ("2024-06-01", "2026-05-31"),
        ("2024-02-29", "2026-02-28"),
        ("2024-01-01", "2025-12-31"),
    ] {
        let version = Version {
            pack: &pack,
            published_on: Some(date(published)),
        };
        assert_eq!(
            version.in_force(),
            Some((date(published), Some(date(last)))),
            "{published}"
        );
    }
}
