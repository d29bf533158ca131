//! 申请复核: the worker's; on paper, the window enters it with the scan.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::ApplyReview;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::ApplyReview,
    done: "复核申请已收到。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let form = Form::new("申请复核").field(
        Field::long("reason", "为什么要复核")
            .hint("哪里不对，有什么新的情况或者材料。不用写成公文。")
            .rows(8),
    );
    let form = if desk.case.applicant() == Some(desk.me) {
        form
    } else {
        form.field(Field::file("signed", "本人签名的复核申请"))
    };
    form.consequences("由没有办过这个案件的人复核，不会比原来的结果对您更不利。复核不代替对处分决定的申诉。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let act = ApplyReview {
        reason: read.text("reason"),
        signed: values.files("signed").first().cloned(),
    };
    read.done(act)
}
