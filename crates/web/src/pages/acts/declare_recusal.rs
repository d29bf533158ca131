//! 自行回避: a person who has a ground to stand aside says so.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form, grounds};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::DeclareRecusal;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::DeclareRecusal,
    done: "您已回避。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let left = desk.case.active_investigators().filter(|i| i.person != desk.me).count();
    let missing = usize::from(desk.procedure.investigators).saturating_sub(left);
    let short = if desk.case.is_investigating(desk.me) && missing > 0 {
        format!("您回避后调查人还差 {missing} 人，记录会写明，要另外指派。")
    } else {
        String::new()
    };
    Form::new("回避")
        .field(Field::radio(
            "ground",
            "为什么回避",
            grounds(&desk.procedure.recusal_grounds),
        ))
        .field(Field::long("reason", "说明").optional())
        // The case is closed to who declared: on to the list of what waits.
        .field(Field::hidden("next", "/todo"))
        .consequences(format!(
            "提交后您马上不能再看、再办这个案件，由别人决定是否准许。{short}"
        ))
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = DeclareRecusal {
        ground: read.code("ground", "回避的理由"),
        reason: read.text("reason"),
        other_leads: Vec::new(),
    };
    read.done(act)
}
