//! Readings: who opened which case, who had a family's name shown whole and why, when. In streams of their own, one per
//! institution and day, so that a page view never moves a case's version. The worker sees the institution and the time;
//! the person is for the auditor.

use crate::append::{Append, StreamAppend};
use crate::dialect::{Batch, all};
use crate::error::Error;
use crate::event::{Actor, NewEvent, Sealing, StoredEvent, encode};
use crate::keys::KeyRef;
use crate::store::Store;
use crate::stream::{StreamKind, StreamName};
use base::{ActId, CaseId, Date, EventId, InstitutionId, PersonId, Timestamp};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: PersonId,
    /// In which role, e.g. `investigator`.
    pub role: String,
    /// For which institution.
    pub institution: InstitutionId,
    /// Which case.
    pub case: CaseId,
    /// What was opened, as a code: `case`, `record`, `file:<digest>`, [`FAMILY`].
    pub what: String,
}

/// The kind of a reading's event.
pub const OPENED: &str = "opened/1";

/// The open part of [`OPENED`].
#[derive(Serialize, Deserialize)]
struct Opened {
    case: CaseId,
    what: String,
}

/// The kind of the event that a family's data were shown whole; its reason is sealed.
pub const REVEALED: &str = "revealed/1";

/// What [`Reading::what`] says of that.
pub const FAMILY: &str = "family";

/// The open part of [`REVEALED`].
#[derive(Serialize, Deserialize)]
struct Revealed {
    case: CaseId,
}

/// A list taken away as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: PersonId,
    /// In which role.
    pub role: String,
    /// For which institution.
    pub institution: InstitutionId,
    /// How many rows it had.
    pub rows: u64,
    /// What was searched for; may be a name, and is sealed.
    pub text: String,
}

/// The kind of an export's event.
pub const EXPORTED: &str = "exported/1";

/// The open part of [`EXPORTED`].
#[derive(Serialize, Deserialize)]
struct Exported {
    rows: u64,
}

/// The kind of the event that somebody went through the register of kin.
pub const REGISTER_OPENED: &str = "register-opened/1";

/// Once that the register of kin was gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterReading {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: PersonId,
    /// In which role.
    pub role: String,
    /// Whose register, and for whom.
    pub institution: InstitutionId,
    /// How many entries it had.
    pub entries: u64,
}

/// The open part of [`REGISTER_OPENED`].
#[derive(Serialize, Deserialize)]
struct RegisterOpened {
    entries: u64,
}

/// Who saw something, for whom and when.
struct Seen<'a> {
    at: Timestamp,
    person: PersonId,
    role: &'a str,
    institution: InstitutionId,
}

/// One reading as listed.
pub type ReadingRow = Reading;

impl Store {
    /// Records readings, all or none; one event each.
    pub async fn record_readings(&self, readings: &[Reading]) -> Result<(), Error> {
        if readings.is_empty() {
            return Ok(());
        }
        let act = ActId::fresh(&*self.inner.ids);
        let mut streams: BTreeMap<(InstitutionId, Date), Vec<NewEvent>> = BTreeMap::new();
        for reading in readings {
            streams
                .entry((reading.institution, reading.at.date()))
                .or_default()
                .push(NewEvent {
                    id: EventId::fresh(&*self.inner.ids),
                    kind: OPENED.into(),
                    act,
                    actor: Actor::Person(reading.person),
                    capacity: format!("{}@{}", reading.role, reading.institution),
                    acted: reading.at,
                    open: encode(&Opened {
                        case: reading.case,
                        what: reading.what.clone(),
                    }),
                    sealed: None,
                });
        }
        let streams = streams.into_iter().map(|((institution, day), events)| StreamAppend {
            stream: StreamName::Access { institution, day },
            expected: None,
            events,
        });
        let mut append = Append {
            act,
            streams: streams.collect(),
            ..Append::default()
        };
        append.views.readings = readings.to_vec();
        self.append(append).await?;
        Ok(())
    }

    /// Records that a family's data are shown whole, and why. `reading.what` is [`FAMILY`].
    pub async fn record_reveal(&self, reading: Reading, reason: String) -> Result<(), Error> {
        let seen = Seen {
            at: reading.at,
            person: reading.person,
            role: &reading.role,
            institution: reading.institution,
        };
        let mut append = self.seen(&seen, REVEALED, encode(&Revealed { case: reading.case }), Some(reason));
        append.views.readings = vec![reading];
        self.append(append).await?;
        Ok(())
    }

    /// Records that the register of kin was gone through.
    pub async fn record_register_reading(&self, reading: RegisterReading) -> Result<(), Error> {
        let seen = Seen {
            at: reading.at,
            person: reading.person,
            role: &reading.role,
            institution: reading.institution,
        };
        let entries = reading.entries;
        let append = self.seen(&seen, REGISTER_OPENED, encode(&RegisterOpened { entries }), None);
        self.append(append).await?;
        Ok(())
    }

    /// One event on the stream of an institution's readings of a day; what is sealed of it is under the site's key.
    fn seen(&self, seen: &Seen, kind: &str, open: Vec<u8>, sealed: Option<String>) -> Append {
        let act = ActId::fresh(&*self.inner.ids);
        let event = NewEvent {
            id: EventId::fresh(&*self.inner.ids),
            kind: kind.into(),
            act,
            actor: Actor::Person(seen.person),
            capacity: format!("{}@{}", seen.role, seen.institution),
            acted: seen.at,
            open,
            sealed: sealed.map(|text| Sealing {
                plain: text.into_bytes(),
                under: KeyRef::Site,
            }),
        };
        let stream = StreamAppend {
            stream: StreamName::Access {
                institution: seen.institution,
                day: seen.at.date(),
            },
            expected: None,
            events: vec![event],
        };
        Append {
            act,
            streams: vec![stream],
            ..Append::default()
        }
    }

    /// The latest times a family's data were shown whole, at most `limit`, each with its reason.
    pub async fn reveals(&self, limit: u32) -> Result<Vec<(Reading, String)>, Error> {
        let sql = "select distinct read_at, institution from case_reading where what = 'family'
                   order by read_at desc limit $1";
        let rows = all(&self.inner.read, sql, vec![i64::from(limit).into()]).await?;
        let mut streams = Vec::new();
        for row in &rows {
            let stream = StreamName::Access {
                day: Timestamp(row.try_get_by_index(0)?).date(),
                institution: crate::views::id(row, 1)?,
            };
            if !streams.contains(&stream) {
                streams.push(stream);
            }
        }
        let mut reveals = Vec::new();
        for stream in &streams {
            for event in self.read(stream).await?.iter().filter(|event| event.kind == REVEALED) {
                let reason = String::from_utf8_lossy(event.sealed.plain().unwrap_or_default()).into_owned();
                reveals.push((reading_from(event)?, reason));
            }
        }
        reveals.sort_by_key(|(reading, _)| std::cmp::Reverse(reading.at));
        reveals.truncate(limit as usize);
        Ok(reveals)
    }

    /// Records that a list was taken away.
    pub async fn record_export(&self, export: Export) -> Result<(), Error> {
        let seen = Seen {
            at: export.at,
            person: export.person,
            role: &export.role,
            institution: export.institution,
        };
        let append = self.seen(
            &seen,
            EXPORTED,
            encode(&Exported { rows: export.rows }),
            Some(export.text),
        );
        self.append(append).await?;
        Ok(())
    }

    /// The readings of a case, the latest first, at most `limit`.
    pub async fn readings_of(&self, case: CaseId, limit: u32) -> Result<Vec<ReadingRow>, Error> {
        let sql = "select read_at, person, role, institution, what from case_reading where case_id = $1
                   order by read_at desc limit $2";
        let rows = all(
            &self.inner.read,
            sql,
            vec![case.to_string().into(), i64::from(limit).into()],
        )
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Reading {
                    at: Timestamp(row.try_get_by_index(0)?),
                    person: crate::views::id(row, 1)?,
                    role: row.try_get_by_index(2)?,
                    institution: crate::views::id(row, 3)?,
                    case,
                    what: row.try_get_by_index(4)?,
                })
            })
            .collect()
    }
}

/// Derives the rows of all readings from their streams.
pub(crate) async fn rebuild(store: &Store, c: &DatabaseTransaction) -> Result<(), Error> {
    let mut after = None;
    loop {
        let streams = store.streams(StreamKind::Access, after.as_ref(), 1000).await?;
        for stream in &streams {
            let readings = store
                .read(stream)
                .await?
                .iter()
                .filter(|event| event.kind == OPENED || event.kind == REVEALED)
                .map(reading_from)
                .collect::<Result<Vec<_>, Error>>()?;
            let mut batch = Batch::new(store.inner.writer.dialect);
            crate::views::write_readings(&mut batch, &readings);
            batch.run(c).await?;
        }
        match streams.into_iter().last() {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

fn reading_from(event: &StoredEvent) -> Result<Reading, Error> {
    let malformed = || Error::Malformed(format!("reading {} {}", event.stream, event.version));
    let (case, what) = if event.kind == REVEALED {
        let Revealed { case } = serde_json::from_slice(&event.open).map_err(|_| malformed())?;
        (case, FAMILY.to_owned())
    } else {
        let Opened { case, what } = serde_json::from_slice(&event.open).map_err(|_| malformed())?;
        (case, what)
    };
    let (Actor::Person(person), Some((role, institution))) = (event.actor, event.capacity.split_once('@')) else {
        return Err(malformed());
    };
    Ok(Reading {
        at: event.acted,
        person,
        role: role.into(),
        institution: institution.parse().map_err(|_| malformed())?,
        case,
        what,
    })
}
