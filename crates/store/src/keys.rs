//! Keys: the master key in a file of its own, and one wrapped key per case, person, site and withheld opinion.
//!
//! Wrapped keys lie in a mutable table outside the log and outside the data backup (`keys.db` beside SQLite's
//! `record.db`, the schema `jinzhi_keys` in PostgreSQL): else restoring a backup would undo an erasure.
//! Not known here: what is sealed under a key.

use crate::dialect::{Dialect, execute, one};
use crate::error::Error;
use crate::seal;
use base::{CaseId, Digest, IdSource, KeyId, PersonId, Timestamp};
use sea_orm::DatabaseConnection;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::{Zeroize, ZeroizeOnDrop};

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

/// The master key: wraps all others.
pub(crate) struct Master {
    key: Key,
}

impl Master {
    /// Reads the file, or makes it (mode 0600) where nothing was ever recorded under one (`on_record` is `None`).
    pub(crate) fn load(path: &Path, on_record: Option<Digest>, random: &dyn Random) -> Result<Master, Error> {
        if !path.exists() {
            if on_record.is_some() {
                return Err(Error::MasterKeyLost(path.into()));
            }
            let mut bytes = [0; 16];
            random.fill(&mut bytes).map_err(Error::io(path))?;
            let mut text = hex::encode(bytes) + "\n";
            bytes.zeroize();
            let written = crate::files::write_whole(path, text.as_bytes());
            text.zeroize();
            written?;
        }
        refuse_if_too_open(path)?;
        let mut text = std::fs::read_to_string(path).map_err(|e| match e.kind() {
            std::io::ErrorKind::InvalidData => Error::MasterKeyMalformed(path.into()),
            _ => Error::io(path)(e),
        })?;
        let mut bytes = [0; 16];
        let read = hex::decode_to_slice(text.trim_end(), &mut bytes);
        text.zeroize();
        read.map_err(|_| Error::MasterKeyMalformed(path.into()))?;
        let mut named = b"jinzhi-master".to_vec();
        named.extend_from_slice(&bytes);
        let digest = Digest::of(&named);
        named.zeroize();
        let mut id = [0; 16];
        id.copy_from_slice(&digest.0[..16]);
        let master = Master {
            key: Key::new(KeyId(id), bytes),
        };
        match on_record {
            Some(fingerprint) if fingerprint != master.fingerprint() => Err(Error::MasterKeyWrong(path.into())),
            _ => Ok(master),
        }
    }

    /// What stands on record of the master key: its commitment.
    pub(crate) fn fingerprint(&self) -> Digest {
        seal::commitment(self.key.id, self.key.bytes())
    }
}

#[cfg(unix)]
fn refuse_if_too_open(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_err(Error::io(path))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        Ok(())
    } else {
        Err(Error::MasterKeyTooOpen {
            path: path.into(),
            mode,
        })
    }
}

#[cfg(not(unix))]
fn refuse_if_too_open(_: &Path) -> Result<(), Error> {
    Ok(())
}

/// The table of wrapped keys, with those already unwrapped.
pub(crate) struct Keys {
    db: DatabaseConnection,
    dialect: Dialect,
    master: Master,
    ids: Arc<dyn IdSource>,
    random: Arc<dyn Random>,
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

    /// The master key file of a data directory.
    pub(crate) fn master_path(directory: &Path) -> PathBuf {
        directory.join("master.key")
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
        let id: String = row.try_get_by_index(0)?;
        let id: KeyId = id.parse().map_err(|_| Error::Malformed(format!("key id {id:?}")))?;
        let wrapped: Vec<u8> = row.try_get_by_index(1)?;
        let mut plain = seal::open(&self.master.key, &wrap_aad(id, &scope), &wrapped)?;
        let bytes: [u8; 16] = plain.as_slice().try_into().map_err(|_| Error::Unopenable(id))?;
        plain.zeroize();
        let key = Arc::new(Key::new(id, bytes));
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(scope, key.clone());
        Ok(Some(key))
    }

    fn cached(&self, scope: &str) -> Option<Arc<Key>> {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(scope)
            .cloned()
    }

    /// Adds a key unless the scope has one already: of two that come at once, one stays.
    async fn insert(&self, id: KeyId, scope: &str, now: Timestamp) -> Result<(), Error> {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes).map_err(Error::io("random"))?;
        let wrapped = seal::seal(&self.master.key, &wrap_aad(id, scope), self.nonce()?, &bytes);
        bytes.zeroize();
        let sql = format!(
            "insert into {} (key_id, scope, wrapped, created) values ($1, $2, $3, $4) on conflict (scope) do nothing",
            self.dialect.key_table()
        );
        execute(
            &self.db,
            &sql,
            vec![id.to_string().into(), scope.into(), wrapped?.into(), now.0.into()],
        )
        .await?;
        Ok(())
    }
}

/// What binds a wrapped key to its id and scope.
fn wrap_aad(id: KeyId, scope: &str) -> String {
    format!("key|{id}|{scope}")
}
