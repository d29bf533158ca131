//! 归档: whatever the case's end.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::FileCase;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::FileCase,
    done: "已归档。",
    form,
    parse,
};

fn form(_: &Desk, _: &Values) -> Form {
    Form::new("归档")
        .field(
            Field::long("note", "备注")
                .rows(3)
                .hint("例如：页数、存放的地方。")
                .optional(),
        )
        .consequences("归入专项档案，不放进人事档案。以后来的材料用“补充归档”。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let note = read.text("note");
    read.done(FileCase { note })
}
