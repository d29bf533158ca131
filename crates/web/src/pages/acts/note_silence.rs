//! 载明未提意见: after reminder, escalation and coordination, a silence is named on record.

use super::{ActPage, remind};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::NoteSilence;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::NoteSilence,
    done: "已载明。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let reminded = desk
        .case
        .reminders
        .iter()
        .map(|reminder| format!("{} 提醒{}", crate::words::day(reminder.on), desk.names.of(reminder.to)));
    let reminded: Vec<_> = reminded.collect();
    let said = if reminded.is_empty() {
        "还没有提醒过".to_owned()
    } else {
        reminded.join("；")
    };
    Form::new("载明")
        .field(Field::fixed("reminded", "提醒的情况", said))
        .field(Field::radio("party", "谁没有提意见", remind::awaited(desk)))
        .field(Field::long("reason", "经过").hint("什么时候、用什么办法提醒和上报过。"))
        .consequences("没有提意见写进认定报告，不当作同意，也不当作反对。认定可以往下办。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = NoteSilence {
        party: read.choice("party", "谁没有提意见", &remind::PARTIES),
        reason: read.text("reason"),
    };
    read.done(act)
}
