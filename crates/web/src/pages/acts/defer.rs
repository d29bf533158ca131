//! 暂不认定: why nothing can be determined now, and whose conclusion is awaited.

use super::{ActPage, outcomes};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::Defer;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Defer,
    done: "已暂不认定。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    Form::new("签名并暂不认定")
        .field(outcomes::suggestion(desk))
        .fields(outcomes::opinions(desk))
        .field(
            Field::text("awaited", "等哪个机关的什么结论")
                .hint("例如：县公安局对收受礼金一事的结论。没有的，可以不填。"),
        )
        .field(
            Field::long("reason", "为什么现在得不出结果")
                .rows(6)
                .hint("写进告知书。写明哪些问题无法查明。还能查明的，请退回补充调查。"),
        )
        .consequences(format!(
            "不作认定，案件到此为止，可以归档。申请人收到告知书，可以申请复核；{}和{}收到抄送，单位不送。等的结论到了，用重新认定接着办。",
            desk.names.discipline, desk.names.city
        ))
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let read = Read::of(values);
    let act = Defer {
        awaited: read.text("awaited"),
        reason: read.text("reason"),
    };
    read.done(act)
}
