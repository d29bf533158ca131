//! 协调后确认: each county body confirms or keeps its opinion.

use super::{ActPage, outcomes};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Confirm;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Confirm,
    done: "已确认。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let case = &desk.case;
    let said = case
        .coordination
        .as_ref()
        .map(|c| Field::fixed("coordination", "市民政局的协调意见", c.text.as_str()));
    let view = case.city_discipline_view();
    let own = desk
        .capacity
        .party
        .and_then(|party| case.position(party))
        .map(ToString::to_string);
    Form::new("签名并确认")
        .fields(said)
        .fields(view.map(|view| Field::fixed("view", format!("{}的意见", desk.names.city_discipline), view)))
        .fields(outcomes::opinions(desk))
        .field(Field::radio("outcome", "您这一方现在的意见", outcomes::positions(desk)).ticked(own))
        .field(Field::long("reason", "改变或者保留意见的理由"))
        .consequences("两家都确认以后，民政局可以认定。仍不一致的，保留的意见写进认定报告。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = Confirm {
        outcome: read.code("outcome", "意见"),
        reason: read.text("reason"),
    };
    read.done(act)
}
