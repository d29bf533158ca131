//! A case from the record: events read, checked, opened and applied.
//!
//! Withheld opinions are read under their own keys only once `opinions-opened` stands in the stream; before that
//! nobody's page, list or job has their text in memory.

use crate::App;
use crate::codec;
use crate::error::Failure;
use base::{CaseId, EventId, KeyId, Timestamp};
use casefile::event::{Event, Meta};
use casefile::{Case, Refusal};
use std::collections::BTreeSet;
use store::{SealedPart, Store, StoredEvent, StreamName};

/// A case with the entries it was made from, oldest first.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The state.
    pub case: Case,
    /// The record.
    pub entries: Vec<Entry>,
}

/// One entry of a case's record.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who, when, in what capacity.
    pub meta: Meta,
    /// What.
    pub event: Event,
}

impl App {
    /// The case with that receipt number; not found alike for a wrong number, a hidden one and an erased one: who may know
    /// that it was erased can be told only where the reader is known.
    pub(crate) async fn loaded(&self, number: &str) -> Result<Loaded, Failure> {
        match self.case(number).await {
            Err(Failure::Refused(refusal)) if refusal.code == ERASED => Err(Refusal::not_found().into()),
            other => other,
        }
    }
}

/// The case `id`.
///
/// # Errors
/// Not found; or a failure of the store or of a kind this build does not know, which stops loading.
pub async fn case(store: &Store, id: CaseId) -> Result<Loaded, Failure> {
    opening(store, id, &[]).await
}

/// The case `id` as its record stood at `at`: what was recorded later is not there, and an opinion opened later is still
/// withheld.
///
/// # Errors
/// Not found, where there was no such case then either.
pub async fn at(store: &Store, id: CaseId, at: Timestamp) -> Result<Loaded, Failure> {
    let stream = StreamName::Case(id);
    let then = |mut stored: Vec<StoredEvent>| {
        stored.retain(|event| event.recorded <= at);
        stored
    };
    let stored = store.read(&stream).await?;
    refuse_erased(&stored)?;
    let stored = then(stored);
    if stored.is_empty() {
        return Err(Refusal::not_found().into());
    }
    let opened = opened(&stored, &[])?;
    let stored = if opened.is_empty() {
        stored
    } else {
        then(store.read_with_keys(&stream, &opened).await?)
    };
    let mut loaded = replay(&stored)?;
    name_the_withheld(store, &mut loaded).await?;
    Ok(loaded)
}

/// The case `id` with the withheld opinions `also` opened: those that the act being recorded opens.
///
/// # Errors
/// As [`case`].
pub async fn opening(store: &Store, id: CaseId, also: &[EventId]) -> Result<Loaded, Failure> {
    let stream = StreamName::Case(id);
    let stored = store.read(&stream).await?;
    if stored.is_empty() {
        return Err(Refusal::not_found().into());
    }
    refuse_erased(&stored)?;
    let opened = opened(&stored, also)?;
    let stored = if opened.is_empty() {
        stored
    } else {
        store.read_with_keys(&stream, &opened).await?
    };
    let mut loaded = replay(&stored)?;
    name_the_withheld(store, &mut loaded).await?;
    Ok(loaded)
}

/// The code of the refusal that says a case is erased.
pub(crate) const ERASED: &str = "erased";

/// An erased case is not read again, not even where a process still has its key in memory.
fn refuse_erased(stored: &[StoredEvent]) -> Result<(), Failure> {
    match store::erased(stored)? {
        None => Ok(()),
        Some(erasure) => Err(Refusal::not_lawful(
            ERASED,
            format!("{} 的保管期限已满，内容已按期销毁。", erasure.number),
            "销毁证明在“保管期限”里。",
            "保管期限",
        )
        .into()),
    }
}

/// Names who committed an opinion that is still withheld, as registered today: the name as it stood is withheld too.
async fn name_the_withheld(store: &Store, loaded: &mut Loaded) -> Result<(), Failure> {
    for entry in &mut loaded.entries {
        if !entry.event.is_withheld() || !entry.meta.stood.name.is_empty() {
            continue;
        }
        if let Some(person) = store.person(entry.meta.actor).await? {
            entry.meta.stood.name = person.name;
            entry.meta.stood.post = person.post;
        }
        if let Some(institution) = store.institution(entry.meta.capacity.institution).await? {
            entry.meta.stood.institution = institution.name;
        }
        let opinions = loaded.case.opinions.values_mut();
        for opinion in opinions.filter(|opinion| opinion.event == entry.meta.event) {
            opinion.by_name.clone_from(&entry.meta.stood.name);
        }
    }
    Ok(())
}

/// The withheld opinions of a case that are under keys of their own, each with its key.
///
/// # Errors
/// The store.
pub async fn withheld_keys(store: &Store, id: CaseId) -> Result<Vec<(EventId, KeyId)>, Failure> {
    let stored = store.read(&StreamName::Case(id)).await?;
    let withheld = stored.iter().filter_map(|event| match event.sealed {
        SealedPart::Withheld(key) => Some((event.id, key)),
        _ => None,
    });
    Ok(withheld.collect())
}

/// The case as its stored events make it.
///
/// # Errors
/// An event that this build cannot read.
pub fn replay(stored: &[StoredEvent]) -> Result<Loaded, Failure> {
    let mut loaded = Loaded {
        case: Case::default(),
        entries: Vec::with_capacity(stored.len()),
    };
    for stored in stored {
        let (meta, event) = codec::event(stored).map_err(Failure::Record)?;
        loaded.case.apply(&meta, &event);
        loaded.entries.push(Entry { meta, event });
    }
    Ok(loaded)
}

/// The keys of withheld opinions that the record itself has opened, and of those in `also`.
fn opened(stored: &[StoredEvent], also: &[EventId]) -> Result<Vec<base::KeyId>, Failure> {
    let mut open: BTreeSet<_> = also.iter().copied().collect();
    for event in stored.iter().filter(|event| event.kind == "opinions-opened/1") {
        if let (_, Event::OpinionsOpened(opened)) = codec::event(event).map_err(Failure::Record)? {
            open.extend(opened.opinions.iter().map(|(_, event)| *event));
        }
    }
    let withheld = stored.iter().filter(|event| open.contains(&event.id));
    Ok(withheld
        .filter_map(|event| match event.sealed {
            SealedPart::Withheld(key) => Some(key),
            _ => None,
        })
        .collect())
}
