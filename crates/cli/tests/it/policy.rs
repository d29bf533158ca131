//! `jinzhi policy`: sound packs, broken copies, findings that are evaluated and findings that are refused.

use crate::{given, root, run, run_with};
use std::fs;
use std::path::Path;

const EXAMPLE: &str = "policies/examples/unit-leniency";

#[test]
fn every_pack_is_sound() {
    let packs = [
        "policies/410900/pumin-2024-16",
        "policies/examples/four-conditions",
        EXAMPLE,
    ];
    for pack in packs {
        let told = run(&["policy", "check", pack]).done();
        assert!(told.contains("：成立。") && told.lines().count() == 1, "{told}");
    }
}

#[test]
fn a_broken_pack_is_told_why() {
    // File, what stands there, what is put there instead, what is said of it.
    let broken = [
        (
            "clauses/6-7.toml",
            "text = \"谋取私利\"",
            "text = \"谋取了私利\"",
            "第七条 的条文在 notice.md 里找不到",
        ),
        (
            "clauses/6-7.toml",
            "rule = \"gain\"",
            "rule = \"gian\"",
            "没有编号为“gian”的问题",
        ),
        (
            "pack.toml",
            "code = \"从轻\"",
            "code = \"从轻\"\ncolour = \"red\"",
            "不认识“colour”这一项",
        ),
        (
            "pack.toml",
            "default = \"lenient\"",
            "default = \"strict\"",
            "默认选项“strict”不在它的选项里",
        ),
        (
            "cases/6-7.toml",
            "outcome = \"从轻\", clauses = { a6-1-2",
            "outcome = \"不予追究\", clauses = { a6-1-2",
            "结果应当是 不予追究，算出来是 从轻",
        ),
    ];
    for (file, there, instead, said) in broken {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(&root().join(EXAMPLE), copy.path());
        let path = copy.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(there), "{file} no longer holds {there}");
        fs::write(&path, text.replacen(there, instead, 1)).unwrap();
        run(&["policy", "check", copy.path().to_str().unwrap()]).refused(1, said);
    }
}

#[test]
fn a_folder_that_is_no_pack() {
    let empty = tempfile::tempdir().unwrap();
    run(&["policy", "check", empty.path().to_str().unwrap()]).refused(2, "里没有文件依据");
    run(&["policy", "check", "no-such-folder"]).refused(2, "读不了 no-such-folder");
    run(&["policy", "check", "calendars"]).refused(1, "缺少文件 pack.toml");
}

#[test]
fn findings_from_a_file_and_from_standard_input() {
    let expected = include_str!("expected/evaluate.json");
    let file = given("findings.json");
    let command = |from| ["policy", "evaluate", EXAMPLE, "--findings", from, "--format", "json"];
    assert_eq!(run(&command(&file)).done(), expected);
    assert_eq!(
        run_with(&command("-"), &fs::read_to_string(&file).unwrap()).done(),
        expected
    );
    let told = run(&["policy", "evaluate", EXAMPLE, "--findings", &file]).done();
    assert!(
        told.starts_with("按已查明的事实，系统建议 从轻：可以从轻。\n"),
        "{told}"
    );
}

#[test]
fn findings_that_cannot_be_taken() {
    let cases = [
        (r#"{"findings": {"s9-nothing": "yes"}}"#, "没有“s9-nothing”这个问题"),
        (r#"{"readings": {"R9": "both"}}"#, "没有“R9”这个读法"),
        (r#"{"readings": {"L1": "sideways"}}"#, "sideways"),
        (r#"{"claim": ["嘉奖"]}"#, "没有“嘉奖”这个结果"),
        (r#"{"findings": {"gain": "maybe"}}"#, "第 1 行读不懂"),
        (r#"{"findings": {"gain": "yes", "gain": "no"}}"#, "“gain”写了两次"),
        (r#"{"finding": {}}"#, "第 1 行读不懂"),
        ("[]", "第 1 行读不懂：不是 JSON 对象"),
        ("", "第 1 行读不懂"),
    ];
    for format in ["text", "json"] {
        for (input, words) in cases {
            let answer = run_with(
                &["policy", "evaluate", EXAMPLE, "--findings", "-", "--format", format],
                input,
            );
            answer.refused(2, words);
            assert_eq!(answer.out, "", "{input}");
        }
    }
    run(&["policy", "evaluate", EXAMPLE, "--findings", "no-such-file"]).refused(2, "读不了 no-such-file");
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
