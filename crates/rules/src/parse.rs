//! From a pack's files to a [`Pack`]: shapes of the TOML, names that must resolve, and errors with file and line.
//!
//! Every table refuses keys it does not know. Files arrive as names and bytes; whether what parses is sound is `check`'s
//! business.

use crate::evaluate::Engine;
use crate::logic::{At, Logic, MAX_CHOICES, MAX_COMBINATIONS, MAX_OUTCOMES, MAX_QUESTIONS};
use crate::model::{
    Clause, Condition, Example, Expected, Expr, Group, Outcome, Question, Reading, Role, Sourced, Under, Validity,
};
use crate::{Pack, Problem};
use base::law::{Answer, ChoiceId, ClauseId, GroundId, OutcomeCode, Procedure, QuestionId, ReadingId};
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, de::Error as _};
use std::collections::BTreeMap;
use std::fmt;
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

/// Where the parts of a pack stand, for problems that are found later.
#[derive(Debug, Default)]
pub(crate) struct Places {
    outcomes: Vec<Place>,
    clauses: Vec<Place>,
    questions: Vec<Place>,
}

/// File and line.
pub(crate) type Place = (String, usize);

impl Places {
    /// A problem with that part of the pack.
    pub fn problem(&self, at: At, message: String) -> Problem {
        let place = match at {
            At::Pack => None,
            At::Outcome(place) => self.outcomes.get(place),
            At::Clause(place) => self.clauses.get(place),
            At::Question(place) => self.questions.get(place),
        };
        match place {
            Some((file, line)) => Problem {
                file: file.clone(),
                line: Some(*line),
                message,
            },
            None => Problem {
                file: "pack.toml".into(),
                line: None,
                message,
            },
        }
    }
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

/// The parts of a pack while they are being fitted to each other.
struct Parts {
    outcomes: Vec<Outcome>,
    clauses: Vec<Clause>,
    questions: Vec<Question>,
    readings: Vec<Reading>,
    groups: Vec<Group>,
    problems: Vec<Problem>,
}

impl Parts {
    fn problem(&mut self, places: &Places, at: At, message: String) {
        self.problems.push(places.problem(at, message));
    }

    /// Ids stand for one thing each; sizes are within bounds.
    fn unique(&mut self, places: &Places, reading_lines: &[usize]) {
        for place in twice(self.outcomes.iter().map(|outcome| outcome.code.as_str())) {
            let message = format!("结果“{}”写了两次。", self.outcomes[place].code);
            self.problem(places, At::Outcome(place), message);
        }
        for place in twice(self.clauses.iter().map(|clause| clause.id.as_str())) {
            let message = format!("条款编号“{}”用了两次。", self.clauses[place].id);
            self.problem(places, At::Clause(place), message);
        }
        for place in twice(self.questions.iter().map(|question| question.id.as_str())) {
            let message = format!(
                "问题编号“{}”用了两次。后面再用到时，只在 rule 里写编号。",
                self.questions[place].id
            );
            self.problem(places, At::Question(place), message);
        }
        for place in twice(self.readings.iter().map(|reading| reading.id.as_str())) {
            let message = format!("读法编号“{}”用了两次。", self.readings[place].id);
            self.in_pack(Some(reading_lines[place]), message);
        }
        let groups: Vec<GroundId> = self.groups.iter().map(|group| group.id.clone()).collect();
        for place in 0..self.clauses.len() {
            if let Some(group) = self.clauses[place]
                .group
                .clone()
                .filter(|group| !groups.contains(group))
            {
                self.problem(
                    places,
                    At::Clause(place),
                    format!("没有编号为“{group}”的分组。请在 pack.toml 里补上。"),
                );
            }
        }
        if self.questions.len() > MAX_QUESTIONS {
            self.in_pack(
                None,
                format!("问题有 {} 个，最多 {MAX_QUESTIONS} 个。", self.questions.len()),
            );
        }
        if self.outcomes.len() > MAX_OUTCOMES {
            self.in_pack(
                None,
                format!("结果有 {} 个，最多 {MAX_OUTCOMES} 个。", self.outcomes.len()),
            );
        }
        let choices = self.readings.iter().map(|reading| reading.choices.len().max(1));
        let combinations = choices.fold(
            1 << self.outcomes.len().saturating_sub(1).min(MAX_OUTCOMES),
            usize::saturating_mul,
        );
        if combinations > MAX_COMBINATIONS {
            self.in_pack(
                None,
                format!("读法和申请的组合有 {combinations} 种，最多 {MAX_COMBINATIONS} 种。请减少读法。"),
            );
        }
    }

    fn in_pack(&mut self, line: Option<usize>, message: String) {
        self.problems.push(Problem {
            file: "pack.toml".into(),
            line,
            message,
        });
    }

    /// The closing outcome is the last one, alone, and without conditions.
    fn outcomes_stand(&mut self, places: &Places) {
        let last = self.outcomes.len().saturating_sub(1);
        if self.outcomes.is_empty() {
            self.in_pack(None, "没有结果。请至少写两个，最后一个写 otherwise = true。".into());
        }
        for place in 0..self.outcomes.len() {
            let outcome = &self.outcomes[place];
            let bare =
                outcome.thresholds.is_empty() && outcome.circumstances.is_empty() && outcome.exclusions.is_empty();
            let message = match (outcome.otherwise, place == last) {
                (false, true) => format!(
                    "最后一个结果“{}”要写明 otherwise = true：前面的都不成立时就是它。",
                    outcome.code
                ),
                (true, false) => format!("“{}”写了 otherwise = true，只有最后一个结果可以这样写。", outcome.code),
                (true, true) if !bare || outcome.only_if_claimed => {
                    format!("兜底的结果“{}”不能带条件，也不能要求申请。", outcome.code)
                }
                (false, false) if outcome.thresholds.is_empty() && outcome.circumstances.is_empty() => {
                    format!("结果“{}”没有写门槛，也没有写情形。", outcome.code)
                }
                _ => continue,
            };
            self.problem(places, At::Outcome(place), message);
        }
    }

    /// The place of each reading's default among its choices.
    fn defaults(&mut self, lines: &[usize]) -> Vec<usize> {
        let mut defaults = Vec::new();
        for place in 0..self.readings.len() {
            let reading = &self.readings[place];
            let default = reading.choices.iter().position(|choice| choice.id == reading.default);
            let mut faults = Vec::new();
            if default.is_none() {
                faults.push(format!(
                    "读法“{}”的默认选项“{}”不在它的选项里。",
                    reading.id, reading.default
                ));
            }
            if !(2..=MAX_CHOICES).contains(&reading.choices.len()) {
                faults.push(format!("读法“{}”要有 2 到 {MAX_CHOICES} 个选项。", reading.id));
            }
            for again in twice(reading.choices.iter().map(|choice| choice.id.as_str())) {
                faults.push(format!(
                    "读法“{}”的选项“{}”写了两次。",
                    reading.id, reading.choices[again].id
                ));
            }
            for fault in faults {
                self.in_pack(Some(lines[place]), fault);
            }
            defaults.push(default.unwrap_or_default());
        }
        defaults
    }

    /// Names in the procedure that must be outcomes of the pack.
    fn procedure_names(&self, procedure: &Procedure) -> Vec<Problem> {
        let mut wrong = Vec::new();
        let known = |code: &OutcomeCode| self.outcomes.iter().any(|outcome| outcome.code == *code);
        for claim in &procedure.claims {
            if claim.outcomes.is_empty() {
                wrong.push(format!("申请事项“{}”没有写结果。", claim.text));
            }
            let unknown = claim.outcomes.iter().filter(|code| !known(code));
            wrong.extend(unknown.map(|code| format!("申请事项“{}”里的结果“{code}”不在 pack.toml 里。", claim.text)));
        }
        if let Some(code) = procedure.explain_outcome.as_ref().filter(|code| !known(code)) {
            wrong.push(format!("explain_outcome 里的结果“{code}”不在 pack.toml 里。"));
        }
        if !procedure.needs_document.is_empty() {
            wrong.push("needs_document 由问题得出，不在这里写。请在问题上写 needs_document。".into());
        }
        if procedure.investigators == 0 {
            wrong.push("investigators 至少是 1。".into());
        }
        if procedure.review_levels > 2 {
            wrong.push("review_levels 只能是 0、1 或者 2。".into());
        }
        let problem = |message| Problem {
            file: "procedure.toml".into(),
            line: None,
            message,
        };
        wrong.into_iter().map(problem).collect()
    }

    /// What follows from the parts: the role and questions of each clause, the clauses of each question.
    fn fill_in(&mut self) {
        for outcome in self.outcomes.iter().rev() {
            for (role, list) in [
                (Role::Exclusion, &outcome.exclusions),
                (Role::Circumstance, &outcome.circumstances),
                (Role::Threshold, &outcome.thresholds),
            ] {
                let named = |clause: &&mut Clause| list.iter().any(|condition| condition.clause == clause.id);
                self.clauses
                    .iter_mut()
                    .filter(named)
                    .for_each(|clause| clause.role = role);
            }
        }
        for clause in &mut self.clauses {
            let mut own = Vec::new();
            questions_of(&clause.rule, &mut own);
            for question in self.questions.iter_mut().filter(|question| own.contains(&question.id)) {
                question.clauses.push(clause.id.clone());
            }
            clause.questions = own;
        }
    }
}

fn questions_of(expr: &Expr, found: &mut Vec<QuestionId>) {
    match expr {
        Expr::Question(id) if !found.contains(id) => found.push(id.clone()),
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| questions_of(part, found)),
        Expr::Not(part) => questions_of(part, found),
        Expr::Question(_) | Expr::Clause(_) | Expr::Reading(_) => {}
    }
}

/// The places of what stood before already.
fn twice<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut seen = std::collections::HashSet::new();
    ids.enumerate()
        .filter(|(_, id)| !seen.insert(*id))
        .map(|(place, _)| place)
        .collect()
}

impl<'de> Deserialize<'de> for Expr {
    /// `"question"`, `{ all = [ … ] }`, `{ any = [ … ] }`, `{ not = … }`, `{ clause = "s3-9" }`,
    /// `{ reading = "R3", is = ["always"] }`.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Expr, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            all: Option<Vec<Expr>>,
            any: Option<Vec<Expr>>,
            not: Option<Box<Expr>>,
            clause: Option<ClauseId>,
            reading: Option<ReadingId>,
            is: Option<Vec<ChoiceId>>,
        }
        struct Rule;
        impl<'de> Visitor<'de> for Rule {
            type Value = Expr;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("问题编号，或者 { all = […] }、{ any = […] }、{ not = … }、{ clause = … }、{ reading = …, is = […] }")
            }
            fn visit_str<E>(self, id: &str) -> Result<Expr, E> {
                Ok(Expr::Question(id.into()))
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Expr, M::Error> {
                match Table::deserialize(MapAccessDeserializer::new(map))? {
                    Table {
                        all: Some(parts),
                        any: None,
                        not: None,
                        clause: None,
                        reading: None,
                        is: None,
                    } => Ok(Expr::All(parts)),
                    Table {
                        all: None,
                        any: Some(parts),
                        not: None,
                        clause: None,
                        reading: None,
                        is: None,
                    } => Ok(Expr::Any(parts)),
                    Table {
                        all: None,
                        any: None,
                        not: Some(part),
                        clause: None,
                        reading: None,
                        is: None,
                    } => Ok(Expr::Not(part)),
                    Table {
                        all: None,
                        any: None,
                        not: None,
                        clause: Some(id),
                        reading: None,
                        is: None,
                    } => Ok(Expr::Clause(id)),
                    Table {
                        all: None,
                        any: None,
                        not: None,
                        clause: None,
                        reading: Some(reading),
                        is: Some(is),
                    } => Ok(Expr::Reading(Under { reading, is })),
                    _ => Err(M::Error::custom(
                        "规则的一层里只能写一种：all、any、not、clause，或者 reading 和 is 一起",
                    )),
                }
            }
        }
        from.deserialize_any(Rule)
    }
}

impl<'de> Deserialize<'de> for Condition {
    /// `"s3-5"`, or `{ clause = "s5-1", under = { reading = "R1", is = ["both"] } }`.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Condition, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            clause: ClauseId,
            under: Under,
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Condition;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("条款编号，或者 { clause = …, under = { reading = …, is = […] } }")
            }
            fn visit_str<E>(self, clause: &str) -> Result<Condition, E> {
                Ok(Condition {
                    clause: clause.into(),
                    under: None,
                })
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Condition, M::Error> {
                let Table { clause, under } = Table::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Condition {
                    clause,
                    under: Some(under),
                })
            }
        }
        from.deserialize_any(Either)
    }
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
        .and_then(|m| m.split_once(", expected "))
    {
        format!("类型不对：写的是 {found}，应当是 {expected}。")
    } else {
        format!("写法有误：{message}。")
    }
}
