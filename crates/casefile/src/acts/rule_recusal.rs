//! 回避（决定）: somebody other than the person concerned rules: the lead of their institution, and for a lead the city.
//!
//! The number of investigators never falls below the floor without being said: the event carries how many remain.

use crate::act::Perform;
use crate::acts::declare_recusal::Remain;
use crate::case::{Case, Recusal, Ruling};
use crate::context::{Capacity, Role};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::law::Party;
use base::{Date, PersonId};
use serde::{Deserialize, Serialize};

/// The actor rules whether somebody keeps out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRecusal {
    /// Who; the last recusal of theirs that is not ruled yet.
    pub person: PersonId,
    /// 回避 or not.
    pub recused: bool,
    /// Why.
    pub reason: String,
    /// For a lead: the other leads of the institution, as the caller knows them.
    pub other_leads: Vec<PersonId>,
}

impl Perform for RuleRecusal {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_open()?;
        if !case.recusals.iter().any(|recusal| recusal.ruling.is_none()) {
            return Err(Refusal::not_yet(
                "nothing-to-rule",
                "没有等着决定的回避。",
                "有人申请回避以后再决定。",
                "回避规定",
            ));
        }
        if !case
            .recusals_to_rule(ctx.actor.person, ctx.actor.capacity)
            .any(|_| true)
        {
            return Err(Refusal::not_you(
                "not-your-ruling",
                "这个回避不由您决定。",
                "办案人员的由本单位负责人决定，负责人的由市级协调人决定。",
                "回避规定",
            ));
        }
        ctx.must_be_impartial(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let pending = case
            .recusals_to_rule(ctx.actor.person, ctx.actor.capacity)
            .any(|recusal| recusal.person == self.person);
        Check::new()
            .that(pending, "person", "这个人没有等您决定的回避。请另选一人。")
            .required("reason", "理由", &self.reason, LONG_TEXT)
            .done()?;
        let others = case.active_investigators().filter(|i| i.person != self.person).count();
        let stays = !self.recused && case.investigators.iter().any(|i| i.person == self.person && !i.left);
        let event = RecusalRuled {
            on: ctx.today(),
            person: self.person,
            recused: self.recused,
            other_leads: self.other_leads,
            remain: Remain::of(others + usize::from(stays), ctx),
            sealed: RecusalRuledText { reason: self.reason },
        };
        Ok(vec![event.into()])
    }
}

impl Case {
    /// The recusals that wait for a ruling by this person in this capacity.
    pub fn recusals_to_rule(&self, person: PersonId, capacity: Capacity) -> impl Iterator<Item = &Recusal> {
        let pending = self.recusals.iter().filter(|recusal| recusal.ruling.is_none());
        pending.filter(move |recusal| recusal.person != person && rules_on(capacity, recusal.capacity))
    }
}

/// The city rules on anybody, a county lead on those of their institution who do not lead, the bureau's lead on borrowed
/// ones too.
fn rules_on(ruler: Capacity, concerned: Capacity) -> bool {
    match ruler.role {
        Role::Coordinator => true,
        Role::Lead if matches!(concerned.role, Role::Lead | Role::Coordinator) => false,
        Role::Lead => ruler.party == concerned.party.or(Some(Party::Bureau)),
        _ => false,
    }
}

/// 回避已决定
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalRuled {
    /// The day.
    pub on: Date,
    /// Who.
    pub person: PersonId,
    /// 回避 or not.
    pub recused: bool,
    /// For a lead: the other leads of the institution.
    pub other_leads: Vec<PersonId>,
    /// Who is left to investigate.
    pub remain: Remain,
    /// The words.
    #[serde(skip)]
    pub sealed: RecusalRuledText,
}

/// The sealed part of [`RecusalRuled`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalRuledText {
    /// Why.
    pub reason: String,
}

impl Recorded for RecusalRuled {
    sealed_part!(RecusalRuledText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        let pending = case
            .recusals
            .iter_mut()
            .rev()
            .find(|r| r.person == self.person && r.ruling.is_none());
        if let Some(recusal) = pending {
            recusal.other_leads.clone_from(&self.other_leads);
            recusal.ruling = Some(Ruling {
                recused: self.recused,
                by: meta.actor,
                on: self.on,
                reason: self.sealed.reason.clone(),
            });
        }
        if self.recused {
            case.void_proposal_of(self.person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::DeclareRecusal;
    use crate::testing::{
        CITY_DISCIPLINE_LEAD, COORDINATOR, DISCIPLINE_LEAD, Given, INTAKE, INVESTIGATOR, LEAD, SECOND, ask_recusal,
    };

    fn rule(person: PersonId, recused: bool) -> RuleRecusal {
        RuleRecusal {
            person,
            recused,
            reason: "情况属实。".into(),
            other_leads: vec![],
        }
    }

    fn asked(person: PersonId) -> Given {
        Given::assigned().worker().done(ask_recusal(person))
    }

    #[test]
    fn recused_by_the_lead_and_the_number_is_said() {
        let when = asked(INVESTIGATOR).lead().when(rule(INVESTIGATOR, true));
        let Some(Event::RecusalRuled(event)) = when.result.as_ref().ok().and_then(|events| events.first()) else {
            panic!("ruled");
        };
        assert_eq!(event.remain.missing(), 1);
        assert!(when.then().is_recused(INVESTIGATOR));
    }

    #[test]
    fn a_declared_one_may_be_told_to_stay() {
        let declared = Given::assigned().investigator().done(DeclareRecusal {
            ground: "handled".into(),
            reason: String::new(),
            other_leads: vec![],
        });
        let case = declared.lead().when(rule(INVESTIGATOR, false)).then();
        assert!(case.is_investigating(INVESTIGATOR));
        assert_eq!(case.investigators_missing(2), 0);
    }

    #[test]
    fn ruled_by_another_than_the_person_concerned() {
        let table = [
            (INVESTIGATOR, LEAD, true),
            (INVESTIGATOR, DISCIPLINE_LEAD, false),
            (INVESTIGATOR, COORDINATOR, true),
            (INVESTIGATOR, INTAKE, false),
            (SECOND, DISCIPLINE_LEAD, true),
            (SECOND, LEAD, false),
            (LEAD, LEAD, false),
            (LEAD, DISCIPLINE_LEAD, false),
            (LEAD, COORDINATOR, true),
            (DISCIPLINE_LEAD, CITY_DISCIPLINE_LEAD, true),
        ];
        for (person, ruler, may) in table {
            let when = asked(person).by(ruler).when(rule(person, true));
            assert_eq!(when.result.is_ok(), may, "{person} {ruler}");
            if !may {
                assert_eq!(when.refused().code, "not-your-ruling");
            }
        }
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::assigned().lead().when(rule(INVESTIGATOR, true)).refused().code,
            "nothing-to-rule"
        );
        let mut act = rule(INVESTIGATOR, true);
        act.reason.clear();
        assert_eq!(asked(INVESTIGATOR).lead().when(act).refused().fields[0].field, "reason");
        let other = asked(INVESTIGATOR).lead().when(rule(SECOND, true)).refused();
        assert_eq!(other.fields[0].field, "person");
        let ruled = asked(INVESTIGATOR).lead().done(rule(INVESTIGATOR, true));
        assert_eq!(ruled.when(rule(INVESTIGATOR, false)).refused().code, "nothing-to-rule");
    }
}
