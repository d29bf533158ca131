//! 调查笔录: kind, day, place, with whom, the text, and the other investigator who signs it too.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Investigate;
use casefile::case::InquiryKind;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Investigate,
    done: "笔录已存入案卷，等另一名调查人会签。",
    form,
    parse,
};

const KINDS: [(&str, InquiryKind); 3] = [
    ("interview", InquiryKind::Interview),
    ("visit", InquiryKind::Visit),
    ("papers", InquiryKind::Papers),
];

/// 谈话、走访 or 调取材料.
pub fn kind(kind: InquiryKind) -> &'static str {
    match kind {
        InquiryKind::Interview => "谈话",
        InquiryKind::Visit => "走访",
        InquiryKind::Papers => "调取材料",
    }
}

fn form(desk: &Desk, _: &Values) -> Form {
    let hint = |kind| match kind {
        InquiryKind::Papers => "可以由一人去，另一人会签。",
        InquiryKind::Interview | InquiryKind::Visit => "要两名调查人在场。",
    };
    let kinds = KINDS.map(|(code, which)| Choice::new(code, kind(which)).hint(hint(which)));
    let others = desk.case.active_investigators().filter(|other| other.person != desk.me);
    let others: Vec<Choice> = others
        .map(|other| Choice::new(other.person, other.name.as_str()))
        .collect();
    let only = others
        .first()
        .filter(|_| others.len() == 1)
        .map(|choice| choice.value.clone());
    Form::new("存入案卷")
        .field(Field::radio("kind", "哪一种？", kinds.into()))
        .field(Field::date("on", "哪一天？").day(desk.today))
        .field(Field::text("place", "在哪里？"))
        .field(Field::text("whom", "向谁了解的？").hint("调取材料的，写向哪个单位调取。"))
        .field(
            Field::long("text", "笔录内容")
                .hint("按当时说的、看到的写，最多 5000 字。有纸质笔录的，扫描件作为证据提交。")
                .rows(12),
        )
        .field(Field::radio("with", "和谁一起？", others).ticked(only))
        .consequences("笔录存入案卷，不能修改。另一名调查人会签以后，才能作认定事实的依据。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = Investigate {
        kind: read.choice("kind", "哪一种", &KINDS),
        on: read.date("on", "调查的日期"),
        place: read.text("place"),
        whom: read.text("whom"),
        text: read.text("text"),
        with: read.id("with", "另一名调查人"),
    };
    read.done(act)
}
