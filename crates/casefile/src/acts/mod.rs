//! The acts, one file each, in the order of the procedure. A file holds what the act needs, why it may be refused,
//! what it records, what that does to the case, and its tests.

pub mod accept;
mod guards;
pub mod submit;

pub use accept::*;
pub use submit::*;
