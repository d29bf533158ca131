//! How fast one address or one session is answered, through the whole edge. The buckets themselves are tested beside
//! them, in `limit.rs`.

use crate::browser::{Browser, MULTIPART, multipart};
use crate::html;
use crate::site::Site;
use app::login::factor::{FactorKind, ToConfirm};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, RETRY_AFTER};
use axum::http::{HeaderMap, Request};
use std::net::SocketAddr;
use tower::Service;
use web::{Web, router};

const OFFICE: [u8; 4] = [10, 0, 0, 8];
const OTHER: [u8; 4] = [10, 0, 0, 9];

/// One edge, and who asks it.
struct Edge {
    router: Router,
    cookie: String,
}

impl Edge {
    fn of(site: &Site, browser: &Browser) -> Edge {
        Edge {
            router: router(Web::new(site.app.clone(), "")),
            cookie: browser.cookie().to_owned(),
        }
    }

    /// Status, seconds to wait, page.
    async fn send(&mut self, method: &str, url: &str, from: [u8; 4], form: (&str, Body)) -> (u16, String, String) {
        let request = Request::builder().method(method).uri(url).header(COOKIE, &self.cookie);
        let mut request = request.header(CONTENT_TYPE, form.0).body(form.1).expect("a request");
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from((from, 4711))));
        let answer = self.router.call(request).await.expect("an answer");
        let (status, wait) = (answer.status().as_u16(), wait(answer.headers()));
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX)
            .await
            .expect("a page");
        (status, wait, String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn ask(&mut self, method: &str, url: &str, from: [u8; 4]) -> (u16, String, String) {
        let kind = "application/x-www-form-urlencoded";
        self.send(method, url, from, (kind, Body::empty())).await
    }
}

fn wait(headers: &HeaderMap) -> String {
    let wait = headers.get(RETRY_AFTER).and_then(|wait| wait.to_str().ok());
    wait.unwrap_or_default().to_owned()
}

/// An address that opens pages without end waits, others do not, and a form with what was typed is never held back.
#[tokio::test]
async fn who_opens_too_much_waits() {
    let site = Site::new().await;
    let mut edge = Edge::of(&site, &Browser::stranger(&site));
    for n in 0..1_200 {
        assert_eq!(edge.ask("GET", "/login", OFFICE).await.0, 200, "page {n}");
    }
    let (status, wait, page) = edge.ask("GET", "/login", OFFICE).await;
    assert_eq!((status, wait.as_str()), (429, "1"));
    assert!(page.contains("请等 1 秒再打开"), "{page}");
    html::check("too fast", &page);
    assert_eq!(edge.ask("GET", "/login", OTHER).await.0, 200);
    assert_eq!(edge.ask("GET", "/assets/jinzhi.css", OFFICE).await.0, 200);
    assert_eq!(
        edge.ask("POST", "/cases/JZ-1/acts/accept", OFFICE).await.0,
        401,
        "a form goes on"
    );
    for _ in 0..60 {
        edge.ask("POST", "/login", OFFICE).await;
    }
    assert_eq!(edge.ask("POST", "/login", OFFICE).await.0, 429);
    site.clock.advance(1);
    assert_eq!(edge.ask("GET", "/login", OFFICE).await.0, 200);
}

/// A made-up session is no session: what is costly is counted as a page of its address, and ten thousand of them push
/// nobody else out of being counted.
#[tokio::test]
async fn a_made_up_session_is_counted_by_its_address() {
    let site = Site::new().await;
    let mut edge = Edge::of(&site, &Browser::stranger(&site));
    for n in 0..10_000 {
        edge.cookie = format!("jinzhi={n:064x}");
        let form = (MULTIPART, Body::from("--"));
        assert_eq!(edge.send("POST", "/nowhere", OTHER, form).await.0, 404, "form {n}");
    }
    for n in 0..60 {
        assert_ne!(edge.ask("POST", "/login", OFFICE).await.0, 429, "login {n}");
    }
    assert_eq!(edge.ask("POST", "/login", OFFICE).await.0, 429);
    for n in 0..1_200 {
        edge.cookie = format!("jinzhi={n:064x}");
        assert_eq!(edge.ask("GET", "/cases/export", OFFICE).await.0, 303, "page {n}");
    }
    assert_eq!(edge.ask("GET", "/cases/export", OFFICE).await.0, 429);
    assert_eq!(edge.ask("GET", "/figures", OFFICE).await.0, 429);
}

/// Codes after the password are tried from an address as often as passwords are, counted by themselves.
#[tokio::test]
async fn who_tries_too_many_codes_waits() {
    let site = Site::new().await;
    let mut lead = Browser::of(&site, "局长", "lead").await;
    let viewer = site.viewer("局长").await;
    let app = &site.app;
    app.prepare_factor(&viewer, FactorKind::Card, Browser::password())
        .await
        .expect("a card");
    let Some(ToConfirm::Card(lines)) = app.factor_to_confirm(&viewer).await.expect("a card") else {
        panic!("no card")
    };
    let token = lead.cookie().trim_start_matches("jinzhi=").to_owned();
    app.confirm_factor(&viewer, &token, &lines[0]).await.expect("confirmed");
    lead.send("/logout", &[]).await;
    let fields = [("login.name", "lead"), ("login.password", Browser::password())];
    lead.send("/login", &fields).await;
    let mut edge = Edge::of(&site, &lead);
    for n in 0..60 {
        assert_ne!(edge.ask("POST", "/login/code", OFFICE).await.0, 429, "code {n}");
    }
    let (status, seconds, page) = edge.ask("POST", "/login/code", OFFICE).await;
    assert_eq!((status, seconds.as_str()), (429, "1"));
    assert!(
        page.contains("登录的次数太多了，请等 1 秒") && page.contains("验证码卡上第 2 个码"),
        "{page}"
    );
    html::check("too many codes", &page);
    assert_ne!(edge.ask("POST", "/login/code", OTHER).await.0, 429);
    assert_ne!(
        edge.ask("POST", "/login", OFFICE).await.0,
        429,
        "passwords are counted by themselves"
    );
}

/// Twenty photographs of the largest size go through piece by piece; who goes on far beyond that waits. Of a form the
/// files alone are held back, the rest is taken.
#[tokio::test]
async fn who_sends_too_many_files_waits() {
    let site = Site::new().await;
    let worker = Browser::of(&site, "申请人", "worker").await;
    let mut edge = Edge::of(&site, &worker);
    let draft = site.app.new_draft(&site.viewer("申请人").await).await.expect("a draft");
    let pieces = format!("/apply/{draft}/pieces?name=a.jpg&size=1&changed=1&at=9");
    for n in 0..2_400 {
        assert_eq!(edge.ask("POST", &pieces, OFFICE).await.0, 202, "piece {n}");
    }
    let (status, seconds, _) = edge.ask("POST", &pieces, OFFICE).await;
    assert_eq!((status, seconds.as_str()), (429, "1"));
    let files = format!("/apply/{draft}/files");
    let form = || {
        let body = multipart(&[("go", "more")], "files", &[("材料.pdf", b"%PDF-1.7\n%%EOF\n")]);
        (MULTIPART, Body::from(body))
    };
    let (status, _, page) = edge.send("POST", &files, OTHER, form()).await;
    assert_eq!(status, 422, "the session is what is counted first");
    assert!(
        page.contains("短时间内传的文件太多了，“材料.pdf”没有收。请等 1 秒"),
        "{page}"
    );
    html::check("too many files", &page);
    let without = edge.ask("POST", &files, OFFICE).await.0;
    assert_eq!(without, 303, "a form without files goes on");
    site.clock.advance(1);
    assert_ne!(edge.send("POST", &files, OFFICE, form()).await.0, 422);
    assert_eq!(edge.ask("POST", &pieces, OFFICE).await.0, 202);
}

/// A file that is held back is told where it was chosen.
#[tokio::test]
async fn a_held_register_is_told_at_its_file() {
    let site = Site::new().await;
    let clerk = Browser::of(&site, "收件岗", "clerk").await;
    let mut edge = Edge::of(&site, &clerk);
    // Six of them are 540 MB, within what one may send at once; a seventh is not.
    let large = vec![b' '; 90 << 20];
    let form = |file: &[u8]| {
        let body = multipart(&[("what", "file")], "file", &[("名单.xlsx", file)]);
        (MULTIPART, Body::from(body))
    };
    for n in 0..6 {
        let (_, _, page) = edge.send("POST", "/kin", OFFICE, form(&large)).await;
        assert!(page.contains("超过 20 MB"), "{n}: {page}");
    }
    let (status, _, page) = edge.send("POST", "/kin", OFFICE, form(&large)).await;
    assert!(
        status == 422 && page.contains("短时间内传的文件太多了，“名单.xlsx”没有收"),
        "{page}"
    );
}
