//! Time as the record keeps it: microseconds since the epoch, UTC, cut once where the clock is read.
//!
//! A legal date is another type ([`crate::Date`]); the one place that turns an instant into a day is
//! [`Timestamp::date`], in Asia/Shanghai, where a day ends at 24:00.

use crate::Date;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Asia/Shanghai has kept UTC+8 without daylight saving since 1991; no earlier instant occurs in a record.
const SHANGHAI: Offset = Offset::constant(8);

/// An instant in microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The first microsecond of `date` in Asia/Shanghai, plus `hour`:`minute`. `None` outside the calendar's range.
    pub fn on(date: Date, hour: i8, minute: i8) -> Option<Timestamp> {
        let at = DateTime::new(date.year(), date.month(), date.day(), hour, minute, 0, 0).ok()?;
        let at = SHANGHAI.to_timestamp(at).ok()?;
        Some(Timestamp(at.as_microsecond()))
    }

    /// The wall clock in Asia/Shanghai. Instants beyond the calendar's range read as the epoch.
    pub fn wall(self) -> DateTime {
        SHANGHAI.to_datetime(jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH))
    }

    /// The legal day this instant falls on in Asia/Shanghai.
    pub fn date(self) -> Date {
        self.wall().date()
    }
}

impl fmt::Display for Timestamp {
    /// `2026-09-16 20:31` in Asia/Shanghai.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let w = self.wall();
        write!(f, "{} {:02}:{:02}", w.date(), w.hour(), w.minute())
    }
}

/// The only door through which time enters. The binary hands in the system's clock, tests a fixed one.
pub trait Clock: Send + Sync {
    /// Now, already cut to microseconds.
    fn now(&self) -> Timestamp;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_in_shanghai() {
        let day = Date::constant(2026, 9, 16);
        let start = Timestamp::on(day, 0, 0).unwrap();
        assert_eq!(start.date(), day);
        assert_eq!(Timestamp(start.0 - 1).date(), Date::constant(2026, 9, 15));
        assert_eq!(Timestamp(start.0 + 86_400_000_000 - 1).date(), day);
        assert_eq!(Timestamp::on(day, 20, 31).unwrap().to_string(), "2026-09-16 20:31");
    }
}
