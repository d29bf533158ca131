//! 释明减责: what may be claimed too, in the pack's words, and how it was explained.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Explain;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Explain,
    done: "释明已记录。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let claims = &desk.procedure.claims;
    let outcome = desk.procedure.explain_outcome.as_ref();
    let explained = claims
        .iter()
        .filter(|claim| outcome.is_some_and(|outcome| claim.outcomes.contains(outcome)))
        .map(|claim| Field::fixed("explained", format!("还可以提出：{}", claim.text), claim.plain.as_str()));
    let claimed = claims.iter().find(|claim| Some(&claim.id) == desk.case.claim.as_ref());
    Form::new("记录释明")
        .fields(claimed.map(|claim| Field::fixed("claimed", "现在的请求", claim.text.as_str())))
        .fields(explained)
        .field(Field::long("note", "释明的情况").hint("什么时候、怎么说的，申请人怎么答的。"))
        .consequences("申请人要提出的，由本人变更请求，收到日期不变。不释明不能作调查结论。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let note = read.text("note");
    read.done(Explain { note })
}
