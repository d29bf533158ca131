//! 送达: nothing is asked; worker and unit each get their own document.

use super::{ActPage, issue};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Serve;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Serve,
    done: "已送达，等本人和单位签收。",
    form,
    parse,
};

/// Who is served with what.
pub(super) fn whom(desk: &Desk) -> Vec<Field> {
    let text = desk.case.application.as_ref().map(|application| &application.text);
    let worker = text.map(|text| format!("{}：认定结果和认定报告", text.name));
    let unit = text.map(|text| format!("{}：只有认定结果，没有查明的事实", text.unit));
    let fields = [("worker", "送给本人", worker), ("unit", "送给单位", unit)];
    fields
        .into_iter()
        .filter_map(|(name, label, text)| Some(Field::fixed(name, label, text?)))
        .collect()
}

fn form(desk: &Desk, _: &Values) -> Form {
    Form::new("送达")
        .fields(issue::determined(desk))
        .fields(whom(desk))
        .consequences("本人和单位在网上签收；不上网的，打印告知书和送达回证当面送，再用“其他方式送达”记下。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    Read::of(values).done(Serve::default())
}
