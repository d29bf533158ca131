//! 确定依据: which of the site's packs governs, and by which rule of validity.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use base::law::PackRef;
use casefile::act::ActName;
use casefile::acts::NameBasis;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::NameBasis,
    done: "依据已确定。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let packs = || {
        desk.packs
            .iter()
            .map(|pack| Choice::new(&pack.id, pack.title.as_str()))
            .collect()
    };
    let rules = desk
        .pack
        .validity
        .rules
        .iter()
        .map(|rule| Choice::new(&rule.id, rule.text.as_str()));
    Form::new("确定依据")
        .field(Field::radio("procedure", "程序按哪份文件", packs()))
        .field(Field::radio("substance", "认定按哪份文件", packs()))
        .field(Field::radio("rule", "按什么规则确定", rules.collect()))
        .field(Field::long("reason", "理由").hint("写明事情发生和收到申请时，文件是不是有效。"))
        .consequences("案件按这里确定的文件办，认定报告会写明。确定以后不能再改。")
}

fn parse(desk: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let procedure = pack(&mut read, desk, "procedure");
    let substance = pack(&mut read, desk, "substance");
    let rule: base::law::GroundId = read.code("rule", "按什么规则确定");
    if !rule.as_str().is_empty() && desk.pack.validity.rules.iter().all(|known| known.id != rule.as_str()) {
        read.refuse("rule", "没有这条规则。请从列出的里选。");
    }
    let act = NameBasis {
        procedure,
        substance,
        rule,
        reason: read.text("reason"),
    };
    read.done(act)
}

/// The pack chosen in `field`; a stand-in that is refused where there is none.
fn pack(read: &mut Read, desk: &Desk, field: &str) -> PackRef {
    let id = read.text(field);
    let chosen = desk.packs.iter().find(|pack| pack.id == id);
    if chosen.is_none() {
        read.refuse(field, "还没选按哪份文件。请选一项。");
    }
    chosen.unwrap_or(&desk.pack).reference()
}
