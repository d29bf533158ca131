//! `/kin/{entry}`: one entry of the register, where it is corrected or struck out; with what stood there before. The
//! family's name and number are not shown to be corrected: they are typed anew, or left as they are.

use super::{cells, fields, state, typed, why, whys};
use crate::error::{Page, status};
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::form::{Field, Form};
use crate::frame::Frame;
use app::Failure;
use app::kin::{FIELDS, LEVELS, RELATIONS, Version};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use base::{ActId, EventId};
use casefile::Kind;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/kin_entry.html")]
pub struct EntryPage {
    /// Around it.
    pub frame: Frame,
    /// What it says: label and text.
    pub facts: Vec<(&'static str, String)>,
    /// What stood there before, the latest first: what it said, what became of it.
    pub before: Vec<(String, String)>,
    /// The forms that correct it and strike it out, under their headings; none for what stands no longer.
    pub forms: Vec<(&'static str, Form)>,
}

/// `GET /kin/{entry}`
pub async fn get(visit: Visit, Path(id): Path<EventId>) -> Page {
    let (version, before) = visit.app.kin_entry(&visit.viewer, id).await?;
    let forms = match version.over {
        None => vec![
            correct(&version, visit.app.fresh_act()),
            strike(&version, visit.app.fresh_act()),
        ],
        Some(_) => Vec::new(),
    };
    draw(&visit, &version, &before, forms, StatusCode::OK)
}

/// `POST /kin/{entry}`: corrected, or struck out.
pub async fn post(Path(id): Path<EventId>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    let (app, viewer) = (&visit.app, &visit.viewer);
    let strikes = values.text("what") == "strike";
    let act = values.text("act_id").parse().unwrap_or_else(|_| app.fresh_act());
    let done = match strikes {
        _ if resumed => Ok(false),
        true => app
            .strike_kin(viewer, act, id, values.text("struck"))
            .await
            .map(|()| true),
        false => {
            let done = app.correct_kin(viewer, act, id, &typed(&values), &why(&values)).await;
            done.map(|()| true)
        }
    };
    let refusal = match done {
        Ok(true) => {
            return Ok(redirect_done(
                "/kin",
                if strikes { "kin-struck" } else { "kin-corrected" },
            ));
        }
        Ok(false) => None,
        Err(Failure::Refused(refusal)) if refusal.kind != Kind::NotFound => Some(refusal),
        Err(failure) => return Err(failure.into()),
    };
    let (version, before) = app.kin_entry(viewer, id).await?;
    let (correct, strike) = (correct(&version, app.fresh_act()), strike(&version, app.fresh_act()));
    let mut forms = vec![correct, strike];
    let sent = forms.remove(usize::from(strikes)).fill(&values);
    let (sent, status) = match refusal {
        Some(refusal) => (sent.refuse(&refusal), status(refusal.kind)),
        None => (sent, StatusCode::OK),
    };
    forms.insert(usize::from(strikes), sent);
    draw(&visit, &version, &before, forms, status)
}

fn draw(visit: &Visit, version: &Version, before: &[Version], forms: Vec<Form>, status: StatusCode) -> Page {
    let page = page(visit.frame("/kin"), version, before, forms);
    Ok((status, Html(page.render()?)).into_response())
}

/// The page of an entry, masked, with what stood there before.
pub fn page(mut frame: Frame, version: &Version, before: &[Version], forms: Vec<Form>) -> EntryPage {
    frame.wrong = forms.iter().any(|form| form.wrong() > 0);
    let labels = ["干部", "哪一级", "户", "关系", "备案日期"];
    let mut facts: Vec<(&str, String)> = labels.into_iter().zip(cells(&version.entry)).collect();
    facts.extend(Some(("更正", state(version))).filter(|(_, state)| !state.is_empty()));
    let before = before.iter();
    EntryPage {
        frame,
        facts,
        before: before.map(|one| (cells(&one.entry).join("，"), state(one))).collect(),
        forms: ["更正这一条", "划去这一条"].into_iter().zip(forms).collect(),
    }
}

/// The form that corrects an entry: as it stands, but for the family's name and number.
pub fn correct(version: &Version, act: ActId) -> Form {
    let (entry, text) = (&version.entry, &version.entry.text);
    let mut asked = fields();
    for (field, (name, ..)) in asked.iter_mut().zip(FIELDS) {
        let now = field.clone();
        *field = match name {
            "name" => now.value(&text.name),
            "unit" => now.value(&text.unit),
            "post" => now.value(&text.post),
            "village" => now.value(&text.village),
            "level" => now.value(code(&LEVELS, entry.level)),
            "relation" => now.value(code(&RELATIONS, entry.relation)),
            "recorded_on" => now.day(entry.recorded_on),
            "head" => now.optional().hint(format!("登记的是 {}。不改就不填。", text.head)),
            _ => now
                .optional()
                .hint(format!("登记的是 {}。不改就不填。", text.id_number)),
        };
    }
    Form::new("更正")
        .action(format!("/kin/{}", version.id))
        .fields(asked)
        .fields(whys())
        .field(Field::hidden("act_id", act))
        .consequences(
            "更正前的一条和它的日期还在。录入时打错的，备案日期不变；备案表当时填错了身份证号或者关系的，从今天算起，其他内容填错的，备案日期不变。",
        )
}

/// The form that strikes an entry out.
pub fn strike(version: &Version, act: ActId) -> Form {
    Form::new("划去")
        .action(format!("/kin/{}", version.id))
        .field(Field::long("struck", "为什么不该有这一条").rows(3))
        .field(Field::hidden("what", "strike"))
        .field(Field::hidden("act_id", act))
        .consequences("这一条不再算登记，但还留着，写明哪天划去和理由。办这一户的案件时，调查人还能看到。")
}

fn code<T: PartialEq + Copy>(list: &[(&'static str, &'static str, T)], value: T) -> &'static str {
    list.iter()
        .find(|(.., one)| *one == value)
        .map_or("", |(code, ..)| code)
}
