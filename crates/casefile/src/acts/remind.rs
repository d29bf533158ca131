//! 提醒: a party that has not done its part is reminded, on record; by the other party, or by the city.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::words;
use crate::{Context, Role, sealed_part};
use base::Date;
use base::law::{Party, Procedure};
use serde::{Deserialize, Serialize};

/// A party is reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remind {
    /// Which.
    pub party: Party,
}

/// Why a party was reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderCause {
    /// Somebody asked for it.
    Asked,
    /// At most that many working days are left for the conclusion.
    Left(u8),
    /// The day of the conclusion is past.
    Overdue,
    /// A step's target is past.
    Step,
    /// Nobody was assigned by the target of the assignment.
    Unassigned,
}

/// A reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// To whom.
    pub to: Party,
    /// When.
    pub on: Date,
    /// Why.
    pub cause: ReminderCause,
    /// The day it is about, where it is about one.
    pub about: Option<Date>,
    /// From which party; `None` where the calendar brought it about.
    pub by: Option<Party>,
}

impl Case {
    /// The parties whose part is being waited for: receiving, assigning, investigating, an opinion, the city's
    /// coordination, a confirmation.
    pub fn awaited_parties(&self, procedure: &Procedure) -> Vec<Party> {
        let mut awaited = match (&self.accepted, &self.conclusion) {
            (_, Some(_)) => self.missing_opinions(procedure),
            (None, None) => vec![Party::Bureau],
            (Some(_), None) if self.investigators_missing(procedure.investigators) > 0 => {
                vec![Party::Bureau, Party::Discipline]
            }
            (Some(_), None) => self
                .active_investigators()
                .map(|i| i.party.unwrap_or(Party::Bureau))
                .collect(),
        };
        if self.escalation.is_some() && !self.is_coordinated() {
            awaited.push(Party::City);
        }
        awaited.extend(self.missing_confirmations());
        awaited.sort_unstable();
        awaited.dedup();
        awaited
    }
}

impl Perform for Remind {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        if ctx.actor.capacity.role == Role::Coordinator {
            ctx.must_be_impartial(case)?;
        } else if ctx.must_lead(case).is_err() {
            ctx.must_be_bureau_staff(case)?;
        }
        let own = ctx.own_party(case);
        if case
            .awaited_parties(ctx.procedure)
            .iter()
            .all(|party| Some(*party) == own)
        {
            return Err(Refusal::not_yet(
                "nobody-awaited",
                "现在没有要提醒的单位。",
                "请看现在等谁。",
                "六（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        if !case.awaited_parties(ctx.procedure).contains(&self.party) {
            return Err(Refusal::field(
                "party",
                format!("现在不是在等{}。请另选一家。", words::party(self.party)),
            ));
        }
        if ctx.own_party(case) == Some(self.party) {
            return Err(Refusal::field("party", "不用提醒自己。请另选一家。"));
        }
        let own = ctx.actor.capacity.party;
        let today = |reminder: &Reminder| reminder.to == self.party && reminder.on == ctx.today() && reminder.by == own;
        if case.reminders.iter().any(today) {
            return Err(Refusal::already(format!(
                "今天已经提醒过{}。",
                words::party(self.party)
            )));
        }
        Ok(vec![
            Reminded {
                party: self.party,
                cause: ReminderCause::Asked,
                about: None,
                on: ctx.today(),
            }
            .into(),
        ])
    }
}

/// 已提醒
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// Which party.
    pub party: Party,
    /// Why.
    pub cause: ReminderCause,
    /// The day it is about, where it is about one.
    pub about: Option<Date>,
    /// The day.
    pub on: Date,
}

impl Recorded for Reminded {
    sealed_part!();

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.reminders.push(Reminder {
            to: self.party,
            on: self.on,
            cause: self.cause,
            about: self.about,
            by: meta.capacity.party,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Opine;
    use crate::testing::{COORDINATOR, Given};

    const GROUP: Remind = Remind {
        party: Party::Discipline,
    };

    #[test]
    fn by_the_other_party_or_bureau_staff_once_a_day() {
        let given = Given::concluded().intake().done(GROUP);
        assert_eq!(given.case.reminders.len(), 1);
        assert_eq!(given.when(GROUP).refused().code, "already-done");
        Given::concluded()
            .discipline_lead()
            .done(Remind { party: Party::Bureau });
    }

    #[test]
    fn the_city_reminds_either_whatever_is_waited_for() {
        let given = Given::received().by(COORDINATOR).done(Remind { party: Party::Bureau });
        assert_eq!(given.case.reminders[0].by, Some(Party::City));
        Given::accepted().by(COORDINATOR).done(GROUP);
        Given::concluded().intake().done(GROUP).by(COORDINATOR).done(GROUP);
    }

    #[test]
    fn refusals() {
        assert_eq!(Given::received().intake().when(GROUP).refused().code, "nobody-awaited");
        assert_eq!(Given::concluded().worker().when(GROUP).refused().code, "bureau-only");
        assert_eq!(
            Given::concluded().discipline_lead().when(GROUP).refused().code,
            "fields"
        );
        let in_already = Given::concluded().discipline_lead().done(Opine {
            outcome: "exempted".into(),
            reason: "符合".into(),
        });
        assert_eq!(in_already.by(COORDINATOR).when(GROUP).refused().code, "fields");
    }
}
