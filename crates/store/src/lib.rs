//! The record: events in chained streams, their keys, views, files, drafts, accounts and outbox, in one [`Store`] on
//! SQLite or PostgreSQL. `docs/decisions/0001-record.md` says what is promised and why.
//!
//! Deliberately unknown here: the law and procedure of a case, HTTP and the words of pages. A body is bytes of JSON
//! that `app` writes and reads; the one thing the store looks for in an open part is a member named `file` or `files`
//! (at any depth), because [`Store::verify`] must know which files have to exist.
//!
//! Reading order: [`stream`] and [`event`] (what is stored), [`envelope`] (what is hashed), [`seal`], [`keys`] and
//! [`master`] (what is encrypted), [`append`], [`read`], [`verify`]; then what hangs on it.

pub mod access;
pub mod accounts;
pub mod append;
pub mod attempts;
pub mod blind;
pub mod drafts;
pub mod envelope;
pub mod erase;
pub mod error;
pub mod event;
pub mod factors;
pub mod figures;
pub mod files;
pub mod keys;
pub mod lists;
pub mod master;
pub mod outbox;
pub mod people;
pub mod query;
pub mod read;
pub mod rotate;
pub mod seal;
pub mod series;
pub mod site;
pub mod stream;
pub mod verify;
pub mod views;

mod dialect;
mod migrate;
mod store;

pub use access::{Export, Reading, ReadingRow};
pub use accounts::{Account, Session};
pub use append::{Append, Appended, StreamAppend, Written};
pub use attempts::{Attempt, LoginFailure};
pub use blind::Candidates;
pub use drafts::{Draft, DraftHead};
pub use envelope::Envelope;
pub use erase::{Erasure, erased};
pub use error::Error;
pub use event::{Actor, NewEvent, SealedPart, Sealing, StoredEvent};
pub use factors::Factor;
pub use figures::Tally;
pub use files::StoredFile;
pub use keys::{KeyRef, Random, RevealedKey, SystemRandom};
pub use lists::{CaseList, Count, TodoList};
pub use master::MasterKey;
pub use outbox::{OutboxMessage, OutboxRow};
pub use people::{Capacity, InstitutionRow, PersonRow, PersonView, SettingRow};
pub use query::{CaseFilter, CaseOrder, Except, Scope};
pub use read::Head;
pub use rotate::Rotation;
pub use series::Number;
pub use store::{Location, Store};
pub use stream::{StreamKind, StreamName};
pub use verify::{Finding, Report, verify};
pub use views::{CasePersonRow, CaseRow, CaseView, Holder, Rebuild, TodoRow, ViewChanges};
