//! What every other crate stands on: ids, the clock trait, legal dates, the working-day calendar, division codes,
//! identity numbers, masking, and in [`law`] the nouns that `rules` and `casefile` share.
//!
//! Deliberately absent: tokio, axum, SQL, files, the environment, the network and the system clock.
//! Texts, times and random bytes come in as arguments, so that whatever is built on this crate can be replayed.

pub mod calendar;
pub mod clock;
pub mod digest;
pub mod division;
pub mod id;
pub mod id_number;
pub mod law;
pub mod mask;

pub use clock::{Clock, Timestamp};
pub use digest::Digest;
pub use id::*;
pub use jiff::civil::Date;
