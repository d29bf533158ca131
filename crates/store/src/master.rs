//! The master key: where it comes from, which of two is the right one after a change that was broken off, and its
//! fingerprint on the site's record.
//!
//! The key table is the judge: the header of each wrapped key names the master key it is wrapped under, and the site's
//! data key in it is committed to in the site's first event. Not known here: what the master key wraps.

use crate::error::Error;
use crate::keys::{Key, Random};
use crate::seal;
use base::{Digest, KeyId};
use std::fmt;
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, Zeroizing};

/// Where the master key comes from.
#[derive(Clone, Default)]
pub enum MasterKey {
    /// `master.key` in the data directory, made at the first start.
    #[default]
    Own,
    /// A file that a key service writes; never made and never changed here.
    File(PathBuf),
    /// Handed over when the program was started.
    Given {
        /// The key: 32 hexadecimal digits, wiped when dropped.
        key: Zeroizing<String>,
        /// What an operator knows the place by, for sentences.
        from: String,
    },
}

impl MasterKey {
    /// Where the key comes from, in words for an operator. Never the key.
    pub fn place(&self, directory: &Path) -> String {
        match self {
            MasterKey::Own => format!("文件 {}", own_path(directory).display()),
            MasterKey::File(path) => format!("文件 {}", path.display()),
            MasterKey::Given { from, .. } => from.clone(),
        }
    }

    /// The fingerprint of the key that is there now.
    ///
    /// # Errors
    /// No key, one that others can read, or none that reads as a key.
    pub fn fingerprint(&self, directory: &Path) -> Result<Digest, Error> {
        Ok(self.read(directory)?.fingerprint())
    }

    fn read(&self, directory: &Path) -> Result<Master, Error> {
        match self {
            MasterKey::Own => Master::read(&own_path(directory)),
            MasterKey::File(path) => Master::read(path),
            MasterKey::Given { key, from } => Master::parse(key).ok_or_else(|| Error::MasterKeyMalformed(from.clone())),
        }
    }

    /// The master key under which the key table stands (`under`, where there is a table). `on_record` are the fingerprints
    /// that the site's stream ever named, the last one last; where it names none the site is new, and an own key is made.
    pub(crate) fn load(
        &self,
        directory: &Path,
        on_record: &[Digest],
        under: Option<Digest>,
        random: &dyn Random,
    ) -> Result<Master, Error> {
        let own = own_path(directory);
        if matches!(self, MasterKey::Own) && on_record.is_empty() && !own.exists() {
            Master::draw(random)?.write(&own)?;
        }
        let master = self.read(directory)?;
        if under == Some(master.fingerprint()) {
            return Ok(master);
        }
        // A change of the key that was broken off after the table went over to the next one.
        let next = next_path(directory);
        if matches!(self, MasterKey::Own) && next.exists() {
            let next_key = Master::read(&next)?;
            if under == Some(next_key.fingerprint()) {
                put_in_place(directory, &next_key)?;
                return Ok(next_key);
            }
        }
        // Where it is the site's nevertheless, it is the table that is lost or another's; who opens the store finds that.
        if on_record.is_empty() || on_record.contains(&master.fingerprint()) {
            Ok(master)
        } else {
            Err(Error::MasterKeyWrong(self.place(directory)))
        }
    }
}

// The key itself never reaches a log through `{:?}`.
impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MasterKey::Own => f.write_str("Own"),
            MasterKey::File(path) => write!(f, "File({})", path.display()),
            MasterKey::Given { from, .. } => write!(f, "Given({from})"),
        }
    }
}

/// The master key file of a data directory.
fn own_path(directory: &Path) -> PathBuf {
    directory.join("master.key")
}

/// Where the next one lies until the key table has gone over to it.
pub(crate) fn next_path(directory: &Path) -> PathBuf {
    directory.join("master.key.next")
}

/// Gives the next key the name of the one it replaces. Done already, it does nothing.
pub(crate) fn put_in_place(directory: &Path, next: &Master) -> Result<(), Error> {
    let (from, to) = (next_path(directory), own_path(directory));
    match std::fs::rename(&from, &to) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        done => done.map_err(Error::io(&to))?,
    }
    crate::files::sync_folder(directory)?;
    if Master::read(&to)?.fingerprint() == next.fingerprint() {
        Ok(())
    } else {
        Err(Error::MasterKeyWrong(format!("文件 {}", to.display())))
    }
}

/// The first line of half a master key.
const HALF: &str = "jinzhi-master-key-half/1";

/// Puts a master key together from its two halves and writes it where the data directory has none; its fingerprint.
///
/// # Errors
/// There is one already; these are no halves, or not of one key.
pub fn restore(directory: &Path, halves: [&str; 2]) -> Result<Digest, Error> {
    let path = own_path(directory);
    if path.exists() {
        return Err(Error::MasterKeyThere(path));
    }
    let [first, second] = halves.map(|text| read_half(text).ok_or(Error::HalvesWrong));
    let ((mut bytes, fingerprint), (other, _)) = (first?, second?);
    xor(&mut bytes, &other);
    let master = Master::of(*bytes);
    if master.fingerprint() != fingerprint {
        return Err(Error::HalvesWrong);
    }
    master.write(&path)?;
    Ok(fingerprint)
}

/// Half a key and the fingerprint of the whole.
fn read_half(text: &str) -> Option<(Zeroizing<[u8; 16]>, Digest)> {
    let [HALF, half, fingerprint] = text.lines().collect::<Vec<_>>()[..] else {
        return None;
    };
    let mut bytes = Zeroizing::new([0; 16]);
    hex::decode_to_slice(half, &mut *bytes).ok()?;
    Some((bytes, fingerprint.parse().ok()?))
}

fn xor(bytes: &mut [u8; 16], with: &[u8; 16]) {
    for (byte, other) in bytes.iter_mut().zip(with) {
        *byte ^= other;
    }
}

/// A master key in memory: wraps all others.
pub(crate) struct Master {
    key: Key,
}

impl Master {
    fn of(bytes: [u8; 16]) -> Master {
        let mut named = b"jinzhi-master".to_vec();
        named.extend_from_slice(&bytes);
        let digest = Digest::of(&named);
        named.zeroize();
        let mut id = [0; 16];
        id.copy_from_slice(&digest.0[..16]);
        Master {
            key: Key::new(KeyId(id), bytes),
        }
    }

    /// A fresh one.
    pub(crate) fn draw(random: &dyn Random) -> Result<Master, Error> {
        let mut bytes = Zeroizing::new([0; 16]);
        random.fill(&mut *bytes).map_err(Error::io("random"))?;
        Ok(Master::of(*bytes))
    }

    fn parse(text: &str) -> Option<Master> {
        let mut bytes = Zeroizing::new([0; 16]);
        hex::decode_to_slice(text.trim_end(), &mut *bytes).ok()?;
        Some(Master::of(*bytes))
    }

    /// Reads a file that its owner alone may read.
    pub(crate) fn read(path: &Path) -> Result<Master, Error> {
        if !path.exists() {
            return Err(Error::MasterKeyLost(path.into()));
        }
        refuse_if_too_open(path)?;
        let bytes = Zeroizing::new(std::fs::read(path).map_err(Error::io(path))?);
        let text = std::str::from_utf8(&bytes).ok();
        text.and_then(Master::parse)
            .ok_or_else(|| Error::MasterKeyMalformed(format!("文件 {}", path.display())))
    }

    /// Writes the file, mode 0600; one that is there stays as it is.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Error> {
        let text = Zeroizing::new(hex::encode(self.key.bytes()) + "\n");
        crate::files::write_whole(path, text.as_bytes())
    }

    /// Two texts that give the key together; either alone is randomness.
    pub(crate) fn split(&self, random: &dyn Random) -> Result<[Zeroizing<String>; 2], Error> {
        let mut half = Zeroizing::new([0; 16]);
        random.fill(&mut *half).map_err(Error::io("random"))?;
        let mut other = half.clone();
        xor(&mut other, self.key.bytes());
        let fingerprint = self.fingerprint();
        Ok([half, other].map(|half| Zeroizing::new(format!("{HALF}\n{}\n{fingerprint}\n", hex::encode(*half)))))
    }

    /// What stands on record of the master key: its commitment.
    pub(crate) fn fingerprint(&self) -> Digest {
        seal::commitment(self.key.id, self.key.bytes())
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
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
