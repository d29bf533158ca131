//! `/cases/{no}/evidence`: the evidence with what it proves, and the records of inquiry.
//!
//! The reader gets what `app` left in the case for them: the applicant no records and only the ring open to everyone.

use super::acts::investigate;
use crate::error::Page;
use crate::extract::{Path, Visit};
use crate::frame::Frame;
use crate::words;
use app::reading::CaseFile;
use askama::Template;
use axum::response::{Html, IntoResponse};
use base::PersonId;
use casefile::act::ActName;
use casefile::case::{Evidence, File, Inquiry, Ring};

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/evidence.html")]
pub struct EvidencePage {
    /// Around it.
    pub frame: Frame,
    /// 收件编号
    pub number: String,
    /// The evidence, by number.
    pub evidence: Vec<EvidenceRow>,
    /// The records of inquiry, by number.
    pub records: Vec<RecordRow>,
    /// What the reader may do now: code and title.
    pub acts: Vec<(&'static str, &'static str)>,
}

/// A piece of evidence.
#[derive(Debug)]
pub struct EvidenceRow {
    /// 第几号
    pub number: u32,
    /// Title.
    pub title: String,
    /// What it proves.
    pub proves: String,
    /// When it was made, and the mark where that was after the inquiry was known.
    pub made: String,
    /// Who gave it, and when.
    pub given: String,
    /// Who may see it, and whether it is the competent body's document.
    pub marks: String,
    /// The stored file: address, name, size.
    pub file: Option<(String, String, String)>,
}

/// A record of inquiry.
#[derive(Debug)]
pub struct RecordRow {
    /// 第几份
    pub number: u32,
    /// Kind, day, place, with whom.
    pub what: String,
    /// Text.
    pub text: String,
    /// Who wrote it, and with whom.
    pub by: String,
    /// Counter-signed on, or whom it waits for.
    pub signed: String,
}

/// `GET /cases/{no}/evidence`
pub async fn get(visit: Visit, Path(number): Path<String>) -> Page {
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    Ok(Html(page(visit.frame("/cases"), &file).render()?).into_response())
}

/// The page of a case.
pub fn page(frame: Frame, file: &CaseFile) -> EvidencePage {
    let acts = [ActName::AddEvidence, ActName::Investigate, ActName::Countersign];
    EvidencePage {
        frame,
        number: file.number.clone(),
        evidence: file.case.evidence.iter().map(evidence).collect(),
        records: file
            .case
            .inquiries
            .iter()
            .map(|inquiry| record(file, inquiry))
            .collect(),
        acts: acts
            .iter()
            .filter(|act| file.my_acts.contains(act))
            .map(|act| (act.code(), act.title()))
            .collect(),
    }
}

/// What a page links to of a stored file: address, name, size in words.
pub fn link(file: &File) -> (String, String, String) {
    let size = match file.size {
        small if small < 1024 * 1024 => format!("{} KB", small.div_ceil(1024)),
        large => format!("{} MB", large.div_ceil(1024 * 1024)),
    };
    (file.address.clone(), file.name.clone(), size)
}

fn evidence(evidence: &Evidence) -> EvidenceRow {
    let made = evidence.made.map_or("没有写".into(), |made| made.to_string());
    let late = if evidence.made_after_inquiry {
        "，知道被调查以后形成"
    } else {
        ""
    };
    let ring = match evidence.ring {
        Ring::Everyone => "双方都能看",
        Ring::Team => "只限办案的机构",
        Ring::Protected => "只限办案的机构，对本人、单位和村里保密",
    };
    let document = if evidence.document {
        "，主管机关的文书"
    } else {
        ""
    };
    EvidenceRow {
        number: evidence.number,
        title: evidence.title.clone(),
        proves: evidence.proves.clone(),
        made: format!("{made}{late}"),
        given: format!("{}，{}", evidence.by_name, words::day(evidence.on)),
        marks: format!("{ring}{document}"),
        file: evidence.file.as_ref().map(link),
    }
}

fn record(file: &CaseFile, inquiry: &Inquiry) -> RecordRow {
    let name = |person: PersonId| {
        let investigator = file.case.investigators.iter().find(|i| i.person == person);
        investigator.map_or("", |investigator| investigator.name.as_str())
    };
    let kind = investigate::kind(inquiry.kind);
    let signed = match inquiry.countersigned {
        Some(on) => format!("{} {}会签", name(inquiry.with), words::day(on)),
        None if inquiry.is_open(&file.case) => format!("等{}会签", name(inquiry.with)),
        None => format!("{}没有会签就不再办理，不算数", name(inquiry.with)),
    };
    RecordRow {
        number: inquiry.number,
        what: format!(
            "{kind}，{}，{}，{}",
            words::day(inquiry.on),
            inquiry.place,
            inquiry.whom
        ),
        text: inquiry.text.clone(),
        by: format!("{}、{}", name(inquiry.by), name(inquiry.with)),
        signed,
    }
}
