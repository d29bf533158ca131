//! 提交证据: what it is, what it proves, when it was made, who may see it, the file. The worker is asked the least.

use super::ActPage;
use crate::desk::Desk;
use crate::form::{Choice, Field, Form, choices};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::AddEvidence;
use casefile::case::Ring;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::AddEvidence,
    done: "材料已收到。",
    form,
    parse,
};

const RINGS: [(&str, Ring); 3] = [
    ("everyone", Ring::Everyone),
    ("team", Ring::Team),
    ("protected", Ring::Protected),
];

fn form(desk: &Desk, _: &Values) -> Form {
    let proves = Field::long("proves", "这份材料能证明什么？").rows(3);
    let made = Field::when("made", "材料是什么时候形成的？")
        .hint("记不清哪一天，写年、月就行。知道被调查以后才形成的会标明，不影响提交。")
        .optional();
    let file = Field::file("file", "拍照或选文件").optional();
    let form = Form::new("提交").field(Field::text("title", "材料名称").hint("例如：核对系统截图、入户核查表。"));
    if is_own(desk) {
        return form
            .field(proves.optional())
            .field(made)
            .field(
                file.hint(
                    "照片、PDF、Word、Excel 都行，一个最大 20 MB。拍不清楚没关系，能看出字就行。请不要拍无关的人。",
                ),
            )
            .consequences("材料进入案卷，办案的两家机构都能看到。调查结论作出以前，您还可以再补。");
    }
    let rings = vec![
        Choice::new("everyone", "双方都能看").hint("申请人和办案的机构。"),
        Choice::new("team", "只限办案的机构").hint("两家机构和市级，申请人看不到。"),
        Choice::new("protected", "只限核实举报的人")
            .hint("能看出是谁反映问题的材料选这一项。申请人、单位、村都看不到。"),
    ];
    form.field(proves)
        .field(made)
        .field(
            Field::checks(
                "document",
                "是不是主管机关的文书？",
                choices(&[("1", "是，例如处分决定、判决书、认定书")]),
            )
            .hint("五（二）（六）的问题，要有这样的文书才能认定为“是”。")
            .optional(),
        )
        .field(Field::radio("ring", "谁能看这份材料？", rings).value("everyone"))
        .field(
            Field::long("protects", "要保护的人的姓名")
                .rows(2)
                .optional()
                .hint("选“只限核实举报的人”才写，一行一个。以后谁把这个姓名写进别的材料，先提醒一次。"),
        )
        .field(file)
        .consequences("材料编号进入案卷，不能删除。认定事实时可以勾选它作依据。")
}

fn is_own(desk: &Desk) -> bool {
    desk.case.applicant() == Some(desk.me)
}

fn parse(desk: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let ring = match is_own(desk) {
        true => Ring::Everyone,
        false => read.choice("ring", "谁能看这份材料", &RINGS),
    };
    let act = AddEvidence {
        title: read.text("title"),
        proves: read.text("proves"),
        made: read.optional_when("made", "材料形成的时间"),
        ring,
        protects: read.lines("protects"),
        document: read.ticked("document"),
        file: values.files("file").first().cloned(),
    };
    read.done(act)
}
