//! 收件, `/cases/{no}/acts/intake`: accept, assign and invite in one form, for the plain case of a small office. Each
//! stays an act of its own on the record; whoever may not do one is not shown it.

use super::{ActForm, ActPage, page_of};
use crate::desk::Desk;
use crate::error::{self, Page};
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::form::{Choice, Control, Field, Form};
use crate::load::sit_down;
use crate::values::Values;
use app::{Failure, Signature};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use base::ActId;
use casefile::act::ActName;
use casefile::{Act, FieldRefusal, Kind, Refusal};

/// The acts, in the order they are done.
pub(super) const PARTS: [ActName; 3] = [ActName::Accept, ActName::Assign, ActName::Invite];

/// One act of the form that this person may do now, or once the one before it is done.
pub struct Part {
    /// Its page.
    pub page: &'static ActPage,
    /// What it works with.
    pub desk: Desk,
    /// Its id.
    pub act: ActId,
}

/// `GET /cases/{no}/acts/intake`
pub async fn get(visit: Visit, Path(number): Path<String>) -> Page {
    let parts = parts(&visit, &number).await?;
    if parts.is_empty() {
        return Ok(Redirect::to(&format!("/cases/{number}")).into_response());
    }
    draw(
        &visit,
        &parts,
        form(&parts, &Values::default()),
        String::new(),
        StatusCode::OK,
    )
}

/// `POST /cases/{no}/acts/intake`
pub async fn post(Path(number): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    let parts = parts(&visit, &number).await?;
    if parts.is_empty() {
        return Ok(redirect_done(&format!("/cases/{number}"), "intake"));
    }
    if resumed {
        let notice = "您已重新登录。刚才填的都在下面，请看一下再提交。";
        return draw(&visit, &parts, form(&parts, &values), notice.into(), StatusCode::OK);
    }
    match perform(&visit, &number, &parts, &values).await {
        Ok(()) => Ok(redirect_done(&format!("/cases/{number}"), "intake")),
        Err(Failure::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            // What was done before the refusal stays done; the form shows what is left.
            let left = self::parts(&visit, &number).await?;
            if left.is_empty() {
                return Ok(Redirect::to(&format!("/cases/{number}")).into_response());
            }
            let done = parts
                .iter()
                .filter(|part| left.iter().all(|other| other.page.act != part.page.act));
            let done: String = done.map(|part| part.page.done).collect();
            let notice = if done.is_empty() {
                done
            } else {
                format!("{done}下面的还没办成。")
            };
            let form = form(&left, &values).refuse(&refusal);
            draw(&visit, &left, form, notice, error::status(refusal.kind))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The parts this person may do. Assigning waits for the acceptance that stands in the same form.
async fn parts(visit: &Visit, number: &str) -> Result<Vec<Part>, Failure> {
    let mut parts: Vec<Part> = Vec::new();
    for name in PARTS {
        let Some(page) = page_of(name) else { continue };
        let (desk, act, ready) = match sit_down(visit, name, number).await {
            Err(Failure::Refused(refusal)) if refusal.kind == Kind::NotYou => continue,
            sat => sat?,
        };
        let accepts = parts.iter().any(|part| part.page.act == ActName::Accept);
        let waits = |refusal: &Refusal| refusal.code == "not-accepted" && accepts;
        if ready.as_ref().map_or_else(waits, |()| true) {
            parts.push(Part { page, desk, act });
        }
    }
    Ok(parts)
}

/// One form out of the parts' own.
pub fn form(parts: &[Part], values: &Values) -> Form {
    let all: Vec<Choice> = parts
        .iter()
        .map(|part| Choice::new(part.page.act.code(), part.page.act.title()))
        .collect();
    let ticked = all.iter().map(|choice| choice.value.clone()).collect::<Vec<_>>();
    let mut form = Form::new("办理").field(Field::checks("parts", "办哪几步", all).ticked(ticked));
    let mut consequences = String::new();
    for part in parts {
        let own = (part.page.form)(&part.desk, values);
        // In this form whoever leaves a part's fields alone does not do that part.
        form = form.fields(own.fields.into_iter().map(|field| match field.control {
            Control::Checks(_) => field.optional(),
            _ => field,
        }));
        consequences.push_str(&own.consequences);
    }
    form = form.consequences(consequences).fill(values);
    for part in parts {
        let name = id_of(part);
        let act = values.text(&name).parse().unwrap_or(part.act);
        form = form.field(Field::hidden(&name, act));
    }
    match parts.first() {
        Some(part) => form
            .papers_of(&part.desk.number, "intake", parts.iter().map(|part| part.page.act))
            .field(Field::hidden("version", part.desk.case.version)),
        None => form,
    }
}

/// The acts of the ticked parts, all read before any is done.
///
/// # Errors
/// Everything that cannot be read, by field.
pub fn read(parts: &[Part], values: &Values) -> Result<Vec<(ActId, Act)>, Refusal> {
    let mut acts = Vec::new();
    let mut wrong: Vec<FieldRefusal> = Vec::new();
    for part in parts {
        if !values.all("parts").iter().any(|code| code == part.page.act.code()) {
            continue;
        }
        match (part.page.parse)(&part.desk, values) {
            Ok(Act::Assign(assign)) if assign.people.is_empty() => wrong.push(FieldRefusal {
                field: "people".into(),
                sentence: "还没选调查人。请至少选一人；以后再指派的，上面不勾“指派调查人”。".into(),
            }),
            Ok(act) => acts.push((values.text(&id_of(part)).parse().unwrap_or(part.act), act)),
            Err(refusal) => wrong.extend(refusal.fields),
        }
    }
    if acts.is_empty() && wrong.is_empty() {
        return Err(Refusal::field("parts", "还没选办哪几步。请至少勾一项。"));
    }
    if wrong.is_empty() {
        Ok(acts)
    } else {
        Err(Refusal::fields(wrong))
    }
}

/// Does the ticked parts in order, until one fails.
async fn perform(visit: &Visit, number: &str, parts: &[Part], values: &Values) -> Result<(), Failure> {
    let acts = read(parts, values)?;
    // Only the first is held against the version the form was opened on: the rest follow from it.
    let mut expected = values.version();
    for (id, act) in acts {
        let performed = visit
            .app
            .perform(&visit.viewer, number, id, expected, act, Signature::none())
            .await?;
        expected = Some(performed.version);
    }
    Ok(())
}

fn id_of(part: &Part) -> String {
    format!("act_id.{}", part.page.act.code())
}

fn draw(visit: &Visit, parts: &[Part], form: Form, notice: String, status: StatusCode) -> Page {
    let mut frame = visit.frame("/cases");
    frame.wrong = form.wrong() > 0;
    let desk = parts.first().map(|part| &part.desk);
    let page = ActForm {
        frame,
        title: "收件",
        number: desk.map(|desk| desk.number.clone()).unwrap_or_default(),
        facts: desk.map(Desk::facts).unwrap_or_default(),
        changed: notice,
        form,
    };
    Ok((status, Html(page.render()?)).into_response())
}
