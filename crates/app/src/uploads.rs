//! A file of a draft that comes in pieces, over a line that drops: what is there stays, and the next piece goes on.
//!
//! Pieces are sealed under the worker's key like drafts, one row each, and are gone when the file is whole, with the
//! draft, or after a day. A scan that waits at the window while its form is mended is one piece. How they come over the
//! line is not known here.

use crate::App;
use crate::authority::Viewer;
use crate::drafts::{Coming, DraftFile};
use crate::error::{Failure, Result};
use crate::files;
use base::{Digest, DraftId, Timestamp};
use casefile::case::File;
use std::collections::BTreeSet;

/// The bytes of a piece; the last one may be shorter.
pub const PIECE: usize = 256 * 1024;
/// The most pieces a person may have lying about.
const MOST: usize = 2 * files::LARGEST_FILE / PIECE;
/// How long a piece lies about, in microseconds.
const DAY: i64 = 24 * 3600 * 1_000_000;

const KIND: &str = "piece";

/// A file that is coming in pieces. The same again is the same file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its draft.
    pub draft: DraftId,
    /// Its name.
    pub name: String,
    /// Its bytes, all pieces together.
    pub size: u64,
    /// When the browser says it was changed last.
    pub changed: String,
    /// 压缩后上传
    pub shrunk: bool,
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// So many bytes are there: the next piece begins here.
    Part(u64),
    /// It is whole.
    Whole(Box<DraftFile>),
}

impl Upload {
    fn came_as(&self) -> String {
        let named = format!(
            "{}|{}|{}|{}|{}",
            self.draft, self.size, self.changed, self.shrunk, self.name
        );
        Digest::of(named).to_string()
    }

    fn pieces(&self) -> usize {
        usize::try_from(self.size).unwrap_or(usize::MAX).div_ceil(PIECE)
    }
}

/// The row of the `n`th piece.
fn row(came_as: &str, n: usize) -> DraftId {
    let Digest(digest) = Digest::of(format!("piece|{came_as}|{n}"));
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    DraftId(id)
}

impl App {
    /// How far a file has come.
    ///
    /// # Errors
    /// Not found: no such draft of the viewer's.
    pub async fn came(&self, viewer: &Viewer, upload: &Upload) -> Result<Came> {
        let came_as = upload.came_as();
        if let Some(there) = self.draft(viewer, upload.draft).await?.came_as(&came_as) {
            return Ok(Came::Whole(Box::new(there.clone())));
        }
        Ok(Came::Part(
            self.there(viewer, upload, &came_as).await? as u64 * PIECE as u64,
        ))
    }

    /// Takes the piece that begins at `at`. One that is not the next is not taken; the answer says which is.
    ///
    /// # Errors
    /// Not found; a refusal that names the file, with the first piece where that one tells.
    pub async fn take_piece(&self, viewer: &Viewer, upload: &Upload, at: u64, bytes: &[u8]) -> Result<Came> {
        let came_as = upload.came_as();
        if let Some(there) = self.draft(viewer, upload.draft).await?.came_as(&came_as) {
            return Ok(Came::Whole(Box::new(there.clone())));
        }
        let n = self.there(viewer, upload, &came_as).await?;
        let begins = n as u64 * PIECE as u64;
        let whole = upload.size.saturating_sub(begins).min(PIECE as u64);
        if at != begins || bytes.len() as u64 != whole {
            return Ok(Came::Part(begins));
        }
        if n == 0 {
            files::check(&files::clean(&upload.name), upload.size, bytes)?;
            self.make_room(viewer).await?;
        }
        if n + 1 < upload.pieces() {
            let person = viewer.person;
            self.store
                .save_draft(row(&came_as, n), person, KIND, None, bytes)
                .await?;
            return Ok(Came::Part(begins + bytes.len() as u64));
        }
        let mut all = Vec::with_capacity(upload.size as usize);
        for earlier in 0..n {
            let Some(piece) = self.store.load_draft(row(&came_as, earlier), viewer.person).await? else {
                return Ok(Came::Part(earlier as u64 * PIECE as u64));
            };
            all.extend(piece.body);
        }
        all.extend(bytes);
        let coming = Coming {
            name: upload.name.clone(),
            bytes: all,
            shrunk: upload.shrunk,
            came_as: came_as.clone(),
        };
        let added = self.add_draft_file(viewer, upload.draft, coming).await;
        if matches!(added, Ok(_) | Err(Failure::Refused(_))) {
            for earlier in 0..n {
                self.store.delete_draft(row(&came_as, earlier), viewer.person).await?;
            }
        }
        Ok(Came::Whole(Box::new(added?)))
    }

    /// Keeps a scan while the form it came with is mended; it goes by its address.
    ///
    /// # Errors
    /// A refusal that names the file.
    pub async fn keep_scan(&self, viewer: &Viewer, name: &str, bytes: &[u8]) -> Result<File> {
        let name = files::clean(name);
        files::check(&name, bytes.len() as u64, bytes)?;
        self.make_room(viewer).await?;
        let id = DraftId::fresh(&*self.ids);
        self.store.save_draft(id, viewer.person, KIND, None, bytes).await?;
        Ok(File {
            address: id.to_string(),
            name,
            ..File::default()
        })
    }

    /// Takes a scan back out; `None` where there is none any more.
    ///
    /// # Errors
    /// The store.
    pub async fn take_scan(&self, viewer: &Viewer, address: &str) -> Result<Option<Vec<u8>>> {
        let Ok(id) = address.parse() else { return Ok(None) };
        let kept = self.store.load_draft(id, viewer.person).await?;
        let Some(kept) = kept.filter(|kept| kept.head.kind == KIND) else {
            return Ok(None);
        };
        self.store.delete_draft(id, viewer.person).await?;
        Ok(Some(kept.body))
    }

    /// How many pieces are there, from the first on.
    async fn there(&self, viewer: &Viewer, upload: &Upload, came_as: &str) -> Result<usize> {
        if upload.size > files::LARGEST_FILE as u64 {
            return Ok(0);
        }
        let rows: BTreeSet<DraftId> = self.pieces(viewer).await?.into_iter().map(|(id, _)| id).collect();
        let missing = |n: &usize| !rows.contains(&row(came_as, *n));
        Ok((0..upload.pieces()).find(missing).unwrap_or_default())
    }

    async fn pieces(&self, viewer: &Viewer) -> Result<Vec<(DraftId, Timestamp)>> {
        let heads = self.store.drafts(viewer.person).await?.into_iter();
        let pieces = heads.filter(|head| head.kind == KIND);
        Ok(pieces.map(|head| (head.id, head.saved)).collect())
    }

    /// Lets go of what is a day old, and of everything where too much lies about.
    async fn make_room(&self, viewer: &Viewer) -> Result<()> {
        let now = self.clock.now();
        self.forget_pieces(viewer, Timestamp(now.0 - DAY)).await?;
        match self.pieces(viewer).await?.len() {
            few if few < MOST => Ok(()),
            _ => self.forget_pieces(viewer, now).await,
        }
    }

    /// Deletes the viewer's pieces saved until `until`.
    pub(crate) async fn forget_pieces(&self, viewer: &Viewer, until: Timestamp) -> Result<()> {
        for (id, saved) in self.pieces(viewer).await? {
            if saved <= until {
                self.store.delete_draft(id, viewer.person).await?;
            }
        }
        Ok(())
    }
}
