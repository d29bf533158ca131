//! 签收: 已收到，不代表同意.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Acknowledge;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Acknowledge,
    done: "已签收。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let outcome = desk.case.determination().map(|determination| {
        let known = desk.pack.outcome(&determination.outcome);
        known.map_or_else(|| determination.outcome.to_string(), |outcome| outcome.text.clone())
    });
    let on = desk.case.services.first().map(|service| crate::words::date(service.on));
    Form::new("签收")
        .fields(outcome.map(|outcome| Field::fixed("outcome", "认定的结果", outcome)))
        .fields(on.map(|on| Field::fixed("on", "送出的日期", on)))
        .consequences(format!(
            "签收只表示已收到，不代表同意。不同意的，{} 个工作日内可以申请复核。",
            desk.procedure.review_days
        ))
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    Read::of(values).done(Acknowledge {})
}
