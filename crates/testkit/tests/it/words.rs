//! Every sentence of the code that a user may read, in one file: `docs/words.md`. It follows from the sources, and a
//! correction written into it goes back to them.
//!
//! `cargo test -p testkit words` compares the two. `WORDS=take` writes the file anew after the code has changed;
//! `WORDS=give` carries corrections from the file into the code. Packs and templates are not in it: they are words.

use crate::repository::{Source, none, root, sources};
use std::fs;

const FILE: &str = "docs/words.md";

/// Code that says nothing to users: the example's people and their stories, what tests stand on.
const NOT_SAID: [&str; 4] = [
    "crates/cli/src/demo/",
    "crates/casefile/src/testing",
    "crates/testkit/",
    "bench/",
];

/// Latin words a sentence may show: units, formats, numbers of cases, the check digit of an identity number.
const LATIN: [&str; 14] = [
    "MB", "KB", "PDF", "Word", "Excel", "JZ", "SM", "UTF", "HEIC", "pdf", "jpg", "R", "A", "X",
];

/// Said to whoever keeps a site or writes a pack or a calendar: what they type is English.
const TYPED: [&str; 6] = [
    "crates/cli/",
    "crates/store/",
    "crates/press/",
    "crates/rules/",
    "crates/base/src/calendar/",
    "crates/documents/src/press.rs",
];

/// What is said to nobody.
const NEVER: [&str; 5] = ["！", "!", "系统错误", "非法", "无效"];

/// A text between quotes as the source has it, escapes and placeholders included.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    text: String,
    /// Where it begins and ends, in characters of the source.
    at: (usize, usize),
}

/// The Chinese texts of a source's code, in order: no comments, no unit tests. In a `script` of the browser three kinds of
/// quotes hold texts.
fn said(text: &str, script: bool) -> Vec<Said> {
    let end = text.find("\nmod tests {").unwrap_or(text.len());
    let chars: Vec<char> = text[..end].chars().collect();
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        i = match (chars[i], chars.get(i + 1)) {
            ('/', Some('/')) => until(&chars, i, '\n'),
            (quote @ ('\'' | '`'), _) if script => {
                let close = closing(&chars, i + 1, quote);
                keep(&chars, (i + 1, close), &mut found);
                close + 1
            }
            ('\'', Some('\\')) => until(&chars, i + 3, '\'') + 1,
            ('\'', _) if chars.get(i + 2) == Some(&'\'') => i + 3,
            ('r', Some('"' | '#')) if i == 0 || !chars[i - 1].is_alphanumeric() => raw(&chars, i, &mut found),
            ('"', _) => {
                let close = closing(&chars, i + 1, '"');
                keep(&chars, (i + 1, close), &mut found);
                close + 1
            }
            _ => i + 1,
        };
    }
    found
}

fn until(chars: &[char], from: usize, stop: char) -> usize {
    (from..chars.len()).find(|n| chars[*n] == stop).unwrap_or(chars.len())
}

fn closing(chars: &[char], from: usize, quote: char) -> usize {
    let mut i = from;
    while i < chars.len() && chars[i] != quote {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i.min(chars.len())
}

fn raw(chars: &[char], at: usize, found: &mut Vec<Said>) -> usize {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let open = at + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return at + 1;
    }
    let close =
        |n: &usize| chars[*n] == '"' && chars[*n + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    let end = (open + 1..chars.len()).find(close).unwrap_or(chars.len());
    keep(chars, (open + 1, end), found);
    end + 1 + hashes
}

fn keep(chars: &[char], at: (usize, usize), found: &mut Vec<Said>) {
    let text: String = chars[at.0..at.1].iter().collect();
    if text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        found.push(Said { text, at });
    }
}

/// Every source with what it says.
fn all() -> Vec<(Source, Vec<Said>)> {
    let ours = |source: &Source| {
        let tests = source.path.contains("/tests/") || source.path.ends_with("/tests.rs");
        !tests && !NOT_SAID.iter().any(|not| source.path.starts_with(not))
    };
    let rust = sources("crates", ".rs").into_iter().filter(ours);
    let scripts = sources("crates/web/assets", ".js");
    let said = rust.chain(scripts).map(|source| {
        let said = said(&source.text, source.path.ends_with(".js"));
        (source, said)
    });
    said.filter(|(_, said)| !said.is_empty()).collect()
}

/// One line of the file. What would break a line is shown by its escape, as in the source.
fn line(said: &Said) -> String {
    format!("- {}", said.text.replace('\n', "⏎"))
}

const HEAD: &str = "# 用语

程序里写给人看的每一句话，按所在的文件排。文件依据的话在 `policies/` 里，页面的话在 `crates/web/templates/` 里，不在这里。

改一句话：直接改这里的那一行，然后运行 `WORDS=give cargo test -p testkit words`，它改到程序里；再运行 `./test`。
`{…}` 是到时候填进去的内容，`\\n` 是换行，`⏎` 是程序里折行的地方，都不要动。不要增减行。
程序里的话改了，运行 `WORDS=take cargo test -p testkit words`，它照程序重写这一页。
";

fn written(all: &[(Source, Vec<Said>)]) -> String {
    let mut page = HEAD.to_owned();
    for (source, said) in all {
        page.push_str(&format!("\n## {}\n\n", source.path));
        for one in said {
            page.push_str(&line(one));
            page.push('\n');
        }
    }
    page
}

/// The lines the file has for one source.
fn listed<'f>(file: &'f str, path: &str) -> Vec<&'f str> {
    let section = file
        .split("\n## ")
        .skip(1)
        .find_map(|section| section.strip_prefix(&format!("{path}\n")));
    section
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| line.starts_with("- "))
        .collect()
}

/// What is filled in later, in order.
fn places(text: &str) -> Vec<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .collect()
}

#[test]
fn words_of_the_code_stand_in_one_file() {
    let all = all();
    let file = fs::read_to_string(root().join(FILE)).unwrap_or_default();
    match std::env::var("WORDS").as_deref() {
        Ok("take") => return fs::write(root().join(FILE), written(&all)).expect("the file can be written"),
        Ok("give") => return give(&all, &file),
        _ => {}
    }
    let stale = all.iter().filter(|(source, said)| {
        let lines: Vec<String> = said.iter().map(line).collect();
        lines != listed(&file, &source.path)
    });
    none(stale.map(|(source, _)| {
        format!(
            "{FILE} is not what {} says: WORDS=take after the code has changed, WORDS=give after the file has",
            source.path
        )
    }));
    assert_eq!(
        file,
        written(&all),
        "{FILE} is not what the sources say: run WORDS=take cargo test -p testkit words"
    );
}

/// Writes the corrections of the file into the sources.
fn give(all: &[(Source, Vec<Said>)], file: &str) {
    let mut faults = Vec::new();
    for (source, said) in all {
        let lines = listed(file, &source.path);
        if lines.len() != said.len() {
            faults.push(format!(
                "{}: {} lines for {} sentences; put the lines back",
                source.path,
                lines.len(),
                said.len()
            ));
            continue;
        }
        let mut chars: Vec<char> = source.text.chars().collect();
        for (one, new) in said.iter().zip(&lines).rev().filter(|(one, new)| line(one) != **new) {
            let new = new.trim_start_matches("- ").replace('⏎', "\n");
            if places(&new) != places(&one.text) || new.contains('"') {
                faults.push(format!(
                    "{}: “{new}” has other places to fill in than “{}”, or a straight quote",
                    source.path, one.text
                ));
                continue;
            }
            chars.splice(one.at.0..one.at.1, new.chars());
        }
        let text: String = chars.into_iter().collect();
        if faults.is_empty() && text != source.text {
            fs::write(root().join(&source.path), text).expect("the source can be written");
        }
    }
    none(faults);
}

#[test]
fn words_of_the_code_are_plain_chinese() {
    let mut faults = Vec::new();
    for (source, said) in all() {
        for one in said {
            let mut shown = one.text.clone();
            for place in places(&one.text) {
                shown = shown.replace(&format!("{{{place}}}"), "");
            }
            let shown = shown.replace("\\n", " ").replace("\\\"", "");
            let latin = shown
                .split(|c: char| !c.is_ascii_alphabetic())
                .filter(|word| !word.is_empty());
            let typed = TYPED.iter().any(|of| source.path.starts_with(of));
            if !typed {
                faults.extend(
                    latin
                        .filter(|word| !LATIN.contains(word))
                        .map(|word| format!("{}: “{word}” in “{}”", source.path, one.text)),
                );
            }
            faults.extend(
                NEVER
                    .iter()
                    .filter(|never| shown.contains(*never))
                    .map(|never| format!("{}: “{never}” in “{}”", source.path, one.text)),
            );
        }
    }
    none(faults);
}

#[test]
fn words_are_found_where_they_stand() {
    let source = "//! 说明\nlet a = '\"'; let b = \"第 {n} 步\\n“完”\"; /// 注\nlet c: &'static str = r#\"原\"文\"#;\nf(\"none\");\nmod tests {\n\"测\"";
    let said = said(source, false);
    let texts: Vec<&str> = said.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["第 {n} 步\\n“完”", "原\"文"]);
    let chars: Vec<char> = source.chars().collect();
    assert!(
        said.iter()
            .all(|one| chars[one.at.0..one.at.1].iter().collect::<String>() == one.text)
    );
    let script = "f('第 ' + n + `步`); // '注'";
    let spoken: Vec<String> = self::said(script, true).into_iter().map(|one| one.text).collect();
    assert_eq!(spoken, ["第 ", "步"]);
    assert_eq!(places("第 {n} 步，共 {} 步"), ["n", ""]);
}
