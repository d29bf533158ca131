//! 提醒: whoever is waited for, on record.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use base::law::Party;
use casefile::act::ActName;
use casefile::acts::Remind;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Remind,
    done: "已提醒。",
    form,
    parse,
};

/// The parties that can be named on a form.
pub(super) const PARTIES: [(&str, Party); 3] = [
    ("bureau", Party::Bureau),
    ("discipline", Party::Discipline),
    ("city", Party::City),
];

/// The parties the case waits for, other than the actor's own.
pub(super) fn awaited(desk: &Desk) -> Vec<Choice> {
    let awaited = desk.case.awaited_parties(&desk.procedure);
    PARTIES
        .iter()
        .filter(|(_, party)| awaited.contains(party) && desk.own_party() != Some(*party))
        .map(|(code, party)| Choice::new(code, desk.names.of(*party)))
        .collect()
}

fn form(desk: &Desk, _: &Values) -> Form {
    let awaited = awaited(desk);
    let only = awaited
        .first()
        .filter(|_| awaited.len() == 1)
        .map(|choice| choice.value.clone());
    Form::new("提醒")
        .field(Field::radio("party", "提醒谁", awaited).ticked(only))
        .consequences("提醒记入案卷，对方打开案件就能看到。法定期限照算。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let party = read.choice("party", "提醒谁", &PARTIES);
    read.done(Remind { party })
}
