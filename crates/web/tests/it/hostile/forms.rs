//! Acts out of turn, forms that are forged, replayed or cut off.

use super::*;

pub fn rows(t: &Target) -> Vec<Row> {
    let act = |number: &str, code: &str| format!("/cases/{number}/acts/{code}");
    let (received, filed) = (&t.received, &t.filed);
    let signed = ("password", Browser::password());
    let mut rows = vec![
        row(
            "issues before it is determined",
            "收件岗",
            post(act(received, "issue"), &[signed]),
            409,
            "还",
        ),
        row(
            "determines before anything",
            "局长",
            post(act(received, "determine"), &[("reason", "快办"), signed]),
            422,
            "还没选认定的结果",
        ),
        row(
            "opines before the conclusion",
            "组长",
            post(act(received, "opine"), &[("outcome", "免责"), ("reason", "好"), signed]),
            409,
            "还",
        ),
        row(
            "files before it ends",
            "收件岗",
            post(act(received, "file"), &[]),
            409,
            "还",
        ),
        row(
            "determines what is filed",
            "局长",
            post(act(filed, "determine"), &[("reason", "改"), signed]),
            422,
            "",
        ),
        row(
            "accepts what is filed",
            "收件岗",
            post(act(filed, "accept"), &[]),
            409,
            "已经认定",
        ),
        row(
            "does what the calendar does",
            "局长",
            post(act(received, "open-opinions"), &[]),
            404,
            "找不到",
        ),
        row(
            "does what nobody does",
            "局长",
            post(act(received, "delete"), &[]),
            404,
            "找不到",
        ),
        row(
            "another state than any",
            "收件岗",
            post(act(received, "accept"), &[("version", "999999")]),
            409,
            "",
        ),
        row(
            "no number for a state",
            "收件岗",
            post(act(received, "accept"), &[("version", "-1 or 1=1")]),
            409,
            "",
        ),
        row(
            "an outcome that is none",
            "组长",
            post(act(filed, "opine"), &[("outcome", "无罪"), signed]),
            409,
            "",
        ),
        row(
            "a body that is no form",
            "收件岗",
            post(act(received, "accept"), &[]).with("content-type", "application/json"),
            400,
            "",
        ),
        row(
            "a form that breaks off",
            "收件岗",
            post(act(received, "accept"), &[]).with("content-type", "multipart/form-data; boundary=x"),
            400,
            "",
        ),
        row(
            "a form after the session ended",
            "",
            post(act(received, "accept"), &[]),
            401,
            "登录",
        ),
        row(
            "a page after the session ended",
            "",
            get(format!("/cases/{received}")),
            303,
            "/login?next=",
        ),
        row(
            "a form of another site",
            "收件岗",
            post(act(received, "accept"), &[])
                .with("origin", "http://evil.example")
                .with("host", "jinzhi.local"),
            403,
            "",
        ),
        row(
            "from nowhere",
            "收件岗",
            post(act(received, "accept"), &[])
                .with("origin", "null")
                .with("host", "jinzhi.local"),
            403,
            "",
        ),
        row(
            "a browser says it is another site's",
            "收件岗",
            post(act(received, "accept"), &[]).with("sec-fetch-site", "cross-site"),
            403,
            "",
        ),
        row(
            "of a sister host",
            "收件岗",
            post(act(received, "accept"), &[]).with("sec-fetch-site", "same-site"),
            403,
            "",
        ),
        row(
            "logs somebody out",
            "收件岗",
            post("/logout", &[]).with("sec-fetch-site", "cross-site"),
            403,
            "",
        ),
    ];
    let huge = "长".repeat(1_200_000);
    rows.push(row(
        "a text of three megabytes",
        "收件岗",
        post(act(received, "request-supplement"), &[("items", &huge)]),
        413,
        "",
    ));
    rows
}
