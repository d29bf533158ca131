//! The master key leaves the site on the word of two officers, each of whom has proved who they are.

use crate::factor::{card, shown};
use crate::login::{from, kinds};
use crate::site::{PASSWORD, Site};
use app::keys::Vouched;
use app::login::Login;
use app::login::factor::{FactorKind, ToConfirm};
use app::{Failure, LoginPolicy};
use casefile::Role;
use store::StreamName;

async fn with_officers() -> Site {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    let admin = site.app.open_account(site.person("管理员"), "admin", PASSWORD, false);
    admin.await.expect("an account");
    site
}

/// The code of a refusal.
fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Err(Failure::Refused(refusal)) => refusal.code,
        Err(other) => panic!("{other}"),
        Ok(_) => "done",
    }
}

async fn enter(site: &Site, login: &str) -> Login {
    site.app.login(login, PASSWORD, &from("")).await.expect("the password")
}

async fn vouched(site: &Site, login: &str, code: &str) -> Vouched {
    let half = enter(site, login).await;
    assert_eq!(self::code(site.app.vouch(&half).await), "login", "a password alone");
    let whole = site.app.second(&half.token, code, &from("")).await.expect("the code");
    let word = site.app.vouch(&whole).await.expect("a whole login");
    assert!(site.app.viewer(&whole.token).await.unwrap().is_none(), "it ends");
    word
}

#[tokio::test]
async fn two_officers_with_a_second_factor_hand_it_out() {
    let site = with_officers().await;
    let app = &site.app;
    let (_, lines) = card(&site, "管理员", "admin").await;
    let security = site.viewer("安全管理员").await;
    app.prepare_factor(&security, FactorKind::App, PASSWORD).await.unwrap();
    let Some(ToConfirm::App { secret, .. }) = app.factor_to_confirm(&security).await.unwrap() else {
        panic!("nothing to confirm")
    };
    let now = shown(&secret, app.now());
    app.confirm_factor(&security, "", &now).await.unwrap();
    site.clock.advance(1);
    let first = vouched(&site, "admin", &lines[1]).await;
    let second = vouched(&site, "anquan", &shown(&secret, app.now())).await;
    for (one, other) in [(&first, &first), (&second, &second), (&second, &first)] {
        assert_eq!(
            code(app.export_master_key(site.act(), one, other).await),
            "two-officers"
        );
    }
    let [one, two] = app.export_master_key(site.act(), &first, &second).await.unwrap();
    assert_ne!(*one, *two);
    let on_site = kinds(&site, &StreamName::Site(app.store().site())).await;
    assert_eq!(
        on_site.iter().filter(|kind| *kind == "master-key-exported/1").count(),
        1
    );
}

#[tokio::test]
async fn who_could_not_go_on_at_the_login_page_does_not_vouch() {
    let site = with_officers().await;
    let app = &site.app;
    let given = app.open_account(site.person("市协调人"), "city", PASSWORD, true);
    given.await.unwrap();
    assert_eq!(
        code(app.vouch(&enter(&site, "city").await).await),
        "login-first",
        "a first password"
    );
    assert_eq!(code(app.vouch(&enter(&site, "anquan").await).await), "done");
    let mut policy = LoginPolicy::clone(&app.login_policy());
    for rule in policy.roles.iter_mut().filter(|rule| rule.role == Role::Security) {
        rule.second_factor = true;
    }
    let security = site.viewer("安全管理员").await;
    app.set_login_policy(&security, site.act(), policy).await.unwrap();
    assert_eq!(
        code(app.vouch(&enter(&site, "anquan").await).await),
        "login-first",
        "none set up"
    );
}
