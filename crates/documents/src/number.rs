//! Document numbers (发文字号) as GB/T 9704 writes them: `机关代字〔YYYY〕N号`.
//!
//! Knows the form alone; that numbers of a series have no gaps is the record's business.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;
use std::str::FromStr;

/// The longest code of an issuing body, in characters.
const LONGEST_CODE: usize = 10;

/// A document number. Ordered by code, year and number, never as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber {
    code: String,
    year: u16,
    number: u32,
}

/// A text that is not a document number. Its display is the sentence a user sees.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("文号要写成：濮县民〔2026〕16号。您写的是“{given}”。")]
pub struct BadNumber {
    /// What was given.
    pub given: String,
}

impl DocumentNumber {
    /// A number of the body with `code` (机关代字, one to ten Chinese characters) in `year` (2000–2099), counted
    /// from 1.
    pub fn new(code: &str, year: i16, number: u32) -> Result<Self, BadNumber> {
        let length = code.chars().count();
        let sound = (1..=LONGEST_CODE).contains(&length)
            && code.chars().all(is_han)
            && (2000..=2099).contains(&year)
            && number >= 1;
        if !sound {
            return Err(BadNumber {
                given: format!("{code}〔{year}〕{number}号"),
            });
        }
        Ok(DocumentNumber {
            code: code.to_owned(),
            year: year.unsigned_abs(),
            number,
        })
    }

    /// The issuing body's code (机关代字).
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The year of the series.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The place in the series, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    fn read(text: &str) -> Option<Self> {
        let (code, rest) = text.split_once('〔')?;
        let (year, rest) = rest.split_once('〕')?;
        let number = rest.strip_suffix('号')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !digits(year) || !digits(number) || number.starts_with('0') {
            return None;
        }
        DocumentNumber::new(code, year.parse().ok()?, number.parse().ok()?).ok()
    }
}

impl FromStr for DocumentNumber {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        DocumentNumber::read(text).ok_or_else(|| BadNumber { given: text.to_owned() })
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.code, self.year, self.number)
    }
}

impl Serialize for DocumentNumber {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocumentNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Whether `c` is a Chinese character: the unified ideographs with their extensions, and 〇.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted() {
        for (text, code, year, number) in [
            ("濮民〔2024〕16号", "濮民", 2024, 16),
            ("濮县民〔2026〕1号", "濮县民", 2026, 1),
            ("濮示范区社服〔2099〕4294967295号", "濮示范区社服", 2099, u32::MAX),
            ("民〔2000〕10号", "民", 2000, 10),
        ] {
            let read: DocumentNumber = text.parse().unwrap();
            assert_eq!((read.code(), read.year(), read.number()), (code, year, number));
            assert_eq!(read.to_string(), text);
        }
    }

    #[test]
    fn refused() {
        for text in [
            "",
            "[2026]16",
            "濮民[2024]16号",
            "濮民(2024)16号",
            "濮民（2024）16号",
            "濮民【2024】16号",
            "濮民〔2024〕016号",
            "濮民〔2024〕0号",
            "濮民〔2024〕第16号",
            "濮民〔2024〕16",
            "濮民〔24〕16号",
            "濮民〔1999〕16号",
            "濮民〔2100〕16号",
            "濮民〔２０２４〕16号",
            "濮民〔2024〕１６号",
            "濮民〔2024〕+16号",
            "濮民〔2024〕4294967296号",
            "〔2024〕16号",
            "PM〔2024〕16号",
            "濮 民〔2024〕16号",
            " 濮民〔2024〕16号",
            "濮民〔2024〕16号 ",
            "濮民〔2024〕16号号",
            "一二三四五六七八九十甲〔2024〕16号",
        ] {
            let refusal = text.parse::<DocumentNumber>().unwrap_err();
            assert_eq!(
                refusal.to_string(),
                format!("文号要写成：濮县民〔2026〕16号。您写的是“{text}”。")
            );
        }
        assert!(DocumentNumber::new("濮民", 2026, 0).is_err());
    }

    #[test]
    fn order_is_not_that_of_text() {
        let [second, tenth]: [DocumentNumber; 2] = ["濮民〔2026〕2号", "濮民〔2026〕10号"].map(|n| n.parse().unwrap());
        assert!(second < tenth);
    }
}
