//! 到期提醒: the calendar reminds whoever a case waits for, at the pack's thresholds, once each; then it tells the city:
//! of a conclusion that is late, and of a case to which nobody was assigned in time. Never a decision.

use crate::act::Perform;
use crate::acts::remind::{Reminded, Reminder, ReminderCause};
use crate::case::Case;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::waiting::{Waiting, waiting};
use crate::{ActName, Context, Role};
use base::Date;
use base::law::Party;

/// What is due today is reminded of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RemindDue {}

impl Perform for RemindDue {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_open()?;
        if ctx.actor.capacity.role != Role::System {
            return Err(Refusal::not_you(
                "system-only",
                "这一步由系统办。",
                "请回到案件看现在等谁。",
                "七（二）",
            ));
        }
        if due(case, ctx).is_empty() {
            return Err(Refusal::not_yet(
                "nobody-due",
                "今天没有要提醒的。",
                "到提醒的日子再办。",
                "七（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Ok(due(case, ctx).into_iter().map(Event::from).collect())
    }
}

/// The reminders of today that are not on record yet.
fn due(case: &Case, ctx: &Context) -> Vec<Reminded> {
    let today = ctx.today();
    let waits = waiting(case, ctx.procedure, ctx.assessment, ctx.calendar, today);
    let waits: Vec<_> = waits.iter().filter(|wait| wait.act != ActName::Remind).collect();
    let mut all = conclusion(case, ctx, &waits);
    all.extend(steps(case, ctx, &waits));
    let known = |one: &Reminded| {
        let same = |reminder: &Reminder| {
            reminder.to == one.party && reminder.cause == one.cause && reminder.about == one.about
        };
        case.reminders.iter().any(same)
    };
    let mut new: Vec<Reminded> = Vec::new();
    for one in all {
        if !known(&one) && !new.contains(&one) {
            new.push(one);
        }
    }
    new
}

fn reminded(party: Party, cause: ReminderCause, about: Date, on: Date) -> Reminded {
    Reminded {
        party,
        cause,
        about: Some(about),
        on,
    }
}

/// The statutory day: the tightest threshold reached, then that it is past, which the city hears too.
fn conclusion(case: &Case, ctx: &Context, waits: &[&Waiting]) -> Vec<Reminded> {
    let runs = case.is_running() && case.conclusion.is_none() && case.rounds.is_empty();
    let Some(day) = case.receipt.as_ref().map(|receipt| receipt.due.due).filter(|_| runs) else {
        return Vec::new();
    };
    let today = ctx.today();
    let left = ctx.calendar.working_days_between(today, day);
    let reached = ctx
        .procedure
        .reminders
        .iter()
        .filter(|days| left <= i32::from(**days))
        .min();
    let cause = match (day < today, reached) {
        (true, _) => ReminderCause::Overdue,
        (false, Some(days)) => ReminderCause::Left(*days),
        (false, None) => return Vec::new(),
    };
    let mut parties: Vec<_> = waits.iter().filter_map(|wait| wait.who.party(case)).collect();
    if cause == ReminderCause::Overdue {
        parties.push(Party::City);
    }
    parties
        .into_iter()
        .map(|party| reminded(party, cause, day, today))
        .collect()
}

/// Steps whose target is past; the city hears where nobody is assigned.
fn steps(case: &Case, ctx: &Context, waits: &[&Waiting]) -> Vec<Reminded> {
    let today = ctx.today();
    let statutory = case.receipt.as_ref().map(|receipt| receipt.due.due);
    let mut all = Vec::new();
    for wait in waits {
        let Some(target) = wait.due.filter(|due| *due < today && Some(*due) != statutory) else {
            continue;
        };
        if wait.act == ActName::Assign {
            all.push(reminded(Party::City, ReminderCause::Unassigned, target, today));
        }
        all.extend(
            wait.who
                .party(case)
                .map(|party| reminded(party, ReminderCause::Step, target, today)),
        );
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Remind;
    use crate::testing::{COORDINATOR, Given, LEAD, SYSTEM};

    fn told(given: &Given) -> Vec<(Party, ReminderCause)> {
        given
            .case
            .reminders
            .iter()
            .map(|reminder| (reminder.to, reminder.cause))
            .collect()
    }

    fn city_waits(given: &Given) -> bool {
        let calendar = base::calendar::Calendar::shipped();
        let waits = waiting(
            &given.case,
            &given.procedure,
            &given.assessment,
            &calendar,
            given.today(),
        );
        waits.iter().any(|wait| wait.act == ActName::Remind)
    }

    #[test]
    fn once_at_each_threshold_and_then_the_city() {
        let mut given = Given::heard().by(SYSTEM);
        let mut told_on = Vec::new();
        while given.today() < Date::constant(2026, 10, 14) {
            given = given.next_day();
            if given.ready(ActName::RemindDue).is_ok() {
                let before = given.case.reminders.len();
                given = given.done(RemindDue {});
                told_on.push((given.today().to_string(), given.case.reminders[before].cause));
                assert_eq!(given.ready(ActName::RemindDue).unwrap_err().code, "nobody-due", "once");
            }
        }
        use ReminderCause::{Left, Overdue};
        let expected = [
            ("2026-09-29", Left(5)),
            ("2026-10-09", Left(2)),
            ("2026-10-12", Left(0)),
            ("2026-10-13", Overdue),
        ];
        assert_eq!(told_on, expected.map(|(day, cause)| (day.to_owned(), cause)));
        assert_eq!(told(&given).last(), Some(&(Party::City, Overdue)));
        // The city reminds the county, and waits no longer.
        assert!(city_waits(&given));
        let given = given.by(COORDINATOR).done(Remind { party: Party::Bureau });
        assert!(!city_waits(&given));
    }

    #[test]
    fn a_case_without_an_assignee_reaches_the_city() {
        let given = Given::accepted()
            .by(SYSTEM)
            .on(Date::constant(2026, 9, 23))
            .done(RemindDue {});
        use ReminderCause::{Step, Unassigned};
        let all = [
            (Party::City, Unassigned),
            (Party::Bureau, Step),
            (Party::Discipline, Step),
        ];
        assert_eq!(told(&given), all);
        assert!(city_waits(&given));
        let assigned = given.joins(crate::testing::INVESTIGATOR).joins(crate::testing::SECOND);
        assert!(!city_waits(&assigned), "somebody is assigned");
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::nothing().by(SYSTEM).when(RemindDue {}).refused().code,
            "not-found"
        );
        assert_eq!(
            Given::accepted().by(LEAD).when(RemindDue {}).refused().code,
            "system-only"
        );
        assert_eq!(
            Given::accepted().by(SYSTEM).when(RemindDue {}).refused().code,
            "nobody-due"
        );
        assert_eq!(Given::filed().by(SYSTEM).when(RemindDue {}).refused().code, "filed");
    }
}
