//! 退回补充调查: facts are missing or wrong; the findings are open again.

use super::{ActPage, outcomes};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::ReturnToInquiry;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::ReturnToInquiry,
    done: "已退回补充调查。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    Form::new("退回")
        .field(outcomes::suggestion(desk))
        .fields(outcomes::opinions(desk))
        .field(Field::long("reason", "要补充查明什么"))
        .consequences(
            "调查人重新查明，再作调查结论，两家重新提意见。这一轮的结论和意见都留在案卷里。法定期限不重新算。",
        )
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let reason = read.text("reason");
    read.done(ReturnToInquiry { reason })
}
