//! 变更请求: by the applicant, or at the window with the signed paper.

use super::{ActPage, signed_paper};
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::AmendClaim;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::AmendClaim,
    done: "请求已变更。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let claims = &desk.procedure.claims;
    let now = claims.iter().find(|claim| desk.case.claim.as_ref() == Some(&claim.id));
    let choices = claims
        .iter()
        .map(|claim| Choice::new(&claim.id, claim.text.as_str()).hint(claim.plain.as_str()));
    Form::new("变更请求")
        .field(Field::fixed(
            "now",
            "现在的请求",
            now.map_or("", |claim| claim.text.as_str()),
        ))
        .field(Field::radio("claim", "改成申请什么", choices.collect()))
        .field(Field::long("reason", "为什么改").optional())
        .fields(signed_paper(desk))
        .consequences("从现在起按新的请求办。收到申请的日期和期限都不变，原来的请求仍留在记录里。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = AmendClaim {
        claim: read.code("claim", "要申请什么"),
        reason: read.text("reason"),
        scan: read.files("scan").into_iter().next(),
    };
    read.done(act)
}
