//! 收件回执: the receipt an applicant gets at once, with the due date and how it was counted (七（二）).

use crate::{Applicant, text};
use base::{Date, Timestamp};
use serde::Serialize;

/// The receipt of an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The bureau's full name.
    pub issuer: String,
    /// The receipt's number (收件编号), e.g. JZ-410928-2026-0017.
    pub number: String,
    /// The day it is made out.
    #[serde(serialize_with = "text::date")]
    pub date: Date,
    /// The day of receipt (收到): day 0 of the deadline.
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// The instant, where it came online.
    #[serde(serialize_with = "text::maybe_time")]
    pub at: Option<Timestamp>,
    /// Where it was handed in first, and when, where that was not the bureau.
    pub handed_in: Option<String>,
    /// The clerk who received it at the window.
    pub clerk: Option<String>,
    /// The way it came: 网上、窗口、邮寄、口头.
    pub way: String,
    /// The worker.
    pub applicant: Applicant,
    /// The claim in the notice's words.
    pub claim: String,
    /// The materials handed in, by name.
    pub materials: Vec<String>,
    /// The last day for the conclusion.
    pub due: Due,
    /// 依据待定 and the like; one sentence.
    pub basis_note: Option<String>,
    /// What happens next, one sentence each.
    pub next: Vec<String>,
    /// Whom to ask: phone, window.
    pub contact: Option<String>,
}

/// A due date with its derivation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day.
    #[serde(serialize_with = "text::day")]
    pub date: Date,
    /// How many working days.
    pub working_days: u16,
    /// Whether it rests on a year without a published arrangement (暂定).
    pub provisional: bool,
    /// Every day from the day of receipt on.
    pub days: Vec<DueDay>,
}

/// One day of a derivation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueDay {
    /// The day.
    #[serde(serialize_with = "text::day")]
    pub date: Date,
    /// Its place in the count, if it counts.
    pub counted: Option<u16>,
    /// Why it does or does not count.
    pub why: String,
}

impl Receipt {
    pub(crate) fn title(&self) -> String {
        "尽职免责申请收件回执".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.date
    }
}
