//! 补充归档: what came after the filing.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::FileSupplement;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::FileSupplement,
    done: "已补充归档。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let filed = desk
        .case
        .filed
        .as_ref()
        .map(|done| Field::fixed("filed", "归档日期", crate::words::date(done.on)));
    Form::new("补充归档")
        .fields(filed)
        .field(Field::long("note", "补充了什么").hint("材料的名称、来源、页数。"))
        .consequences("补充的材料和原来的档案放在一起，原来的不动。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let note = read.text("note");
    read.done(FileSupplement { note })
}
