//! `/audit`: whether the record verifies, and where every stream stands. Read only.

use crate::error::Page;
use crate::extract::Visit;
use crate::frame::Frame;
use crate::words::long_moment;
use app::authority::{Matter, list_seat, seat_in};
use app::login::trace::Failures;
use askama::Template;
use axum::response::{Html, IntoResponse};
use base::Timestamp;

/// The auditor's page.
#[derive(Debug, Default, Template)]
#[template(path = "pages/audit.html")]
pub struct AuditPage {
    /// Around it.
    pub frame: Frame,
    /// Whether the reader may open cases too.
    pub reads_cases: bool,
    /// Streams, events, files checked.
    pub checked: (u64, u64, u64),
    /// What does not fit; empty where all is well.
    pub findings: Vec<String>,
    /// The digest the two institutions compare.
    pub digest: String,
    /// Who had a family shown whole: when, institution, who, case, reason.
    pub reveals: Vec<[String; 5]>,
    /// Streams: name, how many events, digest of the last.
    pub heads: Vec<(String, u64, String)>,
    /// Failed logins of the last thirty days: day, whose, from where, how many, locks, first and last.
    pub failures: Vec<[String; 7]>,
    /// The days whose failed logins were altered after they went on record.
    pub altered: Vec<String>,
}

fn failure(line: Failures) -> [String; 7] {
    let time = |at: Timestamp| {
        let wall = at.wall();
        format!("{:02}:{:02}", wall.hour(), wall.minute())
    };
    [
        line.day.to_string(),
        line.name.unwrap_or_else(|| "没有这个账号".into()),
        match line.address {
            none if none.is_empty() => "登录以后，或者在服务器上".into(),
            address => address,
        },
        line.failed.to_string(),
        line.locked.to_string(),
        time(line.first),
        time(line.last),
    ]
}

/// `GET /audit`
pub async fn get(visit: Visit) -> Page {
    let audit = visit.app.audit(&visit.viewer).await?;
    let trace = visit.app.login_trace(&visit.viewer).await?;
    let reveals = match seat_in(&visit.viewer, Matter::SeeReveals) {
        Some(_) => visit.app.reveals(&visit.viewer).await?,
        None => Vec::new(),
    };
    let page = AuditPage {
        frame: super::officers::warned(&visit, "/audit").await?,
        reads_cases: list_seat(&visit.viewer).is_some(),
        checked: (audit.report.streams, audit.report.events, audit.report.files),
        findings: audit.report.findings.iter().map(ToString::to_string).collect(),
        digest: audit.digest,
        reveals: reveals
            .into_iter()
            .map(|one| [long_moment(one.at), one.institution, one.name, one.number, one.reason])
            .collect(),
        heads: audit
            .heads
            .iter()
            .map(|head| (head.stream.to_string(), head.version, head.hash.to_string()))
            .collect(),
        failures: trace.lines.into_iter().map(failure).collect(),
        altered: trace.altered.iter().map(ToString::to_string).collect(),
    };
    Ok(Html(page.render()?).into_response())
}
