//! Drafts: what a person has typed and not yet handed in. Sealed under the person's key; mutable, outside the log.

use crate::dialect::{all, execute, one};
use crate::error::Error;
use crate::keys::KeyRef;
use crate::seal;
use crate::store::Store;
use crate::views::{id, maybe_id};
use base::{CaseId, DraftId, PersonId, Timestamp};
use sea_orm::QueryResult;

/// What lies open of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftHead {
    /// Its id.
    pub id: DraftId,
    /// Whose it is.
    pub person: PersonId,
    /// What it is a draft of (code): `submit`, `find` …
    pub kind: String,
    /// The case it belongs to, where there is one yet.
    pub case: Option<CaseId>,
    /// When it was last saved.
    pub saved: Timestamp,
}

/// A draft.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// What lies open of it.
    pub head: DraftHead,
    /// The bytes typed.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({:?}, {} bytes)", self.head, self.body.len())
    }
}

const HEAD: &str = "id, person, kind, case_id, saved";

impl Store {
    /// Saves a draft, replacing what the same person saved under the id; another's draft is refused.
    pub async fn save_draft(
        &self,
        draft: DraftId,
        person: PersonId,
        kind: &str,
        case: Option<CaseId>,
        body: &[u8],
    ) -> Result<(), Error> {
        let now = self.inner.clock.now();
        let key = self.inner.keys.obtain(KeyRef::Person(person), now).await?;
        let sealed = seal::seal(&key, &aad(draft, person), self.inner.keys.nonce()?, body)?;
        let sql = "insert into draft (id, person, kind, case_id, saved, body) values ($1, $2, $3, $4, $5, $6)
                   on conflict (id) do update set
                       kind = excluded.kind, case_id = excluded.case_id, saved = excluded.saved, body = excluded.body
                   where draft.person = excluded.person";
        let values = vec![
            draft.to_string().into(),
            person.to_string().into(),
            kind.into(),
            case.map(|id| id.to_string()).into(),
            now.0.into(),
            sealed.into(),
        ];
        match execute(&self.inner.writer.db, sql, values).await? {
            1 => Ok(()),
            _ => Err(Error::Malformed(format!("draft {draft} is another person's"))),
        }
    }

    /// A person's draft; `None` where it is not there or another's.
    pub async fn load_draft(&self, draft: DraftId, person: PersonId) -> Result<Option<Draft>, Error> {
        let sql = format!("select {HEAD}, body from draft where id = $1 and person = $2");
        let row = one(
            &self.inner.read,
            &sql,
            vec![draft.to_string().into(), person.to_string().into()],
        )
        .await?;
        let Some(row) = row else { return Ok(None) };
        let sealed: Vec<u8> = row.try_get_by_index(5)?;
        let (header, _) = seal::header(&sealed)?;
        let key = self
            .inner
            .keys
            .find(KeyRef::Person(person))
            .await?
            .ok_or(Error::NoKey(header.key))?;
        Ok(Some(Draft {
            head: head_from(&row)?,
            body: seal::open(&key, &aad(draft, person), &sealed)?,
        }))
    }

    /// A person's drafts, the last saved first.
    pub async fn drafts(&self, person: PersonId) -> Result<Vec<DraftHead>, Error> {
        let sql = format!("select {HEAD} from draft where person = $1 order by saved desc, id");
        all(&self.inner.read, &sql, vec![person.to_string().into()])
            .await?
            .iter()
            .map(head_from)
            .collect()
    }

    /// Deletes a person's draft; `false` where there is none.
    pub async fn delete_draft(&self, draft: DraftId, person: PersonId) -> Result<bool, Error> {
        let sql = "delete from draft where id = $1 and person = $2";
        let values = vec![draft.to_string().into(), person.to_string().into()];
        Ok(execute(&self.inner.writer.db, sql, values).await? == 1)
    }
}

/// What binds a draft to its place.
fn aad(draft: DraftId, person: PersonId) -> String {
    format!("draft|{draft}|{person}")
}

fn head_from(row: &QueryResult) -> Result<DraftHead, Error> {
    Ok(DraftHead {
        id: id(row, 0)?,
        person: id(row, 1)?,
        kind: row.try_get_by_index(2)?,
        case: maybe_id(row, 3)?,
        saved: Timestamp(row.try_get_by_index(4)?),
    })
}
