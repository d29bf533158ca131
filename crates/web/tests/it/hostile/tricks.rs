//! Headers, addresses and methods that are not what they seem.

use super::*;

pub fn rows(t: &Target) -> Vec<Row> {
    let case = format!("/cases/{}", t.received);
    let mut rows = Vec::new();
    for path in [
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/....//....//etc/passwd",
        "/policies/../../../../etc/passwd",
        "/policies/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/cases/..%2fadmin%2fpeople",
        "/cases/%00",
        "/cases/%ff%fe",
        "/help/../admin",
        "//evil.example/todo",
        "/todo;jsessionid=1",
        "/.env",
        "/.git/config",
        "/wp-login.php",
        "/actuator/env",
    ] {
        rows.push(row(format!("the address {path}"), "局长", get(path), 404, "找不到"));
    }
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"] {
        rows.push(row(
            format!("{method} of a case"),
            "局长",
            get(&case).by(method),
            404,
            "",
        ));
    }
    rows.extend([
        row(
            "another method in a header",
            "局长",
            get("/todo").with("x-http-method-override", "DELETE"),
            200,
            "待办",
        ),
        row(
            "another path in a header",
            "申请人",
            get("/todo").with("x-original-url", "/admin"),
            200,
            "我的事",
        ),
        row(
            "another host",
            "局长",
            get("/").with("host", "evil.example"),
            303,
            "/todo",
        ),
        row(
            "another host before a proxy",
            "",
            get("/todo").with("x-forwarded-host", "evil.example"),
            303,
            "/login",
        ),
        row(
            "a session that never was",
            "",
            get("/todo").with("cookie", "jinzhi=0000"),
            303,
            "/login",
        ),
        row(
            "two sessions",
            "",
            get("/todo").with("cookie", "jinzhi=a; jinzhi=b"),
            303,
            "/login",
        ),
        row(
            "a session of ten thousand characters",
            "",
            get("/todo").with("cookie", format!("jinzhi={}", "a".repeat(10_000))),
            303,
            "/login",
        ),
    ]);
    let login = ("login.name", "局长");
    let password = ("login.password", Browser::password());
    for next in [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/login?next=//evil.example",
        "%2f%2fevil.example",
    ] {
        let ask = post("/login", &[login, password, ("login.next", next)]);
        rows.push(row(format!("after login to {next}"), "", ask, 303, "/todo"));
    }
    for name in [
        "\u{0441}lerk",
        "ｃｌｅｒｋ",
        "clerk\u{200b}",
        "clerk\u{0}",
        "CLERK' --",
        "cle\u{202e}rk",
        "{{clerk}}",
    ] {
        let ask = post("/login", &[("login.name", name), ("login.password", "falsch-2026")]);
        rows.push(row(
            format!("logs in as {name:?}"),
            "",
            ask,
            403,
            "姓名（账号）或者密码不对",
        ));
    }
    rows
}
