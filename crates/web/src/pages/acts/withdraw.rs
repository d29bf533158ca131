//! 撤回: by the applicant with own signature, or at the window with the signed paper.

use super::{ActPage, signed_paper};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Withdraw;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Withdraw,
    done: "申请已撤回。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    Form::new("撤回申请")
        .field(Field::long("reason", "为什么撤回"))
        .field(Field::text("signature", "签名").hint("写上申请人的姓名，等于签名。"))
        .fields(signed_paper(desk))
        .consequences(format!(
            "案件到此为止，{}会知道。以后可以重新申请，期限从重新收到的那天算起。",
            desk.names.discipline
        ))
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let act = Withdraw {
        reason: read.text("reason"),
        signature: read.text("signature"),
        scan: read.files("scan").into_iter().next(),
    };
    read.done(act)
}
