//! `/cases`: the list, filtered, a page at a time, with what a search of contents finds. The applicant's name, never a
//! family's.

pub mod export;
mod filter;

pub use filter::{Filter, NONE, NOT_YET, Select, TIMINGS, span, url};

use crate::error::Page;
use crate::extract::Visit;
use crate::frame::Frame;
use crate::values::Values;
use app::reading::CaseRow;
use app::search::MOST;
use app::views::Pace;
use askama::Template;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse};
use base::Date;
use base::calendar::Calendar;
use base::law::Procedure;
use casefile::stage::Stage;

/// The list of cases.
#[derive(Debug, Default, Template)]
#[template(path = "pages/cases.html")]
pub struct CasesPage {
    /// Around it.
    pub frame: Frame,
    /// What is filtered.
    pub filter: Filter,
    /// How many there are, in words, and in which order.
    pub count: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<CaseLine>,
    /// Address of the page before; empty for none.
    pub previous: String,
    /// Address of the next page; empty for none.
    pub next: String,
    /// Address of the file of the whole list; empty where the list is.
    pub export: String,
    /// What a search of contents found; `None` where none was asked for.
    pub mentions: Option<Mentioned>,
    /// Whether the reader sees what the archive need not keep any longer.
    pub archive: bool,
}

/// A column of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// What it says.
    pub words: &'static str,
    /// Where the list is sorted by it; empty where it cannot be.
    pub url: String,
    /// `ascending` or `descending` where it is sorted by it now.
    pub sorted: &'static str,
}

/// What a search of contents found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// The rows, each with where it was found.
    pub rows: Vec<(CaseLine, String)>,
    /// What the reader must know of it.
    pub hint: String,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLine {
    /// 收件编号
    pub number: String,
    /// The applicant.
    pub applicant: String,
    /// The unit.
    pub unit: String,
    /// Kind of work.
    pub work: String,
    /// Where it stands.
    pub stage: String,
    /// The day in words.
    pub due: String,
    /// The day's look.
    pub class: &'static str,
    /// 收到
    pub received: String,
}

/// `GET /cases`
pub async fn get(visit: Visit, RawQuery(query): RawQuery) -> Page {
    let typed = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
    let asked = filter::query(&visit, &typed);
    let list = visit.app.cases(&visit.viewer, &asked).await?;
    let choices = visit.app.choices(&visit.viewer, &asked).await?;
    let filter = filter::form(&visit, &typed, &choices);
    let mentions = if filter.deep && !filter.text.is_empty() {
        let found = visit.app.mentions(&visit.viewer, &asked).await?;
        let row = |found: app::search::Mention| (line(&visit, found.row), found.places.join("、"));
        Some(Mentioned {
            hint: if found.more {
                format!("字太常见或者案件太多，只核对了一部分，最多显示 {MOST} 件。请多写几个字。")
            } else {
                String::new()
            },
            rows: found.found.into_iter().map(row).collect(),
        })
    } else {
        None
    };
    let (.., words) = filter::order(&typed);
    let count = if list.count.more {
        format!("共 {}+ 件，{words}。", thousands(list.count.n))
    } else {
        format!("共 {} 件，{words}。", thousands(list.count.n))
    };
    let at = |cursor: Option<String>| {
        cursor.map_or_else(String::new, |cursor| {
            filter::url("/cases", &typed, Some(("at", &cursor)))
        })
    };
    let page = CasesPage {
        frame: visit.frame("/cases"),
        count,
        columns: columns(&typed),
        previous: at(list.previous),
        next: at(list.next),
        export: if list.rows.is_empty() {
            String::new()
        } else {
            filter::url("/cases/export", &typed, None)
        },
        rows: list.rows.into_iter().map(|row| line(&visit, row)).collect(),
        filter,
        mentions,
        archive: app::retention::sees(&visit.viewer),
    };
    Ok(Html(page.render()?).into_response())
}

/// The columns of the list, three of which sort it.
fn columns(typed: &Values) -> Vec<Column> {
    let table = [
        ("编号", Some("number")),
        ("申请人", None),
        ("单位", None),
        ("种类", None),
        ("办到哪一步", None),
        ("法定期限", Some("")),
        ("收到", Some("received")),
    ];
    let (now, ..) = filter::order(typed);
    let column = |(words, order): (&'static str, Option<&str>)| Column {
        words,
        url: order.map_or_else(String::new, |order| {
            filter::url("/cases", typed, Some(("order", order)))
        }),
        sorted: match order {
            Some("received") if now == "received" => "descending",
            Some(order) if now == order => "ascending",
            _ => "",
        },
    };
    table.map(column).into()
}

/// `1,000`
fn thousands(n: u64) -> String {
    match (n / 1000, n % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

fn line(visit: &Visit, row: CaseRow) -> CaseLine {
    let procedure = &visit.app.packs().current().procedure;
    let (class, due) = standing(&row, visit.app.today(), &visit.app.calendar());
    CaseLine {
        stage: stage(&row),
        work: work(&row, procedure),
        number: row.number,
        applicant: row.applicant_name,
        unit: row.unit_name,
        due,
        class,
        received: row.received_on.to_string(),
    }
}

fn work(row: &CaseRow, procedure: &Procedure) -> String {
    let kind = procedure
        .work_kinds
        .iter()
        .find(|kind| kind.id.as_str() == row.work_kind);
    kind.map_or_else(|| row.work_kind.clone(), |kind| kind.text.clone())
}

fn stage(row: &CaseRow) -> String {
    let at = match app::retention::is_erased(row) {
        true => Some("已销毁"),
        false => Stage::parse(&row.stage).map(Stage::name),
    };
    match (&row.outcome, at) {
        (Some(outcome), Some(stage)) => format!("{stage} · {outcome}"),
        (None, Some(stage)) => stage.into(),
        (_, None) => row.stage.clone(),
    }
}

/// How a case stands to its statutory day: the look, and in words.
fn standing(row: &CaseRow, today: Date, calendar: &Calendar) -> (&'static str, String) {
    match (Pace::parse(&row.pace), row.due_on) {
        (Some(Pace::InTime), _) => ("ok-word", "✓ 按期作出结论".into()),
        (Some(Pace::Late), _) => ("late-word", "超期作出结论".into()),
        (Some(Pace::Open), Some(due)) if !row.closed => {
            let provisional = if row.provisional { "（暂定）" } else { "" };
            let left = calendar.working_days_between(today, due);
            let day = crate::words::day(due);
            if due < today {
                ("late-word", format!("▲ 已超期 {} 个工作日", (-left).max(1)))
            } else if due == today {
                ("warn-word", format!("今天到期{provisional}"))
            } else {
                let class = if left <= 5 { "warn-word" } else { "" };
                (class, format!("{day}{provisional}，还剩 {left} 个工作日"))
            }
        }
        _ => ("", String::new()),
    }
}
