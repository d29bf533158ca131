//! `/cases/{no}/documents/{id}`: one official document with its number, its PDF, and how far its service is.

use crate::error::{self, Page};
use crate::extract::{Path, Visit};
use crate::frame::Frame;
use crate::words;
use app::reading::CaseFile;
use askama::Template;
use axum::response::{Html, IntoResponse};
use base::DocumentId;
use casefile::MadePaper;
use casefile::case::{Manner, Recipient, Report, Reported, Service};

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/document.html")]
pub struct DocumentPage {
    /// Around it.
    pub frame: Frame,
    /// 收件编号
    pub number: String,
    /// What it is.
    pub title: String,
    /// What is known of it: label and text.
    pub facts: Vec<(&'static str, String)>,
    /// Its files: label and address.
    pub files: Vec<(&'static str, String)>,
}

/// `GET /cases/{no}/documents/{id}`
pub async fn get(visit: Visit, Path((number, id)): Path<(String, String)>) -> Page {
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    let page = id.parse().ok().and_then(|id| page(visit.frame("/cases"), &file, id));
    match page {
        Some(page) => Ok(Html(page.render()?).into_response()),
        None => Ok(error::not_found()),
    }
}

/// The page of a document of the case; `None` where this reader's case has none of that id.
pub fn page(frame: Frame, file: &CaseFile, id: DocumentId) -> Option<DocumentPage> {
    let case = &file.case;
    if let Some(report) = case.reports.iter().find(|report| report.document == id) {
        return Some(of_report(frame, file, report, &case.reported));
    }
    if let Some(service) = case.services.iter().find(|service| service.document == id) {
        return Some(of_service(frame, file, service, case.reports.last()));
    }
    let earlier = case.rounds.iter().find_map(|round| {
        let frame = frame.clone();
        let mut page = match round.report.as_ref().filter(|report| report.document == id) {
            Some(report) => of_report(frame, file, report, &round.reported),
            None => {
                let service = round.services.iter().find(|service| service.document == id)?;
                of_service(frame, file, service, round.report.as_ref())
            }
        };
        page.title.push_str("（已撤销）");
        Some(page)
    });
    earlier.or_else(|| case.paper_of(id).map(|paper| of_paper(frame, file, paper)))
}

fn of_paper(frame: Frame, file: &CaseFile, paper: &MadePaper) -> DocumentPage {
    let mut facts = vec![("成文日期", words::date(paper.on))];
    if !paper.number.is_empty() {
        facts.insert(0, ("文号", paper.number.clone()));
    }
    if paper.round < file.case.rounds.len() {
        facts.push(("说明", "案件后来重新办理，这是以前一轮的文书。".into()));
    }
    DocumentPage {
        frame,
        number: file.number.clone(),
        title: paper.name().to_owned(),
        facts,
        files: vec![("打开文书", paper.file.address.clone())],
    }
}

fn of_report(frame: Frame, file: &CaseFile, report: &Report, reported: &[Reported]) -> DocumentPage {
    let mut facts = vec![("文号", report.number.clone()), ("出具日期", words::date(report.on))];
    for to in reported {
        let received = match to.received_on {
            Some(on) => format!("{}收到", words::day(on)),
            None => "还没有记下收到".into(),
        };
        facts.push((
            "报送",
            format!("{}，{}报送，{received}", to.body, words::day(to.sent_on)),
        ));
    }
    DocumentPage {
        frame,
        number: file.number.clone(),
        title: format!("认定报告 {}", report.number),
        facts,
        files: vec![("打开认定报告", report.file.address.clone())],
    }
}

fn of_service(frame: Frame, file: &CaseFile, service: &Service, report: Option<&Report>) -> DocumentPage {
    let whom = match service.to {
        Recipient::Worker => "本人",
        Recipient::Unit => "单位",
    };
    let mut facts = vec![("送给", whom.to_owned()), ("送达情况", state(service))];
    if !service.details.is_empty() {
        facts.push(("说明", service.details.clone()));
    }
    facts.extend(report.map(|report| ("依据的报告", report.number.clone())));
    DocumentPage {
        frame,
        number: file.number.clone(),
        title: format!("认定结果告知书（{whom}）"),
        facts,
        files: vec![
            ("打开告知书", service.file.address.clone()),
            ("打开送达回证", service.receipt.address.clone()),
        ],
    }
}

/// How far a service is, in words.
pub fn state(service: &Service) -> String {
    let on = words::date(service.on);
    match (&service.acknowledged, service.manner) {
        (Some((on, who)), Manner::Direct) => format!("{}，{who}签收", words::date(*on)),
        (Some((on, who)), _) => format!("{}，{who}签收（另有其他方式送达）", words::date(*on)),
        (None, Manner::Direct) => format!("{on}送出，等签收"),
        (None, Manner::Left) => format!("{on}留置送达"),
        (None, Manner::Posted) => format!("{on}邮寄送达"),
        (None, Manner::Announced) => format!("{on}公告送达"),
    }
}
