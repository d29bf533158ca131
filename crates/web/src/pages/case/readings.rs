//! What can be read below a case: the whole record, who opened it, how the day is counted, its files, a clean print.

use super::head::title;
use super::line::{Line, line};
use super::log::{LogLine, log};
use super::{own_page, page};
use crate::error::Page;
use crate::extract::{Path, Visit};
use crate::frame::Frame;
use crate::words::{long_moment, weekday};
use app::Standing;
use app::reading::CaseFile;
use askama::Template;
use axum::extract::RawQuery;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use base::law::Unit;
use casefile::case::File;

/// `/cases/{no}/record`
#[derive(Debug, Template)]
#[template(path = "pages/record.html")]
pub struct LogPage {
    /// Around it.
    pub frame: Frame,
    /// 收件编号
    pub number: String,
    /// Whose application.
    pub title: String,
    /// Every act, the latest first.
    pub log: Vec<LogLine>,
}

/// `/cases/{no}/readers`
#[derive(Debug, Template)]
#[template(path = "pages/readers.html")]
pub struct ReadersPage {
    /// Around it.
    pub frame: Frame,
    /// 收件编号
    pub number: String,
    /// When, which institution, who (empty for the worker's eyes), what.
    pub rows: Vec<(String, String, String, String)>,
    /// Whether names are shown.
    pub names: bool,
}

/// `/cases/{no}/deadline`
#[derive(Debug, Template)]
#[template(path = "pages/deadline.html")]
pub struct DeadlinePage {
    /// Around it.
    pub frame: Frame,
    /// 收件编号
    pub number: String,
    /// The sentence above the table.
    pub sentence: String,
    /// The timeline, drawn.
    pub line: Line,
    /// Due dates it had before.
    pub earlier: Vec<String>,
    /// The days.
    pub days: Vec<Day>,
}

/// One day of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// `2026-09-17`
    pub date: String,
    /// 周四
    pub weekday: &'static str,
    /// Whether it counts.
    pub counted: bool,
    /// Why.
    pub why: String,
    /// Which day of the deadline.
    pub nth: String,
    /// 今天, 到期; empty for neither.
    pub mark: String,
}

/// `GET /cases/{no}/record`
pub async fn record(visit: Visit, Path(number): Path<String>) -> Page {
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    let page = LogPage {
        frame: visit.frame("/cases"),
        number,
        title: title(&file),
        log: log(&file),
    };
    Ok(Html(page.render()?).into_response())
}

/// `GET /cases/{no}/readers`
pub async fn readers(visit: Visit, Path(number): Path<String>) -> Page {
    let rows = visit.app.readers(&visit.viewer, &number).await?;
    let names = rows.iter().any(|row| row.name.is_some());
    let rows = rows.into_iter().map(|row| {
        let what = match row.what.as_str() {
            "search" => "按内容找到",
            "family" => "查看家庭全名和号码",
            what if what.starts_with("file") => "打开材料",
            _ => "打开案件",
        };
        let at = if names {
            long_moment(row.at)
        } else {
            crate::words::date(row.at.date())
        };
        (at, row.institution, row.name.unwrap_or_default(), what.to_owned())
    });
    let page = ReadersPage {
        frame: visit.frame("/cases"),
        number,
        rows: rows.collect(),
        names,
    };
    Ok(Html(page.render()?).into_response())
}

/// `GET /cases/{no}/deadline`
pub async fn deadline(visit: Visit, Path(number): Path<String>) -> Page {
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    Ok(Html(deadline_page(&file, visit.frame("/cases")).render()?).into_response())
}

/// The derivation of the statutory day.
pub fn deadline_page(file: &CaseFile, frame: Frame) -> DeadlinePage {
    let number = file.number.clone();
    let empty = DeadlinePage {
        frame,
        number,
        sentence: String::new(),
        line: line(file),
        earlier: Vec::new(),
        days: Vec::new(),
    };
    let deadline = file
        .procedure
        .procedure
        .deadlines
        .iter()
        .find(|deadline| deadline.met_by == "conclude");
    let (Some(receipt), Some(deadline)) = (&file.case.receipt, deadline) else {
        return empty;
    };
    let unit = match deadline.unit {
        Unit::WorkingDays => "个工作日",
        Unit::Days => "日",
        Unit::Months => "个月",
    };
    let provisional = if receipt.due.provisional {
        "（暂定：放假安排还没公布，公布后可能变）"
    } else {
        ""
    };
    let days = file.calendar.derivation(receipt.received_on, deadline.n, deadline.unit);
    DeadlinePage {
        sentence: format!(
            "{}收到，从次日起算 {} {unit}，最迟 {}{provisional}。依据 {}。",
            crate::words::date(receipt.received_on),
            deadline.n,
            crate::words::date(receipt.due.due),
            deadline.clause
        ),
        earlier: receipt
            .earlier_due
            .iter()
            .map(|due| crate::words::date(due.due))
            .collect(),
        days: days
            .into_iter()
            .map(|line| Day {
                date: line.date.to_string(),
                weekday: weekday(line.date),
                counted: line.counted,
                why: line.why,
                nth: line.nth.map(|nth| format!("第 {nth} 天")).unwrap_or_default(),
                mark: match (line.date == file.today, line.date == receipt.due.due) {
                    (true, true) => "今天到期".into(),
                    (true, false) => "今天".into(),
                    (false, true) => "到期".into(),
                    (false, false) => String::new(),
                },
            })
            .collect(),
        ..empty
    }
}

/// `GET /cases/{no}/print`: everything unfolded, nothing to press, and a foot that says who printed it and when.
pub async fn print(visit: Visit, Path(number): Path<String>) -> Page {
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    let foot = format!(
        "{number} · 打印人 {} · {}",
        visit.viewer.name,
        long_moment(visit.app.now())
    );
    let frame = visit.frame("/cases");
    let html = if file.standing == Standing::Applicant {
        let mut page = own_page(&file, frame);
        page.head.now = None;
        page.head.acts.clear();
        page.printed = Some(foot);
        page.render()?
    } else {
        let mut page = page(&file, frame, |question| {
            visit.app.effects(&file, question).unwrap_or_default()
        });
        page.head.now = None;
        page.head.acts.clear();
        page.groups
            .iter_mut()
            .flat_map(|group| &mut group.tasks)
            .for_each(|task| task.url.clear());
        page.why.open.iter_mut().for_each(|question| question.url.clear());
        page.why.may_choose = false;
        page.log = log(&file);
        page.printed = Some(foot);
        page.render()?
    };
    Ok(Html(html).into_response())
}

/// `GET /cases/{no}/files/{address}`: a file as it is shown; `?original` as it was handed in.
pub async fn file(visit: Visit, Path((number, address)): Path<(String, String)>, RawQuery(query): RawQuery) -> Page {
    let (app, viewer) = (&visit.app, &visit.viewer);
    let (file, bytes) = match query.as_deref() {
        Some("original") => app.original(viewer, &number, &address).await?,
        _ => app.file(viewer, &number, &address).await?,
    };
    Ok(send_file(file, bytes))
}

/// A stored file as an answer: pictures and PDFs are shown, the rest is saved.
pub fn send_file(file: File, bytes: Vec<u8>) -> Response {
    let shown = matches!(
        file.media.as_str(),
        "application/pdf" | "image/jpeg" | "image/png" | "image/webp" | "image/gif"
    );
    let how = if shown { "inline" } else { "attachment" };
    let name: String = form_urlencoded::byte_serialize(file.name.as_bytes())
        .collect::<String>()
        .replace('+', "%20");
    let headers = [
        (
            CONTENT_TYPE,
            if shown {
                file.media
            } else {
                "application/octet-stream".into()
            },
        ),
        (CONTENT_DISPOSITION, format!("{how}; filename*=UTF-8''{name}")),
        // A file that came from outside runs nothing and loads nothing.
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox".into(),
        ),
    ];
    (headers, bytes).into_response()
}
