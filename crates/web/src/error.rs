//! Pages for what did not go: refusals with their status, not found, and failures with a number for the phone call.
//!
//! The cause of a failure goes to the log under that number, never to the page.

use crate::Web;
use crate::extract::size;
use crate::frame::Frame;
use crate::values::Unreadable;
use app::Failure;
use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use casefile::{Kind, Refusal};

/// What a handler returns.
pub type Page = Result<Response, Error>;

/// Why there is no page.
#[derive(Debug)]
pub enum Error {
    /// A use case refused or failed.
    App(Failure),
    /// Nobody is logged in; back to this path afterwards.
    Login(String),
    /// The body could not be read.
    Unreadable(Unreadable),
    /// A template could not be drawn.
    Draw(askama::Error),
    /// A page made already: the login page that keeps a posted form.
    Page(Box<Response>),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        Error::App(failure)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::App(refusal.into())
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Error {
        Error::Draw(error)
    }
}

impl From<Unreadable> for Error {
    fn from(unreadable: Unreadable) -> Error {
        Error::Unreadable(unreadable)
    }
}

/// A page with a few lines and a way back.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/message.html")]
pub struct Message {
    /// Around it.
    pub frame: Frame,
    /// Heading.
    pub title: String,
    /// What is wrong, what to do.
    pub lines: Vec<String>,
    /// Under which number the cause stands in the log; empty for none.
    pub id: String,
    /// URL and words of the way back.
    pub back: (&'static str, &'static str),
}

impl Message {
    fn new(title: &str, lines: &[&str]) -> Message {
        Message {
            frame: Frame::bare(),
            title: title.into(),
            lines: lines
                .iter()
                .map(|line| line.to_string())
                .filter(|line| !line.is_empty())
                .collect(),
            id: String::new(),
            back: ("/todo", "回到首页"),
        }
    }

    /// An answer that [`drawn`] makes a page of.
    fn answer(self, status: StatusCode) -> Response {
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Draws the page of an answer that has none yet, with the site's phone and the chosen size of letters.
pub async fn drawn(State(web): State<Web>, request: Request, next: Next) -> Response {
    let size = size(request.headers());
    let mut response = next.run(request).await;
    let Some(mut message) = response.extensions_mut().remove::<Message>() else {
        return response;
    };
    message.frame.phone = web.phone.to_string();
    message.frame.size = size;
    match message.render() {
        Ok(html) => {
            let (mut parts, _) = response.into_parts();
            let kind = HeaderValue::from_static("text/html; charset=utf-8");
            parts.headers.remove(CONTENT_LENGTH);
            parts.headers.insert(CONTENT_TYPE, kind);
            Response::from_parts(parts, Body::from(html))
        }
        Err(_) => response,
    }
}

/// Too much at once: in so many seconds again.
pub fn too_fast(seconds: i64) -> Response {
    let wait = format!("请等 {seconds} 秒再打开，已经交上来的都在。");
    let message = Message::new("打开得太快了", &["短时间里打开的页面太多了。", &wait]);
    let mut response = message.answer(StatusCode::TOO_MANY_REQUESTS);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// The status of a refusal.
pub fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::NotYou => StatusCode::FORBIDDEN,
        Kind::NotYet | Kind::NotLawful | Kind::Conflict => StatusCode::CONFLICT,
        Kind::NotWellFormed => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A refusal as a page of its own.
pub fn refusal(refusal: &Refusal) -> Response {
    let title = match refusal.kind {
        Kind::NotFound => "找不到",
        Kind::NotYou => "不归您办",
        Kind::NotYet => "还不能办",
        Kind::NotLawful => "不能这样办",
        Kind::NotWellFormed => "有地方要改",
        Kind::Conflict => "有变化",
    };
    let basis = if refusal.basis.is_empty() {
        String::new()
    } else {
        format!("依据 {}", refusal.basis)
    };
    let mut lines = vec![refusal.sentence.as_str()];
    lines.extend(refusal.fields.iter().map(|field| field.sentence.as_str()));
    lines.extend([refusal.next.as_str(), &basis]);
    Message::new(title, &lines).answer(status(refusal.kind))
}

/// No such page.
pub fn not_found() -> Response {
    let mut message = Message::new(
        "找不到这一页",
        &["网址可能写错了，也可能不归您看。", "请回到首页，从那里找。"],
    );
    message.back = ("/", "回到首页");
    message.answer(StatusCode::NOT_FOUND)
}

/// A request from another site's page.
pub fn foreign() -> Response {
    Message::new(
        "没有办成",
        &[
            "这次提交不是从本系统的页面发出的，没有记录任何内容。",
            "请回到首页，从页面里重新办。",
        ],
    )
    .answer(StatusCode::FORBIDDEN)
}

/// A failure, its cause in the log.
pub fn failed(cause: &dyn std::fmt::Display) -> Response {
    let id = failure_id();
    tracing::error!(%id, %cause, "a page failed");
    let mut message = Message::new(
        "现在办不了",
        &[
            "这一步没有办成，没有记录任何内容。",
            "请过一会儿退回上一页再试。还是不行，请打电话。",
        ],
    );
    message.id = id;
    message.answer(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Counts failures of this process: enough to find the line in the log.
fn failure_id() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Error::App(Failure::Refused(refused)) => refusal(&refused),
            Error::App(failure) => failed(&failure),
            Error::Draw(error) => failed(&error),
            Error::Page(page) => *page,
            Error::Login(next) => Redirect::to(&login_url(&next)).into_response(),
            Error::Unreadable(Unreadable::TooLarge) => Message::new(
                "内容太大",
                &[
                    "一次提交的内容超过了上限，没有记录任何内容。",
                    "请退回上一页，分几次上传，或者选小一点的文件。",
                ],
            )
            .answer(StatusCode::PAYLOAD_TOO_LARGE),
            Error::Unreadable(Unreadable::NotAForm) => Message::new(
                "没有收全",
                &["提交的内容没有收全，没有记录任何内容。", "请退回上一页再提交一次。"],
            )
            .answer(StatusCode::BAD_REQUEST),
        }
    }
}

/// `/login` with the way back.
pub fn login_url(next: &str) -> String {
    if next == "/" || next == "/todo" {
        return "/login".into();
    }
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("/login?{query}")
}
