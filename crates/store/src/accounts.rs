//! Accounts, sessions and known browsers: login names, password hashes as opaque text, tokens as digests. Mutable
//! tables beside the log. Not known here: how a password is hashed, how long one lasts, how long a session lasts.

use crate::dialect::{Batch, all, execute, one};
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
    /// When the password was set.
    pub changed: Timestamp,
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
    /// The password was right and a second factor is still awaited; no session begins so yet.
    pub half: bool,
    /// Since when.
    pub created: Timestamp,
    /// When it was last used.
    pub last_seen: Timestamp,
    /// The address it was begun from, as the edge saw it; may be empty.
    pub address: String,
    /// The browser it was begun in, in the caller's words.
    pub browser: String,
}

const SESSION: &str = "select token, person, half, created, last_seen, address, browser from session";
const ACCOUNT: &str = "select login, person, password, must_change, changed from account";

impl Store {
    /// Adds an account; `false`, and nothing changed, where the login name or the person has one.
    pub async fn add_account(
        &self,
        login: &str,
        person: PersonId,
        password: &str,
        must_change: bool,
    ) -> Result<bool, Error> {
        let sql = "insert into account (login, person, password, must_change, changed) values ($1, $2, $3, $4, $5)
                   on conflict do nothing";
        let values = vec![
            login.into(),
            person.to_string().into(),
            password.into(),
            flag(must_change),
            self.inner.clock.now().0.into(),
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

    /// Replaces a password; `false` where there is no such account.
    pub async fn set_password(&self, login: &str, password: &str, must_change: bool) -> Result<bool, Error> {
        let sql = "update account set password = $2, must_change = $3, changed = $4 where login = $1";
        let now = self.inner.clock.now().0.into();
        let values = vec![login.into(), password.into(), flag(must_change), now];
        Ok(execute(&self.inner.writer.db, sql, values).await? == 1)
    }

    /// Begins a session.
    pub async fn begin_session(&self, session: &Session) -> Result<(), Error> {
        let sql = "insert into session (token, person, half, created, last_seen, address, browser)
                   values ($1, $2, $3, $4, $5, $6, $7)";
        let values = vec![
            session.token.to_string().into(),
            session.person.to_string().into(),
            flag(session.half),
            session.created.0.into(),
            session.last_seen.0.into(),
            session.address.as_str().into(),
            session.browser.as_str().into(),
        ];
        execute(&self.inner.writer.db, sql, values).await?;
        Ok(())
    }

    /// The session of a token.
    pub async fn session(&self, token: Digest) -> Result<Option<Session>, Error> {
        let sql = format!("{SESSION} where token = $1");
        let row = one(&self.inner.read, &sql, vec![token.to_string().into()]).await?;
        row.map(|row| session_from(&row)).transpose()
    }

    /// The sessions of a person, the last used first.
    pub async fn sessions_of(&self, person: PersonId) -> Result<Vec<Session>, Error> {
        let sql = format!("{SESSION} where person = $1 order by last_seen desc, token");
        let rows = all(&self.inner.read, &sql, vec![person.to_string().into()]).await?;
        rows.iter().map(session_from).collect()
    }

    /// Notes that a session was used.
    pub async fn touch_session(&self, token: Digest, now: Timestamp) -> Result<(), Error> {
        let sql = "update session set last_seen = $2 where token = $1";
        execute(&self.inner.writer.db, sql, vec![token.to_string().into(), now.0.into()]).await?;
        Ok(())
    }

    /// Ends a session; `false` where there was none, or another had ended it.
    pub async fn end_session(&self, token: Digest) -> Result<bool, Error> {
        let sql = "delete from session where token = $1";
        Ok(execute(&self.inner.writer.db, sql, vec![token.to_string().into()]).await? == 1)
    }

    /// Ends all sessions of a person, but for the one of `except`; returns how many.
    pub async fn end_sessions_of(&self, person: PersonId, except: Option<Digest>) -> Result<u64, Error> {
        let sql = "delete from session where person = $1 and token <> $2";
        let except = except.map(|token| token.to_string()).unwrap_or_default();
        execute(
            &self.inner.writer.db,
            sql,
            vec![person.to_string().into(), except.into()],
        )
        .await
    }

    /// Ends the sessions begun before `begun` or last used before `used`; returns how many.
    pub async fn sweep_sessions(&self, begun: Timestamp, used: Timestamp) -> Result<u64, Error> {
        let sql = "delete from session where created < $1 or last_seen < $2";
        execute(&self.inner.writer.db, sql, vec![begun.0.into(), used.0.into()]).await
    }

    /// Remembers that a person has logged in from the browser with this token.
    pub async fn know_device(&self, token: Digest, person: PersonId, now: Timestamp) -> Result<(), Error> {
        let sql = "insert into device (token, person, last_seen) values ($1, $2, $3)
                   on conflict (token) do update set person = excluded.person, last_seen = excluded.last_seen";
        let values = vec![token.to_string().into(), person.to_string().into(), now.0.into()];
        execute(&self.inner.writer.db, sql, values).await?;
        Ok(())
    }

    /// Whether the person has logged in from the browser with this token.
    pub async fn knows_device(&self, token: Digest, person: PersonId) -> Result<bool, Error> {
        let sql = "select 1 from device where token = $1 and person = $2";
        let values = vec![token.to_string().into(), person.to_string().into()];
        Ok(one(&self.inner.read, sql, values).await?.is_some())
    }

    /// Forgets the browsers a person has logged in from.
    pub async fn forget_devices_of(&self, person: PersonId) -> Result<(), Error> {
        let sql = "delete from device where person = $1";
        execute(&self.inner.writer.db, sql, vec![person.to_string().into()]).await?;
        Ok(())
    }

    /// The browsers from which the person has logged in.
    pub async fn devices_of(&self, person: PersonId) -> Result<Vec<Digest>, Error> {
        let sql = "select token from device where person = $1 order by token";
        let rows = all(&self.inner.read, sql, vec![person.to_string().into()]).await?;
        rows.iter().map(|row| id(row, 0)).collect()
    }

    /// Forgets the browsers last used before `used`; returns how many.
    pub async fn sweep_devices(&self, used: Timestamp) -> Result<u64, Error> {
        let sql = "delete from device where last_seen < $1";
        execute(&self.inner.writer.db, sql, vec![used.0.into()]).await
    }
}

/// Adds accounts with an append; a login name or a person that has one breaks it off.
pub(crate) fn write(batch: &mut Batch, accounts: &[Account]) {
    let row = |account: &Account| {
        vec![
            account.login.as_str().into(),
            account.person.to_string().into(),
            account.password.as_str().into(),
            flag(account.must_change),
            account.changed.0.into(),
        ]
    };
    for some in accounts.chunks(100) {
        let rows = some.iter().map(row).collect();
        batch.insert("account (login, person, password, must_change, changed)", rows);
    }
}

fn account_from(row: &QueryResult) -> Result<Account, Error> {
    Ok(Account {
        login: row.try_get_by_index(0)?,
        person: id(row, 1)?,
        password: row.try_get_by_index(2)?,
        must_change: truth(row, 3)?,
        changed: Timestamp(row.try_get_by_index(4)?),
    })
}

fn session_from(row: &QueryResult) -> Result<Session, Error> {
    Ok(Session {
        token: id(row, 0)?,
        person: id(row, 1)?,
        half: truth(row, 2)?,
        created: Timestamp(row.try_get_by_index(3)?),
        last_seen: Timestamp(row.try_get_by_index(4)?),
        address: row.try_get_by_index(5)?,
        browser: row.try_get_by_index(6)?,
    })
}
