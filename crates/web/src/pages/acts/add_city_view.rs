//! 驻市民政局纪检监察组的意见 on what was reported to the city.

use super::{ActPage, coordinate};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::AddCityView;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::AddCityView,
    done: "意见已记入案卷。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let said = desk
        .case
        .coordination
        .as_ref()
        .map(|c| Field::fixed("coordination", "市民政局的协调意见", c.text.as_str()));
    Form::new("提出意见")
        .fields(coordinate::reported(desk))
        .fields(said)
        .field(Field::long("text", "意见").rows(8))
        .consequences("市民政局和县（区）两家都能看到，写进认定报告。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let text = read.text("text");
    read.done(AddCityView { text })
}
