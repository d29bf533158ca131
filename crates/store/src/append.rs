//! Appending: several streams at once, in name order, all or nothing, each with the version it is expected at.
//!
//! An act is recorded once: a second append under the same act id changes nothing and returns what the first one
//! returned. On SQLite appends that wait together are committed together (one fsync for all); on PostgreSQL each is
//! a transaction that locks its act and its streams, not the log.

use crate::dialect::{Dialect, execute, one};
use crate::error::Error;
use crate::event::{NewEvent, check_capacity, check_kind, check_open};
use crate::keys::{Key, KeyRef, Keys};
use crate::outbox::OutboxMessage;
use crate::read::Head;
use crate::seal;
use crate::store::Store;
use crate::stream::StreamName;
use crate::views::ViewChanges;
use base::{ActId, Clock, Digest, SiteId, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseConnection, TransactionTrait};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// What one act records.
#[derive(Clone, Debug, Default)]
pub struct Append {
    /// The idempotency key, from the browser's form to the log. The events may name further acts.
    pub act: ActId,
    /// The streams it grows, each named once.
    pub streams: Vec<StreamAppend>,
    /// The rows that follow from it.
    pub views: ViewChanges,
    /// What is to be sent out after the commit.
    pub outbox: Vec<OutboxMessage>,
}

/// The events added to one stream.
#[derive(Clone, Debug)]
pub struct StreamAppend {
    /// The stream.
    pub stream: StreamName,
    /// The version the caller read (0 for a new stream); `None` to append wherever it stands.
    pub expected: Option<u64>,
    /// At least one event.
    pub events: Vec<NewEvent>,
}

/// What came of an append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appended {
    /// Recorded now, durably.
    Now(Written),
    /// The act had been recorded before; nothing changed.
    AlreadyDone(Written),
}

/// What an append wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The one instant at which all of its events were recorded.
    pub recorded: Timestamp,
    /// Whether the clock stood before an earlier event of these streams, and `recorded` was held at that event's.
    pub clamped: bool,
    /// Where each stream stands after it, in name order.
    pub heads: Vec<Head>,
}

impl Appended {
    /// What was written, now or before.
    pub fn written(&self) -> &Written {
        match self {
            Appended::Now(written) | Appended::AlreadyDone(written) => written,
        }
    }
}

impl Store {
    /// Records an act. When this returns `Ok`, it survives a killed process.
    pub async fn append(&self, append: Append) -> Result<Appended, Error> {
        let prepared = self.prepare(append).await?;
        match &self.inner.queue {
            Some(queue) => {
                let (reply, answer) = oneshot::channel();
                queue.send(Job { prepared, reply }).await.map_err(|_| Error::Closed)?;
                answer.await.map_err(|_| Error::Closed)?
            }
            None => self.inner.writer.write_alone(&prepared).await,
        }
    }

    /// What the act recorded, if it was recorded before.
    pub async fn find_act(&self, act: ActId) -> Result<Option<Written>, Error> {
        find_act(&self.inner.read, act).await
    }

    /// All that can be checked and fetched before the streams are locked.
    async fn prepare(&self, mut append: Append) -> Result<Prepared, Error> {
        let mut names: Vec<(String, StreamAppend)> =
            append.streams.drain(..).map(|s| (s.stream.to_string(), s)).collect();
        names.sort_by(|a, b| a.0.cmp(&b.0));
        if names.is_empty() {
            return Err(Error::Malformed("append without a stream".into()));
        }
        if let Some(twice) = names.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(Error::Malformed(format!("append names {} twice", twice[0].0)));
        }
        let mut keys = HashMap::new();
        let now = self.inner.clock.now();
        for (_, stream) in &names {
            if stream.events.is_empty() {
                return Err(Error::Malformed(format!(
                    "append without an event for {}",
                    stream.stream
                )));
            }
            for event in &stream.events {
                self.check(&stream.stream, event)?;
                if let Some(sealing) = &event.sealed
                    && !keys.contains_key(&sealing.under)
                {
                    keys.insert(sealing.under, self.inner.keys.obtain(sealing.under, now).await?);
                }
            }
        }
        Ok(Prepared {
            act: append.act,
            streams: names,
            views: append.views,
            outbox: append.outbox,
            keys,
        })
    }

    /// Refuses an event that must never stand in the record.
    fn check(&self, stream: &StreamName, event: &NewEvent) -> Result<(), Error> {
        check_kind(&event.kind)?;
        check_capacity(&event.capacity)?;
        for file in check_open(&event.open)? {
            if !self.inner.files.exists(file) {
                return Err(Error::FileMissing(file));
            }
        }
        if matches!(stream, StreamName::Series { .. }) && event.kind != crate::series::NUMBER_ISSUED {
            return Err(Error::Malformed(format!("{} in a series", event.kind)));
        }
        let fits = match (stream, event.sealed.as_ref().map(|s| s.under)) {
            (_, None | Some(KeyRef::Own(_))) => true,
            (StreamName::Case(case), Some(KeyRef::Case(of))) => *case == of,
            (StreamName::Case(_), _) => false,
            (_, Some(under)) => under == KeyRef::Site,
        };
        if fits {
            Ok(())
        } else {
            Err(Error::Malformed(format!("key of another place in {stream}")))
        }
    }
}

/// An append ready to be written: streams in name order, keys at hand.
pub(crate) struct Prepared {
    act: ActId,
    streams: Vec<(String, StreamAppend)>,
    views: ViewChanges,
    outbox: Vec<OutboxMessage>,
    keys: HashMap<KeyRef, Arc<Key>>,
}

/// An append waiting for SQLite's one writer.
pub(crate) struct Job {
    prepared: Prepared,
    reply: oneshot::Sender<Result<Appended, Error>>,
}

/// The most appends committed with one fsync.
const BATCH: usize = 64;

/// What writing needs, apart from the store that hands appends in.
#[derive(Clone)]
pub(crate) struct Writer {
    pub(crate) db: DatabaseConnection,
    pub(crate) dialect: Dialect,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) site: SiteId,
}

impl Writer {
    /// SQLite's writer: takes what waits, writes each append in a savepoint, commits once, then answers all.
    pub(crate) async fn run(self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(BATCH);
        while queue.recv_many(&mut jobs, BATCH).await > 0 {
            if let [job] = jobs.as_slice() {
                let answer = self.write_alone(&job.prepared).await;
                jobs.drain(..).for_each(|job| drop(job.reply.send(answer.clone())));
                continue;
            }
            match self.write_together(jobs.iter().map(|job| &job.prepared)).await {
                Ok(answers) => jobs
                    .drain(..)
                    .zip(answers)
                    .for_each(|(job, answer)| drop(job.reply.send(answer))),
                Err(e) => jobs.drain(..).for_each(|job| drop(job.reply.send(Err(e.clone())))),
            }
        }
    }

    async fn write_together(
        &self,
        appends: impl Iterator<Item = &Prepared>,
    ) -> Result<Vec<Result<Appended, Error>>, Error> {
        let all = self.dialect.begin(&self.db).await?;
        let mut answers = Vec::new();
        for append in appends {
            let each = all.begin().await?;
            let answer = self.write(&each, append).await;
            match &answer {
                Ok(_) => each.commit().await?,
                Err(_) => each.rollback().await?,
            }
            answers.push(answer);
        }
        all.commit().await?;
        Ok(answers)
    }

    pub(crate) async fn write_alone(&self, append: &Prepared) -> Result<Appended, Error> {
        let all = self.dialect.begin(&self.db).await?;
        let answer = self.write(&all, append).await?;
        all.commit().await?;
        Ok(answer)
    }

    /// Writes the site's first event inside a transaction.
    pub(crate) async fn write_founding(&self, c: &impl ConnectionTrait, append: Append) -> Result<(), Error> {
        let now = self.clock.now();
        let keys = HashMap::from([(KeyRef::Site, self.keys.obtain(KeyRef::Site, now).await?)]);
        let streams = append.streams.into_iter().map(|s| (s.stream.to_string(), s)).collect();
        let prepared = Prepared {
            act: append.act,
            streams,
            views: append.views,
            outbox: append.outbox,
            keys,
        };
        self.write(c, &prepared).await?;
        Ok(())
    }

    /// Writes one append inside a transaction.
    async fn write(&self, c: &impl ConnectionTrait, append: &Prepared) -> Result<Appended, Error> {
        self.dialect.lock(c, &format!("act/{}", append.act)).await?;
        if let Some(written) = find_act(c, append.act).await? {
            return Ok(Appended::AlreadyDone(written));
        }
        let mut before = Vec::with_capacity(append.streams.len());
        for (name, stream) in &append.streams {
            self.dialect.lock(c, name).await?;
            let head = find_head(c, name).await?;
            let actual = head.map_or(0, |(version, _, _)| version);
            match stream.expected {
                Some(expected) if expected != actual => {
                    return Err(Error::Conflict {
                        stream: stream.stream.clone(),
                        expected,
                        actual,
                    });
                }
                _ => before.push(head),
            }
        }
        let now = self.clock.now();
        let recorded = before.iter().flatten().fold(now, |at, (_, _, last)| at.max(*last));
        let clamped = recorded > now;
        if clamped {
            tracing::warn!(
                now = now.0,
                recorded = recorded.0,
                "the clock stands before the last recorded event"
            );
        }
        let mut heads = Vec::with_capacity(append.streams.len());
        for ((name, stream), before) in append.streams.iter().zip(before) {
            heads.push(
                self.write_stream(c, name, stream, before, recorded, &append.keys)
                    .await?,
            );
        }
        append.views.write(c).await?;
        crate::outbox::write(c, &append.outbox, recorded).await?;
        let lines: Vec<String> = heads.iter().map(Head::to_string).collect();
        execute(
            c,
            "insert into act (act, recorded, clamped, heads) values ($1, $2, $3, $4)",
            vec![
                append.act.to_string().into(),
                recorded.0.into(),
                i64::from(clamped).into(),
                lines.join("\n").into(),
            ],
        )
        .await?;
        Ok(Appended::Now(Written {
            recorded,
            clamped,
            heads,
        }))
    }

    async fn write_stream(
        &self,
        c: &impl ConnectionTrait,
        name: &str,
        append: &StreamAppend,
        before: Option<(u64, Digest, Timestamp)>,
        recorded: Timestamp,
        keys: &HashMap<KeyRef, Arc<Key>>,
    ) -> Result<Head, Error> {
        let (mut version, mut prev) = before.map_or((0, None), |(version, hash, _)| (version, Some(hash)));
        let mut rows = Vec::with_capacity(append.events.len());
        for event in &append.events {
            version += 1;
            let sealed = match &event.sealed {
                None => None,
                Some(sealing) => {
                    let key = keys
                        .get(&sealing.under)
                        .ok_or_else(|| Error::Malformed("key not at hand".into()))?;
                    let aad = seal::event_aad(name, version, event.id);
                    Some(seal::seal(key, &aad, self.keys.nonce()?, &sealing.plain)?)
                }
            };
            let envelope = crate::envelope::Envelope {
                site: self.site,
                stream: append.stream.clone(),
                version,
                kind: event.kind.clone(),
                event: event.id,
                act: event.act,
                actor: event.actor,
                capacity: event.capacity.clone(),
                acted: event.acted,
                recorded,
                open: Digest::of(&event.open),
                sealed: sealed.as_ref().map(Digest::of),
                prev,
            };
            let hash = envelope.hash();
            rows.push(crate::read::row_of(&envelope, hash, &event.open, sealed));
            prev = Some(hash);
        }
        crate::read::write_rows(c, rows).await?;
        let hash = prev.ok_or_else(|| Error::Malformed("append without an event".into()))?;
        execute(
            c,
            "insert into stream (name, kind, version, hash, recorded) values ($1, $2, $3, $4, $5)
             on conflict (name) do update set
                 version = excluded.version, hash = excluded.hash, recorded = excluded.recorded",
            vec![
                name.into(),
                append.stream.kind().as_str().into(),
                (version as i64).into(),
                hash.to_string().into(),
                recorded.0.into(),
            ],
        )
        .await?;
        Ok(Head {
            stream: append.stream.clone(),
            version,
            hash,
        })
    }
}

/// Version, hash and recorded time of a stream's last event.
async fn find_head(c: &impl ConnectionTrait, name: &str) -> Result<Option<(u64, Digest, Timestamp)>, Error> {
    let Some(row) = one(
        c,
        "select version, hash, recorded from stream where name = $1",
        vec![name.into()],
    )
    .await?
    else {
        return Ok(None);
    };
    let (version, hash, recorded): (i64, String, i64) = (
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        row.try_get_by_index(2)?,
    );
    let hash = hash.parse().map_err(|_| Error::Malformed(format!("hash of {name}")))?;
    Ok(Some((version as u64, hash, Timestamp(recorded))))
}

async fn find_act(c: &impl ConnectionTrait, act: ActId) -> Result<Option<Written>, Error> {
    let sql = "select recorded, clamped, heads from act where act = $1";
    let Some(row) = one(c, sql, vec![act.to_string().into()]).await? else {
        return Ok(None);
    };
    let (recorded, clamped, heads): (i64, i64, String) = (
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        row.try_get_by_index(2)?,
    );
    let heads = heads.lines().map(str::parse).collect::<Result<Vec<Head>, Error>>()?;
    Ok(Some(Written {
        recorded: Timestamp(recorded),
        clamped: clamped != 0,
        heads,
    }))
}
