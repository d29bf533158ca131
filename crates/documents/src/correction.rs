//! 更正通知书: mends a slip of the pen in a paper that is out; the outcome stays.

use crate::{DocumentNumber, Head};
use base::Date;
use serde::Serialize;

/// The notice of a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// To whom: the worker and whoever got the report.
    pub to: Vec<String>,
    /// Whose application it was.
    pub name: String,
    /// The report.
    pub report: DocumentNumber,
    /// From what to what. Paragraphs.
    pub text: Vec<String>,
}

impl Correction {
    pub(crate) fn title(&self) -> String {
        "更正通知书".to_owned()
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
