//! People at the settings: registered, given a first password, and a new one where it was forgotten.

use crate::browser::Browser;
use crate::html;
use crate::site::Site;
use axum::http::StatusCode;

#[tokio::test]
async fn the_administrator_registers_and_the_new_person_logs_in() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let form = administrator.open("/admin/people").await;
    let bureau = site.institution("县局").to_string();
    let act = form.hidden("act_id");
    let half = [("act_id", act.as_str()), ("name", "王丽"), ("role-1", "intake")];
    let refused = administrator.send("/admin/people", &half).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("要把岗位和机构都选上") && refused.html.contains("王丽"));
    let id = refused.hidden("id");
    let taken = [
        half.as_slice(),
        &[
            ("id", id.as_str()),
            ("at-1", bureau.as_str()),
            ("login", "admin"),
            ("first-password", "shouci-2026"),
        ],
    ]
    .concat();
    let refused = administrator.send("/admin/people", &taken).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.hidden("id"), id, "sent again it is the same person");
    let named = async || {
        site.app
            .people()
            .await
            .unwrap()
            .iter()
            .filter(|person| person.name == "王丽")
            .count()
    };
    assert_eq!(named().await, 0, "nothing is half written");
    let whole = [
        half.as_slice(),
        &[
            ("id", id.as_str()),
            ("at-1", bureau.as_str()),
            ("login", "wangli"),
            ("first-password", "shouci-2026"),
        ],
    ]
    .concat();
    assert_eq!(
        administrator.send("/admin/people", &whole).await.status,
        StatusCode::SEE_OTHER
    );
    let login = [
        ("login.name", "wangli"),
        ("login.password", "shouci-2026"),
        ("login.next", "/cases"),
    ];
    let first = administrator.send("/login", &login).await;
    assert_eq!(
        (first.status, first.location.as_str()),
        (StatusCode::SEE_OTHER, "/me"),
        "a first password is changed first"
    );
    assert_eq!(named().await, 1);
    for page in ["/cases", "/todo", "/admin"] {
        let led = administrator.open(page).await;
        assert_eq!(
            (led.status, led.location.as_str()),
            (StatusCode::SEE_OTHER, "/me"),
            "{page}"
        );
    }
    assert!(administrator.open("/me").await.html.contains("请先改成自己的"));
    let mine = [
        ("password", "shouci-2026"),
        ("new", "wode-2026"),
        ("again", "wode-2027"),
    ];
    assert_eq!(
        administrator.send("/me", &mine).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let mine = [
        ("password", "shouci-2026"),
        ("new", "wode-2026"),
        ("again", "wode-2026"),
    ];
    assert_eq!(administrator.send("/me", &mine).await.status, StatusCode::SEE_OTHER);
    assert_eq!(administrator.open("/cases").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_forgotten_password_is_reset_once_and_told_once() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let mut lead = Browser::of(&site, "局长", "lead").await;
    assert_eq!(lead.open("/cases").await.status, StatusCode::OK);
    let url = format!("/admin/people/{}", site.person("局长"));
    let page = administrator.open(&url).await;
    html::check("a person", &page.html);
    assert!(page.html.contains("忘记密码"));
    let act = page.hidden("act_id");
    let mut stranger = Browser::of(&site, "收件岗", "clerk").await;
    let reset = format!("{url}/password");
    let hidden = stranger.send(&reset, &[("act_id", &act)]).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let second = page.html.rsplit_once("name=\"act_id\" value=\"").unwrap().1;
    let act = second.split('"').next().unwrap().to_owned();
    let told = administrator.send(&reset, &[("act_id", &act)]).await;
    assert_eq!(told.status, StatusCode::OK);
    let password = told.html.split_once("一次性密码：").unwrap().1;
    let password = password.split('<').next().unwrap().to_owned();
    assert_eq!((password.len(), password.matches('-').count()), (14, 2), "{password}");
    // Loaded anew it is not reset again, nor told again.
    let again = administrator.send(&reset, &[("act_id", &act)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(!again.html.contains(&password) && again.html.contains("只显示一次"));
    // The sessions are over, the old password is none, the new one is changed first.
    assert_eq!(lead.open("/cases").await.status, StatusCode::SEE_OTHER);
    let login = |password: &str| {
        [
            ("login.name", "lead".to_owned()),
            ("login.password", password.to_owned()),
        ]
    };
    let typed = login(Browser::password());
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_ne!(lead.send("/login", &typed).await.status, StatusCode::SEE_OTHER);
    let typed = login(&password);
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(lead.send("/login", &typed).await.location, "/me");
    assert_eq!(lead.open("/cases").await.location, "/me");
    // Who has no account has nothing to reset.
    let without = format!("/admin/people/{}", site.person("组长"));
    assert!(!administrator.open(&without).await.html.contains("忘记密码"));
    let refused = administrator
        .send(&format!("{without}/password"), &[("act_id", "")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("还没有账号"));
    // On the site's record: that, whose and by whom; never the password.
    let stream = store::StreamName::Site(site.app.store().site());
    let events = site.app.store().read(&stream).await.unwrap();
    let resets: Vec<_> = events.iter().filter(|event| event.kind == "password-reset/1").collect();
    assert_eq!(resets.len(), 1);
    let open = String::from_utf8(resets[0].open.clone()).unwrap();
    assert!(open.contains(&site.person("局长").to_string()) && !open.contains(&password));
}
