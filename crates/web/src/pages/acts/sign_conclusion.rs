//! 会签调查结论: the proposed conclusion as it stands, and the second signature.

use super::{ActPage, conclude};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::SignConclusion;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::SignConclusion,
    done: "调查结论已会签。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let proposed = desk.case.proposed.iter().flat_map(|proposed| {
        let signed: Vec<&str> = proposed.signed.iter().map(|(_, name)| name.as_str()).collect();
        [
            Field::fixed("text", "调查结论", proposed.text.as_str()),
            Field::fixed(
                "follows",
                "按已查明的事实，系统建议",
                conclude::follows(&proposed.assessment),
            ),
            Field::fixed("signed", "已签名", signed.join("、")),
        ]
    });
    Form::new("签名").fields(proposed).consequences(
        "签满规定的人数，调查结论当天作出，法定期限办结，事实不能再改。不同意的不要签，改查明的事实后重新拟。",
    )
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    Read::of(values).done(SignConclusion {})
}
