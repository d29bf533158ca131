//! 更正: a slip of the pen.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Correct;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Correct,
    done: "更正已记入案卷。",
    form,
    parse,
};

fn form(_: &Desk, _: &Values) -> Form {
    Form::new("更正")
        .field(Field::long("text", "更正的内容").hint("写明哪份文书、哪一处，原来是什么，改成什么。"))
        .consequences("只能更正笔误，不能改结果。原来的文书不动，更正和它放在一起。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let text = read.text("text");
    read.done(Correct { text })
}
