//! 受理: the bureau takes the application up (六（二）). Never a judgement on the merits.

use crate::act::Perform;
use crate::case::{Case, Done};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// The bureau accepts the application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accept {}

impl Perform for Accept {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_be_bureau_staff(case)?;
        if case.accepted.is_some() {
            return Err(Refusal::already("这个案件已经受理了。"));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Ok(vec![Accepted { on: ctx.today() }.into()])
    }
}

/// 已受理
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The day.
    pub on: Date,
}

impl Recorded for Accepted {
    sealed_part!();

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.accepted = Some(Done {
            on: self.on,
            by: meta.actor,
            stood: meta.stood.clone(),
            note: String::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    #[test]
    fn accepted_once_by_the_bureau() {
        let case = Given::received().intake().when(Accept {}).then();
        assert_eq!(case.accepted.unwrap().on, Date::constant(2026, 9, 17));
    }

    #[test]
    fn refusals() {
        assert_eq!(Given::nothing().intake().when(Accept {}).refused().code, "not-found");
        assert_eq!(Given::received().worker().when(Accept {}).refused().code, "bureau-only");
        assert_eq!(
            Given::received().discipline_lead().when(Accept {}).refused().code,
            "bureau-only"
        );
        assert_eq!(
            Given::accepted().intake().when(Accept {}).refused().code,
            "already-done"
        );
    }
}
