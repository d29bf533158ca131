//! The closed lists of a pack's substance: which clauses may be claimed, which questions may be answered and how,
//! which readings may be chosen. Made by `rules`; `casefile` checks claims, findings and choices against them without knowing what a clause is.

use super::{ChoiceId, ClauseId, OutcomeCode, QuestionId, ReadingId};
use serde::{Deserialize, Serialize};

/// What may be found and chosen under a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substance {
    /// Every clause, in pack order.
    pub clauses: Vec<ClauseId>,
    /// Every question, in pack order.
    pub questions: Vec<QuestionRule>,
    /// Every reading, in pack order.
    pub readings: Vec<ReadingRule>,
    /// Every outcome, in pack order: the most favourable to the applicant first.
    #[serde(default)]
    pub outcomes: Vec<OutcomeCode>,
}

/// How a question may be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRule {
    /// The question.
    pub id: QuestionId,
    /// Whether 不适用 is allowed.
    pub may_not_apply: bool,
    /// Whether a yes names the provision: document, number, article (引用).
    pub citation: bool,
    /// Provisions a yes may not rest on alone, by their titles without 《》: they are repealed.
    pub repealed: Vec<String>,
    /// Questions whose answer is yes whenever this one's is, chains included: a no there contradicts a yes here.
    pub implies: Vec<QuestionId>,
}

/// How a reading may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingRule {
    /// The reading.
    pub id: ReadingId,
    /// Its choices.
    pub choices: Vec<ChoiceId>,
}
