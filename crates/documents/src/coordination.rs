//! 协调意见: what the city bureau says to a major matter. It coordinates, it does not decide (六（二）).

use crate::{DocumentNumber, Head, text};
use base::Date;
use serde::Serialize;

/// The city's coordination opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coordination {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// The worker's name.
    pub name: String,
    /// The bureau and the group it is for; the first determines afterwards.
    pub to: Vec<String>,
    /// Whose request it answers.
    pub asked_by: String,
    /// Its number, where it bears one.
    pub request: Option<DocumentNumber>,
    /// The day of the request.
    #[serde(serialize_with = "text::date")]
    pub asked: Date,
    /// What the city says. Paragraphs.
    pub opinion: Vec<String>,
    /// The group stationed at the city bureau, and what it said.
    pub view: Option<(String, Vec<String>)>,
}

impl Coordination {
    pub(crate) fn title(&self) -> String {
        format!("关于{}尽职免责申请有关重大事项的协调意见", self.name)
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
