//! Files: sealed, addressed by the SM3 of their ciphertext (`files/ab/cdef…`), there whole or not at all.
//! Each is registered too, so that `verify` misses one that only a sealed part names.
//! The digest of the plain bytes is handed back, to be put into the sealed part of the event that names the file.

use crate::dialect::execute;
use crate::error::Error;
use crate::keys::KeyRef;
use crate::seal;
use crate::store::Store;
use base::Digest;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A file that was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// SM3 of the ciphertext: its address, for the open part (a member named `file` or `files`).
    pub address: Digest,
    /// SM3 of the plain bytes, for the sealed part.
    pub plain: Digest,
    /// Length of the plain bytes.
    pub size: u64,
}

/// What binds a file's ciphertext to being a file.
const AAD: &str = "file";

impl Store {
    /// Seals and stores a file. On the disk when this returns.
    pub async fn put_file(&self, plain: Vec<u8>, under: KeyRef) -> Result<StoredFile, Error> {
        let key = self.inner.keys.obtain(under, self.inner.clock.now()).await?;
        let nonce = self.inner.keys.nonce()?;
        let files = self.inner.files.clone();
        let under = key.id.to_string();
        let stored = blocking(move || {
            let sealed = seal::seal(&key, AAD, nonce, &plain)?;
            let stored = StoredFile {
                address: Digest::of(&sealed),
                plain: Digest::of(&plain),
                size: plain.len() as u64,
            };
            files.write(stored.address, &sealed)?;
            Ok(stored)
        })
        .await?;
        let (address, now) = (stored.address.to_string(), self.inner.clock.now());
        let sql = "insert into file (address, size, stored, key_id) values ($1, $2, $3, $4)";
        let values = vec![address.into(), (stored.size as i64).into(), now.0.into(), under.into()];
        execute(&self.inner.writer.db, sql, values).await?;
        Ok(stored)
    }

    /// Removes a file that no event names: what was uploaded and not handed in. Not there any more, it does nothing.
    pub async fn remove_file(&self, address: Digest) -> Result<(), Error> {
        let sql = "delete from file where address = $1";
        execute(&self.inner.writer.db, sql, vec![address.to_string().into()]).await?;
        let files = self.inner.files.clone();
        blocking(move || files.remove(&[address])).await
    }

    /// Reads, checks and opens a file.
    pub async fn get_file(&self, address: Digest, under: KeyRef) -> Result<Vec<u8>, Error> {
        let key = self.inner.keys.find(under).await?;
        let files = self.inner.files.clone();
        blocking(move || {
            let sealed = files.read(address)?;
            let (header, _) = seal::header(&sealed)?;
            let key = key.ok_or(Error::NoKey(header.key))?;
            seal::open(&key, AAD, &sealed)
        })
        .await
    }
}

pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Closed)?
}

/// The folder of sealed files.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    root: PathBuf,
}

impl Files {
    /// The folder of a data directory, there or not.
    pub(crate) fn at(directory: &Path) -> Files {
        Files {
            root: directory.join("files"),
        }
    }

    /// Makes the folder.
    pub(crate) fn make(&self) -> Result<(), Error> {
        fs::create_dir_all(&self.root).map_err(Error::io(&self.root))
    }

    fn path(&self, address: Digest) -> PathBuf {
        let name = address.to_string();
        self.root.join(&name[..2]).join(&name[2..])
    }

    pub(crate) fn exists(&self, address: Digest) -> bool {
        self.path(address).is_file()
    }

    fn write(&self, address: Digest, sealed: &[u8]) -> Result<(), Error> {
        let path = self.path(address);
        if let Some(folder) = path.parent()
            && !folder.is_dir()
        {
            fs::create_dir_all(folder).map_err(Error::io(folder))?;
            sync_folder(&self.root)?;
        }
        write_whole(&path, sealed)
    }

    /// Reads a file and checks it against its address.
    pub(crate) fn read(&self, address: Digest) -> Result<Vec<u8>, Error> {
        let path = self.path(address);
        let sealed = match fs::read(&path) {
            Ok(sealed) => sealed,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(Error::FileMissing(address)),
            Err(e) => return Err(Error::io(path)(e)),
        };
        if Digest::of(&sealed) == address {
            Ok(sealed)
        } else {
            Err(Error::FileDamaged(address))
        }
    }

    /// Removes files; what is not there any more is as good. Gone from the folders when this returns.
    pub(crate) fn remove(&self, addresses: &[Digest]) -> Result<(), Error> {
        for address in addresses {
            let path = self.path(*address);
            match fs::remove_file(&path) {
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
                done => done.map_err(Error::io(&path))?,
            }
            path.parent().map_or(Ok(()), sync_folder)?;
        }
        Ok(())
    }

    /// The addresses of all files there, in order.
    pub(crate) fn addresses(&self) -> Result<Vec<Digest>, Error> {
        let mut found = Vec::new();
        for folder in entries(&self.root)? {
            if !folder.is_dir() {
                continue;
            }
            for path in entries(&folder)? {
                let part = |p: &Path| p.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
                found.extend((part(&folder) + &part(&path)).parse::<Digest>());
            }
        }
        found.sort();
        Ok(found)
    }
}

/// What a folder holds; nothing where it is not there.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let found = fs::read_dir(folder).and_then(|list| list.map(|entry| Ok(entry?.path())).collect());
    found.map_err(Error::io(folder))
}

/// Writes a file readable by its owner alone: a temporary file, fsync, then its name, fsync of the folder. A file that
/// has the name already is left as it is: of two that write at once, one is kept whole.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let unlike = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let temporary = folder.join(format!(".{name}.{unlike}.part"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let named = written.and_then(|()| match fs::hard_link(&temporary, path) {
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        done => done,
    });
    // What is left of it is of no use; a failure before it is what is reported.
    fs::remove_file(&temporary).ok();
    named.map_err(Error::io(path))?;
    sync_folder(folder)
}

pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|f| f.sync_all()).map_err(Error::io(folder))
}
