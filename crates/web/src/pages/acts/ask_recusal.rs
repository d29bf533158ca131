//! 申请他人回避: whom, on which ground.

use super::ActPage;
use crate::desk::{Colleague, Desk};
use crate::form::{Choice, Field, Form, grounds};
use crate::read::Read;
use crate::values::Values;
use base::PersonId;
use casefile::act::ActName;
use casefile::acts::AskRecusal;
use casefile::{Act, Capacity, Refusal, Role};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::AskRecusal,
    done: "回避申请已提交。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    Form::new("申请回避")
        .field(Field::select("person", "请谁回避", choices(desk)))
        .field(Field::radio(
            "ground",
            "为什么",
            grounds(&desk.procedure.recusal_grounds),
        ))
        .field(Field::long("reason", "具体的理由").hint("写明是怎么知道的。"))
        .consequences("由本人以外的人决定，决定以前对方还可以办。决定和理由您看得到。")
}

fn parse(desk: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let person: PersonId = read.id("person", "请谁回避");
    let (name, capacity) = match concerned(desk).find(|(id, ..)| *id == person) {
        Some((_, name, capacity)) => (name, capacity),
        None => {
            if person != PersonId::default() {
                read.refuse("person", "这个人不办这个案件。请从列出的人里选。");
            }
            (String::new(), desk.capacity)
        }
    };
    let act = AskRecusal {
        person,
        name,
        capacity,
        ground: read.code("ground", "回避的理由"),
        reason: read.text("reason"),
    };
    read.done(act)
}

fn choices(desk: &Desk) -> Vec<Choice> {
    let post = |person| {
        desk.people
            .iter()
            .find(|colleague| colleague.person == person)
            .map(|c| c.institution_name.as_str())
    };
    concerned(desk)
        .map(|(person, name, capacity)| {
            let what = post_title(capacity.role);
            Choice::new(person, format!("{name}（{}{what}）", post(person).unwrap_or("外单位")))
        })
        .collect()
}

/// Everyone with a part in the case who could keep out: the assigned, then those who lead, receive and coordinate.
fn concerned(desk: &Desk) -> impl Iterator<Item = (PersonId, String, Capacity)> {
    let assigned = desk.case.investigators.iter().filter(|i| !i.left).map(|i| {
        let capacity = Capacity {
            role: Role::Investigator,
            institution: i.institution,
            party: i.party,
        };
        (i.person, i.name.clone(), capacity)
    });
    let seated = desk.people.iter().filter_map(|colleague| {
        let role = post_in_case(colleague)?;
        let capacity = Capacity {
            role,
            institution: colleague.institution,
            party: colleague.party,
        };
        Some((colleague.person, colleague.name.clone(), capacity))
    });
    let taken: Vec<PersonId> = desk
        .case
        .investigators
        .iter()
        .filter(|i| !i.left)
        .map(|i| i.person)
        .collect();
    let others = seated.filter(move |(person, ..)| !taken.contains(person));
    let me = desk.me;
    assigned
        .chain(others)
        .filter(move |(person, ..)| *person != me && !desk.case.is_recused(*person))
}

/// The post that gives a colleague a part in the case without being assigned.
fn post_in_case(colleague: &Colleague) -> Option<Role> {
    [Role::Lead, Role::Coordinator, Role::Intake]
        .into_iter()
        .find(|role| colleague.roles.contains(role))
}

fn post_title(role: Role) -> &'static str {
    match role {
        Role::Lead => "负责人",
        Role::Coordinator => "协调人",
        Role::Intake => "收件岗",
        _ => "调查人",
    }
}
