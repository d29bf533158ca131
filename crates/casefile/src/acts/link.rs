//! 关联: cases of one matter are linked; one person one case stays the rule (六（一）).
//!
//! The link is recorded on this case; the caller finds the other by its number and records the counterpart there.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, sealed_part};
use base::{CaseId, Date};
use serde::{Deserialize, Serialize};

/// The bureau links another case of the same matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The other case's receipt number, as it was typed.
    pub number: String,
    /// The case of that number; `None` where there is none that the actor may see.
    pub other: Option<CaseId>,
}

impl Perform for Link {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_received()?;
        ctx.must_be_bureau_staff(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let Some(other) = self.other else {
            return Err(Refusal::field(
                "other",
                "找不到这个收件编号。可能写错了，也可能不归本局办。请看一下。",
            ));
        };
        if other == case.id {
            return Err(Refusal::field("other", "不能和自己关联。请写另一个案件的收件编号。"));
        }
        if case.linked.contains(&other) {
            return Err(Refusal::field("other", "这两个案件已经关联了，不用再关联。"));
        }
        Ok(vec![Linked { on: ctx.today(), other }.into()])
    }
}

/// 已关联
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// The day.
    pub on: Date,
    /// The other case.
    pub other: CaseId,
}

impl Recorded for Linked {
    sealed_part!();

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.linked.push(self.other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, intake};

    #[test]
    fn linked_once_to_another() {
        let link = |other| Link {
            number: String::new(),
            other,
        };
        let (own, another) = (intake().case, CaseId([101; 16]));
        let given = Given::received().intake().done(link(Some(another)));
        assert_eq!(given.case.linked, [another]);
        assert_eq!(given.when(link(Some(another))).refused().field_names(), ["other"]);
        for wrong in [None, Some(own)] {
            assert_eq!(
                Given::received().intake().when(link(wrong)).refused().field_names(),
                ["other"]
            );
        }
        let act = || link(Some(another));
        assert_eq!(
            Given::received().discipline_lead().when(act()).refused().code,
            "bureau-only"
        );
        assert_eq!(Given::nothing().intake().when(act()).refused().code, "not-found");
    }
}
