//! `/drafts`: applications not handed in yet; go on with one, or delete it after a second question.

use crate::error::{self, Error, Page};
use crate::extract::{Path, Post, Visit};
use crate::frame::Frame;
use crate::words;
use app::Failure;
use app::drafts::Draft;
use askama::Template;
use axum::response::{Html, IntoResponse, Redirect};
use base::DraftId;
use casefile::Kind;

/// One draft of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Its id.
    pub id: String,
    /// The work it is about, as far as it is chosen.
    pub title: String,
    /// When it was last saved.
    pub saved: String,
}

/// The list.
#[derive(Debug, Template)]
#[template(path = "pages/drafts.html")]
pub struct DraftsPage {
    /// Around it.
    pub frame: Frame,
    /// The drafts, the last saved first.
    pub rows: Vec<DraftRow>,
}

/// The second question before a draft is gone.
#[derive(Debug, Template)]
#[template(path = "pages/draft_delete.html")]
pub struct DeletePage {
    /// Around it.
    pub frame: Frame,
    /// The draft.
    pub row: DraftRow,
}

/// `GET /drafts`
pub async fn list(visit: Visit) -> Page {
    let mut rows = Vec::new();
    for (id, _) in visit.app.drafts(&visit.viewer).await? {
        match visit.app.draft(&visit.viewer, id).await {
            Ok(draft) => rows.push(row(&visit, id, &draft)),
            // Handed in or deleted in another window meanwhile.
            Err(Failure::Refused(refusal)) if refusal.kind == Kind::NotFound => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    let page = DraftsPage {
        frame: visit.frame("/drafts"),
        rows,
    };
    Ok(Html(page.render()?).into_response())
}

/// `GET /drafts/{draft}/delete`
pub async fn ask(visit: Visit, Path(draft): Path<String>) -> Page {
    let id = parse(&draft)?;
    let draft = visit.app.draft(&visit.viewer, id).await?;
    let page = DeletePage {
        frame: visit.frame("/drafts"),
        row: row(&visit, id, &draft),
    };
    Ok(Html(page.render()?).into_response())
}

/// `POST /drafts/{draft}/delete`
pub async fn delete(Path(draft): Path<String>, post: Post) -> Page {
    let id = parse(&draft)?;
    if post.resumed {
        return Ok(Redirect::to(&format!("/drafts/{id}/delete")).into_response());
    }
    post.visit.app.delete_draft(&post.visit.viewer, id).await?;
    Ok(Redirect::to("/drafts").into_response())
}

fn row(visit: &Visit, id: DraftId, draft: &Draft) -> DraftRow {
    let first = |name: &str| {
        draft
            .fields
            .get(name)
            .and_then(|texts| texts.first())
            .map(String::as_str)
    };
    let kinds = &visit.app.packs().current().procedure.work_kinds;
    let kind = kinds.iter().find(|kind| Some(kind.id.as_str()) == first("work_kind"));
    DraftRow {
        id: id.to_string(),
        title: kind.map_or("还没选是哪项工作".into(), |kind| kind.text.clone()),
        saved: words::long_moment(draft.saved),
    }
}

fn parse(draft: &str) -> Result<DraftId, Error> {
    draft.parse().map_err(|_| Error::Page(Box::new(error::not_found())))
}
