//! `/cases/{no}/family`: a family's name and numbers whole, for a reason that is recorded (查看家庭信息).
//!
//! The only form here that is answered with a page: what it shows is shown once and lies at no address, so it cannot be
//! come back to without another reason.

use crate::error::{Page, status};
use crate::extract::{Path, Post, Visit};
use crate::form::{Field, Form};
use crate::frame::Frame;
use app::Failure;
use app::reading::Family;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use casefile::Kind;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/family.html")]
pub struct FamilyPage {
    /// Around it.
    pub frame: Frame,
    /// 收件编号
    pub number: String,
    /// The family: masked above the form, whole below none.
    pub family: Family,
    /// Asks the reason; `None` once it was given.
    pub form: Option<Form>,
}

/// `GET /cases/{no}/family`
pub async fn get(visit: Visit, Path(number): Path<String>) -> Page {
    ask(&visit, number, form(), StatusCode::OK).await
}

/// `POST /cases/{no}/family`
pub async fn post(Path(number): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return ask(&visit, number, form().fill(&values), StatusCode::OK).await;
    }
    match visit.app.reveal(&visit.viewer, &number, values.text("reason")).await {
        Ok(family) => {
            let page = FamilyPage {
                frame: visit.frame("/cases"),
                number,
                family,
                form: None,
            };
            Ok(Html(page.render()?).into_response())
        }
        Err(Failure::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            let form = form().fill(&values).refuse(&refusal);
            ask(&visit, number, form, status(refusal.kind)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn ask(visit: &Visit, number: String, form: Form, status: StatusCode) -> Page {
    let mut frame = visit.frame("/cases");
    frame.wrong = form.wrong() > 0;
    let page = FamilyPage {
        frame,
        family: visit.app.family_masked(&visit.viewer, &number).await?,
        number,
        form: Some(form),
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// The form that asks why.
pub fn form() -> Form {
    Form::new("查看")
        .field(
            Field::long("reason", "为什么要看")
                .rows(3)
                .hint("例如：要上门核实，需要知道是哪一户。不要写家庭成员的姓名和号码。"),
        )
        .consequences("谁在什么时候、为什么看，会记下来，审计员能看到。申请人能看到哪家机构在哪一天看过，看不到理由。")
}
