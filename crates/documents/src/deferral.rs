//! 暂不认定告知书: tells the applicant that the facts amount to no outcome for now, why, and what is awaited.

use crate::{Applicant, Head, text};
use base::Date;
use serde::Serialize;

/// The notice of a deferral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deferral {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// The worker.
    pub applicant: Applicant,
    /// The day the application was received.
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// The discipline group that took part (会同), full name.
    pub group: String,
    /// The day of the conclusion of the investigation.
    #[serde(serialize_with = "text::date")]
    pub concluded: Date,
    /// Why nothing can be determined now. Paragraphs.
    pub reasons: Vec<String>,
    /// Whose conclusion on what is awaited; `None` where nobody is to give one.
    pub awaited: Option<String>,
    /// What the worker may do now. One sentence each.
    pub remedies: Vec<String>,
    /// Copied to (抄送): the discipline group and the city bureau.
    pub copies: Vec<String>,
}

impl Deferral {
    pub(crate) fn title(&self) -> String {
        "尽职免责申请暂不认定告知书".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
