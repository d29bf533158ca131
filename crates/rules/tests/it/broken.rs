//! Broken packs and the reason given: a sound pack with one thing changed.

use crate::packs::{files, parse};

const SMALL: &str = "examples/unit-leniency";
const FOUR: &str = "examples/four-conditions";
const PUYANG: &str = "410900/pumin-2024-16";

/// Everything said against the pack of these files, by `parse` or else by `check`.
fn said(files: &[(String, Vec<u8>)]) -> String {
    match parse(files) {
        Ok(pack) => pack
            .check()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n"),
        Err(problems) => problems.join("\n"),
    }
}

/// `pack` with `from` in `file` replaced by `to`, once.
fn changed(pack: &str, file: &str, from: &str, to: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = files(pack);
    let (_, bytes) = files.iter_mut().find(|(name, _)| name == file).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    *bytes = text.replacen(from, to, 1).into_bytes();
    files
}

#[test]
fn each_fault_has_its_reason() {
    const CLAUSES: &str = "clauses/6-7.toml";
    #[rustfmt::skip]
    let table: &[(&str, &str, &str, &str, &str)] = &[
        // The shape of the files.
        (SMALL, "pack.toml", "title =", "titel =", "pack.toml 第 4 行：不认识“titel”这一项"),
        (SMALL, "pack.toml", "number = \"示例二号\"\n", "", "缺少“number”这一项"),
        (SMALL, "pack.toml", "modal = \"shall\"", "modal = \"must\"", "不能写“must”。这里可以写：shall、may"),
        (SMALL, "pack.toml", "term_years = 3", "term_years = \"三\"", "pack.toml 第 39 行：类型不对：写的是文字，应当是不大的整数"),
        (SMALL, "pack.toml", "[validity]", "[validity", "不合 TOML 的写法（"),
        (SMALL, "pack.toml", "2025-03-01", "2025-02-30", "pack.toml 第 "),
        (SMALL, "pack.toml", "id = \"examples/unit-leniency\"\n", "id = \"a\"\nid = \"b\"\n", "写了两次"),
        (SMALL, "procedure.toml", "investigators = 3", "investigators = 0", "investigators 至少是 1"),
        (SMALL, "procedure.toml", "review_levels = 2", "review_levels = 3", "review_levels 只能是 0、1 或者 2"),
        (SMALL, "procedure.toml", "unit = \"months\"", "unit = \"weeks\"", "不能写“weeks”"),
        (SMALL, CLAUSES, "rule = { all = [\"ordered\", \"objected\"] }", "rule = { both = [\"ordered\", \"objected\"] }", "不认识“both”这一项"),
        (SMALL, CLAUSES, "rule = { all = [\"ordered\", \"objected\"] }", "rule = { all = [\"ordered\"], any = [\"objected\"] }", "规则的一层里只能写一种"),
        (SMALL, CLAUSES, "rule = { all = [\"ordered\", \"objected\"] }", "rule = { all = [] }", "至少要写一项"),
        // Names that must resolve.
        (SMALL, CLAUSES, "\"objected\"]", "\"objektion\"]", "clauses/6-7.toml 第 15 行：没有编号为“objektion”的问题"),
        (SMALL, CLAUSES, "rule = \"loss\"", "rule = { clause = \"a7-lost\" }", "没有编号为“a7-lost”的条款"),
        (SMALL, CLAUSES, "rule = \"loss\"", "rule = { any = [\"loss\", { clause = \"a7-loss\" }] }", "条款不能引用自己"),
        (SMALL, CLAUSES, "rule = \"loss\"", "rule = { any = [\"loss\", { reading = \"L2\", is = [\"both\"] }] }", "没有编号为“L2”的读法"),
        (SMALL, CLAUSES, "id = \"objected\"\n", "id = \"objected\"\nimplies = [\"nothing\"]\n", "没有编号为“nothing”的implies 里的问题"),
        (SMALL, CLAUSES, "plain = \"不可抗力\"", "plain = \"不可抗力\"\ngroup = \"none\"", "没有编号为“none”的分组"),
        (SMALL, "pack.toml", "circumstances = [\"a6-1-1\", \"a6-1-2\"]", "circumstances = [\"a6-1-1\", \"a6-1-3\"]", "没有编号为“a6-1-3”的条款"),
        (SMALL, "pack.toml", "is = [\"both\"] } }", "is = [\"neither\"] } }", "读法“L1”没有“neither”这个选项"),
        (SMALL, "pack.toml", "default = \"lenient\"", "default = \"strict\"", "默认选项“strict”不在它的选项里"),
        (SMALL, "procedure.toml", "[\"不予追究\", \"从轻\"]", "[\"不追究\"]", "结果“不追究”不在 pack.toml 里"),
        (SMALL, "pack.toml", "id = \"examples/unit-leniency\"", "id = \"examples\"", "id 要写成“行政区划代码/规则包名”"),
        (SMALL, CLAUSES, "rule = \"loss\"\nplain = \"造成重大损失\"\n\n[[clause.question]]\nid = \"loss\"", "rule = \"重大损失\"\nplain = \"造成重大损失\"\n\n[[clause.question]]\nid = \"重大损失\"", "编号“重大损失”不能用"),
        (SMALL, CLAUSES, "id = \"objected\"\n", "id = \"objected\"\nrepealed = [\"旧办法\"]\n", "repealed 只能用在 kind = \"citation\" 的问题上"),
        (PUYANG, "clauses/3-2-circumstances.toml", "repealed = [\"信访条例\"]", "repealed = [\"《信访条例》\"]", "不带《》"),
        // Names that must be one.
        (SMALL, "procedure.toml", "recusal_grounds = [{ id = \"party\", text = \"有利害关系\", source = \"本系统默认\" }]", "recusal_grounds = [{ id = \"party\", text = \"a\" }, { id = \"party\", text = \"b\" }]", "recusal_grounds 里的“party”写了两次"),
        (SMALL, "procedure.toml", "n = 2", "n = 0", "期限至少是 1"),
        (SMALL, CLAUSES, "id = \"a6-1-2\"", "id = \"a6-1-1\"", "条款编号“a6-1-1”用了两次"),
        (SMALL, CLAUSES, "id = \"objected\"", "id = \"ordered\"", "问题编号“ordered”用了两次"),
        (SMALL, "pack.toml", "code = \"从轻\"", "code = \"不予追究\"", "结果“不予追究”写了两次"),
        // The closing outcome.
        (SMALL, "pack.toml", "otherwise = true\n", "", "要写明 otherwise = true"),
        (SMALL, "pack.toml", "modal = \"may\"", "modal = \"may\"\notherwise = true", "只有最后一个结果可以这样写"),
        (SMALL, "pack.toml", "otherwise = true\n", "otherwise = true\nthresholds = [\"a7-gain\"]\n", "不能带条件"),
        (SMALL, "pack.toml", "circumstances = [\"a6-2-1\", \"a6-2-2\"]\n", "", "没有写门槛，也没有写情形"),
        // Links between questions, and 不适用.
        (SMALL, CLAUSES, "id = \"ordered\"\n", "id = \"ordered\"\nimplies = [\"ordered\"]\n", "又推出自己"),
        (SMALL, CLAUSES, "id = \"gain\"\n", "id = \"gain\"\nnot_applicable = \"没有\"\n", "不能用在排除条款里"),
        (FOUR, "clauses/81.toml", "id = \"gain\"\n", "id = \"gain\"\nnot_applicable = \"没有\"\n", "不能用在 not 下面"),
        (FOUR, "clauses/81.toml", "id = \"procedure\"\n", "id = \"procedure\"\nimplies = [\"corrected\"]\n", "不能出现在 implies 的任何一端"),
        // Soundness.
        (SMALL, CLAUSES, "text = \"主动消除影响的\"", "text = \"主动消除恶劣影响的\"", "第六条第二款第一项 的条文在 notice.md 里找不到"),
        (SMALL, "pack.toml", "text = \"本办法自2025年3月1日起施行", "text = \"本办法自2026年3月1日起施行", "有效期的条文在 notice.md 里找不到"),
        (SMALL, CLAUSES, "plain = \"主动消除影响\"\n", "plain = \"\"\n", "缺少通俗解释"),
        (SMALL, CLAUSES, "rule = \"gain\"", "rule = { any = [\"gain\", \"force-majeure\"] }", "吞掉了 第六条第一款第一项"),
        (SMALL, CLAUSES, "rule = \"remedied\"", "rule = { all = [\"remedied\", { not = \"remedied\" }] }", "第六条第二款第一项 怎么查都不会成立"),
        (SMALL, CLAUSES, "rule = \"remedied\"", "rule = { any = [\"remedied\", { not = \"remedied\" }] }", "第六条第二款第一项 怎么查都成立"),
        (SMALL, CLAUSES, "rule = \"cooperated\"", "rule = { all = [\"cooperated\", { clause = \"a6-2-1\" }] }", "第六条第二款第二项 成立不成立，结果都一样"),
        (SMALL, "pack.toml", "modal = \"may\"", "modal = \"shall\"", "“不予追究”和“从轻”都写“应当”，却会同时成立。反例："),
        (SMALL, CLAUSES, "plain = \"谋取私利\"", "plain = \"谋取私利\"\ncatch_all = true", "是兜底条款，要有一个 kind = \"citation\" 的问题"),
        (PUYANG, "clauses/3-2-circumstances.toml", "rule = { all = [\"s3-12-cited\", \"s3-12-fits\"] }", "rule = { any = [\"s3-12-cited\", \"s3-12-fits\"] }", "三（十二） 是兜底条款"),
        // Were every defect of 三（九） a breach of 五（一）, 三（九） would be dead letter.
        (PUYANG, "clauses/5-exclusions.toml", "{ not = { all = [\"s5-1-emergency\", { clause = \"s3-9\" }] } },\n] }", "] }\n# ", "问题“s5-1-emergency”没有用在任何条款里"),
        (PUYANG, "clauses/5-exclusions.toml", "rule = { any = [\"s5-6-embezzled\", ", "rule = { any = [\"s3-9-defect\", \"s5-6-embezzled\", ", "五（六） 吞掉了 三（九）：三（九）成立时它总是成立"),
        (SMALL, "pack.toml", "circumstances = [\"a6-2-1\", \"a6-2-2\"]", "circumstances = [\"a6-2-1\"]", "第六条第二款第二项 没有用在任何结果里"),
        // Examples.
        (SMALL, "cases/6-7.toml", "expect = { outcome = \"从轻\", clauses = { a6-1-2", "expect = { outcome = \"不予追究\", clauses = { a6-1-2", "结果应当是 不予追究，算出来是 从轻"),
        (SMALL, "cases/6-7.toml", "a6-2-1 = \"no\"", "a6-2-1 = \"yes\"", "条款 a6-2-1 应当是 成立，算出来是 不成立"),
        (SMALL, "cases/6-7.toml", "yes = [\"force-majeure\"]", "yes = [\"force\"]", "这份文件里没有“force”这个问题"),
        (SMALL, "cases/6-7.toml", "yes = [\"cooperated\"]\n", "", "cases/ 里没有 第六条第二款第二项 成立的例子"),
        (FOUR, "cases/81.toml", "unknown = [\"unforeseeable\"]", "unknown = [\"corrected\"]", "会改变结果的问题应当是 unforeseeable，算出来是 corrected"),
    ];
    let mut wrong = Vec::new();
    for (pack, file, from, to, reason) in table {
        let said = said(&changed(pack, file, from, to));
        if !said.contains(reason) {
            wrong.push(format!("{file}: {from:?} -> {to:?}\n  expected {reason}\n  got {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_carve_out_taken_away_needs_no_proof_but_an_example() {
    let said = said(&changed(
        PUYANG,
        "clauses/5-exclusions.toml",
        "{ not = { all = [\"s5-1-emergency\", { clause = \"s3-9\" }] } },",
        "",
    ));
    assert!(
        said.contains("例子“紧急时手续不全，事后补办了，不算五（一）”：结果应当是 免责，算出来是 不予免责"),
        "{said}"
    );
}

#[test]
fn files_that_do_not_belong_or_are_missing() {
    let mut files = files(SMALL);
    files.push(("rules.rs".into(), vec![]));
    assert!(said(&files).contains("rules.rs：不认识这个文件"));
    files.retain(|(name, _)| name != "rules.rs" && name != "notice.md");
    assert!(said(&files).contains("缺少文件 notice.md"));
    files.push(("notice.md".into(), vec![0xff, 0xfe]));
    assert!(said(&files).contains("notice.md：不是 UTF-8 文本"));
    assert!(said(&[]).contains("缺少文件 pack.toml"));
}
