//! 认定结果告知书: the written result for the worker and for the worker's unit (六（三）).
//!
//! The unit learns the result and nothing else: its document has no field for findings, clauses or reasons.

use crate::report::AppliedClause;
use crate::{Applicant, Basis, DocumentNumber, Head, text};
use base::Date;
use serde::Serialize;

/// The written result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResultNotice {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// Whom it is about.
    pub applicant: Applicant,
    /// The day the application was received.
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// The notice it rests on.
    pub basis: Basis,
    /// The report it states the result of.
    pub report: DocumentNumber,
    /// The outcome in the notice's words.
    pub outcome: String,
    /// Printed on its face, e.g. that 不予免责 is no ground for punishment.
    pub note: Option<String>,
    /// For whom.
    pub to: ResultTo,
}

/// For whom a result is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ResultTo {
    /// The worker: the reasons too.
    Worker {
        /// Why, in plain paragraphs.
        reasons: Vec<String>,
        /// The clauses that decide, verbatim.
        clauses: Vec<AppliedClause>,
        /// What the worker may do now, one sentence each (review, by which day, at whom).
        rights: Vec<String>,
    },
    /// The worker's unit: the result only.
    Unit {
        /// The unit's name.
        name: String,
    },
}

impl ResultNotice {
    pub(crate) fn title(&self) -> String {
        "尽职免责认定结果告知书".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
