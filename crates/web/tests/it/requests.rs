//! Requests through the whole edge over a real application: who is let in, what is kept, what is refused.

use crate::apply::begin;
use crate::browser::Browser;
use crate::html;
use crate::site::Site;
use crate::window::typed;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN,
};
use axum::http::{Request, StatusCode};
use casefile::acts::Accept;
use std::io::Read;
use tower::Service;
use web::{Web, router};

#[tokio::test]
async fn an_act_is_performed_once_and_told_in_one_line() {
    let site = Site::new().await;
    let number = site.submitted("三月核对时数据没有更新。").await;
    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    let url = format!("/cases/{number}/acts/accept");
    let form = clerk.open(&url).await;
    assert_eq!(form.status, StatusCode::OK);
    let (act, version) = (form.hidden("act_id"), form.hidden("version"));
    for told in ["jinzhi-done=accept@", "jinzhi-done=already@"] {
        let sent = clerk.send(&url, &[("act_id", &act), ("version", &version)]).await;
        assert!(sent.told.starts_with(told), "{}", sent.told);
        assert_eq!(
            (sent.status, sent.location.as_str()),
            (StatusCode::SEE_OTHER, format!("/cases/{number}").as_str())
        );
    }
    let again = clerk.open(&url).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "accepted once; the page says why");
    assert!(again.html.contains("这个案件已经受理了。"));
}

#[tokio::test]
async fn the_second_of_two_people_sees_what_changed() {
    let site = Site::new().await;
    let number = site.submitted("三月核对时数据没有更新。").await;
    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    let url = format!("/cases/{number}/acts/request-supplement");
    let form = clerk.open(&url).await;
    site.does("局长", &number, Accept {}).await;
    let (act, version) = (form.hidden("act_id"), form.hidden("version"));
    let typed = [
        ("act_id", act.as_str()),
        ("version", version.as_str()),
        ("items", "身份证"),
        ("until.year", "2026"),
        ("until.month", "9"),
        ("until.day", "22"),
    ];
    let sent = clerk.send(&url, &typed).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(
        sent.html.contains("局长在") && sent.html.contains("受理"),
        "who did what"
    );
    assert!(sent.html.contains("身份证"), "what was typed is kept");
    assert_ne!(
        sent.hidden("version"),
        form.hidden("version"),
        "the form stands on the new version"
    );
}

#[tokio::test]
async fn a_form_posted_after_the_session_ended_comes_back() {
    let site = Site::new().await;
    let number = site.submitted("三月核对时数据没有更新。").await;
    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    let url = format!("/cases/{number}/acts/request-supplement");
    let form = clerk.open(&url).await;
    let (act, version) = (form.hidden("act_id"), form.hidden("version"));
    let typed = [
        ("act_id", act.as_str()),
        ("version", version.as_str()),
        ("items", "身份证\n<工资条>"),
    ];
    clerk.send("/logout", &[]).await;
    let login = clerk.send(&url, &typed).await;
    assert_eq!(login.status, StatusCode::UNAUTHORIZED);
    html::check("login", &login.html);
    assert!(login.html.contains("您有一段时间没操作"));
    let mut again = vec![
        ("login.name", "clerk"),
        ("login.password", Browser::password()),
        ("login.next", url.as_str()),
        ("login.resume", "1"),
    ];
    again.extend(typed);
    let sent_on = clerk.send("/login", &again).await;
    assert_eq!(
        (sent_on.status, sent_on.location.as_str()),
        (StatusCode::TEMPORARY_REDIRECT, url.as_str())
    );
    // What the browser does on 307: the same body to the page itself.
    let back = clerk.send(&url, &again).await;
    assert_eq!(back.status, StatusCode::OK, "shown, not performed");
    assert!(back.html.contains("身份证\n&#60;工资条&#62;") || back.html.contains("身份证\n&lt;工资条&gt;"));
    assert!(!back.html.contains(Browser::password()));
}

#[tokio::test]
async fn nobody_is_let_in_without_a_session() {
    let site = Site::new().await;
    let mut edge = router(Web::new(site.app.clone(), "0393-0000000"));
    for (url, expected) in [
        ("/todo", "/login"),
        ("/cases?q=a", "/login?next=%2Fcases%3Fq%3Da"),
        ("/audit", "/login?next=%2Faudit"),
    ] {
        let request = Request::get(url)
            .header(COOKIE, "jinzhi=forged")
            .body(Body::empty())
            .expect("a request");
        let response = edge.call(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{url}");
        assert_eq!(response.headers()[LOCATION], expected);
        assert!(response.headers().contains_key(CONTENT_SECURITY_POLICY), "{url}");
    }
    let wrong = Request::post("/login")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(
            "login.name=clerk&login.password=wrong&login.next=//evil.example",
        ))
        .expect("a request");
    let response = edge.call(wrong).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a body");
    let page = html::check("login", &String::from_utf8_lossy(&bytes).replace("value=\"clerk\"", ""));
    assert!(page.contains("不对") && !page.contains("evil"));
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let site = Site::new().await;
    let mut edge = router(Web::new(site.app.clone(), ""));
    let table = [
        ("http://jinzhi.local", StatusCode::SEE_OTHER),
        ("http://evil.example", StatusCode::FORBIDDEN),
    ];
    for (origin, expected) in table {
        let request = Request::post("/logout")
            .header(HOST, "jinzhi.local")
            .header(ORIGIN, origin)
            .body(Body::empty())
            .expect("a request");
        assert_eq!(
            edge.call(request).await.expect("an answer").status(),
            expected,
            "{origin}"
        );
    }
}

#[tokio::test]
async fn what_is_too_large_or_no_form_is_refused_in_words() {
    let site = Site::new().await;
    let mut edge = router(Web::new(site.app.clone(), ""));
    let table = [
        (
            "application/x-www-form-urlencoded",
            "a=".to_owned() + &"b".repeat(3 * 1024 * 1024),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        ("application/json", "{}".to_owned(), StatusCode::BAD_REQUEST),
        (
            "multipart/form-data; boundary=x",
            "--y".to_owned(),
            StatusCode::BAD_REQUEST,
        ),
    ];
    for (kind, body, expected) in table {
        let request = Request::post("/login")
            .header(CONTENT_TYPE, kind)
            .body(Body::from(body))
            .expect("a request");
        let response = edge.call(request).await.expect("an answer");
        assert_eq!(response.status(), expected, "{kind}");
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .expect("a body");
        html::check(kind, &String::from_utf8_lossy(&bytes));
    }
}

#[tokio::test]
async fn the_administrator_imports_a_year_and_enters_a_day() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let refused = administrator
        .send("/admin/calendars", &[("calendar", "不是放假安排")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("不是放假安排"), "what was pasted is kept");
    let day = [
        ("pack", "410900/pumin-2024-16"),
        ("published_on.year", "2099"),
        ("published_on.month", "1"),
        ("published_on.day", "1"),
    ];
    let refused = administrator.send("/admin/policies", &day).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("不能晚于今天"));
}

#[tokio::test]
async fn pages_go_packed_to_who_can_unpack_them() {
    let site = Site::new().await;
    let mut edge = router(Web::new(site.app.clone(), ""));
    let mut ask = async |takes: &str| {
        let request = Request::get("/help").header(ACCEPT_ENCODING, takes);
        let request = request.body(Body::empty()).expect("a request");
        let answer = edge.call(request).await.expect("an answer");
        let packed = answer.headers().get(CONTENT_ENCODING).is_some_and(|how| how == "gzip");
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
        (packed, bytes.expect("a body"))
    };
    let (packed, plain) = ask("identity, br").await;
    assert!(!packed && plain.starts_with(b"<!doctype html>"));
    let (packed, small) = ask("deflate, gzip;q=0.9").await;
    assert!(packed && small.starts_with(&[0x1f, 0x8b]) && small.len() * 2 < plain.len());
    let mut whole = Vec::new();
    flate2::read::GzDecoder::new(&small[..])
        .read_to_end(&mut whole)
        .expect("it unpacks");
    assert_eq!(whole, plain);
}

/// The session ends while a form is filled in: login, back to the page, everything there, nothing done.
#[tokio::test]
async fn a_session_that_ends_loses_nothing() {
    let site = Site::new().await;
    let number = site.submitted("核对时数据没有更新。").await;
    Browser::of(&site, "申请人", "gong").await;
    Browser::of(&site, "收件岗", "shou").await;
    let mut worker = Browser::again(&site, "gong").await;
    let step = format!("{}/account", begin(&mut worker).await);
    let groups = step.replace("/account", "/why");
    let act = format!("/cases/{number}/acts/transfer");
    let paper: Vec<(String, String)> = typed(&site)
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .collect();
    let own = |fields: &[(&str, &str)]| -> Vec<(String, String)> {
        fields
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    };
    let table: [(&str, &str, Vec<(String, String)>, &[&str]); 4] = [
        (
            "gong",
            &step,
            own(&[("account", "第一段\n<第二段> “引号”")]),
            &["第一段\n&#60;第二段&#62; “引号”"],
        ),
        (
            "gong",
            &groups,
            own(&[("groups", "data"), ("groups", "own-slip")]),
            &["value=\"data\" checked", "value=\"own-slip\" checked"],
        ),
        (
            "shou",
            "/paper",
            paper,
            &[
                "高玉兰",
                "子岸镇民政所",
                "value=\"s3-5\" checked",
                "三月核对时车辆数据还没有更新。",
            ],
        ),
        (
            "shou",
            &act,
            own(&[("to", "濮阳县纪委监委"), ("what", "clue")]),
            &["濮阳县纪委监委"],
        ),
    ];
    for (login, url, fields, kept) in table {
        let mut browser = Browser::again(&site, login).await;
        browser.send("/logout", &[]).await;
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let asked = browser.send(url, &fields).await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "{url}");
        assert!(asked.html.contains("登录后会回到这一页，填过的都在。"), "{url}");
        // What the login page carries is what goes on; the browser sends the same body again on 307.
        let mut carried = asked.all_hidden();
        carried.extend([
            ("login.name".into(), login.to_owned()),
            ("login.password".into(), Browser::password().into()),
        ]);
        let carried: Vec<(&str, &str)> = carried
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let sent_on = browser.send("/login", &carried).await;
        assert_eq!(
            (sent_on.status, sent_on.location.as_str()),
            (StatusCode::TEMPORARY_REDIRECT, url),
            "{url}"
        );
        let back = browser.send(url, &carried).await;
        assert_eq!(back.status, StatusCode::OK, "{url}");
        assert!(back.html.contains("您已重新登录。"), "{url}");
        for text in kept {
            assert!(back.html.contains(text), "{url}: {text}: {}", html::text(&back.html));
        }
    }
}
