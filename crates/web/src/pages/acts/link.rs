//! 关联案件: another case of the same matter, by its receipt number.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::{Read, half_width};
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Link;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Link,
    done: "已关联。",
    form,
    parse,
};

fn form(_: &Desk, _: &Values) -> Form {
    Form::new("关联")
        .field(Field::text("other", "另一个案件的收件编号").hint("例如 JZ-410928-2026-0017。"))
        .consequences("两个案件都会写明是同一件事。各办各的，期限不变。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let number = half_width(&read.text("other")).to_uppercase();
    read.done(Link { number, other: None })
}
