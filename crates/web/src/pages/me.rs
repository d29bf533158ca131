//! `/me`: the password, where one is logged in, the size of letters, logging out.

use crate::error::{Page, status};
use crate::extract::{Post, SIZE, Visit, redirect_done, redirect_with_cookie};
use crate::form::{Field, Form, choices};
use crate::frame::Frame;
use crate::words;
use app::login::factor::FactorKind;
use app::login::{PasswordDue, SessionSeen};
use app::{Failure, LoginPolicy};
use askama::Template;
use axum::response::{Html, IntoResponse};
use casefile::Refusal;

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
    /// What their second factor is.
    pub factor: &'static str,
    /// Whether they have one.
    pub has_factor: bool,
    /// Where the person is logged in.
    pub sessions: Vec<SessionRow>,
    /// The form of the size.
    pub size: Form,
}

/// One session on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// What it is ended by.
    pub id: String,
    /// In which browser, and from where.
    pub browser: String,
    /// The address; may be empty.
    pub address: String,
    /// Since when.
    pub begun: String,
    /// When it was last used.
    pub last_seen: String,
    /// Whether it is this one.
    pub this: bool,
}

/// `GET /me`
pub async fn get(visit: Visit) -> Page {
    let form = password_form(&visit.app.login_policy());
    Ok(Html(page(&visit, form).await?.render()?).into_response())
}

async fn page(visit: &Visit, password: Form) -> Result<MePage, Failure> {
    let mut frame = visit.frame("/me");
    frame.wrong = password.wrong() > 0;
    let password = match visit.app.password_due(&visit.viewer).await? {
        PasswordDue::Given => password.consequences("这个密码是别人给您的。请先改成自己的，改好才能办别的事。"),
        PasswordDue::Expired => password.consequences("这个密码用的时间太长了。请先换一个新的，改好才能办别的事。"),
        PasswordDue::No => password,
    };
    let sessions = visit.app.sessions(&visit.viewer, &visit.token).await?;
    let factor = visit.app.factor_of(&visit.viewer).await?;
    let size = frame.size.clone();
    Ok(MePage {
        frame,
        name: visit.viewer.name.clone(),
        post: visit.viewer.post.clone(),
        seats: visit
            .viewer
            .seats
            .iter()
            .map(|seat| format!("{} · {}", seat.institution_name, words::role(seat.capacity.role)))
            .collect(),
        password,
        factor: match factor {
            Some(FactorKind::App) => "用手机验证器。",
            Some(FactorKind::Card) => "用验证码卡。",
            None => "没有设，登录只要密码。",
        },
        has_factor: factor.is_some(),
        sessions: sessions.into_iter().map(row).collect(),
        size: size_form(&size),
    })
}

fn row(session: SessionSeen) -> SessionRow {
    SessionRow {
        id: session.id.to_string(),
        browser: session.browser,
        address: session.address,
        begun: words::day_and_time(session.begun),
        last_seen: words::day_and_time(session.last_seen),
        this: session.this,
    }
}

/// The form that changes the password.
pub fn password_form(policy: &LoginPolicy) -> Form {
    Form::new("改密码")
        .action("/me")
        .field(Field::password("password", "现在的密码"))
        .field(
            Field::password("new", "新密码")
                .hint(policy.in_words())
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
    let form = password_form(&visit.app.login_policy());
    if resumed {
        return Ok(Html(page(&visit, form).await?.render()?).into_response());
    }
    let changed = if values.text("new") == values.text("again") {
        visit
            .app
            .change_password(&visit.viewer, &visit.token, values.text("password"), values.text("new"))
            .await
    } else {
        Err(Refusal::field("again", "两次输的新密码不一样。请再输一次。").into())
    };
    match changed {
        Ok(()) => Ok(redirect_done("/me", "password")),
        Err(Failure::Refused(refusal)) => {
            let page = page(&visit, form.refuse(&refusal)).await?;
            Ok((status(refusal.kind), Html(page.render()?)).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /me/sessions`: ends one session, or all others.
pub async fn end_session(post: Post) -> Page {
    let Post { visit, values, .. } = post;
    match values.text("session") {
        "others" => visit.app.end_other_sessions(&visit.viewer, &visit.token).await?,
        id => {
            let id = id.parse().map_err(|_| Refusal::not_found())?;
            visit.app.end_session(&visit.viewer, id).await?;
        }
    }
    Ok(redirect_done("/me", "session"))
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
