//! 退回补充调查: before anything is determined a lead holds that facts are missing or wrong; the findings are open
//! again. The only way to another outcome leads through the facts (三、五); the statutory clock is not reset.

use crate::act::Perform;
use crate::case::{Anew, Case, Round};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};
use std::mem::take;

/// A lead sends the case back to the investigators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnToInquiry {
    /// What is to be found out, or found out anew.
    pub reason: String,
}

impl Perform for ReturnToInquiry {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_concluded()?;
        ctx.must_judge(case)?;
        if case.has_withheld_opinion() {
            return Err(Refusal::not_yet(
                "opinions-not-open",
                "意见还没有打开，不能退回。",
                "请等意见打开。",
                "六（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.required("reason", "要补充查明什么", &self.reason, LONG_TEXT);
        check.done()?;
        Ok(vec![reopened(Anew::Facts, self.reason, ctx).into()])
    }
}

/// The event that opens the case again.
pub(super) fn reopened(ground: Anew, reason: String, ctx: &Context) -> Reopened {
    Reopened {
        ground,
        on: ctx.today(),
        sealed: ReopenedText { reason },
    }
}

/// 重新办理: what was concluded, said and determined is set aside, marked; findings and readings stay and may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {
    /// On what ground.
    pub ground: Anew,
    /// The day.
    pub on: Date,
    /// Why.
    #[serde(skip)]
    pub sealed: ReopenedText,
}

/// The sealed part of [`Reopened`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReopenedText {
    /// Why.
    pub reason: String,
}

impl Recorded for Reopened {
    sealed_part!(ReopenedText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        // A statement stays heard while only the facts are looked at again before anything is determined; whoever
        // undoes a determination, or has something new, hears the applicant anew.
        let statement = match self.ground {
            Anew::Facts => case.statement.clone(),
            Anew::Concealment | Anew::Review | Anew::Awaited => take(&mut case.statement),
        };
        case.rounds.push(Round {
            ground: self.ground,
            reason: self.sealed.reason.clone(),
            reopened_on: self.on,
            ending: case.ending.take(),
            statement,
            conclusion: case.conclusion.take(),
            opinions: take(&mut case.opinions),
            consultations: take(&mut case.consultations),
            escalation: case.escalation.take(),
            coordination: case.coordination.take(),
            confirmations: take(&mut case.confirmations),
            reminders: take(&mut case.reminders),
            silent: take(&mut case.silent),
            determination: take(&mut case.determinations).pop(),
            report: take(&mut case.reports).pop(),
            reported: take(&mut case.reported),
            services: take(&mut case.services),
            reviews: take(&mut case.reviews),
            filed: case.filed.take(),
        });
        case.relaxed.clear();
        case.proposed = None;
        case.opinions_opened = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Opine;
    use crate::testing::Given;

    fn back() -> ReturnToInquiry {
        ReturnToInquiry {
            reason: "请查明数据是哪一天更新的。".into(),
        }
    }

    #[test]
    fn findings_are_open_again_and_the_earlier_round_stays() {
        let given = Given::opined("exempted", "not-exempted");
        let due = given.case.receipt.as_ref().map(|receipt| receipt.due);
        let case = given.discipline_lead().when(back()).then();
        assert!(case.must_be_under_inquiry().is_ok());
        assert!(case.is_heard());
        assert!(case.opinions.is_empty());
        assert_eq!(case.rounds[0].opinions.len(), 2);
        assert!(case.rounds[0].conclusion.is_some());
        assert_eq!(case.receipt.map(|receipt| receipt.due), due);
    }

    #[test]
    fn refusals() {
        assert_eq!(Given::accepted().lead().when(back()).refused().code, "not-concluded");
        assert_eq!(
            Given::concluded().investigator().when(back()).refused().code,
            "leads-only"
        );
        let withheld = Given::concluded().lead().done(Opine {
            outcome: "exempted".into(),
            reason: "符合".into(),
        });
        assert_eq!(withheld.when(back()).refused().code, "opinions-not-open");
        assert_eq!(
            Given::determined("exempted").lead().when(back()).refused().code,
            "determined"
        );
        let empty = Given::concluded().lead().when(ReturnToInquiry { reason: " ".into() });
        assert_eq!(empty.refused().fields[0].field, "reason");
    }
}
