//! What is counted of attempts to log in: how many failed under a name, and a trace of who failed when from where.
//!
//! Whoever is outside can make failures at will, so none of them is an event: they are counters and one row per day,
//! person and address. What is counted under (login names as typed, addresses) is stored as an HMAC under the site's
//! key, because a password is sometimes typed into the field of the name. Not known here: how many failures are too
//! many, and for how long.

use crate::dialect::{all, execute, one};
use crate::error::Error;
use crate::keys::KeyRef;
use crate::store::Store;
use crate::views::maybe_id;
use base::{Date, PersonId, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::QueryResult;
use sm3::Sm3;

/// What is counted under one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempt {
    /// How many failed.
    pub failed: u32,
    /// When the last one was.
    pub last: Timestamp,
    /// Until when no further one is taken; in the past, or nought, where one is.
    pub until: Timestamp,
}

/// One line of the trace: what failed on one day for one person from one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginFailure {
    /// The day.
    pub day: Date,
    /// Whose account it was; `None` where no account has the name.
    pub person: Option<PersonId>,
    /// From where.
    pub address: String,
    /// How many failed.
    pub failed: u64,
    /// How many of them ended in a lock.
    pub locked: u64,
    /// When the first one was.
    pub first: Timestamp,
    /// When the last one was.
    pub last: Timestamp,
}

impl Store {
    /// Replaces what is counted under `name` by what `next` makes of it (nothing where nothing was counted), so that
    /// of any number of attempts at once each sees the one before it; returns what stands now.
    pub async fn count_attempt(&self, name: &str, next: impl FnOnce(Attempt) -> Attempt) -> Result<Attempt, Error> {
        let name = self.blinded(name).await?;
        let dialect = self.inner.writer.dialect;
        let transaction = dialect.begin(&self.inner.writer.db).await?;
        dialect.lock(&transaction, &[&format!("attempt/{name}")]).await?;
        let sql = "select failed, last, until from attempt where name = $1";
        let row = one(&transaction, sql, vec![name.as_str().into()]).await?;
        let before = row.map(|row| attempt_from(&row)).transpose()?.unwrap_or_default();
        let now = next(before);
        let sql = "insert into attempt (name, failed, last, until) values ($1, $2, $3, $4)
                   on conflict (name) do update set
                       failed = excluded.failed, last = excluded.last, until = excluded.until";
        let values = vec![
            name.into(),
            i64::from(now.failed).into(),
            now.last.0.into(),
            now.until.0.into(),
        ];
        execute(&transaction, sql, values).await?;
        transaction.commit().await?;
        Ok(now)
    }

    /// What is counted under `name`.
    pub async fn attempt(&self, name: &str) -> Result<Attempt, Error> {
        let sql = "select failed, last, until from attempt where name = $1";
        let row = one(&self.inner.read, sql, vec![self.blinded(name).await?.into()]).await?;
        Ok(row.map(|row| attempt_from(&row)).transpose()?.unwrap_or_default())
    }

    /// Forgets what is counted under `name`.
    pub async fn forget_attempts(&self, name: &str) -> Result<(), Error> {
        let sql = "delete from attempt where name = $1";
        execute(&self.inner.writer.db, sql, vec![self.blinded(name).await?.into()]).await?;
        Ok(())
    }

    /// Forgets what was last counted before `last` and holds nobody any more at `now`; returns how many names.
    pub async fn sweep_attempts(&self, last: Timestamp, now: Timestamp) -> Result<u64, Error> {
        let sql = "delete from attempt where last < $1 and until < $2";
        execute(&self.inner.writer.db, sql, vec![last.0.into(), now.0.into()]).await
    }

    /// Adds one failure to the trace.
    pub async fn trace_failure(
        &self,
        person: Option<PersonId>,
        address: &str,
        locked: bool,
        at: Timestamp,
    ) -> Result<(), Error> {
        let sql = "insert into login_failure (day, person, address, failed, locked, first, last)
                   values ($1, $2, $3, 1, $4, $5, $5)
                   on conflict (day, person, address) do update set
                       failed = login_failure.failed + 1, locked = login_failure.locked + excluded.locked,
                       last = excluded.last";
        let values = vec![
            at.date().to_string().into(),
            person.map(|person| person.to_string()).unwrap_or_default().into(),
            address.into(),
            i64::from(locked).into(),
            at.0.into(),
        ];
        execute(&self.inner.writer.db, sql, values).await?;
        Ok(())
    }

    /// The trace from `from` on, the last day first; at most `limit` lines, those with most failures of a day first.
    pub async fn failures_since(&self, from: Date, limit: u32) -> Result<Vec<LoginFailure>, Error> {
        let sql = "select day, person, address, failed, locked, first, last from login_failure
                   where day >= $1 order by day desc, failed desc, person, address limit $2";
        let values = vec![from.to_string().into(), i64::from(limit).into()];
        all(&self.inner.read, sql, values)
            .await?
            .iter()
            .map(failure_from)
            .collect()
    }

    /// The whole trace of one day, in the order of its keys.
    pub async fn failures_on(&self, day: Date) -> Result<Vec<LoginFailure>, Error> {
        let sql = "select day, person, address, failed, locked, first, last from login_failure
                   where day = $1 order by person, address";
        let rows = all(&self.inner.read, sql, vec![day.to_string().into()]).await?;
        rows.iter().map(failure_from).collect()
    }

    /// The trace of one person on one day, by address.
    pub async fn failures_of(&self, person: PersonId, day: Date) -> Result<Vec<LoginFailure>, Error> {
        let sql = "select day, person, address, failed, locked, first, last from login_failure
                   where day = $1 and person = $2 order by address";
        let values = vec![day.to_string().into(), person.to_string().into()];
        all(&self.inner.read, sql, values)
            .await?
            .iter()
            .map(failure_from)
            .collect()
    }

    /// Drops the trace of the days before `day`; returns how many lines.
    pub async fn sweep_failures(&self, day: Date) -> Result<u64, Error> {
        let sql = "delete from login_failure where day < $1";
        execute(&self.inner.writer.db, sql, vec![day.to_string().into()]).await
    }

    /// What `name` is stored as.
    async fn blinded(&self, name: &str) -> Result<String, Error> {
        let key = self.inner.keys.obtain(KeyRef::Site, self.inner.clock.now()).await?;
        let mut mac = Hmac::<Sm3>::new_from_slice(key.bytes()).map_err(|e| Error::Malformed(e.to_string()))?;
        mac.update(b"attempt|");
        mac.update(name.as_bytes());
        Ok(hex::encode(mac.finalize().into_bytes()))
    }
}

fn attempt_from(row: &QueryResult) -> Result<Attempt, Error> {
    let failed: i64 = row.try_get_by_index(0)?;
    Ok(Attempt {
        failed: u32::try_from(failed).unwrap_or(u32::MAX),
        last: Timestamp(row.try_get_by_index(1)?),
        until: Timestamp(row.try_get_by_index(2)?),
    })
}

fn failure_from(row: &QueryResult) -> Result<LoginFailure, Error> {
    let day: String = row.try_get_by_index(0)?;
    let count = |at| -> Result<u64, Error> {
        let n: i64 = row.try_get_by_index(at)?;
        Ok(u64::try_from(n).unwrap_or_default())
    };
    let person: String = row.try_get_by_index(1)?;
    Ok(LoginFailure {
        day: day.parse().map_err(|_| Error::Malformed(format!("day {day:?}")))?,
        person: if person.is_empty() { None } else { maybe_id(row, 1)? },
        address: row.try_get_by_index(2)?,
        failed: count(3)?,
        locked: count(4)?,
        first: Timestamp(row.try_get_by_index(5)?),
        last: Timestamp(row.try_get_by_index(6)?),
    })
}
