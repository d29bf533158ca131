//! A policy pack as its users hold it: the data of [`crate::model`], found by id, with its digest.

use crate::model::{Clause, Effect, Example, Group, Outcome, Question, Reading, Sourced, Validity};
use crate::{Problem, RulesError};
use base::Digest;
use base::law::{
    Answers, Assessment, ClauseId, OutcomeCode, PackRef, Procedure, QuestionId, ReadingChoices, ReadingId,
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
}

impl Pack {
    /// Parses a pack from its files: names relative to the pack's folder (`pack.toml`, `clauses/3.toml`), and bytes.
    ///
    /// # Errors
    /// Everything found wrong, each with file and line. A pack that parses may still be unsound: [`Pack::check`].
    pub fn parse(files: &[(&str, &[u8])]) -> Result<Pack, Vec<Problem>> {
        let _ = files;
        Err(Vec::new())
    }

    /// What makes the pack unsound, with counter-examples; empty for a sound one.
    pub fn check(&self) -> Vec<Problem> {
        Vec::new()
    }

    /// What follows from the findings: see design.md §4. A missing question is unknown, a missing reading its default;
    /// without a claim every outcome is considered except those that must be asked for.
    ///
    /// # Errors
    /// Findings, readings or a claim that do not belong to the pack, or findings that contradict each other.
    pub fn evaluate(
        &self,
        answers: &Answers,
        readings: &ReadingChoices,
        claim: Option<&[OutcomeCode]>,
    ) -> Result<Assessment, RulesError> {
        let _ = (answers, readings, claim);
        Err(RulesError::EmptyClaim)
    }

    /// The outcomes still possible if `question` were answered yes, and if it were answered no; an answer that the
    /// other findings rule out is left out.
    ///
    /// # Errors
    /// As [`Pack::evaluate`].
    pub fn effect_of(
        &self,
        question: &QuestionId,
        answers: &Answers,
        readings: &ReadingChoices,
        claim: Option<&[OutcomeCode]>,
    ) -> Result<Vec<Effect>, RulesError> {
        let _ = (question, answers, readings, claim);
        Err(RulesError::EmptyClaim)
    }

    /// How a case names this pack.
    pub fn reference(&self) -> PackRef {
        PackRef {
            id: self.id.clone(),
            digest: self.digest,
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
