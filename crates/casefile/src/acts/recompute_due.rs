//! 到期日重算: when a year's arrangement of holidays is published, a provisional due date becomes a certain one. Old and
//! new stay on record. The due date depends on the day of receipt, the calendar and the pack, and on nothing else.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, Role, sealed_part};
use base::calendar::Due;
use base::{Date, Digest};
use serde::{Deserialize, Serialize};

/// The system works the due date out anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecomputeDue {}

impl Perform for RecomputeDue {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_open()?;
        if ctx.actor.capacity.role != Role::System {
            return Err(Refusal::not_you(
                "system-only",
                "到期日由系统按放假安排重算，不能由人改。",
                "放假安排有错的，请管理员重新导入。",
                "七（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let receipt = case.receipt.as_ref().ok_or_else(Refusal::not_found)?;
        let new = ctx.due(receipt.received_on);
        if new == receipt.due {
            return Err(Refusal::not_yet(
                "unchanged",
                "到期日没有变化，不用重算。",
                "什么也不用做。",
                "七（二）",
            ));
        }
        Ok(vec![
            DueRecomputed {
                on: ctx.today(),
                old: receipt.due,
                new,
                calendar: ctx.calendar.digest(),
            }
            .into(),
        ])
    }
}

/// 到期日已重算
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRecomputed {
    /// The day.
    pub on: Date,
    /// What it was.
    pub old: Due,
    /// What it is.
    pub new: Due,
    /// The calendar it was worked out with.
    pub calendar: Digest,
}

impl Recorded for DueRecomputed {
    sealed_part!();

    fn apply(&self, case: &mut Case, _: &Meta) {
        if let Some(receipt) = &mut case.receipt {
            receipt.earlier_due.push(self.old);
            receipt.due = self.new;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, SYSTEM};

    #[test]
    fn old_and_new_stay_on_record() {
        let given = Given::provisional();
        let old = given.case.receipt.as_ref().unwrap().due;
        assert!(old.provisional);
        let case = given.published_2027().by(SYSTEM).when(RecomputeDue {}).then();
        let receipt = case.receipt.unwrap();
        assert_eq!(receipt.earlier_due, [old]);
        assert!(!receipt.due.provisional);
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::received().by(SYSTEM).when(RecomputeDue {}).refused().code,
            "unchanged"
        );
        assert_eq!(
            Given::provisional()
                .published_2027()
                .lead()
                .when(RecomputeDue {})
                .refused()
                .code,
            "system-only"
        );
        assert_eq!(
            Given::nothing().by(SYSTEM).when(RecomputeDue {}).refused().code,
            "not-found"
        );
    }
}
