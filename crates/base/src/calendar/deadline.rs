//! Deadlines and their derivation, day by day.
//!
//! Working days: the day of receipt is day 0, the next working day is day 1 (七（二）; 民法典 §201).
//! Days and months: counted from the day after receipt; a month ends on the day of the same number, or on the last of
//! the month (民法典 §202); an end on a free day moves to the next working day (民法典 §203).

use super::Calendar;
use super::bits::weekday_name;
use crate::Date;
use crate::law::Unit;
use jiff::ToSpan;
use serde::{Deserialize, Serialize};

/// The last day of a deadline; it ends at 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// The day.
    pub due: Date,
    /// Whether a year without a published arrangement had a part in it (暂定).
    pub provisional: bool,
}

/// One day of a derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayLine {
    /// The day.
    pub date: Date,
    /// Whether it counts.
    pub counted: bool,
    /// Which day of the deadline it is, counted from 1, where it counts.
    pub nth: Option<u16>,
    /// Why it counts or not, in Chinese.
    pub why: String,
}

/// A deadline with its derivation, as `jinzhi deadline --format json` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineReport {
    /// The last day, `YYYY-MM-DD`.
    pub due: Date,
    /// Whether it is provisional.
    pub provisional: bool,
    /// Every day from receipt to the last.
    pub days: Vec<ReportDay>,
}

/// One day of a [`DeadlineReport`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDay {
    /// `YYYY-MM-DD`.
    pub date: Date,
    /// Whether it counts.
    pub counted: bool,
    /// Why, in Chinese.
    pub why: String,
}

impl Calendar {
    /// The last day of a deadline of `n` `unit`s from `received`, which is day 0. Allocates nothing.
    ///
    /// With `n` = 0 working days it is the day of receipt itself.
    pub fn deadline(&self, received: Date, n: u16, unit: Unit) -> Due {
        match unit {
            Unit::WorkingDays => self.working_day(received, n),
            Unit::Days | Unit::Months => {
                let end = nominal_end(received, n, unit);
                let moved = self.working_day(end, u16::from(!self.is_working_day(end)));
                Due {
                    provisional: moved.provisional || !self.year_bits(end.year()).published,
                    ..moved
                }
            }
        }
    }

    /// Every day from `received` to the due date, each with the reason why it counts or not.
    pub fn derivation(&self, received: Date, n: u16, unit: Unit) -> Vec<DayLine> {
        let due = self.deadline(received, n, unit).due;
        let end = nominal_end(received, n, unit);
        let mut lines = vec![DayLine {
            date: received,
            counted: false,
            nth: None,
            why: "收到当天不算".into(),
        }];
        let mut nth = 0;
        let mut date = received;
        while date < due {
            let Ok(next) = date.tomorrow() else { break };
            date = next;
            let counted = match unit {
                Unit::WorkingDays => self.is_working_day(date),
                Unit::Days | Unit::Months => date <= end,
            };
            nth += u16::from(counted);
            let mut why = match unit {
                Unit::WorkingDays => self.why_working(date, nth),
                Unit::Days | Unit::Months if date < end => format!("算第 {nth} 天"),
                Unit::Days | Unit::Months => self.why_end(date, end, due, nth),
            };
            if !self.year_bits(date.year()).published && (unit == Unit::WorkingDays || date >= end) {
                why.push_str("（暂定）");
            }
            lines.push(DayLine {
                date,
                counted,
                nth: counted.then_some(nth),
                why,
            });
        }
        lines
    }

    /// [`Calendar::deadline`] and [`Calendar::derivation`] in the shape of the command line and the API.
    pub fn report(&self, received: Date, n: u16, unit: Unit) -> DeadlineReport {
        let Due { due, provisional } = self.deadline(received, n, unit);
        let lines = self.derivation(received, n, unit).into_iter();
        let days = lines
            .map(|DayLine { date, counted, why, .. }| ReportDay { date, counted, why })
            .collect();
        DeadlineReport { due, provisional, days }
    }

    /// The `n`th working day after `from`; the calendar's last day where there is none.
    fn working_day(&self, from: Date, n: u16) -> Due {
        let mut year = from.year();
        let mut bits = self.year_bits(year);
        let mut day = from.day_of_year();
        let mut left = n;
        let mut provisional = false;
        while left > 0 {
            if day == bits.len {
                if year == Date::MAX.year() {
                    return Due {
                        due: Date::MAX,
                        provisional: true,
                    };
                }
                (year, day) = (year + 1, 0);
                bits = self.year_bits(year);
            }
            day += 1;
            provisional |= !bits.published;
            left -= u16::from(bits.is_working(day));
        }
        Due {
            due: Date::constant(year, 1, 1).saturating_add(i32::from(day - 1).days()),
            provisional,
        }
    }

    fn why_working(&self, date: Date, nth: u16) -> String {
        let weekday = weekday_name(date);
        match (self.is_working_day(date), self.holiday_of(date)) {
            (true, Some(_)) => format!("{weekday}调休上班，算第 {nth} 天"),
            (true, None) => format!("{weekday}，算第 {nth} 天"),
            (false, Some(holiday)) => format!("{holiday}放假"),
            (false, None) => format!("{weekday}休息"),
        }
    }

    /// The reason at and after the nominal end of days or months.
    fn why_end(&self, date: Date, end: Date, due: Date, nth: u16) -> String {
        let free = || match self.holiday_of(date) {
            Some(holiday) => format!("{holiday}放假"),
            None => format!("{}休息", weekday_name(date)),
        };
        match (date == end, date == due) {
            (true, true) => format!("算第 {nth} 天，到期"),
            (true, false) => format!("算第 {nth} 天，到期日{}，顺延", free()),
            (false, true) => "顺延到这一天到期".into(),
            (false, false) => format!("{}，顺延", free()),
        }
    }
}

/// The end of `n` days or months before it is moved off a free day.
fn nominal_end(received: Date, n: u16, unit: Unit) -> Date {
    let n = i32::from(n);
    received.saturating_add(if unit == Unit::Months { n.months() } else { n.days() })
}
