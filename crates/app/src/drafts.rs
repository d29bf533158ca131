//! Drafts: what a worker has typed so far, encrypted under the worker's own key, seen by nobody else.
//!
//! A draft is fields and files as they came from the forms; what they mean is read when it is handed in.

use crate::App;
use crate::authority::Viewer;
use crate::error::{Failure, Result};
use crate::files;
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

    /// Adds a file.
    ///
    /// # Errors
    /// A refusal that names the file; nothing else of the draft is touched.
    pub async fn add_draft_file(
        &self,
        viewer: &Viewer,
        id: DraftId,
        name: &str,
        bytes: Vec<u8>,
        proves: &str,
    ) -> Result<()> {
        let _turn = self.drafting.lock().await;
        let mut draft = self.draft(viewer, id).await?;
        if draft.files.len() >= MOST_FILES {
            return Err(Refusal::field(
                "files",
                format!("一份申请最多放 {MOST_FILES} 个文件。可以先提交，以后再补。"),
            )
            .into());
        }
        let file = files::put(&self.store, name, bytes, KeyRef::Person(viewer.person)).await?;
        draft.files.push(DraftFile {
            file,
            proves: proves.trim().into(),
        });
        self.save(viewer, id, &draft).await
    }

    /// Takes a file off the draft.
    ///
    /// # Errors
    /// Not found; the store.
    pub async fn remove_draft_file(&self, viewer: &Viewer, id: DraftId, address: &str) -> Result<()> {
        let _turn = self.drafting.lock().await;
        let mut draft = self.draft(viewer, id).await?;
        draft.files.retain(|kept| kept.file.address != address);
        self.save(viewer, id, &draft).await
    }

    /// Deletes a draft.
    ///
    /// # Errors
    /// Not found; the store.
    pub async fn delete_draft(&self, viewer: &Viewer, id: DraftId) -> Result<()> {
        let _turn = self.drafting.lock().await;
        if self.store.delete_draft(id, viewer.person).await? {
            Ok(())
        } else {
            Err(Refusal::not_found().into())
        }
    }

    async fn save(&self, viewer: &Viewer, id: DraftId, draft: &Draft) -> Result<()> {
        let body = serde_json::to_vec(draft).map_err(|e| Failure::Internal(e.to_string()))?;
        Ok(self.store.save_draft(id, viewer.person, KIND, None, &body).await?)
    }
}
