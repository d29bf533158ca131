//! 更换调查人: one goes, another may come in their place. Where nobody comes and fewer than the floor remain, the event
//! says so (七（二）); concluding is then refused until somebody is assigned.

use crate::act::Perform;
use crate::acts::assign::{Assigned, Assignee, must_assign, why_not};
use crate::acts::declare_recusal::Remain;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::{Date, PersonId};
use serde::{Deserialize, Serialize};

/// A lead replaces an investigator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplaceInvestigator {
    /// Who goes.
    pub out: PersonId,
    /// Who comes, where somebody does.
    pub new: Option<Assignee>,
    /// Why.
    pub reason: String,
}

impl Perform for ReplaceInvestigator {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        must_assign(case, ctx)?;
        if case.investigators.iter().all(|investigator| investigator.left) {
            return Err(Refusal::not_yet(
                "nobody-assigned",
                "还没有调查人，不用更换。",
                "请先指派。",
                "七（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check
            .that(
                case.investigators.iter().any(|i| i.person == self.out && !i.left),
                "out",
                "这个人不是本案调查人。请另选一人。",
            )
            .required("reason", "更换的理由", &self.reason, LONG_TEXT);
        if let Some(sentence) = self.new.as_ref().and_then(|new| why_not(case, ctx, new)) {
            check.that(false, "new", sentence);
        }
        check.done()?;
        let others = case.active_investigators().filter(|i| i.person != self.out).count();
        let remain = Remain::of(others + usize::from(self.new.is_some()), ctx);
        let (new, new_name) = self.new.map(Assigned::split).unzip();
        let event = InvestigatorReplaced {
            on: ctx.today(),
            out: self.out,
            new,
            remain,
            sealed: InvestigatorReplacedText {
                new_name: new_name.unwrap_or_default(),
                reason: self.reason,
            },
        };
        Ok(vec![event.into()])
    }
}

/// 调查人已更换
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvestigatorReplaced {
    /// The day.
    pub on: Date,
    /// Who went.
    pub out: PersonId,
    /// Who came.
    pub new: Option<Assigned>,
    /// Who is left to investigate.
    pub remain: Remain,
    /// The words.
    #[serde(skip)]
    pub sealed: InvestigatorReplacedText,
}

/// The sealed part of [`InvestigatorReplaced`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvestigatorReplacedText {
    /// 姓名 of who came; empty where nobody did.
    pub new_name: String,
    /// Why.
    pub reason: String,
}

impl Recorded for InvestigatorReplaced {
    sealed_part!(InvestigatorReplacedText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        for investigator in case.investigators.iter_mut().filter(|i| i.person == self.out) {
            investigator.left = true;
        }
        if let Some(new) = self.new {
            case.investigators
                .push(new.investigator(&self.sealed.new_name, self.on));
        }
        case.void_proposal_of(self.out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, INVESTIGATOR, LEAD, THIRD, assignee};

    fn replace(out: PersonId, new: Option<PersonId>) -> ReplaceInvestigator {
        ReplaceInvestigator {
            out,
            new: new.map(assignee),
            reason: "调离岗位。".into(),
        }
    }

    #[test]
    fn one_goes_another_comes() {
        let case = Given::assigned().lead().when(replace(INVESTIGATOR, Some(THIRD))).then();
        assert!(!case.is_investigating(INVESTIGATOR) && case.is_investigating(THIRD));
        assert!(case.ever_investigated(INVESTIGATOR));
        assert_eq!(case.investigators_missing(2), 0);
    }

    #[test]
    fn below_the_floor_it_is_said() {
        let when = Given::assigned().lead().when(replace(INVESTIGATOR, None));
        let Some(Event::InvestigatorReplaced(event)) = when.result.as_ref().ok().and_then(|events| events.first())
        else {
            panic!("replaced");
        };
        assert_eq!(event.remain.missing(), 1);
        assert_eq!(when.then().investigators_missing(2), 1);
    }

    #[test]
    fn refusals() {
        let field = |act| Given::assigned().lead().when(act).refused().fields[0].field.clone();
        assert_eq!(field(replace(THIRD, None)), "out");
        assert_eq!(field(replace(INVESTIGATOR, Some(LEAD))), "new");
        let mut act = replace(INVESTIGATOR, None);
        act.reason.clear();
        assert_eq!(field(act), "reason");
        let given = Given::accepted().lead();
        assert_eq!(
            given.when(replace(INVESTIGATOR, None)).refused().code,
            "nobody-assigned"
        );
        assert_eq!(
            Given::assigned()
                .intake()
                .when(replace(INVESTIGATOR, None))
                .refused()
                .code,
            "leads-only"
        );
    }
}
