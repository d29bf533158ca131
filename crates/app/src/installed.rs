//! Packs on the site's own record, with all their files.
//!
//! The program brings the packs in force; a case names the very pack it was measured by, by digest. So each pack is
//! recorded when a site is first opened with it, and read back at every opening: a case of five years ago still
//! finds its pack. Which pack governs is [`crate::policy`]'s.

use crate::error::{Failure, Result};
use crate::policy::Packs;
use base::law::PackRef;
use base::{ActId, Clock, Digest, EventId, IdSource};
use rules::{Pack, Problem};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Actor, Append, KeyRef, NewEvent, Sealing, Store, StoredEvent, StreamAppend, StreamName};

const INSTALLED: &str = "pack-installed/1";

/// A pack with the files it was read from.
#[derive(Clone, Debug)]
pub struct PackFiles {
    pack: Arc<Pack>,
    texts: BTreeMap<String, String>,
}

impl PackFiles {
    /// Reads a pack from its files: names relative to its folder, and bytes.
    ///
    /// # Errors
    /// What is wrong with the pack, file by file.
    pub fn read(files: &[(String, Vec<u8>)]) -> std::result::Result<PackFiles, Vec<Problem>> {
        let borrowed: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        let pack = Arc::new(Pack::parse(&borrowed)?);
        let mut texts = BTreeMap::new();
        for (name, bytes) in files {
            let text = std::str::from_utf8(bytes).map_err(|_| {
                vec![Problem {
                    file: name.clone(),
                    line: None,
                    message: "不是 UTF-8 文字。请另存为 UTF-8。".into(),
                }]
            })?;
            texts.insert(name.clone(), text.to_owned());
        }
        Ok(PackFiles { pack, texts })
    }

    /// The pack.
    pub fn pack(&self) -> Arc<Pack> {
        Arc::clone(&self.pack)
    }
}

/// The packs in force, put on record where they are not yet there, and every pack that ever was.
///
/// # Errors
/// No pack in force, one whose procedure this build does not carry out, or one on record that no longer reads; named.
pub(crate) async fn packs(store: &Store, clock: &dyn Clock, ids: &dyn IdSource, packs: &[PackFiles]) -> Result<Packs> {
    let stream = StreamName::Site(store.site());
    let events = store.read(&stream).await?;
    let recorded = events.iter().filter(|event| event.kind == INSTALLED);
    let recorded = recorded.map(read_back).collect::<Result<Vec<Arc<Pack>>>>()?;
    for files in packs {
        casefile::runs(&files.pack.procedure)?;
        if !recorded.iter().any(|pack| pack.reference() == files.pack.reference()) {
            install(store, clock, ids, files).await?;
        }
    }
    Packs::new(packs.iter().map(|files| Arc::clone(&files.pack)).collect(), recorded)
}

/// Records a pack. Of two processes that open the site at the same time, one does: the act's id follows from the pack.
async fn install(store: &Store, clock: &dyn Clock, ids: &dyn IdSource, files: &PackFiles) -> Result<()> {
    let json = |e: serde_json::Error| Failure::Internal(e.to_string());
    let reference = files.pack.reference();
    let digest = Digest::of(format!(
        "{INSTALLED} {} {} {}",
        store.site(),
        reference.id,
        reference.digest
    ));
    let mut act = ActId::default();
    act.0.copy_from_slice(&digest.0[..16]);
    let event = NewEvent {
        id: EventId::fresh(ids),
        kind: INSTALLED.into(),
        act,
        actor: Actor::System,
        capacity: "-".into(),
        acted: clock.now(),
        open: serde_json::to_vec(&reference).map_err(json)?,
        sealed: Some(Sealing {
            plain: serde_json::to_vec(&files.texts).map_err(json)?,
            under: KeyRef::Site,
        }),
    };
    let streams = vec![StreamAppend {
        stream: StreamName::Site(store.site()),
        expected: None,
        events: vec![event],
    }];
    store
        .append(Append {
            act,
            streams,
            ..Append::default()
        })
        .await?;
    Ok(())
}

/// The pack as this build reads the files on record.
fn read_back(event: &StoredEvent) -> Result<Arc<Pack>> {
    let broken = |e: serde_json::Error| Failure::Record(format!("{INSTALLED} at version {}: {e}", event.version));
    let reference: PackRef = serde_json::from_slice(&event.open).map_err(broken)?;
    let unread = |why: &str| {
        let PackRef { id, digest } = &reference;
        Failure::Record(format!(
            "pack {id} with digest {digest}, installed earlier, cannot be read: {why}"
        ))
    };
    let sealed = event.sealed.plain().ok_or_else(|| unread("its files do not open"))?;
    let texts: BTreeMap<String, String> = serde_json::from_slice(sealed).map_err(|e| unread(&e.to_string()))?;
    let files: Vec<(&str, &[u8])> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    let pack = Pack::parse(&files).map_err(|problems| {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        unread(&told.join("; "))
    })?;
    if pack.reference() != reference {
        return Err(unread("its files are another pack's"));
    }
    Ok(Arc::new(pack))
}
