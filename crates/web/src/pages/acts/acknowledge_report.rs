//! 收到报告: nothing is asked.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::AcknowledgeReport;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::AcknowledgeReport,
    done: "已记下收到报告。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let number = desk
        .case
        .reports
        .last()
        .map(|report| Field::fixed("number", "文号", report.number.as_str()));
    Form::new("收到了")
        .fields(number)
        .consequences("只表示收到，不表示同意。日期记入案卷。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    Read::of(values).done(AcknowledgeReport {})
}
