//! The last step: everything once more, what is missing by name, the leaflet of rights, the declaration, the signature.

use super::reading::{self, Reading, Seen};
use super::sheet::Sheet;
use super::steps::{CORRECTING, Code, HELD, KIN, RECORDED, REPORTING, STEPS, WHICH, asking};
use crate::error::{self, Page};
use crate::extract::Visit;
use crate::form::{Choice, Field, Form};
use crate::frame::Frame;
use crate::pages::evidence::link;
use crate::read;
use crate::values::Values;
use crate::words;
use app::Failure;
use app::drafts::Draft;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use base::law::{Ground, Text};
use base::{ActId, DraftId};
use casefile::{FieldRefusal, Kind, Refusal};

/// One answer on the check page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What was asked.
    pub question: &'static str,
    /// What was answered; several lines keep their breaks.
    pub answer: String,
    /// Where it is changed.
    pub url: String,
}

/// `/apply/{draft}/check`
#[derive(Debug, Template)]
#[template(path = "pages/apply_check.html")]
pub struct CheckPage {
    /// Around it.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// Where 上一步 leads.
    pub back: String,
    /// What the step line says.
    pub line: String,
    /// The heading of the box of what is missing; empty for nothing missing.
    pub lacking: String,
    /// What is missing or wrong: where it is mended, what to do.
    pub missing: Vec<(String, String)>,
    /// The answers under their headings.
    pub lists: Vec<(&'static str, Vec<Row>)>,
    /// 权利告知书
    pub leaflet: Text,
    /// 声明
    pub declaration: Text,
    /// What to know first; empty for nothing.
    pub notice: String,
    /// The signature.
    pub form: Form,
    /// When the steps before were saved.
    pub saved: String,
}

/// The check page of a draft.
pub async fn show(visit: &Visit, id: DraftId, draft: &Draft) -> Page {
    let form = signature(visit, visit.app.fresh_act(), &Values::default());
    draw(visit, id, draft, form, String::new(), StatusCode::OK)
}

/// Signs and hands in.
pub async fn post(visit: &Visit, id: DraftId, values: &Values, resumed: bool) -> Page {
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    let draft = match visit.app.draft(&visit.viewer, id).await {
        Ok(draft) => draft,
        Err(failure) => return sent_before(visit, id, failure).await,
    };
    let form = signature(visit, act, values);
    if resumed {
        let notice = "您已重新登录。填过的都在，请再输密码提交。".to_owned();
        return draw(visit, id, &draft, form, notice, StatusCode::OK);
    }
    match hand_in(visit, id, &draft, act, values).await {
        Ok(number) => Ok(Redirect::to(&format!("/apply/done/{number}")).into_response()),
        Err(Failure::Refused(refusal)) if refusal.kind == Kind::NotFound => {
            sent_before(visit, id, Failure::Refused(refusal)).await
        }
        Err(Failure::Refused(refusal)) => {
            // What belongs to a step stands in the box of what is missing, with its link.
            let here = |one: &&FieldRefusal| STEPS[STEPS.len() - 1].asks.contains(&one.field.as_str());
            let own: Vec<FieldRefusal> = refusal.fields.iter().filter(here).cloned().collect();
            let form = match (refusal.fields.is_empty(), own.is_empty()) {
                (true, _) => form.refuse(&refusal),
                (false, true) => form,
                (false, false) => form.refuse(&Refusal::fields(own)),
            };
            draw(visit, id, &draft, form, String::new(), error::status(refusal.kind))
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn hand_in(visit: &Visit, id: DraftId, draft: &Draft, act: ActId, values: &Values) -> Result<String, Failure> {
    let answers = Values::from(draft.fields.clone());
    let sheet = Sheet::new(visit.app.packs().current(), &answers);
    let Reading { application, refused } = reading::read(&sheet, &visit.viewer, Seen::of(values), visit.app.today());
    if !refused.is_empty() {
        return Err(Refusal::fields(refused).into());
    }
    visit.app.check_password(&visit.viewer, values.text("password")).await?;
    let performed = visit.app.submit(&visit.viewer, act, id, application).await?;
    Ok(performed.number)
}

/// The draft is gone: to the receipt, where it was handed in before; otherwise not found.
async fn sent_before(visit: &Visit, id: DraftId, failure: Failure) -> Page {
    match visit.app.handed_in(&visit.viewer, id).await? {
        Some(done) => Ok(Redirect::to(&format!("/apply/done/{}", done.number)).into_response()),
        None => Err(failure.into()),
    }
}

/// The form of the signature, with what was typed; it names the versions that this page shows, not an earlier one's.
fn signature(visit: &Visit, act: ActId, values: &Values) -> Form {
    let procedure = &visit.app.packs().current().procedure;
    let declaration = &procedure.declaration;
    Form::new("签名并提交")
        .field(Field::checks(
            "declaration",
            "声明",
            vec![Choice::new(&declaration.version, "我看过了，是我本人提出的")],
        ))
        .field(Field::signature())
        .field(Field::hidden("act_id", act))
        .fill(values)
        .field(Field::hidden("leaflet", &procedure.leaflet.version))
}

fn draw(visit: &Visit, id: DraftId, draft: &Draft, form: Form, notice: String, status: StatusCode) -> Page {
    let answers = Values::from(draft.fields.clone());
    let sheet = Sheet::new(visit.app.packs().current(), &answers);
    let procedure = &sheet.pack.procedure;
    // The declaration is asked for on this page: it is not missing before it is signed.
    let seen = Seen {
        declaration: &procedure.declaration.version,
        leaflet: &procedure.leaflet.version,
    };
    let mut refused = reading::read(&sheet, &visit.viewer, seen, visit.app.today()).refused;
    refused.retain(|one| one.field != "declaration");
    let wrong = refused.iter().filter(|one| reading::is_wrong(one, &answers)).count();
    let lacking = match (refused.len(), wrong) {
        (0, _) => String::new(),
        (n, 0) => format!("还有 {n} 处没填，填好就能提交"),
        (n, _) => format!("还有 {n} 处要填好或者改好，就能提交"),
    };
    let missing = refused
        .into_iter()
        .map(|one| (mend(id, &sheet, &one.field), one.sentence))
        .collect();
    let mut frame = visit.frame("/apply");
    frame.wrong = status != StatusCode::OK;
    let n = STEPS.len();
    let page = CheckPage {
        frame,
        title: STEPS[n - 1].question.into(),
        back: format!("/apply/{id}/{}", STEPS[n - 2].slug),
        line: format!("第 {n} 步，共 {n} 步 · {}", STEPS[n - 1].name),
        lacking,
        missing,
        lists: lists(id, &sheet, draft),
        leaflet: procedure.leaflet.clone(),
        declaration: procedure.declaration.clone(),
        notice,
        form,
        saved: words::day_and_time(draft.saved),
    };
    let response: Response = (status, Html(page.render()?)).into_response();
    Ok(response)
}

/// Where a missing or wrong answer is mended.
fn mend(id: DraftId, sheet: &Sheet, field: &str) -> String {
    let groups = sheet.groups();
    let step = asking(field).slug;
    // Situations can be ticked only below a group; what is claimed is asked on the last group's page.
    if step == WHICH && groups.is_empty() {
        return change(id, "why");
    }
    let group = match field {
        "claim" => groups.last(),
        "citation" => groups
            .iter()
            .find(|group| sheet.clauses_of(group).any(|clause| clause.catch_all)),
        _ => None,
    };
    match (step, group) {
        ("me", _) => format!("{}&change=1", change(id, "me")),
        (step, Some(group)) => format!("{}&group={}", change(id, step), group.id),
        (step, None) => change(id, step),
    }
}

fn change(id: DraftId, slug: &str) -> String {
    format!("/apply/{id}/{slug}?back=check")
}

fn lists(id: DraftId, sheet: &Sheet, draft: &Draft) -> Vec<(&'static str, Vec<Row>)> {
    let text = |name: &str| sheet.values.text(name).to_owned();
    let procedure = &sheet.pack.procedure;
    let row = |slug: &str, question: &'static str, parts: &[String]| {
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        Row {
            question,
            answer: if parts.is_empty() {
                "没有填".into()
            } else {
                parts.join("\n")
            },
            url: change(id, slug),
        }
    };
    let labelled = |label: &str, text: String| {
        if text.is_empty() {
            text
        } else {
            format!("{label}：{text}")
        }
    };
    let own = vec![
        row("me", "姓名", &[text("name")]),
        row("me", "单位和岗位", &[text("unit"), text("post")]),
        row(
            "me",
            "手机",
            &[text("phone"), labelled("谁授权的", text("authorised_by"))],
        ),
    ];
    let matter = vec![
        row(
            "work",
            "哪项工作",
            &[
                listed(&procedure.work_kinds, sheet.values.all("work_kind")),
                text("work_other"),
            ],
        ),
        row(
            "link",
            "出在哪一步",
            &[
                listed(&procedure.work_links, sheet.values.all("work_links")),
                text("link_other"),
            ],
        ),
        row("when", "什么时候", &[day(sheet.values, "happened")]),
        row("account", "经过", &[text("account")]),
        row(
            "reported",
            "报告",
            &[
                said(REPORTING, &text("reporting")),
                labelled("发现", day(sheet.values, "discovered")),
                labelled("报告", day(sheet.values, "reported")),
                text("reported_to"),
                labelled("有没有单位在查", said(HELD, &text("held"))),
                labelled("知道在查", day(sheet.values, "inquiry_known")),
                text("accountability"),
            ],
        ),
        row(
            "corrected",
            "改正",
            &[said(CORRECTING, &text("correcting")), text("correction")],
        ),
        row(
            "household",
            "涉及哪一户",
            &[
                text("household"),
                text("village"),
                labelled("是不是亲戚", said(KIN, &text("kin"))),
                labelled("近亲属备案", said(RECORDED, &text("kin_recorded"))),
            ],
        ),
    ];
    let groups: Vec<String> = sheet.groups().iter().map(|group| group.label.clone()).collect();
    let clauses: Vec<String> = sheet.clauses().iter().map(|clause| clause.plain.clone()).collect();
    let claim = procedure
        .claims
        .iter()
        .find(|claim| claim.id.as_str() == sheet.values.text("claim"));
    let claim = claim.map(|claim| claim.plain.clone()).unwrap_or_default();
    let files: Vec<String> = draft
        .files
        .iter()
        .map(|kept| {
            let (_, name, size) = link(&kept.file);
            match kept.proves.as_str() {
                "" => format!("{name}（{size}）"),
                proves => format!("{name}（{size}）：{proves}"),
            }
        })
        .collect();
    let mut asked = row(WHICH, "申请什么", &[claim]);
    asked.url = mend(id, sheet, "claim");
    let grounds = vec![
        row("why", "为什么出错", &groups),
        row(
            WHICH,
            "相符的情况",
            &[clauses, vec![labelled("依据的文件", text("citation"))]].concat(),
        ),
        asked,
        Row {
            answer: if files.is_empty() {
                "没有材料，以后也能补".into()
            } else {
                files.join("\n")
            },
            ..row("files", "材料", &[])
        },
    ];
    vec![("您的信息", own), ("事情经过", matter), ("申请情形和材料", grounds)]
}

fn listed(list: &[Ground], ids: &[String]) -> String {
    let known = list
        .iter()
        .filter(|ground| ids.iter().any(|id| *id == *ground.id.as_str()));
    known.map(|ground| ground.text.as_str()).collect::<Vec<_>>().join("、")
}

fn said<T>(list: &[Code<T>], code: &str) -> String {
    let found = list.iter().find(|(known, _, _)| *known == code);
    found.map(|(_, words, _)| (*words).to_owned()).unwrap_or_default()
}

/// A day as it was understood: `2026 年 3 月 5 日`.
fn day(values: &Values, name: &str) -> String {
    let parts = read::parts(values, name).into_iter().zip(["年", "月", "日"]);
    let said = parts.filter(|(text, _)| !text.is_empty());
    said.map(|(text, unit)| format!("{text} {unit}"))
        .collect::<Vec<_>>()
        .join(" ")
}
