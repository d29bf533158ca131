//! `/cases/{no}/statement`: the invitation, what the applicant said, and what was answered to each argument.

use super::evidence::link;
use crate::error::Page;
use crate::extract::{Path, Visit};
use crate::frame::Frame;
use crate::words;
use app::reading::CaseFile;
use askama::Template;
use axum::response::{Html, IntoResponse};
use casefile::act::ActName;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/statement.html")]
pub struct StatementPage {
    /// Around it.
    pub frame: Frame,
    /// 收件编号
    pub number: String,
    /// How far it has come, one sentence each.
    pub lines: Vec<String>,
    /// What the applicant was asked to speak to; may be empty.
    pub matters: String,
    /// The arguments.
    pub arguments: Vec<ArgumentRow>,
    /// Papers the applicant signed: address, name, size.
    pub papers: Vec<(String, String, String)>,
    /// What the reader may do now: code and title.
    pub acts: Vec<(&'static str, &'static str)>,
}

/// One argument with its answer.
#[derive(Debug)]
pub struct ArgumentRow {
    /// Which, from 1.
    pub n: usize,
    /// What the applicant says.
    pub text: String,
    /// 采纳, 不采纳, 还没有答复: look and word.
    pub tag: (&'static str, &'static str),
    /// Why; empty while not answered.
    pub reason: String,
    /// Where it is answered, for those who may.
    pub url: String,
}

/// `GET /cases/{no}/statement`
pub async fn get(visit: Visit, Path(number): Path<String>) -> Page {
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    Ok(Html(page(visit.frame("/cases"), &file).render()?).into_response())
}

/// The page of a case.
pub fn page(frame: Frame, file: &CaseFile) -> StatementPage {
    let statement = &file.case.statement;
    let mut lines = Vec::new();
    match statement.invited {
        Some((on, until)) => {
            lines.push(format!(
                "{}发出申辩告知，可以说明到 {}。",
                words::day(on),
                words::day(until)
            ));
        }
        None => lines.push("还没有邀请申请人说明。申请人现在也可以说明。".into()),
    }
    lines.extend(statement.stated.map(|on| format!("{}申请人作了说明。", words::day(on))));
    lines.extend(statement.waived.as_ref().map(|waived| {
        let how = if waived.own {
            "申请人表示不说明"
        } else {
            "申请人一直没有说明，记录为放弃"
        };
        let reason = if waived.reason.is_empty() {
            String::new()
        } else {
            format!("：{}", waived.reason)
        };
        format!("{}{how}{reason}", words::day(waived.on))
    }));
    lines.extend(file.case.explained.as_ref().map(|done| {
        format!(
            "{}{}向申请人释明可以提出减责：{}",
            words::day(done.on),
            done.stood.name,
            done.note
        )
    }));
    let may_answer = file.my_acts.contains(&ActName::AnswerArgument);
    let acts = [ActName::Invite, ActName::State, ActName::Waive, ActName::Explain];
    StatementPage {
        frame,
        number: file.number.clone(),
        lines,
        matters: statement.matters.clone(),
        arguments: (1..)
            .zip(&statement.arguments)
            .map(|(n, argument)| ArgumentRow {
                n,
                text: argument.text.clone(),
                tag: match &argument.answer {
                    Some((true, _)) => ("t-done", "✓ 采纳"),
                    Some((false, _)) => ("t-todo", "不采纳"),
                    None => ("v-unknown", "还没有答复"),
                },
                reason: argument
                    .answer
                    .as_ref()
                    .map(|(_, reason)| reason.clone())
                    .unwrap_or_default(),
                url: if may_answer {
                    format!("/cases/{}/acts/answer?argument={}", file.number, argument.id)
                } else {
                    String::new()
                },
            })
            .collect(),
        papers: statement.papers.iter().map(link).collect(),
        acts: acts
            .iter()
            .filter(|act| file.my_acts.contains(act))
            .map(|act| (act.code(), act.title()))
            .collect(),
    }
}
