//! 会签笔录: the other investigator reads the record and signs it.

use super::{ActPage, investigate};
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use crate::words;
use casefile::act::ActName;
use casefile::acts::Countersign;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Countersign,
    done: "笔录已会签。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let waiting = desk.case.to_countersign(desk.me).map(|record| {
        let what = format!(
            "第 {} 份笔录：{}，{}，{}，{}",
            record.number,
            investigate::kind(record.kind),
            words::day(record.on),
            record.place,
            record.whom,
        );
        Choice::new(record.id, what).hint(record.text.as_str())
    });
    let waiting: Vec<Choice> = waiting.collect();
    let only = waiting
        .first()
        .filter(|_| waiting.len() == 1)
        .map(|choice| choice.value.clone());
    Form::new("会签")
        .field(
            Field::radio("inquiry", "会签哪一份？", waiting)
                .hint("请看完内容再签。写得不对的，请写笔录的人重写一份。")
                .ticked(only),
        )
        .consequences("会签以后，这份笔录可以作认定事实的依据。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = Countersign {
        inquiry: read.id("inquiry", "要会签的笔录"),
    };
    read.done(act)
}
