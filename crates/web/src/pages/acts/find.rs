//! 认定事实: one question with its wording, the clause verbatim, the answers with what would follow from each, and the
//! evidence to tick. The question's own page ([`crate::pages::questions`]) stands around the same form.

use super::{ActPage, investigate};
use crate::desk::Desk;
use crate::form::{Choice, Field, Form, Law};
use crate::read::Read;
use crate::values::Values;
use crate::words;
use base::law::{Answer, QuestionId};
use casefile::act::ActName;
use casefile::acts::Find;
use casefile::{Act, Refusal};
use rules::{Effect, Kind, Question};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::Find,
    done: "已认定。",
    form,
    parse,
};

const ANSWERS: [(&str, Answer); 4] = [
    ("yes", Answer::Yes),
    ("no", Answer::No),
    ("unknown", Answer::Unknown),
    ("not_applicable", Answer::NotApplicable),
];

/// The form of one question (`?question=`), or the choice of a question where none is named.
fn form(desk: &Desk, values: &Values) -> Form {
    match desk.pack.question(&values.text("question").into()) {
        Some(question) => one(desk, question),
        None => choice(desk),
    }
}

fn choice(desk: &Desk) -> Form {
    let questions = desk.pack.questions.iter();
    let questions = questions.map(|question| Choice::new(&question.id, question.investigator.as_str()));
    common(desk, Form::new("认定"))
        .field(Field::select("question", "哪个问题？", questions.collect()))
        .field(answers(desk, None))
        .field(reason())
        .field(impossible())
}

fn one(desk: &Desk, question: &Question) -> Form {
    let form = Form::new("认定")
        .field(Field::fixed("wording", "问题", question.investigator.as_str()))
        .field(Field::hidden("question", &question.id))
        .field(Field::hidden("next", format!("/cases/{}/questions", desk.number)))
        .field(answers(desk, Some(question)))
        .fields((question.kind == Kind::Citation).then(citation));
    common(desk, form).field(reason()).field(impossible())
}

fn citation() -> Field {
    Field::text("citation", "哪份文件、哪一条")
        .hint("问的是别的规定，认定为“是”的，写明文件名称、文号、哪一条。")
        .optional()
}

fn reason() -> Field {
    Field::long("reason", "理由")
        .hint(
            "认定“是”或者“否”，依据就是勾选的证据和笔录，可以不写。未查明的，写查过什么；不适用或者改以前的认定，写为什么。\
             写进文书，当事家庭写“某村某户”。",
        )
        .optional()
}

fn impossible() -> Field {
    let choice =
        Choice::new("1", "能查的都查了，这个问题无法查明").hint("只用于“未查明”。写明以后，这个问题不再挡住调查结论。");
    Field::checks("impossible", "无法查明", vec![choice]).optional()
}

fn answers(desk: &Desk, question: Option<&Question>) -> Field {
    let effects = question.map(|question| effects(desk, &question.id)).unwrap_or_default();
    let mut list = Vec::new();
    for (code, answer) in ANSWERS {
        let mut choice = Choice::new(code, words::answer(answer));
        let mut hints: Vec<String> = effects.iter().filter(|e| e.answer == answer).map(effect).collect();
        match (answer, question) {
            (Answer::NotApplicable, Some(question)) => match &question.not_applicable {
                Some(when) => hints.push(when.clone()),
                None => continue,
            },
            (Answer::Yes, Some(question)) => {
                hints.extend(
                    question
                        .needs_document
                        .iter()
                        .map(|what| format!("要有{what}，没有的选“未查明”，线索移送主管机关。")),
                );
                choice.law = law(desk, question);
            }
            _ => {}
        }
        list.push(choice.hint(hints.join("")));
    }
    Field::radio("answer", "查明的结果", list)
}

/// The first clause the question belongs to, verbatim.
fn law(desk: &Desk, question: &Question) -> Option<Law> {
    let clause = question.clauses.first().and_then(|id| desk.pack.clause(id))?;
    Some(Law {
        citation: clause.citation.clone(),
        text: clause.text.clone(),
        notes: clause.notes.clone(),
    })
}

/// What would follow from yes and from no.
fn effects(desk: &Desk, question: &QuestionId) -> Vec<Effect> {
    let claim = app::policy::claimed(&desk.case, &desk.pack);
    let (answers, readings) = (desk.case.answers(), desk.case.reading_choices());
    desk.pack
        .effect_of(question, &answers, &readings, claim.as_deref())
        .unwrap_or_default()
}

/// `查明为“否”，结果将是 不予免责。`
pub fn effect(effect: &Effect) -> String {
    let answer = words::answer(effect.answer);
    match effect.possible.as_slice() {
        [only] => format!("查明为“{answer}”，结果将是 {only}。"),
        several => {
            let several: Vec<&str> = several.iter().map(|code| code.as_str()).collect();
            format!("查明为“{answer}”，还可能是 {}。", several.join("、"))
        }
    }
}

/// Evidence and records to tick.
fn common(desk: &Desk, form: Form) -> Form {
    let evidence: Vec<Choice> = desk
        .case
        .evidence
        .iter()
        .map(|e| {
            let document = if e.document { "（主管机关的文书）" } else { "" };
            let late = if e.made_after_inquiry {
                "知道被调查以后形成。"
            } else {
                ""
            };
            Choice::new(e.id, format!("证据 {}：{}{document}", e.number, e.title)).hint(format!("{late}{}", e.proves))
        })
        .collect();
    let records: Vec<Choice> = desk
        .case
        .inquiries
        .iter()
        .filter(|record| record.countersigned.is_some())
        .map(|record| {
            let kind = investigate::kind(record.kind);
            let label = format!(
                "笔录 {}：{kind}，{}，{}",
                record.number,
                words::day(record.on),
                record.whom
            );
            Choice::new(record.id, label)
        })
        .collect();
    let none = |list: &[Choice], what: &str| {
        if list.is_empty() {
            format!("还没有{what}。")
        } else {
            String::new()
        }
    };
    let (no_evidence, no_records) = (none(&evidence, "证据"), none(&records, "会签过的笔录"));
    form.field(
        Field::checks("evidence", "依据的证据", evidence)
            .hint(no_evidence)
            .optional(),
    )
    .field(
        Field::checks("inquiries", "依据的笔录", records)
            .hint(no_records)
            .optional(),
    )
    .consequences("认定记在您的名下。以后可以重新认定，原来的认定留在案卷里。")
}

fn parse(_: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let act = Find {
        question: read.code("question", "哪个问题"),
        answer: read.choice("answer", "查明的结果", &ANSWERS),
        evidence: read.ids("evidence", "证据"),
        inquiries: read.ids("inquiries", "笔录"),
        reason: read.text("reason"),
        citation: read.text("citation"),
        impossible: read.ticked("impossible"),
    };
    read.done(act)
}
