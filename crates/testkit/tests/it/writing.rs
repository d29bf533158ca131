//! How files are written: what each says first, how long it may be, what it must not name, where it points.

use crate::repository::{Source, root, sources};

#[test]
fn every_module_opens_by_saying_what_it_is_for() {
    for Source { path, text } in rust() {
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! ") && first.len() > 20,
            "{path} does not open with `//!` and a sentence"
        );
        assert!(
            !first.contains("Written by its owner"),
            "{path} is still the empty room it was at the beginning"
        );
    }
}

#[test]
fn no_file_grows_without_a_reason() {
    for Source { path, text } in rust() {
        let lines = text.lines().count();
        let reason = text.lines().any(|line| line.starts_with("// long because: "));
        assert!(
            lines <= 500 || reason,
            "{path} has {lines} lines; split it, or say `// long because: …`"
        );
    }
}

/// Packages come by their names alone, from whatever source a machine is set up with.
#[test]
fn no_file_names_the_host_of_a_registry() {
    let hosts = [
        concat!("registry.", "npmjs"),
        concat!("npm", "mirror"),
        concat!("pypi", ".org"),
        concat!("python", "hosted.org"),
        concat!("static.", "crates.io"),
        concat!("index.", "crates.io"),
        concat!("deb.", "debian.org"),
        concat!("proxy.", "golang.org"),
    ];
    for Source { path, text } in sources("", "") {
        for host in hosts {
            assert!(!text.contains(host), "{path} names {host}");
        }
        if path.ends_with("package-lock.json") {
            assert!(
                !text.contains("\"resolved\""),
                "{path} says where packages were fetched from"
            );
        }
    }
}

/// A how-to that points at a file that has moved is worse than none.
#[test]
fn documents_point_at_files_that_exist() {
    let places = [
        "crates/",
        "docs/",
        "policies/",
        "calendars/",
        "tests/",
        "scripts/",
        "templates/",
        "bench/",
    ];
    for Source { path, text } in sources("", ".md") {
        if path.starts_with("policies/") {
            continue;
        }
        let folder = root()
            .join(&path)
            .parent()
            .map(std::path::Path::to_path_buf)
            .unwrap_or_default();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#']).next())
        {
            let outside = link.is_empty() || link.contains("://");
            assert!(
                outside || folder.join(link).exists(),
                "{path} links to {link}, which is not there"
            );
        }
        for named in text.split('`').skip(1).step_by(2) {
            let is_path = places.iter().any(|place| named.starts_with(place));
            let is_pattern = named.contains(['<', '*', '…', '{', ' ', ':']);
            if is_path && !is_pattern {
                assert!(
                    root().join(named).exists(),
                    "{path} points at {named}, which is not there"
                );
            }
        }
    }
}

#[test]
fn every_act_stands_in_the_glossary() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let (table, glossary) = (read("crates/casefile/src/act.rs"), read("docs/glossary.md"));
    let (_, acts) = table.split_once("\nacts! {\n").unwrap();
    let acts: Vec<_> = acts.lines().take_while(|line| *line != "}").collect();
    assert!(acts.len() > 30, "the table of acts was not found");
    for line in acts {
        let [_, code, _, title, _] = line.split('"').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        assert!(
            glossary.contains(&format!("\n| {code} | {title} | ")),
            "docs/glossary.md lacks | {code} | {title} |"
        );
    }
}

fn rust() -> Vec<Source> {
    sources("", ".rs")
}
