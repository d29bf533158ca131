//! What people type and paste, put into the fields of the application, the window and the acts through the real edge:
//! what can be taken is taken, the rest is told at the field and in the summary with what was typed kept.

use crate::apply::{answered, begin};
use crate::browser::{Answer, Browser};
use crate::html;
use crate::site::Site;
use crate::window::{borrowed, typed};
use axum::http::StatusCode;
use base::DraftId;

/// What becomes of a text.
enum Comes {
    /// It is taken, as this.
    As(String),
    /// It is refused with this, and this is kept for the person to mend.
    Told(String, String),
}

use Comes::{As, Told};

/// Texts for a field of at most `max` characters.
fn texts(max: usize) -> Vec<(&'static str, String, Comes)> {
    let taken = |what, text: &str, comes: &str| (what, text.to_owned(), As(comes.to_owned()));
    let long = "长".repeat(max + 1);
    let told = format!("最多写 {max} 个字，现在有 {} 个字。请删短一些。", max + 1);
    vec![
        ("too long", long.clone(), Told(told, long)),
        taken("as long as may be", &"长".repeat(max), &"长".repeat(max)),
        taken("empty", "", ""),
        taken("blanks only", " \u{3000}\u{A0}\t\r\n\u{200B}\u{FEFF}\u{2800}", ""),
        taken("blanks of no width", "\u{3164}\u{2060}\u{200D}", ""),
        taken("emoji", "核查👨‍👩‍👧😀", "核查👨‍👩‍👧😀"),
        taken("right to left", "\u{202E}核查\u{200F}完\u{2067}", "核查完"),
        taken("decomposed", "e\u{301}", "é"),
        taken("pasted from Word", "“核\u{AD}查”—\u{A0}甲\u{B}乙", "“核查”— 甲\n乙"),
        taken("full width", "１２号", "１２号"),
        taken("rare characters", "㛃䶮𠮷", "㛃䶮𠮷"),
        (
            "control characters",
            "核\u{0}查\u{1B}[31m".to_owned(),
            Told(
                "里面有看不见的控制字符，已经去掉。请看一下再提交。".into(),
                "核查[31m".into(),
            ),
        ),
    ]
}

/// Days as people write them in the field of the year, and what they are; `None` is no day.
const DAYS: [(&str, Option<(&str, &str, &str)>); 16] = [
    ("2026年3月5日", Some(("2026", "3", "5"))),
    ("2026 年 3 月 5 日", Some(("2026", "3", "5"))),
    ("2026-3-5", Some(("2026", "3", "5"))),
    ("2026.3.5", Some(("2026", "3", "5"))),
    ("2026/03/05", Some(("2026", "03", "05"))),
    ("20260305", Some(("2026", "03", "05"))),
    ("２０２６年３月５日", Some(("2026", "3", "5"))),
    ("２０２６－３－５", Some(("2026", "3", "5"))),
    ("２０２６．３．５", Some(("2026", "3", "5"))),
    ("２０２６０３０５", Some(("2026", "03", "05"))),
    ("二〇二六年三月五日", None),
    ("2026年2月30日", None),
    ("26-3-5", None),
    ("去年春天", None),
    ("2026年3月5日下午", None),
    ("99999999999999999999", None),
];

/// The page says it at the field and in the summary, and its title begins so.
pub fn is_told(what: &str, answer: &Answer, field: &str, sentence: &str, kept: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {field}");
    let page = &answer.html;
    html::check_form(what, page);
    assert!(page.contains("<title>错误："), "{what}: {field}");
    assert!(
        page.contains(&format!("id=\"{field}-error\"")),
        "{what}: {field}: {}",
        html::text(page)
    );
    assert!(
        page.matches(sentence).count() >= 2,
        "{what}: {field}: {}",
        html::text(page)
    );
    assert!(page.contains(kept), "{what}: {field} loses what was typed");
}

/// The page, refused for something else, has the text and nothing against it, unless it is missing.
fn is_taken(what: &str, answer: &Answer, field: &str, kept: &str, missing: bool) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {field}");
    assert!(answer.html.contains(kept), "{what}: {field}");
    let told = answer.html.contains(&format!("id=\"{field}-error\""));
    assert_eq!(told, missing, "{what}: {field}: {}", html::text(&answer.html));
}

/// Every text and day of the steps: step, field, the most characters.
const STEP_TEXTS: [(&str, &str, usize); 13] = [
    ("me", "authorised_by", 200),
    ("me", "phone", 20),
    ("me?change=1", "name", 50),
    ("me?change=1", "unit", 200),
    ("me?change=1", "post", 200),
    ("work", "work_other", 200),
    ("link", "link_other", 200),
    ("which?group=other", "citation", 200),
    ("account", "account", 5000),
    ("reported", "reported_to", 5000),
    ("corrected", "correction", 5000),
    ("household", "household", 50),
    ("household", "village", 200),
];

#[tokio::test]
async fn every_text_of_the_steps() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let viewer = site.viewer("申请人").await;
    let draft = begin(&mut worker).await;
    worker.send(&format!("{draft}/why"), &[("groups", "other")]).await;
    let id: DraftId = draft.trim_start_matches("/apply/").parse().expect("an id");
    for (step, field, max) in STEP_TEXTS {
        for (what, text, comes) in texts(max) {
            let answer = worker.send(&format!("{draft}/{step}"), &[(field, &text)]).await;
            match comes {
                Told(sentence, kept) => is_told(what, &answer, field, &sentence, &kept),
                As(expected) => {
                    assert_eq!(
                        answer.status,
                        StatusCode::SEE_OTHER,
                        "{what}: {field}: {}",
                        html::text(&answer.html)
                    );
                    let stored = site.app.draft(&viewer, id).await.expect("the draft").fields;
                    assert_eq!(stored[field], [expected], "{what}: {field}");
                }
            }
        }
    }
}

#[tokio::test]
async fn every_day_and_choice_of_the_steps() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let viewer = site.viewer("申请人").await;
    let draft = begin(&mut worker).await;
    let id: DraftId = draft.trim_start_matches("/apply/").parse().expect("an id");
    let days = [
        ("when", "happened"),
        ("reported", "discovered"),
        ("reported", "reported"),
        ("reported", "inquiry_known"),
    ];
    for (step, field) in days {
        let url = format!("{draft}/{step}");
        let [year, month, day] = ["year", "month", "day"].map(|part| format!("{field}.{part}"));
        for (text, comes) in DAYS {
            let answer = worker.send(&url, &[(&year, text), (&month, ""), (&day, "")]).await;
            let Some((y, m, d)) = comes else {
                is_told(
                    text,
                    &answer,
                    field,
                    "没有这一天。请改成，例如 2026 年 3 月 5 日。",
                    text,
                );
                continue;
            };
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{text}: {field}");
            let stored = site.app.draft(&viewer, id).await.expect("the draft").fields;
            assert_eq!(
                [&stored[&year], &stored[&month], &stored[&day]],
                [&[y.to_owned()], &[m.to_owned()], &[d.to_owned()]]
            );
            let page = worker.open(&url).await.html;
            assert!(
                page.contains(&format!("name=\"{month}\" value=\"{m}\"")),
                "{text}: {field}"
            );
        }
        let future = [(year.as_str(), "2026"), (month.as_str(), "9"), (day.as_str(), "17")];
        is_told(
            "tomorrow",
            &worker.send(&url, &future).await,
            field,
            "不能晚于今天",
            "value=\"17\"",
        );
        let dirty = [(year.as_str(), "2026\u{0}"), (month.as_str(), "3")];
        is_told(
            "a day",
            &worker.send(&url, &dirty).await,
            field,
            "看不见的控制字符",
            "value=\"2026\"",
        );
        worker.send(&url, &[]).await;
    }
    for (step, field, sentence) in [
        ("work", "work_kind", "还没选是哪项工作"),
        ("link", "work_links", "还没选问题出在哪一步"),
        ("reported", "reporting", "还没选有没有报告"),
        ("reported", "held", "还没选有没有单位在查"),
        ("corrected", "correcting", "还没选有没有改正"),
        ("household", "kin", "还没选是不是亲戚"),
    ] {
        let answer = worker.send(&format!("{draft}/{step}"), &[(field, "不在里面")]).await;
        is_told("no choice", &answer, field, sentence, "<input");
    }
}

#[tokio::test]
async fn a_phone_in_full_width_is_a_phone() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let draft = answered(&mut worker).await;
    worker
        .send(&format!("{draft}/me"), &[("phone", "１３９ ０００００００１")])
        .await;
    let act = worker.open(&format!("{draft}/check")).await.hidden("act_id");
    let done = crate::apply::sign(&mut worker, &draft, &act).await;
    let number = done.location.trim_start_matches("/apply/done/");
    let case = site.app.case(number).await.expect("received").case;
    assert_eq!(case.application.expect("an application").text.phone, "13900000001");
}

/// The texts of the window, the most characters of each.
const PAPER_TEXTS: [(&str, usize); 14] = [
    ("handed_in_to", 200),
    ("carried_by", 200),
    ("name", 50),
    ("post", 200),
    ("phone", 20),
    ("authorised_by", 200),
    ("citation", 200),
    ("account", 5000),
    ("reported_to", 5000),
    ("accountability", 5000),
    ("correction", 5000),
    ("household", 50),
    ("village", 200),
    ("work_other", 200),
];

#[tokio::test]
async fn every_text_and_day_of_the_window() {
    let site = Site::new().await;
    let mut clerk = Browser::of(&site, "收件岗", "shou").await;
    // The scan is left out: whatever is taken, nothing is entered.
    let with = |field: &str, texts: &[(&'static str, String)]| {
        let mut fields = typed(&site);
        fields.retain(|(name, _)| name.split('.').next() != Some(field));
        fields.extend(texts.iter().cloned());
        fields
    };
    for (field, max) in PAPER_TEXTS {
        for (what, text, comes) in texts(max) {
            let answer = clerk.send("/paper", &borrowed(&with(field, &[(field, text)]))).await;
            match comes {
                Told(sentence, kept) => is_told(what, &answer, field, &sentence, &kept),
                As(kept) => {
                    let needed = kept.is_empty() && ["name", "post", "account", "handed_in_to"].contains(&field);
                    is_taken(what, &answer, field, &kept, needed);
                    assert!(answer.html.contains("id=\"scan-error\""), "{what}: {field}");
                }
            }
        }
    }
    let names = [
        (
            "received_on",
            ["received_on.year", "received_on.month", "received_on.day"],
        ),
        (
            "handed_in_on",
            ["handed_in_on.year", "handed_in_on.month", "handed_in_on.day"],
        ),
        ("happened", ["happened.year", "happened.month", "happened.day"]),
    ];
    for (field, [year, month, day]) in names {
        for (text, comes) in DAYS {
            let parts = [(year, text.to_owned()), (month, String::new()), (day, String::new())];
            let answer = clerk.send("/paper", &borrowed(&with(field, &parts))).await;
            match comes {
                None => is_told(
                    text,
                    &answer,
                    field,
                    "没有这一天。请改成，例如 2026 年 3 月 5 日。",
                    text,
                ),
                Some(_) => assert!(
                    !answer.html.contains(&format!("id=\"{field}-error\"")),
                    "{text}: {field}"
                ),
            }
        }
    }
    for field in [
        "channel",
        "unit",
        "work_kind",
        "claim",
        "reporting",
        "held",
        "correcting",
        "kin",
        "declaration",
    ] {
        let answer = clerk
            .send("/paper", &borrowed(&with(field, &[(field, "不在里面".into())])))
            .await;
        is_told("no choice", &answer, field, "还没", "高玉兰");
    }
}

#[tokio::test]
async fn every_kind_of_field_of_the_acts() {
    let site = Site::new().await;
    let number = site.submitted("核对时数据没有更新。").await;
    let mut clerk = Browser::of(&site, "收件岗", "shou").await;
    let evidence = format!("/cases/{number}/acts/add-evidence");
    let supplement = format!("/cases/{number}/acts/request-supplement");
    let transfer = format!("/cases/{number}/acts/transfer");
    // What the other field lacks keeps the act from being done.
    for (url, beside, field, max) in [
        (&evidence, ("ring", "everyone"), "title", 200),
        (&evidence, ("ring", "everyone"), "proves", 5000),
        (&transfer, ("what", "clue"), "to", 200),
    ] {
        for (what, text, comes) in texts(max) {
            let answer = clerk.send(url, &[beside, (field, &text)]).await;
            match comes {
                Told(sentence, kept) => is_told(what, &answer, field, &sentence, &kept),
                As(kept) => is_taken(what, &answer, field, &kept, kept.is_empty()),
            }
        }
    }
    for (url, field) in [(&evidence, "made"), (&supplement, "until")] {
        for (text, comes) in DAYS {
            let year = format!("{field}.year");
            let answer = clerk.send(url, &[(&year, text)]).await;
            match comes {
                None => is_told(
                    text,
                    &answer,
                    field,
                    "没有这一天。请改成，例如 2026 年 3 月 5 日。",
                    text,
                ),
                // Taken; a day that has been is not one until which papers may come.
                Some(_) => {
                    assert!(!answer.html.contains("没有这一天"), "{text}: {field}");
                    assert!(answer.html.contains(text), "{text}: {field}");
                }
            }
        }
    }
    let answer = clerk
        .send(&evidence, &[("ring", "不在里面"), ("title", "查询单")])
        .await;
    is_told("no choice", &answer, "ring", "还没选谁能看这份材料", "查询单");
    let record = site.app.case(&number).await.expect("the case").case;
    assert!(
        record.evidence.is_empty() && record.supplement.is_none(),
        "nothing was done"
    );
}
