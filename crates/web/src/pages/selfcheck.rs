//! `/selfcheck`: a worker compares what happened with the notice before applying. Nothing is stored, nothing recorded.
//!
//! It tells what may fit, what is still lacking and what may stand against it; it never tells an outcome.

use super::apply::exclusions;
use super::apply::sheet::Sheet;
use super::apply::steps::{clause, group};
use crate::error::Page;
use crate::extract::{Post, Visit};
use crate::form::{Field, Form, choices};
use crate::frame::Frame;
use crate::values::Values;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use base::law::{Answer, Answers, ClauseId, Truth};
use casefile::Refusal;
use rules::{Clause, Outcome, Pack};

/// A page that asks.
#[derive(Debug, Template)]
#[template(path = "pages/selfcheck.html")]
pub struct AskPage {
    /// Around it.
    pub frame: Frame,
    /// The heading.
    pub title: &'static str,
    /// A line below it.
    pub hint: &'static str,
    /// The form.
    pub form: Form,
}

/// One situation that may fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// In plain words.
    pub plain: String,
    /// As cited.
    pub citation: String,
    /// The words of the notice.
    pub text: String,
    /// What usually proves it.
    pub evidence: Vec<String>,
}

/// What came of it.
#[derive(Debug, Template)]
#[template(path = "pages/selfcheck_result.html")]
pub struct ResultPage {
    /// Around it.
    pub frame: Frame,
    /// 可能符合
    pub fits: Vec<Fit>,
    /// 还差什么: what else must hold and does not by the answers, or is not known.
    pub lacking: Vec<String>,
    /// 可能不适用: citation and words of what stands against it.
    pub exclusions: Vec<(String, String)>,
    /// Whether the worker may apply here.
    pub may_apply: bool,
}

/// What the worker says of one condition.
const SAYS: &[(&str, &str)] = &[("yes", "是"), ("no", "不是"), ("unsure", "不清楚")];

/// `GET /selfcheck`
pub async fn get(visit: Visit) -> Page {
    draw(&visit, ask_groups(visit.app.packs().current()), GROUPS, StatusCode::OK)
}

/// `POST /selfcheck`: the next page of the three, out of what the form itself carries.
pub async fn post(post: Post) -> Page {
    let Post { visit, values, .. } = post;
    let pack = visit.app.packs().current();
    let sheet = Sheet::new(pack, &values);
    if sheet.groups().is_empty() {
        let refusal = Refusal::field("groups", "还没选为什么出错。至少选一项，拿不准就选最像的。");
        return draw(
            &visit,
            ask_groups(pack).refuse(&refusal),
            GROUPS,
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    }
    if !values.has("answered") {
        return draw(&visit, ask_situations(&sheet), SITUATIONS, StatusCode::OK);
    }
    if sheet.clauses().is_empty() {
        let first = sheet
            .groups()
            .first()
            .map(|group| Sheet::ticks(group))
            .unwrap_or_default();
        let refusal = Refusal::field(&first, "还没选相符的情况。至少选一项，拿不准就选最像的。");
        let form = ask_situations(&sheet).fill(&values).refuse(&refusal);
        return draw(&visit, form, SITUATIONS, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let fit = |clause: &Clause| Fit {
        plain: clause.plain.clone(),
        citation: clause.citation.clone(),
        text: clause.text.clone(),
        evidence: clause.evidence.clone(),
    };
    let page = ResultPage {
        frame: visit.frame("/selfcheck"),
        fits: sheet.clauses().into_iter().map(fit).collect(),
        lacking: lacking(&sheet),
        exclusions: exclusions(pack),
        may_apply: visit.viewer.has(casefile::Role::Worker),
    };
    Ok(Html(page.render()?).into_response())
}

const GROUPS: (&str, &str) = (
    "先自己对照一下",
    "不保存，不留记录。选最像的，可以多选：为什么会出这个错？",
);
const SITUATIONS: (&str, &str) = (
    "哪些情况和您的事相符？",
    "不保存，不留记录。拿不准就选最像的；不清楚的可以不答。",
);

fn draw(visit: &Visit, form: Form, (title, hint): (&'static str, &'static str), status: StatusCode) -> Page {
    let mut frame = visit.frame("/selfcheck");
    frame.wrong = form.wrong() > 0;
    let page = AskPage {
        frame,
        title,
        hint,
        form,
    };
    Ok((status, Html(page.render()?)).into_response())
}

fn ask_groups(pack: &Pack) -> Form {
    Form::new("下一步").field(Field::checks(
        "groups",
        "请选最像的",
        pack.groups.iter().map(group).collect(),
    ))
}

fn ask_situations(sheet: &Sheet) -> Form {
    let groups = sheet.groups();
    let ticks = groups.iter().map(|group| {
        Field::checks(
            &Sheet::ticks(group),
            group.label.as_str(),
            sheet.clauses_of(group).map(clause).collect(),
        )
    });
    let carried = groups.iter().map(|group| Field::hidden("groups", &group.id));
    let questions = thresholds(sheet.pack).flat_map(|clause| &clause.questions);
    let asked = questions.filter_map(|id| sheet.pack.question(id)).map(|question| {
        let name = format!("q.{}", question.id);
        Field::radio(&name, question.applicant.as_str(), choices(SAYS)).optional()
    });
    Form::new("看对照结果")
        .fields(ticks)
        .fields(asked)
        .fields(carried)
        .field(Field::hidden("answered", "1"))
}

/// What every case of the first outcome needs.
fn thresholds(pack: &Pack) -> impl Iterator<Item = &Clause> {
    let first = pack
        .outcomes
        .first()
        .map(|outcome| outcome.thresholds.as_slice())
        .unwrap_or_default();
    first.iter().filter_map(|condition| pack.clause(&condition.clause))
}

/// What else must hold for the situations ticked, and does not by the answers given.
fn lacking(sheet: &Sheet) -> Vec<String> {
    let pack = sheet.pack;
    let ticked = sheet.clause_ids();
    let serves = |outcome: &&Outcome| outcome.circumstances.iter().any(|c| ticked.contains(&c.clause));
    let needed: Vec<&ClauseId> = pack
        .outcomes
        .iter()
        .filter(serves)
        .flat_map(|outcome| &outcome.thresholds)
        .map(|c| &c.clause)
        .collect();
    let value = values_of(sheet);
    let open = |id: &&&ClauseId| value.iter().all(|(known, truth)| known != **id || *truth != Truth::Yes);
    let plain = |id: &ClauseId| {
        pack.clause(id)
            .map(|clause| format!("{}（{}）", clause.plain, clause.citation))
    };
    needed.iter().filter(open).filter_map(|id| plain(id)).collect()
}

/// The clauses' values by the worker's own answers.
fn values_of(sheet: &Sheet) -> Vec<(ClauseId, Truth)> {
    let says = |values: &Values, id: &str| match values.text(&format!("q.{id}")) {
        "yes" => Some(Answer::Yes),
        "no" => Some(Answer::No),
        _ => None,
    };
    let answered = thresholds(sheet.pack).flat_map(|clause| &clause.questions);
    let answers: Answers = answered
        .filter_map(|id| says(sheet.values, id.as_str()).map(|answer| (id.clone(), answer)))
        .collect();
    // Answers that contradict each other say nothing: everything then counts as open.
    let assessed = sheet.pack.evaluate(&answers, &Default::default(), None);
    assessed.map_or_else(
        |_| Vec::new(),
        |assessed| assessed.clauses.into_iter().map(|c| (c.id, c.value)).collect(),
    )
}
