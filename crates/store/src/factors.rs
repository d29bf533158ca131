//! What people prove themselves by beside a password: one secret a person, and one that is not yet confirmed. Sealed
//! under the person's key; mutable, beside the log. Not known here: what a code is made of, who is asked for one.

use crate::dialect::{execute, one};
use crate::error::Error;
use crate::keys::KeyRef;
use crate::seal;
use crate::store::Store;
use base::PersonId;

/// A second factor.
#[derive(Clone, PartialEq, Eq)]
pub struct Factor {
    /// Its kind, as the caller writes it.
    pub kind: String,
    /// What its codes are made of.
    pub secret: Vec<u8>,
    /// The last code's place that was taken; codes up to it are taken no more.
    pub used: u64,
}

impl std::fmt::Debug for Factor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Factor({}, used {})", self.kind, self.used)
    }
}

impl Store {
    /// Keeps a secret until it is confirmed; one that waited already is forgotten, the one in force stays in force.
    pub async fn prepare_factor(&self, person: PersonId, kind: &str, secret: &[u8]) -> Result<(), Error> {
        let now = self.inner.clock.now();
        let key = self.inner.keys.obtain(KeyRef::Person(person), now).await?;
        let sealed = seal::seal(&key, &aad(person), self.inner.keys.nonce()?, secret)?;
        let sql = "insert into factor (person, kind, used, next_kind, next_secret) values ($1, '', 0, $2, $3)
                   on conflict (person) do update set
                       next_kind = excluded.next_kind, next_secret = excluded.next_secret";
        let values = vec![person.to_string().into(), kind.into(), sealed.into()];
        execute(&self.inner.writer.db, sql, values).await?;
        Ok(())
    }

    /// Puts the secret that waited into force, the code at `used` taken; `false` where none waited.
    pub async fn confirm_factor(&self, person: PersonId, used: u64) -> Result<bool, Error> {
        let sql =
            "update factor set kind = next_kind, secret = next_secret, used = $2, next_kind = '', next_secret = null
                   where person = $1 and next_secret is not null";
        let values = vec![person.to_string().into(), (used as i64).into()];
        Ok(execute(&self.inner.writer.db, sql, values).await? == 1)
    }

    /// The factor in force.
    pub async fn factor(&self, person: PersonId) -> Result<Option<Factor>, Error> {
        self.read_factor(person, "kind, secret, used").await
    }

    /// The one that waits to be confirmed.
    pub async fn factor_to_confirm(&self, person: PersonId) -> Result<Option<Factor>, Error> {
        self.read_factor(person, "next_kind, next_secret, cast(0 as bigint)")
            .await
    }

    /// Takes the code at `place`; `false` where it or a later one was taken before.
    pub async fn use_factor(&self, person: PersonId, place: u64) -> Result<bool, Error> {
        let sql = "update factor set used = $2 where person = $1 and kind <> '' and used < $2";
        let values = vec![person.to_string().into(), (place as i64).into()];
        Ok(execute(&self.inner.writer.db, sql, values).await? == 1)
    }

    /// Forgets both; `false` where there was neither.
    pub async fn drop_factor(&self, person: PersonId) -> Result<bool, Error> {
        let sql = "delete from factor where person = $1";
        Ok(execute(&self.inner.writer.db, sql, vec![person.to_string().into()]).await? == 1)
    }

    async fn read_factor(&self, person: PersonId, columns: &str) -> Result<Option<Factor>, Error> {
        let sql = format!("select {columns} from factor where person = $1");
        let Some(row) = one(&self.inner.read, &sql, vec![person.to_string().into()]).await? else {
            return Ok(None);
        };
        let Some(sealed) = row.try_get_by_index::<Option<Vec<u8>>>(1)? else {
            return Ok(None);
        };
        let (header, _) = seal::header(&sealed)?;
        let key = self.inner.keys.find(KeyRef::Person(person)).await?;
        let key = key.ok_or(Error::NoKey(header.key))?;
        Ok(Some(Factor {
            kind: row.try_get_by_index(0)?,
            secret: seal::open(&key, &aad(person), &sealed)?,
            used: row.try_get_by_index::<i64>(2)? as u64,
        }))
    }
}

/// What binds a secret to its owner.
fn aad(person: PersonId) -> String {
    format!("factor|{person}")
}
