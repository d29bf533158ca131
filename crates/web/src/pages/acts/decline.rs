//! 不予受理: a ground of the closed list, and what the worker said to it.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form, grounds};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Decline;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Decline,
    done: "已不予受理。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    Form::new("不予受理")
        .field(
            Field::radio("ground", "为什么不予受理", grounds(&desk.procedure.decline_grounds))
                .hint("只能选列出的。事情该不该免责，受理以后才认定。"),
        )
        .field(Field::long("reason", "具体的理由"))
        .field(Field::long("heard", "申请人怎么说").hint("先问过申请人再决定。没说的，写明哪一天、怎么问的。"))
        .consequences(format!(
            "案件到此为止，可以申请复核。申请人会看到理由；{}和{}马上收到抄送。",
            desk.names.discipline, desk.names.city
        ))
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = Decline {
        ground: read.code("ground", "不予受理的理由"),
        reason: read.text("reason"),
        heard: read.text("heard"),
    };
    read.done(act)
}
