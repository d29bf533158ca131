//! From texts to what an act needs: dates, numbers, choices. Everything wrong is collected and told at once.
//!
//! A reader answers with a stand-in where a text cannot be read, and [`Read::done`] never lets a stand-in out. Whether
//! something must be there, or fits the case, is the act's own question.

use crate::values::Values;
use base::Date;
use casefile::case::File;
use casefile::words::When;
use casefile::{Act, FieldRefusal, Refusal};
use std::str::FromStr;

/// Reads the values of one form.
pub struct Read<'v> {
    values: &'v Values,
    wrong: Vec<FieldRefusal>,
}

impl<'v> Read<'v> {
    /// A reader of `values`.
    pub fn of(values: &'v Values) -> Read<'v> {
        Read {
            values,
            wrong: values.refused.clone(),
        }
    }

    /// Notes that `field` cannot be taken as it is.
    pub fn refuse(&mut self, field: &str, sentence: impl Into<String>) {
        self.wrong.push(FieldRefusal {
            field: field.into(),
            sentence: sentence.into(),
        });
    }

    /// The text of `field`; empty where nothing was typed.
    pub fn text(&self, field: &str) -> String {
        self.values.text(field).to_owned()
    }

    /// The non-empty lines of `field`, one item each.
    pub fn lines(&self, field: &str) -> Vec<String> {
        self.values
            .text(field)
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Whether the box `field` is ticked.
    pub fn ticked(&self, field: &str) -> bool {
        !self.values.text(field).is_empty()
    }

    /// The codes ticked in `field`, e.g. `GroundId`s; the act refuses what its list does not hold.
    pub fn codes<T: for<'a> From<&'a str>>(&self, field: &str) -> Vec<T> {
        self.values
            .all(field)
            .iter()
            .filter(|code| !code.is_empty())
            .map(|code| T::from(code))
            .collect()
    }

    /// The code chosen in `field`; the act refuses what its list does not hold.
    pub fn code<T: for<'a> From<&'a str>>(&mut self, field: &str, label: &str) -> T {
        let code = self.values.text(field);
        if code.is_empty() {
            self.refuse(field, format!("还没选{label}。请选一项。"));
        }
        T::from(code)
    }

    /// The choice made in `field`, out of `choices`.
    pub fn choice<T: Copy>(&mut self, field: &str, label: &str, choices: &[(&str, T)]) -> T {
        let typed = self.values.text(field);
        match choices.iter().find(|(code, _)| *code == typed) {
            Some((_, choice)) => *choice,
            None => {
                self.refuse(field, format!("还没选{label}。请选一项。"));
                choices[0].1
            }
        }
    }

    /// The id chosen in `field`.
    pub fn id<T: FromStr + Default>(&mut self, field: &str, label: &str) -> T {
        self.values.text(field).parse().unwrap_or_else(|_| {
            self.refuse(field, format!("还没选{label}。请选一项。"));
            T::default()
        })
    }

    /// The ids ticked in `field`.
    pub fn ids<T: FromStr + Default>(&mut self, field: &str, label: &str) -> Vec<T> {
        let mut ids = Vec::new();
        for text in self.values.all(field).iter().filter(|text| !text.is_empty()) {
            match text.parse() {
                Ok(id) => ids.push(id),
                Err(_) => self.refuse(field, format!("{label}的选项不对。请重新选。")),
            }
        }
        ids
    }

    /// The whole number of `field`, half or full width.
    pub fn number<T: FromStr + Default>(&mut self, field: &str, label: &str) -> T {
        let typed = half_width(self.values.text(field));
        typed.parse().unwrap_or_else(|_| {
            self.refuse(
                field,
                if typed.is_empty() {
                    format!("还没写{label}。请写上。")
                } else {
                    format!("{label}要写数字。")
                },
            );
            T::default()
        })
    }

    /// The day of `field`, typed as 年 月 日.
    pub fn date(&mut self, field: &str, label: &str) -> Date {
        match day(self.values, field, label) {
            Ok(Some(When {
                year,
                month,
                day: Some(day),
            })) => Date::new(year, month, day).unwrap_or(Date::ZERO),
            Ok(Some(_)) => self.stand_in(field, format!("{label}还没写哪一日。请写上。")),
            Ok(None) => self.stand_in(field, format!("还没写{label}。请写上年、月、日。")),
            Err(sentence) => self.stand_in(field, sentence),
        }
    }

    /// The day of `field`, or none where nothing was typed.
    pub fn optional_date(&mut self, field: &str, label: &str) -> Option<Date> {
        match day(self.values, field, label) {
            Ok(None) => None,
            _ => Some(self.date(field, label)),
        }
    }

    /// A day that may be known by its month only.
    pub fn when(&mut self, field: &str, label: &str) -> When {
        self.optional_when(field, label).unwrap_or_else(|| {
            self.refuse(field, format!("还没写{label}。写年、月就行。"));
            When::from(Date::ZERO)
        })
    }

    /// A day that may be known by its month only, or not at all.
    pub fn optional_when(&mut self, field: &str, label: &str) -> Option<When> {
        day(self.values, field, label).unwrap_or_else(|sentence| {
            self.refuse(field, sentence);
            Some(When::from(Date::ZERO))
        })
    }

    /// The stored files of `field`.
    pub fn files(&self, field: &str) -> Vec<File> {
        self.values.files(field).to_vec()
    }

    /// The act, if everything could be read.
    ///
    /// # Errors
    /// One refusal that names every field that could not be.
    pub fn done(self, act: impl Into<Act>) -> Result<Act, Refusal> {
        self.ok()?;
        Ok(act.into())
    }

    /// Whether everything could be read, for forms that are no acts.
    ///
    /// # Errors
    /// One refusal that names every field that could not be.
    pub fn ok(self) -> Result<(), Refusal> {
        if self.wrong.is_empty() {
            Ok(())
        } else {
            Err(Refusal::fields(self.wrong))
        }
    }

    fn stand_in(&mut self, field: &str, sentence: String) -> Date {
        self.refuse(field, sentence);
        Date::ZERO
    }
}

/// The three fields of a day. `Ok(None)` where all are empty.
fn day(values: &Values, field: &str, label: &str) -> Result<Option<When>, String> {
    let [year, month, day] = parts(values, field);
    if year.is_empty() && month.is_empty() && day.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("{label}没有这一天。请改成，例如 2026 年 3 月 5 日。");
    let year: i16 = year.parse().map_err(|_| wrong())?;
    let month: i8 = month.parse().map_err(|_| wrong())?;
    let day: Option<i8> = if day.is_empty() {
        None
    } else {
        Some(day.parse().map_err(|_| wrong())?)
    };
    let when = When { year, month, day };
    if !(1950..=2099).contains(&year) || when.earliest().is_none() {
        return Err(wrong());
    }
    Ok(Some(when))
}

/// Year, month and day of `field` as far as they can be understood: half width, 年 月 日 behind a number left off, a
/// whole day that was typed into the field of the year taken apart.
pub fn parts(values: &Values, field: &str) -> [String; 3] {
    let part = |name: &str| half_width(values.text(&format!("{field}.{name}")));
    let [year, month, day] = [part("year"), part("month"), part("day")];
    if month.is_empty()
        && day.is_empty()
        && let Some(whole) = whole_day(&year)
    {
        return whole;
    }
    let bare = |text: String, units: &[char]| text.trim_end_matches(units).to_owned();
    [bare(year, &['年']), bare(month, &['月']), bare(day, &['日', '号'])]
}

/// `2026年3月5日`, `2026-3-5`, `2026.3.5`, `2026/3/5`, `20260305`, also without the day, in three parts; `None` where
/// there is no such day.
fn whole_day(text: &str) -> Option<[String; 3]> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let between = |c: char| matches!(c, '年' | '月' | '-' | '.' | '/' | '—' | '–');
    let numbers: Vec<&str> = match (digits(text), text.len()) {
        (true, 6) => vec![&text[..4], &text[4..]],
        (true, 8) => vec![&text[..4], &text[4..6], &text[6..]],
        _ => text.trim_end_matches(['日', '号', '月']).split(between).collect(),
    };
    let (year, month, day) = match numbers.as_slice() {
        [year, month] => (*year, *month, None),
        [year, month, day] => (*year, *month, Some(*day)),
        _ => return None,
    };
    if !numbers.iter().all(|number| digits(number)) || year.len() != 4 {
        return None;
    }
    let when = When {
        year: year.parse().ok()?,
        month: month.parse().ok()?,
        day: day.map(str::parse).transpose().ok()?,
    };
    when.earliest()?;
    Some([year, month, day.unwrap_or_default()].map(str::to_owned))
}

/// Full-width letters, digits and signs as half-width ones, without spaces.
pub fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - '！' as u32 + '!' as u32).unwrap_or(c),
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(half).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_or_refused() {
        let table = [
            ("２０２６", "９", "16", "2026-09-16"),
            ("2026", "2", "29", "refused"),
            ("2026", "13", "1", "refused"),
            ("2026", "9", "", "refused"),
            ("", "", "", "refused"),
            ("26", "9", "1", "refused"),
            ("二零二六", "9", "1", "refused"),
            ("2026年", "9月", "16日", "2026-09-16"),
            ("2026 年", "9 月", "16号", "2026-09-16"),
            ("2026年3月5日", "", "", "2026-03-05"),
            ("2026-3-5", "", "", "2026-03-05"),
            ("2026.3.5", "", "", "2026-03-05"),
            ("2026/03/05", "", "", "2026-03-05"),
            ("20260305", "", "", "2026-03-05"),
            ("２０２６年３月５日", "", "", "2026-03-05"),
            ("２０２６－３－５", "", "", "2026-03-05"),
            ("２０２６．３．５", "", "", "2026-03-05"),
            ("２０２６０３０５", "", "", "2026-03-05"),
            ("2026年 3月 5日", "", "", "2026-03-05"),
            ("2026年3月", "", "", "refused"),
            ("2026-3-5", "3", "", "refused"),
            ("2026-3-5-1", "", "", "refused"),
            ("2026年2月30日", "", "", "refused"),
            ("20260230", "", "", "refused"),
            ("202603051", "", "", "refused"),
            ("五月端午", "", "", "refused"),
            ("-2026", "9", "1", "refused"),
            ("2026", "9", "1.5", "refused"),
        ];
        for (year, month, day, expected) in table {
            let mut values = Values::default();
            values.put("on.year", year);
            values.put("on.month", month);
            values.put("on.day", day);
            let mut read = Read::of(&values);
            let date = read.date("on", "日期");
            let got = if read.ok().is_ok() {
                date.to_string()
            } else {
                "refused".into()
            };
            assert_eq!(got, expected, "{year} {month} {day}");
        }
    }

    #[test]
    fn a_month_is_enough_where_the_day_is_forgotten() {
        for typed in ["2026年3月", "2026-3", "202603", "２０２６．３", "2026年3"] {
            let mut values = Values::default();
            values.put("on.year", typed);
            let mut read = Read::of(&values);
            let when = read.when("on", "日期");
            assert!(read.ok().is_ok(), "{typed}");
            assert_eq!(when.to_string(), "2026 年 3 月", "{typed}");
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let values = Values::default();
        let mut read = Read::of(&values);
        read.date("on", "日期");
        read.choice("kind", "种类", &[("a", 1)]);
        read.number::<u32>("n", "数目");
        let refusal = read.ok().unwrap_err();
        assert_eq!(
            refusal.fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(),
            ["on", "kind", "n"]
        );
    }
}
