//! Hostile requests: other people's cases, acts out of turn, forged forms, header and path tricks, disguised files,
//! fragments of other languages in every place that takes text. Each is answered as it should be, and after each the
//! record, the drafts and the accounts are as they were.

mod fields;
mod files;
mod forms;
mod others;
mod tricks;

use crate::apply::begin;
use crate::browser::{Answer, Browser};
use crate::html;
use crate::path::filed;
use crate::site::Site;
use axum::body::Body;
use axum::http::Request;
use casefile::Role;
use std::collections::BTreeMap;
use store::StreamKind;

/// What is asked.
pub struct Ask {
    method: &'static str,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// One hostile request with its right answer.
pub struct Row {
    /// What is tried.
    what: String,
    /// By whom; `""` is nobody who is logged in.
    who: &'static str,
    ask: Ask,
    status: u16,
    /// What the page says, or where the answer leads to.
    says: &'static str,
}

fn row(what: impl Into<String>, who: &'static str, ask: Ask, status: u16, says: &'static str) -> Row {
    Row {
        what: what.into(),
        who,
        ask,
        status,
        says,
    }
}

fn get(url: impl Into<String>) -> Ask {
    Ask {
        method: "GET",
        url: url.into(),
        headers: Vec::new(),
        body: Vec::new(),
    }
}

fn post(url: impl Into<String>, fields: &[(&str, &str)]) -> Ask {
    let mut form = form_urlencoded::Serializer::new(String::new());
    Ask {
        method: "POST",
        headers: vec![("content-type", "application/x-www-form-urlencoded".into())],
        body: form.extend_pairs(fields).finish().into_bytes(),
        ..get(url)
    }
}

fn upload(url: impl Into<String>, field: &str, name: &str, bytes: &[u8]) -> Ask {
    let head = format!("--cut\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
    let go = "--cut\r\nContent-Disposition: form-data; name=\"go\"\r\n\r\nmore\r\n";
    let parts = [go.as_bytes(), head.as_bytes(), bytes, b"\r\n--cut--\r\n"];
    Ask {
        method: "POST",
        headers: vec![("content-type", "multipart/form-data; boundary=cut".into())],
        body: parts.concat(),
        ..get(url)
    }
}

impl Ask {
    fn with(mut self, header: &'static str, value: impl Into<String>) -> Ask {
        self.headers.retain(|(name, _)| *name != header);
        self.headers.push((header, value.into()));
        self
    }

    fn by(self, method: &'static str) -> Ask {
        Ask { method, ..self }
    }
}

/// What the requests are aimed at.
pub struct Target {
    /// A case that waits for its acceptance; the applicant's.
    received: String,
    /// A filed case of the same applicant.
    filed: String,
    /// The path of a draft of the applicant.
    draft: String,
}

/// Everything that a hostile request must not change.
async fn state(site: &Site) -> Vec<String> {
    let mut all = Vec::new();
    let store = site.app.store();
    for kind in [
        StreamKind::Case,
        StreamKind::Institution,
        StreamKind::Series,
        StreamKind::Kin,
        StreamKind::Site,
    ] {
        all.extend(store.heads(kind).await.unwrap().iter().map(ToString::to_string));
    }
    let drafts = site.app.drafts(&site.viewer("申请人").await).await.unwrap();
    all.push(format!("{drafts:?}"));
    for person in site.app.people().await.unwrap() {
        let administers = person.capacities.iter().any(|(role, _)| *role == Role::Administrator);
        all.push(format!("{} {administers}", person.name));
    }
    all
}

#[tokio::test]
async fn each_is_refused_and_changes_nothing() {
    let site = Site::new().await;
    let filed = filed(&site, "经过 SECRET-account").await;
    let received = site.submitted("经过 SECRET-account").await;
    let mut people: BTreeMap<&str, Browser> = BTreeMap::new();
    for (who, login) in [
        ("申请人", "worker"),
        ("同事", "colleague"),
        ("签收人", "recipient"),
        ("收件岗", "clerk"),
        ("调查甲", "first"),
        ("局长", "lead"),
        ("组长", "group"),
        ("审计员", "auditor"),
        ("管理员", "admin"),
    ] {
        people.insert(who, Browser::of(&site, who, login).await);
    }
    let draft = begin(people.get_mut("申请人").unwrap()).await;
    people.insert("", Browser::stranger(&site));
    let target = Target { received, filed, draft };
    let themes = [others::rows, forms::rows, tricks::rows, fields::rows, files::rows];
    let rows: Vec<Row> = themes.iter().flat_map(|rows| rows(&target)).collect();
    assert!(rows.len() >= 60, "only {} hostile requests", rows.len());

    let before = state(&site).await;
    let mut wrong = Vec::new();
    for Row {
        what,
        who,
        ask,
        status,
        says,
    } in rows
    {
        let answer = people.get_mut(who).unwrap().asks(&ask).await;
        if let Some(why) = amiss(&answer, status, says) {
            wrong.push(format!("{what} ({who} {} {}): {why}", ask.method, ask.url));
        }
        if state(&site).await != before {
            wrong.push(format!("{what}: something has changed"));
            break;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with an answer.
fn amiss(answer: &Answer, status: u16, says: &str) -> Option<String> {
    let text = html::text(&answer.html)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if answer.status.as_u16() != status {
        return Some(format!(
            "{} -> {} instead of {status}: {text:.300}",
            answer.status, answer.location
        ));
    }
    if !answer.html.contains(says) && !answer.location.starts_with(says) {
        return Some(format!("does not say {says}: {} {text:.300}", answer.location));
    }
    let told = [
        "SECRET",
        "panicked",
        "sqlx",
        "SQLITE",
        "<script>alert",
        "49</p>",
        "root:x:",
    ];
    told.iter()
        .find(|word| answer.html.contains(*word))
        .map(|word| format!("tells {word}"))
}

impl Browser {
    async fn asks(&mut self, ask: &Ask) -> Answer {
        let mut request = Request::builder().method(ask.method).uri(&ask.url);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        self.ask(request, Body::from(ask.body.clone())).await
    }
}
