//! Logging in: how many wrong tries, from where; how long a session and a password last; what stays on record.

use crate::path::concluded;
use crate::site::{PASSWORD, Site};
use app::login::{Login, Origin, PasswordDue, is_signed};
use app::{Failure, LoginPolicy, Signature};
use base::law::OutcomeCode;
use base::{Digest, PersonId};
use casefile::act::ActName;
use casefile::acts::{
    Conclude, Confirm, ConfirmSecrecy, DecideReview, Defer, Determine, Issue, Opine, OrderSecrecy, Redetermine,
    RuleRecusal, SignConclusion,
};
use casefile::case::Anew;
use casefile::{Act, Role};
use std::collections::BTreeSet;
use store::{SealedPart, StreamName};

pub async fn with_accounts(accounts: &[(&str, &str)]) -> Site {
    let site = Site::new().await;
    for (who, login) in accounts {
        site.app
            .open_account(site.person(who), login, PASSWORD, false)
            .await
            .unwrap();
    }
    site
}

pub fn from(address: &str) -> Origin {
    Origin {
        address: address.into(),
        browser: "电脑上的微软浏览器".into(),
        device: None,
    }
}

/// `in`, `wrong` or `locked`.
fn told(answer: &Result<Login, Failure>) -> &'static str {
    match answer {
        Ok(_) => "in",
        Err(Failure::Refused(refusal)) if refusal.code == "login" => "wrong",
        Err(Failure::Refused(refusal)) if refusal.code == "login-locked" => "locked",
        Err(other) => panic!("{other:?}"),
    }
}

pub async fn tries(site: &Site, name: &str, password: &str, from: &Origin) -> &'static str {
    told(&site.app.login(name, password, from).await)
}

#[tokio::test]
async fn a_name_locks_alike_whether_it_is_known_or_not() {
    let site = with_accounts(&[("收件岗", "clerk")]).await;
    for name in ["clerk", "收件岗", "nobody"] {
        let here = from(name);
        for _ in 0..5 {
            assert_eq!(tries(&site, name, "falsch-2026", &here).await, "wrong", "{name}");
        }
        let locked = site.app.login(name, PASSWORD, &here).await.unwrap_err();
        let Failure::Refused(locked) = locked else {
            panic!("{locked:?}")
        };
        assert!(locked.sentence.contains("09:10 以后"), "{name}: {}", locked.sentence);
    }
    site.clock.advance(9);
    assert_eq!(tries(&site, "clerk", PASSWORD, &from("a")).await, "locked");
    site.clock.advance(1);
    assert_eq!(
        tries(&site, "clerk", PASSWORD, &from("a")).await,
        "in",
        "waiting ends it"
    );
    assert_eq!(tries(&site, "nobody", PASSWORD, &from("a")).await, "wrong");
    // A success forgets what was wrong before it.
    for _ in 0..4 {
        assert_eq!(tries(&site, "clerk", "falsch-2026", &from("a")).await, "wrong");
    }
    assert_eq!(tries(&site, "clerk", PASSWORD, &from("a")).await, "in");
    assert_eq!(tries(&site, "clerk", "falsch-2026", &from("a")).await, "wrong");
    assert_eq!(tries(&site, "clerk", PASSWORD, &from("a")).await, "in");
}

#[tokio::test]
async fn nobody_outside_locks_a_known_browser_out() {
    let site = with_accounts(&[("收件岗", "clerk"), ("局长", "lead")]).await;
    let first = site.app.login("clerk", PASSWORD, &from("office")).await.unwrap();
    let known = Origin {
        device: Some(first.device),
        ..from("office")
    };
    // From the very same address, until both the name and the address are held.
    for n in 0..30 {
        tries(&site, "clerk", "falsch-2026", &from("office")).await;
        tries(&site, &format!("guess{n}"), "falsch-2026", &from("office")).await;
    }
    assert_eq!(tries(&site, "clerk", PASSWORD, &from("office")).await, "locked");
    assert_eq!(
        tries(&site, "lead", PASSWORD, &from("office")).await,
        "locked",
        "the address waits"
    );
    assert_eq!(tries(&site, "clerk", PASSWORD, &known).await, "in");
    assert_eq!(
        tries(&site, "lead", PASSWORD, &known).await,
        "locked",
        "it is the clerk's browser"
    );
    assert_eq!(tries(&site, "lead", PASSWORD, &from("home")).await, "in");
    // The browser has a lock of its own.
    for _ in 0..5 {
        assert_eq!(tries(&site, "clerk", "falsch-2026", &known).await, "wrong");
    }
    assert_eq!(tries(&site, "clerk", PASSWORD, &known).await, "locked");
    site.clock.advance(10);
    assert_eq!(tries(&site, "clerk", PASSWORD, &known).await, "in");
}

#[tokio::test]
async fn a_hundred_tries_at_once_are_five() {
    let site = with_accounts(&[("收件岗", "clerk")]).await;
    let many = (0..40).map(|n| {
        let app = site.app.clone();
        tokio::spawn(async move { told(&app.login("clerk", &format!("falsch-{n}"), &from("a")).await) })
    });
    let mut looked_at = 0;
    for one in many.collect::<Vec<_>>() {
        looked_at += usize::from(one.await.unwrap() == "wrong");
    }
    assert_eq!(looked_at, 5);
    // Those who know their password come in at once, from one address, as many as there are.
    site.clock.advance(10);
    let right = (0..12).map(|_| {
        let app = site.app.clone();
        tokio::spawn(async move { app.login("clerk", PASSWORD, &from("b")).await })
    });
    let (mut tokens, mut locked) = (Vec::new(), 0);
    for one in right.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(login) => tokens.push(login.token),
            Err(_) => locked += 1,
        }
    }
    assert_eq!((tokens.len(), locked), (12, 0));
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 12, "each has a token of its own");
}

#[tokio::test]
async fn a_lock_is_lifted_by_the_administrator_on_record() {
    let site = with_accounts(&[("收件岗", "clerk")]).await;
    let (administrator, clerk) = (site.viewer("管理员").await, site.person("收件岗"));
    assert_eq!(site.app.locked_until(clerk).await.unwrap(), None);
    for name in ["clerk", "收件岗"] {
        for _ in 0..5 {
            tries(&site, name, "falsch-2026", &from(name)).await;
        }
    }
    assert!(site.app.locked_until(clerk).await.unwrap().is_some());
    let lead = site.viewer("局长").await;
    assert!(site.app.unlock(&lead, site.act(), clerk).await.is_err());
    assert_eq!(tries(&site, "clerk", PASSWORD, &from("a")).await, "locked");
    site.app.unlock(&administrator, site.act(), clerk).await.unwrap();
    assert_eq!(tries(&site, "clerk", PASSWORD, &from("a")).await, "in");
    assert_eq!(tries(&site, "收件岗", PASSWORD, &from("a")).await, "in");
    let unlocked = kinds(&site, &StreamName::Site(site.app.store().site())).await;
    assert_eq!(unlocked.iter().filter(|kind| *kind == "login-unlocked/1").count(), 1);
}

pub async fn kinds(site: &Site, stream: &StreamName) -> Vec<String> {
    let events = site.app.store().read(stream).await.unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn a_password_expires_for_the_office_and_not_for_the_village() {
    let site = with_accounts(&[("局长", "lead"), ("申请人", "worker"), ("签收人", "recipient")]).await;
    let table = [
        ("局长", 0, PasswordDue::No),
        ("局长", 90, PasswordDue::No),
        ("局长", 91, PasswordDue::Expired),
        ("申请人", 91, PasswordDue::No),
        ("申请人", 4000, PasswordDue::No),
        ("签收人", 4000, PasswordDue::No),
        ("管理员", 4000, PasswordDue::No),
    ];
    let begun = site.app.now();
    for (who, days, expected) in table {
        site.clock.set(begun);
        site.clock.advance(days * 24 * 60);
        let viewer = site.viewer(who).await;
        assert_eq!(
            site.app.password_due(&viewer).await.unwrap(),
            expected,
            "{who} after {days} days"
        );
    }
    site.clock.set(begun);
    site.clock.advance(100 * 24 * 60);
    let lead = site.viewer("局长").await;
    let login = site.app.login("lead", PASSWORD, &from("a")).await.unwrap();
    assert!(login.must_change);
    for (new, refused) in [
        (PASSWORD, true),
        ("kurz-26", true),
        ("geheim2026", true),
        ("lead-2027", true),
        ("neu-2027", false),
    ] {
        let answer = site.app.change_password(&lead, &login.token, PASSWORD, new).await;
        assert_eq!(answer.is_err(), refused, "{new}");
    }
    assert_eq!(site.app.password_due(&lead).await.unwrap(), PasswordDue::No);
}

#[tokio::test]
async fn a_session_ends_by_idling_by_age_and_by_its_owner() {
    let site = with_accounts(&[("局长", "lead"), ("申请人", "worker"), ("收件岗", "clerk")]).await;
    let login = async |name: &str| site.app.login(name, PASSWORD, &from("10.1.2.3")).await.unwrap().token;
    let lives = async |token: &str| site.app.viewer(token).await.unwrap().is_some();
    // Idle: half an hour at the office, half a day on the phone.
    let (lead, worker) = (login("lead").await, login("worker").await);
    site.clock.advance(30);
    assert!(lives(&lead).await && lives(&worker).await);
    site.clock.advance(31);
    assert!(!lives(&lead).await && lives(&worker).await);
    // However busy: twelve hours.
    let lead = login("lead").await;
    for _ in 0..24 {
        site.clock.advance(30);
        assert!(lives(&lead).await);
    }
    site.clock.advance(1);
    assert!(!lives(&lead).await && !lives(&worker).await);
    // Seen and ended by their owner, by nobody else.
    let (here, there, elsewhere) = (login("lead").await, login("lead").await, login("lead").await);
    let (viewer, clerk) = (site.viewer("局长").await, site.viewer("收件岗").await);
    let seen = site.app.sessions(&viewer, &here).await.unwrap();
    assert_eq!(seen.len(), 3, "those that ended are not shown");
    assert_eq!(seen.iter().filter(|session| session.this).count(), 1);
    assert!(
        seen.iter()
            .all(|s| s.address == "10.1.2.3" && s.browser == "电脑上的微软浏览器")
    );
    let id = Digest::of(&there);
    assert!(site.app.end_session(&clerk, id).await.is_err() && lives(&there).await);
    site.app.end_session(&viewer, id).await.unwrap();
    site.app.end_session(&viewer, id).await.unwrap();
    assert!(!lives(&there).await && lives(&elsewhere).await);
    site.app.end_other_sessions(&viewer, &here).await.unwrap();
    assert!(!lives(&elsewhere).await && lives(&here).await);
    // A new password ends the others.
    let other = login("lead").await;
    site.app
        .change_password(&viewer, &here, PASSWORD, "neu-2026-neu")
        .await
        .unwrap();
    assert!(!lives(&other).await && lives(&here).await);
}

#[tokio::test]
async fn the_policy_is_a_setting_on_record() {
    let site = with_accounts(&[("收件岗", "clerk")]).await;
    let administrator = site.viewer("管理员").await;
    let mut policy = LoginPolicy::clone(&site.app.login_policy());
    assert_eq!(policy, LoginPolicy::default());
    policy.tries = 3;
    let rule = policy.roles.iter_mut().find(|rule| rule.role == Role::Intake).unwrap();
    rule.idle_minutes = 15;
    let clerk = site.viewer("收件岗").await;
    assert!(
        site.app
            .set_login_policy(&clerk, site.act(), policy.clone())
            .await
            .is_err()
    );
    let lax = LoginPolicy {
        shortest: 4,
        ..policy.clone()
    };
    assert!(
        site.app
            .set_login_policy(&administrator, site.act(), lax)
            .await
            .is_err()
    );
    assert_eq!(*site.app.login_policy(), LoginPolicy::default());
    site.app
        .set_login_policy(&administrator, site.act(), policy.clone())
        .await
        .unwrap();
    for expected in ["wrong", "wrong", "wrong", "locked"] {
        assert_eq!(tries(&site, "clerk", "falsch-2026", &from("a")).await, expected);
    }
    // Opened again, and rebuilt from the record, it is the same.
    site.app.rebuild().await.unwrap();
    let again = crate::site::open(site.folder.path(), site.clock.clone()).await;
    assert_eq!(*again.login_policy(), policy);
}

#[tokio::test]
async fn logins_are_on_record_and_failures_do_not_flood_it() {
    let site = with_accounts(&[("收件岗", "clerk")]).await;
    let clerk = StreamName::Person(site.person("收件岗"));
    tries(&site, "clerk", PASSWORD, &from("10.1.2.3")).await;
    for n in 0..60 {
        tries(&site, "clerk", "MARKER-falsch", &from(&format!("10.9.9.{}", n % 3))).await;
        tries(&site, "MARKER-name", "MARKER-falsch", &from("10.9.9.9")).await;
        site.clock.advance(4);
    }
    let events = site.app.store().read(&clerk).await.unwrap();
    let of = |kind: &str| events.iter().filter(|event| event.kind == kind).collect::<Vec<_>>();
    assert_eq!(
        (of("logged-in/1").len(), of("login-locked/1").len()),
        (1, 1),
        "a lock is told once a day"
    );
    let login = of("logged-in/1")[0];
    assert_eq!(login.open, b"{}");
    let SealedPart::Plain(plain) = &login.sealed else {
        panic!("sealed")
    };
    assert!(String::from_utf8_lossy(plain).contains("10.1.2.3"));
    // The day is over: one event names all its lines.
    site.at(9, 17, 8);
    site.app.tick().await.unwrap();
    site.app.tick().await.unwrap();
    let stream = StreamName::Site(site.app.store().site());
    let days = kinds(&site, &stream)
        .await
        .iter()
        .filter(|kind| *kind == "login-failures/1")
        .count();
    assert_eq!(days, 1);
    let auditor = site.viewer("审计员").await;
    let trace = site.app.login_trace(&auditor).await.unwrap();
    assert_eq!(trace.altered, []);
    let whose: Vec<_> = trace
        .lines
        .iter()
        .map(|line| (line.name.as_deref(), line.address.as_str()))
        .collect();
    assert_eq!(whose.len(), 4);
    assert!(whose.contains(&(None, "10.9.9.9")) && whose.contains(&(Some("收件岗"), "10.9.9.1")));
    assert!(trace.lines.iter().map(|line| line.locked).sum::<u64>() > 2);
    assert!(site.app.login_trace(&site.viewer("管理员").await).await.is_err());
    // Who alters a line afterwards is found out.
    let at = base::Timestamp::on(base::Date::constant(2026, 9, 16), 12, 0).unwrap();
    site.app
        .store()
        .trace_failure(None, "10.9.9.9", false, at)
        .await
        .unwrap();
    let trace = site.app.login_trace(&auditor).await.unwrap();
    assert_eq!(trace.altered, [base::Date::constant(2026, 9, 16)]);
    // Neither a password nor what was typed as a name lies anywhere.
    for entry in std::fs::read_dir(site.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        for marker in ["MARKER-falsch", "MARKER-name", PASSWORD] {
            let found = bytes.windows(marker.len()).any(|window| window == marker.as_bytes());
            assert!(!found, "{marker} in {}", path.display());
        }
    }
    assert_eq!(site.app.store().verify().await.unwrap().findings, []);
}

#[tokio::test]
async fn what_is_signed_is_not_done_without_the_own_password() {
    let site = Site::new().await;
    let number = concluded(&site, "经过").await;
    let signers = [
        (
            "局长",
            "opine determine defer redetermine issue confirm review rule-recusal confirm-secrecy",
        ),
        ("组长", "opine confirm review rule-recusal order-secrecy"),
        ("收件岗", "issue"),
        ("调查乙", "conclude sign-conclusion"),
    ];
    let mut asked = BTreeSet::new();
    for (who, codes) in signers {
        site.can_sign(who).await;
        let viewer = site.viewer(who).await;
        for code in codes.split(' ') {
            let act = sample(code);
            asked.insert(act.name());
            for password in ["", "falsch-2026"] {
                let given = Signature::of(password);
                let done = site
                    .app
                    .perform(&viewer, &number, site.act(), None, act.clone(), given)
                    .await;
                let Err(Failure::Refused(refusal)) = done else {
                    panic!("{who} {code}")
                };
                assert_eq!(refusal.field_names(), ["password"], "{who} {code}");
                let account = site.app.check_password(&viewer, PASSWORD).await;
                account.expect("wrong ones are forgotten after a right one");
            }
        }
    }
    let signed: BTreeSet<ActName> = ActName::ALL.iter().copied().filter(|act| is_signed(*act)).collect();
    assert_eq!(asked, signed, "every signed act is tried");
}

/// An act of that code; what it says does not matter, since it does not come so far.
fn sample(code: &str) -> Act {
    let (outcome, reason) = (OutcomeCode::from("免责"), String::new());
    match code {
        "opine" => Opine { outcome, reason }.into(),
        "determine" => Determine { outcome, reason }.into(),
        "defer" => Defer {
            awaited: String::new(),
            reason,
        }
        .into(),
        "confirm" => Confirm { outcome, reason }.into(),
        "redetermine" => Redetermine {
            ground: Anew::Review,
            reason,
        }
        .into(),
        "issue" => Issue { recipients: Vec::new() }.into(),
        "review" => DecideReview { upheld: true, reason }.into(),
        "rule-recusal" => RuleRecusal {
            person: PersonId::default(),
            recused: true,
            reason,
            other_leads: Vec::new(),
        }
        .into(),
        "conclude" => Conclude { text: String::new() }.into(),
        "sign-conclusion" => SignConclusion {}.into(),
        "order-secrecy" => OrderSecrecy {
            until: base::Date::constant(2026, 12, 1),
            reason,
        }
        .into(),
        "confirm-secrecy" => ConfirmSecrecy {}.into(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn wrong_passwords_of_signatures_lock_signing_and_not_logging_in() {
    let site = with_accounts(&[("局长", "lead")]).await;
    let lead = site.viewer("局长").await;
    for n in 0..7 {
        let Err(Failure::Refused(refusal)) = site.app.check_password(&lead, "falsch").await else {
            panic!("let in")
        };
        assert_eq!(refusal.field_names(), ["password"]);
        assert_eq!(refusal.fields[0].sentence.contains("09:10"), n >= 5, "{n}");
    }
    assert!(site.app.check_password(&lead, PASSWORD).await.is_err());
    assert_eq!(tries(&site, "lead", PASSWORD, &from("a")).await, "in");
    site.clock.advance(10);
    site.app.check_password(&lead, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_rebuild_takes_the_last_registration_of_a_person() {
    let site = with_accounts(&[("收件岗", "clerk")]).await;
    tries(&site, "clerk", PASSWORD, &from("a")).await;
    let before = site.app.people().await.unwrap();
    assert!(
        before
            .iter()
            .any(|person| person.id != PersonId::default() && person.name == "收件岗")
    );
    site.app.rebuild().await.unwrap();
    assert_eq!(site.app.people().await.unwrap(), before);
}
