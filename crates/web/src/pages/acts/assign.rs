//! 指派调查人: out of the lead's own people, and borrowed ones once a letter has gone out.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use base::PersonId;
use base::law::Party;
use casefile::act::ActName;
use casefile::acts::{Assign, Assignee};
use casefile::{Act, Refusal, Role};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Assign,
    done: "已指派。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let active: Vec<&str> = desk.case.active_investigators().map(|i| i.name.as_str()).collect();
    let now = if active.is_empty() {
        "还没有".to_owned()
    } else {
        active.join("、")
    };
    let needed = desk.procedure.investigators;
    Form::new("指派")
        .field(Field::fixed("now", "现在的调查人", now))
        .field(
            Field::checks("people", "指派谁", choices(desk))
                .hint(format!("至少要有 {needed} 人调查。经手过这件事的、近亲属，都要回避。")),
        )
        .consequences("指派的人马上能看到案件，开始调查。调查过的人不能再对本案提意见或者认定。")
}

fn parse(desk: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let picked: Vec<PersonId> = read.ids("people", "调查人");
    let people = picked.into_iter().filter_map(|person| assignee(desk, person));
    let act = Assign {
        people: people.collect(),
    };
    read.done(act)
}

/// Who can be picked: those who hold the role of an investigator at the lead's own institution, borrowed ones, and
/// for the city both county institutions' people. Who investigates already is left out.
pub(super) fn choices(desk: &Desk) -> Vec<Choice> {
    let own = desk.own_party();
    desk.pick(|colleague| {
        let party = party_in_case(desk, colleague.institution);
        let borrowed = party.is_none() && !desk.case.borrowings.is_empty();
        colleague.roles.contains(&Role::Investigator)
            && (borrowed || party.is_some() && (party == own || own == Some(Party::City)))
            && !desk.case.is_investigating(colleague.person)
    })
}

/// The person as the act takes them; `None` where nobody is known under that id.
pub(super) fn assignee(desk: &Desk, person: PersonId) -> Option<Assignee> {
    let seats = || desk.people.iter().filter(|colleague| colleague.person == person);
    let colleague = seats()
        .find(|colleague| colleague.roles.contains(&Role::Investigator))
        .or(seats().next())?;
    let leads = |role: &Role| matches!(role, Role::Lead | Role::Coordinator);
    Some(Assignee {
        person,
        name: colleague.name.clone(),
        institution: colleague.institution,
        party: party_in_case(desk, colleague.institution),
        leads: seats().any(|colleague| colleague.roles.iter().any(leads)),
    })
}

/// Whether the institution is this case's bureau or group; whoever comes from elsewhere is borrowed.
fn party_in_case(desk: &Desk, institution: base::InstitutionId) -> Option<Party> {
    let receipt = desk.case.receipt.as_ref()?;
    match institution {
        at if at == receipt.bureau => Some(Party::Bureau),
        at if at == receipt.discipline => Some(Party::Discipline),
        _ => None,
    }
}
