//! 调查结论书: what the investigators found and what follows; their signatures meet the fourteen working days (七（二）).

use crate::record::Signature;
use crate::report::{AppliedClause, Finding, ReadingNoted, Statement};
use crate::{Applicant, Basis, text};
use base::Date;
use serde::Serialize;

/// The conclusion of the investigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conclusion {
    /// The body in whose file it stands, full name.
    pub issuer: String,
    /// The day of the last signature.
    #[serde(serialize_with = "text::date")]
    pub date: Date,
    /// The case's number (收件编号).
    pub case: String,
    /// Whom it is about.
    pub applicant: Applicant,
    /// The notice it rests on.
    pub basis: Basis,
    /// The claim in the notice's words.
    pub claim: String,
    /// Received (收到).
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// The last day for it.
    #[serde(serialize_with = "text::date")]
    pub due: Date,
    /// Name and institution of each investigator.
    pub investigators: Vec<String>,
    /// What the facts amount to. Paragraphs.
    pub facts: Vec<String>,
    /// The finding on each question.
    pub findings: Vec<Finding>,
    /// The statement and defence.
    pub statement: Statement,
    /// The clauses that hold, verbatim.
    pub clauses: Vec<AppliedClause>,
    /// The readings the outcome hangs on.
    pub readings: Vec<ReadingNoted>,
    /// Citations of the clauses that decide.
    pub grounds: Vec<String>,
    /// What follows, in the notice's words; `None` where the findings do not settle it.
    pub outcome: Option<String>,
    /// The investigators' signatures.
    pub signatures: Vec<Signature>,
}

impl Conclusion {
    pub(crate) fn title(&self) -> String {
        "尽职免责申请调查结论书".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.date
    }
}
