//! `/login/oidc`, `/login/oidc/callback` and `/login/oidc/end`: out to the site's provider and back.
//!
//! What must be found again waits in a cookie of the browser that set out, so that no other browser can arrive in its
//! place and any process of the site can take it in. The provider sends the browser back from another site, and then
//! it gives us none of our cookies, which are all `SameSite=Strict`: the callback reads nothing, its page leads on to
//! the end by itself, and there they are.

use crate::error::{Page, not_found, too_fast};
use crate::extract::{SESSION, cookie, local_path, size};
use crate::frame::Frame;
use crate::oidc::{Provider, Trip, refused};
use crate::pages::login;
use crate::values::Values;
use crate::{Web, limit, origin};
use app::{App, Failure};
use askama::Template;
use axum::extract::{RawQuery, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{HeaderName, SET_COOKIE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base::Digest;
use casefile::Refusal;
use std::sync::Arc;

/// The cookie of who is with the provider.
const AWAY: &str = "jinzhi-away";
/// For how many seconds they may stay there.
const STAY: u32 = 600;
const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// The page that leads on from the callback.
#[derive(Debug, Template)]
#[template(path = "pages/onward.html")]
struct Onward {
    frame: Frame,
    url: String,
}

/// The way to the provider and back to `next`.
pub fn url(next: &str) -> String {
    format!("/login/oidc?{}", query(&[("next", next)]))
}

/// `GET /login/oidc`
pub async fn begin(State(web): State<Web>, request: Request) -> Page {
    let Some(provider) = web.oidc.clone() else {
        return Ok(not_found());
    };
    if let Err(seconds) = limit::login(&web, &request) {
        return Ok(too_fast(seconds));
    }
    let asked = Values::urlencoded(request.uri().query().unwrap_or_default().as_bytes())?;
    let next = local_path(asked.text("next"));
    let trip = Trip {
        state: web.app.fresh_secret(),
        nonce: web.app.fresh_secret(),
        verifier: web.app.fresh_secret(),
    };
    let kept = kept(&provider, &written(&trip, next), STAY);
    let leave = move || provider.way_out(&trip);
    match tokio::task::spawn_blocking(leave).await.map_err(Failure::from)? {
        Ok(url) => Ok(with(kept, Redirect::to(&url).into_response())),
        Err(refusal) => login::refused(&web, size(request.headers()), next, &Values::default(), &refusal),
    }
}

/// `GET /login/oidc/callback`: where the provider leads back to.
pub async fn callback(State(web): State<Web>, RawQuery(came): RawQuery) -> Page {
    if web.oidc.is_none() {
        return Ok(not_found());
    }
    let came = Values::urlencoded(came.unwrap_or_default().as_bytes())?;
    let on = ["state", "code", "error"].map(|name| (name, came.text(name)));
    let url = format!("/login/oidc/end?{}", query(&on));
    let mut frame = Frame::bare();
    frame.phone = web.phone.to_string();
    let refresh = HeaderValue::from_str(&format!("0; url={url}"));
    let mut response = Html(Onward { frame, url }.render()?).into_response();
    if let Ok(refresh) = refresh {
        response.headers_mut().insert(REFRESH, refresh);
    }
    Ok(response)
}

/// `GET /login/oidc/end`
pub async fn end(State(web): State<Web>, request: Request) -> Page {
    let Some(provider) = web.oidc.clone() else {
        return Ok(not_found());
    };
    if let Err(seconds) = limit::login(&web, &request) {
        return Ok(too_fast(seconds));
    }
    let headers = request.headers();
    let (size, before) = (size(headers), cookie(headers, SESSION));
    let from = origin::of(&web, headers, request.extensions());
    let away = cookie(headers, AWAY).as_deref().and_then(read);
    let came = Values::urlencoded(request.uri().query().unwrap_or_default().as_bytes())?;
    let next = away.as_ref().map_or("/todo", |(_, next)| local_path(next));
    let login = match proved(&web.app, &provider, away.as_ref().map(|(trip, _)| trip), &came).await {
        Ok(name) => web.app.login_vouched(&name, provider.issuer(), &from).await,
        Err(failure) => Err(failure),
    };
    let response = match login {
        Ok(login) => login::let_in(&web, size, next, &Values::default(), before, &login).await?,
        Err(Failure::Refused(refusal)) => login::refused(&web, size, next, &Values::default(), &refusal)?,
        Err(failure) => return Err(failure.into()),
    };
    Ok(with(kept(&provider, "", 0), response))
}

/// The login name that the provider gives for what came back of this trip.
async fn proved(app: &App, provider: &Arc<Provider>, trip: Option<&Trip>, came: &Values) -> Result<String, Failure> {
    let state = Digest::of(came.text("state"));
    let Some(trip) = trip.filter(|trip| Digest::of(&trip.state) == state).cloned() else {
        return Err(stale().into());
    };
    if came.text("code").is_empty() {
        return Err(refused().into());
    }
    let (provider, code, now) = (provider.clone(), came.text("code").to_owned(), app.now());
    let ask = move || provider.vouched(&code, &trip, now);
    Ok(tokio::task::spawn_blocking(ask).await.map_err(Failure::from)??)
}

/// What waits in the cookie.
fn written(trip: &Trip, next: &str) -> String {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    [&trip.state, &trip.nonce, &trip.verifier, &next]
        .map(String::as_str)
        .join("&")
}

/// A trip and the way on from it, as [`written`].
fn read(kept: &str) -> Option<(Trip, String)> {
    let mut parts = form_urlencoded::parse(kept.as_bytes()).map(|(part, _)| part.into_owned());
    let (state, nonce, verifier, next) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let trip = Trip { state, nonce, verifier };
    Some((trip, next))
}

fn kept(provider: &Provider, text: &str, seconds: u32) -> String {
    let secure = if provider.secure() { "; Secure" } else { "" };
    format!("{AWAY}={text}; Path=/login/oidc; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

fn with(cookie: String, mut response: Response) -> Response {
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()))
        .finish()
}

fn stale() -> Refusal {
    Refusal::not_yet(
        "oidc-stale",
        "这次登录等得太久了，或者不是从这个浏览器开始的。",
        "请再按一次“用统一身份认证登录”。",
        "",
    )
}
