//! 保密令: the discipline side orders that the readings of its institution are not shown to the applicant until a day.
//!
//! Ours where the notice is silent: the applicant sees which institution opened the case and when, and where a clue is
//! being checked that would be a tip-off. It holds once a second person confirms it ([`super::confirm_secrecy`]), then
//! for the readings from the day of the order on, and ends by itself: what was read appears when it ends. The reading
//! itself is recorded as ever; what the applicant sees of anything else does not change.

use crate::act::Perform;
use crate::case::Case;
use crate::context::Role;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::law::Party;
use base::{ActId, Date, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};

/// The longest an order holds, in days: three months, in which a clue is checked or becomes a case of its own. Whoever
/// needs longer orders again, with reasons that are looked at again.
pub const MOST_DAYS: i32 = 92;

/// The group's lead, or the coordinator of the group at the city, orders secrecy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSecrecy {
    /// The last day.
    pub until: Date,
    /// Why.
    pub reason: String,
}

/// An order of secrecy (保密令).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrecy {
    /// The act that ordered it.
    pub order: ActId,
    /// Whose readings it covers.
    pub institution: InstitutionId,
    /// Who ordered it.
    pub by: PersonId,
    /// Name as it stood.
    pub by_name: String,
    /// From the readings of this day on.
    pub on: Date,
    /// To the readings of this day; it ends with it.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Who confirmed it, and when; it does not hold before.
    pub confirmed: Option<(PersonId, Date)>,
}

impl Case {
    /// Whether a reading by `institution` on the day `read` is not shown to the applicant on the day `today`.
    pub fn is_secret(&self, institution: InstitutionId, read: Date, today: Date) -> bool {
        let covers = |order: &&Secrecy| order.institution == institution && order.on <= read && read <= order.until;
        let in_force = |order: &Secrecy| order.confirmed.is_some() && today <= order.until;
        self.secrecy.iter().filter(covers).any(in_force)
    }

    /// The orders that wait for a second person and have not run out.
    pub fn unconfirmed_secrecy(&self, today: Date) -> impl Iterator<Item = &Secrecy> {
        let open = move |order: &&Secrecy| order.confirmed.is_none() && today <= order.until;
        self.secrecy.iter().filter(open)
    }
}

impl Perform for OrderSecrecy {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_received()?;
        let capacity = ctx.actor.capacity;
        if !capacity.is(Role::Lead, Party::Discipline) && !capacity.is(Role::Coordinator, Party::CityDiscipline) {
            return Err(Refusal::not_you(
                "discipline-only",
                "保密令由驻局纪检监察组负责人或者驻市民政局纪检监察组下。",
                "请交给他们。",
                "本系统默认",
            ));
        }
        ctx.must_be_impartial(case)?;
        let mut waiting = case.unconfirmed_secrecy(ctx.today());
        if waiting.any(|order| order.institution == capacity.institution) {
            return Err(Refusal::not_yet(
                "not-confirmed",
                "已经有一道保密令在等第二个人确认。",
                "请等确认。",
                "本系统默认",
            ));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let today = ctx.today();
        let mut check = Check::new();
        check
            .that(self.until > today, "until", "保密到的那一天要晚于今天。")
            .that(
                (self.until - today).get_days() <= MOST_DAYS,
                "until",
                format!("最多保密 {MOST_DAYS} 天。还要更久的，到期以后再下一次，重新写理由。"),
            )
            .required("reason", "理由", &self.reason, LONG_TEXT);
        check.done()?;
        let event = SecrecyOrdered {
            institution: ctx.actor.capacity.institution,
            on: today,
            until: self.until,
            sealed: SecrecyOrderedText { reason: self.reason },
        };
        Ok(vec![event.into()])
    }
}

/// 已下保密令
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecrecyOrdered {
    /// Whose readings.
    pub institution: InstitutionId,
    /// The day.
    pub on: Date,
    /// The last day.
    pub until: Date,
    /// In words.
    #[serde(skip)]
    pub sealed: SecrecyOrderedText,
}

/// The sealed part of [`SecrecyOrdered`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecrecyOrderedText {
    /// Why.
    pub reason: String,
}

impl Recorded for SecrecyOrdered {
    sealed_part!(SecrecyOrderedText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.secrecy.push(Secrecy {
            order: meta.act,
            institution: self.institution,
            by: meta.actor,
            by_name: meta.stood.name.clone(),
            on: self.on,
            until: self.until,
            reason: self.sealed.reason.clone(),
            confirmed: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::*;
    use crate::testing::*;

    fn order(given: &Given, days: i32, reason: &str) -> OrderSecrecy {
        OrderSecrecy {
            until: (0..days).fold(given.today(), |day, _| day.tomorrow().unwrap()),
            reason: reason.into(),
        }
    }

    #[test]
    fn it_holds_from_the_confirmation_for_what_was_read_since_the_order() {
        let given = Given::accepted().discipline_lead();
        let first = given.today();
        let act = order(&given, 30, "正在核实线索。");
        let given = given.done(act);
        let ordered = given.case.secrecy[0].clone();
        let (group, until) = (ordered.institution, ordered.until);
        assert!(!given.case.is_secret(group, first, first), "nobody has confirmed it");
        let given = given.next_day().lead().done(ConfirmSecrecy {});
        let case = &given.case;
        let bureau = case.receipt.as_ref().unwrap().bureau;
        let after = until.tomorrow().unwrap();
        let before = first.yesterday().unwrap();
        let table = [
            (group, first, first.tomorrow().unwrap(), true),
            (group, until, until, true),
            (group, before, first.tomorrow().unwrap(), false),
            (bureau, first, first.tomorrow().unwrap(), false),
            (group, first, after, false),
            (group, after, after, false),
        ];
        for (institution, read, today, secret) in table {
            assert_eq!(case.is_secret(institution, read, today), secret, "{read} {today}");
        }
    }

    #[test]
    fn refusals() {
        let table = [
            ("not-found", Given::nothing().discipline_lead()),
            ("discipline-only", Given::accepted().lead()),
            ("discipline-only", Given::accepted().intake()),
            ("discipline-only", Given::accepted().by(COORDINATOR)),
            ("discipline-only", Given::accepted().worker()),
            ("not-confirmed", {
                let given = Given::accepted().discipline_lead();
                let act = order(&given, 30, "正在核实线索。");
                given.done(act)
            }),
        ];
        for (code, given) in table {
            let act = order(&given, 30, "正在核实线索。");
            assert_eq!(given.when(act).refused().code, code);
        }
        let fields: [(i32, &str, &[&str]); 4] = [
            (0, "线索", &["until"]),
            (MOST_DAYS + 1, "线索", &["until"]),
            (MOST_DAYS, "", &["reason"]),
            (0, "", &["until", "reason"]),
        ];
        for (days, reason, wrong) in fields {
            let given = Given::accepted().by(CITY_DISCIPLINE_LEAD);
            let act = order(&given, days, reason);
            assert_eq!(given.when(act).refused().field_names(), wrong, "{days} {reason}");
        }
    }
}
