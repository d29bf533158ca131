//! What the auditor sees: whether the record verifies, and where each institution's streams stand.

use crate::App;
use crate::authority::{Matter, Viewer, seat_in};
use crate::error::Result;
use casefile::Refusal;
use store::{Head, Report, StreamKind};

/// The state of the record.
#[derive(Clone, Debug)]
pub struct Audit {
    /// Every chain and every file, checked now.
    pub report: Report,
    /// The digest of all cases' heads: what the two institutions compare by reading it out.
    pub digest: String,
    /// Where each case's stream stands.
    pub heads: Vec<Head>,
}

impl App {
    /// Verifies the record, for the auditor.
    ///
    /// # Errors
    /// Not found for everybody else.
    pub async fn audit(&self, viewer: &Viewer) -> Result<Audit> {
        if seat_in(viewer, Matter::Audit).is_none() {
            return Err(Refusal::not_found().into());
        }
        let heads = self.store.heads(StreamKind::Case).await?;
        Ok(Audit {
            report: self.store.verify().await?,
            digest: store::read::digest_of(&heads).to_string(),
            heads,
        })
    }
}
