//! What people read: a case as they may see it, their to-dos, lists, who opened a file. Every reading of a case is
//! recorded, in a stream of its own.

mod changes;
mod desk;
mod family;
mod file;
mod lists;
mod readers;
mod result;

pub use changes::{Change, Changed};
pub use desk::Desk;
pub use family::{Family, Reveal};
pub use file::CaseFile;
pub(crate) use lists::is_within;
pub use lists::{CasePage, CaseQuery, Choices, MOST_EXPORTED, OtherItem, TodoItem, TodoPage};
pub use readers::Reader;
pub use result::UnitResult;
pub use store::{CaseOrder, CaseRow};
