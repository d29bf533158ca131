//! 更换调查人: who goes, who comes.

use super::{ActPage, assign};
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use base::PersonId;
use casefile::act::ActName;
use casefile::acts::ReplaceInvestigator;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::ReplaceInvestigator,
    done: "调查人已更换。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let assigned = desk.case.investigators.iter().filter(|i| !i.left).map(|i| {
        let recused = if desk.case.is_recused(i.person) {
            "（已回避）"
        } else {
            ""
        };
        Choice::new(i.person, format!("{}{recused}", i.name))
    });
    Form::new("更换")
        .field(Field::radio("out", "换下谁", assigned.collect()))
        .field(
            Field::select("new", "换上谁", assign::choices(desk))
                .hint("可以先不选，以后再指派。")
                .optional(),
        )
        .field(Field::long("reason", "为什么更换"))
        .consequences(format!(
            "换下的人不能再办，做过的记录都留着。调查人不到 {} 人的，记录会写明，补足以前不能作结论。",
            desk.procedure.investigators
        ))
}

fn parse(desk: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let new = match values.text("new") {
        "" => None,
        _ => {
            let person: PersonId = read.id("new", "换上谁");
            let new = assign::assignee(desk, person);
            if new.is_none() && person != PersonId::default() {
                read.refuse("new", "找不到这个人。请从列出的人里选。");
            }
            new
        }
    };
    let act = ReplaceInvestigator {
        out: read.id("out", "换下谁"),
        new,
        reason: read.text("reason"),
    };
    read.done(act)
}
