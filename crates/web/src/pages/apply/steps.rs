//! The twelve steps (ux.md 2), one table: what each asks, in which words, by which fields.
//!
//! Groups, sentences, examples and the words of the notice come from the pack. How answers become an application is
//! `reading`'s to say.

use super::sheet::Sheet;
use crate::form::{Choice, Field, Law, grounds};
use casefile::acts::submit::{Accountability, Correcting, Kin, Reporting};
use rules::{Clause, Group};

/// One step.
pub struct Step {
    /// Its place in the address.
    pub slug: &'static str,
    /// What the step line calls it.
    pub name: &'static str,
    /// The question, the page's heading.
    pub question: &'static str,
    /// A line below the question; empty for none.
    pub hint: &'static str,
    /// The names of what it asks, as refusals use them.
    pub asks: &'static [&'static str],
    /// The fields.
    pub fields: fn(&Sheet) -> Vec<Field>,
}

/// The slug of the step that has a page for every group.
pub const WHICH: &str = "which";
/// The slug of the step of files.
pub const FILES: &str = "files";
/// The slug of the last step.
pub const CHECK: &str = "check";

/// The steps, in order. The last has a page of its own.
pub const STEPS: [Step; 12] = [
    Step {
        slug: "me",
        name: "您的信息",
        question: "这些信息对吗？",
        hint: "来自您的账号。不对的可以改，改动只用于这次申请。",
        asks: &["name", "unit", "post", "phone", "authorised_by"],
        fields: me,
    },
    Step {
        slug: "work",
        name: "哪项工作",
        question: "这是哪项工作？",
        hint: "",
        asks: &["work_kind", "work_other"],
        fields: work,
    },
    Step {
        slug: "link",
        name: "哪一步",
        question: "问题出在哪一步？",
        hint: "可以多选。",
        asks: &["work_links", "link_other"],
        fields: link,
    },
    Step {
        slug: "when",
        name: "什么时候",
        question: "事情是什么时候发生的？",
        hint: "记不清哪一天，写年、月就行。例如 2026 年 3 月。",
        asks: &["happened"],
        fields: |_| vec![Field::when("happened", "发生的日期")],
    },
    Step {
        slug: "why",
        name: "出错的原因",
        question: "为什么会出这个错？",
        hint: "选最像的。可以多选。不用懂文件。",
        asks: &["groups"],
        fields: |sheet| {
            vec![Field::checks(
                "groups",
                "出错的原因",
                sheet.pack.groups.iter().map(group).collect(),
            )]
        },
    },
    Step {
        slug: WHICH,
        name: "申请情形",
        question: "哪些情况和您的事相符？",
        hint: "",
        asks: &["clauses", "citation", "claim"],
        fields: which,
    },
    Step {
        slug: "account",
        name: "事情经过",
        question: "事情的经过是怎样的？",
        hint: "想到什么写什么：①当时要办什么 ②您按规定做了哪些 ③后来出了什么错 ④您觉得原因是什么。不用写成公文。",
        asks: &["account"],
        fields: |_| {
            vec![
                Field::long("account", "经过")
                    .rows(10)
                    .hint("最多 5000 字。可以用手机语音输入。"),
            ]
        },
    },
    Step {
        slug: "reported",
        name: "报告",
        question: "发现以后，您向谁报告了？",
        hint: "没报告也如实选，不影响提交。",
        asks: &[
            "reporting",
            "discovered",
            "reported",
            "reported_to",
            "held",
            "inquiry_known",
            "accountability",
        ],
        fields: reported,
    },
    Step {
        slug: "corrected",
        name: "改正",
        question: "后来改正了吗？",
        hint: "例如：停发、追回、补发、补办手续。",
        asks: &["correcting", "correction"],
        fields: corrected,
    },
    Step {
        slug: "household",
        name: "涉及的家庭",
        question: "涉及哪一户？",
        hint: "户主信息加密保存，只有办这件事的人看得到。是亲戚也可以申请，要说明有没有办近亲属备案。",
        asks: &["household", "village", "kin", "kin_recorded"],
        fields: household,
    },
    Step {
        slug: FILES,
        name: "材料",
        question: "有能证明的材料吗？",
        hint: "没有可以直接下一步。以后也能补。",
        asks: &["files"],
        fields: files,
    },
    Step {
        slug: CHECK,
        name: "核对和提交",
        question: "提交前请核对",
        hint: "有不对的点“更改”。",
        asks: &["declaration", "leaflet", "password"],
        fields: |_| Vec::new(),
    },
];

/// The step of that slug: its place from 0.
pub fn place(slug: &str) -> Option<usize> {
    STEPS.iter().position(|step| step.slug == slug)
}

/// The step that asks `field`.
pub fn asking(field: &str) -> &'static Step {
    let asks = |step: &&Step| step.asks.contains(&field);
    STEPS.iter().find(asks).unwrap_or(&STEPS[STEPS.len() - 1])
}

/// A choice of one: its code in the form, its words, what it stands for.
pub type Code<T> = (&'static str, &'static str, T);

/// Whether the problem was reported.
pub const REPORTING: &[Code<Reporting>] = &[
    ("reported", "报告了", Reporting::Reported),
    ("not-reported", "没报告", Reporting::NotReported),
    ("found-by-others", "别人先发现的", Reporting::FoundByOthers),
];
/// Whether it was corrected.
pub const CORRECTING: &[Code<Correcting>] = &[
    ("corrected", "已改正", Correcting::Corrected),
    ("under-way", "正在改", Correcting::UnderWay),
    ("impossible", "改不了", Correcting::Impossible),
    ("not-yet", "还没改", Correcting::NotYet),
];
/// Whether the family are kin.
pub const KIN: &[Code<Kin>] = &[
    ("yes", "是", Kin::Yes),
    ("no", "不是", Kin::No),
    ("unsure", "不清楚", Kin::Unsure),
];
/// Whether kinship was recorded.
pub const RECORDED: &[Code<bool>] = &[("yes", "备案了", true), ("no", "没有备案", false)];
/// Whether somebody holds the worker to account.
pub const HELD: &[Code<Accountability>] = &[
    ("none", "没有", Accountability::None),
    ("pending", "有，正在查", Accountability::Pending),
    ("decided", "有，已经处理", Accountability::Decided),
];

fn choices<T>(list: &[Code<T>]) -> Vec<Choice> {
    list.iter().map(|(code, words, _)| Choice::new(code, *words)).collect()
}

fn me(sheet: &Sheet) -> Vec<Field> {
    let own = [("name", "姓名"), ("unit", "单位"), ("post", "岗位")];
    let of = |(name, label): (&str, &str)| match sheet.change {
        true => Field::text(name, label),
        false => Field::fixed(name, label, sheet.values.text(name)),
    };
    let mut fields: Vec<Field> = own.into_iter().map(of).collect();
    fields.push(Field::text("phone", "手机").optional().autocomplete("tel"));
    fields.push(
        Field::text("authorised_by", "谁授权的")
            .optional()
            .hint("经有关部门授权做这项工作的人才填，写部门名称。"),
    );
    fields
}

fn work(sheet: &Sheet) -> Vec<Field> {
    vec![
        Field::radio("work_kind", "工作类别", grounds(&sheet.pack.procedure.work_kinds)),
        Field::text("work_other", "选“其他”的，写明是什么工作").optional(),
    ]
}

fn link(sheet: &Sheet) -> Vec<Field> {
    vec![
        Field::checks("work_links", "工作环节", grounds(&sheet.pack.procedure.work_links)),
        Field::text("link_other", "选“其他”的，写明是哪一步").optional(),
    ]
}

/// A group as a choice; one that leads to another outcome than the first says so.
pub fn group(group: &Group) -> Choice {
    let label = match &group.outcome {
        Some(outcome) => format!("{}（{outcome}）", group.label),
        None => group.label.clone(),
    };
    Choice::new(&group.id, label)
}

/// A clause as a choice: the plain sentence, an example, the words of the notice one tap away.
pub fn clause(clause: &Clause) -> Choice {
    let example = match clause.example.as_str() {
        "" => String::new(),
        example => format!("例如：{example}"),
    };
    Choice::new(&clause.id, clause.plain.as_str()).hint(example).law(Law {
        citation: clause.citation.clone(),
        text: clause.text.clone(),
        notes: clause.notes.clone(),
    })
}

fn which(sheet: &Sheet) -> Vec<Field> {
    let Some(group) = sheet.group() else { return Vec::new() };
    let listed: Vec<&Clause> = sheet.clauses_of(group).collect();
    let mut fields = vec![Field::checks(
        &Sheet::ticks(group),
        "相符的请勾上",
        listed.iter().map(|listed| clause(listed)).collect(),
    )];
    if listed.iter().any(|clause| clause.catch_all) {
        fields.push(
            Field::text("citation", "哪份文件、哪一条")
                .hint("写文件名称、文号、第几条。不知道文号先写名称，核实的人会查。"),
        );
    }
    if sheet.groups().last().is_some_and(|last| last.id == group.id) {
        let claims = sheet.pack.procedure.claims.iter();
        fields.push(
            Field::radio(
                "claim",
                "您想申请什么？",
                claims
                    .map(|claim| Choice::new(&claim.id, claim.plain.as_str()))
                    .collect(),
            )
            .hint("已按您选的情形先选好，可以改。")
            .ticked(sheet.likely_claim()),
        );
    }
    fields
}

fn reported(_: &Sheet) -> Vec<Field> {
    vec![
        Field::radio("reporting", "报告了没有", choices(REPORTING)),
        Field::when("discovered", "什么时候发现的").optional(),
        Field::when("reported", "什么时候报告的").after("reporting", &["reported"]),
        Field::long("reported_to", "向谁、怎么报告的")
            .rows(3)
            .after("reporting", &["reported"]),
        Field::radio("held", "有没有单位已经在查这件事？", choices(HELD)),
        Field::when("inquiry_known", "有的：您什么时候知道的").after("held", &["pending", "decided"]),
        Field::long("accountability", "有的：哪个单位，办到哪一步，有没有文号")
            .rows(2)
            .after("held", &["pending", "decided"]),
    ]
}

fn corrected(_: &Sheet) -> Vec<Field> {
    vec![
        Field::radio("correcting", "改正了没有", choices(CORRECTING)),
        Field::long("correction", "怎么改正的")
            .rows(3)
            .after("correcting", &["corrected", "under-way", "impossible"]),
    ]
}

fn household(_: &Sheet) -> Vec<Field> {
    vec![
        Field::text("household", "户主姓名").optional(),
        Field::text("village", "村（社区）").optional(),
        Field::radio("kin", "您和他们是亲戚吗？", choices(KIN)),
        Field::radio("kin_recorded", "是亲戚的：办过近亲属备案吗？", choices(RECORDED)).after("kin", &["yes"]),
    ]
}

fn files(_: &Sheet) -> Vec<Field> {
    vec![
        Field::file("files", "拍照或选文件")
            .several()
            .optional()
            .hint("照片、PDF、Word、Excel 都行，一个最大 20 MB。拍不清楚没关系，能看出字就行。请不要拍无关的人。身份证只拍需要的一面。"),
    ]
}
