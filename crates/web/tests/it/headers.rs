//! What every answer tells the browser, on every kind of answer; and that what comes too often is turned away.

use crate::browser::{Answer, Browser};
use crate::html;
use crate::site::Site;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::ORIGIN;
use axum::http::{Request, StatusCode};
use casefile::acts::{Accept, AddEvidence};
use casefile::case::Ring;
use std::net::SocketAddr;
use tower::Service;

/// On every answer: name and value. A file that came from outside has a stricter policy of contents, and the pictures
/// and scripts of every page may be kept.
const ALWAYS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

fn wrong(what: &str, answer: &Answer, but: &[(&str, &str)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, value) in ALWAYS {
        let value = but
            .iter()
            .find(|(other, _)| *other == name)
            .map_or(value, |(_, value)| value);
        let all: Vec<_> = answer.headers.get_all(name).iter().collect();
        if all.len() != 1 || all[0] != value {
            wrong.push(format!("{what} {}: {name} {all:?}", answer.status));
        }
    }
    for never in ["server", "x-powered-by", "access-control-allow-origin"] {
        if answer.headers.contains_key(never) {
            wrong.push(format!("{what}: {never}"));
        }
    }
    wrong
}

#[tokio::test]
async fn every_kind_of_answer_says_how_it_is_to_be_treated() {
    let site = Site::new().await;
    let number = site.submitted("三月核对时数据没有更新。").await;
    site.does("收件岗", &number, Accept {}).await;
    let worker = site.viewer("申请人").await;
    let mut files = Vec::new();
    for (name, bytes) in [
        ("说明.pdf", &b"%PDF-1.7\n%%EOF\n"[..]),
        ("说明.bmp", b"BM\x3e\0\0\0\0\0\0\0\x3e\0"),
    ] {
        let file = site
            .app
            .put_file(&worker, &number, name, bytes.to_vec())
            .await
            .expect(name);
        files.push(file.address.clone());
        let evidence = AddEvidence {
            title: name.into(),
            proves: "经过".into(),
            made: None,
            ring: Ring::Everyone,
            protects: Vec::new(),
            document: false,
            file: Some(file),
        };
        site.does("申请人", &number, evidence).await;
    }
    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    let mut nobody = Browser::stranger(&site);
    let outside = [(
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    )];
    let kept = [("cache-control", "public, max-age=3600")];
    let mut faults = Vec::new();
    for (url, status, but) in [
        ("/todo".to_owned(), 200, &[][..]),
        ("/".into(), 303, &[]),
        (format!("/cases/{number}"), 200, &[]),
        (format!("/cases/{number}/print"), 200, &[]),
        (format!("/cases/{number}/files/{}", files[0]), 200, &outside),
        (format!("/cases/{number}/files/{}", files[1]), 200, &outside),
        (format!("/cases/{number}/files/none"), 404, &[]),
        (format!("/cases/{number}/acts/accept"), 409, &[]),
        (format!("/cases/{number}/acts/conclude"), 403, &[]),
        ("/cases/export".into(), 200, &[]),
        ("/nowhere".into(), 404, &[]),
        ("/assets/nothing.css".into(), 404, &[]),
        ("/assets/pieces.js".into(), 200, &kept),
        ("/assets/jinzhi.css".into(), 200, &kept),
        ("/cases?q=%".into(), 200, &[]),
    ] {
        let answer = clerk.open(&url).await;
        assert_eq!(answer.status.as_u16(), status, "{url}");
        faults.extend(wrong(&url, &answer, but));
        let is_page = answer.html.starts_with("<!doctype");
        if url.contains("/files/") && status == 200 {
            let how = answer.headers["content-disposition"].to_str().expect("ASCII");
            let (kind, way) = (&answer.headers["content-type"], how.split(';').next());
            let shown = url.ends_with(&files[0]);
            assert_eq!(way, Some(if shown { "inline" } else { "attachment" }));
            assert_eq!(
                kind,
                if shown {
                    "application/pdf"
                } else {
                    "application/octet-stream"
                }
            );
            assert!(!is_page);
        }
    }
    for (what, answer) in [
        ("to the login", nobody.open("/cases").await),
        ("login", nobody.open("/login").await),
        (
            "wrong password",
            nobody
                .send("/login", &[("login.name", "x"), ("login.password", "x")])
                .await,
        ),
        ("a form after the end", nobody.send("/paper", &[]).await),
        ("no form", nobody.bytes("/login", b"{").await),
        (
            "foreign",
            nobody
                .ask(
                    Request::post("/logout").header(ORIGIN, "http://evil.example"),
                    Body::empty(),
                )
                .await,
        ),
        (
            "another method",
            nobody.ask(Request::put("/login"), Body::empty()).await,
        ),
        ("refused at a field", clerk.send("/paper", &[]).await),
        ("done", clerk.send("/logout", &[]).await),
    ] {
        faults.extend(wrong(what, &answer, &[]));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn who_comes_too_often_waits_and_loses_nothing() {
    let site = Site::new().await;
    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    let mut last = clerk.open("/cases/export").await;
    for _ in 0..30 {
        assert_eq!(last.status, StatusCode::OK);
        last = clerk.open("/cases/export").await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(last.headers["retry-after"], "2");
    html::check("too often", &last.html);
    assert!(last.html.contains("请等 2 秒"));
    assert!(wrong("too often", &last, &[]).is_empty());
    assert_eq!(
        clerk.open("/cases").await.status,
        StatusCode::OK,
        "everything else goes on"
    );
    site.clock.set(base::Timestamp(site.app.now().0 + 2_000_000));
    assert_eq!(clerk.open("/cases/export").await.status, StatusCode::OK);
    assert_eq!(clerk.open("/cases/export").await.status, StatusCode::TOO_MANY_REQUESTS);
}

/// A login that comes too often from one address comes back with the form it carries.
#[tokio::test]
async fn a_login_too_often_keeps_the_form_it_carries() {
    let site = Site::new().await;
    Browser::of(&site, "收件岗", "clerk").await;
    let mut office = Browser::stranger(&site);
    let mut from = async |address: &str| {
        let peer: SocketAddr = address.parse().expect("an address");
        let fields = [
            ("login.name", "clerk"),
            ("login.password", Browser::password()),
            ("login.resume", "1"),
            ("items", "写了一半"),
        ];
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post("/login")
            .header("content-type", "application/x-www-form-urlencoded")
            .extension(ConnectInfo(peer));
        office.ask(request, Body::from(body)).await
    };
    let mut through = 0;
    let turned = loop {
        let answer = from("10.0.0.7:1").await;
        if answer.status != StatusCode::TEMPORARY_REDIRECT {
            break answer;
        }
        through += 1;
    };
    assert_eq!(through, 60, "an office in the morning");
    assert_eq!(turned.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(turned.html.contains("写了一半") && turned.html.contains("name=\"login.resume\""));
    assert!(!turned.html.contains(Browser::password()));
    assert_eq!(turned.headers["retry-after"], "1");
    assert_eq!(
        from("10.0.0.8:1").await.status,
        StatusCode::TEMPORARY_REDIRECT,
        "another office"
    );
}

/// Where a named proxy says that the browser came by https, what the browser keeps goes back by https alone.
#[tokio::test]
async fn cookies_go_back_by_https_where_they_came_by_it() {
    let site = Site::new().await;
    Browser::of(&site, "收件岗", "clerk").await;
    let proxy: SocketAddr = "10.0.0.1:443".parse().expect("an address");
    let mut edge = web::router(web::Web::new(site.app.clone(), "").behind(&[proxy.ip()]));
    let body = format!("login.name=clerk&login.password={}", Browser::password());
    for (peer, told, secure) in [
        ("10.0.0.1:443", "https", true),
        ("10.0.0.1:443", "HTTPS, http", true),
        ("10.0.0.1:443", "http", false),
        ("10.0.0.1:443", "", false),
        ("10.0.0.2:443", "https", false),
    ] {
        let peer: SocketAddr = peer.parse().expect("an address");
        for url in ["/login", "/logout"] {
            let request = Request::post(url)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("cookie", "jinzhi=t0k")
                .header("x-forwarded-proto", told)
                .extension(ConnectInfo(peer))
                .body(Body::from(body.clone()))
                .expect("a request");
            let answer = edge.call(request).await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
            assert_eq!(cookies.len(), if url == "/login" { 2 } else { 1 }, "{cookies:?}");
            for cookie in cookies {
                let cookie = cookie.to_str().expect("ASCII");
                assert_eq!(cookie.ends_with("; Secure"), secure, "{peer} {told}: {cookie}");
            }
        }
    }
}
