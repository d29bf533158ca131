//! 认定: what follows from the findings; another outcome is refused.

use super::{ActPage, outcomes};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Determine;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Determine,
    done: "已认定。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let follows = desk.assessment.outcome.as_ref().map(ToString::to_string);
    Form::new("签名并认定")
        .field(outcomes::suggestion(desk))
        .fields(outcomes::opinions(desk))
        .field(
            Field::radio("outcome", "认定的结果", outcomes::choices(desk))
                .hint("要和查明的事实一致。认为不对的，退回补充调查，或者选定另一种读法。")
                .ticked(follows),
        )
        .field(
            Field::long("reason", "理由")
                .rows(8)
                .hint("写进认定报告。不写当事家庭的姓名。"),
        )
        .consequences("认定以后不能再改前面的步骤。接着出具认定报告、书面报送、送达本人和单位。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = Determine {
        outcome: read.code("outcome", "认定的结果"),
        reason: read.text("reason"),
    };
    read.done(act)
}
