//! 保管期限: who lists, who confirms, what waits, what is left; a process killed in the middle is brought to its end.

use crate::path::filed;
use crate::site::{Site, open};
use app::Failure;
use app::reading::CaseQuery;
use app::retention::{Decision, ErasureList};
use base::{ActId, Date, InstitutionId, Timestamp};
use casefile::Role;
use casefile::acts::FileSupplement;
use casefile::refusal::Kind;
use store::StreamName;

/// The clock shows nine o'clock of a day.
pub fn at(site: &Site, year: i16, month: i8, day: i8) {
    site.clock
        .set(Timestamp::on(Date::constant(year, month, day), 9, 0).unwrap());
}

/// A second case, handled on the same days as the first.
pub async fn another(site: &Site, account: &str) -> String {
    at(site, 2026, 9, 16);
    filed(site, account).await
}

pub fn decision(number: &str, destroy: bool) -> Decision {
    Decision {
        number: number.into(),
        destroy,
        reason: "期限已满，没有再用的需要。MARKER-why".into(),
    }
}

async fn list(site: &Site, who: &str, decisions: Vec<Decision>) -> Result<ActId, Failure> {
    let (viewer, act) = (site.viewer(who).await, site.act());
    site.app.list_for_erasure(&viewer, act, decisions).await?;
    Ok(act)
}

async fn confirm(site: &Site, who: &str, id: ActId) -> Result<(), Failure> {
    let viewer = site.viewer(who).await;
    site.app.confirm_erasure(&viewer, site.act(), id).await
}

async fn enter_terms(site: &Site, determined: &str, ended: &str, backup_days: &str) -> Result<(), Failure> {
    let viewer = site.viewer("管理员").await;
    site.app.enter_terms(&viewer, determined, ended, backup_days).await
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, Failure>) -> (Kind, &'static str) {
    match answer {
        Err(Failure::Refused(refusal)) => (refusal.kind, refusal.code),
        other => panic!("not refused: {other:?}"),
    }
}

async fn seen(site: &Site, id: ActId) -> ErasureList {
    site.app.erasure_list(&site.viewer("审计员").await, id).await.unwrap()
}

#[tokio::test]
async fn a_case_is_due_when_its_years_are_over_and_not_before() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    let filed_on = site.app.case(&number).await.unwrap().case.filed.unwrap().on;
    let due = async |who: &str| site.app.over_term(&site.viewer(who).await).await;
    at(&site, filed_on.year() + 30, filed_on.month(), filed_on.day());
    assert_eq!(
        due("收件岗").await.unwrap(),
        [],
        "the last day of the term belongs to it"
    );
    at(&site, filed_on.year() + 30, filed_on.month(), filed_on.day() + 1);
    let found = due("收件岗").await.unwrap();
    assert_eq!(
        (found[0].number.as_str(), found[0].outcome.as_deref()),
        (number.as_str(), Some("免责"))
    );
    assert_eq!(found, due("局长").await.unwrap());
    for who in ["组长", "审计员", "管理员", "市协调人", "申请人", "调查甲"] {
        assert_eq!(refusal(due(who).await).0, Kind::NotFound, "{who}");
    }
    // Longer, for ever, and begun anew by what is filed later.
    enter_terms(&site, "40", "10", "30").await.unwrap();
    assert_eq!(due("收件岗").await.unwrap(), []);
    enter_terms(&site, "永久", "10", "30").await.unwrap();
    at(&site, 2126, 1, 1);
    assert_eq!(due("收件岗").await.unwrap(), []);
    enter_terms(&site, "30", "10", "30").await.unwrap();
    assert_eq!(due("收件岗").await.unwrap().len(), 1);
    let note = "县纪委监委的回函。".to_owned();
    site.does("收件岗", &number, FileSupplement { note }).await;
    assert_eq!(due("收件岗").await.unwrap(), []);
    for wrong in [
        ("9", "10", "30"),
        ("30", "x", "30"),
        ("30", "10", ""),
        ("101", "10", "30"),
        ("30", "10", "0"),
    ] {
        assert_eq!(
            refusal(enter_terms(&site, wrong.0, wrong.1, wrong.2).await).0,
            Kind::NotWellFormed
        );
    }
    let clerk = site.viewer("收件岗").await;
    assert_eq!(
        refusal(site.app.enter_terms(&clerk, "30", "10", "30").await).0,
        Kind::NotFound
    );
}

#[tokio::test]
async fn two_people_of_two_institutions_decide_and_seven_days_pass() {
    let site = Site::new().await;
    let (number, kept) = (filed(&site, "经过 MARKER-account").await, another(&site, "经过").await);
    let early = vec![decision(&number, true)];
    assert_eq!(
        refusal(list(&site, "收件岗", early).await).0,
        Kind::Conflict,
        "not over yet"
    );
    at(&site, 2057, 3, 1);
    assert_eq!(refusal(list(&site, "收件岗", vec![]).await).0, Kind::NotWellFormed);
    let mut without_reason = decision(&number, true);
    without_reason.reason = " ".into();
    assert_eq!(
        refusal(list(&site, "收件岗", vec![without_reason]).await).0,
        Kind::NotWellFormed
    );
    assert_eq!(
        refusal(list(&site, "组长", vec![decision(&number, true)]).await).0,
        Kind::NotFound
    );
    let id = list(&site, "收件岗", vec![decision(&number, true), decision(&kept, false)])
        .await
        .unwrap();
    let twice = vec![decision(&number, true)];
    assert_eq!(
        refusal(list(&site, "局长", twice).await).0,
        Kind::Conflict,
        "listed already"
    );
    for who in ["收件岗", "局长", "审计员", "管理员", "申请人"] {
        assert_eq!(refusal(confirm(&site, who, id).await).0, Kind::NotFound, "{who}");
    }
    assert_eq!(
        refusal(confirm(&site, "组长", id).await),
        (Kind::NotYet, "no-backup-days")
    );
    enter_terms(&site, "30", "10", "90").await.unwrap();
    confirm(&site, "组长", id).await.unwrap();
    assert_eq!(refusal(confirm(&site, "组长", id).await).0, Kind::Conflict);
    at(&site, 2057, 3, 7);
    site.app.tick().await.unwrap();
    assert!(site.app.case(&number).await.is_ok(), "six days are not seven");
    at(&site, 2057, 3, 8);
    site.app.tick().await.unwrap();
    assert_eq!(refusal(site.app.case(&number).await), (Kind::NotLawful, "erased"));
    assert!(site.app.case(&kept).await.is_ok());
    let seen = seen(&site, id).await;
    assert_eq!(seen.last_backup(), Some(Date::constant(2057, 6, 6)));
    assert!(seen.cases[0].erased.is_some() && seen.cases[1].erased.is_none());
    assert!(
        seen.cases[0].decision.reason.contains("MARKER-why"),
        "the reason is sealed and comes back"
    );
}

#[tokio::test]
async fn stopped_or_moved_nothing_is_destroyed() {
    let site = Site::new().await;
    let (stopped, moved) = (filed(&site, "经过").await, another(&site, "经过").await);
    enter_terms(&site, "30", "10", "90").await.unwrap();
    at(&site, 2057, 3, 1);
    let first = list(&site, "收件岗", vec![decision(&stopped, true)]).await.unwrap();
    let second = list(&site, "局长", vec![decision(&moved, true)]).await.unwrap();
    confirm(&site, "组长", first).await.unwrap();
    confirm(&site, "组长", second).await.unwrap();
    let stop = async |who: &str, why: &str| {
        let viewer = site.viewer(who).await;
        site.app.stop_erasure(&viewer, site.act(), first, why).await
    };
    assert_eq!(refusal(stop("审计员", "还要用").await).0, Kind::NotFound);
    assert_eq!(refusal(stop("组长", "").await).0, Kind::NotWellFormed);
    stop("组长", "县纪委监委来函调阅").await.unwrap();
    let note = "县纪委监委的回函。".to_owned();
    site.does("收件岗", &moved, FileSupplement { note }).await;
    at(&site, 2057, 4, 1);
    site.app.tick().await.unwrap();
    for number in [stopped, moved] {
        assert!(site.app.case(&number).await.is_ok(), "{number}");
    }
}

/// Gives somebody a further role.
async fn also(site: &Site, who: &str, role: Role, at: &str) {
    let (administrator, institution) = (site.viewer("管理员").await, site.institution(at));
    let mut person = site.app.person(site.person(who)).await.unwrap();
    person.capacities.push((role, institution));
    let done = site.app.register_person(&administrator, site.act(), person).await;
    done.unwrap();
}

#[tokio::test]
async fn nobody_lists_or_confirms_their_own_case_or_one_of_their_line() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    enter_terms(&site, "30", "10", "90").await.unwrap();
    at(&site, 2057, 3, 1);
    for (who, role, of) in [
        ("申请人", Role::Intake, "县局"),
        ("申请人", Role::Lead, "县组"),
        ("签收人", Role::Lead, "县组"),
    ] {
        also(&site, who, role, of).await;
    }
    assert_eq!(site.app.over_term(&site.viewer("申请人").await).await.unwrap(), []);
    let decisions = || vec![decision(&number, true)];
    assert_eq!(refusal(list(&site, "申请人", decisions()).await).0, Kind::Conflict);
    let id = list(&site, "收件岗", decisions()).await.unwrap();
    for who in ["申请人", "签收人"] {
        let viewer = site.viewer(who).await;
        assert!(!site.app.may_confirm(&viewer, &seen(&site, id).await).await.unwrap());
        assert_eq!(
            refusal(confirm(&site, who, id).await),
            (Kind::NotYou, "own-case"),
            "{who}"
        );
    }
    confirm(&site, "组长", id).await.unwrap();
}

#[tokio::test]
async fn a_seat_elsewhere_stops_no_list() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    at(&site, 2057, 3, 1);
    let id = list(&site, "收件岗", vec![decision(&number, true)]).await.unwrap();
    // The auditor sees all lists; here with the seat of another county's clerk besides.
    let mut viewer = site.viewer("审计员").await;
    let mut seat = site.viewer("收件岗").await.seats.remove(0);
    seat.capacity.institution = InstitutionId([77; 16]);
    viewer.seats.push(seat);
    assert!(!site.app.may_stop(&viewer, &seen(&site, id).await).await.unwrap());
    let stopped = site.app.stop_erasure(&viewer, site.act(), id, "还要用").await;
    assert_eq!(refusal(stopped).0, Kind::NotFound);
}

#[tokio::test]
async fn what_is_left_is_a_number() {
    let site = Site::new().await;
    let number = filed(&site, "经过 MARKER-account").await;
    let kept = another(&site, "经过 MARKER-account").await;
    site.app.index_pending().await.unwrap();
    enter_terms(&site, "30", "10", "90").await.unwrap();
    at(&site, 2057, 3, 1);
    let id = list(&site, "收件岗", vec![decision(&number, true)]).await.unwrap();
    confirm(&site, "组长", id).await.unwrap();
    at(&site, 2057, 3, 8);
    let case = site.app.case(&number).await.unwrap().case;
    let site_stream = StreamName::Site(site.app.store().site());
    let events = site.app.store().read(&site_stream).await.unwrap();
    let body = |kind: &str| {
        let event = events.iter().find(|event| event.kind == kind).unwrap();
        String::from_utf8(event.open.clone()).unwrap()
    };
    let (bureau, case_id) = (site.institution("县局"), case.id);
    let listed =
        format!(r#"{{"bureau":"{bureau}","cases":[{{"case":"{case_id}","number":"{number}","destroy":true}}]}}"#);
    assert_eq!(body("erasure-listed/1"), listed);
    let confirmed = format!(r#"{{"list":"{id}","due":"2057-03-08","backup_days":90}}"#);
    assert_eq!(body("erasure-confirmed/1"), confirmed);
    let key_files = ["keys.db", "keys.db-wal"].into_iter();
    let backup: Vec<(&str, Vec<u8>)> = key_files
        .filter_map(|name| Some((name, std::fs::read(site.folder.path().join(name)).ok()?)))
        .collect();
    // Broken off when it was recorded and nothing destroyed yet: the next process does the rest.
    site.app.store().erase(case.id, id).await.unwrap();
    let app = open(site.folder.path(), site.clock.clone()).await;
    assert_eq!(
        refusal(app.case(&number).await).1,
        "erased",
        "recorded is enough to be refused"
    );
    app.index_pending().await.unwrap();
    assert_eq!(app.erase_due().await.unwrap(), 1);
    assert_eq!(app.erase_due().await.unwrap(), 0);
    let sealed = app.store().read(&StreamName::Case(case.id)).await.unwrap();
    assert!(sealed.iter().all(|event| event.sealed.plain().is_none()));
    assert!(app.store().verify().await.unwrap().findings.is_empty());

    // Who has it in a list is told; everybody else finds nothing, as ever.
    for who in ["收件岗", "局长", "组长", "审计员", "市协调人"] {
        let viewer = site.viewer(who).await;
        assert_eq!(refusal(app.case_file(&viewer, &number).await).1, "erased", "{who}");
    }
    for who in ["申请人", "同事", "管理员", "签收人"] {
        let viewer = site.viewer(who).await;
        assert_eq!(
            refusal(app.case_file(&viewer, &number).await).0,
            Kind::NotFound,
            "{who}"
        );
    }
    let clerk = site.viewer("收件岗").await;
    let query = |text: &str| CaseQuery {
        text: Some(text.into()),
        ..CaseQuery::default()
    };
    let rows = app.cases(&clerk, &query(&number)).await.unwrap().rows;
    assert!(rows.len() == 1 && app::retention::is_erased(&rows[0]) && rows[0].applicant_name.is_empty());
    let named = app.cases(&clerk, &query("申请人")).await.unwrap().rows;
    assert_eq!(named.iter().map(|row| &row.number).collect::<Vec<_>>(), [&kept]);
    let found = app.mentions(&clerk, &query("MARKER-account")).await.unwrap().found;
    assert_eq!(found.iter().map(|one| &one.row.number).collect::<Vec<_>>(), [&kept]);

    // Rebuilt equals maintained.
    let before = app.store().dump_views().await.unwrap();
    app.rebuild().await.unwrap();
    assert_eq!(app.store().dump_views().await.unwrap(), before);
    // A backup of the keys is put back: a rebuild destroys it once more.
    for store in [site.app.store(), app.store()] {
        store.clone().close().await.unwrap();
    }
    let _ = std::fs::remove_file(site.folder.path().join("keys.db-shm"));
    for (name, bytes) in &backup {
        std::fs::write(site.folder.path().join(name), bytes).unwrap();
    }
    let app = open(site.folder.path(), site.clock.clone()).await;
    let sealed = app.store().read(&StreamName::Case(case.id)).await.unwrap();
    assert!(
        sealed.iter().any(|event| event.sealed.plain().is_some()),
        "the backup holds the key"
    );
    assert_eq!(refusal(app.case(&number).await).1, "erased");
    app.rebuild().await.unwrap();
    let sealed = app.store().read(&StreamName::Case(case.id)).await.unwrap();
    assert!(sealed.iter().all(|event| event.sealed.plain().is_none()));
}

#[tokio::test]
async fn what_was_not_handed_in_leaves_no_file() {
    let site = Site::new().await;
    let worker = site.viewer("申请人").await;
    let draft = site.app.new_draft(&worker).await.unwrap();
    let pdf = || crate::files::coming("a.pdf", b"%PDF-1.7 words".to_vec());
    site.app.add_draft_file(&worker, draft, pdf()).await.unwrap();
    site.app.add_draft_file(&worker, draft, pdf()).await.unwrap();
    let first = site.app.draft(&worker, draft).await.unwrap().files[0]
        .file
        .address
        .clone();
    site.app.remove_draft_file(&worker, draft, &first).await.unwrap();
    let files = async || site.app.store().verify().await.unwrap().files;
    assert_eq!(files().await, 1);
    site.app.delete_draft(&worker, draft).await.unwrap();
    assert_eq!(files().await, 0);
    // Handed in, there is one file, under the case's key, and none under the person's.
    let draft = site.app.new_draft(&worker).await.unwrap();
    site.app.add_draft_file(&worker, draft, pdf()).await.unwrap();
    let act = site.act();
    site.app
        .submit(&worker, act, draft, site.application("经过"))
        .await
        .unwrap();
    let report = site.app.store().verify().await.unwrap();
    assert_eq!(
        (report.files - report_papers(&site).await, report.findings.len()),
        (1, 0)
    );
}

/// How many papers the acts so far have printed.
async fn report_papers(site: &Site) -> u64 {
    let cases = site
        .app
        .cases(&site.viewer("收件岗").await, &CaseQuery::default())
        .await
        .unwrap();
    let mut papers = 0;
    for row in cases.rows {
        papers += site.app.case(&row.number).await.unwrap().case.papers.len() as u64;
    }
    papers
}
