//! `/admin/institutions`: bureaus, groups, city bodies, units; their names and codes as they stand.

use super::{AdminPage, draw, must};
use crate::error::{Page, status};
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::form::{Choice, Field, Form};
use crate::values::Values;
use app::authority::Matter;
use app::{Failure, Institution};
use axum::http::StatusCode;
use base::InstitutionId;
use base::law::Party;
use casefile::Refusal;

/// What an institution can be; a unit is no party.
const KINDS: [(&str, &str, Option<Party>); 5] = [
    ("unit", "单位（乡镇、街道、村、社区、科室）", None),
    ("bureau", "县（区）民政局或者社会事业服务中心", Some(Party::Bureau)),
    ("discipline", "派驻的纪检监察组", Some(Party::Discipline)),
    ("city", "市民政局", Some(Party::City)),
    ("city-discipline", "驻市民政局纪检监察组", Some(Party::CityDiscipline)),
];

/// `GET /admin/institutions`
pub async fn get(visit: Visit) -> Page {
    must(&visit, &[Matter::RunSite])?;
    let all = visit.app.institutions().await?;
    let form = form(&all, None);
    list(&visit, &all, ("登记一个机构".into(), form), StatusCode::OK).await
}

/// `GET /admin/institutions/{id}`
pub async fn one(visit: Visit, Path(id): Path<String>) -> Page {
    must(&visit, &[Matter::RunSite])?;
    let id: InstitutionId = id.parse().map_err(|_| Refusal::not_found())?;
    let institution = visit.app.institution(id).await?;
    let all = visit.app.institutions().await?;
    let form = form(&all, Some(&institution));
    list(&visit, &all, (format!("改 {}", institution.name), form), StatusCode::OK).await
}

/// `POST /admin/institutions`
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    must(&visit, &[Matter::RunSite])?;
    let all = visit.app.institutions().await?;
    let heading = "登记一个机构".to_owned();
    if resumed {
        return list(&visit, &all, (heading, form(&all, None).fill(&values)), StatusCode::OK).await;
    }
    match save(&visit, &values).await {
        Ok(()) => Ok(redirect_done("/admin/institutions", "institution")),
        Err(Failure::Refused(refusal)) => {
            let form = form(&all, None).fill(&values).refuse(&refusal);
            list(&visit, &all, (heading, form), status(refusal.kind)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn save(visit: &Visit, values: &Values) -> Result<(), Failure> {
    let Some((.., party)) = KINDS.iter().find(|(code, ..)| *code == values.text("kind")) else {
        return Err(Refusal::field("kind", "还没选是哪种机构。请选一项。").into());
    };
    let institution = Institution {
        id: values
            .text("id")
            .parse()
            .unwrap_or_else(|_| InstitutionId(visit.app.fresh_act().0)),
        name: values.text("name").into(),
        party: *party,
        division: values.text("division").into(),
        parent: values.text("parent").parse().ok(),
        counterpart: values.text("counterpart").parse().ok(),
        code: values.text("code").into(),
        contact: values.text("contact").into(),
        overseer: values.text("overseer").into(),
    };
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    visit.app.register_institution(&visit.viewer, act, institution).await
}

async fn list(visit: &Visit, all: &[Institution], form: (String, Form), status: StatusCode) -> Page {
    let name = |id: Option<InstitutionId>| {
        all.iter()
            .find(|i| Some(i.id) == id)
            .map_or_else(String::new, |institution| institution.name.clone())
    };
    let rows = all.iter().map(|institution| {
        let kind = KINDS
            .iter()
            .find(|(.., party)| *party == institution.party)
            .map_or("", |(_, words, _)| words);
        let cells = vec![
            institution.name.clone(),
            kind.to_owned(),
            institution.division.clone(),
            name(institution.parent),
            institution.code.clone(),
        ];
        (format!("/admin/institutions/{}", institution.id), cells)
    });
    let (heading, form) = form;
    let page = AdminPage {
        frame: visit.frame("/admin"),
        title: "机构".into(),
        hint: "名称、代字按本地的叫法填，打印在文书上。".into(),
        columns: vec!["名称", "种类", "区划代码", "上级", "机关代字"],
        rows: rows.collect(),
        form: Some((heading, form.field(Field::hidden("act_id", visit.app.fresh_act())))),
        ..AdminPage::default()
    };
    draw(visit, page, status).await
}

fn form(all: &[Institution], known: Option<&Institution>) -> Form {
    let places: Vec<Choice> = all.iter().map(|i| Choice::new(i.id, i.name.as_str())).collect();
    let kinds = KINDS.iter().map(|(code, words, _)| Choice::new(code, *words)).collect();
    let kind = known
        .and_then(|i| KINDS.iter().find(|(.., party)| *party == i.party))
        .map_or("unit", |(code, ..)| code);
    let said = |get: fn(&Institution) -> &String| known.map(get).cloned().unwrap_or_default();
    let id = |id: Option<InstitutionId>| id.map(|id| id.to_string()).unwrap_or_default();
    let form = Form::new("保存").action("/admin/institutions");
    let form = match known {
        Some(institution) => form.field(Field::hidden("id", institution.id)),
        None => form,
    };
    form.field(Field::text("name", "机构名称").value(said(|i| &i.name)))
        .field(Field::radio("kind", "种类", kinds).value(kind))
        .field(
            Field::text("division", "区划代码")
                .hint("例如 410928；没有法定代码的自编。")
                .value(said(|i| &i.division)),
        )
        .field(
            Field::select("parent", "上级机构", places.clone())
                .optional()
                .value(id(known.and_then(|i| i.parent))),
        )
        .field(
            Field::select("counterpart", "对应的机构", places)
                .optional()
                .hint("民政局对应派驻它的纪检监察组。")
                .value(id(known.and_then(|i| i.counterpart))),
        )
        .field(
            Field::text("code", "机关代字")
                .optional()
                .hint("用在文号里，例如 濮县民。")
                .value(said(|i| &i.code)),
        )
        .field(
            Field::text("contact", "电话和窗口")
                .optional()
                .value(said(|i| &i.contact)),
        )
        .field(
            Field::text("overseer", "收认定报告的纪检监察机关")
                .optional()
                .hint("按干部管理权限，管这个机构的人的那一家，例如 濮阳县纪委监委。报送认定报告时列出来供勾选。")
                .value(said(|i| &i.overseer)),
        )
}
