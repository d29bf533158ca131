//! 两家意见: one box each. What is withheld is not in the case file, so it cannot be on the page.

use crate::words::{day, long_moment};
use app::Standing;
use app::reading::CaseFile;
use base::law::Party;
use casefile::waiting::{Waiting, Whom};
use casefile::{ActName, Role};

/// One institution's opinion, sealed up or opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpinionBox {
    /// The institution.
    pub title: String,
    /// Whether it is in and not opened yet.
    pub withheld: bool,
    /// The tag's look.
    pub class: &'static str,
    /// The tag's word.
    pub word: String,
    /// A line.
    pub line: String,
    /// The outcome, once opened.
    pub outcome: String,
    /// The reason, once opened.
    pub reason: String,
}

/// The opinions, one box each, and a line on whether they agree; nothing before the conclusion.
pub fn opinions(file: &CaseFile) -> (Vec<OpinionBox>, String) {
    let case = &file.case;
    if case.conclusion.is_none() && case.opinions.is_empty() {
        return (Vec::new(), String::new());
    }
    let boxes: Vec<OpinionBox> = file
        .procedure
        .procedure
        .opinions
        .iter()
        .map(|party| opinion(file, *party))
        .collect();
    let open: Vec<&str> = boxes
        .iter()
        .filter(|b| !b.outcome.is_empty())
        .map(|b| b.outcome.as_str())
        .collect();
    let line = match open.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && rest.iter().all(|o| o == first) => "意见一致".into(),
        [_, _, ..] => "意见不一致，要会商".into(),
        _ => String::new(),
    };
    let at = case
        .opinions_opened
        .map(|at| format!("{} 同时打开", long_moment(at)))
        .unwrap_or_default();
    let parts = [at, line]
        .into_iter()
        .filter(|part: &String| !part.is_empty())
        .collect::<Vec<_>>();
    (boxes, parts.join(" · "))
}

fn opinion(file: &CaseFile, party: Party) -> OpinionBox {
    let title = file.names.of(party).to_owned();
    let own = file.standing == Standing::Team(party);
    let empty = OpinionBox {
        title,
        withheld: false,
        class: "t-todo",
        word: "未提交".into(),
        line: String::new(),
        outcome: String::new(),
        reason: String::new(),
    };
    match file.case.opinions.get(&party) {
        None if file.case.silent.contains(&party) => OpinionBox {
            word: "没有提出".into(),
            line: "已记明没有提出意见。".into(),
            ..empty
        },
        None => OpinionBox {
            line: format!("{}到齐以前，两家都看不到对方的内容。", awaited(file, party)),
            ..empty
        },
        Some(opinion) => match &opinion.content {
            // Time and person only: nothing here may hang on what it says.
            None => OpinionBox {
                withheld: true,
                class: "t-sealed",
                word: "已密封".into(),
                line: format!(
                    "{} {}提交。到齐以前{}。",
                    long_moment(opinion.at),
                    opinion.by_name,
                    if own {
                        "不能改，也看不到对方意见"
                    } else {
                        "看不到内容"
                    }
                ),
                ..empty
            },
            Some(content) => OpinionBox {
                class: "t-done",
                word: "✓ 已打开".into(),
                line: format!("{} {}提交", long_moment(opinion.at), opinion.by_name),
                outcome: content.outcome.to_string(),
                reason: content.reason.clone(),
                ..empty
            },
        },
    }
}

/// `等民政局负责人，9 月 30 日（周三）前。`
fn awaited(file: &CaseFile, party: Party) -> String {
    let waits = |wait: &&Waiting| wait.act == ActName::Opine && wait.who == Whom::Role(Role::Lead, party);
    let Some(wait) = file.waiting.iter().find(waits) else {
        return String::new();
    };
    let by = wait.due.map_or_else(String::new, |due| format!("，{}前", day(due)));
    format!("等{}{by}。", wait.who.text(&file.case))
}
