//! Logging in on the word of the site's provider: the same doors as behind a password, and a line on record of its own.

use crate::login::{from, kinds, with_accounts};
use crate::site::PASSWORD;
use app::Failure;
use app::login::factor::{FactorKind, ToConfirm};
use store::{SealedPart, StreamName};

const ISSUER: &str = "https://sso.example";

#[tokio::test]
async fn whom_the_provider_vouches_for_is_let_in_as_by_their_password() {
    let site = with_accounts(&[("局长", "lead")]).await;
    let app = &site.app;
    app.open_account(site.person("收件岗"), "clerk", PASSWORD, true)
        .await
        .unwrap();
    let here = from("10.1.2.3");
    let lead = app.login_vouched("lead", ISSUER, &here).await.unwrap();
    assert!(!lead.half && !lead.must_change);
    assert_eq!(app.viewer(&lead.token).await.unwrap().unwrap().name, "局长");
    let clerk = app.login_vouched("clerk", ISSUER, &here).await.unwrap();
    assert!(clerk.must_change, "a first password is to be changed all the same");

    let stream = StreamName::Person(site.person("局长"));
    assert_eq!(
        kinds(&site, &stream).await[1..],
        ["vouched/1".to_owned(), "logged-in/1".to_owned()]
    );
    let events = app.store().read(&stream).await.unwrap();
    assert_eq!(events[1].open, b"{}");
    let SealedPart::Plain(plain) = &events[1].sealed else {
        panic!("sealed")
    };
    let plain = String::from_utf8_lossy(plain);
    assert!(plain.contains(ISSUER) && plain.contains("10.1.2.3"));
    app.rebuild().await.unwrap();
}

#[tokio::test]
async fn a_second_factor_is_asked_all_the_same() {
    let site = with_accounts(&[("局长", "lead")]).await;
    let (app, here) = (&site.app, from("office"));
    let login = app.login_vouched("lead", ISSUER, &here).await.unwrap();
    let lead = site.viewer("局长").await;
    app.prepare_factor(&lead, FactorKind::Card, PASSWORD).await.unwrap();
    let Some(ToConfirm::Card(codes)) = app.factor_to_confirm(&lead).await.unwrap() else {
        panic!("a card")
    };
    app.confirm_factor(&lead, &login.token, &codes[0]).await.unwrap();
    let half = app.login_vouched("lead", ISSUER, &here).await.unwrap();
    assert!(half.half && app.viewer(&half.token).await.unwrap().is_none());
    let whole = app.second(&half.token, &codes[1], &here).await.unwrap();
    assert!(app.viewer(&whole.token).await.unwrap().is_some());
}

#[tokio::test]
async fn nobody_else_is_let_in() {
    let site = with_accounts(&[("局长", "lead")]).await;
    let app = &site.app;
    for name in ["", "nobody", "局长", "LEAD", " lead"] {
        let answer = app.login_vouched(name, ISSUER, &from("a")).await;
        let Err(Failure::Refused(refusal)) = answer else {
            panic!("{name}: {answer:?}")
        };
        assert_eq!(refusal.code, "vouched-unknown", "{name}");
    }
}
