//! `/cases/{no}` and the readings below it: the case page, the record, the readers, the deadline, files, the print.
//!
//! The page is made from `app`'s case file alone: what this reader may not see is not in it.

mod afterwards;
pub mod cards;
pub mod due;
pub mod opinions;
mod readings;
mod said;
pub mod why;

pub use readings::{DeadlinePage, LogPage, ReadersPage};
pub use readings::{deadline, deadline_page, file, print, readers, record, send_file};

use crate::error::Page;
use crate::extract::{Path, Visit};
use crate::frame::Frame;
use crate::pages::acts;
use crate::words::{date, day, moment};
use app::Standing;
use app::reading::CaseFile;
use askama::Template;
use axum::response::{Html, IntoResponse};
use base::law::QuestionId;
use cards::Card;
use casefile::tasks::{Group, State, Task};
use casefile::waiting::{Waiting, Whom};
use due::DueBox;
use opinions::OpinionBox;
use rules::Effect;
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
    /// 办理步骤
    pub groups: Vec<TaskGroup>,
    /// How many tasks are done.
    pub done: usize,
    /// Out of how many that are needed.
    pub total: usize,
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

/// The worker's short form of their own case.
#[derive(Debug, Template)]
#[template(path = "pages/case_own.html")]
pub struct OwnCasePage {
    /// Around it.
    pub frame: Frame,
    /// The head both forms share.
    pub head: Head,
    /// How far it has come: step and state.
    pub groups: Vec<TaskGroup>,
    /// What was said and what came of it.
    pub cards: Vec<Card>,
    /// 办案记录, as far as the worker sees it, the latest first.
    pub log: Vec<LogLine>,
}

/// What stands on top of the case page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// 收件编号
    pub number: String,
    /// 李春梅的尽职免责申请
    pub title: String,
    /// Unit, work, clauses claimed.
    pub facts: String,
    /// 依据待定, or what the pack says of its own validity.
    pub banner: String,
    /// The two clocks.
    pub due: DueBox,
    /// What waits for this reader.
    pub now: Option<Now>,
    /// Whom it waits for otherwise.
    pub waits: Vec<String>,
    /// What else this reader may do: URL and words.
    pub acts: Vec<(String, &'static str)>,
}

/// 现在等您
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The act.
    pub title: String,
    /// By when.
    pub hint: String,
    /// Where it is done.
    pub url: String,
}

/// A group of tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskGroup {
    /// 一、申请和受理
    pub title: String,
    /// Its tasks.
    pub tasks: Vec<TaskLine>,
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLine {
    /// What it is.
    pub title: &'static str,
    /// Where it is done, for whom it waits.
    pub url: String,
    /// Second line.
    pub detail: String,
    /// 晚了 3 天
    pub late: String,
    /// The tag's look.
    pub class: &'static str,
    /// The tag's word.
    pub word: String,
}

/// One line of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// When, as the record has it.
    pub at: String,
    /// Who.
    pub who: String,
    /// What.
    pub what: &'static str,
    /// Its place in the case's stream.
    pub version: u64,
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
    let needed = file
        .tasks
        .iter()
        .flat_map(|group| &group.tasks)
        .filter(|task| task.state != State::NotNeeded);
    let (opinions, agreement) = opinions::opinions(file);
    let log = log(file);
    CasePage {
        frame,
        head: head(file),
        groups: file.tasks.iter().map(|group| task_group(file, group)).collect(),
        done: needed.clone().filter(|task| task.state == State::Done).count(),
        total: needed.count(),
        why: why::why(file, effects),
        opinions,
        agreement,
        cards: cards::cards(file),
        entries: log.len(),
        log: log.into_iter().take(LAST).collect(),
        printed: None,
    }
}

/// The worker's short form: no second lines, so that nothing of the institutions' own work shows through.
pub fn own_page(file: &CaseFile, frame: Frame) -> OwnCasePage {
    let groups = file.tasks.iter().map(|group| {
        let mut group = task_group(file, group);
        group.tasks.retain(|task| task.class != "t-not");
        for task in &mut group.tasks {
            task.detail.clear();
            task.url.clear();
        }
        group
    });
    let shown = [
        "ending",
        "determination",
        "statement",
        "evidence",
        "service",
        "after",
        "said",
    ];
    let mut cards: Vec<Card> = cards::cards(file)
        .into_iter()
        .filter(|card| shown.contains(&card.id))
        .collect();
    cards.retain(|card| !card.items.is_empty());
    let mut head = head(file);
    // The institutions' own step targets are not the worker's clock.
    if let Some(statutory) = &head.due.statutory {
        head.due.class.clone_from(&statutory.class);
        head.due.step = None;
    }
    OwnCasePage {
        frame,
        head,
        groups: groups.collect(),
        cards,
        log: log(file),
    }
}

fn head(file: &CaseFile) -> Head {
    let case = &file.case;
    let own = file.standing == Standing::Applicant;
    // What the applicant is waited for, others may record from paper; it does not wait for them.
    let applicants = |wait: &Waiting| matches!(&wait.who, Whom::Person(person) if case.applicant() == Some(*person));
    let mine = file
        .waiting
        .iter()
        .find(|wait| file.my_acts.contains(&wait.act) && (own || !applicants(wait)));
    let url = |act| acts::address(&file.number, act);
    let now = mine.map(|wait| Now {
        title: wait.act.title().into(),
        hint: wait.due.map(|due| format!("{}前。", day(due))).unwrap_or_default(),
        url: acts::address(&file.number, wait.act),
    });
    let mut waits: Vec<String> = Vec::new();
    for wait in file
        .waiting
        .iter()
        .filter(|wait| mine.is_none_or(|mine| mine.act != wait.act))
    {
        let line = match wait.act.code() {
            "opine" | "open-consultation" | "minute-consultation" | "escalate" | "coordinate" | "confirm" if own => {
                "两家正在提意见".to_owned()
            }
            _ => {
                let by = wait
                    .due
                    .filter(|_| !own)
                    .map(|due| format!("，{}前", day(due)))
                    .unwrap_or_default();
                format!("{}：{}{by}", wait.who.text(case), wait.act.title())
            }
        };
        if !waits.contains(&line) {
            waits.push(line);
        }
    }
    let others = file
        .my_acts
        .iter()
        .filter(|act| mine.is_none_or(|mine| mine.act != **act));
    Head {
        number: file.number.clone(),
        title: title(file),
        facts: facts(file),
        banner: banner(file),
        due: due::due_box(
            case,
            &file.waiting,
            file.today,
            &file.calendar,
            &file.procedure.procedure,
        ),
        now,
        waits,
        acts: others
            .filter(|act| acts::page_of(**act).is_some())
            .map(|act| (url(*act), act.title()))
            .collect(),
    }
}

fn title(file: &CaseFile) -> String {
    let name = file
        .case
        .application
        .as_ref()
        .map(|application| application.text.name.as_str());
    format!("{}的尽职免责申请", name.unwrap_or("申请人"))
}

fn facts(file: &CaseFile) -> String {
    let Some(application) = &file.case.application else {
        return String::new();
    };
    let procedure = &file.procedure.procedure;
    let text = |list: &[base::law::Ground], id: &base::law::GroundId| {
        list.iter()
            .find(|ground| ground.id == *id)
            .map(|ground| ground.text.clone())
            .unwrap_or_default()
    };
    let links: Vec<String> = application
        .codes
        .work_links
        .iter()
        .map(|id| text(&procedure.work_links, id))
        .collect();
    let clauses: Vec<&str> = application
        .codes
        .clauses
        .iter()
        .filter_map(|id| file.pack.clause(id))
        .map(|clause| clause.citation.as_str())
        .collect();
    let claimed = if clauses.is_empty() {
        String::new()
    } else {
        format!("申请情形 {}", clauses.join("、"))
    };
    let earlier = file.earlier.as_ref();
    let earlier = earlier.map(|(number, on)| format!("前一次收到申请 {number}，{}，后来撤回", date(*on)));
    let parts = [
        application.text.unit.clone(),
        text(&procedure.work_kinds, &application.codes.work_kind),
        links.join("、"),
        claimed,
        earlier.unwrap_or_default(),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn banner(file: &CaseFile) -> String {
    match (&file.case.receipt, &file.case.basis) {
        (Some(receipt), None) if receipt.basis_pending => {
            "已收到，期限照算。这件事还没有确定按哪份文件办（依据待定），请写明依据。".into()
        }
        _ => String::new(),
    }
}

fn task_group(file: &CaseFile, group: &Group) -> TaskGroup {
    TaskGroup {
        title: group.title.into(),
        tasks: group.tasks.iter().map(|task| task_line(file, task)).collect(),
    }
}

fn task_line(file: &CaseFile, task: &Task) -> TaskLine {
    let class = match task.state {
        State::NotStarted => "t-todo",
        State::Underway => "t-doing",
        State::Done => "t-done",
        State::Blocked => "t-cannot",
        State::NotNeeded => "t-not",
    };
    let sign = if task.state == State::Done { "✓ " } else { "" };
    let mine = task.act.filter(|act| file.my_acts.contains(act));
    TaskLine {
        title: task.title,
        url: mine.map(|act| acts::address(&file.number, act)).unwrap_or_default(),
        detail: task.detail.clone(),
        late: task.late.clone().unwrap_or_default(),
        class,
        word: format!("{sign}{}", task.state.name()),
    }
}

/// The record, the latest first.
pub(crate) fn log(file: &CaseFile) -> Vec<LogLine> {
    let own = file.standing == Standing::Applicant;
    let lines = file.entries.iter().rev().map(|entry| {
        let stood = &entry.meta.stood;
        let who = if own && Some(entry.meta.actor) != file.case.applicant() {
            stood.institution.clone()
        } else {
            format!("{} {}", stood.institution, stood.name).trim().to_owned()
        };
        LogLine {
            at: moment(entry.meta.recorded),
            who: if who.is_empty() { "系统".into() } else { who },
            what: entry.event.title(),
            version: entry.meta.version,
        }
    });
    lines.collect()
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
