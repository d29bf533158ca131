//! The walls of the house: which crate may use which, and what must not be found where. ARCHITECTURE.md has the reasons.

use crate::repository::{none, sources};
use std::collections::BTreeSet;

/// Our crates in the order of their directions, each with those it may use.
const DIRECTIONS: [(&str, &[&str]); 10] = [
    ("base", &[]),
    ("rules", &["base"]),
    ("casefile", &["base"]),
    ("store", &["base"]),
    ("documents", &["base"]),
    ("press", &["base", "documents"]),
    ("app", &["base", "rules", "casefile", "store", "documents"]),
    ("web", &["base", "rules", "casefile", "documents", "app"]),
    (
        "cli",
        &["base", "rules", "casefile", "store", "documents", "press", "app", "web"],
    ),
    ("testkit", &["base"]),
];

/// Libraries that belong to some crates only.
const AT_HOME: [(&str, &[&str]); 19] = [
    ("sea-orm", &["store"]),
    ("sqlx", &["store"]),
    ("aes-gcm", &["store"]),
    ("sm4", &["store"]),
    ("hmac", &["store", "app"]),
    ("rust_xlsxwriter", &["web"]),
    ("typst", &["press"]),
    ("typst-pdf", &["press"]),
    ("askama", &["web"]),
    ("axum", &["web", "cli"]),
    ("tower-http", &["web"]),
    ("tokio", &["store", "app", "web", "cli"]),
    ("getrandom", &["store", "cli"]),
    ("clap", &["cli"]),
    ("png", &["cli"]),
    ("rustix", &["cli"]),
    ("openidconnect", &["web"]),
    ("rustls", &["web"]),
    ("ureq", &["web"]),
];

/// What the pure middle never names: whatever it needs of the world comes in as an argument.
const IMPURE: [&str; 13] = [
    "tokio",
    "axum",
    "sea_orm",
    "sqlx",
    "typst::",
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "getrandom",
];

struct Manifest {
    name: String,
    uses: BTreeSet<String>,
    tests_use: BTreeSet<String>,
}

fn manifests() -> Vec<Manifest> {
    let read = |source: crate::repository::Source| {
        let table: toml::Table = source
            .text
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", source.path));
        let names = |key| {
            table
                .get(key)
                .and_then(|t| t.as_table())
                .into_iter()
                .flatten()
                .map(|(n, _)| n.clone())
        };
        Manifest {
            name: table["package"]["name"].as_str().expect("a name").to_owned(),
            uses: names("dependencies").chain(names("build-dependencies")).collect(),
            tests_use: names("dev-dependencies").collect(),
        }
    };
    sources("crates", "Cargo.toml").into_iter().map(read).collect()
}

#[test]
fn crates_use_only_what_stands_before_them() {
    let manifests = manifests();
    let known: Vec<_> = DIRECTIONS.iter().map(|(name, _)| *name).collect();
    for Manifest { name, uses, tests_use } in &manifests {
        let allowed = DIRECTIONS.iter().find(|(crate_name, _)| crate_name == name);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("crates/{name} is not in DIRECTIONS of this test"));
        for used in uses.iter().filter(|used| known.contains(&used.as_str())) {
            assert!(allowed.contains(&used.as_str()), "crates/{name} must not use {used}");
        }
        // Tests may use the testkit besides, and web's put a whole site together on a real record; only cli's, which
        // see the whole, may go further.
        for used in tests_use.iter().filter(|used| known.contains(&used.as_str())) {
            let site = name == "web" && ["store", "documents"].contains(&used.as_str());
            let free = used == "testkit" || site || allowed.contains(&used.as_str());
            assert!(free, "the tests of crates/{name} must not use {used}");
        }
    }
    assert_eq!(manifests.len(), DIRECTIONS.len(), "a crate of DIRECTIONS is gone");
}

#[test]
fn libraries_stay_at_home() {
    for Manifest { name, uses, .. } in manifests() {
        for (library, homes) in AT_HOME {
            let at_home = homes.contains(&name.as_str());
            assert!(
                at_home || !uses.contains(library),
                "crates/{name} must not use {library}, only {homes:?}"
            );
        }
    }
}

#[test]
fn the_pure_middle_asks_nothing_of_the_world() {
    for folder in ["crates/base/src", "crates/rules/src", "crates/casefile/src"] {
        absent(folder, &IMPURE);
    }
    absent(
        "crates/documents/src",
        &[
            "tokio",
            "axum",
            "sea_orm",
            "typst::",
            "std::fs",
            "std::env",
            "std::net",
            "SystemTime",
        ],
    );
}

#[test]
fn rules_and_casefile_do_not_know_each_other() {
    absent("crates/rules/src", &["casefile::"]);
    absent("crates/casefile/src", &["rules::"]);
    absent("crates/store/src", &["casefile::", "rules::", "documents::"]);
}

#[test]
fn only_store_speaks_sql() {
    for folder in ["crates/app/src", "crates/web/src", "crates/cli/src"] {
        absent(
            folder,
            &[
                "sea_orm",
                "sqlx",
                "insert into ",
                "delete from ",
                "create table ",
                "order by ",
            ],
        );
    }
    absent("crates/web/src", &["store::"]);
}

#[test]
fn app_knows_no_http_and_no_html() {
    absent("crates/app/src", &["axum", "askama", "StatusCode", "text/html", "</"]);
    absent("crates/app/src", &["press::"]);
    absent("crates/web/src", &["press::"]);
}

/// No line of code below `folder` holds one of `words`.
fn absent(folder: &str, words: &[&str]) {
    let mut faults = Vec::new();
    for source in sources(folder, ".rs") {
        for (number, line) in source.code() {
            let named = words.iter().filter(|word| line.contains(*word));
            faults.extend(named.map(|word| format!("{}:{number} names {word}: {line}", source.path)));
        }
    }
    none(faults);
}
