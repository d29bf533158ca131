//! 告知补正: what is lacking, one item a line, asked once.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::RequestSupplement;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::RequestSupplement,
    done: "已告知申请人补正。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let target = desk
        .procedure
        .steps
        .iter()
        .find(|step| step.id.as_str() == "supplement");
    let days = target
        .map(|step| format!("一般给 {} 个工作日。", step.days))
        .unwrap_or_default();
    Form::new("告知补正")
        .field(
            Field::long("items", "缺什么材料")
                .hint("一行写一项，一次写全。")
                .rows(6),
        )
        .field(Field::date("until", "请申请人哪一天前补上").hint(days))
        .consequences("申请人会看到这份清单。补正只能告知这一次；等补正不停期限，没补上的按现有材料往下办。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = RequestSupplement {
        items: read.lines("items"),
        until: read.date("until", "补正的日期"),
    };
    read.done(act)
}
