//! The worker's application: every step, what is missing, what is wrong, the receipt; drafts and the self-check.

use crate::browser::{Answer, Browser};
use crate::html;
use crate::site::Site;
use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The fields of a form.
type Typed<'a> = &'a [(&'a str, &'a str)];

/// What is answered at each step, in order; the address is the step's.
const ANSWERS: [(&str, Typed); 10] = [
    ("me", &[("phone", "13900000000")]),
    ("work", &[("work_kind", "dibao")]),
    ("link", &[("work_links", "check"), ("work_links", "visit")]),
    (
        "when",
        &[
            ("happened.year", "２０２６"),
            ("happened.month", "3"),
            ("happened.day", ""),
        ],
    ),
    ("why", &[("groups", "data"), ("groups", "own-slip")]),
    ("which?group=data", &[("clauses.data", "s3-5")]),
    (
        "which?group=own-slip",
        &[("clauses.own-slip", "s4-1"), ("claim", "exempt-or-mitigate")],
    ),
    ("account", &[("account", "三月核对时车辆数据还没有更新。")]),
    (
        "reported",
        &[("reporting", "reported"), ("reported_to", "所长"), ("held", "none")],
    ),
    ("corrected", &[("correcting", "corrected")]),
];

pub async fn begin(browser: &mut Browser) -> String {
    let answer = browser.send("/apply", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    answer.location.trim_end_matches("/me").to_owned()
}

pub async fn answered(browser: &mut Browser) -> String {
    let draft = begin(browser).await;
    for (step, fields) in ANSWERS {
        let answer = browser.send(&format!("{draft}/{step}"), fields).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{step}: {}",
            html::text(&answer.html)
        );
    }
    browser.send(&format!("{draft}/household"), &[("kin", "no")]).await;
    draft
}

pub async fn sign(browser: &mut Browser, draft: &str, act: &str) -> Answer {
    let fields = [
        ("declaration", "2026-1"),
        ("leaflet", "2026-1"),
        ("password", Browser::password()),
        ("act_id", act),
    ];
    browser.send(&format!("{draft}/check"), &fields).await
}

#[tokio::test]
async fn every_step_asks_saves_and_leads_on() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    html::check("start", &worker.open("/apply").await.html);
    let draft = begin(&mut worker).await;
    let steps = [
        "me",
        "work",
        "link",
        "when",
        "why",
        "which",
        "account",
        "reported",
        "corrected",
        "household",
        "files",
    ];
    // Left open, a step leads on; without a group there is nothing to tick at step 6.
    for (step, next) in steps
        .iter()
        .zip(&steps[1..])
        .filter(|(step, _)| !["why", "which"].contains(step))
    {
        let page = worker.open(&format!("{draft}/{step}")).await;
        assert_eq!(page.status, StatusCode::OK, "{step}");
        html::check(step, &page.html);
        let answer = worker.send(&format!("{draft}/{step}"), &[]).await;
        assert_eq!(
            (answer.status, answer.location),
            (StatusCode::SEE_OTHER, format!("{draft}/{next}")),
            "{step}"
        );
    }
    assert_eq!(
        worker.send(&format!("{draft}/why"), &[]).await.location,
        format!("{draft}/account")
    );
    assert_eq!(
        worker.open(&format!("{draft}/which")).await.location,
        format!("{draft}/why")
    );
    // Two groups, a page each; the claim is asked on the last, chosen by the groups.
    let groups = [("groups", "data"), ("groups", "own-slip")];
    assert_eq!(
        worker.send(&format!("{draft}/why"), &groups).await.location,
        format!("{draft}/which")
    );
    let first = html::check("which", &worker.open(&format!("{draft}/which")).await.html);
    assert!(first.contains("第 6 步 · 第 1 类，共 2 类") && first.contains("三（五）"));
    assert!(first.contains("例如：") && !first.contains("name=\"claim\""));
    let to = worker
        .send(&format!("{draft}/which"), &[("clauses.data", "s3-5")])
        .await
        .location;
    assert_eq!(to, format!("{draft}/which?group=own-slip"));
    let second = worker.open(&to).await.html;
    assert!(
        second.contains("value=\"exempt-or-mitigate\" checked"),
        "{}",
        html::text(&second)
    );
    assert_eq!(worker.send(&to, &[]).await.location, format!("{draft}/account"));
    // What was saved stands there again.
    assert!(
        worker
            .open(&format!("{draft}/which"))
            .await
            .html
            .contains("value=\"s3-5\" checked")
    );
    assert_eq!(
        worker.send(&format!("{draft}/work"), &[("go", "later")]).await.location,
        "/drafts"
    );
    assert_eq!(
        worker.send(&format!("{draft}/work?back=check"), &[]).await.location,
        format!("{draft}/check")
    );
}

#[tokio::test]
async fn the_groups_choose_the_claim() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let draft = begin(&mut worker).await;
    let table: [(&[&str], &str); 3] = [
        (&["own-slip"], "mitigate"),
        (&["data"], "exempt"),
        (&["deceived", "own-slip"], "exempt-or-mitigate"),
    ];
    for (groups, claim) in table {
        let fields: Vec<(&str, &str)> = groups.iter().map(|group| ("groups", *group)).collect();
        worker.send(&format!("{draft}/why"), &fields).await;
        let last = groups[groups.len() - 1];
        let page = worker.open(&format!("{draft}/which?group={last}")).await.html;
        assert!(page.contains(&format!("value=\"{claim}\" checked")), "{groups:?}");
    }
}

#[tokio::test]
async fn what_is_missing_is_named_with_its_way_back() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let draft = begin(&mut worker).await;
    let page = html::check("check", &worker.open(&format!("{draft}/check")).await.html);
    assert!(page.contains("还有 10 处没填，填好就能提交"), "{}", html::text(&page));
    for step in [
        "work",
        "link",
        "when",
        "why",
        "account",
        "reported",
        "corrected",
        "household",
    ] {
        assert!(page.contains(&format!("{draft}/{step}?back=check\">还没")), "{step}");
    }
    // Signed all the same: refused, nothing received, the draft stays.
    let answer = sign(&mut worker, &draft, &site.act().to_string()).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(worker.open(&format!("{draft}/check")).await.status.is_success());
    let draft = answered(&mut worker).await;
    let page = html::check("check", &worker.open(&format!("{draft}/check")).await.html);
    assert!(!page.contains("没填，填好") && page.contains("三月核对时车辆数据还没有更新。"));
    // Not ticked, or signed with another password.
    let table: [(&[(&str, &str)], &str); 3] = [
        (&[("password", Browser::password())], "还没勾选声明"),
        (
            &[("declaration", "2026-1"), ("leaflet", "2026-1"), ("password", "bu-dui")],
            "密码不对",
        ),
        (
            &[
                ("declaration", "2026-1"),
                ("leaflet", "2025-1"),
                ("password", Browser::password()),
            ],
            "告知书换了新的",
        ),
    ];
    for (fields, told) in table {
        let answer = worker.send(&format!("{draft}/check"), fields).await;
        assert!(
            answer.html.contains(told) && answer.html.contains("<title>错误："),
            "{told}"
        );
    }
}

#[tokio::test]
async fn handed_in_once() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let draft = answered(&mut worker).await;
    let act = worker.open(&format!("{draft}/check")).await.hidden("act_id");
    let first = sign(&mut worker, &draft, &act).await;
    assert_eq!(
        first.location,
        "/apply/done/JZ-410928-2026-0001",
        "{}",
        html::text(&first.html)
    );
    assert_eq!(sign(&mut worker, &draft, &act).await.location, first.location);
    let receipt = html::check("done", &worker.open(&first.location).await.html);
    for told in [
        "已经交到濮阳县民政局了",
        "JZ-410928-2026-0001",
        "2026 年 9 月 16 日 09:00",
        "最迟 2026 年 10 月 12 日（周一）出结论",
        "从 9 月 17 日（周四）起算 14 个工作日，中秋节、国庆节放假不算，调休上班算。",
        "想补材料",
        "想撤回申请",
    ] {
        assert!(receipt.contains(told), "{told}: {}", html::text(&receipt));
    }
    let case = site.app.case("JZ-410928-2026-0001").await.expect("received").case;
    let application = case.application.expect("an application");
    assert_eq!(
        application
            .codes
            .clauses
            .iter()
            .map(|id| id.as_str())
            .collect::<Vec<_>>(),
        ["s3-5", "s4-1"]
    );
    assert_eq!(application.codes.claim.as_str(), "exempt-or-mitigate");
    assert_eq!(application.codes.happened.to_string(), "2026 年 3 月");
    assert_eq!(application.text.unit, "子岸镇人民政府");
    // The draft is gone; another form of it leads to the same receipt.
    assert_eq!(
        worker.open(&format!("{draft}/check")).await.status,
        StatusCode::NOT_FOUND
    );
    let other = site.act().to_string();
    assert_eq!(sign(&mut worker, &draft, &other).await.location, first.location);
    // The receipt is the applicant's own.
    let mut colleague = Browser::of(&site, "同事", "tong").await;
    assert_eq!(colleague.open(&first.location).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_is_told_at_once_and_kept() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let draft = begin(&mut worker).await;
    let long = "长".repeat(5001);
    let table: [(&str, Typed, &str, &str); 5] = [
        (
            "when",
            &[
                ("happened.year", "2026"),
                ("happened.month", "12"),
                ("happened.day", "1"),
            ],
            "不能晚于今天（2026 年 9 月 16 日）",
            "value=\"12\"",
        ),
        (
            "when",
            &[("happened.year", "2026"), ("happened.month", "13")],
            "没有这一天",
            "value=\"13\"",
        ),
        (
            "account",
            &[("account", &long)],
            "最多写 5000 个字，现在有 5001 个字",
            &long,
        ),
        (
            "work",
            &[("work_kind", "nothing"), ("work_other", "帮忙")],
            "还没选是哪项工作",
            "value=\"帮忙\"",
        ),
        (
            "me",
            &[("phone", "1390000000013900000000")],
            "最多写 20 个字",
            "1390000000013900000000",
        ),
    ];
    for (step, fields, told, kept) in table {
        let answer = worker.send(&format!("{draft}/{step}"), fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{step}");
        let page = html::check(step, &answer.html);
        assert!(
            page.contains(told) && page.contains(kept) && page.contains("<title>错误："),
            "{step}: {told}"
        );
        // The check page tells the same, and leads here.
        let check = worker.open(&format!("{draft}/check")).await.html;
        assert!(
            check.contains(told) && check.contains("改好，就能提交"),
            "{step}: check"
        );
    }
}

#[tokio::test]
async fn the_way_back_to_the_check_says_where_it_leads() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let draft = answered(&mut worker).await;
    let table = [
        ("account?back=check", "保存，回到核对"),
        // Other reasons have other situations; two groups have a page each.
        ("why?back=check", "保存，下一步"),
        ("which?back=check&group=data", "保存，下一步"),
        ("which?back=check&group=own-slip", "保存，回到核对"),
        ("files?back=check", "保存，回到核对"),
        ("account", "保存，下一步"),
        ("files", "保存，下一步"),
    ];
    for (step, verb) in table {
        let page = worker.open(&format!("{draft}/{step}")).await.html;
        assert!(
            page.contains(&format!("<button class=\"btn\">{verb}</button>")),
            "{step}"
        );
        assert!(page.contains("先存着，以后再填"), "{step}");
        assert!(page.contains("步已存好（9 月 16 日 09:00）"), "{step}");
    }
}

#[tokio::test]
async fn a_draft_survives_a_closed_browser_and_a_day() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let draft = answered(&mut worker).await;
    worker
        .upload(
            &format!("{draft}/files"),
            &[("go", "more")],
            "查询记录.pdf",
            b"%PDF-1.7 one page",
        )
        .await;
    drop(worker);
    site.at(9, 17, 20);
    let mut again = Browser::again(&site, "gong").await;
    let list = again.open("/drafts").await.html;
    assert!(
        list.contains(&draft) && list.contains("9 月 16 日"),
        "{}",
        html::text(&list)
    );
    assert_eq!(again.open(&draft).await.location, format!("{draft}/files"));
    let check = again.open(&format!("{draft}/check")).await;
    for kept in ["三月核对时车辆数据还没有更新。", "查询记录.pdf", "别的部门给的数据不全"]
    {
        assert!(check.html.contains(kept), "{kept}");
    }
    let signed = sign(&mut again, &draft, &check.hidden("act_id")).await;
    assert_eq!(signed.location, "/apply/done/JZ-410928-2026-0001");
}

#[tokio::test]
async fn nobody_finds_anothers_draft() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let mut colleague = Browser::of(&site, "同事", "tong").await;
    let mut clerk = Browser::of(&site, "收件岗", "shou").await;
    let draft = answered(&mut worker).await;
    let delete = format!("{}/delete", draft.replace("/apply/", "/drafts/"));
    for other in [&mut colleague, &mut clerk] {
        for step in ["me", "files", "check", "nothing"] {
            assert_eq!(
                other.open(&format!("{draft}/{step}")).await.status,
                StatusCode::NOT_FOUND,
                "{step}"
            );
            assert_eq!(
                other.send(&format!("{draft}/{step}"), &[]).await.status,
                StatusCode::NOT_FOUND,
                "{step}"
            );
        }
        assert_eq!(other.open(&delete).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.send(&delete, &[]).await.status, StatusCode::NOT_FOUND);
        assert!(
            !other
                .open("/drafts")
                .await
                .html
                .contains(draft.trim_start_matches("/apply/"))
        );
    }
    assert_eq!(clerk.open("/apply").await.status, StatusCode::FORBIDDEN);
    // The worker's own list goes on where it was left, and deletes after a second question.
    let list = html::check("drafts", &worker.open("/drafts").await.html);
    assert!(list.contains(&format!("{draft}\"")) && list.contains("城乡低保"));
    assert_eq!(worker.open(&draft).await.location, format!("{draft}/files"));
    assert_eq!(colleague.open(&draft).await.status, StatusCode::NOT_FOUND);
    html::check("delete", &worker.open(&delete).await.html);
    assert_eq!(worker.send(&delete, &[]).await.location, "/drafts");
    assert_eq!(worker.open(&format!("{draft}/me")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_self_check_stores_nothing_and_promises_nothing() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let before = rows(site.folder.path());
    html::check("groups", &worker.open("/selfcheck").await.html);
    assert!(worker.send("/selfcheck", &[]).await.html.contains("还没选为什么出错"));
    let situations = worker.send("/selfcheck", &[("groups", "data")]).await;
    html::check("situations", &situations.html);
    let none = worker
        .send("/selfcheck", &[("groups", "data"), ("answered", "1")])
        .await;
    assert!(none.html.contains("还没选相符的情况"));
    let chosen = [
        ("groups", "data"),
        ("answered", "1"),
        ("clauses.data", "s3-5"),
        ("q.s3-slip", "yes"),
    ];
    let result = html::check("result", &worker.send("/selfcheck", &chosen).await.html);
    for told in [
        "可能符合",
        "别的部门给的数据不全或者来得晚",
        "还差什么",
        "可能不适用",
        "五（一）",
    ] {
        assert!(result.contains(told), "{told}");
    }
    assert!(
        !result.contains("工作上确实出了失误或者偏差（"),
        "what holds is not lacking"
    );
    assert!(!result.contains("会被免责") && !result.contains("可以免责"));
    // Not one row: neither of the record nor of drafts nor of readings.
    assert!(rows(site.folder.path()) == before, "something was written");
    assert!(worker.open("/drafts").await.html.contains("没有没写完的申请"));
}

/// Everything a site has written, without what SQLite keeps for its own readers.
fn rows(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.append(&mut rows(&path));
        } else if !path.to_string_lossy().ends_with("-shm") {
            let bytes = std::fs::read(&path).expect("a file");
            all.insert(path, bytes);
        }
    }
    all
}
