//! What others wrote and `jinzhi` is built from: each direct dependency is named, with its purpose, in `THIRD_PARTY.md`.
//!
//! The tree is that of the platform the program is delivered for. Licences, bans and sources are cargo-deny's to ask:
//! `scripts/deny.sh`.

use crate::repository::root;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

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
