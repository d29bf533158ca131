//! The register of kin: its page, and what a case shows of it.

use crate::browser::Browser;
use crate::site::Site;
use crate::templates::{office, snapshot};
use crate::{html, sample};
use app::Standing;
use app::kin::Typed;
use askama::Template;
use axum::http::StatusCode;
use base::law::Party;
use base::{ActId, Date};
use casefile::Refusal;
use web::frame::Frame;
use web::pages::kin::{self, KinCard, KinLine};
use web::pages::{evidence, questions};

#[test]
fn the_page_of_the_register() {
    let forms = || (kin::one(ActId([1; 16])), kin::many(ActId([2; 16])));
    let (one, many) = forms();
    snapshot("kin-empty", &kin::page(office(), &[], one, many));
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
    let entry = Typed(typed.map(Into::into)).entry(Date::constant(2026, 9, 16));
    let (one, many) = forms();
    let wrong = Refusal::field("file", "第 3 行第 9 列“备案日期”：备案日期不能晚于今天。请检查。");
    let entries = [entry.expect("an entry").masked()];
    snapshot("kin", &kin::page(office(), &entries, one, many.refuse(&wrong)));
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
