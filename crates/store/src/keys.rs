//! Keys: one per case, person, site and withheld opinion, each wrapped under the master key ([`crate::master`]).
//!
//! Wrapped keys lie in a mutable table outside the log and outside the data backup (`keys.db` beside SQLite's
//! `record.db`, the schema `jinzhi_keys` in PostgreSQL): else restoring a backup would undo an erasure.
//! Not known here: what is sealed under a key.

use crate::dialect::{Dialect, execute, one};
use crate::error::Error;
use crate::master::Master;
use crate::seal;
use base::{CaseId, Digest, IdSource, KeyId, PersonId, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Where keys and nonces come from: the system's randomness in the binary, a seeded sequence in tests.
pub trait Random: Send + Sync {
    /// Fills `bytes` with fresh randomness.
    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()>;
}

/// The system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        getrandom::fill(bytes).map_err(std::io::Error::other)
    }
}

/// Whose key seals something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyRef {
    /// The case's key: its events and files.
    Case(CaseId),
    /// The person's key: drafts.
    Person(PersonId),
    /// The site's data key: streams of persons, institutions, series, readings and the site.
    Site,
    /// The site's index key: what the words of sealed text are blinded with. Seals nothing.
    Index,
    /// A key of its own, made by [`crate::Store::own_key`]: a withheld opinion.
    Own(KeyId),
}

impl fmt::Display for KeyRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyRef::Case(id) => write!(f, "case/{id}"),
            KeyRef::Person(id) => write!(f, "person/{id}"),
            KeyRef::Site => f.write_str("site"),
            KeyRef::Index => f.write_str("index"),
            KeyRef::Own(id) => write!(f, "own/{id}"),
        }
    }
}

/// A key handed out for opening a withheld opinion; what `opinions-opened` carries in its sealed part.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RevealedKey {
    /// The key's id.
    #[zeroize(skip)]
    pub id: KeyId,
    /// SM3("jinzhi-key" ‖ key id ‖ key), as it stands in the header of what was sealed under it.
    #[zeroize(skip)]
    pub commitment: Digest,
    /// The key.
    pub key: [u8; 16],
}

impl fmt::Debug for RevealedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RevealedKey({})", self.id)
    }
}

/// A key in memory; wiped when dropped.
#[derive(ZeroizeOnDrop)]
pub(crate) struct Key {
    #[zeroize(skip)]
    pub(crate) id: KeyId,
    bytes: [u8; 16],
}

impl Key {
    pub(crate) fn new(id: KeyId, bytes: [u8; 16]) -> Key {
        Key { id, bytes }
    }

    pub(crate) fn bytes(&self) -> &[u8; 16] {
        &self.bytes
    }
}

/// The table of wrapped keys, with those already unwrapped.
pub(crate) struct Keys {
    pub(crate) db: DatabaseConnection,
    pub(crate) dialect: Dialect,
    pub(crate) master: Master,
    ids: Arc<dyn IdSource>,
    pub(crate) random: Arc<dyn Random>,
    open: Mutex<HashMap<String, Arc<Key>>>,
}

impl Keys {
    pub(crate) fn new(
        db: DatabaseConnection,
        dialect: Dialect,
        master: Master,
        ids: Arc<dyn IdSource>,
        random: Arc<dyn Random>,
    ) -> Keys {
        Keys {
            db,
            dialect,
            master,
            ids,
            random,
            open: Mutex::default(),
        }
    }

    pub(crate) fn fingerprint(&self) -> Digest {
        self.master.fingerprint()
    }

    pub(crate) async fn close(&self) -> Result<(), Error> {
        Ok(self.db.clone().close().await?)
    }

    /// A fresh nonce. Random 96 bits: far below 2^32 uses per key.
    pub(crate) fn nonce(&self) -> Result<[u8; 12], Error> {
        let mut nonce = [0; 12];
        self.random.fill(&mut nonce).map_err(Error::io("random"))?;
        Ok(nonce)
    }

    /// The key for `of`, made now where there is none yet. A key of its own is never made here.
    pub(crate) async fn obtain(&self, of: KeyRef, now: Timestamp) -> Result<Arc<Key>, Error> {
        if let Some(key) = self.find(of).await? {
            return Ok(key);
        }
        match of {
            KeyRef::Own(id) => Err(Error::NoKey(id)),
            _ => {
                self.insert(KeyId::fresh(&*self.ids), &of.to_string(), now).await?;
                self.find(of)
                    .await?
                    .ok_or_else(|| Error::Malformed(format!("key table lost {of}")))
            }
        }
    }

    /// A fresh key of its own.
    pub(crate) async fn own(&self, now: Timestamp) -> Result<KeyId, Error> {
        let id = KeyId::fresh(&*self.ids);
        self.insert(id, &KeyRef::Own(id).to_string(), now).await?;
        Ok(id)
    }

    /// The key for `of`, where there is one.
    pub(crate) async fn find(&self, of: KeyRef) -> Result<Option<Arc<Key>>, Error> {
        let scope = of.to_string();
        if let Some(key) = self.cached(&scope) {
            return Ok(Some(key));
        }
        let sql = format!(
            "select key_id, wrapped from {} where scope = $1",
            self.dialect.key_table()
        );
        let Some(row) = one(&self.db, &sql, vec![scope.as_str().into()]).await? else {
            return Ok(None);
        };
        let wrapped = Wrapped::read(&row, scope.clone())?;
        let key = Arc::new(wrapped.unwrap(&self.master)?);
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(scope, key.clone());
        Ok(Some(key))
    }

    /// Destroys keys: gone from the table, from its files, and from this process's memory. Gone already, they are as good.
    pub(crate) async fn destroy(&self, of: &[KeyRef]) -> Result<(), Error> {
        let scopes: Vec<String> = of.iter().map(ToString::to_string).collect();
        let table = self.dialect.key_table();
        let transaction = self.dialect.begin(&self.db).await?;
        self.dialect.lock(&transaction, &[TABLE]).await?;
        for scope in &scopes {
            let sql = format!("delete from {table} where scope = $1");
            execute(&transaction, &sql, vec![scope.as_str().into()]).await?;
        }
        transaction.commit().await?;
        self.forget(&scopes);
        self.dialect.wipe(&self.db, &[table]).await
    }

    fn forget(&self, scopes: &[String]) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        scopes.iter().for_each(|scope| drop(open.remove(scope)));
    }

    fn cached(&self, scope: &str) -> Option<Arc<Key>> {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(scope)
            .cloned()
    }

    /// Adds a key unless the scope has one already: of two that come at once, one stays. Refused where the table has gone
    /// over to another master key meanwhile: the key would be lost with this process.
    async fn insert(&self, id: KeyId, scope: &str, now: Timestamp) -> Result<(), Error> {
        let mut bytes = Zeroizing::new([0; 16]);
        self.random.fill(&mut *bytes).map_err(Error::io("random"))?;
        let wrapped = Wrapped::wrap(&Key::new(id, *bytes), scope.into(), &self.master, self.nonce()?)?;
        let sql = format!(
            "insert into {} (key_id, scope, wrapped, created) values ($1, $2, $3, $4) on conflict (scope) do nothing",
            self.dialect.key_table()
        );
        let values = vec![id.to_string().into(), scope.into(), wrapped.bytes.into(), now.0.into()];
        let transaction = self.dialect.begin(&self.db).await?;
        self.dialect.lock(&transaction, &[TABLE]).await?;
        let under = wrapped_under(&transaction, self.dialect).await?;
        if under.is_some_and(|under| under != self.fingerprint()) {
            return Err(Error::MasterKeyChanged);
        }
        execute(&transaction, &sql, values).await?;
        Ok(transaction.commit().await?)
    }
}

/// The lock under which the key table is written.
pub(crate) const TABLE: &str = "keys";

/// One row of the key table.
pub(crate) struct Wrapped {
    pub(crate) id: KeyId,
    pub(crate) scope: String,
    pub(crate) bytes: Vec<u8>,
}

impl Wrapped {
    /// From a row of `key_id, wrapped`.
    pub(crate) fn read(row: &QueryResult, scope: String) -> Result<Wrapped, Error> {
        let id: String = row.try_get_by_index(0)?;
        Ok(Wrapped {
            id: id.parse().map_err(|_| Error::Malformed(format!("key id {id:?}")))?,
            scope,
            bytes: row.try_get_by_index(1)?,
        })
    }

    pub(crate) fn wrap(key: &Key, scope: String, master: &Master, nonce: [u8; 12]) -> Result<Wrapped, Error> {
        let bytes = seal::seal(master.key(), &wrap_aad(key.id, &scope), nonce, key.bytes())?;
        let id = key.id;
        Ok(Wrapped { id, scope, bytes })
    }

    /// The key, where it is wrapped under this master key.
    pub(crate) fn unwrap(&self, master: &Master) -> Result<Key, Error> {
        let plain = Zeroizing::new(seal::open(master.key(), &wrap_aad(self.id, &self.scope), &self.bytes)?);
        let bytes: [u8; 16] = plain.as_slice().try_into().map_err(|_| Error::Unopenable(self.id))?;
        Ok(Key::new(self.id, bytes))
    }

    /// The fingerprint of the master key it is wrapped under.
    pub(crate) fn under(&self) -> Result<Digest, Error> {
        Ok(seal::header(&self.bytes)?.0.commitment)
    }
}

/// The fingerprint of the master key that the site's data key is wrapped under; `None` where there is no such row.
pub(crate) async fn wrapped_under(c: &impl ConnectionTrait, dialect: Dialect) -> Result<Option<Digest>, Error> {
    let scope = KeyRef::Site.to_string();
    let sql = format!("select key_id, wrapped from {} where scope = $1", dialect.key_table());
    let row = one(c, &sql, vec![scope.as_str().into()]).await?;
    row.map(|row| Wrapped::read(&row, scope)?.under()).transpose()
}

/// What binds a wrapped key to its id and scope.
fn wrap_aad(id: KeyId, scope: &str) -> String {
    format!("key|{id}|{scope}")
}
