//! `/me`: the password, the size of letters, logging out.

use crate::error::{Page, status};
use crate::extract::{Post, SIZE, Visit, redirect_done, redirect_with_cookie};
use crate::form::{Field, Form, choices};
use crate::frame::Frame;
use app::Failure;
use askama::Template;
use axum::response::{Html, IntoResponse};

/// One's own page.
#[derive(Debug, Template)]
#[template(path = "pages/me.html")]
pub struct MePage {
    /// Around it.
    pub frame: Frame,
    /// 姓名
    pub name: String,
    /// 职务
    pub post: String,
    /// Seats: institution and role.
    pub seats: Vec<String>,
    /// The form of the password.
    pub password: Form,
    /// The form of the size.
    pub size: Form,
}

/// `GET /me`
pub async fn get(visit: Visit) -> Page {
    Ok(Html(page(&visit, password_form()).await?.render()?).into_response())
}

async fn page(visit: &Visit, password: Form) -> Result<MePage, Failure> {
    let mut frame = visit.frame("/me");
    frame.wrong = password.wrong() > 0;
    let password = match visit.app.must_change(&visit.viewer).await? {
        true => password.consequences("这个密码是别人给您的。请先改成自己的，改好才能办别的事。"),
        false => password,
    };
    let size = frame.size.clone();
    Ok(MePage {
        frame,
        name: visit.viewer.name.clone(),
        post: visit.viewer.post.clone(),
        seats: visit
            .viewer
            .seats
            .iter()
            .map(|seat| format!("{} · {}", seat.institution_name, crate::words::role(seat.capacity.role)))
            .collect(),
        password,
        size: size_form(&size),
    })
}

/// The form that changes the password.
pub fn password_form() -> Form {
    Form::new("改密码")
        .action("/me")
        .field(Field::password("password", "现在的密码"))
        .field(
            Field::password("new", "新密码")
                .hint("至少 8 个字符。")
                .autocomplete("new-password"),
        )
        .field(Field::password("again", "再输一次新密码").autocomplete("new-password"))
}

/// The form that chooses the size of letters.
pub fn size_form(chosen: &str) -> Form {
    let sizes = choices(&[("normal", "标准"), ("large", "大"), ("largest", "特大")]);
    let chosen = if chosen.is_empty() { "normal" } else { chosen };
    Form::new("换字号")
        .action("/me/size")
        .field(Field::radio("size", "字号", sizes).value(chosen))
}

/// `POST /me`
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return Ok(Html(page(&visit, password_form()).await?.render()?).into_response());
    }
    let changed = if values.text("new") == values.text("again") {
        visit
            .app
            .change_password(&visit.viewer, values.text("password"), values.text("new"))
            .await
    } else {
        Err(casefile::Refusal::field("again", "两次输的新密码不一样。请再输一次。").into())
    };
    match changed {
        Ok(()) => Ok(redirect_done("/me", "password")),
        Err(Failure::Refused(refusal)) => {
            let page = page(&visit, password_form().refuse(&refusal)).await?;
            Ok((status(refusal.kind), Html(page.render()?)).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /me/size`
pub async fn size(post: Post) -> Page {
    let size = match post.values.text("size") {
        size @ ("large" | "largest") => size,
        _ => "normal",
    };
    Ok(redirect_with_cookie(
        "/me",
        &format!("{SIZE}={size}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict"),
    ))
}
