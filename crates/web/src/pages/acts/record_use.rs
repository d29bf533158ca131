//! 采纳情况: what the body that holds the worker to account did.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::RecordUse;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::RecordUse,
    done: "采纳情况已记入案卷。",
    form,
    parse,
};

fn form(_: &Desk, _: &Values) -> Form {
    Form::new("记下")
        .field(Field::text("body", "哪个单位"))
        .field(Field::long("text", "采纳情况").hint("采纳了没有，怎么处理的，文号和日期。"))
        .consequences("记入案卷。没有采纳情况，也可以归档。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let act = RecordUse {
        body: read.text("body"),
        text: read.text("text"),
    };
    read.done(act)
}
