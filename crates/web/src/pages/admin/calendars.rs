//! `/admin/calendars`: the years whose arrangement is published; importing one recomputes what was provisional.

use super::{AdminPage, draw, must};
use crate::error::{Page, status};
use crate::extract::{Post, Visit};
use crate::form::{Field, Form};
use crate::words::date;
use app::Failure;
use app::authority::Matter;
use axum::http::StatusCode;

/// `GET /admin/calendars`
pub async fn get(visit: Visit) -> Page {
    must(&visit, &[Matter::RunSite])?;
    draw(&visit, page(&visit, form(), String::new()), StatusCode::OK).await
}

/// `POST /admin/calendars`
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    must(&visit, &[Matter::RunSite])?;
    if resumed {
        return draw(
            &visit,
            page(&visit, form().fill(&values), String::new()),
            StatusCode::OK,
        )
        .await;
    }
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    match visit
        .app
        .import_calendar(&visit.viewer, act, values.text("calendar"))
        .await
    {
        Ok(imported) => {
            let told: Vec<String> = imported
                .recomputed
                .iter()
                .map(|(number, before, after)| format!("{number}：{} 改为 {}", date(before.due), date(after.due)))
                .collect();
            let told = if told.is_empty() {
                "没有案件的期限要重算。".into()
            } else {
                format!("{}。", told.join("；"))
            };
            let failed = match imported.failed.as_slice() {
                [] => String::new(),
                numbers => format!(
                    "没能重算的：{}。请再导入一次；还不行，请找技术人员看日志。",
                    numbers.join("、")
                ),
            };
            let done = format!("{} 年的放假安排已导入。{told}{failed}", imported.year);
            let mut page = page(&visit, form(), String::new());
            page.frame.done = Some(done);
            draw(&visit, page, StatusCode::OK).await
        }
        Err(Failure::Refused(refusal)) => {
            draw(
                &visit,
                page(&visit, form().fill(&values).refuse(&refusal), String::new()),
                status(refusal.kind),
            )
            .await
        }
        Err(failure) => Err(failure.into()),
    }
}

fn form() -> Form {
    Form::new("导入")
        .field(
            Field::long("calendar", "一年的放假安排")
                .hint("把那一年的文件内容整个贴进来。格式和本系统自带的年份一样。")
                .rows(12),
        )
        .consequences("这一年的期限按公布的安排重新算；原来暂定的期限改了，原来的和新的都记在案件里。")
}

fn page(visit: &Visit, form: Form, hint: String) -> AdminPage {
    let calendar = visit.app.calendar();
    let rows = calendar.published().map(|year| {
        (
            String::new(),
            vec![format!("{} 年", year.year), "已公布".into(), year.source.clone()],
        )
    });
    AdminPage {
        frame: visit.frame("/admin"),
        title: "放假安排".into(),
        hint: if hint.is_empty() {
            "没有公布的年份，期限都标“暂定”。".into()
        } else {
            hint
        },
        columns: vec!["年份", "状态", "来源"],
        rows: rows.collect(),
        form: Some((
            "导入一年".into(),
            form.field(Field::hidden("act_id", visit.app.fresh_act())),
        )),
        ..AdminPage::default()
    }
}
