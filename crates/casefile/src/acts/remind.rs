//! 提醒: a party that has not done its part is reminded, on record.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::words;
use crate::{Context, sealed_part};
use base::Date;
use base::law::{Party, Procedure};
use serde::{Deserialize, Serialize};

/// A party is reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remind {
    /// Which.
    pub party: Party,
}

impl Case {
    /// The parties whose word is being waited for: an opinion, the city's coordination, a confirmation.
    pub fn awaited_parties(&self, procedure: &Procedure) -> Vec<Party> {
        let mut awaited = if self.conclusion.is_some() {
            self.missing_opinions(procedure)
        } else {
            Vec::new()
        };
        if self.escalation.is_some() && !self.is_coordinated() {
            awaited.push(Party::City);
        }
        awaited.extend(self.missing_confirmations());
        awaited
    }
}

impl Perform for Remind {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        if ctx.must_lead(case).is_err() {
            ctx.must_be_bureau_staff(case)?;
        }
        if case.awaited_parties(ctx.procedure).is_empty() {
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
        if case.reminders.contains(&(self.party, ctx.today())) {
            return Err(Refusal::conflict(format!(
                "今天已经提醒过{}。",
                words::party(self.party)
            )));
        }
        Ok(vec![
            Reminded {
                party: self.party,
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
    /// The day.
    pub on: Date,
}

impl Recorded for Reminded {
    sealed_part!();

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.reminders.push((self.party, self.on));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Opine;
    use crate::testing::Given;

    const GROUP: Remind = Remind {
        party: Party::Discipline,
    };

    #[test]
    fn by_the_other_party_or_bureau_staff_once_a_day() {
        let given = Given::concluded().intake().done(GROUP);
        assert_eq!(given.case.reminders.len(), 1);
        assert_eq!(given.when(GROUP).refused().code, "moved-on");
        Given::concluded()
            .discipline_lead()
            .done(Remind { party: Party::Bureau });
    }

    #[test]
    fn refusals() {
        assert_eq!(Given::accepted().intake().when(GROUP).refused().code, "nobody-awaited");
        assert_eq!(Given::concluded().worker().when(GROUP).refused().code, "bureau-only");
        assert_eq!(
            Given::concluded().discipline_lead().when(GROUP).refused().code,
            "fields"
        );
        let in_already = Given::concluded().discipline_lead().done(Opine {
            outcome: "exempted".into(),
            reason: "符合".into(),
        });
        assert_eq!(in_already.lead().when(GROUP).refused().code, "fields");
    }
}
