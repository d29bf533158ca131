//! What an evaluation of a pack over findings returns. Made by `rules`, frozen into the case by `conclude` and
//! `determine`, shown by `web`, printed by `documents`.

use super::{ChoiceId, ClauseId, OutcomeCode, PackRef, QuestionId, ReadingId, Truth};
use serde::{Deserialize, Serialize};

/// The meaning of evaluation implemented now. A later meaning is a new number; the old code stays.
pub const SEMANTICS: u32 = 1;

/// The result of evaluating a pack over the findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The first outcome whose conditions hold, or `None` while undetermined.
    pub outcome: Option<OutcomeCode>,
    /// The outcomes that some completion of the unknown answers still reaches, in pack order.
    pub possible: Vec<OutcomeCode>,
    /// Every clause, in pack order.
    pub clauses: Vec<ClauseValue>,
    /// Every question for which some completion of the others makes its answer change the outcome, in pack order.
    pub relevant: Vec<QuestionId>,
    /// One minimal set of the relevant questions that can settle the outcome, most decisive first.
    pub ask_next: Vec<QuestionId>,
    /// The readings under which the outcome would be another, with the result under each choice.
    pub depends_on_readings: Vec<ReadingDependence>,
    /// The pack that was evaluated.
    pub policy: PackRef,
    /// Which meaning of evaluation was used ([`SEMANTICS`]).
    pub semantics: u32,
}

/// The value of one clause, with the findings that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseValue {
    /// The clause.
    pub id: ClauseId,
    /// Its citation as printed, e.g. 三（五）.
    pub citation: String,
    /// Whether the clause's own elements are established.
    pub value: Truth,
    /// The answered questions that fix the value; for an unknown clause the unanswered ones that leave it open.
    pub because: Vec<QuestionId>,
}

/// A reading on which the outcome hangs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingDependence {
    /// The reading.
    pub id: ReadingId,
    /// The outcome under each choice, in pack order; `None` is undetermined.
    pub results: Vec<(ChoiceId, Option<OutcomeCode>)>,
}
