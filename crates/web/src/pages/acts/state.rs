//! 陈述申辩: the applicant's own words, one argument a line; on paper, somebody enters them with the scan.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use crate::words;
use casefile::act::ActName;
use casefile::acts::State;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::State,
    done: "您的说明已收到。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let statement = &desk.case.statement;
    let until = statement
        .invited
        .map(|(_, until)| Field::fixed("until", "最晚哪天说明", words::date(until)));
    let matters = Some(&statement.matters).filter(|matters| !matters.is_empty());
    let form = Form::new("提交说明")
        .fields(until)
        .fields(matters.map(|matters| Field::fixed("matters", "请重点说明的事", matters.as_str())))
        .field(
            Field::long("arguments", "您要说明什么？")
                .hint("一条理由写一段，换一行写下一条。核实的人会逐条答复采纳不采纳。不用写成公文。")
                .rows(10),
        );
    if desk.case.applicant() == Some(desk.me) {
        return form.consequences("说明进入案卷，核实的人逐条答复。调查结论作出以前，您还可以再说。");
    }
    form.field(
        Field::file("signed", "本人签名的书面说明或者笔录")
            .hint("扫描或者拍照。口头说的，写成笔录，本人签名或者捺印。"),
    )
    .consequences("按申请人本人的说明记入案卷，核实的人逐条答复。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let act = State {
        arguments: read.lines("arguments"),
        signed: values.files("signed").first().cloned(),
    };
    read.done(act)
}
