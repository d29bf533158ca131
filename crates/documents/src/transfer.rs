//! 移送函: hands the whole application to the county that is competent, or a clue (问题线索) to the competent body.
//!
//! A letter about a clue has no field for the applicant: it goes its own way, in its own ring.

use crate::{Applicant, Head, text};
use base::Date;
use serde::Serialize;

/// The letter of transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// To which body.
    pub to: String,
    /// Why, or what the clue is. Paragraphs.
    pub reasons: Vec<String>,
    /// What is handed over.
    pub what: Transferred,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Copied to (抄送).
    pub copies: Vec<String>,
}

/// What is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Transferred {
    /// The application with all that came with it.
    Application {
        /// The worker.
        applicant: Applicant,
        /// The day the application was received.
        #[serde(serialize_with = "text::date")]
        received: Date,
    },
    /// A clue; the case goes on.
    Clue,
}

impl Transfer {
    pub(crate) fn title(&self) -> String {
        match &self.what {
            Transferred::Application { applicant, .. } => format!("关于移送{}尽职免责申请的函", applicant.name),
            Transferred::Clue => "关于移送问题线索的函".to_owned(),
        }
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
