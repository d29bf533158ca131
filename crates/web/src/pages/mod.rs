//! The pages, one file each, `get` and `post` side by side. [`crate::router`] is the table of their addresses.

pub mod acts;
pub mod login;
