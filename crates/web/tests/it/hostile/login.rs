//! Names and passwords that are none, and many at once.

use super::{Row, World, hold, post};
use crate::browser::Browser;
use crate::site::PASSWORD;

/// The many ways in which the clerk's name only looks right; so few in all that the address does not have to wait.
const LOOK_ALIKE: [&str; 9] = [
    // Cyrillic, full width, capitals, a mark on top, an unseen character that stays in a name.
    "us\u{0435}r3",
    "ｕｓｅｒ３",
    "USER3",
    "user\u{0663}",
    "us\u{0301}er3",
    "user3\u{E0100}",
    "收件崗",
    "收件岗'--",
    "user_",
];

pub(super) fn rows() -> Vec<Row> {
    let wrong = "密码不对";
    let mut rows: Vec<Row> = LOOK_ALIKE
        .into_iter()
        .map(|name| tried(name, PASSWORD, wrong))
        .collect();
    rows.extend([
        tried("' or '1'='1", "' or '1'='1", wrong),
        tried("user3' --", PASSWORD, wrong),
        tried("user3", "' or 1=1 --", wrong),
        tried("", "", wrong),
        tried("{{7*7}}", "{{7*7}}", wrong),
        tried("<script>alert(1)</script>", "x", wrong),
        tried("root", "", wrong),
        tried("user3\u{200b}", "falsch-2026", wrong),
        tried("user3\u{0}", "falsch-2026", wrong),
        // Whoever leads somewhere else by the way leads nowhere.
        post(
            "",
            "/login",
            &[
                ("login.name", "nobody"),
                ("login.password", "x"),
                ("login.next", "//evil.example"),
            ],
            403,
            wrong,
        )
        .traced(),
        tried("nobody", "x", wrong).header("x-forwarded-for", "10.9.8.7"),
    ]);
    rows
}

fn tried(name: &'static str, password: &'static str, says: &'static str) -> Row {
    post(
        "",
        "/login",
        &[("login.name", name), ("login.password", password)],
        403,
        says,
    )
    .traced()
}

#[tokio::test]
async fn a_name_that_only_looks_right_is_wrong() {
    hold(rows()).await;
}

/// Nobody is believed about where they come from, and what is traced is counted by the address that is connected.
#[tokio::test]
async fn a_forged_address_makes_no_new_line_in_the_trace() {
    let mut world = World::new().await;
    for told in ["10.9.8.7", "10.9.8.8", "127.0.0.1"] {
        let row = tried("nobody", "x", "").header("x-forwarded-for", told);
        assert_eq!(world.send(&row).await.status.as_u16(), 403, "{told}");
    }
    let day = world.site.app.today();
    let lines = world.site.app.store().failures_since(day, 10).await.expect("the store");
    assert_eq!(
        lines
            .iter()
            .map(|line| (line.address.as_str(), line.failed))
            .collect::<Vec<_>>(),
        [("", 3)]
    );
}

/// Ten logins at once are ten sessions with ten tokens, each of which is that person's and ends alone.
#[tokio::test]
async fn logins_at_once_share_nothing() {
    let world = World::new().await;
    let site = &world.site;
    let logins = ["user3", "user7"].repeat(5);
    let mut coming = tokio::task::JoinSet::new();
    for login in &logins {
        let (mut browser, login) = (Browser::stranger(site), login.to_string());
        coming.spawn(async move {
            let fields = [("login.name", login.as_str()), ("login.password", PASSWORD)];
            assert_eq!(browser.send("/login", &fields).await.location, "/todo");
            (login, browser)
        });
    }
    let mut browsers = coming.join_all().await;
    browsers.sort_by(|a, b| a.0.cmp(&b.0));
    let mut tokens: Vec<String> = browsers
        .iter()
        .map(|(_, browser)| browser.cookie().to_owned())
        .collect();
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), browsers.len());
    for (login, browser) in &mut browsers {
        let list = browser.open("/cases").await.status.as_u16();
        assert_eq!(list, if login == "user3" { 200 } else { 404 }, "{login}");
    }
    browsers[0].1.send("/logout", &[]).await;
    assert_eq!(browsers[0].1.open("/todo").await.status.as_u16(), 303);
    assert_eq!(browsers[1].1.open("/todo").await.status.as_u16(), 200);
}

/// The same form sent ten times at once is one act.
#[tokio::test]
async fn one_form_sent_ten_times_at_once_is_one_act() {
    let world = World::new().await;
    let other = world.filled("{other}");
    let mut clerk = Browser::again(&world.site, "user3").await;
    let url = format!("/cases/{other}/acts/accept");
    let form = clerk.open(&url).await;
    let (act, version) = (form.hidden("act_id"), form.hidden("version"));
    let cookie = clerk.cookie().to_owned();
    let mut sent = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let mut browser = Browser::with_cookie(&world.site, &cookie);
        let (url, act, version) = (url.clone(), act.clone(), version.clone());
        sent.spawn(async move {
            let fields = [("act_id", act.as_str()), ("version", version.as_str())];
            browser.send(&url, &fields).await.status.as_u16()
        });
    }
    let statuses = sent.join_all().await;
    assert!(
        statuses.iter().all(|status| [303, 409].contains(status)),
        "{statuses:?}"
    );
    assert!(statuses.contains(&303));
    let entries = world.site.app.case(&other).await.expect("the case").entries;
    let accepted = entries
        .iter()
        .filter(|entry| entry.event.kind() == "accepted/1")
        .count();
    assert_eq!(accepted, 1);
}
