//! 答复申辩: one argument, adopted or not, and why.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form, choices};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::AnswerArgument;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::AnswerArgument,
    done: "已答复。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let arguments = &desk.case.statement.arguments;
    let list = arguments.iter().map(|argument| {
        let answered = match &argument.answer {
            Some((true, reason)) => format!("已答复：采纳。{reason}"),
            Some((false, reason)) => format!("已答复：不采纳。{reason}"),
            None => "还没有答复。".into(),
        };
        Choice::new(argument.id, argument.text.as_str()).hint(answered)
    });
    let next = arguments.iter().find(|argument| argument.answer.is_none());
    Form::new("答复")
        .field(Field::hidden("next", format!("/cases/{}/statement", desk.number)))
        .field(
            Field::radio("argument", "答复哪一条？", list.collect())
                .ticked(next.map(|argument| argument.id.to_string())),
        )
        .field(Field::radio(
            "adopted",
            "采纳吗？",
            choices(&[("yes", "采纳"), ("no", "不采纳")]),
        ))
        .field(Field::long("reason", "理由").hint("写进认定报告，当事家庭写“某村某户”。"))
        .consequences("答复写进认定报告。重新答复的，两次答复都留在案卷里。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = AnswerArgument {
        argument: read.id("argument", "答复哪一条"),
        adopted: Some(read.choice("adopted", "采纳不采纳", &[("yes", true), ("no", false)])),
        reason: read.text("reason"),
    };
    read.done(act)
}
