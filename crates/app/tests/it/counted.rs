//! What is counted of wrong tries beyond the password at the door: it is traced alike, and lifted with it.

use crate::factor::card;
use crate::login::{from, kinds, tries, with_accounts};
use crate::site::PASSWORD;
use app::login::factor::FactorKind;
use base::PersonId;
use store::StreamName;

/// Wrong codes, wrong passwords of signatures and names that only the provider knows leave the same trace.
#[tokio::test]
async fn whatever_fails_of_proving_oneself_is_traced() {
    let site = with_accounts(&[("局长", "lead")]).await;
    let (app, lead) = (&site.app, site.viewer("局长").await);
    let (known, lines) = card(&site, "局长", "lead").await;
    let traced = async |person: Option<PersonId>, address: &str| {
        let lines = app.store().failures_since(app.today(), 99).await.unwrap();
        let line = lines
            .iter()
            .find(|l| (l.person, l.address.as_str()) == (person, address));
        line.map_or((0, 0), |line| (line.failed, line.locked))
    };
    let one = Some(lead.person);
    let half = app.login("lead", PASSWORD, &known).await.unwrap();
    assert!(app.second(&half.token, &lines[7], &from("10.1.1.1")).await.is_err());
    assert_eq!(traced(one, "10.1.1.1").await, (1, 0), "a wrong code");
    for _ in 0..6 {
        app.second(&half.token, &lines[7], &from("10.1.1.1")).await.unwrap_err();
    }
    assert_eq!(traced(one, "10.1.1.1").await, (5, 1), "not what is tried during a lock");
    app.prepare_factor(&lead, FactorKind::Card, PASSWORD).await.unwrap();
    for _ in 0..2 {
        app.confirm_factor(&lead, "", "0").await.unwrap_err();
        app.check_password(&lead, "falsch-2026").await.unwrap_err();
    }
    assert_eq!(traced(one, "").await, (2, 0), "signing");
    app.login_vouched("nobody", "https://sso.example", &from("10.1.1.2"))
        .await
        .unwrap_err();
    assert_eq!(traced(None, "10.1.1.2").await, (1, 0), "a name of the provider");
    let own = kinds(&site, &StreamName::Person(lead.person)).await;
    assert_eq!(own.iter().filter(|kind| *kind == "login-locked/1").count(), 1);
}

/// A lock of a known browser, of the second factor and of signing are lifted with it.
#[tokio::test]
async fn every_lock_of_a_person_is_lifted() {
    let site = with_accounts(&[("收件岗", "clerk")]).await;
    let (app, administrator, clerk) = (&site.app, site.viewer("管理员").await, site.viewer("收件岗").await);
    let (known, lines) = card(&site, "收件岗", "clerk").await;
    let wrong = async |what: &str| match what {
        "browser" => tries(&site, "clerk", "falsch-2026", &known).await == "wrong",
        "factor" => {
            let half = app.login("clerk", PASSWORD, &known).await.unwrap();
            app.second(&half.token, "000000", &known).await.is_err()
        }
        _ => app.check_password(&clerk, "falsch-2026").await.is_err(),
    };
    for what in ["browser", "factor", "signing"] {
        assert_eq!(app.locked_until(clerk.person).await.unwrap(), None, "{what}");
        for n in 0..5 {
            assert!(wrong(what).await, "{what} {n}");
        }
        assert!(app.locked_until(clerk.person).await.unwrap().is_some(), "{what}");
        app.unlock(&administrator, site.act(), clerk.person).await.unwrap();
    }
    let half = app.login("clerk", PASSWORD, &known).await.unwrap();
    app.second(&half.token, &lines[1], &known).await.unwrap();
    app.check_password(&clerk, PASSWORD).await.unwrap();
}
