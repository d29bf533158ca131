//! `/admin/retention`: how long the archive keeps cases, and for how long backups of keys are kept.

use super::{AdminPage, draw, must};
use crate::error::{Page, status};
use crate::extract::{Post, Visit, redirect_done};
use crate::form::{Field, Form};
use app::Failure;
use app::authority::Matter;
use app::retention::{LEAST_YEARS, PERMANENT, Terms};
use axum::http::StatusCode;

/// `GET /admin/retention`
pub async fn get(visit: Visit) -> Page {
    must(&visit, &[Matter::SetTerms])?;
    let terms = visit.app.terms().await?;
    draw(&visit, page(&visit, form(terms)), StatusCode::OK).await
}

/// `POST /admin/retention`
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    must(&visit, &[Matter::SetTerms])?;
    let form = form(visit.app.terms().await?).fill(&values);
    if resumed {
        return draw(&visit, page(&visit, form), StatusCode::OK).await;
    }
    let [determined, ended, backup_days] = ["determined", "ended", "backup_days"].map(|name| values.text(name));
    match visit
        .app
        .enter_terms(&visit.viewer, determined, ended, backup_days)
        .await
    {
        Ok(()) => Ok(redirect_done("/admin/retention", "terms")),
        Err(Failure::Refused(refusal)) => draw(&visit, page(&visit, form.refuse(&refusal)), status(refusal.kind)).await,
        Err(failure) => Err(failure.into()),
    }
}

fn years(term: Option<i16>) -> String {
    term.map_or_else(|| PERMANENT.into(), |years| years.to_string())
}

fn form(terms: Terms) -> Form {
    let hint = format!("从归档（有补充归档的，从最后一次）那天算起，写 {LEAST_YEARS} 至 100 年，或者“{PERMANENT}”。");
    Form::new("保存")
        .field(
            Field::text("determined", "有认定结果的，保管几年")
                .hint(&hint)
                .value(years(terms.determined)),
        )
        .field(
            Field::text("ended", "不予受理、撤回、移送的，保管几年")
                .hint(hint)
                .value(years(terms.ended)),
        )
        .field(
            Field::text("backup_days", "密钥的备份保留几天")
                .hint("销毁证明要写明最后一份含有密钥的备份哪天到期。")
                .value(terms.backup_days.map(|days| days.to_string()).unwrap_or_default()),
        )
        .consequences("以后列清单按新的期限。已经核准的清单，备份保留几天按核准时的算。")
}

fn page(visit: &Visit, form: Form) -> AdminPage {
    AdminPage {
        frame: visit.frame("/admin"),
        title: "保管期限".into(),
        hint: "期限满了也不会自动销毁，要民政局列清单、纪检监察组核准。".into(),
        columns: Vec::new(),
        rows: Vec::new(),
        form: Some(("填保管期限".into(), form)),
        ..AdminPage::default()
    }
}
