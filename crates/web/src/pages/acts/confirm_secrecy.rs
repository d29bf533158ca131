//! 确认保密令: who ordered it, until when and why; there is nothing to choose.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use crate::words;
use casefile::act::ActName;
use casefile::acts::ConfirmSecrecy;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::ConfirmSecrecy,
    done: "保密令已确认。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let orders = desk.case.unconfirmed_secrecy(desk.today).map(|order| {
        let said = format!(
            "{}，{}，保密到 {}：{}",
            words::date(order.on),
            order.by_name,
            words::date(order.until),
            order.reason
        );
        Field::fixed("order", "保密令", said)
    });
    Form::new("确认")
        .fields(orders)
        .consequences("从现在起，下令的机构自下令那天以后打开案件的记录先不给申请人看，到期以后再给看。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    Read::of(values).done(ConfirmSecrecy {})
}
