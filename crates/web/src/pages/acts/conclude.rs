//! 调查结论: what follows from the findings is shown; the investigator writes what the facts amount to and signs.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use crate::words;
use base::law::Assessment;
use casefile::act::ActName;
use casefile::acts::Conclude;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Conclude,
    done: "调查结论已拟好并签名，等另一名调查人会签。",
    form,
    parse,
};

/// `免责`, or what is still possible.
pub fn follows(assessment: &Assessment) -> String {
    match &assessment.outcome {
        Some(outcome) => outcome.to_string(),
        None => {
            let possible: Vec<&str> = assessment.possible.iter().map(|code| code.as_str()).collect();
            format!("还不能得出，可能是：{}", possible.join("、"))
        }
    }
}

fn form(desk: &Desk, _: &Values) -> Form {
    let due = desk.case.receipt.as_ref().map(|receipt| receipt.due);
    Form::new("签名并提出")
        .field(Field::fixed("follows", "按已查明的事实，系统建议", follows(&desk.assessment)))
        .fields(due.map(|due| Field::fixed("due", "最迟作出", words::due(due))))
        .field(
            Field::long("text", "调查结论")
                .hint("事情是怎样的，偏差怎么来的，本人做了什么，申辩采纳了哪些。不写当事家庭的姓名。")
                .rows(10),
        )
        .consequences("另一名调查人会签以后，调查结论作出，法定期限办结，事实不能再改。会签以前改了事实、读法或者申辩的，要重新拟。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let text = read.text("text");
    read.done(Conclude { text })
}
