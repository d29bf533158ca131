//! Who asks, and what they typed: the extractors of all pages.
//!
//! The token lies in a cookie; whom it stands for is `app`'s to say. A form posted after the session ended is not
//! lost: the login page carries it along and comes back to it.

use crate::Web;
use crate::error::{Error, not_found};
use crate::frame::Frame;
use crate::values::Values;
use app::login::PasswordDue;
use app::{App, Viewer};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use serde::de::DeserializeOwned;

/// The cookie of the session.
pub const SESSION: &str = "jinzhi";
/// The cookie of what was done just now.
const DONE: &str = "jinzhi-done";
/// The cookie of the size of letters.
pub const SIZE: &str = "jinzhi-size";
/// Marks a form that comes back after login.
pub const RESUME: &str = "login.resume";

/// One request of a person who is logged in.
#[derive(Clone)]
pub struct Visit {
    /// The site.
    pub app: App,
    /// Who.
    pub viewer: Viewer,
    /// The session's token.
    pub token: String,
    size: String,
    done: Option<String>,
    phone: String,
}

impl Visit {
    /// The frame of a page at the header's link `current`.
    pub fn frame(&self, current: &str) -> Frame {
        let mut frame = Frame::of(&self.viewer, current);
        frame.size.clone_from(&self.size);
        frame.phone.clone_from(&self.phone);
        frame.done.clone_from(&self.done);
        frame
    }
}

/// One form posted by a person who is logged in.
pub struct Post {
    /// Who.
    pub visit: Visit,
    /// What they typed.
    pub values: Values,
    /// The form comes back after login: it is shown again with what was typed, not performed.
    pub resumed: bool,
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Visit, Error> {
        match visit(&parts.headers, parts.uri.path(), web).await? {
            Some(visit) => own_password(visit, parts.uri.path()).await,
            None => Err(Error::Login(
                parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            )),
        }
    }
}

impl FromRequest<Web> for Post {
    type Rejection = Error;

    async fn from_request(request: Request, web: &Web) -> Result<Post, Error> {
        // A form that is sent is answered with what became of it, not with what was done before.
        let visit = visit(request.headers(), "", web).await?;
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned();
        let mut values = Values::of(request).await?;
        match visit {
            Some(visit) => {
                let visit = own_password(visit, path.split('?').next().unwrap_or_default()).await?;
                let resumed = values.has(RESUME);
                for own in ["login.name", "login.password", "login.next", RESUME] {
                    values.remove(own);
                }
                Ok(Post { visit, values, resumed })
            }
            None => Err(Error::Page(Box::new(crate::pages::login::keeping(web, &path, values)?))),
        }
    }
}

/// Lets nobody go on under a password that somebody else knows or that has expired, or without the second factor that
/// their role must have: to the page where it is changed or set up.
async fn own_password(visit: Visit, path: &str) -> Result<Visit, Error> {
    let own = path == "/me" || path == "/help" || path.starts_with("/me/") || path.starts_with("/help/");
    if own {
        return Ok(visit);
    }
    let first = if visit.app.password_due(&visit.viewer).await? != PasswordDue::No {
        "/me"
    } else if visit.app.factor_due(&visit.viewer).await? {
        "/me/factor"
    } else {
        return Ok(visit);
    };
    Err(Error::Page(Box::new(Redirect::to(first).into_response())))
}

/// The variable parts of a page's address. An address that is none is a page that is not found.
pub struct Path<T>(pub T);

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Response> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(path)) => Ok(Path(path)),
            Err(_) => Err(not_found()),
        }
    }
}

/// Who asks for the page at `path`; what was done just now is told on the page it led to, on no other.
async fn visit(headers: &HeaderMap, path: &str, web: &Web) -> Result<Option<Visit>, Error> {
    let Some(token) = cookie(headers, SESSION) else {
        return Ok(None);
    };
    let Some(viewer) = web.app.viewer(&token).await? else {
        return Ok(None);
    };
    Ok(Some(Visit {
        app: web.app.clone(),
        viewer,
        token,
        size: size(headers),
        done: cookie(headers, DONE)
            .and_then(|told| told.strip_suffix(path)?.strip_suffix('@').and_then(crate::pages::done)),
        phone: web.phone.to_string(),
    }))
}

/// The size of letters chosen; empty for 标准.
pub fn size(headers: &HeaderMap) -> String {
    cookie(headers, SIZE)
        .filter(|size| size == "large" || size == "largest")
        .unwrap_or_default()
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// `303` to `url`, with a cookie.
pub fn redirect_with_cookie(url: &str, cookie: &str) -> Response {
    let mut response = Redirect::to(url).into_response();
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

/// `303` to `url`, where one green line says what the act `code` did.
pub fn redirect_done(url: &str, code: &str) -> Response {
    let path = url.split(['?', '#', ';']).next().unwrap_or_default();
    redirect_with_cookie(
        url,
        &format!("{DONE}={code}@{path}; Path=/; Max-Age=20; HttpOnly; SameSite=Strict"),
    )
}

/// A path of this site that a person may be sent back to; `/todo` for anything else.
pub fn local_path(next: &str) -> &str {
    let local = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && next != "/login"
        && !next.starts_with("/login?");
    if local { next } else { "/todo" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_paths_are_followed() {
        let table = [
            ("/cases/JZ-1", "/cases/JZ-1"),
            ("/cases?q=a", "/cases?q=a"),
            ("//evil.example/x", "/todo"),
            ("https://evil.example", "/todo"),
            ("/\\evil.example", "/todo"),
            ("/a\r\nSet-Cookie: x", "/todo"),
            ("/login?next=/login", "/todo"),
            ("", "/todo"),
        ];
        for (next, expected) in table {
            assert_eq!(local_path(next), expected, "{next}");
        }
    }

    #[test]
    fn cookies_are_found_by_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; jinzhi=t0k; jinzhi-done=accept"));
        assert_eq!(cookie(&headers, SESSION).as_deref(), Some("t0k"));
        assert_eq!(cookie(&headers, "b"), None);
    }
}
