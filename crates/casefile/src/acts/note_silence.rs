//! 载明未提意见: a party kept silent, was reminded, and the city was asked; its silence is named on record and the
//! determination may go on. Silence never becomes a decision, and never makes the other party late.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{self, LONG_TEXT};
use crate::{Context, sealed_part};
use base::Date;
use base::law::{Party, Silence};
use serde::{Deserialize, Serialize};

/// The bureau's lead names a silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSilence {
    /// Whose.
    pub party: Party,
    /// What was done to hear the party, in words.
    pub reason: String,
}

impl Perform for NoteSilence {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_concluded()?;
        ctx.must_judge_for_bureau(case)?;
        if ctx.procedure.silence == Silence::Wait {
            return Err(Refusal::not_lawful(
                "silence-waits",
                "没有对方的意见，不能往下办。",
                "请提醒对方。",
                "六（二）",
            ));
        }
        if case.escalation.is_none() && !case.is_led_by_city() {
            return Err(Refusal::not_yet(
                "not-escalated",
                "还没有上报市民政局。",
                "请先提醒对方，再上报重大事项。",
                "六（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let awaited = self.party != Party::Bureau && case.awaited_parties(ctx.procedure).contains(&self.party);
        let mut check = Check::new();
        check
            .that(
                awaited,
                "party",
                format!("现在不是在等{}。请另选一家。", words::party(self.party)),
            )
            .required("reason", "经过", &self.reason, LONG_TEXT);
        check.done()?;
        if !case.reminders.iter().any(|reminder| reminder.to == self.party) {
            return Err(Refusal::not_yet(
                "not-reminded",
                format!("还没有提醒过{}。", words::party(self.party)),
                "请先提醒对方。",
                "六（二）",
            ));
        }
        if self.party != Party::City && !case.is_coordinated() {
            return Err(Refusal::not_yet(
                "not-coordinated",
                "市民政局还没有协调。",
                "请等市民政局协调。",
                "六（二）",
            ));
        }
        let (step, from) = match self.party {
            Party::City => ("coordinate", case.escalation.as_ref().map(|escalation| escalation.on)),
            _ => ("opine", case.conclusion.as_ref().map(|conclusion| conclusion.on)),
        };
        if !from.is_some_and(|from| ctx.step_is_over(step, from)) {
            return Err(Refusal::not_yet(
                "still-in-time",
                format!("{}的期限还没到。", words::party(self.party)),
                "请等到期以后再载明。",
                "六（二）",
            ));
        }
        Ok(vec![
            SilenceNoted {
                party: self.party,
                on: ctx.today(),
                sealed: SilenceText { reason: self.reason },
            }
            .into(),
        ])
    }
}

/// 已载明未提意见
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceNoted {
    /// Whose silence.
    pub party: Party,
    /// The day.
    pub on: Date,
    /// What was done to hear the party.
    #[serde(skip)]
    pub sealed: SilenceText,
}

/// The sealed part of [`SilenceNoted`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceText {
    /// What was done to hear the party.
    pub reason: String,
}

impl Recorded for SilenceNoted {
    sealed_part!(SilenceText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.silent.push(self.party);
        if let (Party::City, Some(escalation)) = (self.party, &mut case.escalation) {
            escalation.city_silent = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{Coordinate, Escalate, OpenOpinions, Opine, Remind};
    use crate::testing::{COORDINATOR, Given, SYSTEM};

    fn silence() -> NoteSilence {
        NoteSilence {
            party: Party::Discipline,
            reason: "两次提醒，没有回复。".into(),
        }
    }

    fn reminded() -> Given {
        let opined = Given::concluded().lead().done(Opine {
            outcome: "exempted".into(),
            reason: "符合".into(),
        });
        opined.done(Remind {
            party: Party::Discipline,
        })
    }

    fn escalated() -> Given {
        reminded().days(8).done(Escalate {
            grounds: vec!["silence".into()],
            reason: "一直没有提意见。".into(),
        })
    }

    #[test]
    fn after_reminder_escalation_and_coordination() {
        let given = escalated().by(COORDINATOR).done(Coordinate {
            text: "请尽快提意见。".into(),
        });
        let case = given.by(SYSTEM).done(OpenOpinions {}).lead().when(silence()).then();
        assert_eq!(case.silent, [Party::Discipline]);
        assert!(case.opinions_settled(&crate::testing::procedure()));
    }

    #[test]
    fn a_silent_city_does_not_hold_the_case() {
        let given = escalated().done(Remind { party: Party::City }).days(20);
        let given = given.done(NoteSilence {
            party: Party::City,
            reason: "提醒过，没有协调。".into(),
        });
        assert!(given.case.is_coordinated());
        given.done(silence());
    }

    #[test]
    fn refusals() {
        let mut waits = reminded();
        waits.procedure.silence = Silence::Wait;
        assert_eq!(waits.when(silence()).refused().code, "silence-waits");
        assert_eq!(reminded().when(silence()).refused().code, "not-escalated");
        assert_eq!(escalated().when(silence()).refused().code, "not-coordinated");
        assert_eq!(
            escalated().discipline_lead().when(silence()).refused().code,
            "bureau-lead-only"
        );
        let empty = NoteSilence {
            party: Party::Bureau,
            reason: String::new(),
        };
        assert_eq!(escalated().when(empty).refused().fields.len(), 2);
        let city = NoteSilence {
            party: Party::City,
            reason: "没有协调。".into(),
        };
        assert_eq!(escalated().when(city.clone()).refused().code, "not-reminded");
        let early = escalated().done(Remind { party: Party::City });
        assert_eq!(early.when(city).refused().code, "still-in-time");
    }
}
