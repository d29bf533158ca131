//! 协调后确认: after the city has coordinated, each county body confirms or keeps its opinion (六（二）). The city does
//! not decide; what remains of a disagreement is printed in the report.

use crate::act::Perform;
use crate::case::{Case, Confirmation};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use base::law::{OutcomeCode, Party};
use serde::{Deserialize, Serialize};

/// A lead confirms or keeps the opinion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// The outcome now held right.
    pub outcome: OutcomeCode,
    /// Why.
    pub reason: String,
}

impl Perform for Confirm {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_concluded()?;
        let own = ctx.must_judge(case)?;
        if case.escalation.is_none() {
            return Err(Refusal::not_yet(
                "not-escalated",
                "没有上报重大事项，不用确认。",
                "意见不一致的，请先会商。",
                "六（二）",
            ));
        }
        if !case.is_coordinated() {
            return Err(Refusal::not_yet(
                "not-coordinated",
                "市民政局还没有协调。",
                "请等市民政局协调。",
                "六（二）",
            ));
        }
        if case.opinions.get(&own).is_none_or(|opinion| opinion.opened.is_none()) {
            return Err(Refusal::not_yet(
                "no-opinion",
                "您这一方还没有打开的意见，不能确认。",
                "请先提意见。",
                "六（二）",
            ));
        }
        if case.confirmations.contains_key(&own) {
            return Err(Refusal::already("您这一方已经确认了。"));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check
            .that(ctx.may_be_held(&self.outcome), "outcome", "还没选意见。请选一项。")
            .required("reason", "理由", &self.reason, LONG_TEXT);
        check.done()?;
        let party = ctx.must_judge(case)?;
        let sealed = ConfirmationText { reason: self.reason };
        Ok(vec![
            Confirmed {
                party,
                outcome: self.outcome,
                on: ctx.today(),
                sealed,
            }
            .into(),
        ])
    }
}

/// 已确认
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Which party.
    pub party: Party,
    /// The outcome now held right.
    pub outcome: OutcomeCode,
    /// The day.
    pub on: Date,
    /// Why.
    #[serde(skip)]
    pub sealed: ConfirmationText,
}

/// The sealed part of [`Confirmed`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmationText {
    /// Why.
    pub reason: String,
}

impl Recorded for Confirmed {
    sealed_part!(ConfirmationText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        let (outcome, reason) = (self.outcome.clone(), self.sealed.reason.clone());
        case.confirmations.insert(
            self.party,
            Confirmation {
                outcome,
                reason,
                on: self.on,
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    fn confirm(outcome: &str) -> Confirm {
        Confirm {
            outcome: outcome.into(),
            reason: "保留原来的意见。".into(),
        }
    }

    #[test]
    fn each_confirms_or_keeps() {
        let given = Given::coordinated().lead().done(confirm("exempted"));
        assert_eq!(given.case.missing_confirmations(), [Party::Discipline]);
        let case = given.discipline_lead().when(confirm("exempted")).then();
        assert_eq!(case.agreed_outcome(), Some("exempted".into()));
        assert!(case.opinions_differ());
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::opined("exempted", "exempted")
                .lead()
                .when(confirm("exempted"))
                .refused()
                .code,
            "not-escalated"
        );
        assert_eq!(
            Given::coordinated().intake().when(confirm("exempted")).refused().code,
            "leads-only"
        );
        let twice = Given::coordinated()
            .lead()
            .done(confirm("exempted"))
            .when(confirm("exempted"));
        assert_eq!(twice.refused().code, "already-done");
        let empty = Confirm {
            outcome: "x".into(),
            reason: String::new(),
        };
        assert_eq!(Given::coordinated().lead().when(empty).refused().fields.len(), 2);
    }
}
