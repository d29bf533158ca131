//! Against the three officers: proposals of strangers, confirmed by whoever proposed, forged, replayed; roles given by
//! whoever may not; accounts of officers taken over.

use super::{Row, World, get, post};
use crate::browser::Browser;
use app::officers::Change;
use casefile::Role;

const GONE: &str = "找不到";
/// Everything a proposal needs.
const PROPOSAL: &[(&str, &str)] = &[("person", "{person}"), ("role", "security"), ("appoint", "yes")];

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    // Who is no officer finds nothing; the city sees the page and proposes nothing.
    for who in ["局长", "收件岗", "审计员", "申请人", "签收人", "外县局长"] {
        rows.push(get(who, "/officers", 404, GONE));
        rows.push(post(who, "/officers", PROPOSAL, 404, GONE));
        rows.push(post(who, "/officers/{proposal}", &[], 404, GONE));
    }
    rows.push(post("市协调人", "/officers", PROPOSAL, 404, GONE));
    // Whoever proposed it, whoever is concerned, and the city while a third is there.
    for who in ["管理员", "市协调人"] {
        rows.push(post(who, "/officers/{proposal}", &[], 403, "要由另一名三员确认"));
    }
    let officer =
        |url, fields: &[(&'static str, &'static str)], status, says| post("管理员", url, fields, status, says);
    rows.extend([
        officer("/officers/00000000000000000000000000000001", &[], 409, "已经办过"),
        officer("/officers/{settled}", &[], 409, "已经办过"),
        officer("/officers/nonsense", &[], 404, GONE),
        officer("/officers/{proposal}", &[("do", "appoint")], 404, GONE),
        officer("/officers", &[], 422, "还没选是谁"),
        officer(
            "/officers",
            &[("person", "{person}"), ("role", "lead"), ("appoint", "yes")],
            422,
            "还没选哪一员",
        ),
        officer(
            "/officers",
            &[("person", "{lead}"), ("role", "security"), ("appoint", "yes")],
            422,
            "还有办案的岗位",
        ),
        officer("/officers", PROPOSAL, 422, "已经是三员之一"),
        officer(
            "/officers",
            &[("person", "{person}"), ("role", "administrator"), ("appoint", "no")],
            422,
            "至少要有一名",
        ),
        // Nothing is looked at where all three are there, and never by an officer.
        officer("/officers/watched", &[("month", "2026-08"), ("found", "好")], 404, GONE),
        post(
            "市协调人",
            "/officers/watched",
            &[("month", "2026-08"), ("found", "好")],
            422,
            "不用检查",
        ),
        post(
            "市协调人",
            "/officers/watched",
            &[("month", "'; drop"), ("found", "好")],
            404,
            GONE,
        ),
        // Roles and officers' accounts.
        officer(
            "/admin/people",
            &[
                ("id", "{worker}"),
                ("name", "同事"),
                ("role-1", "lead"),
                ("at-1", "{bureau}"),
            ],
            422,
            "由安全管理员给",
        ),
        officer("/admin/people/{security}/password", &[], 403, "别的三员不能动"),
        officer("/admin/login", &[("shortest", "8")], 404, GONE),
        post("安全管理员", "/admin/people/{worker}/password", &[], 404, GONE),
        post("安全管理员", "/admin/people/{worker}/unlock", &[], 404, GONE),
        post("安全管理员", "/admin/people", &[("name", "新人")], 404, GONE),
        post(
            "安全管理员",
            "/admin/people",
            &[("id", "{worker}"), ("role-1", "security"), ("at-1", "{bureau}")],
            422,
            "要把岗位和机构都选上",
        ),
        post(
            "安全管理员",
            "/admin/people",
            &[("id", "{security}"), ("role-1", "lead"), ("at-1", "{bureau}")],
            422,
            "三员不能有办案的岗位",
        ),
        post("安全管理员", "/admin/institutions", &[("name", "假局")], 404, GONE),
        post(
            "安全审计员",
            "/admin/people",
            &[("id", "{worker}"), ("role-1", "lead"), ("at-1", "{bureau}")],
            404,
            GONE,
        ),
    ]);
    // None of the three reads a case.
    for who in ["安全管理员", "安全审计员"] {
        for url in [
            "/cases",
            "/cases/{no}",
            "/cases/{no}/record",
            "/cases/{no}/family",
            "/kin",
            "/retention",
            "/figures",
        ] {
            rows.push(get(who, url, 404, GONE));
        }
    }
    rows
}

#[tokio::test]
async fn the_three_officers_hold_each_other() {
    let mut world = World::new().await;
    world.site.appoint_officers().await;
    let site = &world.site;
    let administrator = site.viewer("管理员").await;
    let (person, proposal) = (site.person("安全审计员"), site.act());
    let change = Change {
        person,
        role: Role::SecurityAuditor,
        appoint: false,
    };
    let proposed = site.app.propose_officer(&administrator, proposal, change).await;
    proposed.expect("proposed");
    let viewer = site.viewer("管理员").await;
    let officers = site.app.officers(&viewer).await.expect("seen");
    assert_eq!(officers.pending.len(), 1);
    for who in ["安全管理员", "安全审计员"] {
        world.browsers.insert(who, Browser::again(site, who).await);
    }
    world.places.extend([
        ("{proposal}", proposal.to_string()),
        ("{settled}", proposal.to_string().replace('1', "2")),
        ("{lead}", site.person("局长").to_string()),
        ("{worker}", site.person("同事").to_string()),
        ("{security}", site.person("安全管理员").to_string()),
        ("{bureau}", site.institution("县局").to_string()),
    ]);
    world.hold(rows()).await;
}
