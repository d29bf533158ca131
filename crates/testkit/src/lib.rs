//! What tests share: a clock that stands still until told, ids that come in order.
//!
//! Knows no case law and no store; given/when/then for acts lives beside the acts, in `casefile`.

pub mod photo;
pub mod postgres;

use base::{Clock, Date, IdSource, Timestamp};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// A clock that shows what it was set to.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// Stands at `hour`:00 of `date` in Asia/Shanghai.
    ///
    /// # Panics
    /// On a date or hour that does not exist: a mistake in the test.
    pub fn at(date: Date, hour: i8) -> FixedClock {
        FixedClock(AtomicI64::new(
            Timestamp::on(date, hour, 0).expect("a date that exists").0,
        ))
    }

    /// Set to another instant, backwards too.
    pub fn set(&self, to: Timestamp) {
        self.0.store(to.0, Ordering::SeqCst);
    }

    /// Moved on by `minutes`.
    pub fn advance(&self, minutes: i64) {
        self.0.fetch_add(minutes * 60_000_000, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// Ids in order: 1, 2, 3 … behind a tag that keeps two sources apart.
#[derive(Debug, Default)]
pub struct SeededIds {
    tag: u64,
    next: AtomicU64,
}

impl SeededIds {
    /// A source whose ids all begin with `tag`.
    pub fn new(tag: u64) -> SeededIds {
        SeededIds {
            tag,
            next: AtomicU64::new(0),
        }
    }
}

impl IdSource for SeededIds {
    fn fresh(&self) -> [u8; 16] {
        let n = self.next.fetch_add(1, Ordering::SeqCst) + 1;
        let mut id = [0; 16];
        id[..8].copy_from_slice(&self.tag.to_be_bytes());
        id[8..].copy_from_slice(&n.to_be_bytes());
        id
    }
}
