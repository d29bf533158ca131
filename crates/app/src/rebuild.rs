//! Views made anew from the streams: what `jinzhi rebuild` does, and what a test compares with the views maintained.

use crate::error::Result;
use crate::{App, load, people, views};
use base::Timestamp;
use store::{StreamKind, StreamName, ViewChanges};

/// How many streams are walked at a time.
const PAGE: u32 = 500;

impl App {
    /// Rebuilds all views; returns how many cases there are. Others wait with writing until it is done.
    ///
    /// # Errors
    /// A stream that cannot be read; then nothing has changed.
    pub async fn rebuild(&self) -> Result<u64> {
        let rebuild = self.store.rebuild().await?;
        let mut cases = 0;
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
                    cases += u64::from(kind == StreamKind::Case);
                    rebuild.write(self.rows(kind, stream).await?).await?;
                }
                match page.into_iter().last() {
                    Some(last) => after = Some(last),
                    None => break,
                }
            }
        }
        rebuild.finish().await?;
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

    async fn rows(&self, kind: StreamKind, stream: &StreamName) -> Result<ViewChanges> {
        if let StreamName::Case(id) = stream {
            let case = load::case(&self.store, *id).await?.case;
            let view = views::case_view(&case, self.packs.procedure(&case)?, &self.calendar())?;
            return Ok(ViewChanges {
                cases: vec![view],
                ..ViewChanges::default()
            });
        }
        let events = self.store.read(stream).await?;
        match kind {
            StreamKind::Site => crate::settings::rows(&events),
            _ => events.last().map_or_else(|| Ok(ViewChanges::default()), people::rows),
        }
    }
}
