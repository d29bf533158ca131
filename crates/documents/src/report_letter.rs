//! 报送函: the letter the report goes out with to 相关纪检监察等机构 (六（二）).

use crate::{Applicant, Basis, DocumentNumber, Head};
use base::Date;
use serde::Serialize;

/// The letter of report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportLetter {
    /// Head and date.
    pub head: Head,
    /// The case's number (收件编号).
    pub case: String,
    /// To whom, one or several.
    pub to: Vec<String>,
    /// Whom the report is about.
    pub applicant: Applicant,
    /// The notice it rests on.
    pub basis: Basis,
    /// The report.
    pub report: DocumentNumber,
    /// Whom to ask.
    pub contact: Option<String>,
}

impl ReportLetter {
    pub(crate) fn title(&self) -> String {
        format!("关于报送{}尽职免责申请认定报告的函", self.applicant.name)
    }

    pub(crate) fn date(&self) -> Date {
        self.head.date
    }
}
