//! The working days of one year as 366 bits, so that a deadline is found without allocation.

use crate::Date;
use jiff::civil::Weekday;

/// One bit per day of a year, set on working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct YearBits {
    words: [u64; 6],
    /// Days in the year.
    pub(super) len: i16,
    /// Whether the State Council's arrangement made these bits; otherwise they are provisional.
    pub(super) published: bool,
}

impl YearBits {
    /// Monday to Friday.
    pub(super) fn weekdays(year: i16, published: bool) -> YearBits {
        let first = Date::constant(year, 1, 1);
        let mut bits = YearBits {
            words: [0; 6],
            len: first.days_in_year(),
            published,
        };
        let offset = i16::from(first.weekday().to_monday_zero_offset());
        for index in 0..bits.len {
            if (index + offset) % 7 < 5 {
                bits.words[index as usize / 64] |= 1 << (index % 64);
            }
        }
        bits
    }

    /// Makes `day`, a day of this year, a working day or a free one.
    pub(super) fn set(&mut self, day: Date, working: bool) {
        let index = day.day_of_year() - 1;
        let (word, bit) = (index as usize / 64, 1 << (index % 64));
        if working {
            self.words[word] |= bit
        } else {
            self.words[word] &= !bit
        }
    }

    /// Whether the `day`th day of the year, counted from 1, is a working day.
    pub(super) fn is_working(&self, day: i16) -> bool {
        self.words[(day - 1) as usize / 64] >> ((day - 1) % 64) & 1 == 1
    }

    /// How many of the year's first `days` days are working days.
    pub(super) fn count_to(&self, days: i16) -> u32 {
        let words = self.words.iter().enumerate();
        words
            .map(|(i, word)| match i32::from(days) - 64 * i as i32 {
                rest if rest >= 64 => word.count_ones(),
                rest if rest <= 0 => 0,
                rest => (word & ((1 << rest) - 1)).count_ones(),
            })
            .sum()
    }
}

/// 周一 … 周日.
pub(super) fn weekday_name(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}
