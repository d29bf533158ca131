//! Accounts and sessions: login names, password hashes as opaque text, tokens as digests. Mutable tables beside the
//! log. Not known here: how a password is hashed, when an account is locked, how long a session lasts.

use crate::dialect::{all, execute, one};
use crate::error::Error;
use crate::store::Store;
use crate::views::{flag, id, truth};
use base::{Digest, PersonId, Timestamp};
use sea_orm::QueryResult;

/// A login name with what is needed to check a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The login name; unique.
    pub login: String,
    /// Whose it is; one account per person.
    pub person: PersonId,
    /// The password's hash, as the caller writes it.
    pub password: String,
    /// Whether the password must be changed at the next login.
    pub must_change: bool,
    /// Failed attempts since the last success.
    pub failed: u32,
    /// When the last of them was.
    pub failed_at: Option<Timestamp>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({} of {})", self.login, self.person)
    }
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The digest of its token; the token itself is only in the browser.
    pub token: Digest,
    /// Whose it is.
    pub person: PersonId,
    /// Since when.
    pub created: Timestamp,
    /// When it was last used.
    pub last_seen: Timestamp,
}

const ACCOUNT: &str = "select login, person, password, must_change, failed, failed_at from account";

impl Store {
    /// Adds an account; `false`, and nothing changed, where the login name or the person has one.
    pub async fn add_account(
        &self,
        login: &str,
        person: PersonId,
        password: &str,
        must_change: bool,
    ) -> Result<bool, Error> {
        let sql = "insert into account (login, person, password, must_change, failed) values ($1, $2, $3, $4, 0)
                   on conflict do nothing";
        let values = vec![
            login.into(),
            person.to_string().into(),
            password.into(),
            flag(must_change),
        ];
        Ok(execute(&self.inner.writer.db, sql, values).await? == 1)
    }

    /// The account of a login name.
    pub async fn account(&self, login: &str) -> Result<Option<Account>, Error> {
        let sql = format!("{ACCOUNT} where login = $1");
        one(&self.inner.read, &sql, vec![login.into()])
            .await?
            .map(|row| account_from(&row))
            .transpose()
    }

    /// The account of a person.
    pub async fn account_of(&self, person: PersonId) -> Result<Option<Account>, Error> {
        let sql = format!("{ACCOUNT} where person = $1");
        one(&self.inner.read, &sql, vec![person.to_string().into()])
            .await?
            .map(|row| account_from(&row))
            .transpose()
    }

    /// All accounts by login name.
    pub async fn accounts(&self) -> Result<Vec<Account>, Error> {
        let sql = format!("{ACCOUNT} order by login");
        all(&self.inner.read, &sql, vec![])
            .await?
            .iter()
            .map(account_from)
            .collect()
    }

    /// Replaces a password and clears the failed attempts; `false` where there is no such account.
    pub async fn set_password(&self, login: &str, password: &str, must_change: bool) -> Result<bool, Error> {
        let sql = "update account set password = $2, must_change = $3, failed = 0, failed_at = null where login = $1";
        let values = vec![login.into(), password.into(), flag(must_change)];
        Ok(execute(&self.inner.writer.db, sql, values).await? == 1)
    }

    /// Counts a failed attempt; returns how many there are since the last success (0 where there is no such account).
    pub async fn record_failure(&self, login: &str, at: Timestamp) -> Result<u32, Error> {
        let sql = "update account set failed = failed + 1, failed_at = $2 where login = $1 returning failed";
        let row = one(&self.inner.writer.db, sql, vec![login.into(), at.0.into()]).await?;
        let failed: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
        Ok(u32::try_from(failed).unwrap_or(u32::MAX))
    }

    /// Clears the failed attempts.
    pub async fn clear_failures(&self, login: &str) -> Result<(), Error> {
        let sql = "update account set failed = 0, failed_at = null where login = $1";
        execute(&self.inner.writer.db, sql, vec![login.into()]).await?;
        Ok(())
    }

    /// Begins a session.
    pub async fn begin_session(&self, token: Digest, person: PersonId, now: Timestamp) -> Result<(), Error> {
        let sql = "insert into session (token, person, created, last_seen) values ($1, $2, $3, $3)";
        let values = vec![token.to_string().into(), person.to_string().into(), now.0.into()];
        execute(&self.inner.writer.db, sql, values).await?;
        Ok(())
    }

    /// The session of a token.
    pub async fn session(&self, token: Digest) -> Result<Option<Session>, Error> {
        let sql = "select token, person, created, last_seen from session where token = $1";
        let Some(row) = one(&self.inner.read, sql, vec![token.to_string().into()]).await? else {
            return Ok(None);
        };
        Ok(Some(Session {
            token: id(&row, 0)?,
            person: id(&row, 1)?,
            created: Timestamp(row.try_get_by_index(2)?),
            last_seen: Timestamp(row.try_get_by_index(3)?),
        }))
    }

    /// Notes that a session was used.
    pub async fn touch_session(&self, token: Digest, now: Timestamp) -> Result<(), Error> {
        let sql = "update session set last_seen = $2 where token = $1";
        execute(&self.inner.writer.db, sql, vec![token.to_string().into(), now.0.into()]).await?;
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&self, token: Digest) -> Result<(), Error> {
        execute(
            &self.inner.writer.db,
            "delete from session where token = $1",
            vec![token.to_string().into()],
        )
        .await?;
        Ok(())
    }

    /// Ends all sessions of a person.
    pub async fn end_sessions_of(&self, person: PersonId) -> Result<(), Error> {
        let sql = "delete from session where person = $1";
        execute(&self.inner.writer.db, sql, vec![person.to_string().into()]).await?;
        Ok(())
    }

    /// Ends the sessions begun before `begun` or last used before `used`; returns how many.
    pub async fn sweep_sessions(&self, begun: Timestamp, used: Timestamp) -> Result<u64, Error> {
        let sql = "delete from session where created < $1 or last_seen < $2";
        execute(&self.inner.writer.db, sql, vec![begun.0.into(), used.0.into()]).await
    }
}

fn account_from(row: &QueryResult) -> Result<Account, Error> {
    let failed: i64 = row.try_get_by_index(4)?;
    Ok(Account {
        login: row.try_get_by_index(0)?,
        person: id(row, 1)?,
        password: row.try_get_by_index(2)?,
        must_change: truth(row, 3)?,
        failed: u32::try_from(failed).unwrap_or(u32::MAX),
        failed_at: row.try_get_by_index::<Option<i64>>(5)?.map(Timestamp),
    })
}
