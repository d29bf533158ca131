//! What whoever reads the log learns: at its finest nothing that people wrote, not even where a request panics.

use crate::browser::Browser;
use crate::path::filed;
use crate::site::{PANIC, Site};
use axum::http::StatusCode;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// All lines logged by this process.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_at_its_finest_holds_nothing_that_people_wrote() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    // For all threads of this process: what other tests log meanwhile is looked at as well.
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let site = Site::new().await;
    let whole = filed(&site, "经过 MARKER-account").await;
    let number = site.submitted("经过 MARKER-account").await;
    site.app.index_pending().await.unwrap();
    site.app.tick().await.unwrap();
    site.app.rebuild().await.unwrap();
    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    for page in ["", "/record", "/evidence", "/statement", "/print"] {
        let opened = clerk.open(&format!("/cases/{whole}{page}")).await;
        assert_eq!(opened.status, StatusCode::OK, "{page}");
    }
    let found = clerk.open("/cases?q=MARKER-account&deep=1").await;
    assert_eq!(found.status, StatusCode::OK);

    let url = format!("/cases/{number}/acts/request-supplement");
    let form = clerk.open(&url).await;
    let (act, version) = (form.hidden("act_id"), form.hidden("version"));
    let typed = [
        ("act_id", act.as_str()),
        ("version", version.as_str()),
        ("items", PANIC),
        ("until.year", "2026"),
        ("until.month", "9"),
        ("until.day", "22"),
    ];
    let sent = clerk.send(&url, &typed).await;
    assert_eq!(sent.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(sent.html.contains("现在办不了") && !sent.html.contains("MARKER"));

    let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(written.contains("a page failed"), "the log is read");
    assert!(written.contains("TRACE") || written.contains("DEBUG"), "at its finest");
    let lines: Vec<&str> = written.lines().filter(|line| line.contains("MARKER")).collect();
    assert!(lines.is_empty(), "{lines:#?}");
}
