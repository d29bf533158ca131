//! 指派: the leads name who investigates; from either institution, or borrowed by letter (七（二）).
//!
//! Each assignment adds people; nobody disappears from the list. Who decides is never assigned, nor is the applicant or
//! anybody recused.

use crate::act::Perform;
use crate::case::{Case, Investigator};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::{Context, Role, sealed_part};
use base::law::Party;
use base::{Date, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};

/// Somebody to be assigned, as the caller knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignee {
    /// Who.
    pub person: PersonId,
    /// 姓名, as it stands.
    pub name: String,
    /// Of which institution.
    pub institution: InstitutionId,
    /// Which party that is in this case, `None` for one borrowed from elsewhere.
    pub party: Option<Party>,
    /// Whether they lead the bureau or the group, or coordinate at the city: who judges does not investigate.
    pub leads: bool,
}

/// A lead assigns investigators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assign {
    /// Who, at least one.
    pub people: Vec<Assignee>,
}

impl Perform for Assign {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        must_assign(case, ctx)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.that(!self.people.is_empty(), "people", "还没选调查人。请至少选一人。");
        for (i, assignee) in self.people.iter().enumerate() {
            let twice = self.people[..i].iter().any(|other| other.person == assignee.person);
            check.that(!twice, "people", format!("{}选了两次。请去掉一次。", assignee.name));
            if let Some(sentence) = why_not(case, ctx, assignee) {
                check.that(false, "people", sentence);
            }
        }
        check.done()?;
        let (people, names) = self.people.into_iter().map(Assigned::split).unzip();
        let event = InvestigatorsAssigned {
            on: ctx.today(),
            people,
            sealed: InvestigatorsAssignedText { names },
        };
        Ok(vec![event.into()])
    }
}

/// The actor may choose investigators: a lead of bureau or group, or the city's coordinator once the case was reported
/// to the city.
pub(super) fn must_assign(case: &Case, ctx: &Context) -> Result<(), Refusal> {
    let stands_in = case.stands_in_for(ctx.actor.person).is_some();
    if case.escalation.is_some() && !stands_in && ctx.actor.capacity.is(Role::Coordinator, Party::City) {
        return ctx.must_be_impartial(case);
    }
    ctx.must_lead(case).map(|_| ())
}

/// Why somebody cannot investigate this case, in one sentence; `None` if they can.
pub(super) fn why_not(case: &Case, ctx: &Context, assignee: &Assignee) -> Option<String> {
    let name = &assignee.name;
    let party = ctx.own_party(case);
    if case.applicant() == Some(assignee.person) {
        Some(format!("{name}是申请人，不能调查自己的案件。请换一人。"))
    } else if case.is_recused(assignee.person) {
        Some(format!("{name}已回避，不能参与调查。请换一人。"))
    } else if case.is_investigating(assignee.person) {
        Some(format!("{name}已经是本案调查人，不用再指派。"))
    } else if assignee.leads {
        Some(format!("{name}要对本案提意见或者认定，不能同时调查。请换一人。"))
    } else if assignee.party.is_none() && case.borrowings.is_empty() {
        Some(format!("{name}是外单位的人，要先发商请函。请先办“商请”。"))
    } else if assignee.party.is_some() && assignee.party != party && party != Some(Party::City) {
        Some(format!("{name}不是本单位的人。请由{name}所在单位的负责人指派。"))
    } else {
        None
    }
}

/// One person of an assignment, in codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// Who.
    pub person: PersonId,
    /// Of which institution.
    pub institution: InstitutionId,
    /// Which party that is.
    pub party: Option<Party>,
}

impl Assigned {
    /// The codes and the name.
    pub(super) fn split(assignee: Assignee) -> (Assigned, String) {
        let Assignee {
            person,
            name,
            institution,
            party,
            ..
        } = assignee;
        let assigned = Assigned {
            person,
            institution,
            party,
        };
        (assigned, name)
    }

    /// The investigator from `on`.
    pub(super) fn investigator(self, name: &str, on: Date) -> Investigator {
        Investigator {
            person: self.person,
            name: name.into(),
            institution: self.institution,
            party: self.party,
            on,
            left: false,
        }
    }
}

/// 已指派
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvestigatorsAssigned {
    /// The day.
    pub on: Date,
    /// Who.
    pub people: Vec<Assigned>,
    /// Their names.
    #[serde(skip)]
    pub sealed: InvestigatorsAssignedText,
}

/// The sealed part of [`InvestigatorsAssigned`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvestigatorsAssignedText {
    /// 姓名, in the order of the people.
    pub names: Vec<String>,
}

impl Recorded for InvestigatorsAssigned {
    sealed_part!(InvestigatorsAssignedText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        for (i, assigned) in self.people.iter().enumerate() {
            let name = self.sealed.names.get(i).map_or("", String::as_str);
            case.investigators.push(assigned.investigator(name, self.on));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{Borrow, DeclareRecusal};
    use crate::testing::{
        COORDINATOR, DISCIPLINE_LEAD, Given, INTAKE, INVESTIGATOR, LEAD, SECOND, THIRD, WORKER, assignee,
    };

    fn assign(people: &[PersonId]) -> Assign {
        Assign {
            people: people.iter().map(|person| assignee(*person)).collect(),
        }
    }

    #[test]
    fn each_lead_adds_people() {
        let given = Given::accepted().lead().done(assign(&[INVESTIGATOR]));
        assert_eq!(given.case.investigators_missing(2), 1);
        let case = given.discipline_lead().when(assign(&[SECOND])).then();
        assert_eq!(case.investigators_missing(2), 0);
        assert!(case.is_investigating(INVESTIGATOR) && case.is_investigating(SECOND));
    }

    #[test]
    fn a_borrowed_one_comes_by_letter() {
        let mut borrowed = assignee(THIRD);
        borrowed.party = None;
        let act = Assign { people: vec![borrowed] };
        let refusal = Given::accepted().lead().when(act.clone()).refused();
        assert!(refusal.fields[0].sentence.contains("商请函"));
        let letter = Borrow {
            from: "清丰县民政局".into(),
            reason: "本局只有一名调查人。".into(),
        };
        let case = Given::accepted().lead().done(letter).when(act).then();
        assert_eq!(case.investigators[0].party, None);
    }

    #[test]
    fn who_cannot_be_assigned() {
        let table: [(&[PersonId], &str); 6] = [
            (&[], "至少选一人"),
            (&[THIRD, THIRD], "选了两次"),
            (&[WORKER], "是申请人"),
            (&[LEAD], "不能同时调查"),
            (&[SECOND], "不是本单位的人"),
            (&[INVESTIGATOR], "已经是本案调查人"),
        ];
        for (people, words) in table {
            let given = Given::accepted().lead().done(assign(&[INVESTIGATOR]));
            let refusal = given.when(assign(people)).refused();
            assert_eq!(refusal.fields[0].field, "people");
            assert!(
                refusal.fields[0].sentence.contains(words),
                "{}",
                refusal.fields[0].sentence
            );
        }
        let declared = Given::assigned().investigator().done(DeclareRecusal {
            ground: "kin".into(),
            reason: String::new(),
            other_leads: vec![],
        });
        let refusal = declared.lead().when(assign(&[INVESTIGATOR])).refused();
        assert!(refusal.fields[0].sentence.contains("已回避"));
    }

    #[test]
    fn who_may_not_assign() {
        for (person, code) in [
            (INTAKE, "leads-only"),
            (WORKER, "leads-only"),
            (INVESTIGATOR, "leads-only"),
            (COORDINATOR, "leads-only"),
        ] {
            assert_eq!(Given::accepted().by(person).when(assign(&[THIRD])).refused().code, code);
        }
        let refused = Given::received().by(DISCIPLINE_LEAD).when(assign(&[SECOND])).refused();
        assert_eq!(refused.code, "not-accepted");
    }
}
