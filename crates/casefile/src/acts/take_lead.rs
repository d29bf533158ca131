//! 市级牵头: a case in which the lead of the bureau or of the group cannot act is led by the city: the coordinator of the
//! city bureau stands in for the bureau's lead, the one of the group stationed there for the group's.
//!
//! Ours where the notice is silent. It holds for this case alone, until the case ends; the report is still the bureau's.
//! Whoever stands in does not coordinate the same case: where the city bureau leads, the matter has reached the city,
//! nothing is reported to it again, and a disagreement that remains is printed in the report.

use crate::act::Perform;
use crate::case::{Case, Recusal};
use crate::context::{Capacity, Role};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{self, LONG_TEXT, party};
use crate::{Context, sealed_part};
use base::law::Party;
use base::{Date, PersonId};
use serde::{Deserialize, Serialize};

/// The city's coordinator stands in for a lead of the county.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakeLead {
    /// In words; may be empty.
    pub reason: String,
}

/// Why a party has no lead in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoLead {
    /// The lead is the applicant.
    Applicant,
    /// The lead is recused, and there is no other who could act.
    Recused,
}

impl NoLead {
    /// As pages and papers say it of `of`.
    pub fn text(self, of: Party) -> String {
        match self {
            NoLead::Applicant => format!("申请人是{}负责人", party(of)),
            NoLead::Recused => format!("{}负责人回避，没有别的负责人可以办", party(of)),
        }
    }
}

/// Somebody of the city who stands in for a party's lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityLead {
    /// For whose lead.
    pub party: Party,
    /// Who.
    pub person: PersonId,
    /// 姓名, as it stood.
    pub name: String,
    /// Of which institution, as it was named.
    pub institution: String,
    /// Why.
    pub ground: NoLead,
    /// Since when.
    pub on: Date,
    /// In words; may be empty.
    pub reason: String,
}

/// Whose lead the coordinator of a city body stands in for.
fn stood_in_for(capacity: Capacity) -> Option<Party> {
    match (capacity.role, capacity.party) {
        (Role::Coordinator, Some(Party::City)) => Some(Party::Bureau),
        (Role::Coordinator, Some(Party::CityDiscipline)) => Some(Party::Discipline),
        _ => None,
    }
}

impl Case {
    /// Who of the city stands in for the lead of `party` now.
    pub fn city_lead(&self, party: Party) -> Option<&CityLead> {
        let last = self.city_leads.iter().rev().find(|lead| lead.party == party);
        last.filter(|lead| !self.is_recused(lead.person))
    }

    /// For whose lead the person stands in now.
    pub fn stands_in_for(&self, person: PersonId) -> Option<Party> {
        [Party::Bureau, Party::Discipline]
            .into_iter()
            .find(|party| self.city_lead(*party).is_some_and(|lead| lead.person == person))
    }

    /// Whether the city bureau leads the case, so that there is nothing to be reported to it.
    pub fn is_led_by_city(&self) -> bool {
        self.city_lead(Party::Bureau).is_some()
    }

    /// Why nobody can act as the lead of `party` in this case; `None` where somebody can.
    pub fn lacks_lead(&self, party: Party) -> Option<NoLead> {
        if self.city_lead(party).is_some() {
            return None;
        }
        if self.receipt.as_ref()?.led_by_applicant == Some(party) {
            return Some(NoLead::Applicant);
        }
        let lead = |recusal: &&Recusal| recusal.capacity.is(Role::Lead, party) && self.is_recused(recusal.person);
        let last = self.recusals.iter().rev().find(lead)?;
        let can_act = |other: &PersonId| !self.is_recused(*other) && !self.ever_investigated(*other);
        (!last.other_leads.iter().any(can_act)).then_some(NoLead::Recused)
    }
}

impl Case {
    /// For which parties a lead is lacking, and who of the city leads for which, in words.
    pub(crate) fn led_by_city_in_words(&self) -> (Option<String>, Option<String>) {
        let parties = [Party::Bureau, Party::Discipline];
        let lacking = parties.map(|of| self.lacks_lead(of).map(|why| why.text(of)));
        let led = parties.map(|of| {
            let lead = self.city_lead(of)?;
            Some(format!(
                "{}，{}代行{}负责人职责",
                words::day(lead.on),
                lead.name,
                party(of)
            ))
        });
        let joined = |said: [Option<String>; 2]| {
            said.into_iter()
                .flatten()
                .reduce(|one, other| format!("{one}；{other}"))
        };
        (joined(lacking), joined(led))
    }
}

impl Context<'_> {
    /// The party for which the actor speaks in this case.
    pub(crate) fn own_party(&self, case: &Case) -> Option<Party> {
        case.stands_in_for(self.actor.person).or(self.actor.capacity.party)
    }

    /// The actor does not stand in for a lead of the county in this case.
    pub(crate) fn must_not_stand_in(&self, case: &Case) -> Result<(), Refusal> {
        let Some(of) = case.stands_in_for(self.actor.person) else {
            return Ok(());
        };
        Err(Refusal::not_you(
            "stands-in",
            format!("您在本案代行{}负责人的职责，不能再以市级身份协调。", party(of)),
            "请由市级另一名协调人办。",
            "回避规定",
        ))
    }
}

impl Perform for TakeLead {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_open()?;
        let Some(of) = stood_in_for(ctx.actor.capacity) else {
            return Err(Refusal::not_you(
                "city-only",
                "牵头由市民政局或者驻市民政局纪检监察组办。",
                "请交给市级协调人。",
                "回避规定",
            ));
        };
        ctx.must_be_impartial(case)?;
        if let Some(lead) = case.city_lead(of) {
            return Err(Refusal::already(format!("已经由{}牵头。", lead.name)));
        }
        if case.lacks_lead(of).is_none() {
            return Err(Refusal::not_yet(
                "has-lead",
                format!("{}有负责人办这个案件，不用市里牵头。", party(of)),
                "负责人是申请人，或者都回避了，才由市里牵头。",
                "回避规定",
            ));
        }
        let coordinated = |by: &PersonId| *by == ctx.actor.person;
        let mut coordinators = case
            .earlier_coordinations
            .iter()
            .chain(&case.coordination)
            .map(|c| &c.by);
        if coordinators.any(coordinated) || case.ever_investigated(ctx.actor.person) {
            return Err(Refusal::not_you(
                "handled",
                "您协调过或者调查过这个案件，不能再牵头。",
                "请由另一名市级协调人牵头；没有的，请管理员登记一名。",
                "回避规定",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.optional("reason", "说明", &self.reason, LONG_TEXT);
        check.done()?;
        let party = stood_in_for(ctx.actor.capacity);
        let Some((party, ground)) = party.and_then(|party| case.lacks_lead(party).map(|ground| (party, ground))) else {
            return Err(Refusal::not_found());
        };
        let event = LeadTaken {
            party,
            ground,
            on: ctx.today(),
            sealed: LeadTakenText { reason: self.reason },
        };
        Ok(vec![event.into()])
    }
}

/// 市级已牵头
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadTaken {
    /// For whose lead.
    pub party: Party,
    /// Why.
    pub ground: NoLead,
    /// The day.
    pub on: Date,
    /// In words.
    #[serde(skip)]
    pub sealed: LeadTakenText,
}

/// The sealed part of [`LeadTaken`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadTakenText {
    /// In words; may be empty.
    pub reason: String,
}

impl Recorded for LeadTaken {
    sealed_part!(LeadTakenText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.city_leads.push(CityLead {
            party: self.party,
            person: meta.actor,
            name: meta.stood.name.clone(),
            institution: meta.stood.institution.clone(),
            ground: self.ground,
            on: self.on,
            reason: self.sealed.reason.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::*;
    use crate::testing::*;

    fn take() -> TakeLead {
        TakeLead::default()
    }

    fn recuse(given: Given, person: PersonId, others: &[PersonId]) -> Given {
        given.by(person).done(DeclareRecusal {
            ground: "line".into(),
            reason: String::new(),
            other_leads: others.to_vec(),
        })
    }

    #[test]
    fn the_city_stands_in_for_a_lead_who_applies() {
        let given = Given::applied_by_lead(Party::Bureau).by(COORDINATOR).done(take());
        let lead = given.case.city_lead(Party::Bureau).unwrap();
        assert_eq!((lead.person, lead.ground), (COORDINATOR, NoLead::Applicant));
        assert_eq!(given.case.lacks_lead(Party::Bureau), None);
        // Receives, assigns the bureau's people, and the county's lead does not.
        let given = given.done(Accept {}).done(Assign {
            people: vec![assignee(INVESTIGATOR)],
        });
        let others = given.when(Assign {
            people: vec![assignee(SECOND)],
        });
        assert!(others.refused().fields[0].sentence.contains("不是本单位的人"));
    }

    #[test]
    fn the_citys_group_stands_in_for_the_groups_lead() {
        let given = Given::applied_by_lead(Party::Discipline);
        let refused = given.by(COORDINATOR).when(take());
        assert_eq!(refused.result.as_ref().unwrap_err().code, "has-lead");
        let case = refused.given.by(CITY_DISCIPLINE_LEAD).when(take()).then();
        assert_eq!(case.stands_in_for(CITY_DISCIPLINE_LEAD), Some(Party::Discipline));
        assert!(!case.is_led_by_city(), "the city bureau still coordinates");
    }

    #[test]
    fn led_to_the_determination_and_a_dissent_is_printed() {
        let given = recuse(Given::concluded(), LEAD, &[]).by(COORDINATOR).done(take());
        let opine = |outcome: &str| Opine {
            outcome: outcome.into(),
            reason: "按查明的事实。".into(),
        };
        let given = given.assessed(Some("exempted")).done(opine("exempted"));
        let given = given.discipline_lead().done(opine("not-exempted")).by(COORDINATOR);
        let minutes = MinuteConsultation {
            held_on: given.today(),
            attendees: "郑卫东、赵明".into(),
            text: "各持己见。".into(),
            agreed: None,
        };
        let given = given.done(OpenConsultation {}).done(minutes);
        let escalate = Escalate {
            grounds: vec!["disagreement".into()],
            reason: "仍不一致。".into(),
        };
        let when = given.when(escalate);
        assert_eq!(when.result.as_ref().unwrap_err().code, "led-by-city");
        let case = when.given.when(determine("exempted")).then();
        let determination = case.determination().unwrap();
        assert_eq!(
            (determination.by, &*determination.dissent),
            (COORDINATOR, &[Party::Discipline][..])
        );
    }

    fn determine(outcome: &str) -> Determine {
        Determine {
            outcome: outcome.into(),
            reason: "事实清楚。".into(),
        }
    }

    #[test]
    fn both_leads_out_and_both_city_bodies_lead() {
        let given = recuse(recuse(Given::assigned(), LEAD, &[]), DISCIPLINE_LEAD, &[]);
        let case = given
            .by(COORDINATOR)
            .done(take())
            .by(CITY_DISCIPLINE_LEAD)
            .when(take())
            .then();
        assert_eq!(
            case.lacks_lead(Party::Bureau).or(case.lacks_lead(Party::Discipline)),
            None
        );
    }

    #[test]
    fn two_leads_may_replace_each_other_until_both_are_out() {
        let deputy = PersonId([33; 16]);
        let given = recuse(Given::assigned(), LEAD, &[deputy]);
        assert_eq!(given.case.lacks_lead(Party::Bureau), None);
        let mut both = given;
        both.case.recusals.push(Recusal {
            person: deputy,
            other_leads: vec![LEAD],
            asked_by: deputy,
            ..both.case.recusals[0].clone()
        });
        assert_eq!(both.case.lacks_lead(Party::Bureau), Some(NoLead::Recused));
    }

    #[test]
    fn whoever_stands_in_may_be_recused_in_turn() {
        let given = recuse(Given::assigned(), LEAD, &[]).by(COORDINATOR).done(take());
        let case = recuse(given, COORDINATOR, &[]).case;
        assert_eq!(case.stands_in_for(COORDINATOR), None);
        assert_eq!(case.lacks_lead(Party::Bureau), Some(NoLead::Recused));
    }

    #[test]
    fn a_leader_who_applies_is_a_major_matter() {
        let mut given = Given::opined("exempted", "exempted").lead();
        given.case.receipt.as_mut().unwrap().led_by_applicant = Some(Party::Discipline);
        let when = given.when(determine("exempted"));
        assert_eq!(when.result.as_ref().unwrap_err().code, "leader-not-reported");
        let given = when.given.by(CITY_DISCIPLINE_LEAD).done(take()).lead().done(Escalate {
            grounds: vec!["leader".into()],
            reason: "申请人是组长。".into(),
        });
        let view = given.by(CITY_DISCIPLINE_LEAD).when(AddCityView {
            text: "同意。".into()
        });
        assert_eq!(view.result.as_ref().unwrap_err().code, "stands-in");
        let coordinate = Coordinate {
            text: "请按查明的事实办。".into(),
        };
        view.given.by(COORDINATOR).when(coordinate).then();
    }

    #[test]
    fn refusals() {
        let out = || recuse(Given::concluded(), LEAD, &[]);
        let table = [
            ("not-found", Given::nothing().by(COORDINATOR)),
            ("city-only", out().discipline_lead()),
            ("city-only", out().worker()),
            ("has-lead", Given::accepted().by(COORDINATOR)),
            ("has-lead", out().by(CITY_DISCIPLINE_LEAD)),
            ("already-done", out().by(COORDINATOR).done(take())),
            ("handled", recuse(Given::coordinated(), LEAD, &[]).by(COORDINATOR)),
        ];
        for (code, given) in table {
            assert_eq!(given.when(take()).refused().code, code);
        }
        let long = TakeLead {
            reason: "长".repeat(LONG_TEXT + 1),
        };
        assert_eq!(out().by(COORDINATOR).when(long).refused().field_names(), ["reason"]);
        // The county's lead does not act beside the city.
        let led = Given::applied_by_lead(Party::Bureau)
            .by(COORDINATOR)
            .done(take())
            .done(Accept {});
        let refused = led.lead().when(Assign {
            people: vec![assignee(INVESTIGATOR)],
        });
        assert_eq!(refused.refused().code, "led-by-city");
    }
}
