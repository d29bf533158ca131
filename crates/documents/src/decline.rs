//! 不予受理决定书: declines an application on a ground of the closed list, never on the merits.

use crate::{Applicant, Basis, Head, text};
use base::Date;
use serde::Serialize;

/// The decision to decline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decline {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// The worker.
    pub applicant: Applicant,
    /// The day the application was received.
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// The notice it was examined under; `None` where there is none in time.
    pub basis: Option<Basis>,
    /// The ground, in the words of the list.
    pub ground: String,
    /// Why it applies here. Paragraphs.
    pub reasons: Vec<String>,
    /// How the worker was heard before. One sentence.
    pub heard: String,
    /// What the worker may do now. One sentence each.
    pub remedies: Vec<String>,
    /// Copied to (抄送): the discipline group and the city bureau.
    pub copies: Vec<String>,
}

impl Decline {
    pub(crate) fn title(&self) -> String {
        "尽职免责申请不予受理决定书".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
