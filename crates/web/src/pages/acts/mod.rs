//! The page of every act, `/cases/{no}/acts/{act}`: one driver, one file per act.
//!
//! An act's file says what it asks (`form`) and how that becomes the act (`parse`); loading, refusing, filling in what
//! was typed, storing files, performing and redirecting are done here. To add one: docs/how-to/add-an-act.md.

mod accept;
mod acknowledge;
mod acknowledge_report;
mod add_city_view;
mod add_evidence;
mod amend_claim;
mod answer;
mod apply_review;
mod ask_recusal;
mod assign;
mod borrow;
mod choose_reading;
pub(crate) mod conclude;
mod confirm;
mod confirm_secrecy;
mod coordinate;
mod correct;
mod countersign;
mod declare_recusal;
mod decline;
mod defer;
mod determine;
mod escalate;
mod explain;
mod file;
mod file_supplement;
pub(crate) mod find;
pub mod intake;
pub(crate) mod investigate;
mod invite;
mod issue;
mod link;
mod marked;
mod minute_consultation;
mod name_basis;
mod note_silence;
mod open_consultation;
mod opine;
mod order_secrecy;
mod outcomes;
pub mod preview;
pub(crate) mod recipients;
mod record_use;
mod redetermine;
mod remind;
mod replace_investigator;
mod report;
mod request_supplement;
mod return_to_inquiry;
mod review;
mod rule_recusal;
mod serve;
mod serve_otherwise;
pub mod service;
mod sign_conclusion;
mod state;
mod supplement;
mod take_lead;
mod transfer;
mod waive;
mod withdraw;

use crate::desk::Desk;
use crate::error::{self, Page};
use crate::extract::{Path, Post, Visit, local_path, redirect_done};
use crate::form::{Field, Form};
use crate::frame::Frame;
use crate::load::sit_down;
use crate::values::Values;
use app::login::is_signed;
use app::{Failure, Signature};
use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use base::ActId;
use casefile::act::ActName;
use casefile::{Act, Case, Kind, Refusal};

/// The page of one act.
pub struct ActPage {
    /// The act.
    pub act: ActName,
    /// The green line on the next page.
    pub done: &'static str,
    /// What is asked. On GET the values are the query's, so that a link may fill a field in advance.
    pub form: fn(&Desk, &Values) -> Form,
    /// The act from what was typed.
    pub parse: fn(&Desk, &Values) -> Result<Act, Refusal>,
}

/// Every act page, in the order of the procedure.
pub const PAGES: &[ActPage] = &[
    request_supplement::PAGE,
    supplement::PAGE,
    accept::PAGE,
    decline::PAGE,
    transfer::PAGE,
    amend_claim::PAGE,
    withdraw::PAGE,
    name_basis::PAGE,
    link::PAGE,
    take_lead::PAGE,
    assign::PAGE,
    borrow::PAGE,
    declare_recusal::PAGE,
    ask_recusal::PAGE,
    rule_recusal::PAGE,
    replace_investigator::PAGE,
    add_evidence::PAGE,
    investigate::PAGE,
    countersign::PAGE,
    find::PAGE,
    choose_reading::PAGE,
    invite::PAGE,
    state::PAGE,
    waive::PAGE,
    answer::PAGE,
    explain::PAGE,
    conclude::PAGE,
    sign_conclusion::PAGE,
    opine::PAGE,
    remind::PAGE,
    note_silence::PAGE,
    open_consultation::PAGE,
    minute_consultation::PAGE,
    escalate::PAGE,
    coordinate::PAGE,
    add_city_view::PAGE,
    confirm::PAGE,
    return_to_inquiry::PAGE,
    determine::PAGE,
    defer::PAGE,
    issue::PAGE,
    report::PAGE,
    acknowledge_report::PAGE,
    serve::PAGE,
    acknowledge::PAGE,
    serve_otherwise::PAGE,
    record_use::PAGE,
    apply_review::PAGE,
    review::PAGE,
    redetermine::PAGE,
    correct::PAGE,
    file::PAGE,
    file_supplement::PAGE,
    order_secrecy::PAGE,
    confirm_secrecy::PAGE,
];

/// What the applicant does without paper and the window with it: the scan is asked of everybody but the applicant.
fn signed_paper(desk: &Desk) -> Option<Field> {
    let own = desk.case.applicant() == Some(desk.me);
    (!own).then(|| Field::file("scan", "申请人签了名的纸").hint("扫描或者拍照，要看得清签名或者手印。"))
}

/// The page of an act; acts of the system have none.
pub fn page_of(act: ActName) -> Option<&'static ActPage> {
    PAGES.iter().find(|page| page.act == act)
}

/// Where an act is done: on its own page, on the one form that does it together with its neighbours, or, for 认定事实,
/// question by question from their list.
pub fn address(number: &str, act: ActName) -> String {
    let page = match act {
        ActName::Find => return format!("/cases/{number}/questions"),
        ActName::Accept => "intake",
        ActName::Issue | ActName::SendReport | ActName::Serve => "service",
        other => other.code(),
    };
    format!("/cases/{number}/acts/{page}")
}

/// Where an act on this case is done: [`address`], or the act's own page where the combined form has done it already
/// and it may be done once more (a report sent to a further body).
pub fn address_on(number: &str, act: ActName, case: &Case) -> String {
    let combined = matches!(act, ActName::Issue | ActName::SendReport | ActName::Serve);
    if combined && !service::steps(case).contains(&act) {
        return format!("/cases/{number}/acts/{}", act.code());
    }
    address(number, act)
}

/// The green line of the act of that code.
pub fn done(code: &str) -> Option<String> {
    ActName::parse(code).and_then(page_of).map(|page| page.done.to_owned())
}

/// An act's form.
#[derive(Debug, Template)]
#[template(path = "pages/act.html")]
pub struct ActForm {
    /// Around it.
    pub frame: Frame,
    /// The act's title.
    pub title: &'static str,
    /// 收件编号
    pub number: String,
    /// Who, where, which work.
    pub facts: String,
    /// What changed since the form was opened; empty for nothing.
    pub changed: String,
    /// The form.
    pub form: Form,
}

/// An act that cannot be done now: why, and what to do next.
#[derive(Debug, Template)]
#[template(path = "pages/act_refused.html")]
pub struct ActRefused {
    /// Around it.
    pub frame: Frame,
    /// The act's title.
    pub title: &'static str,
    /// 收件编号
    pub number: String,
    /// Who, where, which work.
    pub facts: String,
    /// Why.
    pub refusal: Refusal,
}

/// `GET /cases/{no}/acts/{act}`
pub async fn get(visit: Visit, Path((number, code)): Path<(String, String)>, RawQuery(query): RawQuery) -> Page {
    let Some(page) = ActName::parse(&code).and_then(page_of) else {
        return Ok(error::not_found());
    };
    let values = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
    let (desk, act_id, ready) = sit_down(&visit, page.act, &number).await?;
    if let Err(refusal) = ready {
        return refused(&visit, &desk, refusal);
    }
    let form = open(page, &desk, &values, act_id);
    draw(&visit, &desk, form, String::new(), StatusCode::OK)
}

/// `POST /cases/{no}/acts/{act}`
pub async fn post(Path((number, code)): Path<(String, String)>, post: Post) -> Page {
    let Post {
        visit,
        mut values,
        resumed,
    } = post;
    let Some(page) = ActName::parse(&code).and_then(page_of) else {
        return Ok(error::not_found());
    };
    let (desk, fresh, ready) = sit_down(&visit, page.act, &number).await?;
    let act_id = values.text("act_id").parse().unwrap_or(fresh);
    if resumed {
        return match ready {
            Ok(()) => {
                let changed = "您已重新登录。刚才填的都在下面，请看一下再提交；文件要重新选。".to_owned();
                draw(
                    &visit,
                    &desk,
                    open(page, &desk, &values, act_id),
                    changed,
                    StatusCode::OK,
                )
            }
            Err(refusal) => refused(&visit, &desk, refusal),
        };
    }
    if let Err(refusal) = marked::check(&desk, &values) {
        crate::upload::store(&visit, &number, &mut values).await?;
        let form = marked::ask(open(page, &desk, &values, act_id), &refusal);
        return draw(&visit, &desk, form, String::new(), error::status(refusal.kind));
    }
    match perform(&visit, page, &desk, act_id, &mut values).await {
        Ok(already) => {
            let case = format!("/cases/{number}");
            let next = Some(values.text("next")).filter(|next| !next.is_empty());
            Ok(redirect_done(
                next.map_or(case.as_str(), local_path),
                if already { "already" } else { &code },
            ))
        }
        Err(Failure::Refused(refusal)) if refusal.kind == Kind::NotFound => Err((*refusal).into()),
        Err(Failure::Refused(refusal)) => {
            let status = error::status(refusal.kind);
            if refusal.code == "moved-on" {
                // Nothing stands under its id, or something of another case.
                let form = open(page, &desk, &values, fresh);
                return draw(&visit, &desk, form, refusal.to_string(), status);
            }
            let form = open(page, &desk, &values, act_id);
            draw(&visit, &desk, form.refuse(&refusal), String::new(), status)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Performs the act; whether the same form had done it before.
async fn perform(
    visit: &Visit,
    page: &ActPage,
    desk: &Desk,
    act_id: ActId,
    values: &mut Values,
) -> Result<bool, Failure> {
    crate::upload::store(visit, &desk.number, values).await?;
    let expected = values.version();
    let act = (page.parse)(desk, values)?;
    let signature = Signature::of(values.text("password"));
    let performed = visit
        .app
        .perform(&visit.viewer, &desk.number, act_id, expected, act, signature)
        .await?;
    Ok(performed.already)
}

/// The form as it is sent out: what was typed in it, its id, the version it was opened on, the password last.
pub(crate) fn open(page: &ActPage, desk: &Desk, values: &Values, act_id: ActId) -> Form {
    let mut form = (page.form)(desk, values).fill(values);
    if is_signed(page.act) {
        form = form.field(Field::signature());
    }
    form = form.papers_of(&desk.number, page.act.code(), [page.act]);
    form.once(act_id, desk.case.version)
}

/// The form of `page` over `desk` with `values` typed in; for tests and samples.
pub fn sample(page: &ActPage, desk: &Desk, values: &Values) -> ActForm {
    ActForm {
        frame: Frame::bare(),
        title: page.act.title(),
        number: desk.number.clone(),
        facts: desk.facts(),
        changed: String::new(),
        form: open(page, desk, values, ActId::default()),
    }
}

fn draw(visit: &Visit, desk: &Desk, form: Form, changed: String, status: StatusCode) -> Page {
    let mut frame = visit.frame("/cases");
    frame.wrong = form.wrong() > 0;
    let page = ActForm {
        frame,
        title: desk.act.title(),
        number: desk.number.clone(),
        facts: desk.facts(),
        changed,
        form,
    };
    Ok((status, Html(page.render()?)).into_response())
}

fn refused(visit: &Visit, desk: &Desk, refusal: Refusal) -> Page {
    let status = error::status(refusal.kind);
    if refusal.kind == Kind::NotFound {
        return Ok(error::refusal(&refusal));
    }
    let page = ActRefused {
        frame: visit.frame("/cases"),
        title: desk.act.title(),
        number: desk.number.clone(),
        facts: desk.facts(),
        refusal,
    };
    let response: Response = (status, Html(page.render()?)).into_response();
    Ok(response)
}
