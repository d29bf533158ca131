//! Working days and deadlines: the State Council's arrangement of each year, make-up days included (design: §5).
//!
//! A [`Calendar`] holds the years that are published ([`YearCalendar`]) and, for every other year, the statutory
//! holidays ([`Statutory`]); whatever rests on such a year is provisional (暂定) and says so.
//! The day of receipt is day 0 (民法典 §201). All functions are total: beyond [`YEARS`] a year has its fixed holidays.
//!
//! Deliberately absent: files, the clock and the record. Texts come in as arguments; that a due date changed when a
//! year was imported is told by `app`, with the digests of both calendars.

mod bits;
mod deadline;
mod error;
mod statutory;
mod year;

pub use deadline::{DayLine, DeadlineReport, Due, ReportDay};
pub use error::CalendarError;
pub use statutory::Statutory;
pub use year::{Holiday, YearCalendar};

use crate::{Date, Digest};
use bits::YearBits;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The years whose working days are worked out beforehand, and for which a calendar or a date is accepted.
pub const YEARS: RangeInclusive<i16> = 2000..=2099;

const SHIPPED_STATUTORY: &str = include_str!("../../../../calendars/statutory.toml");
const SHIPPED_YEARS: [&str; 3] = [
    include_str!("../../../../calendars/2024.toml"),
    include_str!("../../../../calendars/2025.toml"),
    include_str!("../../../../calendars/2026.toml"),
];

/// Reads a date a person typed as `YYYY-MM-DD`, within [`YEARS`].
pub fn parse_date(text: &str) -> Result<Date, CalendarError> {
    let wrong = || CalendarError::Date {
        text: error::short(text),
    };
    let shaped = text.len() == 10 && text.bytes().enumerate().all(|(i, b)| (i == 4 || i == 7) == (b == b'-'));
    let date: Date = if shaped {
        text.parse().map_err(|_| wrong())?
    } else {
        return Err(wrong());
    };
    if !YEARS.contains(&date.year()) {
        return Err(CalendarError::Year {
            year: date.year().into(),
        });
    }
    Ok(date)
}

/// What is known of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearStatus {
    /// The State Council's arrangement is here.
    Published,
    /// Not published; weekends and all statutory holidays are off. Dates are provisional.
    Statutory,
    /// Not published and no lunar dates on file; weekends and the fixed holidays are off. Dates are provisional.
    FixedOnly,
}

/// The working days of all years.
#[derive(Clone, Debug)]
pub struct Calendar {
    statutory: Statutory,
    published: BTreeMap<i16, YearCalendar>,
    bits: Vec<YearBits>,
}

impl Calendar {
    /// A calendar in which no year is published yet.
    pub fn new(statutory: Statutory) -> Calendar {
        let mut calendar = Calendar {
            statutory,
            published: BTreeMap::new(),
            bits: Vec::new(),
        };
        calendar.bits = YEARS.map(|year| calendar.work_out(year)).collect();
        calendar
    }

    /// The calendar this build was made with: `calendars/` of the repository.
    ///
    /// # Panics
    /// Only if a file of the repository is broken, which the tests of this module rule out.
    pub fn shipped() -> Calendar {
        let sound = "calendars/ is checked by the tests of base::calendar";
        let mut calendar = Calendar::new(Statutory::parse(SHIPPED_STATUTORY).expect(sound));
        for text in SHIPPED_YEARS {
            calendar.insert(YearCalendar::parse(text).expect(sound));
        }
        calendar
    }

    /// Takes a published year in; returns what stood there before.
    pub fn insert(&mut self, year: YearCalendar) -> Option<YearCalendar> {
        let number = year.year;
        let before = self.published.insert(number, year);
        // An arrangement may reach back into the last days of December.
        for touched in [number - 1, number] {
            if YEARS.contains(&touched) {
                let slot = (touched - YEARS.start()) as usize;
                self.bits[slot] = self.work_out(touched);
            }
        }
        before
    }

    /// The published years, oldest first.
    pub fn published(&self) -> impl Iterator<Item = &YearCalendar> {
        self.published.values()
    }

    /// What is known of `year`.
    pub fn status(&self, year: i16) -> YearStatus {
        if self.published.contains_key(&year) {
            YearStatus::Published
        } else if self.statutory.knows_lunar(year) {
            YearStatus::Statutory
        } else {
            YearStatus::FixedOnly
        }
    }

    /// Names the whole set, for the record: the SM3 of one line per file with the file's own digest.
    pub fn digest(&self) -> Digest {
        let mut text = format!("jinzhi-calendar/1\nstatutory:{}\n", self.statutory.digest());
        for year in self.published.values() {
            text.push_str(&format!("{}:{}\n", year.year, year.digest));
        }
        Digest::of(text)
    }

    /// Whether people work on `date`.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.year_bits(date.year()).is_working(date.day_of_year())
    }

    /// Working days from `from` to `to`: those after `from` up to and including `to`, negative when `to` is earlier.
    ///
    /// With today and a due date this is 还剩 N 个工作日, and negated 已超期 N 个工作日. It is 0 on a free day after
    /// a due date, so whether something is overdue is asked of the dates themselves.
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let whole = |year: i16, to: i16| self.year_bits(year).count_to(to) as i32;
        let years: i32 = (from.year()..to.year()).map(|year| whole(year, 366)).sum();
        years + whole(to.year(), to.day_of_year()) - whole(from.year(), from.day_of_year())
    }

    /// The working days of `year`. Nothing is allocated.
    fn year_bits(&self, year: i16) -> YearBits {
        if YEARS.contains(&year) {
            self.bits[(year - YEARS.start()) as usize]
        } else {
            self.work_out(year)
        }
    }

    fn work_out(&self, year: i16) -> YearBits {
        let own = self.published.get(&year);
        let mut bits = YearBits::weekdays(year, own.is_some());
        if own.is_none() {
            self.statutory.days_of(year).for_each(|(_, day)| bits.set(day, false));
        }
        let next = year.checked_add(1).and_then(|next| self.published.get(&next));
        for holiday in own.into_iter().chain(next).flat_map(|year| &year.holidays) {
            holiday
                .off
                .iter()
                .filter(|day| day.year() == year)
                .for_each(|&day| bits.set(day, false));
            holiday
                .work
                .iter()
                .filter(|day| day.year() == year)
                .for_each(|&day| bits.set(day, true));
        }
        bits
    }

    /// The holiday that makes `date` free, or brings work to its weekend.
    fn holiday_of(&self, date: Date) -> Option<&str> {
        let own = self.published.get(&date.year());
        let next = date.year().checked_add(1).and_then(|next| self.published.get(&next));
        let listed = own
            .into_iter()
            .chain(next)
            .flat_map(|year| &year.holidays)
            .find(|holiday| holiday.off.contains(&date) || holiday.work.contains(&date));
        match (listed, own) {
            (Some(holiday), _) => Some(&holiday.name),
            (None, Some(_)) => None,
            (None, None) => self
                .statutory
                .days_of(date.year())
                .find(|&(_, day)| day == date)
                .map(|(name, _)| name),
        }
    }
}

#[cfg(test)]
mod tests;
