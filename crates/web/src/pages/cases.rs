//! `/cases`: the list, filtered, a page at a time. The applicant's name, never a family's.

use crate::error::Page;
use crate::extract::Visit;
use crate::frame::Frame;
use crate::values::Values;
use app::reading::CaseQuery;
use askama::Template;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse};
use base::law::Unit;
use casefile::stage::Stage;

/// The list of cases.
#[derive(Debug, Default, Template)]
#[template(path = "pages/cases.html")]
pub struct CasesPage {
    /// Around it.
    pub frame: Frame,
    /// What is filtered.
    pub filter: Filter,
    /// How many there are, in words.
    pub count: String,
    /// The rows.
    pub rows: Vec<CaseLine>,
    /// Address of the next page; empty for none.
    pub next: String,
}

/// The filter as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Number, applicant or unit.
    pub text: String,
    /// Choices of the state: code, words, chosen.
    pub states: Vec<(String, String, bool)>,
    /// Choices of the day: code, words, chosen.
    pub dues: Vec<(String, String, bool)>,
    /// Whether anything is filtered.
    pub active: bool,
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

const OPEN: &str = "open";
const CLOSED: &str = "closed";

/// `GET /cases`
pub async fn get(visit: Visit, RawQuery(query): RawQuery) -> Page {
    let query = query.unwrap_or_default();
    let typed = Values::urlencoded(query.as_bytes())?;
    let (state, due) = (typed.text("state"), typed.text("due"));
    let (calendar, today) = (visit.app.calendar(), visit.app.today());
    let due_by = match due {
        "late" => today.yesterday().ok(),
        "soon" => Some(calendar.deadline(today, 3, Unit::WorkingDays).due),
        _ => None,
    };
    let asked = CaseQuery {
        stage: Stage::parse(state).map(|stage| stage.code().into()),
        closed: match state {
            OPEN => Some(false),
            CLOSED => Some(true),
            // An overdue case is one that still runs.
            _ => due_by.map(|_| false),
        },
        due_by,
        text: Some(typed.text("q").chars().take(50).collect::<String>()).filter(|text| !text.is_empty()),
        after: Some(typed.text("after").to_owned()).filter(|after| !after.is_empty()),
    };
    let list = visit.app.cases(&visit.viewer, asked).await?;
    let procedure = &visit.app.packs().current().procedure;
    let rows = list.rows.into_iter().map(|row| {
        let left = row.due_on.map(|due| calendar.working_days_between(today, due));
        let provisional = if row.provisional { "（暂定）" } else { "" };
        let (class, due) = match (row.closed, row.met_on, row.due_on, left) {
            (true, ..) | (.., None, _) => ("", String::new()),
            (_, Some(_), ..) => ("ok-word", "✓ 已在期限内作出结论".to_owned()),
            (.., Some(due), Some(left)) if due < today => {
                ("late-word", format!("▲ 已超期 {} 个工作日", (-left).max(1)))
            }
            (.., Some(due), Some(left)) => (
                if left <= 5 { "warn-word" } else { "" },
                format!("{}{provisional}，还剩 {left} 个工作日", crate::words::day(due)),
            ),
            (.., Some(due), None) => ("", crate::words::day(due)),
        };
        let (class, due) = match (row.met_on, row.due_on) {
            (Some(met), Some(by)) if met > by && !row.closed => ("late-word", "结论超过期限".to_owned()),
            _ => (class, due),
        };
        let work = procedure
            .work_kinds
            .iter()
            .find(|kind| kind.id.as_str() == row.work_kind);
        CaseLine {
            stage: match (&row.outcome, Stage::parse(&row.stage)) {
                (Some(outcome), Some(stage)) => format!("{} · {outcome}", stage.name()),
                (None, Some(stage)) => stage.name().into(),
                (_, None) => row.stage.clone(),
            },
            number: row.number,
            applicant: row.applicant_name,
            unit: row.unit_name,
            work: work.map_or(row.work_kind, |kind| kind.text.clone()),
            due,
            class,
            received: row.received_on.to_string(),
        }
    });
    let rows: Vec<CaseLine> = rows.collect();
    let page = CasesPage {
        frame: visit.frame("/cases"),
        filter: filter(typed.text("q"), state, due),
        count: if list.count.more {
            format!("超过 {} 件", list.count.n)
        } else {
            format!("共 {} 件", list.count.n)
        },
        rows,
        next: list.next.map(|next| next_url(&typed, &next)).unwrap_or_default(),
    };
    Ok(Html(page.render()?).into_response())
}

fn filter(text: &str, state: &str, due: &str) -> Filter {
    let choice = |code: &str, words: &str, chosen: &str| (code.to_owned(), words.to_owned(), code == chosen);
    let mut states = vec![
        choice("", "全部", state),
        choice(OPEN, "在办的", state),
        choice(CLOSED, "已办结的", state),
    ];
    states.extend(Stage::ALL.iter().map(|stage| choice(stage.code(), stage.name(), state)));
    let dues = vec![
        choice("", "全部", due),
        choice("late", "已逾期", due),
        choice("soon", "3 个工作日内", due),
    ];
    Filter {
        text: text.into(),
        states,
        dues,
        active: !text.is_empty() || !state.is_empty() || !due.is_empty(),
    }
}

fn next_url(typed: &Values, next: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in ["q", "state", "due"] {
        if !typed.text(name).is_empty() {
            query.append_pair(name, typed.text(name));
        }
    }
    format!("/cases?{}", query.append_pair("after", next).finish())
}
