//! 复核决定书: what people who did not handle the case decided on the applicant's request for review.

use crate::{Applicant, DocumentNumber, Head, text};
use base::Date;
use serde::Serialize;

/// The decision on a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewDecision {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// The worker.
    pub applicant: Applicant,
    /// The day it was applied for.
    #[serde(serialize_with = "text::date")]
    pub applied: Date,
    /// Whether that was late: recorded, not held against it.
    pub late: bool,
    /// What was reviewed.
    pub reviewed: Reviewed,
    /// Upheld, or to be handled anew.
    pub upheld: bool,
    /// Why. Paragraphs.
    pub reasons: Vec<String>,
    /// Who reviewed.
    pub by: String,
    /// What the worker may do now. One sentence each.
    pub remedies: Vec<String>,
}

/// What a review is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reviewed {
    /// The determination.
    Determination {
        /// The report on it.
        report: DocumentNumber,
    },
    /// That the application was declined.
    Decline,
}

impl ReviewDecision {
    pub(crate) fn title(&self) -> String {
        "尽职免责申请复核决定书".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
