//! 重新认定: the bureau opens the case again, because the determination was obtained by concealment, a review did not
//! uphold it, or what a deferral (暂不认定) waited for has come. The old one stays, marked; facts, hearing, conclusion, opinions and determination run
//! again under the same rules, so that nothing against the findings can come of it.

use crate::Context;
use crate::act::Perform;
use crate::case::{Anew, Case, Determination, EndingKind};
use crate::event::Event;
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;

use super::return_to_inquiry::reopened;

/// The bureau's lead opens the case again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redetermine {
    /// [`Anew::Concealment`], [`Anew::Review`] or [`Anew::Awaited`].
    pub ground: Anew,
    /// Why, in words.
    pub reason: String,
}

impl Case {
    /// Whether the last review did not uphold what was decided.
    pub fn is_to_be_determined_anew(&self) -> bool {
        self.reviews
            .last()
            .and_then(|review| review.decision.as_ref())
            .is_some_and(|decision| !decision.upheld)
    }

    /// Whether it was ended without a determination for now (暂不认定).
    pub fn is_deferred(&self) -> bool {
        let ending = self.ending.as_ref();
        ending.is_some_and(|ending| ending.kind == EndingKind::Deferred)
    }

    /// The earlier determination that a review set aside; nothing may get worse than it for the applicant.
    pub(crate) fn reviewed_determination(&self) -> Option<&Determination> {
        let earlier = self.rounds.iter().rev().find(|round| round.determination.is_some())?;
        let determination = earlier.determination.as_ref();
        determination.filter(|_| earlier.ground == Anew::Review)
    }
}

impl Perform for Redetermine {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        if !case.is_to_be_determined_anew() && !case.is_deferred() {
            case.must_be_determined()?;
        }
        ctx.must_judge_for_bureau(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check
            .that(
                match self.ground {
                    Anew::Review => case.is_to_be_determined_anew(),
                    Anew::Concealment => case.determination().is_some(),
                    Anew::Awaited => case.is_deferred(),
                    Anew::Facts => false,
                },
                "ground",
                "这一项不符合本案的情况。请选符合的一项。",
            )
            .required("reason", "理由", &self.reason, LONG_TEXT);
        check.done()?;
        Ok(vec![reopened(self.ground, self.reason, ctx).into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{ApplyReview, DecideReview};
    use crate::testing::{COORDINATOR, Given};

    fn redetermine(ground: Anew) -> Redetermine {
        Redetermine {
            ground,
            reason: "另有存款没有说明。".into(),
        }
    }

    fn not_upheld() -> Given {
        let applied = Given::served("mitigated").worker().done(ApplyReview {
            reason: "有一份材料没有看。".into(),
            signed: None,
        });
        applied.by(COORDINATOR).done(DecideReview {
            upheld: false,
            reason: "漏看了材料。".into(),
        })
    }

    #[test]
    fn the_old_one_stays_and_the_applicant_is_heard_anew() {
        let case = Given::filed().lead().when(redetermine(Anew::Concealment)).then();
        assert!(case.determination().is_none());
        assert!(case.filed.is_none());
        assert!(!case.is_heard());
        let round = &case.rounds[0];
        assert!(round.determination.is_some() && round.report.is_some() && round.filed.is_some());
        assert_eq!(round.services.len(), 2);
    }

    #[test]
    fn after_a_review_nothing_gets_worse() {
        let given = not_upheld().lead().done(redetermine(Anew::Review));
        let worse = given
            .concluded_again("not-exempted")
            .opined_again("not-exempted")
            .lead();
        let act = crate::acts::Determine {
            outcome: "not-exempted".into(),
            reason: "不符合。".into(),
        };
        assert_eq!(worse.when(act).refused().code, "to-the-detriment");
    }

    #[test]
    fn refusals() {
        let table = [
            ("not-determined", Given::opined("exempted", "exempted").lead()),
            ("bureau-lead-only", Given::determined("exempted").discipline_lead()),
            ("leads-only", Given::determined("exempted").intake()),
        ];
        for (code, given) in table {
            assert_eq!(given.when(redetermine(Anew::Concealment)).refused().code, code);
        }
        for ground in [Anew::Review, Anew::Facts] {
            let refusal = Given::determined("exempted").lead().when(redetermine(ground)).refused();
            assert_eq!(refusal.fields[0].field, "ground");
        }
    }
}
