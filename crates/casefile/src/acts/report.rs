//! 书面报送: the report goes in writing to 相关纪检监察等机构 by their authority over the person (六（二）); the group
//! stationed at the bureau is always among them.

use crate::act::Perform;
use crate::case::{Case, Reported};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::SHORT_TEXT;
use crate::{Context, sealed_part};
use base::{Date, InstitutionId};
use serde::{Deserialize, Serialize};

/// The bureau sends the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendReport {
    /// To whom.
    pub recipients: Vec<ReportRecipient>,
}

/// One body the report is sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRecipient {
    /// The institution, where it is one of this site.
    pub institution: Option<InstitutionId>,
    /// Its name.
    pub body: String,
    /// By what authority over the person.
    pub authority: String,
}

impl Perform for SendReport {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_issued()?;
        ctx.must_be_bureau_staff(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let group = case.receipt.as_ref().map(|receipt| receipt.discipline);
        let already = case.reported.iter().any(|reported| reported.institution == group);
        let mut check = Check::new();
        check
            .that(
                !self.recipients.is_empty(),
                "recipients",
                "还没写报送给谁。请至少写一家。",
            )
            .that(
                self.recipients.is_empty() || already || self.recipients.iter().any(|to| to.institution == group),
                "recipients",
                "报送的单位里要有驻局纪检监察组。请加上。依据 六（二）",
            );
        for (n, to) in self.recipients.iter().enumerate() {
            check
                .required(&format!("body-{n}"), "单位名称", &to.body, SHORT_TEXT)
                .required(&format!("authority-{n}"), "报送的理由", &to.authority, SHORT_TEXT);
        }
        check.done()?;
        let institutions = self.recipients.iter().map(|to| to.institution).collect();
        let named = self
            .recipients
            .into_iter()
            .map(|to| Named {
                body: to.body,
                authority: to.authority,
            })
            .collect();
        Ok(vec![
            ReportSent {
                institutions,
                on: ctx.today(),
                sealed: ReportSentText { recipients: named },
            }
            .into(),
        ])
    }
}

/// 已报送
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSent {
    /// The institutions of this site among the recipients; in the order of the sealed names.
    pub institutions: Vec<Option<InstitutionId>>,
    /// The day.
    pub on: Date,
    /// Names and authorities.
    #[serde(skip)]
    pub sealed: ReportSentText,
}

/// The sealed part of [`ReportSent`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSentText {
    /// In the order of [`ReportSent::institutions`].
    pub recipients: Vec<Named>,
}

/// A recipient in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its name.
    pub body: String,
    /// By what authority over the person.
    pub authority: String,
}

impl Recorded for ReportSent {
    sealed_part!(ReportSentText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        for (n, institution) in self.institutions.iter().enumerate() {
            let named = self.sealed.recipients.get(n).cloned().unwrap_or_default();
            case.reported.push(Reported {
                institution: *institution,
                body: named.body,
                authority: named.authority,
                sent_on: self.on,
                received_on: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, send_report};

    #[test]
    fn the_group_first_others_later() {
        let given = Given::issued("exempted").intake().done(send_report());
        let county = ReportRecipient {
            institution: None,
            body: "县纪委监委".into(),
            authority: "干部管理权限".into(),
        };
        let case = given
            .when(SendReport {
                recipients: vec![county],
            })
            .then();
        assert_eq!(case.reported.len(), 2);
        assert_eq!(case.reported[1].body, "县纪委监委");
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::determined("exempted")
                .intake()
                .when(send_report())
                .refused()
                .code,
            "not-issued"
        );
        assert_eq!(
            Given::issued("exempted")
                .discipline_lead()
                .when(send_report())
                .refused()
                .code,
            "bureau-only"
        );
        let elsewhere = ReportRecipient {
            institution: None,
            body: " ".into(),
            authority: "干部管理权限".into(),
        };
        let act = SendReport {
            recipients: vec![elsewhere],
        };
        let fields = Given::issued("exempted").intake().when(act).refused().fields;
        assert_eq!(
            fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(),
            ["recipients", "body-0"]
        );
        let none = Given::issued("exempted")
            .intake()
            .when(SendReport { recipients: vec![] });
        assert_eq!(none.refused().fields[0].field, "recipients");
    }
}
