//! The events of the register, and how they make it: an entry is recorded, corrected any number of times, struck out.
//! Each time there is another version; the ones before stay.

use super::{Entry, EntryText, Level, Relation};
use crate::codec::{capacity_text, misshapen};
use crate::error::{Failure, Result};
use base::{ActId, Date, EventId, PersonId, Timestamp, mask};
use casefile::Capacity;
use serde::{Deserialize, Serialize};
use store::{Actor, KeyRef, NewEvent, Sealing, StoredEvent};

const RECORDED: &str = "kin-recorded/1";
const CORRECTED: &str = "kin-corrected/1";
const STRUCK: &str = "kin-struck/1";

/// How an entry came to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slip {
    /// 录入时打错: the form that was handed in says it right.
    Typed,
    /// 备案表填错: the form itself was wrong.
    Form,
}

/// An entry as it stands, or as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The event that made it.
    pub id: EventId,
    /// What it says.
    pub entry: Entry,
    /// The day it was typed here.
    pub typed_on: Date,
    /// The version it corrects.
    pub corrects: Option<EventId>,
    /// The day from which it counts, where that is not the day it was recorded: who is kin to whom was set right then.
    pub since: Option<Date>,
    /// When it ceased to stand, and why.
    pub over: Option<Over>,
}

/// Why a version stands no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// The day.
    pub on: Date,
    /// 划去; otherwise 更正, and another version stands in its place.
    pub struck: bool,
    /// The clerk's reason, the family masked: the head as it stood, and as it stands in the place of it.
    pub reason: String,
}

impl Version {
    /// The day from which it counts as recorded.
    pub fn counts_from(&self) -> Date {
        self.since
            .map_or(self.entry.recorded_on, |since| since.max(self.entry.recorded_on))
    }

    /// The version as lists and cases show it: the family masked.
    #[must_use]
    pub fn masked(mut self) -> Version {
        self.entry = self.entry.masked();
        self
    }
}

#[derive(Serialize, Deserialize)]
struct Codes {
    level: Level,
    relation: Relation,
    recorded_on: Date,
}

#[derive(Serialize, Deserialize)]
struct CorrectedCodes {
    corrects: EventId,
    slip: Slip,
    since: Option<Date>,
    level: Level,
    relation: Relation,
    recorded_on: Date,
}

#[derive(Serialize, Deserialize)]
struct CorrectedText {
    entry: EntryText,
    reason: String,
}

#[derive(Serialize, Deserialize)]
struct StruckCodes {
    strikes: EventId,
}

#[derive(Serialize, Deserialize)]
struct StruckText {
    reason: String,
}

/// An event to be appended.
pub(super) struct Written {
    kind: &'static str,
    open: Vec<u8>,
    sealed: Vec<u8>,
}

impl Written {
    fn of(kind: &'static str, open: &impl Serialize, sealed: &impl Serialize) -> Result<Written> {
        let json = |e: serde_json::Error| Failure::Internal(e.to_string());
        Ok(Written {
            kind,
            open: serde_json::to_vec(open).map_err(json)?,
            sealed: serde_json::to_vec(sealed).map_err(json)?,
        })
    }

    pub(super) fn recorded(entry: &Entry) -> Result<Written> {
        let codes = Codes {
            level: entry.level,
            relation: entry.relation,
            recorded_on: entry.recorded_on,
        };
        Written::of(RECORDED, &codes, &entry.text)
    }

    pub(super) fn corrected(
        corrects: EventId,
        entry: Entry,
        slip: Slip,
        since: Option<Date>,
        reason: &str,
    ) -> Result<Written> {
        let codes = CorrectedCodes {
            corrects,
            slip,
            since,
            level: entry.level,
            relation: entry.relation,
            recorded_on: entry.recorded_on,
        };
        let text = CorrectedText {
            entry: entry.text,
            reason: reason.into(),
        };
        Written::of(CORRECTED, &codes, &text)
    }

    pub(super) fn struck(strikes: EventId, reason: &str) -> Result<Written> {
        let reason = reason.to_owned();
        Written::of(STRUCK, &StruckCodes { strikes }, &StruckText { reason })
    }

    pub(super) fn event(&self, id: EventId, act: ActId, person: PersonId, as_: Capacity, now: Timestamp) -> NewEvent {
        NewEvent {
            id,
            kind: self.kind.into(),
            act,
            actor: Actor::Person(person),
            capacity: capacity_text(as_),
            acted: now,
            open: self.open.clone(),
            sealed: Some(Sealing {
                plain: self.sealed.clone(),
                under: KeyRef::Site,
            }),
        }
    }
}

/// The versions that the events make, the earliest first.
pub(super) fn versions(events: &[StoredEvent]) -> Result<Vec<Version>> {
    let mut versions: Vec<Version> = Vec::with_capacity(events.len());
    for event in events {
        let on = event.acted.date();
        let version = |entry, corrects, since| Version {
            id: event.id,
            entry,
            typed_on: on,
            corrects,
            since,
            over: None,
        };
        match event.kind.as_str() {
            RECORDED => {
                let (codes, text): (Codes, EntryText) = read(event)?;
                let entry = Entry {
                    level: codes.level,
                    relation: codes.relation,
                    recorded_on: codes.recorded_on,
                    text,
                };
                versions.push(version(entry, None, None));
            }
            CORRECTED => {
                let (codes, text): (CorrectedCodes, CorrectedText) = read(event)?;
                let reason = hidden(&text.reason, &text.entry.head);
                end(
                    &mut versions,
                    event,
                    codes.corrects,
                    Over {
                        on,
                        struck: false,
                        reason,
                    },
                )?;
                let entry = Entry {
                    level: codes.level,
                    relation: codes.relation,
                    recorded_on: codes.recorded_on,
                    text: text.entry,
                };
                versions.push(version(entry, Some(codes.corrects), codes.since));
            }
            STRUCK => {
                let (codes, StruckText { reason }): (StruckCodes, StruckText) = read(event)?;
                end(
                    &mut versions,
                    event,
                    codes.strikes,
                    Over {
                        on,
                        struck: true,
                        reason,
                    },
                )?;
            }
            other => return Err(Failure::Record(format!("unknown kind {other} in {}", event.stream))),
        }
    }
    Ok(versions)
}

fn read<Open, Sealed>(event: &StoredEvent) -> Result<(Open, Sealed)>
where
    Open: for<'a> Deserialize<'a>,
    Sealed: for<'a> Deserialize<'a>,
{
    let broken = |e: serde_json::Error| Failure::Record(format!("{}: {}", event.kind, misshapen(&e)));
    let open = serde_json::from_slice(&event.open).map_err(broken)?;
    let sealed = serde_json::from_slice(event.sealed.plain().unwrap_or(b"null")).map_err(broken)?;
    Ok((open, sealed))
}

fn end(versions: &mut [Version], event: &StoredEvent, id: EventId, over: Over) -> Result<()> {
    let standing = versions.iter_mut().find(|one| one.id == id && one.over.is_none());
    let none = || Failure::Record(format!("{} {} is about no entry that stands", event.kind, event.id));
    let standing = standing.ok_or_else(none)?;
    let reason = hidden(&over.reason, &standing.entry.text.head);
    standing.over = Some(Over { reason, ..over });
    Ok(())
}

/// A reason without the numbers in it and the whole name of the head.
fn hidden(reason: &str, head: &str) -> String {
    let reason = mask::numbers(reason);
    match head {
        "" => reason,
        head => reason.replace(head, &mask::name(head)),
    }
}
