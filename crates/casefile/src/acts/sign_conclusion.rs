//! 会签调查结论: a further investigator signs the proposed conclusion. With the required number it stands, on that
//! day, in time or late (七（二）).

use crate::act::Perform;
use crate::acts::Concluded;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// A further investigator signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignConclusion {}

impl Perform for SignConclusion {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        ctx.must_investigate(case)?;
        let Some(proposed) = &case.proposed else {
            return Err(Refusal::not_yet(
                "nothing-proposed",
                "还没有拟好的调查结论；拟好以后又改了事实、读法或者申辩的，要重新拟。",
                "请先拟调查结论。",
                "七（二）",
            ));
        };
        if proposed.signed.iter().any(|(person, _)| *person == ctx.actor.person) {
            return Err(Refusal::not_yet(
                "signed",
                "您已经签过了。",
                "请等另一名调查人签。",
                "七（二）",
            ));
        }
        ctx.must_be_conclusive(case)?;
        if proposed.assessment != *ctx.assessment {
            return Err(Refusal::not_yet(
                "proposal-void",
                "拟好以后依据变了，这份调查结论不能再签。",
                "请重新拟调查结论。",
                "七（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let before = case.proposed.as_ref().map_or(0, |proposed| proposed.signed.len());
        let mut events = vec![ConclusionSigned { on: ctx.today() }.into()];
        if before + 1 >= usize::from(ctx.procedure.investigators) {
            events.push(Concluded::today(case, ctx).into());
        }
        Ok(events)
    }
}

/// A further signature was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConclusionSigned {
    /// The day.
    pub on: Date,
}

impl Recorded for ConclusionSigned {
    sealed_part!();

    fn apply(&self, case: &mut Case, meta: &Meta) {
        if let Some(proposed) = &mut case.proposed {
            proposed.signed.push((meta.actor, meta.stood.name.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::ChooseReading;
    use crate::testing::{Given, INVESTIGATOR, THIRD, conclusion, statement};

    fn proposed() -> Given {
        Given::ready_to_conclude().investigator().done(conclusion())
    }

    #[test]
    fn stands_with_the_second_signature_in_time() {
        let case = proposed().second().when(SignConclusion {}).then();
        let conclusion = case.conclusion.unwrap();
        assert_eq!(conclusion.signed.len(), 2);
        assert!(conclusion.in_time && case.proposed.is_none());
    }

    #[test]
    fn the_last_day_is_in_time_and_the_next_is_late() {
        // Received on 16 September 2026, due on 12 October.
        for (day, in_time) in [
            (Date::constant(2026, 10, 12), true),
            (Date::constant(2026, 10, 13), false),
        ] {
            let case = proposed().on(day).second().when(SignConclusion {}).then();
            assert_eq!(case.conclusion.unwrap().in_time, in_time, "{day}");
        }
    }

    #[test]
    fn a_proposal_is_void_once_something_changes() {
        let reading = ChooseReading {
            reading: "R1".into(),
            choice: "all".into(),
            reason: "按原文。".into(),
        };
        let table = [
            proposed().done_find("timely"),
            proposed().lead().done(reading),
            proposed().worker().done(statement()),
        ];
        for given in table {
            assert_eq!(
                given.second().when(SignConclusion {}).refused().code,
                "nothing-proposed"
            );
        }
    }

    #[test]
    fn refusals() {
        let code = |given: Given| given.when(SignConclusion {}).refused().code;
        assert_eq!(code(Given::ready_to_conclude().second()), "nothing-proposed");
        assert_eq!(code(proposed().investigator()), "signed");
        assert_eq!(code(proposed().lead()), "investigators-only");
        let left = proposed().joins(THIRD).leaves(INVESTIGATOR);
        assert_eq!(code(left.second()), "nothing-proposed", "who signed is out");
        assert_eq!(
            code(proposed().assessed(Some("not-exempted")).second()),
            "proposal-void"
        );
        assert_eq!(code(Given::concluded().second()), "concluded");
    }
}
