//! 复核: upheld, or to be determined anew.

use super::{ActPage, issue};
use crate::desk::Desk;
use crate::form::{Field, Form, choices};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::DecideReview;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::DecideReview,
    done: "复核已作出。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let applied = desk.case.reviews.last();
    let late = applied
        .filter(|review| review.late)
        .map(|_| Field::fixed("late", "期限", "申请超过了期限，照样复核"));
    Form::new("签名并作出")
        .fields(issue::determined(desk))
        .fields(applied.map(|review| Field::fixed("applied", "申请人说", review.reason.as_str())))
        .fields(late)
        .field(Field::radio(
            "upheld",
            "复核的结果",
            choices(&[("yes", "维持"), ("no", "要重新认定")]),
        ))
        .field(Field::long("reason", "理由").rows(8))
        .consequences("维持的，到此为止。要重新认定的，由原来的民政局重新办，结果不能对申请人更不利。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = DecideReview {
        upheld: read.choice("upheld", "复核的结果", &[("yes", true), ("no", false)]),
        reason: read.text("reason"),
    };
    read.done(act)
}
