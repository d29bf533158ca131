//! Every route and every act, each asked for by everybody: who is let in, and that all others get what a page that
//! does not exist gives. A route that stands in no row fails; what is tested elsewhere is named in
//! `../authority-exceptions.txt`.

use crate::browser::Browser;
use crate::html;
use crate::kin;
use crate::path;
use crate::site::Site;
use app::authority;
use axum::http::StatusCode;
use casefile::act::ActName;
use casefile::acts::{Accept, AddEvidence, Assign};
use casefile::case::Ring;
use std::collections::{BTreeMap, BTreeSet};

const EVERYBODY: &[&str] = &[
    "管理员",
    "审计员",
    "市协调人",
    "市组",
    "收件岗",
    "局长",
    "调查甲",
    "组长",
    "调查乙",
    "申请人",
    "同事",
    "签收人",
    "安全管理员",
    "安全审计员",
];
/// The team, the city, the auditor and the applicant.
const READERS: &[&str] = &[
    "收件岗",
    "局长",
    "调查甲",
    "组长",
    "调查乙",
    "市协调人",
    "市组",
    "审计员",
    "申请人",
];
/// Who has a list of cases.
const LISTS: &[&str] = &[
    "收件岗",
    "局长",
    "调查甲",
    "组长",
    "调查乙",
    "市协调人",
    "市组",
    "审计员",
];
const WORKERS: &[&str] = &["申请人", "同事"];
const APPLICANT: &[&str] = &["申请人"];
const WINDOW: &[&str] = &["收件岗", "局长"];
/// The archive's keepers, the group's lead and the auditor.
const RETENTION: &[&str] = &["收件岗", "局长", "组长", "审计员"];
const INTAKE: &[&str] = &["收件岗"];
/// The joint team and the auditor, for a reason.
const FAMILY: &[&str] = &["收件岗", "局长", "调查甲", "组长", "调查乙", "审计员"];
const CITY: &[&str] = &["市协调人", "市组"];
const LEADS: &[&str] = &["局长", "组长", "市协调人", "市组"];
const INVESTIGATORS: &[&str] = &["调查甲", "调查乙"];
const ADMINISTRATOR: &[&str] = &["管理员"];
const SECURITY: &[&str] = &["安全管理员"];
/// Whoever registers people, and whoever gives them their roles.
const PEOPLE: &[&str] = &["管理员", "安全管理员"];
const OFFICERS: &[&str] = &["管理员", "安全管理员", "安全审计员"];
const SEES_OFFICERS: &[&str] = &["管理员", "安全管理员", "安全审计员", "市协调人", "市组"];
const AUDITORS: &[&str] = &["审计员", "安全审计员"];

/// Method and path as in the router, and who is let in. GET before POST: forms that are sent change things.
const ROUTES: &[(&str, &str, &[&str])] = &[
    ("GET", "/", EVERYBODY),
    ("GET", "/todo", EVERYBODY),
    ("GET", "/me", EVERYBODY),
    ("GET", "/me/factor", EVERYBODY),
    ("GET", "/help", EVERYBODY),
    ("GET", "/help/{role}", EVERYBODY),
    ("GET", "/policies", EVERYBODY),
    ("GET", "/policies/{*id}", EVERYBODY),
    ("GET", "/selfcheck", EVERYBODY),
    ("GET", "/apply", WORKERS),
    ("GET", "/apply/{draft}", APPLICANT),
    ("GET", "/apply/{draft}/{step}", APPLICANT),
    ("GET", "/apply/done/{no}", APPLICANT),
    ("GET", "/drafts", EVERYBODY),
    ("GET", "/drafts/{draft}/delete", APPLICANT),
    ("GET", "/paper", WINDOW),
    ("GET", "/cases", LISTS),
    ("GET", "/cases/export", LISTS),
    ("GET", "/coordination", CITY),
    ("GET", "/figures", LEADS),
    ("GET", "/receipts", EVERYBODY),
    ("GET", "/cases/{no}", READERS),
    ("GET", "/cases/{no}/record", READERS),
    ("GET", "/cases/{no}/readers", READERS),
    ("GET", "/cases/{no}/deadline", READERS),
    ("GET", "/cases/{no}/print", READERS),
    ("GET", "/cases/{no}/files/{address}", READERS),
    // Who reads the case and may not act is led to it.
    ("GET", "/kin", INTAKE),
    ("GET", "/kin/{entry}", INTAKE),
    ("GET", "/cases/{no}/family", FAMILY),
    ("GET", "/cases/{no}/acts/intake", READERS),
    ("GET", "/cases/{no}/acts/service", WINDOW),
    (
        "GET",
        "/cases/{no}/questions",
        &[
            "收件岗",
            "局长",
            "调查甲",
            "组长",
            "调查乙",
            "市协调人",
            "市组",
            "审计员",
        ],
    ),
    (
        "GET",
        "/cases/{no}/questions/{id}",
        &[
            "收件岗",
            "局长",
            "调查甲",
            "组长",
            "调查乙",
            "市协调人",
            "市组",
            "审计员",
        ],
    ),
    ("GET", "/cases/{no}/evidence", READERS),
    ("GET", "/cases/{no}/documents/{id}", READERS),
    ("GET", "/cases/{no}/statement", READERS),
    ("GET", "/admin", PEOPLE),
    ("GET", "/admin/people", PEOPLE),
    ("GET", "/admin/people/{id}", PEOPLE),
    ("GET", "/admin/people/import", ADMINISTRATOR),
    ("GET", "/admin/people/import/template", ADMINISTRATOR),
    ("GET", "/admin/institutions", ADMINISTRATOR),
    ("GET", "/admin/institutions/{id}", ADMINISTRATOR),
    ("GET", "/admin/calendars", ADMINISTRATOR),
    ("GET", "/admin/policies", ADMINISTRATOR),
    ("GET", "/admin/authority", OFFICERS),
    ("GET", "/admin/retention", ADMINISTRATOR),
    ("GET", "/retention", RETENTION),
    ("GET", "/admin/login", SECURITY),
    ("GET", "/styleguide", ADMINISTRATOR),
    ("GET", "/styleguide/worker", ADMINISTRATOR),
    ("GET", "/audit", AUDITORS),
    ("GET", "/officers", SEES_OFFICERS),
    ("POST", "/officers", OFFICERS),
    // Shows its form again to the city; there is nothing to look at where all three are in office.
    ("POST", "/officers/watched", &[]),
    ("POST", "/me", EVERYBODY),
    ("POST", "/me/size", EVERYBODY),
    ("POST", "/me/factor", EVERYBODY),
    ("POST", "/selfcheck", EVERYBODY),
    ("POST", "/apply", WORKERS),
    ("POST", "/apply/{draft}/{step}", APPLICANT),
    ("POST", "/paper", WINDOW),
    ("POST", "/kin", INTAKE),
    ("POST", "/kin/{entry}", INTAKE),
    ("POST", "/cases/{no}/family", FAMILY),
    ("POST", "/cases/{no}/acts/intake", READERS),
    ("POST", "/cases/{no}/acts/service", WINDOW),
    ("POST", "/cases/{no}/acts/{act}/papers/{paper}", WINDOW),
    ("POST", "/cases/{no}/questions/{id}", INVESTIGATORS),
    ("POST", "/receipts/{no}", &[]),
    // Of somebody registered, the security administrator too: officers.rs.
    ("POST", "/admin/people", ADMINISTRATOR),
    ("POST", "/admin/people/import", ADMINISTRATOR),
    ("POST", "/admin/people/{id}/leave", ADMINISTRATOR),
    ("POST", "/admin/institutions", ADMINISTRATOR),
    ("POST", "/admin/calendars", ADMINISTRATOR),
    ("POST", "/admin/policies", ADMINISTRATOR),
    ("POST", "/admin/login", SECURITY),
    ("POST", "/admin/retention", ADMINISTRATOR),
    ("POST", "/retention", WINDOW),
    ("POST", "/drafts/{draft}/delete", APPLICANT),
    ("POST", "/admin/people/{id}/unlock", ADMINISTRATOR),
    ("POST", "/admin/people/{id}/factor", ADMINISTRATOR),
    // Ends the sessions of the person.
    ("POST", "/admin/people/{id}/password", ADMINISTRATOR),
];

/// `METHOD path` of every route, as the router's source has them.
fn routed() -> BTreeSet<String> {
    let source = include_str!("../../src/router.rs");
    let mut all = BTreeSet::new();
    for part in source.split(".route(").skip(1) {
        let mut quoted = part.split('"');
        let path = quoted.nth(1).expect("a path");
        let rest = quoted.next().expect("what serves it");
        let rest = rest.split("// ").next().expect("before the remark");
        for (method, word) in [("GET", "get("), ("POST", "post(")] {
            if rest.contains(word) {
                all.insert(format!("{method} {path}"));
            }
        }
    }
    all
}

#[test]
fn every_route_stands_in_the_table_or_among_the_exceptions() {
    let exceptions = include_str!("../authority-exceptions.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split("  ").next().expect("a route").to_owned());
    let rows = ROUTES.iter().map(|(method, path, _)| format!("{method} {path}"));
    let mut known = BTreeSet::new();
    for route in rows.chain(exceptions) {
        assert!(known.insert(route.clone()), "{route} stands twice");
    }
    assert_eq!(known, routed());
}

/// The case of the test, under inquiry, with evidence that everybody may see; and what stands in addresses.
async fn prepared(site: &Site) -> (String, BTreeMap<&'static str, String>) {
    let number = site.submitted("三月核对时数据没有更新。").await;
    site.does("收件岗", &number, Accept {}).await;
    for (lead, who, at) in [("局长", "调查甲", "县局"), ("组长", "调查乙", "县组")] {
        let people = vec![path::assignee(site, who, at)];
        site.does(lead, &number, Assign { people }).await;
    }
    let worker = site.viewer("申请人").await;
    let draft = site.app.new_draft(&worker).await.expect("a draft");
    let file = site
        .app
        .put_file(&worker, &number, "说明.pdf", b"%PDF-1.7\n%%EOF\n".to_vec())
        .await
        .expect("a file");
    let evidence = AddEvidence {
        title: "说明".into(),
        proves: "当时的经过".into(),
        made: None,
        ring: Ring::Everyone,
        protects: Vec::new(),
        document: false,
        file: Some(file.clone()),
    };
    site.does("申请人", &number, evidence).await;
    let case = site.app.case(&number).await.expect("the case").case;
    let paper = case.papers.first().expect("a paper of the acceptance");
    let pack = site.app.packs().current();
    let clerk = site.viewer("收件岗").await;
    let recorded = site.app.record_kin(&clerk, site.act(), &kin::typed()).await;
    recorded.expect("an entry");
    let register = site.app.kin_register(&clerk).await.expect("the register");
    let parts = [
        ("{entry}", register[0].id.to_string()),
        ("{no}", number.clone()),
        ("{draft}", draft.to_string()),
        ("{step}", "me".into()),
        ("{address}", file.address),
        ("{role}", "worker".into()),
        ("{*id}", pack.id.to_string()),
        ("{act}", "invite".into()),
        ("{paper}", "defence-notice".into()),
        ("people/{id}", format!("people/{}", site.person("管理员"))),
        (
            "institutions/{id}",
            format!("institutions/{}", site.institution("县局")),
        ),
        ("questions/{id}", format!("questions/{}", pack.questions[0].id)),
        ("documents/{id}", format!("documents/{}", paper.document)),
    ];
    (number, parts.into_iter().collect())
}

async fn everybody(site: &Site) -> Vec<(&'static str, Browser)> {
    let mut all = Vec::new();
    for (n, who) in EVERYBODY.iter().enumerate() {
        all.push((*who, Browser::of(site, who, &format!("user{n}")).await));
    }
    all
}

#[tokio::test]
async fn every_route_lets_in_whom_the_table_names() {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    let (_, parts) = prepared(&site).await;
    let mut people = everybody(&site).await;
    let mut stranger = Browser::stranger(&site);
    let mut wrong = Vec::new();
    for (method, path, allowed) in ROUTES {
        let mut url = path.to_string();
        // Whole pieces first: `people/{id}` before a bare `{id}`.
        for (piece, value) in parts.iter().rev() {
            url = url.replace(piece, value);
        }
        assert!(!url.contains('{'), "{url}");
        for (who, browser) in &mut people {
            let answer = match *method {
                "GET" => browser.open(&url).await,
                _ => browser.send(&url, &[]).await,
            };
            if answer.html.starts_with("<!doctype html>") {
                html::check_form(&format!("{who} {url}"), &answer.html);
            }
            let hidden = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&answer.status);
            let failed = answer.status.is_server_error() || answer.status == StatusCode::UNAUTHORIZED;
            if failed || hidden == allowed.contains(who) {
                wrong.push(format!("{who} {method} {path}: {}", answer.status));
            }
        }
        if !path.starts_with("/help") {
            let answer = match *method {
                "GET" => stranger.open(&url).await,
                _ => stranger.send(&url, &[]).await,
            };
            let sent_to_login = answer.status == StatusCode::UNAUTHORIZED || answer.location.starts_with("/login");
            assert!(sent_to_login, "nobody {method} {path}: {}", answer.status);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_act_is_for_whom_the_table_names() {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    let (number, _) = prepared(&site).await;
    let case = site.app.case(&number).await.expect("the case").case;
    for (who, mut browser) in everybody(&site).await {
        let viewer = site.viewer(who).await;
        for act in ActName::ALL {
            let (code, url) = (act.code(), format!("/cases/{number}/acts/{}", act.code()));
            // The answer to an empty form is never that something was done by somebody who may not.
            let expected = match authority::seat_for(&viewer, *act, &case) {
                Ok(_) => None,
                Err(refusal) if refusal.code == "not-found" => Some(StatusCode::NOT_FOUND),
                Err(_) => Some(StatusCode::FORBIDDEN),
            };
            let has_page = ![
                "submit",
                "enter-paper",
                "recompute-due",
                "open-opinions",
                "remind-due",
                "find",
            ]
            .contains(&code);
            for answer in [browser.open(&url).await, browser.send(&url, &[]).await] {
                let status = answer.status;
                match expected {
                    Some(expected) if has_page => assert_eq!(status, expected, "{who} {code}"),
                    Some(_) => assert!(status.is_client_error(), "{who} {code}: {status}"),
                    // What the procedure refuses is the act's own affair; the unit's recipient signs at /receipts.
                    None => {
                        let hidden = has_page && who != "签收人" && status == StatusCode::NOT_FOUND;
                        assert!(!status.is_server_error() && !hidden, "{who} {code}: {status}");
                    }
                }
            }
        }
    }
    let after = site.app.case(&number).await.expect("the case").case;
    assert_eq!(after.findings, case.findings, "nothing was found by an empty form");
}
