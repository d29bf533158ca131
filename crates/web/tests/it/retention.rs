//! 保管期限 in the browser: listed by the bureau, confirmed by the group, destroyed, with its certificate.

use crate::browser::{Answer, Browser};
use crate::path::filed;
use crate::site::Site;
use crate::templates::{office, snapshot};
use axum::http::StatusCode;
use base::{Date, Timestamp};
use web::pages::retention::{ListPage, RetentionPage};

#[test]
fn the_pages_as_they_look() {
    let page = RetentionPage {
        frame: office(),
        form: None,
        keeps: true,
        lists: vec![(
            "/retention/1".into(),
            "2057年3月1日".into(),
            "濮阳县民政局".into(),
            "等核准".into(),
        )],
    };
    snapshot("retention", &page);
    let list = ListPage {
        frame: office(),
        steps: vec!["2057年3月1日　濮阳县民政局 王丽　列出清单".into()],
        cases: vec![["JZ-410928-2026-0001", "销毁", "期限已满。", "还没有销毁"].map(String::from)],
        certificate: vec!["销毁了 3 把密钥。".into()],
        forms: Vec::new(),
    };
    snapshot("retention-list", &list);
}

async fn sends(browser: &mut Browser, url: &str, form: &Answer, fields: &[(&str, &str)]) -> Answer {
    let act = form.hidden("act_id");
    let all = [&[("act_id", act.as_str())], fields].concat();
    browser.send(url, &all).await
}

#[tokio::test]
async fn from_the_list_to_the_certificate() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    let at = |day| {
        let day = Timestamp::on(Date::constant(2057, 3, day), 9, 0).unwrap();
        site.clock.set(day);
    };
    // Passwords of today are to be good in thirty years.
    let mut policy = app::LoginPolicy::clone(&site.app.login_policy());
    policy.roles.iter_mut().for_each(|of| of.expiry_days = 0);
    let officer = site.viewer("管理员").await;
    site.app.set_login_policy(&officer, site.act(), policy).await.unwrap();
    at(1);
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let terms = administrator.open("/admin/retention").await;
    assert!(terms.html.contains("value=\"30\"") && terms.html.contains("value=\"10\""));
    let typed = [("determined", "5"), ("ended", "10"), ("backup_days", "90")];
    let refused = administrator.send("/admin/retention", &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("value=\"5\"") && refused.html.contains("10 至 100 年"));
    let typed = [("determined", "30"), ("ended", "10"), ("backup_days", "90")];
    assert_eq!(
        administrator.send("/admin/retention", &typed).await.status,
        StatusCode::SEE_OTHER
    );

    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    assert!(clerk.open("/cases").await.html.contains("href=\"/retention\""));
    let form = clerk.open("/retention").await;
    crate::html::check("retention", &form.html);
    assert!(form.html.contains(&number) && form.html.contains("还没有清单"));
    let (decide, reason) = (format!("decide.{number}"), format!("reason.{number}"));
    let none = sends(&mut clerk, "/retention", &form, &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let without = sends(&mut clerk, "/retention", &form, &[(&decide, "destroy")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = [(decide.as_str(), "destroy"), (reason.as_str(), "期限已满。")];
    let listed = sends(&mut clerk, "/retention", &form, &chosen).await;
    assert_eq!(listed.status, StatusCode::SEE_OTHER);
    let page = clerk.open("/retention").await;
    assert!(page.html.contains("等核准") && page.html.contains("现在没有期限已满的案件"));
    let url = page
        .html
        .split("href=\"/retention/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let url = format!("/retention/{url}");
    let own = clerk.open(&url).await;
    assert!(!own.html.contains("value=\"confirm\"") && own.html.contains("value=\"stop\""));
    let forged = sends(&mut clerk, &url, &own, &[("do", "confirm")]).await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND);

    let mut lead = Browser::of(&site, "组长", "lead").await;
    let list = lead.open(&url).await;
    crate::html::check("retention-list", &list.html);
    assert!(list.html.contains("期限已满。") && list.html.contains("value=\"confirm\""));
    let without = sends(&mut lead, &url, &list, &[("do", "stop"), ("reason", "")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let confirmed = sends(&mut lead, &url, &list, &[("do", "confirm")]).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER);
    assert!(lead.open(&url).await.html.contains("3 月 8 日"));

    at(8);
    site.app.tick().await.unwrap();
    // Seven days later everybody has been logged out.
    let (mut lead, mut clerk) = (
        Browser::of(&site, "组长", "lead").await,
        Browser::of(&site, "收件岗", "clerk").await,
    );
    let page = lead.open(&url).await;
    for told in ["销毁证明", "已销毁", "6 月 6 日", "归档包", &number] {
        assert!(page.html.contains(told), "{told}");
    }
    assert!(!page.html.contains("value=\"stop\""));
    assert!(clerk.open("/cases").await.html.contains("已销毁 · 免责"));
    let gone = clerk.open(&format!("/cases/{number}")).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    assert!(gone.html.contains("已按期销毁"));
    let mut worker = Browser::of(&site, "申请人", "worker").await;
    assert_eq!(
        worker.open(&format!("/cases/{number}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(worker.open("/retention").await.status, StatusCode::NOT_FOUND);
}
