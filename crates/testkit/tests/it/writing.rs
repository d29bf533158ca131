//! How files are written: what each says first, how long it may be, what it must not name, where it points.

use crate::repository::{Source, none, root, sources};

#[test]
fn every_module_opens_by_saying_what_it_is_for() {
    let silent = |source: &Source| {
        let first = source.text.lines().next().unwrap_or_default();
        !first.starts_with("//! ") || first.len() < 20 || first.contains("Written by its owner")
    };
    let silent = rust().into_iter().filter(silent);
    none(silent.map(|source| format!("{} does not open with `//!` and a sentence", source.path)));
}

/// A file that no `mod` names is not compiled: its tests pass by not running.
#[test]
fn every_file_is_named_by_the_one_above_it() {
    let all = rust();
    let text = |path: &str| {
        all.iter()
            .find(|source| source.path == path)
            .map(|source| source.text.as_str())
    };
    let unnamed = all.iter().filter(|source| {
        let path = source.path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
        let Some((folder, name)) = path.rsplit_once('/') else {
            return false;
        };
        let root = ["main", "lib", "build"].contains(&name) || folder.ends_with("/tests") || folder.ends_with("/bin");
        let above = ["/main.rs", "/lib.rs", "/mod.rs", ".rs"].map(|ending| format!("{folder}{ending}"));
        let mut above = above.iter().filter_map(|path| text(path));
        !root && !above.any(|text| text.contains(&format!("mod {name};")))
    });
    none(unnamed.map(|source| format!("no `mod` names {}", source.path)));
}

#[test]
fn no_file_grows_without_a_reason() {
    let long = rust().into_iter().filter(|source| {
        let reason = source.text.lines().any(|line| line.starts_with("// long because: "));
        source.text.lines().count() > 500 && !reason
    });
    none(long.map(|source| {
        format!(
            "{} has over 500 lines; split it, or say `// long because: …`",
            source.path
        )
    }));
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
    let mut faults = Vec::new();
    for Source { path, text } in sources("", "") {
        faults.extend(
            hosts
                .iter()
                .filter(|host| text.contains(*host))
                .map(|host| format!("{path} names {host}")),
        );
        if path.ends_with("package-lock.json") && text.contains("\"resolved\"") {
            faults.push(format!("{path} says where packages were fetched from"));
        }
    }
    none(faults);
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
    let mut faults = Vec::new();
    for Source { path, text } in sources("", ".md")
        .into_iter()
        .filter(|source| !source.path.starts_with("policies/"))
    {
        let folder = root()
            .join(&path)
            .parent()
            .map(std::path::Path::to_path_buf)
            .unwrap_or_default();
        let links = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#']).next());
        let dead = links.filter(|link| !link.is_empty() && !link.contains("://") && !folder.join(link).exists());
        faults.extend(dead.map(|link| format!("{path} links to {link}, which is not there")));

        let named = text.split('`').skip(1).step_by(2).filter(|named| {
            let is_path = places.iter().any(|place| named.starts_with(place));
            is_path && !named.contains(['<', '*', '…', '{', ' ', ':'])
        });
        let gone = named.filter(|named| !root().join(named).exists());
        faults.extend(gone.map(|named| format!("{path} points at {named}, which is not there")));
    }
    none(faults);
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
