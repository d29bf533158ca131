//! Logging in through the edge: locked and unlocked, sessions seen and ended, the rules changed.

use crate::browser::Browser;
use crate::html;
use crate::site::Site;
use axum::http::StatusCode;

async fn wrong(browser: &mut Browser, times: usize) -> crate::browser::Answer {
    let typed = [
        ("login.name", "clerk"),
        ("login.password", "falsch"),
        ("login.next", "/cases"),
        ("reason", "写了一半"),
    ];
    let mut last = None;
    for _ in 0..times {
        last = Some(browser.send("/login", &typed).await);
    }
    last.expect("one at least")
}

#[tokio::test]
async fn too_many_wrong_passwords_lock_until_the_administrator_lifts_it() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    let url = format!("/admin/people/{}", site.person("收件岗"));
    assert!(!administrator.open(&url).await.html.contains("解除锁定"));
    assert_eq!(wrong(&mut clerk, 5).await.status, StatusCode::FORBIDDEN);
    let locked = wrong(&mut clerk, 1).await;
    assert_eq!(locked.status, StatusCode::CONFLICT);
    html::check_form("locked", &locked.html);
    assert!(locked.html.contains("密码错的次数太多") && locked.html.contains("写了一半"));
    let page = administrator.open(&url).await;
    html::check_form("a locked person", &page.html);
    assert!(page.html.contains("解除锁定"));
    let unlock = format!("{url}/unlock");
    let hidden = clerk.send(&unlock, &[]).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    assert_eq!(administrator.send(&unlock, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!administrator.open(&url).await.html.contains("解除锁定"));
    Browser::again(&site, "clerk").await;
}

#[tokio::test]
async fn a_session_ended_elsewhere_is_logged_out() {
    let site = Site::new().await;
    let mut here = Browser::of(&site, "收件岗", "clerk").await;
    let (mut there, mut third) = (
        Browser::again(&site, "clerk").await,
        Browser::again(&site, "clerk").await,
    );
    let page = here.open("/me").await;
    html::check_form("/me", &page.html);
    assert_eq!(
        page.html.matches("name=\"session\"").count(),
        3,
        "two others, and all others"
    );
    assert!(page.html.contains("就是这里") && page.html.contains("不认识的浏览器"));
    let id = page.button("session");
    assert_eq!(
        here.send("/me/sessions", &[("session", &id)]).await.status,
        StatusCode::SEE_OTHER
    );
    let living = [there.open("/cases").await.status, third.open("/cases").await.status];
    assert_eq!(living.iter().filter(|status| **status == StatusCode::OK).count(), 1);
    assert_eq!(
        here.send("/me/sessions", &[("session", "others")]).await.status,
        StatusCode::SEE_OTHER
    );
    for browser in [&mut there, &mut third] {
        assert_eq!(browser.open("/cases").await.location, "/login?next=%2Fcases");
    }
    assert_eq!(here.open("/cases").await.status, StatusCode::OK);
    let nonsense = here.send("/me/sessions", &[("session", "x")]).await;
    assert_eq!(nonsense.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_login_ends_the_session_that_was_there_before_it() {
    let site = Site::new().await;
    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    let again = [("login.name", "clerk"), ("login.password", Browser::password())];
    assert_eq!(clerk.send("/login", &again).await.status, StatusCode::SEE_OTHER);
    let page = clerk.open("/me").await;
    assert_eq!(page.html.matches("name=\"session\"").count(), 0, "the new one alone");
}

#[tokio::test]
async fn the_rules_of_logging_in_are_set_by_role() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let mut clerk = Browser::of(&site, "收件岗", "clerk").await;
    let page = administrator.open("/admin/login").await;
    html::check_form("/admin/login", &page.html);
    assert_eq!(clerk.open("/admin/login").await.status, StatusCode::NOT_FOUND);
    let mut typed = vec![
        ("shortest", "10"),
        ("classes", "3"),
        ("tries", "5"),
        ("lock_minutes", "30"),
        ("session_hours", "eight"),
    ];
    let codes = [
        "worker",
        "recipient",
        "intake",
        "investigator",
        "lead",
        "coordinator",
        "auditor",
        "administrator",
        "security",
        "security-auditor",
    ];
    let fields: Vec<(String, String)> = codes
        .iter()
        .map(|code| (format!("expiry-{code}"), format!("idle-{code}")))
        .collect();
    for (expiry, idle) in &fields {
        typed.extend([(expiry.as_str(), "0"), (idle.as_str(), "60")]);
    }
    let refused = administrator.send("/admin/login", &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("这里要填 1 到 24") && refused.html.contains("value=\"30\""));
    typed[4].1 = "8";
    let saved = administrator.send("/admin/login", &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let policy = site.app.login_policy();
    assert_eq!(
        (policy.shortest, policy.lock_minutes, policy.session_hours),
        (10, 30, 8)
    );
    assert!(
        policy
            .roles
            .iter()
            .all(|rule| (rule.expiry_days, rule.idle_minutes) == (0, 60))
    );
    assert!(clerk.open("/me").await.html.contains("至少 10 个字符"));
}

/// A lead whose role must have one is led to it first, prints a card, and is asked for its next line at every login; a
/// form that was kept through the login is kept through the code too.
#[tokio::test]
async fn a_second_factor_stands_between_password_and_page() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let mut lead = Browser::of(&site, "局长", "lead").await;
    assert_eq!(lead.open("/todo").await.status, StatusCode::OK);
    let rules = administrator.open("/admin/login").await;
    html::check_form("the rules", &rules.html);
    assert!(rules.html.contains("等保三级要求两种方式验证身份"));
    assert!(!rules.html.contains("factor-worker") && !rules.html.contains("factor-recipient"));
    let mut policy = site.app.login_policy().as_ref().clone();
    for rule in policy.roles.iter_mut().filter(|rule| rule.role == casefile::Role::Lead) {
        rule.second_factor = true;
    }
    let who = site.viewer("管理员").await;
    site.app
        .set_login_policy(&who, site.act(), policy)
        .await
        .expect("a policy");
    let led = lead.open("/cases").await;
    assert_eq!(
        (led.status, led.location.as_str()),
        (StatusCode::SEE_OTHER, "/me/factor")
    );
    let page = lead.open("/me/factor").await;
    html::check_form("/me/factor", &page.html);
    assert!(page.html.contains("您的岗位登录时要有第二道验证"));

    let wrong = lead
        .send("/me/factor", &[("kind", "card"), ("password", "falsch")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check_form("a wrong password", &wrong.html);
    let password = ("password", Browser::password());
    assert_eq!(
        lead.send("/me/factor", &[password]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    lead.send("/me/factor", &[("kind", "card"), password]).await;
    let card = lead.open("/me/factor").await;
    html::check_form("a card", &card.html);
    let lines: Vec<String> = card
        .html
        .split("<li><span class=\"hint\">")
        .skip(1)
        .map(|line| {
            let code = line.split("</span> ").nth(1).unwrap_or_default();
            code.split('<').next().unwrap_or_default().to_owned()
        })
        .collect();
    assert_eq!(lines.len(), 60);
    assert_eq!(
        lead.send("/me/factor", &[("code", "12")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let done = lead.send("/me/factor", &[("code", &lines[0])]).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/me"));
    assert!(!lead.open("/me/factor").await.html.contains(&lines[1]), "shown no more");
    assert_eq!(lead.open("/cases").await.status, StatusCode::OK);

    let mut elsewhere = Browser::stranger(&site);
    let typed = [
        ("login.name", "lead"),
        ("login.password", Browser::password()),
        ("login.next", "/figures"),
        ("login.resume", "1"),
        ("reason", "写了一半"),
    ];
    let asked = elsewhere.send("/login", &typed).await;
    assert_eq!(asked.status, StatusCode::OK);
    html::check_form("the code", &asked.html);
    assert!(asked.html.contains("验证码卡上第 2 个码") && asked.html.contains("写了一半"));
    assert!(!asked.html.contains(Browser::password()));
    assert_eq!(
        elsewhere.open("/figures").await.location,
        "/login?next=%2Ffigures",
        "half is nobody"
    );
    let typed = |code| {
        [
            ("login.code", code),
            ("login.next", "/figures"),
            ("login.resume", "1"),
            ("reason", "写了一半"),
        ]
    };
    let wrong = elsewhere.send("/login/code", &typed("000000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check_form("a wrong code", &wrong.html);
    assert!(wrong.html.contains("码不对") && wrong.html.contains("写了一半"));
    let full_width: String = lines[1]
        .chars()
        .filter_map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32))
        .collect();
    let entered = elsewhere.send("/login/code", &typed(&full_width)).await;
    assert_eq!(
        (entered.status, entered.location.as_str()),
        (StatusCode::TEMPORARY_REDIRECT, "/figures")
    );
    assert_eq!(elsewhere.open("/figures").await.status, StatusCode::OK);
    assert_eq!(
        elsewhere.send("/login/code", &typed(&lines[2])).await.status,
        StatusCode::FORBIDDEN,
        "no half session"
    );

    // Lost: the administrator takes it away.
    let url = format!("/admin/people/{}", site.person("局长"));
    assert!(administrator.open(&url).await.html.contains("取消第二道验证"));
    administrator.send(&format!("{url}/factor"), &[]).await;
    assert_eq!(elsewhere.open("/figures").await.status, StatusCode::SEE_OTHER);
    let again = Browser::again(&site, "lead").await.open("/todo").await;
    assert_eq!(again.location, "/me/factor", "the role must have one");
}
