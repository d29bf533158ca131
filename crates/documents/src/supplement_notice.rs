//! 补正告知书: what is lacking, told once and completely (一次性告知).

use crate::{Applicant, Head, text};
use base::Date;
use serde::Serialize;

/// The notice of what is lacking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SupplementNotice {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// The worker.
    pub applicant: Applicant,
    /// The day the application was received.
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// What is lacking, one each.
    pub items: Vec<String>,
    /// By which day.
    #[serde(serialize_with = "text::day")]
    pub until: Date,
    /// Whom to ask.
    pub contact: Option<String>,
}

impl SupplementNotice {
    pub(crate) fn title(&self) -> String {
        "尽职免责申请补正告知书".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
