//! 离岗: the account is closed for good, what was in hand is handed over, and a person can come back.

use crate::login::from;
use crate::path::assignee;
use crate::site::{PASSWORD, Site};
use app::login::Origin;
use app::login::factor::FactorKind;
use app::people::Person;
use app::{Failure, Viewer};
use base::{Digest, PersonId};
use casefile::acts::{Accept, Assign, Assignee, ReplaceInvestigator, Withdraw};
use casefile::refusal::Kind;
use casefile::{Refusal, Role};
use store::{Factor, StreamName};

fn refused<T>(done: Result<T, Failure>) -> Refusal {
    match done.err() {
        Some(Failure::Refused(refusal)) => *refusal,
        other => panic!("{other:?}"),
    }
}

/// Registers somebody under `n`.
async fn register(site: &Site, n: u8, name: &str, role: Role, at: &str) -> PersonId {
    let administrator = site.viewer("管理员").await;
    let person = Person {
        id: PersonId([n; 16]),
        name: name.into(),
        unit: Some(site.institution(at)),
        post: "科员".into(),
        capacities: vec![(role, site.institution(at))],
    };
    let done = site.app.register_person(&administrator, site.act(), person).await;
    done.expect("registered");
    PersonId([n; 16])
}

async fn leave(site: &Site, who: &str) -> Result<(), Failure> {
    let administrator = site.viewer("管理员").await;
    site.app.leave(&administrator, site.act(), site.person(who)).await
}

/// Whose leaving the viewer is told of, with the numbers of the cases.
async fn told(site: &Site, viewer: &Viewer) -> Vec<(String, String)> {
    let cases = site.app.left_cases(viewer).await.expect("the store");
    cases.into_iter().map(|case| (case.name, case.number)).collect()
}

#[tokio::test]
async fn the_leads_are_told_until_another_investigates() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    site.does("收件岗", &number, Accept {}).await;
    for (lead, who, at) in [("局长", "调查甲", "县局"), ("组长", "调查乙", "县组")] {
        let people = vec![assignee(&site, who, at)];
        site.does(lead, &number, Assign { people }).await;
    }
    let administrator = site.viewer("管理员").await;
    let hand = site.app.in_hand(&administrator, site.person("调查甲")).await.unwrap();
    assert_eq!(hand.cases, [("濮阳县民政局".to_owned(), 1)]);
    assert!(hand.alone.is_empty());
    for lead in ["局长", "组长"] {
        assert!(told(&site, &site.viewer(lead).await).await.is_empty());
    }
    leave(&site, "调查甲").await.unwrap();
    for (who, sees) in [
        ("局长", true),
        ("组长", true),
        ("收件岗", false),
        ("市协调人", false),
        ("审计员", false),
        ("申请人", false),
    ] {
        let seen = told(&site, &site.viewer(who).await).await;
        let expected = sees.then(|| ("调查甲".to_owned(), number.clone()));
        assert_eq!(seen, Vec::from_iter(expected), "{who}");
    }
    site.app.index_pending().await.unwrap();
    let before = site.app.store().dump_views().await.unwrap();
    site.app.rebuild().await.unwrap();
    assert_eq!(
        site.app.store().dump_views().await.unwrap(),
        before,
        "a rebuild makes the same rows"
    );
    let new = register(&site, 81, "调查丙", Role::Investigator, "县局").await;
    let replace = ReplaceInvestigator {
        out: site.person("调查甲"),
        new: Some(Assignee {
            person: new,
            name: "调查丙".into(),
            ..assignee(&site, "调查甲", "县局")
        }),
        reason: "调离岗位。".into(),
    };
    site.does("局长", &number, replace).await;
    for lead in ["局长", "组长"] {
        assert!(told(&site, &site.viewer(lead).await).await.is_empty());
    }
    // What they did stays under their name.
    let case = site.app.case(&number).await.unwrap().case;
    assert!(case.ever_investigated(site.person("调查甲")) && case.is_investigating(new));
}

#[tokio::test]
async fn the_only_one_of_a_needed_seat_stays_until_another_is_there() {
    let site = Site::new().await;
    let administrator = site.viewer("管理员").await;
    for (n, (who, role, at)) in [
        ("局长", Role::Lead, "县局"),
        ("组长", Role::Lead, "县组"),
        ("收件岗", Role::Intake, "县局"),
        ("市协调人", Role::Coordinator, "市局"),
        ("审计员", Role::Auditor, "市局"),
    ]
    .into_iter()
    .enumerate()
    {
        let hand = site.app.in_hand(&administrator, site.person(who)).await.unwrap();
        assert_eq!(hand.alone.len(), 1, "{who}");
        let refusal = refused(leave(&site, who).await);
        assert_eq!((refusal.kind, refusal.code), (Kind::NotYet, "only-one"), "{who}");
        assert!(site.app.seated(site.person(who)).await.unwrap().is_some());
        register(&site, 81 + n as u8, "接手的人", role, at).await;
        leave(&site, who).await.unwrap();
        assert!(site.app.seated(site.person(who)).await.unwrap().is_none());
    }
    // Nobody closes their own account, whoever else there is.
    assert_eq!(refused(leave(&site, "管理员").await).code, "own-leaving");
    assert_eq!(refused(leave(&site, "局长").await).kind, Kind::Conflict, "left already");
    let unknown = site.app.leave(&administrator, site.act(), PersonId([200; 16])).await;
    assert_eq!(refused(unknown).kind, Kind::NotFound);
}

#[tokio::test]
async fn an_officer_leaves_their_office_first() {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    assert_eq!(refused(leave(&site, "安全管理员").await).code, "officer");
    // Whoever gives the roles closes no account.
    let security = site.viewer("安全管理员").await;
    let tried = site.app.leave(&security, site.act(), site.person("同事")).await;
    assert_eq!(refused(tried).kind, Kind::NotFound);
}

#[tokio::test]
async fn a_closed_account_lets_nobody_in_and_a_new_one_brings_nothing_back() {
    let site = Site::new().await;
    let (app, who) = (&site.app, site.person("调查甲"));
    let administrator = site.viewer("管理员").await;
    app.open_account(who, "chentao", PASSWORD, false).await.unwrap();
    let here = from("10.0.0.8");
    let first = app.login("chentao", PASSWORD, &here).await.unwrap();
    let known = Origin {
        device: Some(first.device.clone()),
        ..here.clone()
    };
    // A factor that is in force, and a session that waits for it.
    app.store()
        .prepare_factor(who, FactorKind::Card.code(), &[7; 20])
        .await
        .unwrap();
    assert!(app.store().confirm_factor(who, 1).await.unwrap());
    let half = app.login("chentao", PASSWORD, &known).await.unwrap();
    assert!(half.half && app.viewer(&first.token).await.unwrap().is_some());

    leave(&site, "调查甲").await.unwrap();
    assert!(app.viewer(&first.token).await.unwrap().is_none());
    assert!(app.awaited(&half.token).await.unwrap().is_none());
    let wrong = |done: Result<app::login::Login, Failure>| refused(done).code;
    for name in ["chentao", "调查甲"] {
        let closed = wrong(app.login(name, PASSWORD, &from("10.0.0.9")).await);
        let mistyped = wrong(app.login("nobody", PASSWORD, &from("10.0.0.9")).await);
        assert_eq!((closed, mistyped), ("login", "login"));
    }
    let vouched = app
        .login_vouched("chentao", "https://sso.example", &from("10.0.0.9"))
        .await;
    assert_eq!(wrong(vouched), "vouched-unknown");
    let reset = refused(app.reset_password(&administrator, site.act(), who).await);
    assert!(reset.fields[0].sentence.contains("已经离岗"));

    // They come back: the same person, seats as given now, and nothing of before.
    register(&site, who.0[0], "调查甲", Role::Investigator, "县局").await;
    assert!(app.leavers().await.unwrap().is_empty());
    assert!(app.viewer(&first.token).await.unwrap().is_none());
    assert!(!app.store().knows_device(Digest::of(&first.device), who).await.unwrap());
    assert_eq!(app.store().factor(who).await.unwrap(), None::<Factor>);
    assert_eq!(
        wrong(app.login("chentao", PASSWORD, &known).await),
        "login",
        "the old password"
    );
    let given = app.reset_password(&administrator, site.act(), who).await.unwrap();
    assert_eq!(given.login, "chentao");
    let back = app.login("chentao", &given.password, &known).await.unwrap();
    assert!(back.must_change && !back.half);
    let viewer = app.viewer(&back.token).await.unwrap().unwrap();
    assert!(viewer.has(Role::Investigator));
    // On their record in this order, and the rows follow from it.
    let events = app.store().read(&StreamName::Person(who)).await.unwrap();
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
    let expected = [
        "person-registered/1",
        "logged-in/1",
        "person-left/1",
        "person-registered/1",
        "logged-in/1",
    ];
    assert_eq!(kinds, expected);
    let before = app.store().dump_views().await.unwrap();
    app.rebuild().await.unwrap();
    assert_eq!(app.store().dump_views().await.unwrap(), before);
}

#[tokio::test]
async fn an_applicant_who_left_stays_the_applicant() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    leave(&site, "申请人").await.unwrap();
    let case = site.app.case(&number).await.unwrap().case;
    assert_eq!(case.applicant(), Some(site.person("申请人")));
    let clerk = site.viewer("收件岗").await;
    let paper = b"%PDF-1.7\n%%EOF\n".to_vec();
    let scan = site.app.put_file(&clerk, &number, "撤回.pdf", paper).await.unwrap();
    let withdraw = Withdraw {
        reason: "本人到窗口撤回".into(),
        signature: "申请人".into(),
        scan: Some(scan),
    };
    site.does("收件岗", &number, withdraw).await;
    assert!(site.app.case(&number).await.unwrap().case.ending.is_some());
}
