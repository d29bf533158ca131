//! `/cases/{no}` and the readings below it: the case page, the record, the readers, the deadline, files, the print.
//!
//! The page is made from `app`'s case file alone: what this reader may not see is not in it.

mod afterwards;
pub mod cards;
pub mod due;
pub mod head;
pub mod line;
pub mod log;
pub mod opinions;
mod own;
mod readings;
mod said;
pub mod steps;
pub mod why;

pub use head::{Head, Now};
pub use log::LogLine;
pub use own::{OwnCasePage, own_page};
pub use readings::{DeadlinePage, LogPage, ReadersPage};
pub use readings::{deadline, deadline_page, file, print, readers, record, send_file};
pub use steps::{TaskGroup, TaskLine};

use crate::error::Page;
use crate::extract::{Path, Visit};
use crate::frame::Frame;
use app::Standing;
use app::reading::CaseFile;
use askama::Template;
use axum::response::{Html, IntoResponse};
use base::law::QuestionId;
use cards::Card;
use casefile::tasks::State;
use head::head;
use line::{Line, line};
use log::{gathered, log};
use opinions::OpinionBox;
use rules::Effect;
use steps::groups;
use why::Why;

/// How many entries of the record the page shows.
const LAST: usize = 10;

/// The case page of the two institutions, the city and the auditor.
#[derive(Debug, Template)]
#[template(path = "pages/case.html")]
pub struct CasePage {
    /// Around it.
    pub frame: Frame,
    /// The head both forms share.
    pub head: Head,
    /// The timeline, drawn.
    pub line: Line,
    /// 办理步骤
    pub groups: Vec<TaskGroup>,
    /// How many tasks are done.
    pub done: usize,
    /// Out of how many that are needed.
    pub total: usize,
    /// 第 9 项，共 14 项: the first that is not done.
    pub place: String,
    /// 系统建议和理由
    pub why: Why,
    /// 两家意见
    pub opinions: Vec<OpinionBox>,
    /// Whether they agree.
    pub agreement: String,
    /// The rest.
    pub cards: Vec<Card>,
    /// 办案记录, the latest first.
    pub log: Vec<LogLine>,
    /// How many entries there are.
    pub entries: usize,
    /// For print: everything unfolded, with this foot.
    pub printed: Option<String>,
}

/// `GET /cases/{no}`
pub async fn show(visit: Visit, Path(number): Path<String>) -> Page {
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    let frame = visit.frame("/cases");
    let html = if file.standing == Standing::Applicant {
        own_page(&file, frame).render()?
    } else {
        page(&file, frame, |question| {
            visit.app.effects(&file, question).unwrap_or_default()
        })
        .render()?
    };
    Ok(Html(html).into_response())
}

/// The case page.
pub fn page(file: &CaseFile, frame: Frame, effects: impl Fn(&QuestionId) -> Vec<Effect>) -> CasePage {
    let needed: Vec<State> = file
        .tasks
        .iter()
        .flat_map(|group| &group.tasks)
        .map(|task| task.state)
        .filter(|state| *state != State::NotNeeded)
        .collect();
    let total = needed.len();
    let (opinions, agreement) = opinions::opinions(file);
    let cards = cards::cards(file);
    let log = log(file);
    let entries = log.len();
    CasePage {
        frame,
        head: head(file),
        line: line(file),
        groups: groups(file, &cards, !opinions.is_empty()),
        done: needed.iter().filter(|state| **state == State::Done).count(),
        total,
        place: match needed.iter().position(|state| *state != State::Done) {
            Some(at) => format!("第 {} 项，共 {total} 项", at + 1),
            None => format!("{total} 项都办完了"),
        },
        why: why::why(file, effects),
        opinions,
        agreement,
        cards,
        entries,
        log: gathered(log).into_iter().take(LAST).collect(),
        printed: None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use base::law::{Decider, Party, Procedure, Silence, Starter, Text};

    /// A procedure with reminders at five and two working days and nothing else.
    pub fn procedure() -> Procedure {
        let text = || Text {
            version: String::new(),
            title: String::new(),
            paragraphs: Vec::new(),
        };
        Procedure {
            starters: vec![Starter::Person],
            decider: Decider::Bureau,
            investigators: 2,
            opinions: vec![Party::Bureau, Party::Discipline],
            withhold_opinions: true,
            silence: Silence::Escalate,
            hear_applicant: true,
            deadlines: Vec::new(),
            steps: Vec::new(),
            decline_grounds: Vec::new(),
            recusal_grounds: Vec::new(),
            major_grounds: Vec::new(),
            review_levels: 0,
            review_days: 0,
            reminders: vec![5, 2],
            explain_outcome: None,
            claims: Vec::new(),
            needs_document: Vec::new(),
            degradations: Vec::new(),
            work_kinds: Vec::new(),
            work_links: Vec::new(),
            declaration: text(),
            leaflet: text(),
            result_note: String::new(),
        }
    }
}
