//! Drafts: what a worker has typed so far, encrypted under the worker's own key, seen by nobody else.
//!
//! A draft is fields and files as they came from the forms; what they mean is read when it is handed in.

use crate::App;
use crate::authority::Viewer;
use crate::error::{Failure, Result};
use crate::{files, photo};
use base::{DraftId, Timestamp};
use casefile::Refusal;
use casefile::case::File;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::KeyRef;

/// A form's fields by name; a field may come several times.
pub type Fields = BTreeMap<String, Vec<String>>;

/// The most files of one application.
pub const MOST_FILES: usize = 20;

const KIND: &str = "submit";

/// A draft of an application (没写完的申请).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The fields as typed.
    pub fields: Fields,
    /// The files, each with what it is to prove.
    pub files: Vec<DraftFile>,
    /// When it was last saved.
    #[serde(skip)]
    pub saved: Timestamp,
}

/// A file of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFile {
    /// The file.
    pub file: File,
    /// 这份材料能证明什么？ May be empty.
    pub proves: String,
    /// The worker keeps the place a photograph says: there is no copy without it.
    #[serde(default)]
    pub place_kept: bool,
    /// Whether there is a small picture in it.
    #[serde(default)]
    pub has_small: bool,
    /// What it came as, where it came in pieces ([`crate::uploads`]).
    #[serde(default)]
    pub came_as: String,
}

/// What is to be done with the place a photograph says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// 保留
    Keep,
    /// 去掉, in the copy that is shown.
    TakeOff,
}

/// A file on its way into a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coming {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// 压缩后上传
    pub shrunk: bool,
    /// What it came as, where it came in pieces; otherwise empty.
    pub came_as: String,
}

impl Draft {
    /// The file that came in pieces as this.
    pub(crate) fn came_as(&self, this: &str) -> Option<&DraftFile> {
        self.files.iter().find(|kept| !this.is_empty() && kept.came_as == this)
    }
}

impl App {
    /// Begins a draft.
    ///
    /// # Errors
    /// The store.
    pub async fn new_draft(&self, viewer: &Viewer) -> Result<DraftId> {
        let id = DraftId::fresh(&*self.ids);
        self.save(viewer, id, &Draft::default()).await?;
        Ok(id)
    }

    /// The viewer's own draft.
    ///
    /// # Errors
    /// Not found: there is none, or it is another's.
    pub async fn draft(&self, viewer: &Viewer, id: DraftId) -> Result<Draft> {
        let Some(stored) = self.store.load_draft(id, viewer.person).await? else {
            return Err(Refusal::not_found().into());
        };
        let mut draft: Draft = serde_json::from_slice(&stored.body)
            .map_err(|e| Failure::Record(format!("draft {id}: {}", crate::codec::misshapen(&e))))?;
        draft.saved = stored.head.saved;
        Ok(draft)
    }

    /// The viewer's drafts, the last saved first.
    ///
    /// # Errors
    /// The store.
    pub async fn drafts(&self, viewer: &Viewer) -> Result<Vec<(DraftId, Timestamp)>> {
        let heads = self.store.drafts(viewer.person).await?;
        Ok(heads
            .into_iter()
            .filter(|head| head.kind == KIND)
            .map(|head| (head.id, head.saved))
            .collect())
    }

    /// Replaces the fields named in `fields`; the others stay as they are.
    ///
    /// # Errors
    /// Not found; the store.
    pub async fn save_fields(&self, viewer: &Viewer, id: DraftId, fields: Fields) -> Result<Draft> {
        let _turn = self.drafting.lock().await;
        let mut draft = self.draft(viewer, id).await?;
        draft.fields.extend(fields);
        self.save(viewer, id, &draft).await?;
        Ok(draft)
    }

    /// Adds a file. What came in pieces under the same name before is not added again.
    ///
    /// # Errors
    /// A refusal that names the file; nothing else of the draft is touched.
    pub async fn add_draft_file(&self, viewer: &Viewer, id: DraftId, coming: Coming) -> Result<DraftFile> {
        let _turn = self.drafting.lock().await;
        let mut draft = self.draft(viewer, id).await?;
        if let Some(there) = draft.came_as(&coming.came_as) {
            return Ok(there.clone());
        }
        if draft.files.len() >= MOST_FILES {
            return Err(Refusal::field(
                "files",
                format!("一份申请最多放 {MOST_FILES} 个文件。可以先提交，以后再补。"),
            )
            .into());
        }
        let has_small = photo::small(&coming.bytes).is_some();
        let under = KeyRef::Person(viewer.person);
        let mut file = files::put(&self.store, &coming.name, coming.bytes, under).await?;
        file.shrunk = coming.shrunk;
        let kept = DraftFile {
            file,
            proves: String::new(),
            place_kept: false,
            has_small,
            came_as: coming.came_as,
        };
        draft.files.push(kept.clone());
        self.save(viewer, id, &draft).await?;
        Ok(kept)
    }

    /// Writes down what files are to prove, by their addresses.
    ///
    /// # Errors
    /// Not found; the store.
    pub async fn say_what_files_prove(&self, viewer: &Viewer, id: DraftId, proves: &[(String, String)]) -> Result<()> {
        let _turn = self.drafting.lock().await;
        let mut draft = self.draft(viewer, id).await?;
        for (address, text) in proves {
            for kept in draft.files.iter_mut().filter(|kept| kept.file.address == *address) {
                kept.proves.clone_from(text);
            }
        }
        self.save(viewer, id, &draft).await
    }

    /// Keeps the place a photograph says, or takes it off the copy that is shown.
    ///
    /// # Errors
    /// Not found; a refusal that names the file.
    pub async fn treat_place(&self, viewer: &Viewer, id: DraftId, address: &str, place: Place) -> Result<()> {
        let _turn = self.drafting.lock().await;
        let mut draft = self.draft(viewer, id).await?;
        let under = KeyRef::Person(viewer.person);
        let kept = draft.files.iter_mut().find(|kept| kept.file.address == address);
        let kept = kept.ok_or_else(Refusal::not_found)?;
        let file = &mut kept.file;
        match place {
            Place::Keep if file.shown.take().is_some() => kept.place_kept = true,
            Place::TakeOff if file.shown.is_none() => {
                let bytes = self.store.get_file(files::parsed(address)?, under).await?;
                file.shown = files::put_copy(&self.store, &file.name, &file.media, &bytes, under).await?;
                kept.place_kept = false;
            }
            _ => return Ok(()),
        }
        self.save(viewer, id, &draft).await
    }

    /// A file of the viewer's own draft as others will see it, or the small picture in it.
    ///
    /// # Errors
    /// Not found; the store.
    pub async fn draft_file(
        &self,
        viewer: &Viewer,
        id: DraftId,
        address: &str,
        small: bool,
    ) -> Result<(File, Vec<u8>)> {
        let draft = self.draft(viewer, id).await?;
        let kept = draft.files.into_iter().find(|kept| kept.file.address == address);
        let file = kept.ok_or_else(Refusal::not_found)?.file;
        let shown = file.shown.as_ref().filter(|_| !small).unwrap_or(&file.address);
        let bytes = self
            .store
            .get_file(files::parsed(shown)?, KeyRef::Person(viewer.person))
            .await?;
        if !small {
            return Ok((file, bytes));
        }
        let picture = photo::small(&bytes).ok_or_else(Refusal::not_found)?;
        let media = "image/jpeg".to_owned();
        Ok((File { media, ..file }, picture))
    }

    /// Takes a file off the draft.
    ///
    /// # Errors
    /// Not found; the store.
    pub async fn remove_draft_file(&self, viewer: &Viewer, id: DraftId, address: &str) -> Result<()> {
        let _turn = self.drafting.lock().await;
        let mut draft = self.draft(viewer, id).await?;
        let (gone, kept) = draft.files.into_iter().partition(|kept| kept.file.address == address);
        draft.files = kept;
        self.save(viewer, id, &draft).await?;
        self.remove_files(gone).await
    }

    /// Deletes a draft.
    ///
    /// # Errors
    /// Not found; the store.
    pub async fn delete_draft(&self, viewer: &Viewer, id: DraftId) -> Result<()> {
        let _turn = self.drafting.lock().await;
        self.draft(viewer, id).await?;
        self.discard(viewer, id).await?;
        self.forget_pieces(viewer, self.clock.now()).await
    }

    /// Deletes a draft, where it is still there, with its files: of what was handed in the case has its own, under its own
    /// key.
    pub(crate) async fn discard(&self, viewer: &Viewer, id: DraftId) -> Result<()> {
        let draft = match self.draft(viewer, id).await {
            Err(Failure::Refused(_)) => return Ok(()),
            other => other?,
        };
        self.remove_files(draft.files).await?;
        self.store.delete_draft(id, viewer.person).await?;
        Ok(())
    }

    async fn remove_files(&self, gone: Vec<DraftFile>) -> Result<()> {
        for File { address, shown, .. } in gone.into_iter().map(|kept| kept.file) {
            for address in std::iter::once(address).chain(shown) {
                self.store.remove_file(files::parsed(&address)?).await?;
            }
        }
        Ok(())
    }

    async fn save(&self, viewer: &Viewer, id: DraftId, draft: &Draft) -> Result<()> {
        let body = serde_json::to_vec(draft).map_err(|e| Failure::Internal(e.to_string()))?;
        Ok(self.store.save_draft(id, viewer.person, KIND, None, &body).await?)
    }
}
