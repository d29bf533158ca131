//! `/policies` and `/policies/{id}`: the notices, their clauses verbatim, in plain words, and the questions asked.

use crate::error::{Page, not_found};
use crate::extract::{Path, Visit};
use crate::frame::Frame;
use askama::Template;
use axum::response::{Html, IntoResponse};
use base::Date;
use rules::{Pack, Role};

/// The list.
#[derive(Debug, Default, Template)]
#[template(path = "pages/policies.html")]
pub struct PoliciesPage {
    /// Around it.
    pub frame: Frame,
    /// Address, title, number, validity.
    pub packs: Vec<(String, String, String, String)>,
}

/// One pack.
#[derive(Debug, Default, Template)]
#[template(path = "pages/policy.html")]
pub struct PolicyPage {
    /// Around it.
    pub frame: Frame,
    /// Title of the notice.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuers: String,
    /// From when to when it is in force.
    pub validity: String,
    /// Where it is probably out of force.
    pub banner: String,
    /// The digest of the pack.
    pub digest: String,
    /// Outcomes: code, sentence, whose rule.
    pub outcomes: Vec<(String, String, String)>,
    /// Clauses by what they do.
    pub groups: Vec<ClauseGroup>,
    /// Where the notice can be read two ways.
    pub readings: Vec<ReadingView>,
    /// How the version is picked.
    pub rules: Vec<(String, String)>,
    /// The notice, paragraph by paragraph.
    pub notice: Vec<String>,
}

/// One reading.
#[derive(Debug, PartialEq, Eq)]
pub struct ReadingView {
    /// Where in the notice.
    pub citation: String,
    /// The doubt.
    pub question: String,
    /// The choices, and whether each is the default.
    pub choices: Vec<(String, bool)>,
    /// Whose the default is.
    pub source: String,
}

/// Clauses that do the same.
#[derive(Debug, PartialEq, Eq)]
pub struct ClauseGroup {
    /// 每件都要符合 …
    pub title: &'static str,
    /// The clauses.
    pub clauses: Vec<ClauseView>,
}

/// One clause.
#[derive(Debug, PartialEq, Eq)]
pub struct ClauseView {
    /// For links within the page.
    pub id: String,
    /// As cited.
    pub citation: String,
    /// Verbatim.
    pub text: String,
    /// In plain words.
    pub plain: String,
    /// For example.
    pub example: String,
    /// The questions of its rule.
    pub questions: Vec<String>,
    /// Notes.
    pub notes: Vec<String>,
}

/// `GET /policies`
pub async fn list(visit: Visit) -> Page {
    let packs = visit.app.packs();
    let row = |pack: &std::sync::Arc<Pack>| {
        let validity = validity(pack, packs.published_on(pack));
        (
            format!("/policies/{}", pack.id),
            pack.title.clone(),
            pack.number.clone(),
            validity,
        )
    };
    let page = PoliciesPage {
        packs: packs.all().iter().map(row).collect(),
        frame: visit.frame("/policies"),
    };
    Ok(Html(page.render()?).into_response())
}

/// `GET /policies/{id}`
pub async fn get(visit: Visit, Path(id): Path<String>) -> Page {
    let packs = visit.app.packs();
    let Some(pack) = packs.by_id(&id) else {
        return Ok(not_found());
    };
    let page = page(pack, packs.published_on(pack), visit.frame("/policies"));
    Ok(Html(page.render()?).into_response())
}

/// The page of one pack.
pub fn page(pack: &Pack, published: Option<Date>, frame: Frame) -> PolicyPage {
    let groups = [
        (Role::Threshold, "每件都要符合"),
        (Role::Circumstance, "至少符合一项"),
        (Role::Exclusion, "有一项就不适用"),
    ];
    let clause = |clause: &rules::Clause| ClauseView {
        id: clause.id.to_string(),
        citation: clause.citation.clone(),
        text: clause.text.clone(),
        plain: clause.plain.clone(),
        example: clause.example.clone(),
        questions: clause
            .questions
            .iter()
            .filter_map(|id| pack.question(id))
            .map(|q| q.investigator.clone())
            .collect(),
        notes: clause.notes.clone(),
    };
    let groups = groups.map(|(role, title)| ClauseGroup {
        title,
        clauses: pack.clauses.iter().filter(|c| c.role == role).map(clause).collect(),
    });
    PolicyPage {
        frame,
        title: pack.title.clone(),
        number: pack.number.clone(),
        issuers: pack.issuers.join("、"),
        validity: validity(pack, published),
        banner: pack.validity.banner.clone().unwrap_or_default(),
        digest: pack.digest.to_string(),
        outcomes: pack
            .outcomes
            .iter()
            .map(|o| (o.code.to_string(), o.text.clone(), o.source.clone()))
            .collect(),
        groups: groups.into_iter().filter(|group| !group.clauses.is_empty()).collect(),
        readings: pack
            .readings
            .iter()
            .map(|reading| ReadingView {
                citation: reading.citation.clone(),
                question: reading.question.clone(),
                choices: reading
                    .choices
                    .iter()
                    .map(|choice| (choice.text.clone(), choice.id == reading.default))
                    .collect(),
                source: reading.source.clone(),
            })
            .collect(),
        rules: pack
            .validity
            .rules
            .iter()
            .map(|rule| (rule.text.clone(), rule.source.clone()))
            .collect(),
        notice: paragraphs(&pack.notice),
    }
}

/// The notice without the signs of its mark-up.
fn paragraphs(notice: &str) -> Vec<String> {
    notice
        .lines()
        .map(|line| line.trim_start_matches('#').trim())
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn validity(pack: &Pack, published: Option<Date>) -> String {
    let from = published.map_or_else(
        || "发布日期还没有填".to_owned(),
        |day| format!("{} 年 {} 月 {} 日发布", day.year(), day.month(), day.day()),
    );
    let term = pack
        .validity
        .term_years
        .map(|years| format!("，有效期 {years} 年"))
        .unwrap_or_default();
    let repealed = pack
        .validity
        .repealed_on
        .map(|day| format!("，{day} 起废止"))
        .unwrap_or_default();
    format!("{from}{term}{repealed}")
}
