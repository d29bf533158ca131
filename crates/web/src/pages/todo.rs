//! `/` and `/todo`: what waits for me, by day; below it my cases and applications, what I have begun, and what I wait
//! for.

use super::acts::address;
use super::case::due::clock;
use crate::error::Page;
use crate::extract::Visit;
use crate::frame::Frame;
use crate::values::Values;
use crate::words::{day, long_moment};
use app::reading::{CaseRow, TodoItem};
use askama::Template;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse, Redirect};
use base::Date;
use base::calendar::Due;
use base::law::Party;
use casefile::Role;
use casefile::act::ActName;
use casefile::stage::Stage;
use std::collections::BTreeMap;

/// The home page.
#[derive(Debug, Default, Template)]
#[template(path = "pages/todo.html")]
pub struct TodoPage {
    /// Around it.
    pub frame: Frame,
    /// 待办 or 我的事
    pub title: &'static str,
    /// Cases whose investigator has left: who, where they are replaced, number, applicant.
    pub left: Vec<[String; 4]>,
    /// What kinds of things wait, in the order of the procedure; empty where there is one kind alone.
    pub kinds: Vec<TodoKind>,
    /// The groups that are not empty.
    pub groups: Vec<TodoGroup>,
    /// 我的案件: the cases the viewer investigates; `None` for those who investigate none.
    pub investigated: Option<Vec<OwnCase>>,
    /// The viewer's own applications; `None` for those who are no workers.
    pub own: Option<Vec<OwnCase>>,
    /// Drafts: URL and when they were saved.
    pub drafts: Vec<(String, String)>,
    /// Pages that are this person's daily tools: URL and words.
    pub tools: Vec<(&'static str, &'static str)>,
    /// 我在等别人的
    pub others: Vec<OtherLine>,
}

/// A kind of to-do, with how many there are.
#[derive(Debug, PartialEq, Eq)]
pub struct TodoKind {
    /// Where only these are shown, or all again.
    pub url: String,
    /// 待受理 …
    pub label: String,
    /// How many.
    pub n: usize,
    /// Whether only these are shown now.
    pub current: bool,
}

/// A group of to-dos.
#[derive(Debug, PartialEq, Eq)]
pub struct TodoGroup {
    /// 已逾期 …
    pub title: &'static str,
    /// Whether it is the overdue one.
    pub late: bool,
    /// Its items.
    pub items: Vec<TodoLine>,
}

/// One to-do.
#[derive(Debug, PartialEq, Eq)]
pub struct TodoLine {
    /// What is to be done.
    pub act: &'static str,
    /// Where.
    pub url: String,
    /// Case number.
    pub number: String,
    /// Where the case is read; empty for whoever may not open it.
    pub case: String,
    /// The applicant.
    pub applicant: String,
    /// `还差 5 题`; empty for who finds nothing out.
    pub left: String,
    /// By when, in words.
    pub when: String,
}

/// One case of the viewer's.
#[derive(Debug, PartialEq, Eq)]
pub struct OwnCase {
    /// 收件编号
    pub number: String,
    /// Where it stands.
    pub stage: String,
    /// By when.
    pub when: String,
}

/// Something others have to do.
#[derive(Debug, PartialEq, Eq)]
pub struct OtherLine {
    /// Who is to do what.
    pub text: String,
    /// Case number.
    pub number: String,
    /// The applicant.
    pub applicant: String,
    /// By when, in words.
    pub when: String,
}

/// `GET /`
pub async fn home(_: Visit) -> Redirect {
    Redirect::to("/todo")
}

/// `GET /todo`
pub async fn get(visit: Visit, RawQuery(query): RawQuery) -> Page {
    let typed = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
    let only = ActName::parse(typed.text("what"));
    let mut todo = visit.app.todo(&visit.viewer).await?;
    let kinds = kinds(&visit, &todo, only);
    let (today, calendar) = (visit.app.today(), visit.app.calendar());
    let procedure = &visit.app.packs().current().procedure;
    // What a unit's recipient signs for is not a case they may open.
    let own_numbers: Vec<String> = todo.own.iter().map(|row| row.number.clone()).collect();
    let line = |item: TodoItem| {
        let signs = item.act == ActName::Acknowledge && !own_numbers.contains(&item.number);
        let until = |due| {
            let provisional = false;
            let clock = clock(Due { due, provisional }, today, &calendar, procedure);
            format!("{} · {}", clock.words, day(due))
        };
        TodoLine {
            act: item.act.title(),
            url: if signs {
                "/receipts".into()
            } else {
                address(&item.number, item.act)
            },
            case: if signs {
                String::new()
            } else {
                format!("/cases/{}", item.number)
            },
            number: item.number,
            applicant: item.applicant,
            left: left(item.open_questions),
            when: item.due.map_or_else(|| format!("{}开始等", day(item.since)), until) + &reminded(item.reminded),
        }
    };
    let group = |title, late, items: &mut Vec<TodoItem>| {
        let mut items = std::mem::take(items);
        items.retain(|item| only.is_none_or(|only| item.act == only));
        // What comes first in the procedure comes first; within it what is due first.
        items.sort_by_key(|item| item.act);
        TodoGroup {
            title,
            late,
            items: items.into_iter().map(line).collect(),
        }
    };
    let (mut later, mut undated) = todo.later.into_iter().partition(|item| item.due.is_some());
    let groups = [
        group("已逾期", true, &mut todo.overdue),
        group("今天到期", false, &mut todo.today),
        group("3 个工作日内", false, &mut todo.soon),
        group("以后", false, &mut later),
        group("没有定日期的", false, &mut undated),
    ];
    let worker = visit.viewer.has(Role::Worker);
    let own: Vec<OwnCase> = todo.own.into_iter().map(own_case).collect();
    let investigated = visit.viewer.has(Role::Investigator).then(|| {
        let line = |row: CaseRow| {
            let left = left(row.open_questions);
            let mut case = own_case(row);
            if !left.is_empty() {
                case.stage = format!("{}，{left}", case.stage);
            }
            case
        };
        todo.investigated.into_iter().map(line).collect()
    });
    let others = todo.others.into_iter().map(|item| OtherLine {
        text: format!("等{}：{}", item.who, item.act.title()),
        number: item.number,
        applicant: item.applicant,
        when: item.due.map_or_else(String::new, |due| format!("{}前", day(due))),
    });
    let drafts = if worker {
        visit.app.drafts(&visit.viewer).await?
    } else {
        Vec::new()
    };
    let left = visit.app.left_cases(&visit.viewer).await?.into_iter().map(|case| {
        let url = format!("/cases/{}/acts/replace-investigator?out={}", case.number, case.person);
        [case.name, url, case.number, case.applicant]
    });
    let frame = super::officers::warned(&visit, "/todo").await?;
    let tools = tools(&visit, &frame);
    let page = TodoPage {
        left: left.collect(),
        title: if frame.office { "待办" } else { "我的事" },
        frame,
        kinds,
        groups: groups.into_iter().filter(|group| !group.items.is_empty()).collect(),
        investigated,
        own: (worker || !own.is_empty()).then_some(own),
        drafts: drafts
            .into_iter()
            .map(|(id, saved)| (format!("/apply/{id}"), long_moment(saved)))
            .collect(),
        tools,
        others: others.collect(),
    };
    Ok(Html(page.render()?).into_response())
}

/// That the holder was reminded, and when.
fn reminded(on: Option<Date>) -> String {
    on.map(|on| format!(" · {}已提醒", day(on))).unwrap_or_default()
}

/// `还差 5 题`
fn left(open: Option<u32>) -> String {
    match open {
        None => String::new(),
        Some(0) => "题都查清了".into(),
        Some(open) => format!("还差 {open} 题"),
    }
}

fn own_case(row: CaseRow) -> OwnCase {
    OwnCase {
        stage: Stage::parse(&row.stage).map_or("办理中", Stage::name).into(),
        when: match (row.closed, row.met_on, row.due_on) {
            (true, ..) | (_, Some(_), _) | (.., None) => String::new(),
            (.., Some(due)) => {
                let provisional = if row.provisional { "（暂定）" } else { "" };
                format!("最迟 {}{provisional}出结论", crate::words::date(due))
            }
        },
        number: row.number,
    }
}

/// What waits by kind, in the order of the procedure; nothing where there is one kind alone.
fn kinds(visit: &Visit, todo: &app::reading::TodoPage, only: Option<ActName>) -> Vec<TodoKind> {
    let groups = [&todo.overdue, &todo.today, &todo.soon, &todo.later];
    let mut counts: BTreeMap<ActName, usize> = BTreeMap::new();
    for item in groups.into_iter().flatten() {
        *counts.entry(item.act).or_default() += 1;
    }
    if counts.len() < 2 && only.is_none() {
        return Vec::new();
    }
    let discipline = visit
        .viewer
        .seats
        .iter()
        .any(|seat| seat.capacity.role == Role::Lead && seat.capacity.party == Some(Party::Discipline));
    let all = TodoKind {
        url: "/todo".into(),
        label: "全部".into(),
        n: counts.values().sum(),
        current: only.is_none(),
    };
    let kind = |(act, n): (ActName, usize)| TodoKind {
        url: format!("/todo?what={}", act.code()),
        label: kind_label(act, discipline),
        n,
        current: only == Some(act),
    };
    std::iter::once(all).chain(counts.into_iter().map(kind)).collect()
}

/// What a kind of to-do is called on the home page.
fn kind_label(act: ActName, discipline: bool) -> String {
    match act {
        ActName::Assign if discipline => "待派人".into(),
        ActName::Assign => "待指派".into(),
        ActName::Supplement => "待我补正".into(),
        ActName::State => "待我申辩".into(),
        ActName::Acknowledge => "待签收".into(),
        ActName::Waive => "申辩到期".into(),
        ActName::OpenConsultation | ActName::MinuteConsultation => "待会商".into(),
        ActName::Issue => "待签发".into(),
        ActName::AcknowledgeReport => "收到的报告".into(),
        ActName::Coordinate => "待协调".into(),
        act => format!("待{}", act.title()),
    }
}

/// The daily tools of the person's seats; a page for which the header had no room is among them.
fn tools(visit: &Visit, frame: &Frame) -> Vec<(&'static str, &'static str)> {
    let has = |role: Role| visit.viewer.has(role);
    let mut seats = visit.viewer.seats.iter().map(|seat| seat.capacity);
    let leads_bureau = seats.any(|held| held.role == Role::Lead && held.party == Some(Party::Bureau));
    let in_header = |url: &str| frame.nav.iter().any(|link| link.url == url);
    let table = [
        (has(Role::Worker), "/apply", "申请尽职免责"),
        (has(Role::Worker), "/selfcheck", "先自己对照一下"),
        (has(Role::Intake) || leads_bureau, "/paper", "窗口代录"),
        (has(Role::Intake) && !in_header("/kin"), "/kin", "近亲属备案"),
        (has(Role::Recipient), "/receipts", "待签收"),
        (has(Role::Coordinator), "/coordination", "待协调和超期上报"),
        (has(Role::Coordinator), "/officers", "三员"),
    ];
    let own = table.into_iter().filter(|(own, ..)| *own);
    own.map(|(_, url, words)| (url, words)).collect()
}
