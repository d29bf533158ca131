//! 三员 on their pages: one proposes, another confirms; who lacks one is told so; each changes what is theirs.

use crate::browser::{Answer, Browser};
use crate::html;
use crate::site::{PASSWORD, Site};
use axum::http::StatusCode;
use base::PersonId;
use casefile::Role;

/// A fresh person of the city bureau without a role.
async fn newcomer(site: &Site) -> String {
    let person = app::Person {
        id: PersonId([90; 16]),
        name: "高洁".into(),
        unit: Some(site.institution("市局")),
        post: "科员".into(),
        capacities: Vec::new(),
    };
    let (id, viewer) = (person.id, site.viewer("管理员").await);
    let done = site.app.register_person(&viewer, site.act(), person).await;
    done.expect("registered");
    let opened = site.app.open_account(id, "gaojie", PASSWORD, false).await;
    opened.expect("an account");
    id.to_string()
}

async fn propose(browser: &mut Browser, person: &str, role: &str) -> Answer {
    let act = browser.open("/officers").await.hidden("act_id");
    let typed = [
        ("act_id", act.as_str()),
        ("person", person),
        ("role", role),
        ("appoint", "yes"),
    ];
    browser.send("/officers", &typed).await
}

/// Where the first proposal on the page is settled.
fn proposal(page: &Answer) -> String {
    let (_, after) = page.html.split_once("action=\"/officers/").expect("a proposal");
    format!("/officers/{}", after.split('"').next().expect("an address"))
}

#[tokio::test]
async fn one_proposes_and_another_confirms() {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    let person = newcomer(&site).await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let mut auditor = Browser::of(&site, "安全审计员", "shenji").await;

    let refused = propose(&mut administrator, &site.person("局长").to_string(), "security").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("还有办案的岗位"));
    let refused = propose(&mut administrator, "", "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for sentence in ["还没选是谁", "还没选哪一员"] {
        assert!(refused.html.contains(sentence), "{sentence}");
    }
    let done = propose(&mut administrator, &person, "security").await;
    assert_eq!(
        (done.status, done.location.as_str()),
        (StatusCode::SEE_OTHER, "/officers")
    );

    let own = administrator.open("/officers").await;
    assert!(
        own.html.contains("高洁任安全管理员") && !own.html.contains(">确认<"),
        "who proposed does not confirm"
    );
    let url = proposal(&own);
    assert_eq!(administrator.send(&url, &[]).await.status, StatusCode::FORBIDDEN);
    let page = auditor.open("/officers").await;
    html::check("officers", &page.html);
    assert!(page.html.contains(">确认<"));
    assert_eq!(auditor.send(&url, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(auditor.send(&url, &[]).await.status, StatusCode::CONFLICT, "once");
    let seen = html::text(&auditor.open("/officers").await.html);
    assert!(
        seen.contains("安全管理员、高洁") && seen.contains("确认或者撤下提名"),
        "{seen}"
    );
    let viewer = site
        .app
        .seated(PersonId([90; 16]))
        .await
        .expect("the store")
        .expect("known");
    assert!(viewer.has(Role::Security));

    // Another month, and one that is none.
    let before = auditor.open("/officers?month=2026-08").await;
    assert!(before.html.contains("2026 年 8 月三员办过的事") && before.html.contains("这个月没有"));
    assert_eq!(auditor.open("/officers?month=2026-13").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_lacks_one_is_told_so_and_the_city_looks_each_month() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let mut city = Browser::of(&site, "市协调人", "shi").await;
    let mut lead = Browser::of(&site, "局长", "juzhang").await;
    let missing = "三员不全，缺安全管理员、安全审计员。";
    for page in ["/todo", "/admin", "/officers"] {
        assert!(administrator.open(page).await.html.contains(missing), "{page}");
    }
    assert!(city.open("/todo").await.html.contains(missing));
    assert!(!lead.open("/todo").await.html.contains(missing));

    site.app.tick().await.expect("ticked");
    site.at(10, 8, 9);
    let mut city = Browser::again(&site, "shi").await;
    let page = city.open("/officers").await;
    assert!(page.html.contains("2026 年 9 月的检查情况"));
    let act = page.hidden("act_id");
    let refused = city
        .send(
            "/officers/watched",
            &[("act_id", &act), ("month", "2026-09"), ("found", "")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = [
        ("act_id", act.as_str()),
        ("month", "2026-09"),
        ("found", "逐项看过，都该办"),
    ];
    assert_eq!(
        city.send("/officers/watched", &typed).await.status,
        StatusCode::SEE_OTHER
    );
    let after = city.open("/officers").await;
    assert!(after.html.contains("逐项看过，都该办") && !after.html.contains("的检查情况<"));
}

#[tokio::test]
async fn each_changes_of_a_person_what_is_theirs() {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    let person = newcomer(&site).await;
    let bureau = site.institution("县局").to_string();
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let mut security = Browser::of(&site, "安全管理员", "anquan").await;
    let url = format!("/admin/people/{person}");

    assert!(!security.open("/admin/people").await.html.contains("登记一个人"));
    let page = security.open(&url).await;
    html::check("person-roles", &page.html);
    assert!(!page.html.contains("name=\"post\"") && !page.html.contains("忘记密码"));
    let (act, id) = (page.hidden("act_id"), page.hidden("id"));
    let typed = [
        ("act_id", act.as_str()),
        ("id", id.as_str()),
        ("name", "别名"),
        ("role-1", "intake"),
        ("at-1", bureau.as_str()),
    ];
    assert_eq!(
        security.send("/admin/people", &typed).await.status,
        StatusCode::SEE_OTHER
    );
    let granted = site.app.person(PersonId([90; 16])).await.expect("known");
    assert_eq!(
        (granted.name.as_str(), granted.capacities.len()),
        ("高洁", 1),
        "roles alone"
    );

    // Who runs the site changes the post; the role stays.
    let page = administrator.open(&url).await;
    html::check("person-about", &page.html);
    assert!(page.html.contains("不在这里改的岗位"));
    let act = page.hidden("act_id");
    let typed = [
        ("act_id", act.as_str()),
        ("id", id.as_str()),
        ("name", "高洁"),
        ("post", "主任"),
    ];
    assert_eq!(
        administrator.send("/admin/people", &typed).await.status,
        StatusCode::SEE_OTHER
    );
    let changed = site.app.person(PersonId([90; 16])).await.expect("known");
    assert_eq!(
        (changed.post.as_str(), &changed.capacities),
        ("主任", &granted.capacities)
    );
    let forged = [
        &typed[1..],
        &[
            ("act_id", "00000000000000000000000000000042"),
            ("role-1", "lead"),
            ("at-1", bureau.as_str()),
        ],
    ]
    .concat();
    administrator.send("/admin/people", &forged).await;
    let same = site.app.person(PersonId([90; 16])).await.expect("known");
    assert_eq!(same.capacities, granted.capacities, "a forged role is not given");
}
