//! 申辩告知书: invites the applicant to state and defend before the conclusion (七（一）).

use crate::{Applicant, Basis, Head, text};
use base::Date;
use serde::Serialize;

/// The notice of defence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DefenceNotice {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// The worker.
    pub applicant: Applicant,
    /// The day the application was received.
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// The notice the case is handled under; `None` while 依据待定.
    pub basis: Option<Basis>,
    /// What has been found so far and may be spoken to. Paragraphs; may be empty.
    pub facts: Vec<String>,
    /// By which day.
    #[serde(serialize_with = "text::day")]
    pub until: Date,
    /// The ways: in person, in writing, online, by phone. One each.
    pub ways: Vec<String>,
    /// Where, and whom to ask.
    pub contact: Option<String>,
    /// What the applicant should know, e.g. that the defence never makes matters worse. One sentence each.
    pub rights: Vec<String>,
}

impl DefenceNotice {
    pub(crate) fn title(&self) -> String {
        "尽职免责申辩告知书".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
