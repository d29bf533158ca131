//! Texts go over the line packed (gzip) to whoever can unpack them: a page of 50 KB is 10 KB to a village's line.
//!
//! That the size of a packed page tells whether two texts on it are alike helps nobody: to learn from it somebody else's
//! page would have to send requests with this person's session, which its cookie (`SameSite=Strict`) does not go with.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, VARY,
};
use axum::middleware::Next;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// What is smaller goes as it is.
const WORTH: usize = 1024;

/// Packs texts on their way out.
pub async fn pack(request: Request, next: Next) -> Response {
    let said = |headers: &HeaderMap, name: &HeaderName| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let takes = said(request.headers(), &ACCEPT_ENCODING);
    let takes = takes
        .split(',')
        .any(|one| one.split(';').next().unwrap_or_default().trim() == "gzip");
    let response = next.run(request).await;
    if !takes || !said(response.headers(), &CONTENT_TYPE).starts_with("text/") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // Every text of ours stands in memory as a whole.
    let plain = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let packed = Some(&plain).filter(|plain| plain.len() >= WORTH).and_then(|plain| {
        let mut to = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::new(5));
        to.write_all(plain).and_then(|()| to.finish()).ok()
    });
    let Some(packed) = packed else {
        return Response::from_parts(parts, Body::from(plain));
    };
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(packed))
}
