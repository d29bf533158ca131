//! What a policy pack says, as plain data: outcomes, clauses, questions, readings, groups, validity, examples.
//!
//! These are the types a pack's TOML files parse into and the types pages read. Whether the parts fit each other is
//! the business of `parse`, what follows from them that of `evaluate`; nothing here knows either.

use crate::expr::{Condition, Expr};
use base::Date;
use base::law::{Answer, ChoiceId, ClauseId, GroundId, OutcomeCode, PackRef, QuestionId, ReadingId, Truth};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One outcome of the pack's vocabulary. The first whose conditions hold is the outcome.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Its code, a word of the notice: 免责, 减责, 不予免责 ….
    pub code: OutcomeCode,
    /// The sentence the determination states, in the notice's words.
    pub text: String,
    /// Whether the outcome shall follow (应当) or may (可以).
    pub modal: Modal,
    /// Never given unasked: possible only when the claim names it.
    #[serde(default)]
    pub only_if_claimed: bool,
    /// The closing outcome: it follows when no other does. Exactly the last one, and without conditions.
    #[serde(default)]
    pub otherwise: bool,
    /// Clauses that must ALL hold.
    #[serde(default)]
    pub thresholds: Vec<Condition>,
    /// Clauses of which ANY must hold; an outcome without circumstances needs none.
    #[serde(default)]
    pub circumstances: Vec<Condition>,
    /// Clauses of which ANY bars the outcome.
    #[serde(default)]
    pub exclusions: Vec<Condition>,
    /// Whose rule it is where it is not the notice's own (`本系统默认`); empty where the notice says so.
    #[serde(default)]
    pub source: String,
}

/// Whether an outcome shall or may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modal {
    /// 应当
    Shall,
    /// 可以
    May,
}

/// What a clause does: the part it plays in the first outcome that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 每件都要符合
    Threshold,
    /// 至少符合一项
    Circumstance,
    /// 有一项就不适用
    Exclusion,
}

/// One clause of the notice: its words, and the rule that renders them.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its id, e.g. `s3-5`.
    pub id: ClauseId,
    /// As it is cited, e.g. 三（五）.
    pub citation: String,
    /// The words of the notice, verbatim.
    pub text: String,
    /// The rule.
    pub rule: Expr,
    /// The part it plays.
    pub role: Role,
    /// The questions of its rule, in the order they stand there.
    pub questions: Vec<QuestionId>,
    /// The group under which the applicant finds it; none for what is not asked of the applicant.
    pub group: Option<GroundId>,
    /// The clause in plain words for the applicant.
    pub plain: String,
    /// An example for the applicant.
    pub example: String,
    /// Its place within the group.
    pub order: u16,
    /// Evidence that usually proves it.
    pub evidence: Vec<String>,
    /// Notes, e.g. that the regulation cited is repealed.
    pub notes: Vec<String>,
    /// Whether it refers to provisions elsewhere (其他 …): its rule then demands a citation.
    pub catch_all: bool,
}

/// One element of a clause, answered by a finding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id, e.g. `s3-5-data`.
    pub id: QuestionId,
    /// As it is put to the investigator.
    pub investigator: String,
    /// As it is put to the applicant.
    pub applicant: String,
    /// What an answer carries.
    #[serde(default)]
    pub kind: Kind,
    /// Where 不适用 is allowed: when it may be answered. It counts as met.
    #[serde(default)]
    pub not_applicable: Option<String>,
    /// Where a yes needs the competent body's document: which one.
    #[serde(default)]
    pub needs_document: Option<String>,
    /// Where a yes names a provision: those that are repealed, by title without 《》. A yes may not rest on them alone.
    #[serde(default)]
    pub repealed: Vec<String>,
    /// Questions whose answer is yes whenever this one's is.
    #[serde(default)]
    pub implies: Vec<QuestionId>,
    /// A note for the investigator.
    #[serde(default)]
    pub note: String,
    /// Whose rule it is where it is not the notice's own (`本系统默认`); empty where the notice says so.
    #[serde(default)]
    pub source: String,
    /// The clauses whose rules use it, in pack order; filled in when the pack is parsed.
    #[serde(skip)]
    pub clauses: Vec<ClauseId>,
}

/// What the answer to a question carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Yes or no, with evidence.
    #[default]
    YesNo,
    /// A yes names the provision: document, number, article (引用).
    Citation,
    /// A judgement by people, with its reasons in text (综合判断).
    Assessment,
}

/// A place where the notice can be read two ways (读法).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Its id, e.g. `R1`.
    pub id: ReadingId,
    /// The doubt, as a question.
    pub question: String,
    /// The clauses in doubt, as cited.
    pub citation: String,
    /// The ways to read it.
    pub choices: Vec<Choice>,
    /// The way taken unless another is chosen.
    pub default: ChoiceId,
    /// Why the default is the default.
    pub reason: String,
    /// Whose reading the default is (`本系统默认`).
    #[serde(default)]
    pub source: String,
}

/// One way to read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its id within the reading.
    pub id: ChoiceId,
    /// In Chinese.
    pub text: String,
}

/// A group of clauses as the applicant meets them: the answer to 为什么会出这个错.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id.
    pub id: GroundId,
    /// Its label.
    pub label: String,
    /// The outcome its clauses lead to, where that is not the first (减责).
    #[serde(default)]
    pub outcome: Option<OutcomeCode>,
    /// Its place.
    pub order: u16,
}

/// From when to when the pack's notice is in force, and what goes before it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// The day of publication; unknown until entered at installation.
    #[serde(default)]
    pub published_on: Option<Date>,
    /// Years from publication; none means without end.
    #[serde(default)]
    pub term_years: Option<u8>,
    /// The day it was repealed: the first day it is no longer in force.
    #[serde(default)]
    pub repealed_on: Option<Date>,
    /// What repealed it.
    #[serde(default)]
    pub repealed_by: Option<String>,
    /// What goes before it on what that regulates (上级文件).
    pub yields_to: Vec<String>,
    /// Packs (by id) than which this one is milder to the worker; decides whether a newer one governs older conduct.
    #[serde(default)]
    pub milder_than: Vec<String>,
    /// The words of the notice on its own validity, verbatim.
    pub text: String,
    /// How the version is picked, in Chinese, for the page and the record.
    pub rules: Vec<Sourced>,
    /// The line shown where the notice is probably out of force.
    #[serde(default)]
    pub banner: Option<String>,
}

/// A statement and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced {
    /// What it is about: a field of the procedure, or a key of its own.
    pub id: String,
    /// In Chinese.
    pub text: String,
    /// A clause of the notice, or `本系统默认`.
    pub source: String,
}

/// A worked example (`cases/*.toml`): findings and the assessment expected of them.
#[derive(Clone, Debug)]
pub struct Example {
    /// A sentence.
    pub name: String,
    /// The file it stands in.
    pub file: String,
    /// Its line there.
    pub line: usize,
    /// The findings.
    pub findings: BTreeMap<QuestionId, Answer>,
    /// The readings chosen.
    pub readings: BTreeMap<ReadingId, ChoiceId>,
    /// The claim.
    pub claim: Option<Vec<OutcomeCode>>,
    /// What must come out.
    pub expect: Expected,
}

/// What an example expects; what it does not name is not compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The outcome's code, or `undetermined`.
    pub outcome: OutcomeCode,
    /// The outcomes still possible.
    #[serde(default)]
    pub possible: Option<Vec<OutcomeCode>>,
    /// Values of clauses.
    #[serde(default)]
    pub clauses: BTreeMap<ClauseId, Truth>,
    /// The relevant questions, all of them.
    #[serde(default)]
    pub relevant: Option<Vec<QuestionId>>,
    /// The questions to ask next.
    #[serde(default)]
    pub ask_next: Option<Vec<QuestionId>>,
    /// The readings the outcome hangs on.
    #[serde(default)]
    pub depends_on: Option<Vec<ReadingId>>,
}

/// What follows when one open question is answered one way ([`crate::Pack::effect_of`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The answer.
    pub answer: Answer,
    /// The outcomes then still possible, in pack order; exactly one means that it follows.
    pub possible: Vec<OutcomeCode>,
}

/// Which packs govern a case ([`crate::validity::select`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The pack whose procedure governs; `None` leaves the basis pending (依据待定).
    pub procedure: Option<PackRef>,
    /// The pack whose substance governs.
    pub substance: Option<PackRef>,
    /// How it was picked, in Chinese sentences, for the record.
    pub reasons: Vec<String>,
}
