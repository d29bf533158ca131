//! 出具认定报告: to whom it is addressed; number and document come from the system.

use super::{ActPage, recipients};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Issue;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Issue,
    done: "认定报告已出具。",
    form,
    parse,
};

/// The outcome determined, and by whom.
pub(super) fn determined(desk: &Desk) -> Option<Field> {
    let determination = desk.case.determination()?;
    let outcome = desk.pack.outcome(&determination.outcome);
    let text = outcome.map_or(determination.outcome.as_str(), |outcome| outcome.text.as_str());
    Some(Field::fixed(
        "determined",
        "认定的结果",
        format!("{text}（{}）", determination.by_name),
    ))
}

fn form(desk: &Desk, _: &Values) -> Form {
    Form::new("签名并出具")
        .fields(determined(desk))
        .fields(recipients::fields(desk))
        .consequences("报告编上本局的文号，两家意见附后，出具以后不能再改，笔误用更正。")
}

fn parse(desk: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let recipients = recipients::read(desk, &mut read)
        .into_iter()
        .map(|to| to.body)
        .collect();
    read.done(Issue { recipients })
}
