//! Tests over the whole crate: what every kind of event looks like for ever, and what holds in any sequence of acts.

pub use casefile::*;

mod determinations;
mod golden;
mod samples;
mod sequences;

#[path = "../../src/testing.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "the fixtures of the unit tests, of which these need a part"
)]
mod testing;
