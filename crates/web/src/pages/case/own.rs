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
use casefile::PaperKind;

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
    // How it ended is said once.
    let ended = std::mem::take(&mut head.due.ended);
    let place = match now {
        _ if !ended.is_empty() => ended,
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

/// The papers the worker has a right to, those of earlier rounds too. The receipt slip lies behind the receipt page; a
/// result stands with how far its service is, its receipt of service on the same page.
fn papers(file: &CaseFile) -> Vec<(String, String, String)> {
    let (case, number) = (&file.case, file.number.as_str());
    let services = || {
        case.rounds
            .iter()
            .flat_map(|round| &round.services)
            .chain(&case.services)
    };
    let received = case.receipt.as_ref().map(|receipt| {
        let url = format!("/apply/done/{number}");
        (url, "收件回执".to_owned(), format!("{}收到", day(receipt.received_on)))
    });
    let elsewhere = [PaperKind::Receipt, PaperKind::ServiceWorker];
    let listed = case.papers.iter().filter(|paper| !elsewhere.contains(&paper.kind));
    let papers = listed.map(|paper| {
        let decides = matches!(paper.kind, PaperKind::Report | PaperKind::ResultWorker);
        let revoked = if decides && paper.round < case.rounds.len() {
            "（已撤销）"
        } else {
            ""
        };
        let what = match paper.kind {
            PaperKind::ResultWorker => "认定结果告知书",
            _ => paper.name(),
        };
        let when = match services().find(|service| service.document == paper.document) {
            Some(service) => document::state(service),
            None => day(paper.on),
        };
        let url = format!("/cases/{number}/documents/{}", paper.document);
        (url, format!("{what}{revoked}"), when)
    });
    received.into_iter().chain(papers).collect()
}
