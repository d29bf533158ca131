//! Searching what is sealed: which words of a case go into the blind index, and what a reader finds by them.
//!
//! Never in the index: an opinion before its opening (its text is not even read), protected evidence, clues handed to
//! another body, keys. What it brings is a candidate until its decrypted text, as this reader may see the case, says
//! so; that somebody found a case by its content is a reading of it and recorded.

use crate::App;
use crate::authority::{self, Standing, Viewer};
use crate::error::{Failure, Result};
use crate::load::{self, Entry, Loaded};
use crate::reading::CaseQuery;
use crate::redact;
use base::{ActId, CaseId, Digest, EventId, Timestamp};
use casefile::case::Ring;
use casefile::event::{Event, Stood};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use store::{CaseRow, OutboxMessage};

/// The most candidates looked at.
const CANDIDATES: u32 = 200;
/// The most cases shown.
pub const MOST: usize = 20;
/// How long candidates are looked at.
const TIME: Duration = Duration::from_millis(1_500);
/// What the outbox calls a case whose words have changed.
const TOPIC: &str = "index";
/// How many messages are taken at once.
const BATCH: u32 = 50;
/// How long nobody else takes a message that was taken, in microseconds.
const HELD: i64 = 120_000_000;

/// A case whose content mentions what was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The case.
    pub row: CaseRow,
    /// Where in its record: what was done there, each once.
    pub places: Vec<&'static str>,
}

/// What a search of contents found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// The cases, the earliest due first.
    pub found: Vec<Mention>,
    /// Whether there may be more than were looked at.
    pub more: bool,
}

/// The body of a message: codes only.
#[derive(Serialize, Deserialize)]
struct Changed {
    case: CaseId,
}

/// Tells, with an act's append, that a case's words are to be indexed.
pub(crate) fn message(act: ActId, case: CaseId) -> OutboxMessage {
    let mut id = [0; 16];
    id.copy_from_slice(&Digest::of(format!("{TOPIC}|{act}|{case}")).0[..16]);
    OutboxMessage {
        id: EventId(id),
        topic: TOPIC.into(),
        body: serde_json::to_vec(&Changed { case }).unwrap_or_default(),
    }
}

/// The sealed texts of a case that may be searched.
pub(crate) fn texts(entries: &[Entry]) -> Vec<String> {
    entries.iter().flat_map(|entry| words(&entry.event)).collect()
}

/// The sealed texts of one event.
fn words(event: &Event) -> Vec<String> {
    match event {
        Event::EvidenceAdded(evidence) if evidence.ring == Ring::Protected => return Vec::new(),
        Event::OpinionsOpened(_) | Event::ClueTransferred(_) => return Vec::new(),
        _ => {}
    }
    let (_, sealed) = event.encode(&Stood::default());
    let body: serde_json::Value = serde_json::from_slice(&sealed).unwrap_or_default();
    let mut texts = Vec::new();
    collect("", &body["text"], &mut texts);
    texts
}

/// Every text below a value but what a stored file is addressed by.
fn collect(name: &str, value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if !matches!(name, "address" | "digest" | "media") => texts.push(text.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(name, item, texts)),
        serde_json::Value::Object(fields) => fields.iter().for_each(|(name, item)| collect(name, item, texts)),
        _ => {}
    }
}

impl App {
    /// Indexes the cases whose acts were committed since; returns how many. Doing it twice does nothing twice.
    ///
    /// # Errors
    /// The outbox cannot be read. What is wrong with one case goes to the log, and it is tried again later.
    pub async fn index_pending(&self) -> Result<u32> {
        let mut indexed = 0;
        loop {
            let now = self.clock.now();
            let claimed = (self.store)
                .claim_outbox(TOPIC, BATCH, now, Timestamp(now.0 + HELD))
                .await?;
            let mut cases: BTreeMap<CaseId, Vec<EventId>> = BTreeMap::new();
            for row in &claimed {
                match serde_json::from_slice::<Changed>(&row.message.body) {
                    Ok(changed) => cases.entry(changed.case).or_default().push(row.message.id),
                    Err(_) => self.store.finish_outbox(row.message.id).await?,
                }
            }
            for (case, messages) in cases {
                match self.index(case).await {
                    Ok(()) => {
                        indexed += 1;
                        for message in messages {
                            self.store.finish_outbox(message).await?;
                        }
                    }
                    Err(error) => tracing::error!(%error, %case, "index"),
                }
            }
            if claimed.len() < BATCH as usize {
                return Ok(indexed);
            }
        }
    }

    async fn index(&self, case: CaseId) -> Result<()> {
        let loaded = match load::case(&self.store, case).await {
            // Erased since: its words are gone with it.
            Err(Failure::Refused(refusal)) if refusal.code == load::ERASED => return Ok(()),
            other => other?,
        };
        let texts = texts(&loaded.entries);
        Ok(self.store.write_words(case, loaded.case.version, &texts).await?)
    }

    /// The cases of the viewer's list whose content mentions the query's text, and that the list itself does not find.
    ///
    /// # Errors
    /// Not found for those who have no list.
    pub async fn mentions(&self, viewer: &Viewer, query: &CaseQuery) -> Result<Mentions> {
        let Some(search) = query.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(Mentions::default());
        };
        let filter = self.filter(viewer, query)?;
        let candidates = self.store.find_words(&filter, search, CANDIDATES).await?;
        let begun = Instant::now();
        let mut read = Vec::new();
        let mut mentions = Mentions {
            found: Vec::new(),
            more: candidates.more,
        };
        for row in candidates.rows {
            if mentions.found.len() == MOST || begun.elapsed() > TIME {
                mentions.more = true;
                break;
            }
            let Some((case, places)) = self.places(viewer, &row, search).await? else {
                continue;
            };
            read.push(case);
            mentions.found.push(Mention { row, places });
        }
        self.note_readings(viewer, &read, "search").await?;
        Ok(mentions)
    }

    /// Where the case, as the viewer may see it, mentions what is searched for.
    async fn places(
        &self,
        viewer: &Viewer,
        row: &CaseRow,
        search: &str,
    ) -> Result<Option<(casefile::Case, Vec<&'static str>)>> {
        let loaded = match load::case(&self.store, row.case).await {
            Ok(loaded) => loaded,
            Err(Failure::Refused(_)) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let Some(standing) = authority::standing(viewer, &loaded.case) else {
            return Ok(None);
        };
        let places = mentioned(&loaded, viewer, standing, search);
        Ok((!places.is_empty()).then_some((loaded.case, places)))
    }
}

/// The titles of the entries that mention it, each once, in order.
fn mentioned(loaded: &Loaded, viewer: &Viewer, standing: Standing, search: &str) -> Vec<&'static str> {
    let mut places = Vec::new();
    let shown = |entry: &&Entry| redact::shows(viewer, standing, &loaded.case, entry);
    for entry in loaded.entries.iter().filter(shown) {
        let title = entry.event.title();
        let texts = words(&entry.event);
        if !places.contains(&title) && texts.iter().any(|text| store::blind::mentions(text, search)) {
            places.push(title);
        }
    }
    places
}
