//! 变更请求: the applicant claims something else, after 释明 too. The receipt date and the due date stay.

use crate::act::Perform;
use crate::case::{Amendment, Case, File};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use base::law::GroundId;
use serde::{Deserialize, Serialize};

/// The applicant changes the claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendClaim {
    /// What is claimed from now on.
    pub claim: GroundId,
    /// Why; may be empty.
    pub reason: String,
    /// The signed paper, where the bureau's window enters it.
    pub scan: Option<File>,
}

impl Perform for AmendClaim {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_not_be_concluded()?;
        ctx.must_be_applicant_or_window(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Check::new()
            .that(
                ctx.procedure.claims.iter().any(|claim| claim.id == self.claim),
                "claim",
                "还没选要申请什么。请选一项。",
            )
            .that(
                case.claim.as_ref() != Some(&self.claim),
                "claim",
                "这就是现在的请求，没有变。请选另一项，或者不用改。",
            )
            .optional("reason", "理由", &self.reason, LONG_TEXT)
            .that(
                ctx.is_signed(case, self.scan.as_ref()),
                "scan",
                "还没有上传申请人签了名的纸。请扫描或者拍照上传。",
            )
            .done()?;
        let event = ClaimAmended {
            on: ctx.today(),
            claim: self.claim,
            sealed: ClaimAmendedText {
                reason: self.reason,
                scan: self.scan,
            },
        };
        Ok(vec![event.into()])
    }
}

/// 已变更请求
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimAmended {
    /// The day.
    pub on: Date,
    /// What is claimed from then on.
    pub claim: GroundId,
    /// The words.
    #[serde(skip)]
    pub sealed: ClaimAmendedText,
}

/// The sealed part of [`ClaimAmended`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimAmendedText {
    /// Why.
    pub reason: String,
    /// The signed paper.
    pub scan: Option<File>,
}

impl Recorded for ClaimAmended {
    sealed_part!(ClaimAmendedText);

    fn files(&self) -> Vec<&File> {
        self.sealed.scan.iter().collect()
    }

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.claim = Some(self.claim.clone());
        // A conclusion proposed on the old claim no longer answers what is asked.
        case.proposed = None;
        case.amendments.push(Amendment {
            claim: self.claim.clone(),
            on: self.on,
            reason: self.sealed.reason.clone(),
            scan: self.sealed.scan.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    fn amend(claim: &str, scan: Option<File>) -> AmendClaim {
        AmendClaim {
            claim: claim.into(),
            reason: String::new(),
            scan,
        }
    }

    #[test]
    fn the_receipt_stays() {
        let before = Given::accepted();
        let receipt = before.case.receipt.clone();
        let case = before.worker().when(amend("exempt-or-mitigate", None)).then();
        assert_eq!(case.claim, Some("exempt-or-mitigate".into()));
        assert_eq!(case.receipt, receipt);
        assert_eq!(case.application.unwrap().codes.claim, "exempt".into());
    }

    #[test]
    fn at_the_window_with_the_signed_paper() {
        let case = Given::received()
            .intake()
            .when(amend("mitigate", Some(File::default())))
            .then();
        assert_eq!(case.amendments.len(), 1);
        assert_eq!(
            Given::received()
                .intake()
                .when(amend("mitigate", None))
                .refused()
                .fields[0]
                .field,
            "scan"
        );
    }

    #[test]
    fn refusals() {
        for claim in ["exempt", "everything"] {
            assert_eq!(
                Given::received().worker().when(amend(claim, None)).refused().fields[0].field,
                "claim"
            );
        }
        let refused = Given::received()
            .discipline_lead()
            .when(amend("mitigate", None))
            .refused();
        assert_eq!(refused.code, "applicant-only");
    }
}
