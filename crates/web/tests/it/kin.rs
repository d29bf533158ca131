//! The register of kin: its page, and what a case shows of it.

use crate::browser::Browser;
use crate::site::Site;
use crate::templates::{office, snapshot};
use crate::{html, sample};
use app::Standing;
use app::kin::{Entry, Over, Typed, Version};
use askama::Template;
use axum::http::StatusCode;
use base::law::Party;
use base::{ActId, Date, EventId};
use casefile::Refusal;
use web::frame::Frame;
use web::pages::kin::{self, KinCard, KinLine};
use web::pages::{evidence, questions};

/// An entry as it is typed.
pub fn typed() -> Typed {
    let typed = [
        "陈志强",
        "子岸镇人民政府",
        "干部",
        "township",
        "张建国",
        "410922197002030023",
        "东关村",
        "spouse",
        "2026-03-01",
    ];
    Typed(typed.map(Into::into))
}

fn entry() -> Entry {
    typed().entry(Date::constant(2026, 9, 16)).expect("an entry")
}

/// An entry that was struck out, one that was corrected, what stands in its place.
fn versions() -> [Version; 3] {
    let version = |n: u8, over: Option<(bool, &str)>| Version {
        id: EventId([n; 16]),
        entry: entry(),
        typed_on: Date::constant(2026, 9, 16),
        corrects: None,
        since: None,
        over: over.map(|(struck, reason)| Over {
            on: Date::constant(2026, 9, 16),
            struck,
            reason: reason.into(),
        }),
    };
    let mut now = version(3, None);
    now.corrects = Some(EventId([2; 16]));
    now.since = Some(Date::constant(2026, 9, 16));
    let all = [
        now,
        version(2, Some((false, "身份证号填错了"))),
        version(1, Some((true, "重复登记"))),
    ];
    all.map(Version::masked)
}

#[test]
fn the_page_of_the_register() {
    let forms = || (kin::one(ActId([1; 16])), kin::many(ActId([2; 16])));
    let (one, many) = forms();
    snapshot("kin-empty", &kin::page(office(), &[], one, many));
    let (one, many) = forms();
    let wrong = Refusal::field("file", "第 3 行第 9 列“备案日期”：备案日期不能晚于今天。请检查。");
    snapshot("kin", &kin::page(office(), &versions(), one, many.refuse(&wrong)));
}

#[test]
fn the_page_of_an_entry() {
    let [now, before, struck] = versions();
    let forms = vec![
        kin::entry::correct(&now, ActId([1; 16])),
        kin::entry::strike(&now, ActId([2; 16])),
    ];
    snapshot("kin-entry", &kin::entry::page(office(), &now, &[before], forms));
    let over = kin::entry::page(office(), &struck, &[], Vec::new());
    let over = over.render().expect("draws");
    assert!(
        over.contains("已划去，理由：重复登记") && !over.contains("<form"),
        "{over}"
    );
}

#[test]
fn evidence_and_question_show_what_the_register_says() {
    let card = || KinCard {
        shown: true,
        entries: vec![KinLine {
            what: "陈志强（子岸镇 干部）和 张某某 410922********0023（东关村）：夫妻".into(),
            recorded: "备案日期 2026 年 5 月 1 日（周五）。在事情发生以后，不算按规定备案。".into(),
            add: "/cases/JZ/acts/add-evidence?title=a".into(),
        }],
        people: vec![("局长（县局）".into(), "/cases/JZ/acts/ask-recusal?person=1".into())],
    };
    let team = Standing::Team(Party::Bureau);
    let file = sample::file(sample::inquiry(), team, sample::TODAY, &[]);
    let mut page = evidence::page(Frame::bare(), &file, ["", ""]);
    let without = page.render().expect("draws");
    assert!(
        !without.contains("近亲属备案里的登记"),
        "shown where there is nothing to show"
    );
    page.kin = card();
    let question = file.pack.question(&"s5-4-unfiled".into()).expect("a question");
    let mut asked = questions::one_of(Frame::bare(), &file, question, &[], None);
    asked.kin = card();
    let drawn = [page.render().expect("draws"), asked.render().expect("draws")];
    for (name, drawn) in ["evidence", "question"].into_iter().zip(drawn) {
        let html = html::check(name, &drawn);
        for expected in ["不算按规定备案", "加为证据", "申请回避"] {
            assert!(html.contains(expected), "{name}: {expected}");
        }
    }
}

#[tokio::test]
async fn typed_at_the_window_it_stands_in_the_list_masked() {
    let site = Site::new().await;
    let mut browser = Browser::of(&site, "收件岗", "user").await;
    let fields = [
        ("name", "陈志强"),
        ("unit", "子岸镇人民政府"),
        ("post", "干部"),
        ("level", "township"),
        ("head", "张建国"),
        ("id_number", "410922197002030023"),
        ("village", "东关村"),
        ("relation", "spouse"),
        ("recorded_on.year", "2026"),
        ("recorded_on.month", "3"),
        ("recorded_on.day", "1"),
    ];
    let mut wrong = fields;
    wrong[5].1 = "410922197002030029";
    let refused = browser.send("/kin", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("value=\"张建国\""), "what was typed is kept");
    let done = browser.send("/kin", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let page = browser.open("/kin").await.html;
    assert!(page.contains("张某某 410922********0023"), "{page}");
    assert!(!page.contains("张建国"));
}

#[tokio::test]
async fn an_entry_is_corrected_and_struck_out() {
    let site = Site::new().await;
    let clerk = site.viewer("收件岗").await;
    let recorded = site.app.record_kin(&clerk, site.act(), &typed()).await;
    recorded.expect("recorded");
    let mut browser = Browser::of(&site, "收件岗", "user").await;
    let link = async |browser: &mut Browser| {
        let page = browser.open("/kin").await.html;
        let (_, rest) = page.split_once("href=\"/kin/").expect("a link");
        format!("/kin/{}", &rest[..32])
    };
    let url = link(&mut browser).await;
    let page = browser.open(&url).await;
    assert!(
        !page.html.contains("张建国") && page.html.contains("value=\"陈志强\""),
        "{}",
        page.html
    );
    let mut fields = vec![
        ("name", "陈志刚"),
        ("unit", "子岸镇人民政府"),
        ("post", "干部"),
        ("level", "township"),
        ("head", ""),
        ("id_number", "410922197002030029"),
        ("village", "东关村"),
        ("relation", "spouse"),
        ("recorded_on.year", "2026"),
        ("recorded_on.month", "3"),
        ("recorded_on.day", "1"),
        ("slip", "typed"),
    ];
    let refused = browser.send(&url, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check_form("refused", &refused.html);
    for told in ["value=\"陈志刚\"", "还没写理由", "身份证号"] {
        assert!(refused.html.contains(told), "{told}: {}", refused.html);
    }
    fields[5].1 = "";
    fields.push(("reason", "录入时看错了名字"));
    let done = browser.send(&url, &fields).await;
    assert_eq!(
        (done.status, done.location.as_str()),
        (StatusCode::SEE_OTHER, "/kin"),
        "{}",
        done.html
    );
    let late = browser.send(&url, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.html.contains("这一条刚才更正过了") && late.html.contains("录入时看错了名字"));
    let register = browser.open("/kin").await.html;
    assert!(
        register.contains("陈志刚（") && register.contains("已更正，理由：录入时看错了名字"),
        "{register}"
    );
    let url = link(&mut browser).await;
    let done = browser.send(&url, &[("what", "strike"), ("struck", "重复登记")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let register = browser.open("/kin").await.html;
    assert!(
        register.contains("共 0 条") && register.contains("已划去，理由：重复登记"),
        "{register}"
    );
}
