//! 市级协调: the city bureau's words; there is no outcome to choose.

use super::{ActPage, outcomes};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Coordinate;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Coordinate,
    done: "协调意见已发给县（区）两家。",
    form,
    parse,
};

/// Why it was reported, the opinions so far, and what the city's own group said.
pub(super) fn reported(desk: &Desk) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Some(escalation) = &desk.case.escalation {
        let grounds: Vec<&str> = (desk.procedure.major_grounds.iter())
            .filter(|ground| escalation.grounds.contains(&ground.id))
            .map(|ground| ground.text.as_str())
            .collect();
        fields.push(Field::fixed("grounds", "上报的事项", grounds.join("；")));
        fields.push(Field::fixed("why", "情况说明", escalation.reason.as_str()));
    }
    fields.extend(outcomes::opinions(desk));
    fields
}

fn form(desk: &Desk, _: &Values) -> Form {
    let view = desk.case.city_discipline_view();
    Form::new("发出协调意见")
        .fields(reported(desk))
        .fields(view.map(|view| Field::fixed("view", format!("{}的意见", desk.names.city_discipline), view)))
        .field(
            Field::long("text", "协调意见")
                .rows(8)
                .hint("协调，不认定。可以说怎么查、怎么读文件、怎么走程序。"),
        )
        .consequences(
            "县（区）民政局和驻局纪检监察组各自确认或者保留意见，再由县（区）民政局认定。协调意见写进认定报告。",
        )
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let text = read.text("text");
    read.done(Coordinate { text })
}
