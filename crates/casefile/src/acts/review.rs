//! 复核: people who did not handle the case uphold what was decided or send it to be determined anew; ours. Never
//! to the applicant's detriment: what comes of it is checked when it is determined anew.

use crate::act::Perform;
use crate::case::{Case, ReviewDecision};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, OURS};
use crate::{Context, Role, sealed_part};
use base::law::Party;
use base::{Date, PersonId};
use serde::{Deserialize, Serialize};

/// A lead or the city's coordinator decides a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideReview {
    /// Upheld, or to be determined anew.
    pub upheld: bool,
    /// Why.
    pub reason: String,
}

impl Case {
    /// Whether the person had a part in what is reviewed: declined or transferred the application, investigated, gave
    /// an opinion, determined, or decided an earlier review.
    pub fn has_handled(&self, person: PersonId) -> bool {
        let reviewed = self.reviews.iter().filter_map(|review| review.decision.as_ref());
        let rounds = self.rounds.iter().flat_map(|round| {
            let opined = round.opinions.values().map(|opinion| opinion.by);
            opined
                .chain(round.determination.iter().map(|determination| determination.by))
                .chain(round.ending.iter().map(|ending| ending.by))
        });
        self.ever_investigated(person)
            || self.opinions.values().any(|opinion| opinion.by == person)
            || self
                .determinations
                .iter()
                .any(|determination| determination.by == person)
            || self.ending.iter().any(|ending| ending.by == person)
            || reviewed
                .map(|decision| decision.by)
                .chain(rounds)
                .any(|handled| handled == person)
    }
}

impl Perform for DecideReview {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        if case.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        ctx.must_be_impartial(case)?;
        // Where the city bureau led the case, the group stationed there reviews it.
        let reviews = if case.is_led_by_city() {
            Party::CityDiscipline
        } else {
            Party::City
        };
        let city = ctx.actor.capacity.is(Role::Coordinator, reviews);
        if !city && ctx.must_lead(case).is_err() {
            return Err(Refusal::not_you(
                "reviewers-only",
                "复核由没有办过这个案件的负责人或者市民政局办。",
                "请交给负责人或者市民政局。",
                OURS,
            ));
        }
        if case.has_handled(ctx.actor.person) {
            return Err(Refusal::not_you(
                "handled",
                "您办过这个案件，不能复核。",
                "请交给市民政局复核。",
                OURS,
            ));
        }
        if case.reviews.last().is_none_or(|review| review.decision.is_some()) {
            return Err(Refusal::not_yet(
                "no-review",
                "没有要办的复核申请。",
                "请等申请人申请。",
                OURS,
            ));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.required("reason", "理由", &self.reason, LONG_TEXT);
        check.done()?;
        let sealed = ReviewText { reason: self.reason };
        Ok(vec![
            Reviewed {
                upheld: self.upheld,
                on: ctx.today(),
                sealed,
            }
            .into(),
        ])
    }
}

/// 已复核
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Upheld, or to be determined anew.
    pub upheld: bool,
    /// The day.
    pub on: Date,
    /// Why.
    #[serde(skip)]
    pub sealed: ReviewText,
}

/// The sealed part of [`Reviewed`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewText {
    /// Why.
    pub reason: String,
}

impl Recorded for Reviewed {
    sealed_part!(ReviewText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        if let Some(review) = case.reviews.last_mut() {
            review.decision = Some(ReviewDecision {
                upheld: self.upheld,
                reason: self.sealed.reason.clone(),
                by: meta.actor,
                by_name: meta.stood.name.clone(),
                by_city: meta.capacity.role == Role::Coordinator,
                on: self.on,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{ApplyReview, Decline};
    use crate::testing::{CITY_DISCIPLINE_LEAD, COORDINATOR, Given};

    fn review() -> DecideReview {
        DecideReview {
            upheld: false,
            reason: "漏看了材料。".into(),
        }
    }

    fn applied() -> Given {
        Given::served("mitigated").worker().done(ApplyReview {
            reason: "有一份材料没有看。".into(),
            signed: None,
        })
    }

    fn declined() -> Given {
        let given = Given::received().lead().done(Decline {
            ground: "not-subject".into(),
            reason: "申请人没有经办社会救助。".into(),
            heard: "没有意见。".into(),
        });
        given.worker().done(ApplyReview {
            reason: "我经办过。".into(),
            signed: None,
        })
    }

    #[test]
    fn by_somebody_who_did_not_handle_it() {
        let case = applied().by(COORDINATOR).when(review()).then();
        assert!(case.is_to_be_determined_anew());
        declined().discipline_lead().when(review()).then();
    }

    #[test]
    fn refusals() {
        let table = [
            ("no-review", Given::served("mitigated").by(COORDINATOR)),
            ("handled", applied().lead()),
            ("handled", applied().discipline_lead()),
            ("reviewers-only", applied().investigator()),
            ("reviewers-only", applied().by(CITY_DISCIPLINE_LEAD)),
            ("own-case", applied().worker()),
            ("handled", declined().lead()),
            // Whoever decided a review has handled the case from then on.
            ("handled", applied().by(COORDINATOR).done(review())),
        ];
        for (code, given) in table {
            assert_eq!(given.when(review()).refused().code, code);
        }
        let empty = applied().by(COORDINATOR).when(DecideReview {
            upheld: true,
            reason: " ".into(),
        });
        assert_eq!(empty.refused().fields[0].field, "reason");
    }
}
