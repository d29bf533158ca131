//! 移送: the application to the county that is competent, or a clue to the body that is.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::{Transfer, Transferred};
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Transfer,
    done: "已移送。",
    form,
    parse,
};

fn form(_: &Desk, _: &Values) -> Form {
    let what = vec![
        Choice::new("application", "整个申请").hint("不归本县（区）办的。案件在本局到此为止。"),
        Choice::new("clue", "问题线索").hint("涉嫌违纪违法的。案件照常往下办，申请人看不到。"),
    ];
    Form::new("移送")
        .field(Field::radio("what", "移送什么", what))
        .field(Field::text("to", "移送给哪个单位").hint("写全称，例如“清丰县民政局”。"))
        .field(Field::long("reason", "理由").hint("移送线索的，写明是什么线索。"))
        .consequences("移送记入案件。移送整个申请的，纪检监察组和市民政局马上收到抄送。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let what = [("application", Transferred::Application), ("clue", Transferred::Clue)];
    let act = Transfer {
        what: read.choice("what", "移送什么", &what),
        to: read.text("to"),
        reason: read.text("reason"),
    };
    read.done(act)
}
