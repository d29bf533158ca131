//! 出具认定报告: the bureau issues the report under its head and number, the group's opinion attached (六（二）).
//!
//! The document is rendered once, before this act, by `app`; what is recorded is its number, its stored file and what
//! rendered it.

use crate::act::Perform;
use crate::case::{Case, File, Rendering, Report};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::{Context, sealed_part};
use base::{Date, DocumentId};
use serde::{Deserialize, Serialize};

/// The bureau issues the report. A form gives the recipients; all else is `app`'s, once the report is rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    /// To whom it is addressed (主送), as printed.
    pub recipients: Vec<String>,
    /// The document.
    pub document: DocumentId,
    /// 文号, the next of the bureau's series.
    pub number: String,
    /// The stored PDF.
    pub file: File,
    /// What rendered it.
    pub rendering: Rendering,
}

impl Perform for Issue {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_determined()?;
        ctx.must_be_bureau_staff(case)?;
        if !case.reports.is_empty() {
            return Err(Refusal::conflict("认定报告已经出具。"));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.that(
            !self.recipients.is_empty(),
            "recipients",
            "还没写主送给谁。请至少写一家。",
        );
        check.required("number", "文号", &self.number, 50).that(
            !self.file.address.is_empty(),
            "file",
            "报告还没有生成。请再试一次。",
        );
        check.done()?;
        Ok(vec![
            ReportIssued {
                document: self.document,
                file: self.file.address.clone(),
                rendering: self.rendering,
                on: ctx.today(),
                sealed: ReportText {
                    number: self.number,
                    file: self.file,
                },
            }
            .into(),
        ])
    }
}

/// 认定报告已出具
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportIssued {
    /// The document.
    pub document: DocumentId,
    /// Where the PDF is stored.
    pub file: String,
    /// What rendered it.
    pub rendering: Rendering,
    /// The day.
    pub on: Date,
    /// Its number and what the PDF is called.
    #[serde(skip)]
    pub sealed: ReportText,
}

/// The sealed part of [`ReportIssued`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportText {
    /// 文号
    pub number: String,
    /// Name, size and digest of the PDF.
    pub file: File,
}

impl Recorded for ReportIssued {
    sealed_part!(ReportText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.reports.push(Report {
            document: self.document,
            number: self.sealed.number.clone(),
            on: self.on,
            by: meta.actor,
            by_name: meta.stood.name.clone(),
            file: self.sealed.file.clone(),
            rendered_by: self.rendering.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, issue};

    #[test]
    fn issued_once_under_the_bureaus_number() {
        let given = Given::determined("exempted").intake().done(issue());
        assert_eq!(given.case.reports[0].number, "濮县民〔2026〕16号");
        assert_eq!(given.when(issue()).refused().code, "moved-on");
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::opined("exempted", "exempted")
                .lead()
                .when(issue())
                .refused()
                .code,
            "not-determined"
        );
        assert_eq!(
            Given::determined("exempted")
                .discipline_lead()
                .when(issue())
                .refused()
                .code,
            "bureau-only"
        );
        let empty = Issue {
            number: " ".into(),
            file: File::default(),
            ..issue()
        };
        let fields = Given::determined("exempted").lead().when(empty).refused().fields;
        assert_eq!(
            fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(),
            ["number", "file"]
        );
    }
}
