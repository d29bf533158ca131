//! 申请复核: after service the worker asks people who did not handle the case to look at it again; ours, the notice is silent. Late is
//! recorded and marked, not blocked; a decline and a deferral may be reviewed too. It replaces no remedy against a disciplinary
//! decision.

use crate::act::Perform;
use crate::case::{Case, EndingKind, File, Recipient, Review};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, OURS};
use crate::{Context, sealed_part};
use base::Date;
use base::law::Unit;
use serde::{Deserialize, Serialize};

/// The worker applies for a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplyReview {
    /// Why.
    pub reason: String,
    /// The signed application, where the bureau's window enters it.
    pub signed: Option<File>,
}

/// The day from which the days of a review run: the service on the worker, the decline, or the deferral.
fn runs_from(case: &Case) -> Option<Date> {
    let ended = case
        .ending
        .as_ref()
        .filter(|ending| matches!(ending.kind, EndingKind::Declined | EndingKind::Deferred))
        .map(|ending| ending.on);
    let served = case.services.iter().find(|service| service.to == Recipient::Worker);
    let reviewed = case
        .reviews
        .last()
        .and_then(|review| review.decision.as_ref())
        .map(|decision| decision.on);
    reviewed
        .or(ended)
        .or(served.map(|service| service.acknowledged.as_ref().map_or(service.on, |signed| signed.0)))
}

impl Perform for ApplyReview {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        if case.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        ctx.must_be_applicant_or_window(case)?;
        if runs_from(case).is_none() {
            return Err(Refusal::not_yet(
                "not-served",
                "结果还没有送达，不能申请复核。",
                "请等民政局送达。",
                OURS,
            ));
        }
        if case.reviews.last().is_some_and(|review| review.decision.is_none()) {
            return Err(Refusal::already("已经申请复核，正在办。"));
        }
        if case.is_to_be_determined_anew() {
            return Err(Refusal::not_yet(
                "to-be-determined-anew",
                "复核已经要求重新认定。",
                "请等重新认定。",
                OURS,
            ));
        }
        if case.reviews.len() >= usize::from(ctx.procedure.review_levels) {
            return Err(Refusal::not_lawful(
                "no-further-review",
                "复核的次数已经用完。",
                "对处分决定不服的，另按规定申诉。",
                OURS,
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.required("reason", "理由", &self.reason, LONG_TEXT).that(
            ctx.is_signed(case, self.signed.as_ref()),
            "signed",
            "还没上传本人签名的复核申请。请扫描或者拍照上传。",
        );
        check.done()?;
        let days = u16::from(ctx.procedure.review_days);
        let last = runs_from(case).map(|from| ctx.calendar.deadline(from, days, Unit::WorkingDays).due);
        Ok(vec![
            ReviewApplied {
                level: u8::try_from(case.reviews.len() + 1).unwrap_or(u8::MAX),
                late: last.is_some_and(|last| ctx.today() > last),
                on: ctx.today(),
                sealed: ReviewApplication {
                    reason: self.reason,
                    signed: self.signed,
                },
            }
            .into(),
        ])
    }
}

/// 已申请复核
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewApplied {
    /// Level, from 1.
    pub level: u8,
    /// After the pack's days.
    pub late: bool,
    /// The day.
    pub on: Date,
    /// What it says.
    #[serde(skip)]
    pub sealed: ReviewApplication,
}

/// The sealed part of [`ReviewApplied`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewApplication {
    /// Why.
    pub reason: String,
    /// The signed application on paper.
    pub signed: Option<File>,
}

impl Recorded for ReviewApplied {
    sealed_part!(ReviewApplication);

    fn files(&self) -> Vec<&File> {
        self.sealed.signed.iter().collect()
    }

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.reviews.push(Review {
            level: self.level,
            applied_on: self.on,
            late: self.late,
            reason: self.sealed.reason.clone(),
            signed: self.sealed.signed.clone(),
            decision: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::DecideReview;
    use crate::testing::{COORDINATOR, Given};

    fn apply() -> ApplyReview {
        ApplyReview {
            reason: "有一份材料没有看。".into(),
            signed: None,
        }
    }

    fn upheld(given: Given) -> Given {
        given
            .by(COORDINATOR)
            .done(DecideReview {
                upheld: true,
                reason: "维持。".into(),
            })
            .worker()
    }

    #[test]
    fn at_the_window_with_a_signed_paper() {
        let paper = ApplyReview {
            signed: Some(crate::testing::paper()),
            ..apply()
        };
        assert!(
            Given::served("exempted").intake().when(paper).then().reviews[0]
                .signed
                .is_some()
        );
    }

    #[test]
    fn late_is_marked_not_blocked() {
        assert!(!Given::served("exempted").worker().when(apply()).then().reviews[0].late);
        assert!(Given::served("exempted").days(60).worker().when(apply()).then().reviews[0].late);
    }

    #[test]
    fn as_many_levels_as_the_pack_gives() {
        let twice = upheld(Given::served("exempted").worker().done(apply())).done(apply());
        assert_eq!(
            twice.case.reviews.iter().map(|review| review.level).collect::<Vec<_>>(),
            [1, 2]
        );
        let mut one_level = upheld(Given::served("exempted").worker().done(apply()));
        one_level.procedure.review_levels = 1;
        assert_eq!(one_level.when(apply()).refused().code, "no-further-review");
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::issued("exempted").worker().when(apply()).refused().code,
            "not-served"
        );
        assert_eq!(
            Given::served("exempted").discipline_lead().when(apply()).refused().code,
            "applicant-only"
        );
        let unsigned = Given::served("exempted").intake().when(apply()).refused();
        assert_eq!(unsigned.fields[0].field, "signed");
        assert_eq!(
            Given::served("exempted")
                .worker()
                .done(apply())
                .when(apply())
                .refused()
                .code,
            "already-done"
        );
        let empty = Given::served("exempted").worker().when(ApplyReview {
            reason: " ".into(),
            signed: None,
        });
        assert_eq!(empty.refused().fields[0].field, "reason");
    }
}
