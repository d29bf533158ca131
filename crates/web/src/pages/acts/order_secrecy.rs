//! 保密令: until which day the institution's readings are not shown to the applicant, and why.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::OrderSecrecy;
use casefile::acts::order_secrecy::MOST_DAYS;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::OrderSecrecy,
    done: "保密令已下，等第二个人确认以后起作用。",
    form,
    parse,
};

fn form(_: &Desk, _: &Values) -> Form {
    Form::new("下令")
        .field(Field::date("until", "保密到哪一天").hint(format!("最多 {MOST_DAYS} 天。")))
        .field(Field::long("reason", "理由").hint("写明为什么现在不能让申请人知道。"))
        .consequences(
            "第二个人确认以后，从今天起本机构打开案件的记录先不给申请人看，到那一天以后再给看。打开案件照样记录，申请人别的权利不受影响。",
        )
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = OrderSecrecy {
        until: read.date("until", "保密到哪一天"),
        reason: read.text("reason"),
    };
    read.done(act)
}
