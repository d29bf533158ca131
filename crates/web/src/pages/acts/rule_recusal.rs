//! 决定回避: of those who wait for this person's word.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form, choices};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::RuleRecusal;
use casefile::{Act, Context, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::RuleRecusal,
    done: "回避已决定。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let pending = desk.case.recusals_to_rule(desk.me, desk.capacity).map(|recusal| {
        let how = if recusal.asked_by == recusal.person {
            "自行回避"
        } else {
            "被申请回避"
        };
        let ground = Context::ground_text(&desk.procedure.recusal_grounds, &recusal.ground).unwrap_or_default();
        Choice::new(recusal.person, format!("{}（{how}：{ground}）", recusal.name)).hint(recusal.reason.as_str())
    });
    Form::new("签名并决定")
        .field(Field::radio("person", "谁", pending.collect()))
        .field(Field::radio(
            "recused",
            "要不要回避",
            choices(&[("yes", "要回避，不再办这个案件"), ("no", "不用回避，可以接着办")]),
        ))
        .field(Field::long("reason", "理由"))
        .consequences(format!(
            "本人和提出的人都看得到。决定回避以后，调查人不到 {} 人的，记录会写明，补足以前不能作结论。",
            desk.procedure.investigators
        ))
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = RuleRecusal {
        person: read.id("person", "谁"),
        recused: read.choice("recused", "要不要回避", &[("yes", true), ("no", false)]),
        reason: read.text("reason"),
        other_leads: Vec::new(),
    };
    read.done(act)
}
