//! The holidays of the law itself (全国年节及纪念日放假办法): what is free in a year whose arrangement is not published.
//!
//! Lunar dates are data with a source (`calendars/statutory.toml`), never computed here.

use super::year::{HolidayTable, year_number};
use super::{CalendarError, Holiday, error};
use crate::{Date, Digest};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The statutory holidays, without any arrangement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statutory {
    fixed: Vec<(String, i8, i8)>,
    lunar: BTreeMap<i16, Vec<Holiday>>,
    digest: Digest,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: String,
    fixed: Vec<FixedTable>,
    #[serde(default)]
    lunar: Vec<LunarTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixedTable {
    name: String,
    days: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LunarTable {
    year: i64,
    source: String,
    holiday: Vec<HolidayTable>,
}

impl Statutory {
    /// Reads the text of `calendars/statutory.toml`.
    pub fn parse(text: &str) -> Result<Statutory, CalendarError> {
        let file: File = toml::from_str(text).map_err(|cause| error::syntax(text, &cause))?;
        let sources = file.lunar.iter().map(|year| &year.source).chain([&file.source]);
        if sources.into_iter().any(|source| source.trim().is_empty()) {
            return Err(CalendarError::Missing {
                what: "来源（source）"
            });
        }
        let mut fixed = Vec::new();
        for FixedTable { name, days } in file.fixed {
            for text in days {
                let (month, day) = month_day(&text).ok_or(CalendarError::Date { text })?;
                fixed.push((name.clone(), month, day));
            }
        }
        let mut lunar = BTreeMap::new();
        for table in file.lunar {
            let year = year_number(table.year)?;
            let mut seen = BTreeSet::new();
            let holidays = (table.holiday.into_iter().enumerate())
                .map(|(i, holiday)| holiday.read(i + 1, year, &mut seen))
                .collect::<Result<_, _>>()?;
            lunar.insert(year, holidays);
        }
        Ok(Statutory {
            fixed,
            lunar,
            digest: Digest::of(text),
        })
    }

    /// The SM3 of the file's text.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Whether the lunar holidays of `year` are on file.
    pub fn knows_lunar(&self, year: i16) -> bool {
        self.lunar.contains_key(&year)
    }

    /// The holidays of `year` by name and day.
    pub(super) fn days_of(&self, year: i16) -> impl Iterator<Item = (&str, Date)> {
        let fixed = self
            .fixed
            .iter()
            .map(move |(name, month, day)| (name.as_str(), Date::constant(year, *month, *day)));
        let lunar = self.lunar.get(&year).into_iter().flatten();
        fixed.chain(lunar.flat_map(|holiday| holiday.off.iter().map(|&day| (holiday.name.as_str(), day))))
    }
}

/// `MM-DD` of any year; 29 February is in no such list.
fn month_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    let date = Date::new(2001, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some((date.month(), date.day()))
}
