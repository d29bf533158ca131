//! 重新认定: the case is opened again; the old determination stays, marked.

use super::{ActPage, issue};
use crate::desk::Desk;
use crate::form::{Field, Form, choices};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Redetermine;
use casefile::case::Anew;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Redetermine,
    done: "案件已重新办理。",
    form,
    parse,
};

const GROUNDS: [(&str, Anew); 3] = [
    ("review", Anew::Review),
    ("concealment", Anew::Concealment),
    ("awaited", Anew::Awaited),
];

fn form(desk: &Desk, _: &Values) -> Form {
    let grounds = choices(&[
        ("review", "复核要求重新认定"),
        ("concealment", "原来的认定是隐瞒真实情况得到的"),
        ("awaited", "暂不认定时等的结论到了，或者有了新的证据"),
    ]);
    let likely = match &desk.case {
        case if case.is_to_be_determined_anew() => Some("review".to_owned()),
        case if case.is_deferred() => Some("awaited".to_owned()),
        _ => None,
    };
    Form::new("签名并重新办理")
        .fields(issue::determined(desk))
        .field(Field::radio("ground", "为什么重新认定", grounds).ticked(likely))
        .field(Field::long("reason", "理由"))
        .consequences("案件回到核实：重新查明、听取申辩、作结论、提意见、认定。原来的认定留在案卷里，标明已重新办理。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = Redetermine {
        ground: read.choice("ground", "为什么重新认定", &GROUNDS),
        reason: read.text("reason"),
    };
    read.done(act)
}
