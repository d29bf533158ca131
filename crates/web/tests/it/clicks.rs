//! Nobody looks for a page: whatever a person's seats open, short of a case, is within two clicks of their first page.
//! Asked for every two seats that one person can hold, and for one who holds them all.

use crate::browser::Browser;
use crate::site::Site;
use app::people::Person;
use base::PersonId;
use casefile::Role;
use std::collections::BTreeSet;

/// The seats of a small county, each where it is.
const SEATS: [(Role, &str); 10] = [
    (Role::Worker, "县局"),
    (Role::Intake, "县局"),
    (Role::Investigator, "县局"),
    (Role::Lead, "县局"),
    (Role::Lead, "县组"),
    (Role::Recipient, "县局"),
    (Role::Coordinator, "市局"),
    (Role::Coordinator, "市组"),
    (Role::Auditor, "市局"),
    (Role::Administrator, "市局"),
];

/// Before all others; no pages; the second of two samples for whoever builds pages.
const NO_PAGES: [&str; 5] = [
    "/",
    "/login",
    "/cases/export",
    "/admin/people/import/template",
    "/styleguide/worker",
];

/// Every page whose address is the same for everybody.
fn pages() -> Vec<String> {
    let source = include_str!("../../src/router.rs");
    let routes = source.split(".route(").skip(1).filter(|route| route.contains("get("));
    let paths = routes.filter_map(|route| route.split('"').nth(1));
    let fixed = paths.filter(|path| !path.contains('{') && !NO_PAGES.contains(path));
    fixed.map(str::to_owned).collect()
}

/// Pages that answer everybody and are for one seat: whoever else opens them finds them empty.
const OF_ONE: [(&str, Role); 3] = [
    ("/drafts", Role::Worker),
    ("/selfcheck", Role::Worker),
    ("/receipts", Role::Recipient),
];

/// Where a page leads, without what follows the path.
fn links(page: &str) -> BTreeSet<String> {
    let targets = page
        .split("<a ")
        .skip(1)
        .filter_map(|tag| tag.split_once("href=\"")?.1.split('"').next());
    let local = targets.filter(|url| url.starts_with('/'));
    local
        .map(|url| url.split(['?', '#']).next().unwrap_or(url).to_owned())
        .collect()
}

#[tokio::test]
async fn every_page_of_every_two_seats_is_two_clicks_away() {
    let site = Site::new().await;
    let administrator = site.viewer("管理员").await;
    let mut held: Vec<Vec<(Role, &str)>> = vec![SEATS.to_vec()];
    for (n, one) in SEATS.iter().enumerate() {
        held.extend(SEATS[n..].iter().map(|other| vec![*one, *other]));
    }
    let (mut wrong, mut looked) = (Vec::new(), 0);
    for (n, seats) in held.into_iter().enumerate() {
        let name = format!("多岗{n}");
        let person = Person {
            id: PersonId([100 + n as u8; 16]),
            name: name.clone(),
            unit: Some(site.institution("县局")),
            post: "科员".into(),
            capacities: seats.iter().map(|(role, at)| (*role, site.institution(at))).collect(),
        };
        let id = person.id;
        if site
            .app
            .register_person(&administrator, site.act(), person)
            .await
            .is_err()
        {
            continue; // Not to be held by one person.
        }
        let opened = site.app.open_account(id, &name, Browser::password(), false).await;
        opened.expect("an account");
        let mut browser = Browser::again(&site, &name).await;
        let mut near = links(&browser.open("/todo").await.html);
        for url in near.clone() {
            near.extend(links(&browser.open(&url).await.html));
        }
        let holds = |role: Role| seats.iter().any(|(held, _)| *held == role);
        let of_others = |page: &String| OF_ONE.iter().any(|(path, role)| path == page && !holds(*role));
        for page in pages().into_iter().filter(|page| !of_others(page)) {
            looked += 1;
            if browser.open(&page).await.status.is_success() && !near.contains(&page) {
                wrong.push(format!("{seats:?}: {page}"));
            }
        }
    }
    assert!(looked > 500, "{looked} pages");
    assert!(wrong.is_empty(), "{} of {looked}: {wrong:#?}", wrong.len());
}
