//! Tricks with paths, headers, methods and bodies; posts from other sites; sessions that are over.

use super::{Row, With, get, hold, post};

const GONE: &str = "找不到";
const FOREIGN: &str = "不是从本系统的页面发出的";

pub(super) fn rows() -> Vec<Row> {
    let mut rows = paths();
    rows.extend(headers());
    rows.extend(foreign());
    rows.extend(sessions());
    rows.extend(bodies());
    rows
}

fn paths() -> Vec<Row> {
    let mut rows: Vec<Row> = [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e%2fCargo.toml",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/style.css%00.png",
        "/policies/../../../etc/passwd",
        "/policies/%2e%2e/%2e%2e/etc/passwd",
        "/help/..%2f..%2fREADME.md",
        "/cases/..%2fadmin",
        "/cases/{no}%00",
        "/cases/%FF%FE",
        "/cases/{no}/files/..%2f..%2fkeys%2fmaster.key",
        "/cases/{no}/files/%2e%2e",
        "/cases/{no}%2f..%2f{other}",
        "/cases/{no};admin=1/acts/nonsense",
        "//admin",
        "/./admin/people",
        "/ADMIN",
        "/admin%2fpeople",
        "/%61dmin",
        "/admin/",
        "/assets/....//....//etc/passwd",
        "/help/../admin",
        "//evil.example/todo",
        "/todo;jsessionid=1",
        "/wp-login.php",
        "/actuator/env",
        "/.git/config",
        "/.env",
        "/record.db",
        "/apply/' or 1=1/me".split(' ').next().unwrap_or_default(),
        "/cases/%27%20or%201=1--",
        "/cases/{no}/acts/%3Cscript%3E",
        "/cases/%7B%7B7*7%7D%7D",
    ]
    .into_iter()
    .map(|url| get("收件岗", url, 404, GONE))
    .collect();
    rows.push(get("收件岗", "/cases/{no}/documents/..%2f..%2frecord.db", 404, GONE).read());
    // Nowhere but here, whoever asks to be led on.
    rows.extend(
        [
            "/login?next=//evil.example",
            "/login?next=https://evil.example/x",
            "/login?next=/%5Cevil.example",
            "/login?next=/%09/evil.example",
            "/login?next=/x%0d%0aLocation:%20//evil.example",
            "/login?next=javascript:alert(1)",
            "/login?next=data:text/html,evil.example",
            "/login?next=%2F%2Fevil.example%2F..",
            "/login?next=/login?next=//evil.example",
        ]
        .into_iter()
        .map(|url| get("收件岗", url, 303, "→/todo")),
    );
    rows
}

fn headers() -> Vec<Row> {
    vec![
        get("收件岗", "/admin", 404, GONE).header("x-forwarded-user", "admin"),
        get("收件岗", "/admin", 404, GONE).header("authorization", "Basic YWRtaW46YWRtaW4="),
        get("收件岗", "/todo", 200, "待办").header("x-original-url", "/admin"),
        get("收件岗", "/todo", 200, "待办").header("x-rewrite-url", "/admin/people"),
        get("申请人", "/drafts/{draft}/delete", 200, "删除").header("x-http-method-override", "POST"),
        get("申请人", "/drafts/{draft}/delete?_method=POST", 200, "删除").header("x-method-override", "DELETE"),
        get("收件岗", "/", 303, "→/todo").header("host", "evil.example"),
        get("收件岗", "/", 303, "→/todo").header("x-forwarded-host", "evil.example"),
        get("", "/cases", 303, "→/login?next=%2Fcases").header("x-forwarded-proto", "gopher"),
        get("", "/cases", 303, "→/login?next=%2Fcases").header("x-forwarded-prefix", "//evil.example"),
        get("", "/todo", 303, "→/login").header("host", "evil.example"),
        get("", "/admin", 303, "→/login?next=%2Fadmin").header("x-forwarded-for", "127.0.0.1"),
        get("收件岗", "/cases/{no}", 404, GONE).by("DELETE"),
        get("收件岗", "/cases/{no}", 404, GONE).by("PUT"),
        get("收件岗", "/cases/{no}/acts/withdraw", 404, GONE).by("PATCH"),
        get("收件岗", "/todo", 404, GONE).by("TRACE"),
        get("收件岗", "/todo", 404, GONE).by("OPTIONS"),
        get("收件岗", "/todo", 404, GONE).by("PROPFIND"),
        get("收件岗", "/receipts/{no}", 404, GONE),
        post("收件岗", "/todo", &[], 404, GONE),
    ]
}

/// Posts of another site's page; behind a proxy that speaks TLS the page's own origin says https.
fn foreign() -> Vec<Row> {
    let accept = || post("收件岗", "/cases/{other}/acts/accept", &[], 403, FOREIGN);
    let logout = || post("", "/logout", &[], 303, "→/login");
    vec![
        accept().header("origin", "http://evil.example"),
        accept().header("origin", "null"),
        accept().header("origin", "http://jinzhi.local:81"),
        accept().header("origin", "http://jinzhi.local.evil.example"),
        accept()
            .header("origin", "http://evil.example")
            .header("x-forwarded-host", "evil.example"),
        accept().header("sec-fetch-site", "cross-site"),
        accept().header("sec-fetch-site", "same-site"),
        accept()
            .header("sec-fetch-site", "cross-site")
            .header("origin", "http://jinzhi.local"),
        post("申请人", "/apply", &[], 403, FOREIGN).header("sec-fetch-site", "cross-site"),
        post("", "/login", &[("login.name", "user1")], 403, FOREIGN).header("origin", "http://evil.example"),
        logout().header("origin", "http://jinzhi.local"),
        logout().header("origin", "https://jinzhi.local"),
        logout().header("sec-fetch-site", "same-origin"),
    ]
}

fn sessions() -> Vec<Row> {
    let to_login = "→/login?next=%2Fcases";
    let typed = [("to", "县纪委"), ("what", "clue")];
    vec![
        get("退出的", "/cases", 303, to_login),
        post("退出的", "/cases/{no}/acts/transfer", &typed, 401, "登录后会回到这一页"),
        post("退出的", "/logout", &[], 303, "→/login"),
        get("", "/cases", 303, to_login).header("cookie", "jinzhi=' or '1'='1"),
        get("", "/cases", 303, to_login).header(
            "cookie",
            "jinzhi=0000000000000000000000000000000000000000000000000000000000000000",
        ),
        get("", "/cases", 303, to_login).header("cookie", "jinzhi=; jinzhi=; jinzhi"),
        get("", "/cases", 303, to_login)
            .header("cookie", "jinzhi=../../etc/passwd; person={person}; role=administrator"),
        // Login carries a form along, not somebody into it.
        post(
            "",
            "/cases/{other}/acts/accept",
            &[("login.resume", "1")],
            401,
            "登录后会回到这一页",
        ),
        // What claims to come back after a login is shown, not done.
        post(
            "收件岗",
            "/cases/{other}/acts/accept",
            &[("login.resume", "1")],
            200,
            "受理",
        )
        .read(),
    ]
}

fn bodies() -> Vec<Row> {
    let accept = |status, says| post("收件岗", "/cases/{other}/acts/accept", &[], status, says);
    let bytes = |kind, bytes: &[u8]| With::Bytes(kind, bytes.to_vec());
    vec![
        accept(400, "没有收全").with(bytes("text/plain", b"act_id=1")),
        accept(400, "没有收全").with(bytes("application/json", b"{\"act_id\": 1}")),
        accept(400, "没有收全").with(bytes(
            "application/xml",
            b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
        )),
        accept(400, "没有收全").with(bytes("multipart/form-data", b"--x")),
        accept(400, "没有收全").with(bytes("multipart/form-data; boundary=x", b"--y\r\n")),
        accept(400, "没有收全").with(bytes(
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut off",
        )),
        accept(413, "内容太大").with(bytes(
            "application/x-www-form-urlencoded",
            "a=1&".repeat(2100).as_bytes(),
        )),
        accept(413, "内容太大").with(bytes(
            "application/x-www-form-urlencoded",
            &[b"a=".to_vec(), vec![b'x'; 3 << 20]].concat(),
        )),
        accept(413, "内容太大").with(bytes(
            "multipart/form-data; boundary=x",
            &[
                b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".to_vec(),
                vec![b'x'; 300 << 10],
                b"\r\n--x--\r\n".to_vec(),
            ]
            .concat(),
        )),
    ]
}

#[tokio::test]
async fn tricks_with_paths_and_headers_lead_nowhere() {
    hold(rows()).await;
}
