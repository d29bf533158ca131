//! A policy pack as its users hold it: the data of [`crate::model`], found by id, with its digest.

use crate::Problem;
use crate::evaluate::Engine;
use crate::fit::Places;
use crate::model::{Clause, Example, Group, Kind, Outcome, Question, Reading, Sourced, Validity};
use base::Digest;
use base::law::{
    ClauseId, OutcomeCode, PackRef, Procedure, QuestionId, QuestionRule, ReadingId, ReadingRule, Substance,
};

/// A policy pack: parsed, its parts fitting each other, ready to evaluate. Immutable.
#[derive(Debug)]
pub struct Pack {
    /// Its id, as the folders under `policies/` are named: `410900/pumin-2024-16`.
    pub id: String,
    /// SM3 over its files: see [`Pack::digest_of`].
    pub digest: Digest,
    /// The notice's title.
    pub title: String,
    /// The notice's document number, e.g. 濮民〔2024〕16号.
    pub number: String,
    /// Who issued it.
    pub issuers: Vec<String>,
    /// The notice, Markdown.
    pub notice: String,
    /// The outcomes, in the order in which they are tried.
    pub outcomes: Vec<Outcome>,
    /// The clauses, in pack order.
    pub clauses: Vec<Clause>,
    /// The questions, in pack order.
    pub questions: Vec<Question>,
    /// The readings.
    pub readings: Vec<Reading>,
    /// The groups of the application form, in order.
    pub groups: Vec<Group>,
    /// The procedure.
    pub procedure: Procedure,
    /// Whose rule each part of the procedure is.
    pub sources: Vec<Sourced>,
    /// From when to when.
    pub validity: Validity,
    /// The worked examples.
    pub examples: Vec<Example>,
    pub(crate) engine: Engine,
    pub(crate) places: Places,
}

impl Pack {
    /// Parses a pack from its files: names relative to the pack's folder (`pack.toml`, `clauses/3.toml`), and bytes.
    ///
    /// # Errors
    /// Everything found wrong, each with file and line. A pack that parses may still be unsound: [`Pack::check`].
    pub fn parse(files: &[(&str, &[u8])]) -> Result<Pack, Vec<Problem>> {
        crate::parse::parse(files)
    }

    /// SM3 over the pack's manifest: one line `<SM3 of the bytes>  <name>` per file, LF, in the order of the names'
    /// bytes. An auditor rebuilds it with `openssl dgst -sm3`. The worked examples (`cases/`) and `CHANGELOG.md` stand
    /// outside: they tell of the rules and change nothing that follows from them.
    pub fn digest_of(files: &[(&str, &[u8])]) -> Digest {
        let counts = |name: &str| name != "CHANGELOG.md" && !name.starts_with("cases/");
        let mut lines: Vec<(&str, Digest)> = files
            .iter()
            .filter(|(name, _)| counts(name))
            .map(|(name, bytes)| (*name, Digest::of(bytes)))
            .collect();
        lines.sort_unstable();
        Digest::of(
            lines
                .iter()
                .map(|(name, digest)| format!("{digest}  {name}\n"))
                .collect::<String>(),
        )
    }

    /// How a case names this pack.
    pub fn reference(&self) -> PackRef {
        PackRef {
            id: self.id.clone(),
            digest: self.digest,
        }
    }

    /// The closed lists that a case's findings and choices of readings are checked against.
    pub fn substance(&self) -> Substance {
        let question = |(place, question): (usize, &Question)| QuestionRule {
            id: question.id.clone(),
            may_not_apply: question.not_applicable.is_some(),
            citation: question.kind == Kind::Citation,
            repealed: question.repealed.clone(),
            implies: self.implied_by(place),
        };
        let reading = |reading: &Reading| ReadingRule {
            id: reading.id.clone(),
            choices: reading.choices.iter().map(|choice| choice.id.clone()).collect(),
        };
        Substance {
            clauses: self.clauses.iter().map(|clause| clause.id.clone()).collect(),
            questions: self.questions.iter().enumerate().map(question).collect(),
            readings: self.readings.iter().map(reading).collect(),
            outcomes: self.outcomes.iter().map(|outcome| outcome.code.clone()).collect(),
        }
    }

    /// The outcome of that code.
    pub fn outcome(&self, code: &OutcomeCode) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.code == *code)
    }

    /// The clause of that id.
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == *id)
    }

    /// The question of that id.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// The reading of that id.
    pub fn reading(&self, id: &ReadingId) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.id == *id)
    }
}
