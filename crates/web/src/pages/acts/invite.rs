//! 申辩告知: what the applicant may speak to; until when comes from the pack.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Invite;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Invite,
    done: "申辩告知已发出。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let step = desk.procedure.steps.iter().find(|step| step.id.as_str() == "state");
    let days = step
        .map(|step| format!("发出后 {} 个工作日内", step.days))
        .unwrap_or_default();
    let speaker = desk
        .case
        .application
        .as_ref()
        .map_or("申请人", |application| application.text.name.as_str());
    Form::new("发出告知")
        .field(Field::fixed("speaker", "告知谁", speaker))
        .field(
            Field::long("matters", "请申请人重点说明的事")
                .hint("没有特别的可以不写。不写举报人的情况。")
                .optional(),
        )
        .consequences(format!(
            "申请人在“我的事”里看到告知，{days}可以说明，也可以放弃。说明以后逐条答复，调查结论要等这一步办完。"
        ))
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let matters = read.text("matters");
    read.done(Invite { matters })
}
