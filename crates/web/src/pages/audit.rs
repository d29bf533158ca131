//! `/audit`: whether the record verifies, and where every stream stands. Read only.

use crate::error::Page;
use crate::extract::Visit;
use crate::frame::Frame;
use askama::Template;
use axum::response::{Html, IntoResponse};

/// The auditor's page.
#[derive(Debug, Default, Template)]
#[template(path = "pages/audit.html")]
pub struct AuditPage {
    /// Around it.
    pub frame: Frame,
    /// Streams, events, files checked.
    pub checked: (u64, u64, u64),
    /// What does not fit; empty where all is well.
    pub findings: Vec<String>,
    /// The digest the two institutions compare.
    pub digest: String,
    /// Streams: name, how many events, digest of the last.
    pub heads: Vec<(String, u64, String)>,
}

/// `GET /audit`
pub async fn get(visit: Visit) -> Page {
    let audit = visit.app.audit(&visit.viewer).await?;
    let page = AuditPage {
        frame: visit.frame("/audit"),
        checked: (audit.report.streams, audit.report.events, audit.report.files),
        findings: audit.report.findings.iter().map(ToString::to_string).collect(),
        digest: audit.digest,
        heads: audit
            .heads
            .iter()
            .map(|head| (head.stream.to_string(), head.version, head.hash.to_string()))
            .collect(),
    };
    Ok(Html(page.render()?).into_response())
}
