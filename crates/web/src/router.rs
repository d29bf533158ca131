//! The route table: every address, and who uses it.
//!
//! Who may see or do what behind an address is `app`'s to say; an address that is hidden answers 404 like one that
//! does not exist.

use crate::pages::{acts, login};
use crate::values::BODY_BYTES;
use crate::{Web, error};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use rust_embed::RustEmbed;
use std::any::Any;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// Every route, with who uses it.
pub fn routes() -> Router<Web> {
    Router::new()
        // Everybody
        .route("/login", get(login::get).post(login::post)) // all
        .route("/logout", post(login::logout)) // all
        .route("/assets/{file}", get(asset)) // every page
        // One case
        .route("/cases/{no}/acts/{act}", get(acts::get).post(acts::post)) // who may act
}

/// The whole edge: routes, limits, headers, the check against foreign forms, and a page for what panics.
pub fn router(web: Web) -> Router {
    let fixed = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let around = ServiceBuilder::new()
        .layer(fixed(
            CONTENT_SECURITY_POLICY,
            "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
        ))
        .layer(fixed(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(X_FRAME_OPTIONS, "DENY"))
        .layer(fixed(REFERRER_POLICY, "same-origin"))
        .layer(fixed(CACHE_CONTROL, "no-store"))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES))
        .layer(CsrfLayer::new().with_rejection_response(|_| error::foreign()));
    routes()
        .fallback(|| async { error::not_found() })
        .method_not_allowed_fallback(|| async { error::not_found() })
        .layer(DefaultBodyLimit::disable())
        .layer(around)
        .with_state(web)
}

fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let said = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or(cause.downcast_ref::<&str>().copied());
    error::failed(&said.unwrap_or("panic without words"))
}

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

async fn asset(Path(file): Path<String>) -> Response {
    let kind = match file.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        _ => return error::not_found(),
    };
    match Assets::get(&file) {
        Some(asset) => {
            let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=3600")];
            (StatusCode::OK, headers, Body::from(asset.data)).into_response()
        }
        None => error::not_found(),
    }
}
