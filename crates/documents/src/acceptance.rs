//! 受理通知书: tells the applicant that the application is accepted (受理).

use crate::{Applicant, Basis, Head, text};
use base::Date;
use serde::Serialize;

/// The notice of acceptance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acceptance {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// The worker.
    pub applicant: Applicant,
    /// The day the application was received; the clock runs from it, not from acceptance.
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// The notice the case is handled under; `None` while 依据待定.
    pub basis: Option<Basis>,
    /// The discipline group that takes part, full name.
    pub group: String,
    /// How many working days the conclusion has.
    pub working_days: u16,
    /// The last day for the conclusion.
    #[serde(serialize_with = "text::day")]
    pub due: Date,
    /// Whether that day is provisional (暂定).
    pub provisional: bool,
    /// The applicant's rights: statement and defence, asking for recusal, supplementing. One sentence each.
    pub rights: Vec<String>,
    /// Whom to ask.
    pub contact: Option<String>,
}

impl Acceptance {
    pub(crate) fn title(&self) -> String {
        "尽职免责申请受理通知书".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
