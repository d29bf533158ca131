//! `/cases/{no}/questions` and one question of it: what is to be found, with the clause verbatim, what would follow
//! from each answer, the evidence to tick, and what was found before.
//!
//! The form is that of 认定事实 ([`super::acts`]); here stands what an investigator wants to see around it.

use super::acts::{conclude, find, investigate};
use super::kin::{self, KinCard};
use crate::error::{self, Page};
use crate::extract::{Path, Post, Visit};
use crate::form::{Control, Form, Law};
use crate::frame::Frame;
use crate::load::sit_down;
use crate::values::Values;
use crate::words;
use app::Standing;
use app::reading::CaseFile;
use askama::Template;
use axum::response::{Html, IntoResponse};
use base::law::{Answer, QuestionId};
use casefile::Refusal;
use casefile::act::ActName;
use casefile::case::Finding;
use rules::{Clause, Effect, Question, Role};

/// The list.
#[derive(Debug, Template)]
#[template(path = "pages/questions.html")]
pub struct QuestionList {
    /// Around it.
    pub frame: Frame,
    /// 收件编号
    pub number: String,
    /// What follows from the findings so far.
    pub follows: String,
    /// 会改变结果的 · 其他 · 已查明; empty ones are left out.
    pub groups: Vec<Group>,
}

/// Questions under one heading.
#[derive(Debug, Default)]
pub struct Group {
    /// Heading.
    pub title: &'static str,
    /// The questions.
    pub rows: Vec<Row>,
    /// Those of circumstances that nobody named, folded below.
    pub unnamed: Vec<Row>,
}

/// A question in the list.
#[derive(Debug)]
pub struct Row {
    /// Its id, for the link.
    pub id: String,
    /// As it is put to the investigator.
    pub wording: String,
    /// The clauses it belongs to, as cited.
    pub citations: String,
    /// The finding in force; empty for none.
    pub answer: String,
    /// What would follow from each answer, where it would change the outcome.
    pub effects: String,
}

/// One question.
#[derive(Debug, Template)]
#[template(path = "pages/question.html")]
pub struct QuestionPage {
    /// Around it.
    pub frame: Frame,
    /// 收件编号
    pub number: String,
    /// As it is put to the investigator.
    pub wording: String,
    /// A note for the investigator; may be empty.
    pub note: String,
    /// The clauses it belongs to, verbatim.
    pub laws: Vec<Law>,
    /// Evidence that usually proves it.
    pub suggested: Vec<String>,
    /// What the register of kin says, where the clause is proved by it.
    pub kin: KinCard,
    /// Whether the applicant named one of these clauses.
    pub claimed: bool,
    /// What would follow from each answer; empty where the form says it.
    pub effects: String,
    /// Questions whose answers hang on this one's: id, wording, answer.
    pub linked: Vec<(String, String, String)>,
    /// The question to be put next: id and wording.
    pub next: Option<(String, String)>,
    /// What was found before, newest first.
    pub earlier: Vec<Earlier>,
    /// The form, for an investigator who may find now.
    pub form: Option<Form>,
}

/// A finding as it was made.
#[derive(Debug)]
pub struct Earlier {
    /// The day.
    pub on: String,
    /// The answer.
    pub answer: String,
    /// What it rests on.
    pub basis: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
}

/// `GET /cases/{no}/questions`
pub async fn list(visit: Visit, Path(number): Path<String>) -> Page {
    let file = for_the_team(&visit, &number).await?;
    let effects = |question: &QuestionId| visit.app.effects(&file, question).unwrap_or_default();
    let page = list_of(visit.frame("/cases"), &file, effects);
    Ok(Html(page.render()?).into_response())
}

/// `GET /cases/{no}/questions/{id}`
pub async fn one(visit: Visit, Path((number, id)): Path<(String, String)>) -> Page {
    let file = for_the_team(&visit, &number).await?;
    let Some(question) = file.pack.question(&id.as_str().into()) else {
        return Ok(error::not_found());
    };
    let effects = visit.app.effects(&file, &question.id)?;
    let form = if file.my_acts.contains(&ActName::Find) {
        let (desk, act_id, _) = sit_down(&visit, ActName::Find, &number).await?;
        let mut values = Values::default();
        values.put("question", &id);
        let mut form = super::acts::open(&find::PAGE, &desk, &values, act_id);
        // The page has the wording and the clauses, the form what follows from each answer.
        form.fields.retain(|field| field.name != "wording");
        for field in &mut form.fields {
            if let Control::Radio(choices) = &mut field.control {
                choices.iter_mut().for_each(|choice| choice.law = None);
            }
        }
        Some(form)
    } else {
        None
    };
    let mut page = one_of(visit.frame("/cases"), &file, question, &effects, form);
    if page.suggested.iter().any(|one| one.contains("近亲属备案")) {
        page.kin = kin::card(&visit, &file).await?;
    }
    Ok(Html(page.render()?).into_response())
}

/// `POST /cases/{no}/questions/{id}`: 认定事实
pub async fn post(Path((number, _)): Path<(String, String)>, post: Post) -> Page {
    super::acts::post(Path((number, ActName::Find.code().to_owned())), post).await
}

/// The case for those who work on it or watch over it; for the applicant there is no such page.
async fn for_the_team(visit: &Visit, number: &str) -> Result<CaseFile, error::Error> {
    let file = visit.app.case_file(&visit.viewer, number).await?;
    if file.standing == Standing::Applicant {
        return Err(Refusal::not_found().into());
    }
    Ok(file)
}

/// The list of a case. `effects` is asked for the questions that would change the outcome.
pub fn list_of(frame: Frame, file: &CaseFile, effects: impl Fn(&QuestionId) -> Vec<Effect>) -> QuestionList {
    let open = file.case.open_questions(&file.assessment);
    let mut groups = ["会改变结果的", "其他", "已查明"].map(|title| Group {
        title,
        ..Group::default()
    });
    for question in &file.pack.questions {
        let finding = file.case.finding(&question.id);
        let settled = finding.is_some_and(|finding| finding.answer != Answer::Unknown || finding.impossible);
        let decisive = open.contains(&&question.id);
        let group = &mut groups[usize::from(!decisive) + usize::from(!decisive && settled)];
        let row = Row {
            id: question.id.to_string(),
            wording: question.investigator.clone(),
            citations: clauses(file, question)
                .map(|clause| clause.citation.as_str())
                .collect::<Vec<_>>()
                .join("、"),
            answer: finding.map(said).unwrap_or_default(),
            effects: if decisive {
                effects(&question.id).iter().map(find::effect).collect()
            } else {
                String::new()
            },
        };
        if decisive && finding.is_none() && !is_named(file, question) {
            group.unnamed.push(row);
        } else {
            group.rows.push(row);
        }
    }
    let first = |row: &Row| {
        file.assessment
            .ask_next
            .iter()
            .position(|id| id.as_str() == row.id)
            .unwrap_or(usize::MAX)
    };
    groups[0].rows.sort_by_key(first);
    QuestionList {
        frame,
        number: file.number.clone(),
        follows: conclude::follows(&file.assessment),
        groups: groups
            .into_iter()
            .filter(|group| !group.rows.is_empty() || !group.unnamed.is_empty())
            .collect(),
    }
}

/// Whether the question is to be put next, belongs to every case, or to a circumstance that the applicant named or
/// somebody looks into.
fn is_named(file: &CaseFile, question: &Question) -> bool {
    let application = file.case.application.as_ref();
    let claimed = |clause: &Clause| application.is_some_and(|a| a.codes.clauses.contains(&clause.id));
    let looked_into = |clause: &Clause| clause.questions.iter().any(|id| file.case.finding(id).is_some());
    file.assessment.ask_next.contains(&question.id)
        || clauses(file, question)
            .any(|clause| clause.role != Role::Circumstance || claimed(clause) || looked_into(clause))
}

/// One question of a case.
pub fn one_of(
    frame: Frame,
    file: &CaseFile,
    question: &Question,
    effects: &[Effect],
    form: Option<Form>,
) -> QuestionPage {
    let claimed = file
        .case
        .application
        .as_ref()
        .map(|application| application.codes.clauses.as_slice());
    let law = |clause: &Clause| Law {
        citation: clause.citation.clone(),
        text: clause.text.clone(),
        notes: clause.notes.clone(),
    };
    let rules = file.pack.substance().questions;
    let implies =
        |from: &QuestionId, to: &QuestionId| rules.iter().any(|rule| rule.id == *from && rule.implies.contains(to));
    let linked = file
        .pack
        .questions
        .iter()
        .filter(|other| implies(&question.id, &other.id) || implies(&other.id, &question.id));
    QuestionPage {
        frame,
        number: file.number.clone(),
        wording: question.investigator.clone(),
        note: question.note.clone(),
        laws: clauses(file, question).map(law).collect(),
        suggested: clauses(file, question)
            .flat_map(|clause| clause.evidence.clone())
            .collect(),
        kin: KinCard::default(),
        claimed: question
            .clauses
            .iter()
            .any(|clause| claimed.unwrap_or_default().contains(clause)),
        effects: if form.is_some() {
            String::new()
        } else {
            effects.iter().map(find::effect).collect()
        },
        linked: linked
            .map(|other| {
                let answer = file.case.finding(&other.id).map_or("还没有认定".into(), said);
                (other.id.to_string(), other.investigator.clone(), answer)
            })
            .collect(),
        next: next(file, &question.id),
        earlier: file
            .case
            .findings
            .iter()
            .rev()
            .filter(|f| f.question == question.id)
            .map(|f| earlier(file, f))
            .collect(),
        form,
    }
}

/// The open question to be put after this one: the most decisive of the others.
fn next(file: &CaseFile, this: &QuestionId) -> Option<(String, String)> {
    let open = file.case.open_questions(&file.assessment);
    let first = file.assessment.ask_next.iter().filter(|id| open.contains(id));
    let id = first.chain(open.iter().copied()).find(|id| *id != this)?;
    let wording = file.pack.question(id)?.investigator.clone();
    Some((id.to_string(), wording))
}

fn clauses<'f>(file: &'f CaseFile, question: &'f Question) -> impl Iterator<Item = &'f Clause> {
    question.clauses.iter().filter_map(|id| file.pack.clause(id))
}

fn said(finding: &Finding) -> String {
    let impossible = if finding.impossible { "（无法查明）" } else { "" };
    format!("{}{impossible}", words::answer(finding.answer))
}

fn earlier(file: &CaseFile, finding: &Finding) -> Earlier {
    let evidence = file.case.evidence.iter().filter(|e| finding.evidence.contains(&e.id));
    let records = file
        .case
        .inquiries
        .iter()
        .filter(|record| finding.inquiries.contains(&record.id));
    let basis: Vec<String> = evidence
        .map(|e| format!("证据 {}《{}》", e.number, e.title))
        .chain(records.map(|record| format!("笔录 {}（{}）", record.number, investigate::kind(record.kind))))
        .collect();
    Earlier {
        on: words::date(finding.on),
        answer: said(finding),
        basis: basis.join("，"),
        reason: finding.grounds(),
        by: finding.by_name.clone(),
    }
}
