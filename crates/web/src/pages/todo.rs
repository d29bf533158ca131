//! `/` and `/todo`: what waits for me, by day; below it my own applications and what I have begun.

use super::acts::address;
use super::case::due::clock;
use crate::error::Page;
use crate::extract::Visit;
use crate::frame::Frame;
use crate::words::{day, long_moment};
use app::reading::TodoItem;
use askama::Template;
use axum::response::{Html, IntoResponse, Redirect};
use base::Date;
use base::calendar::Due;
use casefile::Role;
use casefile::act::ActName;
use casefile::stage::Stage;

/// The home page.
#[derive(Debug, Default, Template)]
#[template(path = "pages/todo.html")]
pub struct TodoPage {
    /// Around it.
    pub frame: Frame,
    /// 待办 or 我的事
    pub title: &'static str,
    /// The groups that are not empty.
    pub groups: Vec<TodoGroup>,
    /// The viewer's own applications; `None` for those who are no workers.
    pub own: Option<Vec<OwnCase>>,
    /// Drafts: URL and when they were saved.
    pub drafts: Vec<(String, String)>,
    /// Pages that are this person's daily tools: URL and words.
    pub tools: Vec<(&'static str, &'static str)>,
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
    /// The applicant.
    pub applicant: String,
    /// By when, in words.
    pub when: String,
}

/// One own application.
#[derive(Debug, PartialEq, Eq)]
pub struct OwnCase {
    /// 收件编号
    pub number: String,
    /// Where it stands.
    pub stage: &'static str,
    /// By when.
    pub when: String,
}

/// `GET /`
pub async fn home(_: Visit) -> Redirect {
    Redirect::to("/todo")
}

/// `GET /todo`
pub async fn get(visit: Visit) -> Page {
    let todo = visit.app.todo(&visit.viewer).await?;
    let (today, calendar) = (visit.app.today(), visit.app.calendar());
    let procedure = &visit.app.packs().current().procedure;
    // What a unit's recipient signs for is not a case they may open.
    let own_numbers: Vec<String> = todo.own.iter().map(|row| row.number.clone()).collect();
    let line = |item: TodoItem| TodoLine {
        act: item.act.title(),
        url: if item.act == ActName::Acknowledge && !own_numbers.contains(&item.number) {
            "/receipts".into()
        } else {
            address(&item.number, item.act)
        },
        number: item.number,
        applicant: item.applicant,
        when: item.due.map_or_else(
            || format!("{}起", day(item.since)),
            |due| {
                let clock = clock(
                    Due {
                        due,
                        provisional: false,
                    },
                    today,
                    &calendar,
                    procedure,
                );
                format!("{} · {}", clock.words, day(due))
            },
        ) + &reminded(item.reminded),
    };
    let group = |title, late, items: Vec<TodoItem>| TodoGroup {
        title,
        late,
        items: items.into_iter().map(line).collect(),
    };
    let groups = [
        group("已逾期", true, todo.overdue),
        group("今天到期", false, todo.today),
        group("3 个工作日内", false, todo.soon),
        group("以后", false, todo.later),
    ];
    let worker = visit.viewer.has(Role::Worker);
    let own = todo.own.into_iter().map(|row| OwnCase {
        stage: Stage::parse(&row.stage).map_or("办理中", Stage::name),
        when: match (row.closed, row.met_on, row.due_on) {
            (true, ..) | (_, Some(_), _) | (.., None) => String::new(),
            (.., Some(due)) => {
                let provisional = if row.provisional { "（暂定）" } else { "" };
                format!("最迟 {}{provisional}出结论", crate::words::date(due))
            }
        },
        number: row.number,
    });
    let own: Vec<OwnCase> = own.collect();
    let drafts = if worker {
        visit.app.drafts(&visit.viewer).await?
    } else {
        Vec::new()
    };
    let frame = visit.frame("/todo");
    let page = TodoPage {
        title: if frame.office { "待办" } else { "我的事" },
        frame,
        groups: groups.into_iter().filter(|group| !group.items.is_empty()).collect(),
        own: (worker || !own.is_empty()).then_some(own),
        drafts: drafts
            .into_iter()
            .map(|(id, saved)| (format!("/apply/{id}"), long_moment(saved)))
            .collect(),
        tools: tools(&visit),
    };
    Ok(Html(page.render()?).into_response())
}

/// That the holder was reminded, and when.
fn reminded(on: Option<Date>) -> String {
    on.map(|on| format!(" · {}已提醒", day(on))).unwrap_or_default()
}

fn tools(visit: &Visit) -> Vec<(&'static str, &'static str)> {
    let table = [
        (Role::Worker, "/apply", "申请尽职免责"),
        (Role::Worker, "/selfcheck", "先自己对照一下"),
        (Role::Intake, "/paper", "窗口代录"),
        (Role::Recipient, "/receipts", "待签收"),
    ];
    table
        .iter()
        .filter(|(role, ..)| visit.viewer.has(*role))
        .map(|(_, url, words)| (*url, *words))
        .collect()
}
