//! 出具认定报告: the bureau issues the report under its head and number, the group's opinion attached (六（二）).
//!
//! The paper itself, its number and its PDF are named by the event of the paper made in the same append.

use crate::act::Perform;
use crate::case::{Case, File, Report};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::SHORT_TEXT;
use crate::{Context, sealed_part};
use base::{Date, DocumentId};
use serde::{Deserialize, Serialize};

/// The bureau issues the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    /// To whom it is addressed (主送), as printed.
    pub recipients: Vec<String>,
}

impl Perform for Issue {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_determined()?;
        ctx.must_be_bureau_staff(case)?;
        if !case.reports.is_empty() {
            return Err(Refusal::already("认定报告已经出具。"));
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
        for recipient in &self.recipients {
            check.required("recipients", "主送单位", recipient, SHORT_TEXT);
        }
        check.done()?;
        Ok(vec![
            ReportIssued {
                on: ctx.today(),
                sealed: ReportText {
                    recipients: self.recipients,
                },
            }
            .into(),
        ])
    }
}

/// 认定报告已出具
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportIssued {
    /// The day.
    pub on: Date,
    /// To whom it is addressed.
    #[serde(skip)]
    pub sealed: ReportText,
}

/// The sealed part of [`ReportIssued`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportText {
    /// 主送
    pub recipients: Vec<String>,
}

impl Recorded for ReportIssued {
    sealed_part!(ReportText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.reports.push(Report {
            recipients: self.sealed.recipients.clone(),
            on: self.on,
            by: meta.actor,
            by_name: meta.stood.name.clone(),
            document: DocumentId::default(),
            number: String::new(),
            file: File::default(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, issue};

    #[test]
    fn issued_once() {
        let given = Given::determined("exempted").intake().done(issue());
        assert_eq!(given.case.reports[0].recipients, ["驻濮阳县民政局纪检监察组"]);
        assert_eq!(given.when(issue()).refused().code, "already-done");
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
        for recipients in [vec![], vec![" ".into()]] {
            let empty = Issue { recipients };
            let refused = Given::determined("exempted").lead().when(empty).refused();
            assert_eq!(refused.field_names(), ["recipients"]);
        }
    }
}
