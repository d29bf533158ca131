//! From a pack's files to a [`Pack`]: shapes of the TOML, names that must resolve, and errors with file and line.
//!
//! Every table refuses keys it does not know. Files arrive as names and bytes; whether what parses is sound is `check`'s
//! business.

use crate::evaluate::Engine;
use crate::fit::{Parts, Places, is_code};
use crate::logic::{At, Logic};
use crate::model::{Clause, Example, Expected, Group, Outcome, Question, Reading, Role, Sourced, Validity};
use crate::{Expr, Pack, Problem};
use base::law::{Answer, ChoiceId, ClauseId, GroundId, OutcomeCode, Procedure, QuestionId, ReadingId};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toml::Spanned;

/// `pack.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    id: String,
    title: String,
    number: String,
    issuers: Vec<String>,
    outcomes: Vec<Spanned<Outcome>>,
    #[serde(default)]
    readings: Vec<Spanned<Reading>>,
    #[serde(default)]
    groups: Vec<Group>,
    validity: Validity,
}

/// `clauses/*.toml`: each clause with the questions that appear in it for the first time.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseFile {
    clause: Vec<Spanned<RawClause>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    id: ClauseId,
    citation: String,
    text: String,
    rule: Expr,
    #[serde(default)]
    group: Option<GroundId>,
    #[serde(default)]
    order: u16,
    #[serde(default)]
    plain: String,
    #[serde(default)]
    example: String,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    catch_all: bool,
    #[serde(default)]
    question: Vec<Spanned<Question>>,
}

/// `procedure.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProcedureFile {
    procedure: Procedure,
    #[serde(default)]
    sources: Vec<Sourced>,
}

/// `cases/*.toml`: what all examples of the file have in common, and the examples.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    #[serde(default)]
    common: RawFindings,
    case: Vec<Spanned<RawCase>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFindings {
    #[serde(default)]
    yes: Vec<QuestionId>,
    #[serde(default)]
    no: Vec<QuestionId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    name: String,
    #[serde(default)]
    yes: Vec<QuestionId>,
    #[serde(default)]
    no: Vec<QuestionId>,
    #[serde(default)]
    unknown: Vec<QuestionId>,
    #[serde(default)]
    not_applicable: Vec<QuestionId>,
    #[serde(default)]
    readings: BTreeMap<ReadingId, ChoiceId>,
    #[serde(default)]
    claim: Option<Vec<OutcomeCode>>,
    expect: Expected,
}

/// The files sorted by what they are.
struct Files<'a> {
    all: Vec<(&'a str, &'a [u8])>,
    problems: Vec<Problem>,
}

impl<'a> Files<'a> {
    fn bytes(&mut self, name: &str) -> Option<&'a [u8]> {
        let found = self
            .all
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, bytes)| *bytes);
        if found.is_none() {
            self.problem(name, None, format!("缺少文件 {name}。"));
        }
        found
    }

    fn text(&mut self, name: &str) -> Option<&'a str> {
        let bytes = self.bytes(name)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(_) => {
                self.problem(name, None, "不是 UTF-8 文本。请另存为 UTF-8。".into());
                None
            }
        }
    }

    fn table<T: DeserializeOwned>(&mut self, name: &str) -> Option<(T, &'a str)> {
        let text = self.text(name)?;
        match toml::from_str(text) {
            Ok(value) => Some((value, text)),
            Err(error) => {
                let line = error.span().map(|span| line(text, span.start));
                self.problem(name, line, in_chinese(error.message()));
                None
            }
        }
    }

    fn under(&self, folder: &str) -> Vec<&'a str> {
        let inside = |name: &str| name.strip_prefix(folder).is_some_and(|rest| rest.ends_with(".toml"));
        self.all
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| inside(name))
            .collect()
    }

    fn problem(&mut self, file: &str, line: Option<usize>, message: String) {
        self.problems.push(Problem {
            file: file.into(),
            line,
            message,
        });
    }
}

/// The line of a byte, from 1.
fn line(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

pub(crate) fn parse(files: &[(&str, &[u8])]) -> Result<Pack, Vec<Problem>> {
    let mut all = files.to_vec();
    all.sort_unstable_by_key(|(name, _)| *name);
    let mut files = Files {
        all,
        problems: Vec::new(),
    };
    for place in 0..files.all.len() {
        let name = files.all[place].0;
        let known = ["pack.toml", "procedure.toml", "notice.md", "CHANGELOG.md"].contains(&name)
            || files.under("clauses/").contains(&name)
            || files.under("cases/").contains(&name);
        if !known {
            files.problem(name, None, "不认识这个文件。规则包里只放 pack.toml、procedure.toml、notice.md、CHANGELOG.md、clauses/*.toml 和 cases/*.toml。".into());
        }
        if place > 0 && files.all[place - 1].0 == name {
            files.problem(name, None, "同名文件出现了两次。".into());
        }
    }
    let notice = files.text("notice.md");
    let pack = files.table::<PackFile>("pack.toml");
    let procedure = files.table::<ProcedureFile>("procedure.toml");
    let mut places = Places::default();
    let (clauses, questions) = clauses(&mut files, &mut places);
    let examples = examples(&mut files);
    if !files.problems.is_empty() {
        return Err(files.problems);
    }
    let (Some(notice), Some((pack, pack_text)), Some((procedure, _))) = (notice, pack, procedure) else {
        return Err(files.problems);
    };
    places.outcomes = pack
        .outcomes
        .iter()
        .map(|o| ("pack.toml".into(), line(pack_text, o.span().start)))
        .collect();
    let reading_lines: Vec<usize> = pack.readings.iter().map(|r| line(pack_text, r.span().start)).collect();
    let outcomes: Vec<Outcome> = pack.outcomes.into_iter().map(Spanned::into_inner).collect();
    let readings: Vec<Reading> = pack.readings.into_iter().map(Spanned::into_inner).collect();

    let two_names = pack
        .id
        .split_once('/')
        .is_some_and(|(place, name)| is_code(place) && is_code(name));
    if !two_names {
        let message = format!(
            "id 要写成“行政区划代码/规则包名”，例如 410900/pumin-2024-16。写的是“{}”。",
            pack.id
        );
        return Err(vec![places.problem(At::Pack, message)]);
    }
    let mut parts = Parts {
        outcomes,
        clauses,
        questions,
        readings,
        groups: pack.groups,
        problems: Vec::new(),
    };
    parts.unique(&places, &reading_lines);
    parts.outcomes_stand(&places);
    let defaults = parts.defaults(&reading_lines);
    let procedure_faults = parts.procedure_names(&procedure.procedure);
    parts.problems.extend(procedure_faults);
    if !parts.problems.is_empty() {
        return Err(parts.problems);
    }
    let logic = match Logic::new(&parts.outcomes, &parts.clauses, &parts.questions, &parts.readings) {
        Ok(logic) => logic,
        Err(faults) => {
            return Err(faults
                .into_iter()
                .map(|(at, message)| places.problem(at, message))
                .collect());
        }
    };
    parts.fill_in();
    let Parts {
        outcomes,
        clauses,
        questions,
        readings,
        mut groups,
        ..
    } = parts;
    let engine = Engine::new(logic, &outcomes, &questions, defaults).map_err(|_| {
        vec![places.problem(
            At::Pack,
            "规则太复杂，算不过来。请减少读法，或者把条款写得简单些。".into(),
        )]
    })?;
    groups.sort_by_key(|group| group.order);
    let mut law = procedure.procedure;
    law.needs_document = questions
        .iter()
        .filter(|q| q.needs_document.is_some())
        .map(|q| q.id.clone())
        .collect();
    Ok(Pack {
        id: pack.id,
        digest: Pack::digest_of(&files.all),
        title: pack.title,
        number: pack.number,
        issuers: pack.issuers,
        notice: notice.to_owned(),
        outcomes,
        clauses,
        questions,
        readings,
        groups,
        procedure: law,
        sources: procedure.sources,
        validity: pack.validity,
        examples,
        engine,
        places,
    })
}

fn clauses(files: &mut Files<'_>, places: &mut Places) -> (Vec<Clause>, Vec<Question>) {
    let (mut clauses, mut questions) = (Vec::new(), Vec::new());
    for name in files.under("clauses/") {
        let Some((file, text)) = files.table::<ClauseFile>(name) else {
            continue;
        };
        for clause in file.clause {
            places.clauses.push((name.into(), line(text, clause.span().start)));
            let raw = clause.into_inner();
            for question in raw.question {
                places.questions.push((name.into(), line(text, question.span().start)));
                questions.push(question.into_inner());
            }
            clauses.push(Clause {
                id: raw.id,
                citation: raw.citation,
                text: raw.text,
                rule: raw.rule,
                role: Role::Circumstance,
                questions: Vec::new(),
                group: raw.group,
                plain: raw.plain,
                example: raw.example,
                order: raw.order,
                evidence: raw.evidence,
                notes: raw.notes,
                catch_all: raw.catch_all,
            });
        }
    }
    if clauses.is_empty() && files.problems.is_empty() {
        files.problem("clauses/", None, "没有条款。请在 clauses/ 里至少写一个文件。".into());
    }
    (clauses, questions)
}

fn examples(files: &mut Files<'_>) -> Vec<Example> {
    let mut examples = Vec::new();
    for name in files.under("cases/") {
        let Some((file, text)) = files.table::<CaseFile>(name) else {
            continue;
        };
        for case in file.case {
            let line = line(text, case.span().start);
            let case = case.into_inner();
            let mut findings = BTreeMap::new();
            for (answer, ids) in [(Answer::Yes, &file.common.yes), (Answer::No, &file.common.no)] {
                findings.extend(ids.iter().map(|id| (id.clone(), answer)));
            }
            for (answer, ids) in [
                (Answer::Yes, case.yes),
                (Answer::No, case.no),
                (Answer::Unknown, case.unknown),
                (Answer::NotApplicable, case.not_applicable),
            ] {
                findings.extend(ids.into_iter().map(|id| (id, answer)));
            }
            examples.push(Example {
                name: case.name,
                file: name.into(),
                line,
                findings,
                readings: case.readings,
                claim: case.claim,
                expect: case.expect,
            });
        }
    }
    examples
}

/// The messages of the TOML reader, in Chinese where they are common; the rest after a Chinese lead.
fn in_chinese(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or_default();
    let rest = || quoted[1..].join("、");
    if message.starts_with("unknown field") {
        format!("不认识“{first}”这一项。这里可以写：{}。", rest())
    } else if message.starts_with("missing field") {
        format!("缺少“{first}”这一项。")
    } else if message.starts_with("unknown variant") {
        format!("不能写“{first}”。这里可以写：{}。", rest())
    } else if message.starts_with("duplicate key") || message.starts_with("duplicate field") {
        format!("“{first}”写了两次。").replace("“”", "同一项")
    } else if let Some((found, expected)) = message
        .strip_prefix("invalid type: ")
        .and_then(|types| types.split_once(", expected "))
    {
        format!("类型不对：写的是{}，应当是{}。", kind(found), kind(expected))
    } else if !message.is_ascii() {
        // Our own words, from a rule or a condition.
        format!("{message}。")
    } else {
        format!("不合 TOML 的写法（{message}）。请对照别的规则包改正。")
    }
}

/// A kind of value, as the TOML reader names it, in Chinese.
fn kind(name: &str) -> &str {
    const KINDS: [(&str, &str); 10] = [
        ("string", "文字"),
        ("integer", "整数"),
        ("floating", "小数"),
        ("bool", "true 或者 false"),
        ("sequence", "列表"),
        ("map", "表"),
        ("struct", "表"),
        ("u8", "不大的整数"),
        ("u16", "不大的整数"),
        ("date", "日期"),
    ];
    KINDS
        .iter()
        .find(|(english, _)| name.contains(english))
        .map_or(name, |(_, chinese)| chinese)
}
