//! Small words that several acts share: dates half remembered, parties' names, limits of texts.

use base::Date;
use base::law::Party;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most characters of a long text (经过、笔录、理由), by ux.md 2.
pub const LONG_TEXT: usize = 5000;
/// The most characters of a short text (名称、地点、事由).
pub const SHORT_TEXT: usize = 200;
/// Whose rule it is where the notice is silent, as refusals and packs write it: never presented as law.
pub const OURS: &str = "本系统默认";

/// A day that may be remembered only by its month (记不清哪一天，写年、月就行).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct When {
    /// Year, e.g. 2026.
    pub year: i16,
    /// Month, 1–12.
    pub month: i8,
    /// Day of the month where it is known.
    pub day: Option<i8>,
}

impl When {
    /// The first day it can have been; `None` if there is no such day.
    pub fn earliest(self) -> Option<Date> {
        Date::new(self.year, self.month, self.day.unwrap_or(1)).ok()
    }
}

impl From<Date> for When {
    fn from(date: Date) -> When {
        When {
            year: date.year(),
            month: date.month(),
            day: Some(date.day()),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 年 {} 月", self.year, self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, " {day} 日"))
    }
}

/// `9 月 30 日`, as sentences name a day of this year.
pub fn day(date: Date) -> String {
    format!("{} 月 {} 日", date.month(), date.day())
}

/// How sentences name a party.
pub fn party(party: Party) -> &'static str {
    match party {
        Party::Bureau => "民政局",
        Party::Discipline => "驻局纪检监察组",
        Party::City => "市民政局",
        Party::CityDiscipline => "驻市民政局纪检监察组",
    }
}
