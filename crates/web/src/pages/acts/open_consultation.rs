//! 发起会商: nothing is asked; the opinions that differ are shown.

use super::{ActPage, outcomes};
use crate::desk::Desk;
use crate::form::Form;
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::OpenConsultation;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::OpenConsultation,
    done: "已发起会商。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    Form::new("发起会商")
        .fields(outcomes::opinions(desk))
        .consequences("对方的待办里看到会商。谈完由发起的一方写纪要，双方都能看到。法定期限不受影响。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    Read::of(values).done(OpenConsultation {})
}
