//! 上报重大事项: grounds out of the pack's list.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form, grounds};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Escalate;
use casefile::acts::escalate::DISAGREEMENT;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Escalate,
    done: "已上报市民政局。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let known = desk
        .case
        .escalation
        .as_ref()
        .map_or(&[][..], |escalation| &escalation.grounds);
    let mut open = grounds(&desk.procedure.major_grounds);
    open.retain(|choice| !known.iter().any(|ground| ground.as_str() == choice.value));
    let likely = desk.case.remains_in_disagreement().then(|| DISAGREEMENT.to_owned());
    Form::new("上报")
        .field(Field::checks("grounds", "属于哪种重大事项", open).ticked(likely))
        .field(Field::long("reason", "情况说明").hint("不写当事家庭的姓名。"))
        .consequences(format!(
            "{}和{}接到上报，由{}协调，不代替你们认定。法定期限照算。",
            desk.names.city, desk.names.city_discipline, desk.names.city
        ))
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let act = Escalate {
        grounds: read.codes("grounds"),
        reason: read.text("reason"),
    };
    read.done(act)
}
