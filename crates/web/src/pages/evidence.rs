//! `/cases/{no}/evidence`: the evidence with what it proves, photographs to look at, two of them beside each other, and
//! the records of inquiry.
//!
//! The reader gets what `app` left in the case for them: the applicant no records and only the ring open to everyone.
//! Which two lie beside each other stands in the address: `?left=e1&right=a2`.

use super::acts::investigate;
use super::kin::{self, KinCard};
use crate::error::Page;
use crate::extract::{Path, Visit};
use crate::frame::Frame;
use crate::values::Values;
use crate::words;
use app::Standing;
use app::reading::CaseFile;
use askama::Template;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse};
use base::{Date, PersonId};
use casefile::Case;
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
    /// What came with the application, the supplement and the statement.
    pub handed_in: Vec<EvidenceRow>,
    /// All pictures among them.
    pub pictures: Vec<Picture>,
    /// The two that lie beside each other, left and right.
    pub beside: [Option<Picture>; 2],
    /// What the register of kin says, for the team.
    pub kin: KinCard,
    /// The records of inquiry, by number.
    pub records: Vec<RecordRow>,
    /// What the reader may do now: code and title.
    pub acts: Vec<(&'static str, &'static str)>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What stands for it in the address.
    pub key: String,
    /// 证据 3 · 入户照片
    pub title: String,
    /// What it proves; may be empty.
    pub proves: String,
    /// The stored file's address.
    pub address: String,
    /// The page with this one on the left.
    pub left: String,
    /// The page with this one on the right.
    pub right: String,
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
    /// Whether a copy without place data is shown of it, and the reader may have the original.
    pub original: bool,
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
pub async fn get(visit: Visit, Path(number): Path<String>, RawQuery(query): RawQuery) -> Page {
    let chosen = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    let chosen = [chosen.text("left"), chosen.text("right")];
    let mut page = page(visit.frame("/cases"), &file, chosen);
    page.kin = kin::card(&visit, &file).await?;
    Ok(Html(page.render()?).into_response())
}

/// The page of a case, with the pictures of these keys beside each other.
pub fn page(frame: Frame, file: &CaseFile, chosen: [&str; 2]) -> EvidencePage {
    let acts = [ActName::AddEvidence, ActName::Investigate, ActName::Countersign];
    let mut pictures = pictures(&file.case);
    let known = |key: &str| pictures.iter().any(|picture| picture.key == key);
    let [left, right] = chosen.map(|key| if known(key) { key.to_owned() } else { String::new() });
    for picture in &mut pictures {
        picture.left = beside(&file.number, &picture.key, &right);
        picture.right = beside(&file.number, &left, &picture.key);
    }
    let find = |key: &str| pictures.iter().find(|picture| picture.key == key).cloned();
    EvidencePage {
        frame,
        number: file.number.clone(),
        evidence: with_original(file, file.case.evidence.iter().map(evidence).collect()),
        handed_in: with_original(file, handed_in(&file.case)),
        beside: [find(&left), find(&right)],
        pictures,
        kin: KinCard::default(),
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

/// The rows, with the way to the original for the team and the auditor alone.
fn with_original(file: &CaseFile, mut rows: Vec<EvidenceRow>) -> Vec<EvidenceRow> {
    let may = matches!(file.standing, Standing::Team(_) | Standing::Auditor);
    rows.iter_mut().for_each(|row| row.original &= may);
    rows
}

/// The page with these two beside each other.
fn beside(number: &str, left: &str, right: &str) -> String {
    let chosen = [("left", left), ("right", right)].map(|(side, key)| match key {
        "" => String::new(),
        key => format!("{side}={key}"),
    });
    let chosen: Vec<&str> = chosen
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    format!("/cases/{number}/evidence?{}#beside", chosen.join("&"))
}

/// The files the applicant handed in besides the evidence: key, from where, file, what it proves.
fn papers(case: &Case) -> Vec<(String, &'static str, Date, &File, &str)> {
    let day = case
        .receipt
        .as_ref()
        .map(|receipt| receipt.received_on)
        .unwrap_or_default();
    let mut papers = Vec::new();
    if let Some(application) = &case.application {
        let with = application.text.files.iter().zip(1..);
        papers.extend(with.map(|((file, proves), n)| (format!("a{n}"), "申请时交的", day, file, proves.as_str())));
    }
    if let Some(answer) = case.supplement.as_ref().and_then(|asked| asked.answer.as_ref()) {
        let with = answer.files.iter().zip(1..);
        papers.extend(with.map(|((file, what), n)| (format!("s{n}"), "补正时交的", answer.on, file, what.as_str())));
    }
    let stated = case.statement.stated.unwrap_or(day);
    let with = case.statement.papers.iter().zip(1..);
    papers.extend(with.map(|(file, n)| (format!("p{n}"), "说明和申辩时交的", stated, file, "")));
    papers
}

fn handed_in(case: &Case) -> Vec<EvidenceRow> {
    let name = case
        .application
        .as_ref()
        .map_or("", |application| application.text.name.as_str());
    let row = |(number, (_, from, on, file, proves)): (u32, (String, &'static str, Date, &File, &str))| EvidenceRow {
        number,
        title: from.into(),
        proves: proves.into(),
        made: "没有写".into(),
        given: format!("{name}，{}", words::day(on)),
        marks: "双方都能看".into(),
        file: Some(link(file)),
        original: file.shown.is_some(),
    };
    (1..).zip(papers(case)).map(row).collect()
}

/// Everything that can be looked at as a picture.
fn pictures(case: &Case) -> Vec<Picture> {
    let shown = |file: &File| {
        matches!(
            file.media.as_str(),
            "image/jpeg" | "image/png" | "image/webp" | "image/gif"
        )
    };
    let picture = |key: String, title: String, proves: &str, file: &File| Picture {
        key,
        title,
        proves: proves.into(),
        address: file.address.clone(),
        left: String::new(),
        right: String::new(),
    };
    let evidence = case.evidence.iter().filter_map(|one| {
        let file = one.file.as_ref().filter(|file| shown(file))?;
        let title = format!("证据 {} · {}", one.number, one.title);
        Some(picture(format!("e{}", one.number), title, &one.proves, file))
    });
    let papers = papers(case).into_iter().filter(|(_, _, _, file, _)| shown(file));
    evidence
        .chain(papers.map(|(key, from, _, file, proves)| picture(key, format!("{from} · {}", file.name), proves, file)))
        .collect()
}

/// What a page links to of a stored file: address, name, size in words and whether it was made smaller on the way.
pub fn link(file: &File) -> (String, String, String) {
    let mut size = match file.size {
        small if small < 1024 * 1024 => format!("{} KB", small.div_ceil(1024)),
        large => format!("{} MB", large.div_ceil(1024 * 1024)),
    };
    if file.shrunk {
        size.push_str("，压缩后上传");
    }
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
        original: evidence.file.as_ref().is_some_and(|file| file.shown.is_some()),
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
