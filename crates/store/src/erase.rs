//! Erasing a case when its time in the archive is over: what was sealed of it can never be opened again, by anyone.
//!
//! Two halves. [`Store::erase`] appends `case-erased/1` to the case's stream: from then on the case answers nobody, and its
//! row says of it what lay open anyway. In the same transaction a message goes to the outbox; whoever takes it calls
//! [`Store::destroy`], which may be done again after it was broken off: keys, files, tokens, drafts, and what of them
//! still lies in the engine's files. The ciphertexts stay: the chain verifies, and nobody has their key.
//!
//! Deliberately unknown here: when a time is over and who decided so.

use crate::append::{Append, Appended, StreamAppend};
use crate::dialect::{all, execute};
use crate::error::Error;
use crate::event::{Actor, NewEvent, StoredEvent, encode};
use crate::files::blocking;
use crate::keys::KeyRef;
use crate::outbox::OutboxMessage;
use crate::seal;
use crate::store::Store;
use crate::stream::StreamName;
use crate::views::{CASE_COLUMNS, CaseRow, CaseView, ViewChanges, case_from, case_row};
use base::{ActId, CaseId, Date, Digest, EventId, InstitutionId, KeyId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The kind of the last event of an erased case.
pub const CASE_ERASED: &str = "case-erased/1";
/// What the outbox calls a case whose keys and files are to be destroyed.
pub const TOPIC: &str = "erase";
/// The sentence code of a row whose case is erased.
pub const ERASED: &str = "erased";

/// The tables from whose pages an erased case is wiped.
const TABLES: [&str; 8] = [
    "case_view",
    "case_token",
    "case_person",
    "todo",
    "blind_case",
    "blind_token",
    "draft",
    "file",
];

/// What is on record of an erasure: codes, days and addresses. It makes the row that is left of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The act that listed the case for it.
    pub list: ActId,
    /// Receipt number.
    pub number: String,
    /// The home bureau.
    pub institution: InstitutionId,
    /// Its discipline group.
    pub discipline: InstitutionId,
    /// Kind of work (code).
    pub work_kind: String,
    /// Clauses claimed (ids).
    pub clauses: Vec<String>,
    /// The stage it ended in (code).
    pub stage: String,
    /// Outcome (code).
    pub outcome: Option<String>,
    /// Day of receipt.
    pub received_on: Date,
    /// Statutory due day.
    pub due_on: Option<Date>,
    /// The day the deadline was met.
    pub met_on: Option<Date>,
    /// How it stood to the statutory day (code).
    pub pace: String,
    /// Working days used.
    pub days_used: Option<u32>,
    /// How many keys are destroyed: the case's, and one for each opinion that was withheld.
    pub keys: u64,
    /// The addresses of the files that are destroyed.
    pub destroyed: Vec<Digest>,
}

/// What the last event of a case says of its erasure; `None` where the case is not erased.
///
/// # Errors
/// A body of another shape.
pub fn erased(events: &[StoredEvent]) -> Result<Option<Erasure>, Error> {
    events
        .last()
        .filter(|event| event.kind == CASE_ERASED)
        .map(read)
        .transpose()
}

fn read(event: &StoredEvent) -> Result<Erasure, Error> {
    serde_json::from_slice(&event.open).map_err(|e| Error::Malformed(format!("{CASE_ERASED}: {e}")))
}

/// The files that an event says were destroyed.
pub(crate) fn destroyed(event: &StoredEvent) -> Result<Vec<Digest>, Error> {
    if event.kind == CASE_ERASED {
        Ok(read(event)?.destroyed)
    } else {
        Ok(Vec::new())
    }
}

impl Erasure {
    fn of(row: CaseRow, list: ActId, keys: u64, destroyed: Vec<Digest>) -> Erasure {
        Erasure {
            list,
            number: row.number,
            institution: row.institution,
            discipline: row.discipline,
            work_kind: row.work_kind,
            clauses: row.clauses,
            stage: row.stage,
            outcome: row.outcome,
            received_on: row.received_on,
            due_on: row.due_on,
            met_on: row.met_on,
            pace: row.pace,
            days_used: row.days_used,
            keys,
            destroyed,
        }
    }

    /// The rows that are left of the case at `version`: its number, and the codes that figures count. No name, no words,
    /// nobody who has to do with it.
    pub fn view(self, case: CaseId, version: u64) -> CaseView {
        let row = CaseRow {
            case,
            number: self.number,
            institution: self.institution,
            discipline: self.discipline,
            applicant: None,
            applicant_name: String::new(),
            unit: None,
            unit_name: String::new(),
            work_kind: self.work_kind,
            clauses: self.clauses,
            stage: self.stage,
            stage_text: ERASED.into(),
            outcome: self.outcome,
            received_on: self.received_on,
            due_on: self.due_on,
            provisional: false,
            met_on: self.met_on,
            step_due_on: None,
            waiting_for: Vec::new(),
            closed: true,
            version,
            pace: self.pace,
            days_used: self.days_used,
            open_questions: None,
            words: Vec::new(),
        };
        CaseView {
            row,
            todos: Vec::new(),
            people: Vec::new(),
        }
    }
}

impl Store {
    /// Records that a case is erased, with its row reduced and a message that the rest is to be done. Done before, it
    /// changes nothing.
    ///
    /// # Errors
    /// There is no such case; it has moved while this looked at it.
    pub async fn erase(&self, case: CaseId, list: ActId) -> Result<(), Error> {
        let stream = StreamName::Case(case);
        let events = self.read(&stream).await?;
        if erased(&events)?.is_some() {
            return Ok(());
        }
        let missing = || Error::Malformed(format!("{stream} is not there"));
        let version = events.last().ok_or_else(missing)?.version;
        let row = case_row(&self.inner.read, &case.to_string())
            .await?
            .ok_or_else(missing)?;
        let keys = self.keys_of(case).await?;
        let files = self.files_under(&keys).await?;
        let erasure = Erasure::of(row, list, keys.len() as u64, files);
        let mut act = ActId::default();
        act.0
            .copy_from_slice(&Digest::of(format!("{CASE_ERASED}|{list}|{case}")).0[..16]);
        let event = NewEvent {
            id: EventId::fresh(&*self.inner.ids),
            kind: CASE_ERASED.into(),
            act,
            actor: Actor::System,
            capacity: "-".into(),
            acted: self.inner.clock.now(),
            open: encode(&erasure),
            sealed: None,
        };
        let append = Append {
            act,
            streams: vec![StreamAppend {
                stream,
                expected: Some(version),
                events: vec![event],
            }],
            views: ViewChanges {
                cases: vec![erasure.view(case, version + 1)],
                ..ViewChanges::default()
            },
            outbox: vec![OutboxMessage {
                id: EventId(act.0),
                topic: TOPIC.into(),
                body: encode(&case),
            }],
            ..Append::default()
        };
        let _: Appended = self.append(append).await?;
        Ok(())
    }

    /// At most `limit` closed cases of a bureau that are not erased and whose record has not moved since `before`, by number.
    ///
    /// # Errors
    /// The database.
    pub async fn unmoved_since(
        &self,
        institution: InstitutionId,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<CaseRow>, Error> {
        let sql = format!(
            "select {CASE_COLUMNS} from case_view v join stream s on s.name = 'case/' || v.case_id
             where v.institution = $1 and v.closed = 1 and v.stage_text <> $2 and s.recorded < $3
             order by v.number limit $4"
        );
        let values = vec![
            institution.to_string().into(),
            ERASED.into(),
            before.0.into(),
            i64::from(limit).into(),
        ];
        let rows = all(&self.inner.read, &sql, values).await?;
        rows.iter().map(case_from).collect()
    }

    /// Destroys what could still open or find an erased case. May be done again.
    ///
    /// # Errors
    /// The case is not erased; something still reads the database ([`Error::NotWiped`]), to be tried again.
    pub async fn destroy(&self, case: CaseId) -> Result<(), Error> {
        let events = self.read(&StreamName::Case(case)).await?;
        let Some(erasure) = erased(&events)? else {
            return Err(Error::Malformed(format!("case/{case} is not erased")));
        };
        let files = self.inner.files.clone();
        let addresses = erasure.destroyed.clone();
        blocking(move || files.remove(&addresses)).await?;
        let writer = &self.inner.writer;
        let transaction = writer.dialect.begin(&writer.db).await?;
        let name = case.to_string();
        for table in ["blind_token", "blind_case", "draft"] {
            let sql = format!("delete from {table} where case_id = $1");
            execute(&transaction, &sql, vec![name.as_str().into()]).await?;
        }
        for address in &erasure.destroyed {
            let sql = "delete from file where address = $1";
            execute(&transaction, sql, vec![address.to_string().into()]).await?;
        }
        transaction.commit().await?;
        let own = self.keys_of(case).await?.into_iter().map(KeyRef::Own);
        let keys: Vec<KeyRef> = own.chain([KeyRef::Case(case)]).collect();
        self.inner.keys.destroy(&keys).await?;
        writer.dialect.wipe(&writer.db, &TABLES).await
    }

    /// The keys that the case's sealed parts are under: the case's own and those of opinions that were withheld.
    async fn keys_of(&self, case: CaseId) -> Result<BTreeSet<KeyId>, Error> {
        let sql = "select sealed from event where stream = $1 and sealed is not null";
        let stream = StreamName::Case(case).to_string();
        let mut keys = BTreeSet::new();
        for row in all(&self.inner.read, sql, vec![stream.into()]).await? {
            let sealed: Vec<u8> = row.try_get_by_index(0)?;
            keys.insert(seal::header(&sealed)?.0.key);
        }
        Ok(keys)
    }

    /// The files that are sealed under these keys.
    async fn files_under(&self, keys: &BTreeSet<KeyId>) -> Result<Vec<Digest>, Error> {
        let mut files = Vec::new();
        for key in keys {
            let sql = "select address from file where key_id = $1 order by address";
            for row in all(&self.inner.read, sql, vec![key.to_string().into()]).await? {
                files.push(crate::views::id(&row, 0)?);
            }
        }
        Ok(files)
    }
}
