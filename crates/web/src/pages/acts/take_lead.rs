//! 市级牵头: who of the city stands in for a lead of the county, and why; there is nothing to choose.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use base::law::Party;
use casefile::act::ActName;
use casefile::acts::TakeLead;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::TakeLead,
    done: "已牵头，这个案件由您代行负责人的职责。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let of = match desk.capacity.party {
        Some(Party::CityDiscipline) => Party::Discipline,
        _ => Party::Bureau,
    };
    let why = desk.case.lacks_lead(of).map(|why| why.text(of)).unwrap_or_default();
    Form::new("牵头")
        .field(Field::fixed("why", "为什么由市里牵头", why))
        .field(Field::fixed("of", "代行谁的职责", format!("{}负责人", desk.names.of(of))))
        .field(Field::long("reason", "说明").optional())
        .consequences(
            "只对这一个案件。指派、意见、认定等负责人的事由您办，县（区）的负责人不再办；您不能参加调查，也不再以市级身份协调这个案件。认定报告仍由县（区）民政局出具，写明由市里牵头。",
        )
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let act = TakeLead {
        reason: read.text("reason"),
    };
    read.done(act)
}
