//! 补正: by the worker, or at the window for them.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Supplement;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Supplement,
    done: "补正的材料已收到。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let asked = desk
        .case
        .supplement
        .as_ref()
        .map(|asked| asked.items.join("；"))
        .unwrap_or_default();
    Form::new("提交补正")
        .field(Field::fixed("asked", "要补的材料", asked))
        .field(Field::long("text", "说明").hint("没有的，写明为什么没有。").optional())
        .field(Field::file("files", "材料").several().optional())
        .consequences("材料进入案件，两家都能看到。补正只有这一次，以后还有材料可以用“提交证据”。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let files = read.files("files").into_iter().map(|file| {
        let title = file.name.clone();
        (file, title)
    });
    let act = Supplement {
        text: read.text("text"),
        files: files.collect(),
    };
    read.done(act)
}
