//! `/receipts` 待签收: the results served on a unit, for its recipient. The result only; no findings, no family.

use crate::error::Page;
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::frame::Frame;
use crate::pages::case::send_file;
use crate::words;
use app::Signature;
use app::reading::UnitResult;
use askama::Template;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse};
use base::ActId;
use casefile::Refusal;
use casefile::act::ActName;
use casefile::acts::Acknowledge;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/receipts.html")]
pub struct ReceiptsPage {
    /// Around it.
    pub frame: Frame,
    /// To be signed for.
    pub open: Vec<ReceiptRow>,
    /// Signed for, or revoked.
    pub signed: Vec<ReceiptRow>,
}

/// One result.
#[derive(Debug)]
pub struct ReceiptRow {
    /// 收件编号
    pub number: String,
    /// The worker.
    pub worker: String,
    /// The issuing bureau.
    pub bureau: String,
    /// The outcome in the notice's words.
    pub outcome: String,
    /// Sent or signed for on.
    pub when: String,
    /// The document's address.
    pub file: String,
    /// 已撤销: it no longer holds.
    pub revoked: bool,
    /// The case's version, for the form.
    pub version: u64,
    /// The id of the act of signing, for the form.
    pub act_id: ActId,
}

/// `GET /receipts`
pub async fn get(visit: Visit) -> Page {
    let results = visit.app.unit_results(&visit.viewer).await?;
    let page = page(visit.frame("/receipts"), results, || visit.app.fresh_act());
    Ok(Html(page.render()?).into_response())
}

/// The page of the results of a unit.
pub fn page(frame: Frame, results: Vec<UnitResult>, fresh: impl Fn() -> ActId) -> ReceiptsPage {
    let past = |result: &UnitResult| result.revoked || result.acknowledged.is_some();
    let (signed, open): (Vec<_>, Vec<_>) = results.into_iter().partition(past);
    let row = |result: UnitResult| ReceiptRow {
        when: match &result.acknowledged {
            Some((on, who)) => format!("{}，{who}签收", words::date(*on)),
            None => format!("{}送出", words::date(result.on)),
        },
        number: result.number,
        worker: result.worker,
        bureau: result.bureau,
        outcome: result.outcome,
        file: result.file.address,
        revoked: result.revoked,
        version: result.version,
        act_id: fresh(),
    };
    ReceiptsPage {
        frame,
        open: open.into_iter().map(row).collect(),
        signed: signed.into_iter().map(row).collect(),
    }
}

/// `GET /receipts/{no}/file?{address}`
pub async fn file(visit: Visit, Path(number): Path<String>, RawQuery(address): RawQuery) -> Page {
    let (file, bytes) = (visit.app)
        .unit_file(&visit.viewer, &number, address.as_deref())
        .await?;
    Ok(send_file(file, bytes))
}

/// `POST /receipts/{no}`
pub async fn post(Path(number): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return get(visit).await;
    }
    let known = visit
        .app
        .unit_results(&visit.viewer)
        .await?
        .iter()
        .any(|result| result.number == number && !result.revoked);
    if !known {
        return Err(Refusal::not_found().into());
    }
    let act_id = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    visit
        .app
        .perform(
            &visit.viewer,
            &number,
            act_id,
            None,
            Acknowledge {}.into(),
            Signature::none(),
        )
        .await?;
    Ok(redirect_done("/receipts", ActName::Acknowledge.code()))
}
