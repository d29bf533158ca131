//! 其他方式送达: the signed paper, left with witnesses, posted or announced.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form, choices};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::ServeOtherwise;
use casefile::case::{Manner, Recipient};
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::ServeOtherwise,
    done: "送达情况已记入案卷。",
    form,
    parse,
};

const MANNERS: [(&str, Manner); 4] = [
    ("direct", Manner::Direct),
    ("left", Manner::Left),
    ("posted", Manner::Posted),
    ("announced", Manner::Announced),
];
const RECIPIENTS: [(&str, Recipient); 2] = [("worker", Recipient::Worker), ("unit", Recipient::Unit)];

fn form(desk: &Desk, _: &Values) -> Form {
    let text = desk.case.application.as_ref().map(|application| &application.text);
    let open = |to: Recipient| {
        desk.case
            .services
            .iter()
            .any(|service| service.to == to && !service.complete())
    };
    let name = |to: Recipient| match to {
        Recipient::Worker => text.map_or("本人", |text| &text.name),
        Recipient::Unit => text.map_or("单位", |text| &text.unit),
    };
    let whom: Vec<Choice> = RECIPIENTS
        .iter()
        .filter(|(_, to)| open(*to))
        .map(|(code, to)| Choice::new(code, name(*to)))
        .collect();
    let manners = choices(&[
        ("direct", "当面送达，纸质回证已签"),
        ("left", "留置送达"),
        ("posted", "邮寄送达"),
        ("announced", "公告送达"),
    ]);
    let only = whom
        .first()
        .filter(|_| whom.len() == 1)
        .map(|choice| choice.value.clone());
    Form::new("记下")
        .field(Field::radio("to", "送给谁", whom).ticked(only))
        .field(Field::radio("manner", "怎么送的", manners))
        .field(Field::date("made_on", "哪天送的").day(desk.today))
        .field(
            Field::text("details", "签收人、邮寄单号或者公告的地点和期限")
                .hint("当面送达写签收人姓名；邮寄写单号；公告写地点和期限；留置写经过。"),
        )
        .field(
            Field::text("witnesses", "见证人")
                .hint("留置送达要两名，写姓名，用顿号隔开。")
                .optional(),
        )
        .consequences("这一份算已经送达，复核的期限从这一天起算。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let witnesses = read.text("witnesses");
    let act = ServeOtherwise {
        to: read.choice("to", "送给谁", &RECIPIENTS),
        manner: read.choice("manner", "怎么送的", &MANNERS),
        made_on: read.date("made_on", "送达的日期"),
        details: read.text("details"),
        witnesses: witnesses
            .split(['、', '，', ',', '\n'])
            .map(|name| name.trim().to_owned())
            .collect(),
    };
    read.done(act)
}
