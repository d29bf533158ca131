//! `/admin/authority`: the table of authority, drawn from the very rows that are enforced. Nothing is set here.

use super::{AdminPage, draw, must};
use crate::error::Page;
use crate::extract::Visit;
use crate::words;
use app::authority::{Matter, PROTECTED, READERS, Who, who_may, whose};
use axum::http::StatusCode;
use casefile::act::ActName;

/// `GET /admin/authority`
pub async fn get(visit: Visit) -> Page {
    must(&visit, &[Matter::AppointOfficers])?;
    let row = |what: &str, who: &[Who]| {
        let who: Vec<String> = who.iter().map(|who| words::who(*who)).collect();
        (String::new(), vec![what.to_owned(), who.join("、")])
    };
    let mut rows = vec![
        row("看案卷", &READERS),
        row("看保护举报人的材料、移送的线索", &PROTECTED),
        row("看自己的申请和结果", &[Who::Applicant]),
        row("看本单位收到的结果", &[Who::Recipient]),
    ];
    rows.extend(ActName::ALL.iter().map(|act| row(act.title(), who_may(*act))));
    rows.extend(Matter::ALL.map(|matter| row(matter.title(), whose(matter))));
    let page = AdminPage {
        frame: visit.frame("/admin"),
        title: "谁能办什么、看什么".into(),
        hint: "没有列出的，谁都不能。本人的案件，只能以申请人的身份办；回避的人，什么都不能办、不能看。".into(),
        columns: vec!["什么", "谁"],
        rows,
        form: None,
        ..AdminPage::default()
    };
    draw(&visit, page, StatusCode::OK).await
}
