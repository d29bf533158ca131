//! One recorded step: as it is handed in, and as it comes back.

use crate::envelope::Envelope;
use crate::error::Error;
use crate::keys::KeyRef;
use crate::stream::StreamName;
use base::{ActId, Digest, EventId, KeyId, PersonId, SiteId, Timestamp};
use std::fmt;
use std::str::FromStr;

/// Who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The program itself, where a rule of the pack says so (an opinion that opens by itself on the step's day).
    System,
    /// A person.
    Person(PersonId),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::System => f.write_str("system"),
            Actor::Person(id) => id.fmt(f),
        }
    }
}

impl FromStr for Actor {
    type Err = Error;
    fn from_str(text: &str) -> Result<Actor, Error> {
        if text == "system" {
            return Ok(Actor::System);
        }
        let id: PersonId = text.parse().map_err(|_| Error::Malformed(format!("actor {text:?}")))?;
        if id.to_string() == text {
            Ok(Actor::Person(id))
        } else {
            Err(Error::Malformed(format!("actor {text:?}")))
        }
    }
}

/// An event to be recorded. Its version, recorded time and place in the chain come from the store.
#[derive(Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Its id.
    pub id: EventId,
    /// `name/version`, e.g. `received/1`: lower-case letters, digits and hyphens, then a number.
    pub kind: String,
    /// The act it belongs to.
    pub act: ActId,
    /// Who acted.
    pub actor: Actor,
    /// `role@institution`, ASCII without spaces, at most 120 bytes; `-` where the program itself acts.
    pub capacity: String,
    /// When it was done, as claimed.
    pub acted: Timestamp,
    /// The open part: a JSON object of codes, dates, ids, amounts, digests; no free text, no family's data, no
    /// numbers with a fraction. Stored and hashed as these very bytes.
    pub open: Vec<u8>,
    /// All else.
    pub sealed: Option<Sealing>,
}

/// A plain sealed part and the key to seal it under.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealing {
    /// The bytes before sealing.
    pub plain: Vec<u8>,
    /// In a case's stream [`KeyRef::Case`] of that case or [`KeyRef::Own`]; elsewhere [`KeyRef::Site`] or `Own`.
    pub under: KeyRef,
}

/// An event as recorded, its chain checked.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// The stream.
    pub stream: StreamName,
    /// Its place in the stream, from 1.
    pub version: u64,
    /// Its id.
    pub id: EventId,
    /// `name/version`.
    pub kind: String,
    /// The act it belongs to.
    pub act: ActId,
    /// Who acted.
    pub actor: Actor,
    /// `role@institution`.
    pub capacity: String,
    /// When it was done, as claimed.
    pub acted: Timestamp,
    /// When it was recorded; never falls within a stream.
    pub recorded: Timestamp,
    /// The site that sequenced it.
    pub site: SiteId,
    /// The open bytes as stored.
    pub open: Vec<u8>,
    /// The sealed part.
    pub sealed: SealedPart,
    /// SM3 of the stored ciphertext.
    pub sealed_digest: Option<Digest>,
    /// The hash before it in its stream.
    pub prev: Option<Digest>,
    /// SM3 of its envelope.
    pub hash: Digest,
}

/// A sealed part as it comes back.
#[derive(Clone, PartialEq, Eq)]
pub enum SealedPart {
    /// The event has none.
    None,
    /// Opened.
    Plain(Vec<u8>),
    /// Under a key of its own that was not asked for ([`crate::Store::read_with_keys`]).
    Withheld(KeyId),
    /// Its key is not in the key table.
    NoKey(KeyId),
}

impl SealedPart {
    /// The bytes, where they are open to the reader.
    pub fn plain(&self) -> Option<&[u8]> {
        match self {
            SealedPart::Plain(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl StoredEvent {
    /// The text whose SM3 is [`StoredEvent::hash`].
    pub fn envelope(&self) -> Envelope {
        Envelope {
            site: self.site,
            stream: self.stream.clone(),
            version: self.version,
            kind: self.kind.clone(),
            event: self.id,
            act: self.act,
            actor: self.actor,
            capacity: self.capacity.clone(),
            acted: self.acted,
            recorded: self.recorded,
            open: Digest::of(&self.open),
            sealed: self.sealed_digest,
            prev: self.prev,
        }
    }
}

// Sealed bytes never reach a log through `{:?}`.
impl fmt::Debug for NewEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewEvent({} {} act {})", self.kind, self.id, self.act)
    }
}

impl fmt::Debug for Sealing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealing({} bytes under {:?})", self.plain.len(), self.under)
    }
}

impl fmt::Debug for StoredEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "StoredEvent({} {} {} {:?})",
            self.stream, self.version, self.kind, self.sealed
        )
    }
}

impl fmt::Debug for SealedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SealedPart::None => f.write_str("None"),
            SealedPart::Plain(bytes) => write!(f, "Plain({} bytes)", bytes.len()),
            SealedPart::Withheld(key) => write!(f, "Withheld({key})"),
            SealedPart::NoKey(key) => write!(f, "NoKey({key})"),
        }
    }
}

/// The bytes of an open part that the store itself writes: the fields in the order of the struct.
pub(crate) fn encode(open: &impl serde::Serialize) -> Vec<u8> {
    // Plain structs of strings and numbers: serialising them to memory has no way to fail.
    serde_json::to_vec(open).unwrap_or_default()
}

/// Refuses a kind that is not `name/version`.
pub(crate) fn check_kind(kind: &str) -> Result<(), Error> {
    let good = kind.split_once('/').is_some_and(|(name, version)| {
        name.len() <= 64
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && version.parse::<u32>().is_ok_and(|n| n >= 1 && n.to_string() == version)
    });
    if good {
        Ok(())
    } else {
        Err(Error::Malformed(format!("kind {kind:?}")))
    }
}

/// Refuses a capacity that could not stand on one line of the envelope.
pub(crate) fn check_capacity(capacity: &str) -> Result<(), Error> {
    let good = (1..=120).contains(&capacity.len()) && capacity.bytes().all(|b| b.is_ascii_graphic());
    if good {
        Ok(())
    } else {
        Err(Error::Malformed(format!("capacity {capacity:?}")))
    }
}

/// Reads an open part: a JSON object without fractions. Returns the files it names.
pub(crate) fn check_open(open: &[u8]) -> Result<Vec<Digest>, Error> {
    let value: serde_json::Value =
        serde_json::from_slice(open).map_err(|e| Error::Malformed(format!("open part: {e}")))?;
    if !value.is_object() {
        return Err(Error::Malformed("open part is not an object".into()));
    }
    let mut files = Vec::new();
    walk(&value, false, &mut files)?;
    Ok(files)
}

/// Collects the digests under members named `file` or `files`, and refuses fractions on the way.
fn walk(value: &serde_json::Value, named: bool, files: &mut Vec<Digest>) -> Result<(), Error> {
    use serde_json::Value::*;
    match value {
        Null | Bool(_) => Ok(()),
        Number(n) if n.is_f64() => Err(Error::Malformed(format!("open part holds the fraction {n}"))),
        Number(_) => Ok(()),
        String(text) => {
            if named {
                let digest = text
                    .parse()
                    .map_err(|_| Error::Malformed(format!("file address {text:?}")))?;
                files.push(digest);
            }
            Ok(())
        }
        Array(items) => items.iter().try_for_each(|item| walk(item, named, files)),
        Object(members) => members
            .iter()
            .try_for_each(|(name, item)| walk(item, name == "file" || name == "files", files)),
    }
}
