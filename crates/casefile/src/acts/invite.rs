//! 申辩告知: the bureau invites the applicant to state and defend (七（一）), and says until when.
//!
//! The day comes from the pack's step `state`. The applicant may have spoken before and may speak after; the
//! invitation is what the conclusion may not go without.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use base::law::Unit;
use serde::{Deserialize, Serialize};

/// The bureau invites the applicant to speak.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invite {
    /// What the applicant is asked to speak to; may be empty.
    pub matters: String,
}

impl Perform for Invite {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_be_bureau_staff(case)?;
        if case.conclusion.is_some() {
            return Err(Refusal::not_yet(
                "concluded",
                "调查结论已经作出，不用再发申辩告知。",
                "认定以后不服的，申请人可以申请复核。",
                "七（一）",
            ));
        }
        if case.statement.invited.is_some() {
            return Err(Refusal::already("申辩告知已经发出了。"));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Check::new()
            .optional("matters", "要说明的事", &self.matters, LONG_TEXT)
            .done()?;
        let days = ctx.step_days("state").unwrap_or(0);
        Ok(vec![
            Invited {
                on: ctx.today(),
                until: ctx.calendar.deadline(ctx.today(), days, Unit::WorkingDays).due,
                sealed: InvitationText { matters: self.matters },
            }
            .into(),
        ])
    }
}

/// The applicant was invited to speak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The day.
    pub on: Date,
    /// The last day to speak.
    pub until: Date,
    /// What to speak to.
    #[serde(skip)]
    pub sealed: InvitationText,
}

/// The sealed part of [`Invited`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationText {
    /// What the applicant is asked to speak to.
    pub matters: String,
}

impl Recorded for Invited {
    sealed_part!(InvitationText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.statement.invited = Some((self.on, self.until));
        case.statement.matters = self.sealed.matters.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    #[test]
    fn the_last_day_is_the_packs_step_in_working_days() {
        // Thursday 17 September; 18, 20 (a make-up Sunday) and 21 September are working days.
        let case = Given::accepted().intake().when(Invite::default()).then();
        let (on, until) = case.statement.invited.unwrap();
        assert_eq!((on, until), (Date::constant(2026, 9, 17), Date::constant(2026, 9, 21)));
        assert!(!case.is_heard());
    }

    #[test]
    fn refusals() {
        let code = |given: Given| given.when(Invite::default()).refused().code;
        assert_eq!(code(Given::nothing().intake()), "not-found");
        assert_eq!(code(Given::accepted().discipline_lead()), "bureau-only");
        assert_eq!(code(Given::accepted().intake().done(Invite::default())), "already-done");
        assert_eq!(code(Given::concluded().intake()), "concluded");
        let long = Invite {
            matters: "事".repeat(LONG_TEXT + 1),
        };
        assert_eq!(
            Given::accepted().intake().when(long).refused().field_names(),
            ["matters"]
        );
    }
}
