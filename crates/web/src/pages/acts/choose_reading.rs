//! 选定读法: the doubtful places of the notice, each with its ways to read it and the result under each.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::ChooseReading;
use casefile::{Act, Refusal};
use rules::Reading;

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::ChooseReading,
    done: "读法已选定。",
    form,
    parse,
};

/// All readings, or the one named by `?reading=`.
fn form(desk: &Desk, values: &Values) -> Form {
    let named = desk.pack.reading(&values.text("reading").into());
    let readings = desk
        .pack
        .readings
        .iter()
        .filter(|reading| named.is_none_or(|named| named.id == reading.id));
    let list: Vec<Choice> = readings.flat_map(|reading| choices(desk, reading)).collect();
    Form::new("选定")
        .fields(named.map(|reading| Field::fixed("question", reading.citation.as_str(), reading.question.as_str())))
        .field(Field::radio("choice", "怎么读？", list))
        .field(Field::long("reason", "理由").hint("写给申请人和两家机构看，认定报告里会写明。"))
        .consequences("系统按新的读法重新给出建议。原来的读法和建议留在案卷里，结果变了会标明。")
}

fn choices<'d>(desk: &'d Desk, reading: &'d Reading) -> impl Iterator<Item = Choice> + 'd {
    let chosen = desk.case.reading_choices().remove(&reading.id);
    let results = desk
        .assessment
        .depends_on_readings
        .iter()
        .find(|dependence| dependence.id == reading.id);
    reading.choices.iter().map(move |choice| {
        let now = match &chosen {
            Some(chosen) if *chosen == choice.id => "（已选定）".into(),
            None if reading.default == choice.id && reading.source.is_empty() => "（默认）".into(),
            None if reading.default == choice.id => format!("（{}）", reading.source),
            _ => String::new(),
        };
        let result = results.and_then(|dependence| dependence.results.iter().find(|(id, _)| *id == choice.id));
        let result = match result {
            Some((_, Some(outcome))) => format!("这样读，结果是 {outcome}。"),
            Some((_, None)) => "这样读，还得不出结果。".into(),
            None => String::new(),
        };
        Choice::new(
            format!("{}/{}", reading.id, choice.id),
            format!("{}：{}{now}", reading.citation, choice.text),
        )
        .hint(format!("{}{result}", reading.question))
    })
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let chosen = values.text("choice");
    let (reading, choice) = chosen.split_once('/').unwrap_or_else(|| {
        read.refuse("choice", "还没选怎么读。请选一项。");
        ("", "")
    });
    let act = ChooseReading {
        reading: reading.into(),
        choice: choice.into(),
        reason: read.text("reason"),
    };
    read.done(act)
}
