//! One published year: `calendars/<year>.toml` as typed data.
//!
//! ```toml
//! year = 2026
//! title = "国务院办公厅关于2026年部分节假日安排的通知"
//! source = "https://www.gov.cn/…"
//!
//! [[holiday]]
//! name = "元旦"
//! off = ["2026-01-01", "2026-01-02", "2026-01-03"]
//! work = ["2026-01-04"]      # weekend days on which people work; may be left out
//! ```
//!
//! The arrangement of a year may reach back into the year before: that of 2019 made 2018-12-29 a working day and
//! 2018-12-31 a day off. Days from 25 December on are therefore taken.

use super::bits::weekday_name;
use super::{CalendarError, YEARS, error, parse_date};
use crate::{Date, Digest};
use jiff::civil::Weekday;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The holidays a year's file has to name, those with a fixed date first.
const NAMES: [&str; 7] = ["元旦", "劳动节", "国庆节", "春节", "清明节", "端午节", "中秋节"];

/// Fixed days that are off by law in every year since 2000.
const FIXED: [(&str, i8, i8); 5] = [
    ("元旦", 1, 1),
    ("劳动节", 5, 1),
    ("国庆节", 10, 1),
    ("国庆节", 10, 2),
    ("国庆节", 10, 3),
];

/// The State Council's arrangement of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearCalendar {
    /// The year.
    pub year: i16,
    /// The title of the notice.
    pub title: String,
    /// Where the notice is published.
    pub source: String,
    /// The holidays, as the file orders them.
    pub holidays: Vec<Holiday>,
    /// The SM3 of the file's text.
    pub digest: Digest,
}

/// One holiday and the days moved for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// 春节 …
    pub name: String,
    /// Days off (放假), weekends among them included.
    pub off: Vec<Date>,
    /// Weekend days on which people work (调休上班).
    pub work: Vec<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: Option<i64>,
    title: Option<String>,
    source: Option<String>,
    #[serde(default)]
    holiday: Vec<HolidayTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HolidayTable {
    #[serde(default)]
    name: String,
    #[serde(default)]
    off: Vec<String>,
    #[serde(default)]
    work: Vec<String>,
}

impl YearCalendar {
    /// Reads and checks the text of a year's file. Whole or not at all.
    pub fn parse(text: &str) -> Result<YearCalendar, CalendarError> {
        if text.len() > 64 * 1024 {
            return Err(CalendarError::TooLarge);
        }
        let file: File = toml::from_str(text).map_err(|cause| error::syntax(text, &cause))?;
        let year = year_number(file.year.ok_or(CalendarError::Missing {
            what: "年份（year）"
        })?)?;
        let title = filled(file.title).ok_or(CalendarError::Missing {
            what: "通知名称（title）",
        })?;
        let source = filled(file.source).ok_or(CalendarError::Missing {
            what: "通知的网址或文号（source）",
        })?;

        let mut seen = BTreeSet::new();
        let holidays = (file.holiday.into_iter().enumerate())
            .map(|(i, table)| table.read(i + 1, year, &mut seen))
            .collect::<Result<Vec<_>, _>>()?;

        for name in NAMES {
            if !holidays.iter().any(|holiday| holiday.name.contains(name)) {
                return Err(CalendarError::HolidayMissing { name });
            }
        }
        for (name, month, day) in FIXED {
            let date = Date::constant(year, month, day);
            if !holidays.iter().any(|holiday| holiday.off.contains(&date)) {
                return Err(CalendarError::StatutoryDayMissing { date, name });
            }
        }
        Ok(YearCalendar {
            year,
            title,
            source,
            holidays,
            digest: Digest::of(text),
        })
    }
}

impl HolidayTable {
    /// The `number`th holiday of `year`; `seen` holds the days written so far.
    pub(super) fn read(self, number: usize, year: i16, seen: &mut BTreeSet<Date>) -> Result<Holiday, CalendarError> {
        let name = filled(Some(self.name)).ok_or(CalendarError::NoName { number })?;
        if self.off.is_empty() {
            return Err(CalendarError::NoDays { name });
        }
        let mut read = |days: Vec<String>| {
            days.iter()
                .map(|text| day_of(text, year, seen))
                .collect::<Result<Vec<_>, _>>()
        };
        let (off, work) = (read(self.off)?, read(self.work)?);
        for &date in &work {
            if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                return Err(CalendarError::MakeUpOnWeekday {
                    date,
                    weekday: weekday_name(date),
                });
            }
        }
        Ok(Holiday { name, off, work })
    }
}

/// A year within [`YEARS`].
pub(super) fn year_number(year: i64) -> Result<i16, CalendarError> {
    i16::try_from(year)
        .ok()
        .filter(|year| YEARS.contains(year))
        .ok_or(CalendarError::Year { year })
}

fn day_of(text: &str, year: i16, seen: &mut BTreeSet<Date>) -> Result<Date, CalendarError> {
    let date = parse_date(text)?;
    let reaches_back = date.year() == year - 1 && date.month() == 12 && date.day() >= 25;
    if date.year() != year && !reaches_back {
        return Err(CalendarError::OtherYear { date, year });
    }
    if !seen.insert(date) {
        return Err(CalendarError::Duplicate { date });
    }
    Ok(date)
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
