//! 商请调查人: from whom, and why.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Borrow;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Borrow,
    done: "商请已记录。",
    form,
    parse,
};

fn form(_: &Desk, _: &Values) -> Form {
    Form::new("商请")
        .field(Field::text("from", "向哪个单位商请").hint("别的股室、别的县（区）或者市民政局都可以。"))
        .field(Field::long("reason", "理由").hint("例如：本局能办的只有 1 人，其余要回避。"))
        .consequences("商请函记入案件。对方派人以后，再“指派调查人”，就能选到来的人。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let act = Borrow {
        from: read.text("from"),
        reason: read.text("reason"),
    };
    read.done(act)
}
