//! `/cases/{no}/acts/service` 送达: issue, report and serve in one form. Three acts, each recorded by itself; what is done
//! already is left out, and what fails leaves the acts before it standing.

use super::{ActForm, ActRefused, issue, page_of, recipients, serve};
use crate::desk::Desk;
use crate::error::{self, Page};
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::form::{Field, Form};
use crate::load::sit_down;
use crate::read::Read;
use crate::values::Values;
use app::login::is_signed;
use app::{Failure, Signature};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use base::ActId;
use casefile::act::ActName;
use casefile::acts::{Issue, ReportRecipient, SendReport, Serve};
use casefile::{Act, Case, Kind, PaperKind, Refusal};

const TITLE: &str = "出具、报送和送达";
/// The acts, in the order they are done.
const ACTS: [ActName; 3] = [ActName::Issue, ActName::SendReport, ActName::Serve];

/// The field with the id of an act.
fn id_of(act: ActName) -> String {
    format!("id-{}", act.code())
}

/// The acts that are still to be done, in order.
pub fn steps(case: &Case) -> Vec<ActName> {
    let group = case.receipt.as_ref().map(|receipt| receipt.discipline);
    let mut steps = Vec::new();
    if case.reports.is_empty() {
        steps.push(ActName::Issue);
    }
    if !case.reported.iter().any(|reported| reported.institution == group) {
        steps.push(ActName::SendReport);
    }
    if case.services.is_empty() {
        steps.push(ActName::Serve);
    }
    steps
}

/// The form for what is still to be done; each act has an id of its own.
pub fn form(desk: &Desk, values: &Values, ids: [ActId; 3]) -> Form {
    let steps = steps(&desk.case);
    let names: Vec<&str> = steps.iter().map(|act| act.title()).collect();
    let mut form = Form::new("签名并办理")
        .field(Field::fixed("steps", "这一次办", names.join("、")))
        .fields(issue::determined(desk));
    if steps.iter().any(|act| *act != ActName::Serve) {
        form = form.fields(recipients::fields(desk));
    }
    if steps.contains(&ActName::Serve) {
        form = form.fields(serve::whom(desk));
    }
    let mut form = form
        .consequences("报告编上本局的文号，出具以后不能再改。报告报送出去，结果送给本人和单位，等他们签收。")
        .fill(values);
    if steps.iter().any(|act| is_signed(*act)) {
        form = form.field(Field::signature());
    }
    for (act, id) in ACTS.into_iter().zip(ids).filter(|(act, _)| steps.contains(act)) {
        form = form.field(Field::hidden(&id_of(act), id));
    }
    form.papers_of(&desk.number, "service", steps)
        .field(Field::hidden("version", desk.case.version))
}

/// The acts of this form up to the one that makes `paper`, from what was typed: each stands on the one before it.
///
/// # Errors
/// What cannot be read; what cannot be done now.
pub(super) async fn acts_up_to(
    visit: &Visit,
    number: &str,
    values: &Values,
    paper: PaperKind,
) -> Result<Vec<Act>, Failure> {
    let (desk, ready) = desk(visit, number).await?;
    ready?;
    let mut acts = parse(&desk, values)?;
    let makes = acts.iter().position(|act| act.name().papers().contains(&paper));
    acts.truncate(makes.map_or(0, |at| at + 1));
    Ok(acts)
}

/// `GET /cases/{no}/acts/service`
pub async fn get(visit: Visit, Path(number): Path<String>) -> Page {
    draw(&visit, &number, &Values::default(), None).await
}

/// `POST /cases/{no}/acts/service`
pub async fn post(Path(number): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return draw(&visit, &number, &values, None).await;
    }
    match perform(&visit, &number, &values).await {
        Ok(()) => Ok(redirect_done(&format!("/cases/{number}"), ActName::Serve.code())),
        Err(Failure::Refused(refusal)) if refusal.kind == Kind::NotFound => Err((*refusal).into()),
        Err(Failure::Refused(refusal)) => draw(&visit, &number, &values, Some(*refusal)).await,
        Err(failure) => Err(failure.into()),
    }
}

/// The desk of the first act that is still to be done, or of the last one where nothing is.
async fn desk(visit: &Visit, number: &str) -> Result<(Desk, Result<(), Refusal>), Failure> {
    let (desk, _, ready) = sit_down(visit, ActName::Serve, number).await?;
    match steps(&desk.case).first() {
        Some(first) => {
            let (desk, _, ready) = sit_down(visit, *first, number).await?;
            Ok((desk, ready))
        }
        None => Ok((desk, ready)),
    }
}

async fn draw(visit: &Visit, number: &str, values: &Values, refusal: Option<Refusal>) -> Page {
    let (desk, ready) = desk(visit, number).await?;
    if let Err(refusal) = ready {
        let status = error::status(refusal.kind);
        let page = ActRefused {
            frame: visit.frame("/cases"),
            title: TITLE,
            number: desk.number.clone(),
            facts: desk.facts(),
            refusal,
        };
        return Ok((status, Html(page.render()?)).into_response());
    }
    let ids = ACTS.map(|act| {
        values
            .text(&id_of(act))
            .parse()
            .unwrap_or_else(|_| visit.app.fresh_act())
    });
    let left = steps(&desk.case);
    let mut form = form(&desk, values, ids);
    let mut status = StatusCode::OK;
    // What was done before the refusal stays done; the form shows what is left.
    let done = ACTS
        .into_iter()
        .filter(|act| values.has(&id_of(*act)) && !left.contains(act));
    let done: String = done.filter_map(page_of).map(|page| page.done).collect();
    let mut changed = if done.is_empty() {
        done
    } else {
        format!("{done}下面的还没办成。")
    };
    if let Some(refusal) = refusal {
        status = error::status(refusal.kind);
        if refusal.code == "moved-on" {
            changed.push_str(&refusal.to_string());
        } else {
            form = form.refuse(&refusal);
        }
    }
    let mut frame = visit.frame("/cases");
    frame.wrong = form.wrong() > 0;
    let page = ActForm {
        frame,
        title: TITLE,
        number: desk.number.clone(),
        facts: desk.facts(),
        changed,
        form,
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// The acts that are still to be done, from what was typed.
///
/// # Errors
/// What cannot be read.
pub fn parse(desk: &Desk, values: &Values) -> Result<Vec<Act>, Refusal> {
    let mut read = Read::of(values);
    let to = recipients::read(desk, &mut read);
    read.ok()?;
    Ok(steps(&desk.case).into_iter().map(|step| act(step, &to)).collect())
}

fn act(step: ActName, to: &[ReportRecipient]) -> Act {
    match step {
        ActName::Issue => Issue {
            recipients: to.iter().map(|to| to.body.clone()).collect(),
        }
        .into(),
        ActName::SendReport => SendReport {
            recipients: to.to_vec(),
        }
        .into(),
        _ => Serve::default().into(),
    }
}

async fn perform(visit: &Visit, number: &str, values: &Values) -> Result<(), Failure> {
    let (desk, ready) = desk(visit, number).await?;
    if steps(&desk.case).is_empty() {
        return Ok(());
    }
    ready?;
    let acts = parse(&desk, values)?;
    let signature = Signature::of(values.text("password"));
    let mut expected = values.version();
    for act in acts {
        let id = values
            .text(&id_of(act.name()))
            .parse()
            .unwrap_or_else(|_| visit.app.fresh_act());
        let done = visit
            .app
            .perform(&visit.viewer, number, id, expected, act, signature)
            .await?;
        expected = Some(done.version);
    }
    Ok(())
}
