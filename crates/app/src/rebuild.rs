//! Views made anew from the streams: what `jinzhi rebuild` does, and what a test compares with the views maintained.

use crate::error::Result;
use crate::{App, load, people, search};
use base::{CaseId, Timestamp};
use store::{Rebuild, StreamKind, StreamName, ViewChanges};

/// How many streams are walked at a time.
const PAGE: u32 = 500;

impl App {
    /// Rebuilds all views, and destroys once more what is left of cases that were erased; returns how many cases there are.
    /// Others wait with writing until it is done.
    ///
    /// # Errors
    /// A stream that cannot be read; then nothing has changed.
    pub async fn rebuild(&self) -> Result<u64> {
        let rebuild = self.store.rebuild().await?;
        let (mut cases, mut erased) = (0, Vec::new());
        for kind in [
            StreamKind::Institution,
            StreamKind::Person,
            StreamKind::Site,
            StreamKind::Case,
        ] {
            let mut after = None;
            loop {
                let page = self.store.streams(kind, after.as_ref(), PAGE).await?;
                for stream in &page {
                    if let StreamName::Case(id) = stream {
                        cases += 1;
                        if self.rebuild_case(&rebuild, *id).await? {
                            erased.push(*id);
                        }
                    } else {
                        rebuild.write(self.rows(kind, stream).await?).await?;
                    }
                }
                match page.into_iter().last() {
                    Some(last) => after = Some(last),
                    None => break,
                }
            }
        }
        rebuild.finish().await?;
        // A backup of the keys that was put back has brought theirs back too.
        for case in erased {
            self.store.destroy(case).await?;
        }
        Ok(cases)
    }

    /// When the last event of any case was recorded: where a clock that is not the system's goes on from.
    ///
    /// # Errors
    /// A stream that cannot be read.
    pub async fn last_recorded(&self) -> Result<Timestamp> {
        let mut last = Timestamp::default();
        let mut after = None;
        loop {
            let page = self.store.streams(StreamKind::Case, after.as_ref(), PAGE).await?;
            for stream in &page {
                let events = self.store.read(stream).await?;
                last = last.max(events.last().map(|event| event.recorded).unwrap_or_default());
            }
            match page.into_iter().last() {
                Some(stream) => after = Some(stream),
                None => return Ok(last),
            }
        }
    }

    /// The rows of one case, and the words its sealed text is found by; whether it is erased.
    async fn rebuild_case(&self, rebuild: &Rebuild, id: CaseId) -> Result<bool> {
        let stored = self.store.read(&StreamName::Case(id)).await?;
        if let (Some(erasure), Some(last)) = (store::erased(&stored)?, stored.last()) {
            let cases = vec![erasure.view(id, last.version)];
            let changes = ViewChanges {
                cases,
                ..ViewChanges::default()
            };
            rebuild.write(changes).await?;
            return Ok(true);
        }
        let loaded = load::case(&self.store, id).await?;
        let cases = vec![self.view(&loaded.case)?];
        let changes = ViewChanges {
            cases,
            ..ViewChanges::default()
        };
        rebuild.write(changes).await?;
        let texts = search::texts(&loaded.entries);
        rebuild.write_words(id, loaded.case.version, &texts).await?;
        Ok(false)
    }

    async fn rows(&self, kind: StreamKind, stream: &StreamName) -> Result<ViewChanges> {
        let events = self.store.read(stream).await?;
        match kind {
            StreamKind::Site => crate::settings::rows(&events),
            _ => people::rows(&events),
        }
    }
}
