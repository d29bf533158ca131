//! 回避（自行申请）: somebody with a part in the case says why they must keep out. They stand recused from that moment;
//! whoever rules later may say otherwise.

use crate::act::Perform;
use crate::case::{Case, Recusal};
use crate::context::Capacity;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::law::GroundId;
use base::{Date, PersonId};
use serde::{Deserialize, Serialize};

/// The actor keeps out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclareRecusal {
    /// The pack's ground.
    pub ground: GroundId,
    /// In words; may be empty.
    pub reason: String,
    /// For a lead: the other leads of the institution, as the caller knows them.
    pub other_leads: Vec<PersonId>,
}

impl Perform for DeclareRecusal {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_open()?;
        let actor = ctx.actor;
        if case.applicant() == Some(actor.person) || !has_a_part(case, actor.person, actor.capacity) {
            return Err(Refusal::not_you(
                "no-part",
                "您不办这个案件，不用回避。",
                "要别人回避的，请用“申请他人回避”。",
                "回避规定",
            ));
        }
        if case.is_recused(actor.person) {
            return Err(Refusal::already("您已经回避了。"));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let listed = Context::ground_text(&ctx.procedure.recusal_grounds, &self.ground).is_some();
        Check::new()
            .that(listed, "ground", "还没选回避的理由。请选一项。")
            .optional("reason", "说明", &self.reason, LONG_TEXT)
            .done()?;
        let person = ctx.actor.person;
        let event = RecusalDeclared {
            on: ctx.today(),
            person,
            capacity: ctx.actor.capacity,
            ground: self.ground,
            other_leads: self.other_leads,
            remain: Remain::without(case, person, ctx),
            sealed: RecusalText {
                name: ctx.actor.name.clone(),
                reason: self.reason,
            },
        };
        Ok(vec![event.into()])
    }
}

/// Whether somebody in that capacity has a part in the case that they could keep out of.
pub(super) fn has_a_part(case: &Case, person: PersonId, capacity: Capacity) -> bool {
    capacity.party.is_some() || case.ever_investigated(person)
}

/// How many investigators remain, beside how many are needed: said with every step that can lower the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remain {
    /// Investigators who may act after this step.
    pub investigators: u8,
    /// How many the pack asks for (七（二）).
    pub needed: u8,
}

impl Remain {
    /// After `person` is out.
    pub(super) fn without(case: &Case, person: PersonId, ctx: &Context) -> Remain {
        let others = case.active_investigators().filter(|i| i.person != person).count();
        Remain::of(others, ctx)
    }

    /// That many.
    pub(super) fn of(investigators: usize, ctx: &Context) -> Remain {
        Remain {
            investigators: u8::try_from(investigators).unwrap_or(u8::MAX),
            needed: ctx.procedure.investigators,
        }
    }

    /// How many are missing; 0 where there are enough.
    pub fn missing(self) -> u8 {
        self.needed.saturating_sub(self.investigators)
    }
}

/// 已自行回避
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalDeclared {
    /// The day.
    pub on: Date,
    /// Who.
    pub person: PersonId,
    /// In what capacity they had a part.
    pub capacity: Capacity,
    /// The pack's ground.
    pub ground: GroundId,
    /// For a lead: the other leads of the institution.
    pub other_leads: Vec<PersonId>,
    /// Who is left to investigate.
    pub remain: Remain,
    /// The words.
    #[serde(skip)]
    pub sealed: RecusalText,
}

/// The sealed part of a recusal declared or asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalText {
    /// 姓名 of the person concerned, as it stood.
    pub name: String,
    /// Why, in words.
    pub reason: String,
}

impl Recorded for RecusalDeclared {
    sealed_part!(RecusalText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.recusals.push(Recusal {
            person: self.person,
            name: self.sealed.name.clone(),
            capacity: self.capacity,
            ground: self.ground.clone(),
            asked_by: self.person,
            on: self.on,
            reason: self.sealed.reason.clone(),
            other_leads: self.other_leads.clone(),
            ruling: None,
        });
        case.void_proposal_of(self.person);
    }
}

impl Case {
    /// A conclusion waiting for its second signature falls with the one who signed it and is out now.
    pub(super) fn void_proposal_of(&mut self, person: PersonId) {
        self.proposed
            .take_if(|proposed| proposed.signed.iter().any(|(by, _)| *by == person));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Assign;
    use crate::testing::{Given, INVESTIGATOR, RECIPIENT, THIRD, WORKER, assignee};

    fn declare(ground: &str) -> DeclareRecusal {
        DeclareRecusal {
            ground: ground.into(),
            reason: "申请人是我表姐。".into(),
            other_leads: vec![],
        }
    }

    #[test]
    fn recused_at_once_and_the_number_is_said() {
        let when = Given::assigned().investigator().when(declare("kin"));
        let Some(Event::RecusalDeclared(event)) = when.result.as_ref().ok().and_then(|events| events.first()) else {
            panic!("declared");
        };
        assert_eq!((event.remain.investigators, event.remain.missing()), (1, 1));
        let case = when.then();
        assert!(case.is_recused(INVESTIGATOR) && !case.is_investigating(INVESTIGATOR));
        assert_eq!(case.investigators_missing(2), 1);
        assert_eq!(case.investigators.len(), 2);
    }

    #[test]
    fn a_recused_person_does_nothing() {
        let given = Given::accepted().lead().done(declare("line"));
        let act = Assign {
            people: vec![assignee(THIRD)],
        };
        assert_eq!(given.when(act).refused().code, "recused");
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::assigned().investigator().when(declare("mood")).refused().fields[0].field,
            "ground"
        );
        for person in [WORKER, RECIPIENT] {
            assert_eq!(
                Given::assigned().by(person).when(declare("kin")).refused().code,
                "no-part"
            );
        }
        let declared = Given::assigned().investigator().done(declare("kin"));
        assert_eq!(declared.when(declare("kin")).refused().code, "already-done");
        assert_eq!(Given::nothing().lead().when(declare("kin")).refused().code, "not-found");
    }
}
