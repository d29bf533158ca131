//! `/cases/{no}/acts/{act}/papers/{paper}` 先看文书: the paper as the form would make it now, marked 样稿. Sent by a second
//! button of the act's own form, opened beside it; nothing is recorded and no file is stored.

use super::{intake, page_of, service};
use crate::error::{self, Page};
use crate::extract::{Path, Post};
use crate::form::Form;
use crate::load::sit_down;
use crate::pages::case::send_file;
use crate::values::Values;
use axum::response::{IntoResponse, Redirect};
use casefile::PaperKind;
use casefile::act::ActName;
use casefile::case::File;

impl Form {
    /// With a button for each paper that the acts of this page make. Of the two letters of transfer one is made; the
    /// first button shows it.
    pub(super) fn papers_of(mut self, number: &str, page: &str, acts: impl IntoIterator<Item = ActName>) -> Form {
        let papers = acts.into_iter().flat_map(ActName::papers);
        let shown = papers.filter(|paper| **paper != PaperKind::Clue);
        self.papers = shown
            .map(|paper| {
                let url = format!("/cases/{number}/acts/{page}/papers/{}", paper.code());
                (url, paper.title())
            })
            .collect();
        self
    }
}

/// `POST /cases/{no}/acts/{act}/papers/{paper}`
pub async fn post(Path((number, code, paper)): Path<(String, String, String)>, post: Post) -> Page {
    let Post {
        visit,
        mut values,
        resumed,
    } = post;
    let Some(paper) = PaperKind::parse(&paper) else {
        return Ok(error::not_found());
    };
    if resumed {
        return Ok(Redirect::to(&format!("/cases/{number}/acts/{code}")).into_response());
    }
    stand_in(&mut values);
    let acts = if code == "service" {
        service::acts_up_to(&visit, &number, &values, paper).await?
    } else {
        let one = match code.as_str() {
            "intake" => intake::PARTS.into_iter().find(|act| act.papers().contains(&paper)),
            _ => ActName::parse(&code),
        };
        let Some(page) = one.and_then(page_of) else {
            return Ok(error::not_found());
        };
        let (desk, _, ready) = sit_down(&visit, page.act, &number).await?;
        ready?;
        vec![(page.parse)(&desk, &values)?]
    };
    let bytes = visit.app.preview_paper(&visit.viewer, &number, acts, paper).await?;
    let file = File {
        name: format!("样稿 {}.pdf", paper.title()),
        media: "application/pdf".into(),
        ..File::default()
    };
    Ok(send_file(file, bytes))
}

/// What was chosen to be uploaded counts as there, without being stored.
fn stand_in(values: &mut Values) {
    let chosen = values.take_uploads().into_iter();
    let chosen =
        chosen.flat_map(|(field, uploads)| uploads.into_iter().map(move |upload| (field.clone(), upload.name)));
    let kept = values.kept().into_iter().map(|(field, _, name)| (field, name));
    for (field, name) in chosen.chain(kept).collect::<Vec<_>>() {
        let file = File {
            address: "-".into(),
            name,
            ..File::default()
        };
        values.put_file(&field, file);
    }
}

#[cfg(test)]
mod tests {
    use super::super::PAGES;
    use super::*;

    #[test]
    fn every_paper_but_the_receipt_can_be_seen_before() {
        for paper in PaperKind::ALL.iter().filter(|paper| **paper != PaperKind::Receipt) {
            let shown = PAGES.iter().any(|page| page.act.papers().contains(paper));
            assert!(shown, "no page leads to {}", paper.title());
        }
    }
}
