//! 放弃申辩: by the applicant; or recorded by the bureau, with the signed paper or after the day to speak has passed.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use crate::words;
use casefile::act::ActName;
use casefile::acts::Waive;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Waive,
    done: "已记录放弃说明。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    if desk.case.applicant() == Some(desk.me) {
        return Form::new("不说明了")
            .field(Field::long("reason", "想说的话").rows(3).optional())
            .consequences("不等您的说明，往下办。调查结论作出以前想说明的，还可以说。放弃说明不影响认定。");
    }
    let until = desk
        .case
        .statement
        .invited
        .map(|(_, until)| Field::fixed("until", "可以说明到", words::date(until)));
    Form::new("记录放弃")
        .fields(until)
        .field(Field::long("reason", "放弃的情况").hint("什么时候、用什么办法告知和问过，本人怎么说的。"))
        .field(
            Field::file("signed", "本人签名的放弃书")
                .hint("有签名的随时可以记录；没有的，要等可以说明的日子过了才能记录。")
                .optional(),
        )
        .consequences("记在您的名下。调查结论作出以前，申请人还可以说明。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let act = Waive {
        reason: read.text("reason"),
        signed: values.files("signed").first().cloned(),
    };
    read.done(act)
}
