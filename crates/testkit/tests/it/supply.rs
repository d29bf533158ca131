//! What others wrote and `jinzhi` is built from: under which licence it comes, from where, and what never comes in.
//!
//! The tree is that of the platform the program is delivered for. Why this is not cargo-deny: 0002-choices.md.

use crate::repository::root;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Licences that ask for nothing but their text; THIRD_PARTY.md names them.
const LICENCES: [&str; 12] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "BSL-1.0",
    "Zlib",
    "CC0-1.0",
    "Unlicense",
    "Unicode-3.0",
];

/// What must not be in the tree, and why.
const BANNED: [(&str, &str); 4] = [
    ("openssl-sys", "a C library of the machine; TLS is the reverse proxy's"),
    ("native-tls", "the same"),
    ("reqwest", "the program calls nobody"),
    ("ureq", "the program calls nobody"),
];

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The packages that are built in, with what their manifests say.
fn packages() -> Vec<Value> {
    let args = [
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        "x86_64-unknown-linux-gnu",
    ];
    let told = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let mut metadata: Value = serde_json::from_slice(&told.stdout).expect("json");
    let nodes = metadata["resolve"]["nodes"].as_array().expect("the tree");
    let used: BTreeSet<String> = nodes.iter().map(|node| node["id"].to_string()).collect();
    let Value::Array(all) = metadata["packages"].take() else {
        panic!("no packages")
    };
    all.into_iter()
        .filter(|package| used.contains(&package["id"].to_string()))
        .collect()
}

fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package[field].as_str().unwrap_or_default()
}

/// Whether an expression of licences can be met: of alternatives one, of what is joined all.
fn met(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    plain
        .split(" AND ")
        .all(|part| part.split(" OR ").any(|one| LICENCES.contains(&one.trim())))
}

#[test]
fn licences_are_met_or_not() {
    for (expression, expected) in [
        ("MIT OR Apache-2.0", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only OR MIT", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MIT AND GPL-3.0-only", false),
        ("AGPL-3.0-only", false),
        ("", false),
    ] {
        assert_eq!(met(expression), expected, "{expression}");
    }
}

#[test]
fn everything_comes_from_crates_io_under_a_licence_that_is_allowed() {
    let packages = packages();
    assert!(packages.len() > 300, "the tree is read");
    for package in &packages {
        let (name, source) = (text(package, "name"), text(package, "source"));
        let own = package["source"].is_null();
        assert!(own || source == CRATES_IO, "{name} comes from {source}");
        assert!(met(text(package, "license")), "{name}: {}", text(package, "license"));
        if let Some((_, why)) = BANNED.iter().find(|(banned, _)| *banned == name) {
            panic!("{name} is in the tree: {why}");
        }
    }
}

#[test]
fn what_is_asked_for_by_name_has_a_version_and_its_place_in_third_party() {
    let listed = std::fs::read_to_string(root().join("THIRD_PARTY.md")).expect("THIRD_PARTY.md");
    let words: BTreeSet<&str> = listed
        .split(|c: char| !(c.is_alphanumeric() || "-_".contains(c)))
        .collect();
    let own: BTreeMap<String, Value> = packages()
        .into_iter()
        .filter(|package| package["source"].is_null())
        .map(|package| (text(&package, "name").to_owned(), package))
        .collect();
    let mut lacking = Vec::new();
    for package in own.values() {
        for wanted in package["dependencies"].as_array().expect("its dependencies") {
            let name = text(wanted, "name");
            if own.contains_key(name) {
                continue;
            }
            assert_ne!(text(wanted, "req"), "*", "{name} of {}", text(package, "name"));
            if !words.contains(name) {
                lacking.push(name.to_owned());
            }
        }
    }
    lacking.sort();
    lacking.dedup();
    assert!(lacking.is_empty(), "not in THIRD_PARTY.md: {lacking:?}");
}
