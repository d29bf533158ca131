//! The worker's short form of their own case: how far it has come, for whom it waits, by when, what they can do, the
//! papers, who looked.

use super::cards::{self, Card};
use super::head::{Head, head};
use super::line::{Line, line};
use super::log::{LogLine, gathered, log};
use super::steps::{TaskGroup, groups};
use crate::frame::Frame;
use crate::pages::document;
use crate::words::day;
use app::reading::CaseFile;
use askama::Template;
use casefile::case::{Report, Service};

/// The worker's short form of their own case.
#[derive(Debug, Template)]
#[template(path = "pages/case_own.html")]
pub struct OwnCasePage {
    /// Around it.
    pub frame: Frame,
    /// The head both forms share.
    pub head: Head,
    /// What is being done now, in a word.
    pub place: String,
    /// The timeline, drawn.
    pub line: Line,
    /// How far it has come: step and state.
    pub groups: Vec<TaskGroup>,
    /// How many steps are done, out of how many.
    pub done: (usize, usize),
    /// The papers: address, what it is, when.
    pub papers: Vec<(String, String, String)>,
    /// What was said and what came of it.
    pub cards: Vec<Card>,
    /// 办案记录, as far as the worker sees it, the latest first.
    pub log: Vec<LogLine>,
    /// For print: everything unfolded, with this foot.
    pub printed: Option<String>,
}

/// The worker's short form: no second lines and no lateness of single steps, so that nothing of the institutions' own
/// work shows through.
pub fn own_page(file: &CaseFile, frame: Frame) -> OwnCasePage {
    let mut groups = groups(file, &[], false);
    for group in &mut groups {
        group.tasks.retain(|task| task.class != "t-not");
        for task in &mut group.tasks {
            task.detail.clear();
            task.late.clear();
            task.url.clear();
        }
    }
    let tasks: Vec<_> = groups.iter().flat_map(|group| &group.tasks).collect();
    let now = tasks.iter().find(|task| matches!(task.class, "t-doing" | "t-todo"));
    let done = tasks.iter().filter(|task| task.class == "t-done").count();
    let mut head = head(file);
    for (url, title) in &mut head.acts {
        *title = plainly(url).unwrap_or(title);
    }
    let place = match now {
        _ if !head.due.ended.is_empty() => head.due.ended.clone(),
        Some(task) => format!("正在办：{}", task.title),
        None => "都办完了".into(),
    };
    let shown = [
        "ending",
        "determination",
        "statement",
        "evidence",
        "after",
        "earlier",
        "said",
    ];
    let mut cards = cards::cards(file);
    cards.retain(|card| shown.contains(&card.id) && !card.items.is_empty());
    OwnCasePage {
        frame,
        place,
        line: line(file),
        done: (done, tasks.len()),
        papers: papers(file),
        head,
        groups,
        cards,
        log: gathered(log(file)),
        printed: None,
    }
}

/// What the worker calls an act, by its page; none where its own name is plain enough.
fn plainly(url: &str) -> Option<&'static str> {
    Some(match url.rsplit('/').next()? {
        "amend-claim" => "改变请求（免责、减责）",
        "withdraw" => "撤回申请",
        "ask-recusal" => "请办案的人回避",
        "add-evidence" => "补充材料",
        "state" => "说明和申辩",
        "waive" => "不作说明和申辩",
        "apply-review" => "不服结果，申请复核",
        _ => return None,
    })
}

/// The papers the worker has a right to: the receipt, the report, what was served, of earlier rounds too.
fn papers(file: &CaseFile) -> Vec<(String, String, String)> {
    let (case, number) = (&file.case, file.number.as_str());
    let received = case.receipt.as_ref().map(|receipt| {
        let url = format!("/apply/done/{number}");
        (url, "收件回执".to_owned(), format!("{}收到", day(receipt.received_on)))
    });
    let report = |report: &Report, revoked: &str| {
        let url = format!("/cases/{number}/documents/{}", report.document);
        let what = format!("认定报告 {}{revoked}", report.number);
        (url, what, format!("{}出具", day(report.on)))
    };
    let service = |service: &Service, revoked: &str| {
        let url = format!("/cases/{number}/documents/{}", service.document);
        (url, format!("认定结果告知书{revoked}"), document::state(service))
    };
    let mut papers: Vec<_> = received.into_iter().collect();
    for round in &case.rounds {
        papers.extend(round.report.iter().map(|one| report(one, "（已撤销）")));
        papers.extend(round.services.iter().map(|one| service(one, "（已撤销）")));
    }
    papers.extend(case.reports.iter().map(|one| report(one, "")));
    papers.extend(case.services.iter().map(|one| service(one, "")));
    papers
}
