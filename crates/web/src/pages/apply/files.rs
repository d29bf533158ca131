//! The step of the files: rows of what is kept, more of them with a form or in pieces, the place a photograph says.
//!
//! Without scripts one page per upload. `assets/pieces.js` sends what is chosen at once, in pieces; it is answered with
//! how far the file has come, with its row, or with what is wrong.

use super::steps::FILES;
use super::{Open, find};
use crate::error::{self, Error, Page};
use crate::extract::{Path, Visit};
use crate::form::{Field, Kept};
use crate::pages::case::send_file;
use crate::pages::evidence::link;
use crate::values::Values;
use app::Failure;
use app::drafts::{Coming, DraftFile, Place};
use app::uploads::{Came, PIECE, Upload};
use askama::Template;
use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use base::DraftId;
use casefile::FieldRefusal;
use casefile::words::SHORT_TEXT;

/// The row of one file, for the script to put in.
#[derive(Debug, Template)]
#[template(path = "parts/kept_row.html")]
struct Row<'a> {
    field: &'a Field,
    kept: &'a Kept,
}

/// The rows of a draft's files, as fields of its form.
pub(super) fn rows(id: DraftId, files: &[DraftFile]) -> Vec<Field> {
    files
        .iter()
        .map(|file| Field::kept(kept(id, file), &file.proves))
        .collect()
}

fn kept(id: DraftId, file: &DraftFile) -> Kept {
    let (address, name, size) = link(&file.file);
    let place_kept = match (file.place_kept, &file.file.shown) {
        (true, _) => Some(true),
        (false, Some(_)) => Some(false),
        (false, None) => None,
    };
    Kept {
        url: format!("/apply/{id}/files/{address}"),
        address,
        name,
        size,
        has_small: file.has_small,
        place_kept,
    }
}

/// Keeps what was typed and chosen on the step's page; what could not be taken.
pub(super) async fn keep(open: &Open<'_>, values: &mut Values) -> Result<Vec<FieldRefusal>, Failure> {
    let (visit, id) = (open.visit, open.id);
    let mut refused: Vec<FieldRefusal> = Vec::new();
    let mut proves = Vec::new();
    for file in &open.draft.files {
        let name = format!("proves.{}", file.file.address);
        let (typed, long) = (values.text(&name), values.text(&name).chars().count());
        if long > SHORT_TEXT {
            let sentence = format!("能证明什么，最多写 {SHORT_TEXT} 个字，现在有 {long} 个字。请删短一些。");
            refused.push(FieldRefusal { field: name, sentence });
        } else if values.has(&name) {
            proves.push((file.file.address.clone(), typed.to_owned()));
        }
    }
    visit.app.say_what_files_prove(&visit.viewer, id, &proves).await?;
    let told = |field: &str| field == FILES || field.starts_with("proves.");
    refused.extend(values.refused.iter().filter(|one| told(&one.field)).cloned());
    if values.text("go") == "more" && !values.has_uploads() && refused.is_empty() {
        let sentence = "还没选文件。没有材料可以不选，直接下一步。".to_owned();
        refused.push(FieldRefusal {
            field: FILES.into(),
            sentence,
        });
    }
    for upload in values.take_uploads().into_values().flatten() {
        let coming = Coming {
            name: upload.name,
            bytes: upload.bytes,
            ..Coming::default()
        };
        match visit.app.add_draft_file(&visit.viewer, id, coming).await {
            Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => refused.extend(refusal.fields),
            other => drop(other?),
        }
    }
    Ok(refused)
}

/// Does what the button of a row says; whether there was one.
pub(super) async fn treat(open: &Open<'_>, values: &Values) -> Result<bool, Failure> {
    let (app, viewer, id) = (&open.visit.app, &open.visit.viewer, open.id);
    let of = |name: &str| Some(values.text(name)).filter(|address| !address.is_empty());
    if let Some(address) = of("remove") {
        app.remove_draft_file(viewer, id, address).await?;
    } else if let Some(address) = of("keep") {
        app.treat_place(viewer, id, address, Place::Keep).await?;
    } else if let Some(address) = of("take-off") {
        app.treat_place(viewer, id, address, Place::TakeOff).await?;
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// `GET /apply/{draft}/files/{address}`: a file as others will see it; `?small` the small picture in it.
pub async fn file(visit: Visit, Path((draft, address)): Path<(String, String)>, RawQuery(query): RawQuery) -> Page {
    let (id, _) = find(&draft, FILES)?;
    let small = query.as_deref() == Some("small");
    let (file, bytes) = visit.app.draft_file(&visit.viewer, id, &address, small).await?;
    Ok(send_file(file, bytes))
}

/// `GET /apply/{draft}/pieces`: how far a file has come.
pub async fn came(visit: Visit, Path(draft): Path<String>, RawQuery(query): RawQuery) -> Page {
    let (upload, _) = asked(&draft, query)?;
    answer(&upload, visit.app.came(&visit.viewer, &upload).await)
}

/// `POST /apply/{draft}/pieces`: the next piece of a file.
pub async fn take(visit: Visit, Path(draft): Path<String>, RawQuery(query): RawQuery, body: Body) -> Page {
    let (upload, at) = asked(&draft, query)?;
    let Ok(bytes) = axum::body::to_bytes(body, PIECE).await else {
        return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    };
    answer(&upload, visit.app.take_piece(&visit.viewer, &upload, at, &bytes).await)
}

fn asked(draft: &str, query: Option<String>) -> Result<(Upload, u64), Error> {
    let (id, _) = find(draft, FILES)?;
    let query = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
    let number = |name: &str| query.text(name).parse().unwrap_or_default();
    let upload = Upload {
        draft: id,
        name: query.text("name").to_owned(),
        size: number("size"),
        changed: query.text("changed").to_owned(),
        shrunk: query.has("shrunk"),
    };
    Ok((upload, number("at")))
}

fn answer(upload: &Upload, came: Result<Came, Failure>) -> Page {
    let plain = |status: StatusCode, text: String| -> Response {
        let mut response = (status, text).into_response();
        let kind = HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(CONTENT_TYPE, kind);
        response
    };
    match came {
        Ok(Came::Part(at)) => Ok(plain(StatusCode::ACCEPTED, at.to_string())),
        Ok(Came::Whole(file)) => {
            let kept = kept(upload.draft, &file);
            let field = Field::kept(kept.clone(), &file.proves);
            let row = Row {
                field: &field,
                kept: &kept,
            };
            Ok((StatusCode::CREATED, Html(row.render()?)).into_response())
        }
        Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => {
            let told: Vec<&str> = refusal.fields.iter().map(|field| field.sentence.as_str()).collect();
            Ok(plain(error::status(refusal.kind), told.concat()))
        }
        Err(failure) => Err(failure.into()),
    }
}
