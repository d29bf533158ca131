//! Appending: several streams at once, in name order, all or nothing, each with the version it is expected at.
//!
//! An act is recorded once: a second append under the same act id changes nothing and returns what the first one
//! returned. On SQLite appends that wait together are committed together (one fsync for all); on PostgreSQL each is
//! a transaction that locks its act and its streams, not the log.

use crate::accounts::{self, Account};
use crate::dialect::{Batch, Dialect, all, placeholders};
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
use sea_orm::{ConnectionTrait, DatabaseConnection};
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
    /// The accounts opened with it: all of them, or nothing is recorded where a login name or a person has one.
    pub accounts: Vec<Account>,
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
            accounts: append.accounts,
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
    accounts: Vec<Account>,
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
    /// SQLite's writer: takes what waits, writes it, commits once, then answers all.
    pub(crate) async fn run(self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(BATCH);
        while queue.recv_many(&mut jobs, BATCH).await > 0 {
            let answers = match jobs.as_slice() {
                [job] => Ok(vec![self.write_alone(&job.prepared).await]),
                together => self.write_together(together).await,
            };
            match answers {
                Ok(answers) => jobs
                    .drain(..)
                    .zip(answers)
                    .for_each(|(job, answer)| drop(job.reply.send(answer))),
                Err(e) => jobs.drain(..).for_each(|job| drop(job.reply.send(Err(e.clone())))),
            }
        }
    }

    /// Writes what waits in one transaction. One that is refused has written nothing; where one breaks off in the
    /// middle of its writing, all are taken back and each is written alone.
    async fn write_together(&self, jobs: &[Job]) -> Result<Vec<Result<Appended, Error>>, Error> {
        let transaction = self.dialect.begin(&self.db).await?;
        let mut answers = Vec::with_capacity(jobs.len());
        for job in jobs {
            let planned = match self.plan(&transaction, &job.prepared).await {
                Ok(planned) => planned,
                Err(refused) => {
                    answers.push(Err(refused));
                    continue;
                }
            };
            if planned.batch.run(&transaction).await.is_err() {
                transaction.rollback().await?;
                let mut alone = Vec::with_capacity(jobs.len());
                for job in jobs {
                    alone.push(self.write_alone(&job.prepared).await);
                }
                return Ok(alone);
            }
            answers.push(Ok(planned.appended));
        }
        transaction.commit().await?;
        Ok(answers)
    }

    pub(crate) async fn write_alone(&self, append: &Prepared) -> Result<Appended, Error> {
        let transaction = self.dialect.begin(&self.db).await?;
        let planned = self.plan(&transaction, append).await?;
        planned.batch.run(&transaction).await?;
        transaction.commit().await?;
        Ok(planned.appended)
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
            accounts: append.accounts,
            outbox: append.outbox,
            keys,
        };
        self.plan(c, &prepared).await?.batch.run(c).await
    }

    /// Locks and reads what the append stands on, and gathers all that it writes. Refuses before anything is written.
    async fn plan(&self, c: &impl ConnectionTrait, append: &Prepared) -> Result<Planned, Error> {
        let mut batch = Batch::new(self.dialect);
        let act = format!("act/{}", append.act);
        let names: Vec<&str> = append.streams.iter().map(|(name, _)| name.as_str()).collect();
        let locks: Vec<&str> = [act.as_str()].into_iter().chain(names.iter().copied()).collect();
        self.dialect.lock(c, &locks).await?;
        let standing = standing(c, append.act, &names).await?;
        if let Some(written) = standing.done {
            let appended = Appended::AlreadyDone(written);
            return Ok(Planned { batch, appended });
        }
        for (name, stream) in &append.streams {
            let actual = standing.ends.get(name).map_or(0, |end| end.version);
            match stream.expected {
                Some(expected) if expected != actual => {
                    return Err(Error::Conflict {
                        stream: stream.stream.clone(),
                        expected,
                        actual,
                    });
                }
                _ => {}
            }
        }
        let now = self.clock.now();
        let recorded = standing.ends.values().fold(now, |at, end| at.max(end.recorded));
        let clamped = recorded > now;
        if clamped {
            tracing::warn!(
                now = now.0,
                recorded = recorded.0,
                "the clock stands before the last recorded event"
            );
        }
        let mut heads = Vec::with_capacity(append.streams.len());
        for (name, stream) in &append.streams {
            let before = standing.ends.get(name);
            heads.push(self.write_stream(&mut batch, name, stream, before, recorded, &append.keys)?);
        }
        append.views.write(c, &mut batch).await?;
        accounts::write(&mut batch, &append.accounts);
        crate::outbox::write(&mut batch, &append.outbox, recorded);
        let lines: Vec<String> = heads.iter().map(Head::to_string).collect();
        batch.add(
            "insert into act (act, recorded, clamped, heads) values ($1, $2, $3, $4)",
            vec![
                append.act.to_string().into(),
                recorded.0.into(),
                i64::from(clamped).into(),
                lines.join("\n").into(),
            ],
        );
        let appended = Appended::Now(Written {
            recorded,
            clamped,
            heads,
        });
        Ok(Planned { batch, appended })
    }

    fn write_stream(
        &self,
        batch: &mut Batch,
        name: &str,
        append: &StreamAppend,
        before: Option<&End>,
        recorded: Timestamp,
        keys: &HashMap<KeyRef, Arc<Key>>,
    ) -> Result<Head, Error> {
        let (mut version, mut prev) = before.map_or((0, None), |end| (end.version, Some(end.hash)));
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
        crate::read::write_rows(batch, rows);
        let hash = prev.ok_or_else(|| Error::Malformed("append without an event".into()))?;
        batch.add(
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
        );
        Ok(Head {
            stream: append.stream.clone(),
            version,
            hash,
        })
    }
}

/// An append that may be written: what it writes, and the answer once that is committed.
struct Planned {
    batch: Batch,
    appended: Appended,
}

/// The last event of a stream.
struct End {
    version: u64,
    hash: Digest,
    recorded: Timestamp,
}

/// What an append stands on.
struct Standing {
    /// What its act recorded before.
    done: Option<Written>,
    /// Where its streams stand, by name; without those that are new.
    ends: HashMap<String, End>,
}

async fn find_act(c: &impl ConnectionTrait, act: ActId) -> Result<Option<Written>, Error> {
    Ok(standing(c, act, &[]).await?.done)
}

/// Reads the act and the streams in one statement.
async fn standing(c: &impl ConnectionTrait, act: ActId, streams: &[&str]) -> Result<Standing, Error> {
    let mut sql = "select null as name, clamped as version, heads as hash, recorded from act where act = $1".to_owned();
    if !streams.is_empty() {
        let names = placeholders(2, streams.len());
        sql.push_str(&format!(
            " union all select name, version, hash, recorded from stream where name in ({names})"
        ));
    }
    let values = [act.to_string().into()]
        .into_iter()
        .chain(streams.iter().map(|name| (*name).into()));
    let mut standing = Standing {
        done: None,
        ends: HashMap::new(),
    };
    for row in all(c, &sql, values.collect()).await? {
        let (name, number, text, recorded): (Option<String>, i64, String, i64) = (
            row.try_get_by_index(0)?,
            row.try_get_by_index(1)?,
            row.try_get_by_index(2)?,
            row.try_get_by_index(3)?,
        );
        let recorded = Timestamp(recorded);
        match name {
            None => {
                let heads = text.lines().map(str::parse).collect::<Result<Vec<Head>, Error>>()?;
                standing.done = Some(Written {
                    recorded,
                    clamped: number != 0,
                    heads,
                });
            }
            Some(name) => {
                let hash = text.parse().map_err(|_| Error::Malformed(format!("hash of {name}")))?;
                let version = number as u64;
                standing.ends.insert(
                    name,
                    End {
                        version,
                        hash,
                        recorded,
                    },
                );
            }
        }
    }
    Ok(standing)
}
