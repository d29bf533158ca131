//! 提意见: each institution's own; the other cannot read it before both are in.

use super::{ActPage, outcomes};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Opine;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Opine,
    done: "意见已提交。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let text = desk
        .case
        .conclusion
        .as_ref()
        .map(|conclusion| conclusion.text.as_str())
        .unwrap_or_default();
    let after = if desk.procedure.withhold_opinions {
        "提交以后密封，不能再改。两家都提交，或者到期，意见同时打开；在这以前互相看不到。"
    } else {
        "提交以后不能再改，对方马上看到。"
    };
    Form::new("签名并提交")
        .field(Field::fixed("conclusion", "调查结论", text))
        .field(outcomes::suggestion(desk))
        .field(Field::radio("outcome", "您这一方的意见", outcomes::positions(desk)))
        .field(
            Field::long("reason", "理由")
                .rows(8)
                .hint("写进认定报告，当事家庭写“某村某户”。"),
        )
        .consequences(after)
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = Opine {
        outcome: read.code("outcome", "意见"),
        reason: read.text("reason"),
    };
    read.done(act)
}
