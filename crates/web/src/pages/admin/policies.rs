//! `/admin/policies`: the packs of the site, and the day each notice was published.

use super::{AdminPage, draw, must};
use crate::error::{Page, status};
use crate::extract::{Post, Visit, redirect_done};
use crate::form::{Choice, Field, Form};
use crate::read::Read;
use crate::values::Values;
use app::Failure;
use app::authority::Matter;
use axum::http::StatusCode;

/// `GET /admin/policies`
pub async fn get(visit: Visit) -> Page {
    must(&visit, &[Matter::RunSite])?;
    draw(&visit, page(&visit, form(&visit)), StatusCode::OK).await
}

/// `POST /admin/policies`
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    must(&visit, &[Matter::RunSite])?;
    if resumed {
        return draw(&visit, page(&visit, form(&visit).fill(&values)), StatusCode::OK).await;
    }
    match save(&visit, &values).await {
        Ok(()) => Ok(redirect_done("/admin/policies", "publication")),
        Err(Failure::Refused(refusal)) => {
            draw(
                &visit,
                page(&visit, form(&visit).fill(&values).refuse(&refusal)),
                status(refusal.kind),
            )
            .await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn save(visit: &Visit, values: &Values) -> Result<(), Failure> {
    let mut read = Read::of(values);
    let day = read.date("published_on", "发布日期");
    read.ok()?;
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    visit
        .app
        .enter_publication(&visit.viewer, act, values.text("pack"), &day.to_string())
        .await
}

fn form(visit: &Visit) -> Form {
    let packs = visit
        .app
        .packs()
        .all()
        .iter()
        .map(|pack| Choice::new(&pack.id, pack.number.as_str()))
        .collect();
    Form::new("保存")
        .field(Field::radio("pack", "哪份文件", packs))
        .field(Field::date("published_on", "发布日期").hint("文件里没有写的，按印发的那一天填。"))
        .consequences("以后收到的申请按这个日期判断文件是不是在有效期内。已经确定依据的案件不变。")
}

fn page(visit: &Visit, form: Form) -> AdminPage {
    let packs = visit.app.packs();
    let rows = packs.all().iter().map(|pack| {
        let published = packs
            .published_on(pack)
            .map_or_else(|| "还没有填".into(), |day| day.to_string());
        (
            format!("/policies/{}", pack.id),
            vec![pack.title.clone(), pack.number.clone(), published],
        )
    });
    AdminPage {
        frame: visit.frame("/admin"),
        title: "文件依据".into(),
        hint: "文件一旦用过就不能改；新的文件作为新的一份装进来。".into(),
        columns: vec!["文件", "文号", "发布日期"],
        rows: rows.collect(),
        form: Some((
            "填发布日期".into(),
            form.field(Field::hidden("act_id", visit.app.fresh_act())),
        )),
        ..AdminPage::default()
    }
}
