//! `/login`, `/login/code` and `/logout`. A form posted after the session ended is carried along and comes back to its page.

use crate::Web;
use crate::error::{Error, Page, status};
use crate::extract::{RESUME, SESSION, cookie, local_path, redirect_with_cookie, size};
use crate::form::{Field, Form};
use crate::frame::Frame;
use crate::limit;
use crate::origin::{self, DEVICE};
use crate::read::half_width;
use crate::values::Values;
use app::Failure;
use app::login::factor::Asked;
use askama::Template;
use axum::extract::{RawQuery, Request, State};
use axum::http::header::{LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use casefile::Refusal;

/// The names of the login form's own fields begin so; they never reach the page that comes back.
const OWN: &str = "login.";

/// The login page.
#[derive(Debug, Template)]
#[template(path = "pages/login.html")]
pub struct Login {
    /// Around it.
    pub frame: Frame,
    /// Heading.
    pub title: &'static str,
    /// Why one has to log in; empty where one just came.
    pub notice: String,
    /// The form.
    pub form: Form,
    /// Where one may log in instead: at the site's provider.
    pub elsewhere: Option<String>,
}

/// The login page with an empty form that leads to `next`.
pub fn page(phone: &str, size: String, next: &str) -> Login {
    let mut frame = Frame::bare();
    frame.phone = phone.into();
    frame.size = size;
    let form = Form::new("登录")
        .action("/login")
        .field(Field::text("login.name", "姓名或账号").autocomplete("username"))
        .field(Field::password("login.password", "密码"))
        .field(Field::hidden("login.next", next));
    Login {
        frame,
        title: "登录",
        notice: String::new(),
        form,
        elsewhere: None,
    }
}

/// The way to the site's provider, from where it leads back to `next`.
#[cfg(feature = "oidc")]
fn elsewhere(web: &Web, next: &str) -> Option<String> {
    web.oidc.as_ref().map(|_| super::oidc::url(next))
}

/// A build without the feature knows no provider.
#[cfg(not(feature = "oidc"))]
fn elsewhere(_: &Web, _: &str) -> Option<String> {
    None
}

/// The login page that carries a posted form along.
///
/// # Errors
/// The template.
pub fn keeping(web: &Web, path: &str, values: Values) -> Result<Response, Error> {
    let mut page = page(&web.phone, String::new(), path);
    page.notice = "您有一段时间没操作，已经自动退出。登录后会回到这一页，填过的都在。".into();
    if values.has_uploads() {
        page.notice.push_str("文件要重新选。");
    }
    let typed = values.texts().filter(|(name, _)| !is_secret(name));
    let kept: Vec<Field> = typed
        .flat_map(|(name, texts)| texts.iter().map(move |text| Field::hidden(name, text)))
        .collect();
    page.form = page.form.fields(kept).field(Field::hidden(RESUME, "1"));
    Ok((StatusCode::UNAUTHORIZED, Html(page.render()?)).into_response())
}

fn is_secret(name: &str) -> bool {
    name.contains("password") || name.starts_with(OWN)
}

/// `GET /login`
pub async fn get(State(web): State<Web>, headers: HeaderMap, RawQuery(query): RawQuery) -> Page {
    let query = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
    let next = local_path(query.text("next")).to_owned();
    if let Some(token) = cookie(&headers, SESSION)
        && web.app.viewer(&token).await?.is_some()
    {
        return Ok(Redirect::to(&next).into_response());
    }
    let mut page = page(&web.phone, size(&headers), &next);
    page.elsewhere = elsewhere(&web, &next);
    if query.has("next") {
        page.notice = "请先登录。登录后会回到您要看的那一页。".into();
    }
    Ok(Html(page.render()?).into_response())
}

/// `POST /login`
pub async fn post(State(web): State<Web>, request: Request) -> Page {
    let size = size(request.headers());
    let from = origin::of(&web, request.headers(), request.extensions());
    let before = cookie(request.headers(), SESSION);
    let often = limit::login(&web, &request);
    let mut values = Values::of(request).await?;
    let next = local_path(values.text("login.next")).to_owned();
    values.remove("login.next");
    if let Err(seconds) = often {
        return waits(refused(&web, size, &next, &values, &too_often(seconds))?, seconds);
    }
    match web
        .app
        .login(values.text("login.name"), values.text("login.password"), &from)
        .await
    {
        Ok(login) => let_in(&web, size, &next, &values, before, &login).await,
        Err(Failure::Refused(refusal)) => refused(&web, size, &next, &values, &refusal),
        Err(failure) => Err(failure.into()),
    }
}

fn too_often(seconds: i64) -> Refusal {
    let sentence = format!("短时间内登录的次数太多了，请等 {seconds} 秒。");
    Refusal::not_yet("too-often", sentence, "请到时候再按“登录”，填过的都在。", "")
}

/// The page, with how long to wait before it is sent again.
fn waits(mut page: Response, seconds: i64) -> Page {
    *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    page.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    Ok(page)
}

/// Lets somebody in who has proved who they are, or asks for their second factor; the session `before` ends.
pub(super) async fn let_in(
    web: &Web,
    size: String,
    next: &str,
    values: &Values,
    before: Option<String>,
    login: &app::login::Login,
) -> Page {
    if let Some(before) = before {
        web.app.logout(&before).await?;
    }
    if login.half {
        let page = code_page(web, size, next, values, &login.token).await?;
        return half(&login.token, Html(page.render()?).into_response());
    }
    Ok(entered(login, values.has(RESUME), next))
}

/// What was typed into the page that comes back after login.
fn carried(values: &Values) -> Vec<Field> {
    let typed = values.texts().filter(|(name, _)| !is_secret(name) || *name == RESUME);
    typed
        .flat_map(|(name, texts)| texts.iter().map(move |text| Field::hidden(name, text)))
        .collect()
}

/// The page that asks for the second factor after the right password.
async fn code_page(web: &Web, size: String, next: &str, values: &Values, token: &str) -> Result<Login, Failure> {
    let label = match web.app.awaited(token).await? {
        Some(Asked::Line(line)) => format!("验证码卡上第 {line} 个码"),
        Some(Asked::UsedUp) => "验证码卡已经用完，请找系统管理员取消，再设一张".into(),
        Some(Asked::Shown) | None => "手机验证器上现在的 6 位码".into(),
    };
    let mut page = page(&web.phone, size, next);
    page.title = "第二道验证";
    page.form = Form::new("登录")
        .action("/login/code")
        .field(Field::number("login.code", label).autocomplete("one-time-code"))
        .field(Field::hidden("login.next", next))
        .fields(carried(values));
    Ok(page)
}

/// An answer with the cookie of a half session, which opens nothing but the way to its other half.
fn half(token: &str, mut response: Response) -> Page {
    let cookie = format!("{SESSION}={token}; Path=/; HttpOnly; SameSite=Strict");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    Ok(response)
}

/// `POST /login/code`: the second factor.
pub async fn code(State(web): State<Web>, request: Request) -> Page {
    let size = size(request.headers());
    let from = origin::of(&web, request.headers(), request.extensions());
    let token = cookie(request.headers(), SESSION).unwrap_or_default();
    let often = limit::code(&web, &request);
    let mut values = Values::of(request).await?;
    let next = local_path(values.text("login.next")).to_owned();
    values.remove("login.next");
    let typed = half_width(values.text("login.code"));
    let refusal = match often {
        Err(seconds) => too_often(seconds),
        Ok(()) => match web.app.second(&token, &typed, &from).await {
            Ok(login) => return Ok(entered(&login, values.has(RESUME), &next)),
            Err(Failure::Refused(refusal)) => *refusal,
            Err(failure) => return Err(failure.into()),
        },
    };
    let mut page = match web.app.awaited(&token).await? {
        Some(_) => code_page(&web, size, &next, &values, &token).await?,
        None => {
            let mut page = page(&web.phone, size, &next);
            page.form = page.form.fields(carried(&values));
            page
        }
    };
    page.form = page.form.refuse(&refusal);
    page.frame.wrong = true;
    let answer = (status(refusal.kind), Html(page.render()?)).into_response();
    match often {
        Err(seconds) => waits(answer, seconds),
        Ok(()) => Ok(answer),
    }
}

/// To where somebody wanted to go, or first to what they have to do.
fn entered(login: &app::login::Login, again: bool, next: &str) -> Response {
    let first = if login.must_change && !again { "/me" } else { next };
    let status = if again {
        StatusCode::TEMPORARY_REDIRECT
    } else {
        StatusCode::SEE_OTHER
    };
    logged_in(status, first, login)
}

/// The login page with what was typed, and what is wrong.
pub(super) fn refused(web: &Web, size: String, next: &str, values: &Values, refusal: &Refusal) -> Page {
    let mut page = page(&web.phone, size, next);
    if !values.has(RESUME) {
        page.elsewhere = elsewhere(web, next);
    }
    page.form = page.form.fields(carried(values)).fill(values).refuse(refusal);
    page.frame.wrong = true;
    Ok((status(refusal.kind), Html(page.render()?)).into_response())
}

/// To `url` with the session's cookie and the browser's; with `307` the browser posts the same form again, to its own
/// page, which shows it.
fn logged_in(status: StatusCode, url: &str, login: &app::login::Login) -> Response {
    let mut response = status.into_response();
    let session = format!("{SESSION}={}; Path=/; HttpOnly; SameSite=Strict", login.token);
    let device = format!(
        "{DEVICE}={}; Path=/login; Max-Age=15552000; HttpOnly; SameSite=Strict",
        login.device
    );
    for (name, value) in [(LOCATION, url), (SET_COOKIE, &session), (SET_COOKIE, &device)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// `POST /logout`
pub async fn logout(State(web): State<Web>, headers: HeaderMap) -> Page {
    if let Some(token) = cookie(&headers, SESSION) {
        web.app.logout(&token).await?;
    }
    Ok(redirect_with_cookie(
        "/login",
        &format!("{SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"),
    ))
}
