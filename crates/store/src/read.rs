//! Reading: a stream's events in order, their chain checked on the way, their sealed parts opened where the key is
//! at hand and not withheld.

use crate::dialect::{Batch, all, one};
use crate::envelope::Envelope;
use crate::error::Error;
use crate::event::{SealedPart, StoredEvent};
use crate::keys::{Key, KeyRef, Keys};
use crate::seal;
use crate::store::Store;
use crate::stream::{StreamKind, StreamName};
use base::{CaseId, Digest, KeyId, Timestamp};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Where a stream stands; what both institutions keep of it. Written `<stream> <version> <hash>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The stream.
    pub stream: StreamName,
    /// Its last version.
    pub version: u64,
    /// The hash of its last event.
    pub hash: Digest,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.stream, self.version, self.hash)
    }
}

impl FromStr for Head {
    type Err = Error;
    fn from_str(text: &str) -> Result<Head, Error> {
        let malformed = || Error::Malformed(format!("head {text:?}"));
        let [stream, version, hash] = text.split(' ').collect::<Vec<_>>()[..] else {
            return Err(malformed());
        };
        Ok(Head {
            stream: stream.parse()?,
            version: version.parse().map_err(|_| malformed())?,
            hash: hash.parse().map_err(|_| malformed())?,
        })
    }
}

/// The digest of many heads: SM3 over their lines, each ended by LF, in name order. What one institution reads out to
/// the other.
pub fn digest_of(heads: &[Head]) -> Digest {
    let mut lines: Vec<String> = heads.iter().map(|h| format!("{h}\n")).collect();
    lines.sort();
    Digest::of(lines.concat())
}

impl Store {
    /// All events of a stream in order; empty where there is no such stream. Withheld parts stay withheld.
    pub async fn read(&self, stream: &StreamName) -> Result<Vec<StoredEvent>, Error> {
        self.read_with_keys(stream, &[]).await
    }

    /// As [`Store::read`], and the withheld parts under the keys named are opened too.
    pub async fn read_with_keys(&self, stream: &StreamName, keys: &[KeyId]) -> Result<Vec<StoredEvent>, Error> {
        let mut events = rows(&self.inner.read, stream).await?;
        let mut chain = Chain::new(stream.clone());
        for event in &events {
            chain.check(event).map_err(|what| Error::Damaged {
                stream: stream.clone(),
                version: event.event.version,
                what: what.sentence().into(),
            })?;
        }
        let place = self.inner.keys.find(scope_of(stream)).await?;
        let mut own = HashMap::new();
        for row in &mut events {
            if let Some(sealed) = &row.sealed {
                row.event.sealed =
                    open_part(&self.inner.keys, &row.event, sealed, place.as_deref(), keys, &mut own).await?;
            }
        }
        Ok(events.into_iter().map(|row| row.event).collect())
    }

    /// Where a stream stands; `None` where there is no such stream.
    pub async fn head(&self, stream: &StreamName) -> Result<Option<Head>, Error> {
        let sql = "select name, version, hash from stream where name = $1";
        one(&self.inner.read, sql, vec![stream.to_string().into()])
            .await?
            .map(|row| head_from(&row))
            .transpose()
    }

    /// Where all streams of a kind stand, in name order.
    pub async fn heads(&self, kind: StreamKind) -> Result<Vec<Head>, Error> {
        let sql = "select name, version, hash from stream where kind = $1 order by name";
        all(&self.inner.read, sql, vec![kind.as_str().into()])
            .await?
            .iter()
            .map(head_from)
            .collect()
    }

    /// The names of at most `limit` streams of a kind in name order, from after `after`: how `rebuild` walks them.
    pub async fn streams(
        &self,
        kind: StreamKind,
        after: Option<&StreamName>,
        limit: u32,
    ) -> Result<Vec<StreamName>, Error> {
        let sql = "select name from stream where kind = $1 and name > $2 order by name limit $3";
        let after = after.map(StreamName::to_string).unwrap_or_default();
        let rows = all(
            &self.inner.read,
            sql,
            vec![kind.as_str().into(), after.into(), i64::from(limit).into()],
        )
        .await?;
        rows.iter()
            .map(|row| row.try_get_by_index::<String>(0)?.parse())
            .collect()
    }

    /// When the site began: its first event.
    pub async fn began(&self) -> Result<Timestamp, Error> {
        let site = StreamName::Site(self.inner.site).to_string();
        let sql = "select recorded from event where stream = $1 and version = 1";
        let row = one(&self.inner.read, sql, vec![site.into()]).await?;
        Ok(Timestamp(
            row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0),
        ))
    }

    /// Whether the case is on record.
    pub async fn has_case(&self, case: CaseId) -> Result<bool, Error> {
        Ok(self.head(&StreamName::Case(case)).await?.is_some())
    }
}

/// Opens a sealed part under the key of its place, or under one of its own where that was asked for.
async fn open_part(
    keys: &Keys,
    event: &StoredEvent,
    sealed: &[u8],
    place: Option<&Key>,
    wanted: &[KeyId],
    own: &mut HashMap<KeyId, Option<Arc<Key>>>,
) -> Result<SealedPart, Error> {
    let (header, _) = seal::header(sealed)?;
    let aad = seal::event_aad(&event.stream.to_string(), event.version, event.id);
    if let Some(key) = place.filter(|key| key.id == header.key) {
        return Ok(SealedPart::Plain(seal::open(key, &aad, sealed)?));
    }
    if let Entry::Vacant(slot) = own.entry(header.key) {
        slot.insert(keys.find(KeyRef::Own(header.key)).await?);
    }
    match own.get(&header.key) {
        Some(Some(key)) if wanted.contains(&key.id) => Ok(SealedPart::Plain(seal::open(key, &aad, sealed)?)),
        Some(Some(key)) => Ok(SealedPart::Withheld(key.id)),
        _ => Ok(SealedPart::NoKey(header.key)),
    }
}

/// Whose key a stream's parts are sealed under, unless under one of their own.
pub(crate) fn scope_of(stream: &StreamName) -> KeyRef {
    match stream {
        StreamName::Case(id) => KeyRef::Case(*id),
        _ => KeyRef::Site,
    }
}

fn head_from(row: &QueryResult) -> Result<Head, Error> {
    let (name, version, hash): (String, i64, String) = (
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        row.try_get_by_index(2)?,
    );
    let hash = hash.parse().map_err(|_| Error::Malformed(format!("hash of {name}")))?;
    Ok(Head {
        stream: name.parse()?,
        version: version as u64,
        hash,
    })
}

/// An event's row: the event with its sealed part still sealed, and what the row says of its own digests.
pub(crate) struct Row {
    pub(crate) event: StoredEvent,
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) open_digest: Digest,
}

const COLUMNS: &str = "stream, version, site, kind, event, act, actor, capacity, acted, recorded, open, open_digest, \
                       sealed, sealed_digest, prev, hash";

/// The rows of a stream in order, unchecked.
pub(crate) async fn rows(c: &impl ConnectionTrait, stream: &StreamName) -> Result<Vec<Row>, Error> {
    let sql = format!("select {COLUMNS} from event where stream = $1 order by version");
    let mut rows = Vec::new();
    for (at, row) in all(c, &sql, vec![stream.to_string().into()]).await?.iter().enumerate() {
        rows.push(row_from(row).map_err(|e| match e {
            Error::Malformed(what) => Error::Damaged {
                stream: stream.clone(),
                version: at as u64 + 1,
                what: format!("无法读出（{what}）"),
            },
            other => other,
        })?);
    }
    Ok(rows)
}

fn row_from(row: &QueryResult) -> Result<Row, Error> {
    fn parse<T: FromStr>(row: &QueryResult, at: usize) -> Result<T, Error> {
        let text: String = row.try_get_by_index(at)?;
        text.parse()
            .map_err(|_| Error::Malformed(format!("column {at}: {text:?}")))
    }
    fn maybe(row: &QueryResult, at: usize) -> Result<Option<Digest>, Error> {
        let text: Option<String> = row.try_get_by_index(at)?;
        text.map(|t| t.parse().map_err(|_| Error::Malformed(format!("column {at}: {t:?}"))))
            .transpose()
    }
    let event = StoredEvent {
        stream: parse(row, 0)?,
        version: row.try_get_by_index::<i64>(1)? as u64,
        site: parse(row, 2)?,
        kind: row.try_get_by_index(3)?,
        id: parse(row, 4)?,
        act: parse(row, 5)?,
        actor: parse(row, 6)?,
        capacity: row.try_get_by_index(7)?,
        acted: Timestamp(row.try_get_by_index(8)?),
        recorded: Timestamp(row.try_get_by_index(9)?),
        open: row.try_get_by_index(10)?,
        sealed: SealedPart::None,
        sealed_digest: maybe(row, 13)?,
        prev: maybe(row, 14)?,
        hash: parse(row, 15)?,
    };
    Ok(Row {
        event,
        open_digest: parse(row, 11)?,
        sealed: row.try_get_by_index(12)?,
    })
}

/// An event's row as [`insert`] takes it.
pub(crate) fn row_of(envelope: &Envelope, hash: Digest, open: &[u8], sealed: Option<Vec<u8>>) -> Vec<Value> {
    vec![
        envelope.stream.to_string().into(),
        (envelope.version as i64).into(),
        envelope.site.to_string().into(),
        envelope.kind.as_str().into(),
        envelope.event.to_string().into(),
        envelope.act.to_string().into(),
        envelope.actor.to_string().into(),
        envelope.capacity.as_str().into(),
        envelope.acted.0.into(),
        envelope.recorded.0.into(),
        open.to_vec().into(),
        envelope.open.to_string().into(),
        sealed.into(),
        envelope.sealed.map(|d| d.to_string()).into(),
        envelope.prev.map(|d| d.to_string()).into(),
        hash.to_string().into(),
    ]
}

/// Writes events' rows.
pub(crate) fn write_rows(batch: &mut Batch, mut rows: Vec<Vec<Value>>) {
    let into = format!("event ({COLUMNS})");
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(100));
        batch.insert(&into, std::mem::replace(&mut rows, rest));
    }
}

/// What does not fit in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    Version,
    Open,
    Sealed,
    Hash,
    Prev,
    Recorded,
}

impl Misfit {
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Misfit::Version => "版次不连续（有事件缺失、多出或调换）",
            Misfit::Open => "公开部分与其摘要不符",
            Misfit::Sealed => "密文与其摘要不符",
            Misfit::Hash => "信封与其摘要不符",
            Misfit::Prev => "与前一事件不相接",
            Misfit::Recorded => "记录时间早于前一事件",
        }
    }
}

/// Checks the rows of one stream, one after the other.
pub(crate) struct Chain {
    stream: StreamName,
    version: u64,
    prev: Option<Digest>,
    recorded: Timestamp,
}

impl Chain {
    pub(crate) fn new(stream: StreamName) -> Chain {
        Chain {
            stream,
            version: 0,
            prev: None,
            recorded: Timestamp(i64::MIN),
        }
    }

    /// Whether `row` follows on what was checked before it. After a misfit the chain goes on from the row.
    pub(crate) fn check(&mut self, row: &Row) -> Result<(), Misfit> {
        let event = &row.event;
        let expected = self.version + 1;
        let prev = self.prev;
        let recorded = self.recorded;
        (self.version, self.prev, self.recorded) = (event.version, Some(event.hash), event.recorded);
        let sealed_fits = match (&row.sealed, event.sealed_digest) {
            (None, None) => true,
            (Some(bytes), Some(digest)) => Digest::of(bytes) == digest,
            _ => false,
        };
        let checks = [
            (
                event.version == expected && event.stream == self.stream,
                Misfit::Version,
            ),
            (Digest::of(&event.open) == row.open_digest, Misfit::Open),
            (sealed_fits, Misfit::Sealed),
            (event.envelope().hash() == event.hash, Misfit::Hash),
            (event.prev == prev, Misfit::Prev),
            (event.recorded >= recorded, Misfit::Recorded),
        ];
        checks
            .into_iter()
            .find(|(fits, _)| !fits)
            .map_or(Ok(()), |(_, misfit)| Err(misfit))
    }

    /// Version and hash of the last row checked.
    pub(crate) fn end(&self) -> (u64, Option<Digest>) {
        (self.version, self.prev)
    }
}
