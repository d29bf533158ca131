//! The system's clock and randomness: the only place that asks the world for them.

use base::{Clock, Date, IdSource, Timestamp};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime};

/// The system's clock, cut to microseconds.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the door the time comes in through")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The demo's clock: set by the stories, then running on from where they end.
#[derive(Debug)]
pub struct DemoClock {
    base: AtomicI64,
    started: Instant,
}

impl DemoClock {
    /// Stands at `hour`:`minute` of `date`.
    pub fn new() -> DemoClock {
        DemoClock {
            base: AtomicI64::new(0),
            started: Instant::now(),
        }
    }

    /// Set to `hour`:`minute` of `date`; never backwards.
    pub fn set(&self, date: Date, hour: i8, minute: i8) {
        if let Some(at) = Timestamp::on(date, hour, minute) {
            self.at_least(at);
        }
    }

    /// Set forward to `at`, if it stands before it.
    pub fn at_least(&self, at: Timestamp) {
        let ahead = at.0 - self.now().0;
        if ahead > 0 {
            self.base.fetch_add(ahead, Ordering::SeqCst);
        }
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        let ran = i64::try_from(self.started.elapsed().as_micros()).unwrap_or(i64::MAX);
        Timestamp(self.base.load(Ordering::SeqCst).saturating_add(ran))
    }
}

/// Ids from the system's randomness.
#[derive(Debug)]
pub struct SystemIds;

impl IdSource for SystemIds {
    fn fresh(&self) -> [u8; 16] {
        let mut id = [0; 16];
        // Without randomness no id is safe to hand out: better no process than two cases under one id.
        if getrandom::fill(&mut id).is_err() {
            std::process::abort();
        }
        id
    }
}
