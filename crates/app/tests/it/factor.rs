//! The second factor: set up and confirmed, asked for after the password, each code once, forgotten when it is lost.

use crate::login::{from, kinds, with_accounts};
use crate::site::{PASSWORD, Site};
use app::Failure;
use app::login::factor::{Asked, FactorKind, LINES, ToConfirm};
use app::login::{Login, Origin};
use casefile::Role;
use store::StreamName;

fn number(text: &str) -> u32 {
    text.parse().unwrap()
}

/// A code of the app that waits, or is in force: made of what the page shows, as an authenticator makes it.
pub fn shown(secret: &str, now: base::Timestamp) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: String = secret
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| format!("{:05b}", letters.find(c).unwrap()))
        .collect();
    let bytes: Vec<u8> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|eight| u8::from_str_radix(str::from_utf8(eight).unwrap(), 2).unwrap())
        .collect();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&bytes).unwrap();
    mac.update(&((now.0 / 30_000_000) as u64).to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 15);
    let four = u32::from_be_bytes(digest[at..at + 4].try_into().unwrap()) & 0x7FFF_FFFF;
    format!("{:06}", four % 1_000_000)
}

/// Gives somebody a card, its first line used up: a browser they are known by, and the lines.
pub async fn card(site: &Site, who: &str, login: &str) -> (Origin, Vec<String>) {
    let (app, viewer) = (&site.app, site.viewer(who).await);
    let first = app.login(login, PASSWORD, &from("office")).await.unwrap();
    app.prepare_factor(&viewer, FactorKind::Card, PASSWORD).await.unwrap();
    let Some(ToConfirm::Card(lines)) = app.factor_to_confirm(&viewer).await.unwrap() else {
        panic!("nothing to confirm")
    };
    app.confirm_factor(&viewer, &first.token, &lines[0]).await.unwrap();
    let known = Origin {
        device: Some(first.device),
        ..from("office")
    };
    (known, lines)
}

#[tokio::test]
async fn a_second_factor_is_asked_after_the_password_and_each_code_once() {
    let site = with_accounts(&[("局长", "lead"), ("管理员", "admin")]).await;
    let app = &site.app;
    let (lead, here) = (site.viewer("局长").await, from("office"));
    let first = app.login("lead", PASSWORD, &here).await.unwrap();
    assert!(!first.half, "none is set up");
    assert!(app.prepare_factor(&lead, FactorKind::App, "falsch").await.is_err());
    app.prepare_factor(&lead, FactorKind::App, PASSWORD).await.unwrap();
    let Some(ToConfirm::App { secret, address }) = app.factor_to_confirm(&lead).await.unwrap() else {
        panic!("nothing to confirm")
    };
    assert!(address.starts_with("otpauth://totp/Jinzhi:lead?secret=") && address.contains(&secret.replace(' ', "")));
    let other = app.login("lead", PASSWORD, &here).await.unwrap();
    assert!(!other.half, "not in force before its first code");
    let wrong = (number(&shown(&secret, app.now())) + 1) % 1_000_000;
    assert!(
        app.confirm_factor(&lead, &first.token, &format!("{wrong:06}"))
            .await
            .is_err()
    );
    let code = shown(&secret, app.now());
    app.confirm_factor(&lead, &first.token, &code).await.unwrap();
    assert!(app.factor_to_confirm(&lead).await.unwrap().is_none(), "shown no more");
    assert!(app.viewer(&first.token).await.unwrap().is_some());
    assert!(app.viewer(&other.token).await.unwrap().is_none(), "other sessions end");

    let half = app.login("lead", PASSWORD, &here).await.unwrap();
    assert!(
        half.half && app.viewer(&half.token).await.unwrap().is_none(),
        "it opens nothing"
    );
    assert_eq!(app.awaited(&half.token).await.unwrap(), Some(Asked::Shown));
    let refused = |answer: Result<Login, Failure>| match answer {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    let again = refused(app.second(&half.token, &code, &here).await);
    assert!(again.fields[0].sentence.contains("用过了"), "{again:?}");
    site.clock.advance(1);
    let code = shown(&secret, app.now());
    let whole = app.second(&half.token, &code, &here).await.unwrap();
    assert!(app.viewer(&whole.token).await.unwrap().is_some());
    assert!(
        app.awaited(&half.token).await.unwrap().is_none(),
        "the half one has ended"
    );
    assert_eq!(refused(app.second(&half.token, &code, &here).await).code, "login");
    assert_eq!(
        refused(app.second(&whole.token, &code, &here).await).code,
        "login",
        "it is no half one"
    );

    // Guessing is slow; waiting too long begins again.
    let half = app.login("lead", PASSWORD, &here).await.unwrap();
    for _ in 0..4 {
        let sentence = &refused(app.second(&half.token, "000000", &here).await).fields[0].sentence;
        assert!(sentence.contains("码不对"), "{sentence}");
    }
    // A code that was seen and typed again is a wrong one too, and sets no count back.
    let replayed = refused(app.second(&half.token, &code, &here).await);
    assert!(replayed.fields[0].sentence.contains("用过了"), "{replayed:?}");
    site.clock.advance(1);
    let locked = refused(app.second(&half.token, &shown(&secret, app.now()), &here).await);
    assert!(locked.fields[0].sentence.contains("以后才能再试"), "{locked:?}");
    site.clock.advance(20);
    assert!(app.awaited(&half.token).await.unwrap().is_none());

    // Lost: the administrator forgets it, on record, and the password alone leads in again.
    let administrator = site.viewer("管理员").await;
    assert!(app.drop_factor(&lead, site.act(), lead.person).await.is_err());
    app.drop_factor(&administrator, site.act(), lead.person).await.unwrap();
    assert!(app.viewer(&whole.token).await.unwrap().is_none());
    assert!(!app.login("lead", PASSWORD, &here).await.unwrap().half);
    let on_site = kinds(&site, &StreamName::Site(app.store().site())).await;
    assert_eq!(on_site.iter().filter(|kind| *kind == "factor-dropped/1").count(), 1);
    let own = kinds(&site, &StreamName::Person(lead.person)).await;
    assert_eq!(own.iter().filter(|kind| *kind == "factor-set/1").count(), 1);
}

#[tokio::test]
async fn a_card_goes_line_by_line() {
    let site = with_accounts(&[("组长", "group")]).await;
    let (app, here) = (&site.app, from("office"));
    let group = site.viewer("组长").await;
    let first = app.login("group", PASSWORD, &here).await.unwrap();
    app.prepare_factor(&group, FactorKind::Card, PASSWORD).await.unwrap();
    let Some(ToConfirm::Card(lines)) = app.factor_to_confirm(&group).await.unwrap() else {
        panic!("nothing to confirm")
    };
    assert_eq!(lines.len() as u64, LINES);
    app.confirm_factor(&group, &first.token, &lines[0]).await.unwrap();
    for line in 2..=LINES {
        let half = app.login("group", PASSWORD, &here).await.unwrap();
        assert_eq!(app.awaited(&half.token).await.unwrap(), Some(Asked::Line(line)));
        let skipped = lines.get(line as usize).unwrap_or(&lines[0]);
        assert!(
            app.second(&half.token, skipped, &here).await.is_err(),
            "line {line} is next"
        );
        app.second(&half.token, &lines[line as usize - 1], &here).await.unwrap();
    }
    let half = app.login("group", PASSWORD, &here).await.unwrap();
    assert_eq!(app.awaited(&half.token).await.unwrap(), Some(Asked::UsedUp));
    assert!(app.second(&half.token, &lines[0], &here).await.is_err());
}

#[tokio::test]
async fn a_role_that_must_have_a_second_factor_sets_it_up_first() {
    let site = with_accounts(&[("局长", "lead")]).await;
    let (app, administrator) = (&site.app, site.viewer("管理员").await);
    let lead = site.viewer("局长").await;
    assert!(!app.factor_due(&lead).await.unwrap());
    let mut policy = app.login_policy().as_ref().clone();
    let rule = |role| policy.roles.iter().position(|rule| rule.role == role).unwrap();
    let (leads, workers) = (rule(Role::Lead), rule(Role::Worker));
    policy.roles[leads].second_factor = true;
    app.set_login_policy(&administrator, site.act(), policy.clone())
        .await
        .unwrap();
    assert!(app.factor_due(&lead).await.unwrap());
    assert!(!app.factor_due(&site.viewer("申请人").await).await.unwrap());
    policy.roles[workers].second_factor = true;
    assert!(
        app.set_login_policy(&administrator, site.act(), policy).await.is_err(),
        "never of workers"
    );
}
