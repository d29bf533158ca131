//! 受理: nothing is asked; the clerk reads what follows and presses the button.

use super::ActPage;
use crate::desk::Desk;
use crate::form::Form;
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Accept;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Accept,
    done: "已受理。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let due = desk
        .case
        .receipt
        .as_ref()
        .map(|receipt| crate::words::due(receipt.due))
        .unwrap_or_default();
    Form::new("受理").consequences(format!(
        "案件进入核实。申请人在“我的事”里看到已受理。法定期限从收到申请的次日算起，不因受理早晚改变，最迟 {due}。"
    ))
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    Read::of(values).done(Accept {})
}
