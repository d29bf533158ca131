//! The store itself: what is open, and how it is opened.

use crate::append::{Job, Writer};
use crate::dialect::{Dialect, connect_postgres, connect_sqlite, one};
use crate::error::Error;
use crate::event::Actor;
use crate::files::Files;
use crate::keys::{KeyRef, Keys, Random, RevealedKey, wrapped_under};
use crate::master::MasterKey;
use crate::migrate::{meta, migrate, migrate_keys, set_meta};
use crate::seal;
use crate::site::{Founded, SiteKey, fingerprints};
use base::{Clock, Digest, IdSource, KeyId, SiteId};
use sea_orm::DatabaseConnection;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Where a record lies.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// Everything in one directory: `record.db`, `keys.db`, `master.key`, `files/`.
    Directory(PathBuf),
    /// The record and the key table in PostgreSQL 15 or later; `master.key` and `files/` in a directory.
    Postgres {
        /// `postgres://…`
        url: String,
        /// The directory.
        directory: PathBuf,
    },
}

// The address may hold a password: it never reaches a log through `{:?}`.
impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = match self {
            Location::Directory(_) => "SQLite",
            Location::Postgres { .. } => "PostgreSQL",
        };
        write!(f, "{engine} with {}", self.directory().display())
    }
}

impl Location {
    pub(crate) fn directory(&self) -> &Path {
        match self {
            Location::Directory(directory) | Location::Postgres { directory, .. } => directory,
        }
    }

    /// Connects to read alone. There must be a record.
    pub(crate) async fn connect_reading(&self, connections: u32) -> Result<(DatabaseConnection, Dialect), Error> {
        match self {
            Location::Directory(directory) => {
                let path = directory.join("record.db");
                if !path.is_file() {
                    return Err(Error::NoRecord(path));
                }
                Ok((connect_sqlite(&path, connections, true).await?, Dialect::Sqlite))
            }
            Location::Postgres { url, .. } => Ok((connect_postgres(url, connections).await?, Dialect::Postgres)),
        }
    }
}

/// The record. Cheap to clone; all clones are one store.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    /// Reads alone; never waits for a writer.
    pub(crate) read: DatabaseConnection,
    pub(crate) writer: Writer,
    /// SQLite's queue of appends; `None` on PostgreSQL.
    pub(crate) queue: Option<mpsc::Sender<Job>>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) files: Files,
    pub(crate) directory: PathBuf,
    pub(crate) master_key: MasterKey,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn IdSource>,
    pub(crate) site: SiteId,
}

/// Readers on SQLite.
const READERS: u32 = 4;
/// Connections to PostgreSQL.
const CONNECTIONS: u32 = 16;
/// Appends that may wait for SQLite's writer before callers are held back.
const QUEUE: usize = 256;

impl Store {
    /// Opens the record, or begins one: makes the directory, the schema, an own master key (once) and the site. A change
    /// of the master key that was broken off is brought to its end.
    ///
    /// Refuses to start with a lost, wrong or too widely readable master key, with a lost key table, and with data of
    /// a later version.
    pub async fn open(
        location: Location,
        master_key: MasterKey,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        random: Arc<dyn Random>,
    ) -> Result<Store, Error> {
        let directory = location.directory();
        make_private(directory)?;
        let files = Files::at(directory);
        files.make()?;
        let (dialect, write) = match &location {
            Location::Directory(directory) => (
                Dialect::Sqlite,
                connect_sqlite(&directory.join("record.db"), 1, false).await?,
            ),
            Location::Postgres { url, .. } => (Dialect::Postgres, connect_postgres(url, CONNECTIONS).await?),
        };
        migrate(&write, dialect).await?;
        let (read, key_db) = match &location {
            Location::Directory(directory) => (
                location.connect_reading(READERS).await?.0,
                connect_sqlite(&directory.join("keys.db"), 1, false).await?,
            ),
            Location::Postgres { .. } => (write.clone(), write.clone()),
        };
        migrate_keys(&key_db, dialect).await?;
        let founded = find_site(&read).await?;
        let on_record = match &founded {
            Some((site, _)) => fingerprints(&read, *site).await?,
            None => Vec::new(),
        };
        let under = wrapped_under(&key_db, dialect).await?;
        let master = master_key.load(directory, &on_record, under, &*random)?;
        let keys = Arc::new(Keys::new(key_db, dialect, master, ids.clone(), random.clone()));
        let writer = |site| Writer {
            db: write.clone(),
            dialect,
            clock: clock.clone(),
            keys: keys.clone(),
            site,
        };
        let site = match founded {
            Some((site, founded)) => {
                refuse_foreign_keys(&keys, &founded, &location).await?;
                site
            }
            None => {
                let key = SiteKey::draw(&*random)?;
                found(&writer(key.site()), &key, &*ids).await?
            }
        };
        let writer = writer(site);
        let queue = match dialect {
            Dialect::Postgres => None,
            Dialect::Sqlite => {
                let (queue, jobs) = mpsc::channel(QUEUE);
                tokio::spawn(writer.clone().run(jobs));
                Some(queue)
            }
        };
        let store = Store {
            inner: Arc::new(Inner {
                read,
                writer,
                queue,
                keys,
                files,
                directory: directory.to_owned(),
                master_key,
                clock,
                ids,
                site,
            }),
        };
        store
            .record_master_key(store.inner.keys.fingerprint(), Actor::System, "-")
            .await?;
        Ok(store)
    }

    /// Makes a fresh key of its own, for a part to be withheld ([`KeyRef::Own`]).
    pub async fn own_key(&self) -> Result<KeyId, Error> {
        self.inner.keys.own(self.inner.clock.now()).await
    }

    /// Hands out a key of its own, for the event that opens what was withheld.
    pub async fn reveal_key(&self, id: KeyId) -> Result<RevealedKey, Error> {
        let key = self.inner.keys.find(KeyRef::Own(id)).await?.ok_or(Error::NoKey(id))?;
        Ok(RevealedKey {
            id,
            commitment: seal::commitment(id, key.bytes()),
            key: *key.bytes(),
        })
    }

    /// The commitment of a key, made now where there is none yet: for the open part of a case's first event.
    pub async fn key_commitment(&self, of: KeyRef) -> Result<(KeyId, Digest), Error> {
        let key = self.inner.keys.obtain(of, self.inner.clock.now()).await?;
        Ok((key.id, seal::commitment(key.id, key.bytes())))
    }

    /// Closes all connections. Appends under way fail with [`Error::Closed`] or a database error.
    pub async fn close(self) -> Result<(), Error> {
        self.inner.keys.close().await?;
        self.inner.read.clone().close().await?;
        Ok(self.inner.writer.db.clone().close().await?)
    }
}

/// The site on record, with what its first event says.
async fn find_site(c: &impl sea_orm::ConnectionTrait) -> Result<Option<(SiteId, Founded)>, Error> {
    let Some(text) = meta(c, "site").await? else {
        return Ok(None);
    };
    let malformed = || Error::Malformed(format!("site {text:?}"));
    let site: SiteId = text.parse().map_err(|_| malformed())?;
    let sql = "select open from event where stream = $1 and version = 1";
    let row = one(c, sql, vec![format!("site/{site}").into()])
        .await?
        .ok_or_else(malformed)?;
    let open: Vec<u8> = row.try_get_by_index(0)?;
    Ok(Some((site, Founded::read(&open)?)))
}

/// Records the site's first event and notes its id; of two that begin at once, one is founded and both use it.
async fn found(writer: &Writer, key: &SiteKey, ids: &dyn IdSource) -> Result<SiteId, Error> {
    let founding = key.founding(&writer.keys, ids, writer.clock.now()).await?;
    let transaction = writer.dialect.begin(&writer.db).await?;
    writer.dialect.lock(&transaction, &["founding"]).await?;
    if let Some((site, _)) = find_site(&transaction).await? {
        return Ok(site);
    }
    writer.write_founding(&transaction, founding).await?;
    set_meta(&transaction, "site", &key.site().to_string()).await?;
    transaction.commit().await?;
    Ok(key.site())
}

/// Refuses a key table that lacks the site's data key or holds another's.
async fn refuse_foreign_keys(keys: &Keys, founded: &Founded, location: &Location) -> Result<(), Error> {
    let lost = || {
        let table = match location {
            Location::Directory(directory) => directory.join("keys.db").display().to_string(),
            Location::Postgres { .. } => Dialect::Postgres.key_table().to_owned(),
        };
        Error::KeyTableLost(table)
    };
    let key = match keys.find(KeyRef::Site).await {
        Ok(Some(key)) => key,
        Ok(None) | Err(Error::Unopenable(_)) => return Err(lost()),
        Err(e) => return Err(e),
    };
    let commitment = seal::commitment(key.id, key.bytes());
    if commitment == founded.data_key_commitment {
        Ok(())
    } else {
        Err(lost())
    }
}

/// Makes a directory that only its owner enters.
fn make_private(directory: &Path) -> Result<(), Error> {
    if directory.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).map_err(Error::io(directory))
}
