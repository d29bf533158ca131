//! What the notice does not say is never presented as law: a rule that the pack marks as ours has no clause of the
//! notice as its basis in the refusals of its act, nor 依据 on its paper.

use crate::repository::{none, root};
use std::fs;

/// Id of the pack's source, the acts that obey it alone, and their papers.
const OURS: &[(&str, &[&str], &[&str])] = &[
    ("review", &["apply_review", "review"], &["review-decision"]),
    ("supplement", &["request_supplement"], &["supplement-notice"]),
    ("decline", &["decline"], &["decline"]),
    ("deferral", &[], &["deferral"]),
];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

#[test]
fn a_rule_of_ours_names_no_clause() {
    let pack = read("policies/410900/pumin-2024-16/procedure.toml");
    let mut wrong = Vec::new();
    for (id, acts, papers) in OURS {
        let source = pack
            .split("[[sources]]")
            .find(|source| source.contains(&format!("id = \"{id}\"")));
        if !source.is_some_and(|source| source.contains("source = \"本系统默认\"")) {
            wrong.push(format!("the pack does not say that {id} is ours"));
        }
        for act in *acts {
            let text = read(&format!("crates/casefile/src/acts/{act}.rs"));
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            let cites = |line: &&str| {
                ["三", "四", "五", "六", "七"]
                    .iter()
                    .any(|part| line.contains(&format!("\"{part}（")))
            };
            wrong.extend(lines.filter(cites).map(|line| format!("{act}.rs: {}", line.trim())));
        }
        for paper in *papers {
            let text = read(&format!("templates/documents/{paper}.typ"));
            for law in ["\"依据", "规定的时间"] {
                if text.contains(law) {
                    wrong.push(format!("{paper}.typ says {law}"));
                }
            }
        }
    }
    none(wrong);
}
