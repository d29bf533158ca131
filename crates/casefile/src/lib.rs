//! The case file (案件): what may be done, why it may be refused, what is recorded, and what follows from the record.
//!
//! [`decide`] turns an act into events or a refusal; [`Case::apply`] turns events into the state. Both are pure: the
//! act's id, the actor, the time, the procedure, the assessment of the findings and the calendar come in through
//! [`Context`]. One act, one file: `acts/accept.rs` holds what 受理 needs, why it may be refused, what it records,
//! what that does to the case, and its tests.
//!
//! Deliberately unknown here: storage, encryption, pages, who is allowed to log in, and how a pack is evaluated
//! (`rules` and this crate do not know each other; `app` carries the findings one way and the assessment the other).

pub mod act;
pub mod acts;
pub mod case;
pub mod context;
pub mod degradations;
pub mod event;
pub mod paper;
mod positions;
pub mod refusal;
mod runs;
pub mod stage;
pub mod tasks;
pub mod telling;
pub mod waiting;
pub mod words;

#[cfg(test)]
mod testing;

pub use act::{Act, ActName, decide};
pub use case::Case;
pub use context::{Actor, Capacity, Context, Role};
pub use event::{Event, Meta};
pub use paper::{MadePaper, PaperKind, PaperMade};
pub use refusal::{FieldRefusal, Kind, Refusal};
pub use runs::runs;
