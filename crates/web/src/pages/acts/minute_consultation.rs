//! 会商纪要: who came, what was said, agreed or not.

use super::{ActPage, outcomes};
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use base::law::OutcomeCode;
use casefile::act::ActName;
use casefile::acts::MinuteConsultation;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::MinuteConsultation,
    done: "会商纪要已记入案卷。",
    form,
    parse,
};

/// What is sent where they still differ.
const DIFFER: &str = "-";

fn form(desk: &Desk, _: &Values) -> Form {
    let mut results = outcomes::positions(desk);
    results.push(Choice::new(DIFFER, "仍不一致").hint("属于重大事项，上报市民政局协调。"));
    Form::new("记入案卷")
        .fields(outcomes::opinions(desk))
        .field(outcomes::suggestion(desk))
        .field(Field::date("held_on", "哪天会商的").day(desk.today))
        .field(Field::text("attendees", "参加人").hint("两家都要有人。写姓名，用顿号隔开。"))
        .field(
            Field::long("text", "会商纪要")
                .rows(8)
                .hint("写进认定报告，当事家庭写“某村某户”。"),
        )
        .field(Field::radio("agreed", "结果", results).hint("只能选查明的事实得得出的结果。"))
        .consequences("一致的，按一致的意见往下办。仍不一致的，两家的意见都留着，上报市民政局协调。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let agreed: OutcomeCode = read.code("agreed", "会商的结果");
    let act = MinuteConsultation {
        held_on: read.date("held_on", "会商的日期"),
        attendees: read.text("attendees"),
        text: read.text("text"),
        agreed: Some(agreed).filter(|agreed| agreed.as_str() != DIFFER),
    };
    read.done(act)
}
