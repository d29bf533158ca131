//! 重大事项请示: the county reports a major matter to the city bureau and asks it to coordinate (六（二）).

use crate::report::Opinion;
use crate::{Applicant, Basis, Head, text};
use base::Date;
use serde::Serialize;

/// The request to the city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Head and date.
    pub head: Head,
    /// Who signs for issuing it (签发人).
    pub signer: String,
    /// The case's number (收件编号).
    pub case: String,
    /// The city bureau, full name.
    pub to: String,
    /// Whom it is about.
    pub applicant: Applicant,
    /// The notice the case is handled under.
    pub basis: Option<Basis>,
    /// The claim in the notice's words.
    pub claim: String,
    /// The day the application was received.
    #[serde(serialize_with = "text::date")]
    pub received: Date,
    /// The last day for the conclusion.
    #[serde(serialize_with = "text::date")]
    pub due: Date,
    /// The grounds, in the words of the list.
    pub grounds: Vec<String>,
    /// What it is about. Paragraphs.
    pub reasons: Vec<String>,
    /// The opinions that are open.
    pub opinions: Vec<Opinion>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Copied to (抄送).
    pub copies: Vec<String>,
}

impl Request {
    pub(crate) fn title(&self) -> String {
        format!("关于{}尽职免责申请有关重大事项的请示", self.applicant.name)
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
