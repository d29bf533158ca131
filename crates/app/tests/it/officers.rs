//! The three officers: how one comes into office, what nobody can be at once, and what happens with fewer than three.

use crate::site::{PASSWORD, Site};
use app::authority::{Matter, seat_in};
use app::login::Origin;
use app::officers::{Change, OFFICES, Officers};
use app::people::Person;
use app::{Failure, Viewer};
use base::{ActId, Date, PersonId};
use casefile::Role;

/// The code of a refusal.
fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Err(Failure::Refused(refusal)) => refusal.code,
        Err(other) => panic!("{other}"),
        Ok(_) => "done",
    }
}

/// A person of the city bureau with `capacities`.
async fn register(site: &Site, by: &str, n: u8, roles: &[(Role, &str)]) -> Result<PersonId, Failure> {
    let id = PersonId([n; 16]);
    let person = Person {
        id,
        name: format!("新人{n}"),
        unit: Some(site.institution("市局")),
        post: "科员".into(),
        capacities: roles.iter().map(|(role, at)| (*role, site.institution(at))).collect(),
    };
    let viewer = site.viewer(by).await;
    let done = site.app.register_person(&viewer, site.app.fresh_act(), person);
    done.await.map(|()| id)
}

/// The same, with an account and a password of their own.
async fn newcomer(site: &Site, n: u8) -> PersonId {
    let person = register(site, "管理员", n, &[]).await.expect("registered");
    let opened = site.app.open_account(person, &format!("xin{n}"), PASSWORD, false).await;
    opened.expect("an account");
    person
}

async fn propose(site: &Site, by: &str, person: PersonId, role: Role, appoint: bool) -> Result<ActId, Failure> {
    let (act, change) = (site.app.fresh_act(), Change { person, role, appoint });
    let done = site.app.propose_officer(&site.viewer(by).await, act, change).await;
    done.map(|()| act)
}

async fn settle(site: &Site, by: &str, proposal: ActId, confirm: bool) -> Result<(), Failure> {
    let viewer = site.viewer(by).await;
    site.app
        .settle_officer(&viewer, site.app.fresh_act(), proposal, confirm)
        .await
}

async fn watch(site: &Site, who: &Viewer, month: Date, found: &str) -> Result<(), Failure> {
    site.app.watch_officers(who, site.app.fresh_act(), month, found).await
}

async fn officers(site: &Site) -> Officers {
    site.app.officers(&site.viewer("管理员").await).await.expect("seen")
}

#[tokio::test]
async fn nobody_comes_into_office_on_one_word() {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    let person = newcomer(&site, 90).await;
    let proposal = propose(&site, "管理员", person, Role::Security, true)
        .await
        .expect("proposed");
    for nobody in ["局长", "收件岗", "审计员", "申请人"] {
        assert_eq!(
            code(settle(&site, nobody, proposal, true).await),
            "not-found",
            "{nobody}"
        );
        assert_eq!(
            code(propose(&site, nobody, person, Role::Security, true).await),
            "not-found",
            "{nobody}"
        );
    }
    // Not who proposed it; not the city while there is a third officer.
    for other in ["管理员", "市协调人"] {
        assert_eq!(
            code(settle(&site, other, proposal, true).await),
            "second-officer",
            "{other}"
        );
    }
    assert!(officers(&site).await.held[1].1.iter().all(|held| held.id != person));
    settle(&site, "安全审计员", proposal, true).await.expect("confirmed");
    assert!(officers(&site).await.held[1].1.iter().any(|held| held.id == person));
    assert_eq!(code(settle(&site, "安全审计员", proposal, true).await), "already-done");

    // Out of office the same way; who is concerned does not confirm it.
    let proposal = propose(&site, "管理员", person, Role::Security, false)
        .await
        .expect("proposed");
    settle(&site, "安全管理员", proposal, true).await.expect("confirmed");
    assert!(officers(&site).await.held[1].1.iter().all(|held| held.id != person));
    // And what is taken down has no end but that.
    let proposal = propose(&site, "管理员", person, Role::Security, true)
        .await
        .expect("proposed");
    settle(&site, "管理员", proposal, false).await.expect("taken down");
    assert!(officers(&site).await.pending.is_empty());
    assert_eq!(code(settle(&site, "安全审计员", proposal, true).await), "already-done");
    assert_eq!(site.app.rebuild().await.expect("rebuilt"), 0);
    assert_eq!(officers(&site).await.held[1].1.len(), 1);
}

#[tokio::test]
async fn nobody_holds_two_offices_or_reads_cases_as_one() {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    let security = site.person("安全管理员");
    for role in [Role::SecurityAuditor, Role::Administrator] {
        assert_eq!(code(propose(&site, "管理员", security, role, true).await), "fields");
    }
    // Who has a part in cases does not come into office, and who is in office gets none.
    let lead = site.person("局长");
    assert_eq!(
        code(propose(&site, "管理员", lead, Role::Security, true).await),
        "fields"
    );
    let mut officer = site.app.person(security).await.expect("known");
    let before = officer.clone();
    officer.capacities.push((Role::Lead, site.institution("县局")));
    let viewer = site.viewer("安全管理员").await;
    let granted = site.app.register_person(&viewer, site.app.fresh_act(), officer).await;
    assert_eq!(code(granted), "fields");
    // Nor does an office come or go with the roles.
    let mut without = before.clone();
    without.capacities.clear();
    let taken = site.app.register_person(&viewer, site.app.fresh_act(), without).await;
    assert_eq!(code(taken), "fields");
    assert_eq!(
        code(register(&site, "管理员", 91, &[(Role::Administrator, "市局")]).await),
        "fields"
    );
    assert_eq!(site.app.person(security).await.expect("known"), before);
    // The last who runs the site stays.
    let administrator = site.person("管理员");
    assert_eq!(
        code(propose(&site, "安全管理员", administrator, Role::Administrator, false).await),
        "fields"
    );
    // Somebody who becomes a lead while the proposal waits is not confirmed.
    let person = newcomer(&site, 92).await;
    let proposal = propose(&site, "管理员", person, Role::Security, true)
        .await
        .expect("proposed");
    let mut lead = site.app.person(person).await.expect("known");
    lead.capacities.push((Role::Lead, site.institution("县局")));
    site.app
        .register_person(&viewer, site.app.fresh_act(), lead)
        .await
        .expect("granted");
    assert_eq!(code(settle(&site, "安全审计员", proposal, true).await), "fields");
}

#[tokio::test]
async fn whoever_runs_the_site_gives_no_roles_and_the_other_way_round() {
    let mut site = Site::new().await;
    // With fewer than three whoever runs the site gives the roles too.
    register(&site, "管理员", 90, &[(Role::Lead, "县局")])
        .await
        .expect("stands in");
    site.appoint_officers().await;
    assert_eq!(
        code(register(&site, "管理员", 91, &[(Role::Lead, "县局")]).await),
        "fields"
    );
    let worker = register(&site, "管理员", 92, &[(Role::Worker, "镇政府")]).await;
    let worker = worker.expect("workers see their own things alone");
    assert_eq!(code(register(&site, "安全管理员", 93, &[]).await), "fields");
    assert_eq!(code(register(&site, "安全审计员", 93, &[]).await), "not-found");
    let viewer = site.viewer("安全管理员").await;
    let mut person = site.app.person(worker).await.expect("known");
    person.capacities.push((Role::Intake, site.institution("县局")));
    let granted = site
        .app
        .register_person(&viewer, site.app.fresh_act(), person.clone())
        .await;
    granted.expect("granted");
    person.name = "别名".into();
    let renamed = site.app.register_person(&viewer, site.app.fresh_act(), person).await;
    assert_eq!(code(renamed), "fields");
    for (who, matter, held) in [
        ("管理员", Matter::RunSite, true),
        ("管理员", Matter::GrantRoles, false),
        ("管理员", Matter::SetLoginRules, false),
        ("安全管理员", Matter::RunSite, false),
        ("安全管理员", Matter::SetLoginRules, true),
        ("安全审计员", Matter::Audit, true),
        ("安全审计员", Matter::GrantRoles, false),
        ("审计员", Matter::SeeOfficers, false),
    ] {
        assert_eq!(
            seat_in(&site.viewer(who).await, matter).is_some(),
            held,
            "{who} {matter:?}"
        );
    }
}

#[tokio::test]
async fn an_officers_account_is_no_other_officers_to_take_over() {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    let (app, administrator) = (&site.app, site.viewer("管理员").await);
    let security = site.person("安全管理员");
    let reset = app.reset_password(&administrator, app.fresh_act(), security).await;
    assert_eq!(code(reset), "officers-account");
    assert!(app.login("anquan", PASSWORD, &Origin::default()).await.is_ok());
    // At the server, as by themselves.
    let own = app.officer("anquan").await.expect("the store").expect("an officer");
    let given = app
        .reset_password(&own, app.fresh_act(), security)
        .await
        .expect("reset");
    assert!(
        app.login("anquan", &given.password, &Origin::default())
            .await
            .expect("in")
            .must_change
    );
}

#[tokio::test]
async fn fewer_than_three_are_told_of_recorded_and_looked_at_each_month() {
    let mut site = Site::new().await;
    let city = site.viewer("市协调人").await;
    let (administrator, lead) = (site.viewer("管理员").await, site.viewer("局长").await);
    let shortage = site
        .app
        .shortage(&administrator)
        .await
        .expect("the store")
        .expect("short");
    assert_eq!(shortage.missing, [Role::Security, Role::SecurityAuditor]);
    assert_eq!(shortage.unwatched, None, "the site is no month old");
    assert_eq!(site.app.shortage(&lead).await.expect("the store"), None);

    site.app.tick().await.expect("ticked");
    site.at(10, 8, 9);
    site.app.tick().await.expect("ticked");
    site.app.tick().await.expect("ticked");
    let september = Date::constant(2026, 9, 1);
    let shortage = site.app.shortage(&city).await.expect("the store").expect("short");
    assert_eq!(shortage.unwatched, Some(september));
    assert_eq!(
        code(watch(&site, &administrator, september, "都该办").await),
        "not-found"
    );
    assert_eq!(code(watch(&site, &city, september, " ").await), "fields");
    assert_eq!(
        code(watch(&site, &city, Date::constant(2026, 8, 1), "都该办").await),
        "fields"
    );
    watch(&site, &city, september, "都该办").await.expect("looked at");
    assert_eq!(code(watch(&site, &city, september, "都该办").await), "fields");
    let seen = site.app.officers(&city).await.expect("seen");
    assert_eq!(seen.watched[0].found, "都该办");
    assert!(seen.deeds.iter().any(|deed| deed.kind == "person-registered/1"));
    let site_stream = store::StreamName::Site(site.app.store().site());
    let events = site.app.store().read(&site_stream).await.expect("the store");
    assert_eq!(
        events.iter().filter(|event| event.kind == "officers-short/1").count(),
        2
    );

    // A month that nobody has looked at does not go away by itself, nor when all three are there.
    site.at(12, 1, 9);
    site.appoint_officers().await;
    let october = site
        .app
        .shortage(&city)
        .await
        .expect("the store")
        .expect("not looked at");
    assert_eq!(
        (october.missing.as_slice(), october.unwatched),
        (&[][..], Some(Date::constant(2026, 10, 1)))
    );
    watch(&site, &city, Date::constant(2026, 10, 1), "都该办")
        .await
        .expect("looked at");
    assert_eq!(site.app.shortage(&city).await.expect("the store"), None);
    site.app.tick().await.expect("ticked");
    let events = site.app.store().read(&site_stream).await.expect("the store");
    assert_eq!(
        events.iter().filter(|event| event.kind == "officers-short/1").count(),
        2
    );
    for role in OFFICES {
        assert!(
            site.app
                .store()
                .is_held(app::codec::role_code(role))
                .await
                .expect("the store")
        );
    }
}

#[tokio::test]
async fn nobody_comes_into_office_under_a_password_of_somebody_else() {
    let site = Site::new().await;
    let (app, administrator) = (&site.app, site.viewer("管理员").await);
    let person = register(&site, "管理员", 90, &[]).await.expect("registered");
    assert_eq!(
        code(propose(&site, "管理员", person, Role::Security, true).await),
        "fields",
        "no account"
    );
    let given = app
        .give_account(&administrator, app.fresh_act(), person, ("xin90", "shouci-2026"))
        .await;
    given.expect("given");
    assert_eq!(
        code(propose(&site, "管理员", person, Role::Security, true).await),
        "fields",
        "somebody else's password"
    );
    let login = app.login("xin90", "shouci-2026", &Origin::default()).await.expect("in");
    let own = app.seated(person).await.expect("the store").expect("known");
    app.change_password(&own, &login.token, "shouci-2026", PASSWORD)
        .await
        .expect("changed");
    let proposal = propose(&site, "管理员", person, Role::Security, true)
        .await
        .expect("proposed");
    // While it waits, as in office, nobody gives them another.
    assert_eq!(
        code(app.reset_password(&administrator, app.fresh_act(), person).await),
        "officers-account"
    );

    // The city does not confirm under a password that whoever proposed it gave.
    let city = site.person("市协调人");
    app.open_account(city, "shi", PASSWORD, false)
        .await
        .expect("an account");
    app.reset_password(&administrator, app.fresh_act(), city)
        .await
        .expect("reset");
    assert_eq!(code(settle(&site, "市协调人", proposal, true).await), "taken-over");
    // Who has left meanwhile does not come into office either.
    let leaver = newcomer(&site, 91).await;
    let of_leaver = propose(&site, "管理员", leaver, Role::SecurityAuditor, true).await;
    app.leave(&administrator, app.fresh_act(), leaver).await.expect("left");
    let settled = settle(&site, "市组", of_leaver.expect("proposed"), true).await;
    assert_eq!(code(settled), "fields");
    settle(&site, "市组", proposal, true).await.expect("confirmed");
}

#[tokio::test]
async fn an_act_id_used_before_does_nothing() {
    let site = Site::new().await;
    let (app, administrator) = (&site.app, site.viewer("管理员").await);
    let (worker, used) = (site.viewer("申请人").await, app.fresh_act());
    app.open_account(worker.person, "shenqingren", PASSWORD, false)
        .await
        .expect("an account");
    app.reset_password(&administrator, used, worker.person)
        .await
        .expect("reset");
    for _ in 0..5 {
        app.login("shenqingren", "wangle-2026", &Origin::default())
            .await
            .expect_err("wrong");
    }
    let (before, policy) = (app.store().dump_views().await.expect("the store"), app.login_policy());
    let mut loose = policy.as_ref().clone();
    loose.tries = 10;
    let pack = app.packs().current().id.clone();
    assert_eq!(
        code(app.reset_password(&administrator, used, worker.person).await),
        "already-done"
    );
    assert_eq!(
        code(app.unlock(&administrator, used, worker.person).await),
        "already-done"
    );
    assert_eq!(
        code(app.set_login_policy(&administrator, used, loose).await),
        "already-done"
    );
    let entered = app.enter_publication(&administrator, used, &pack, "2024-12-21").await;
    assert_eq!(code(entered), "already-done");
    assert_eq!(app.login_policy(), policy);
    assert_eq!(app.store().dump_views().await.expect("the store"), before);
    assert!(app.locked_until(worker.person).await.expect("the store").is_some());
}

#[tokio::test]
async fn an_institution_stays_what_it_is_while_somebody_holds_a_role_at_it() {
    let site = Site::new().await;
    let administrator = site.viewer("管理员").await;
    let mut bureau = site.app.institution(site.institution("县局")).await.expect("known");
    let mut group = site.app.institution(site.institution("县组")).await.expect("known");
    (bureau.party, group.party) = (group.party, bureau.party);
    for swapped in [bureau, group] {
        let done = site
            .app
            .register_institution(&administrator, site.app.fresh_act(), swapped);
        assert_eq!(code(done.await), "fields");
    }
    let mut bureau = site.app.institution(site.institution("县局")).await.expect("known");
    bureau.contact = "0393-1234567".into();
    let done = site
        .app
        .register_institution(&administrator, site.app.fresh_act(), bureau);
    done.await.expect("what it is called and where it is may change");
}

#[tokio::test]
async fn nobody_checks_themselves() {
    use Role::*;
    let site = Site::new().await;
    let table: [(&[(Role, &str)], &str); 7] = [
        (&[(Lead, "县局"), (Lead, "县组")], "fields"),
        (&[(Lead, "县局"), (Coordinator, "市组")], "fields"),
        (&[(Coordinator, "市局"), (Coordinator, "市组")], "fields"),
        (&[(Auditor, "市局"), (Intake, "县局")], "fields"),
        (&[(Auditor, "市局"), (Investigator, "县组")], "fields"),
        (&[(Auditor, "市局"), (Recipient, "镇政府")], "done"),
        (&[(Lead, "县局"), (Investigator, "县组"), (Intake, "县局")], "done"),
    ];
    for (n, (roles, expected)) in (120..).zip(table) {
        assert_eq!(code(register(&site, "管理员", n, roles).await), expected, "{roles:?}");
    }
}
