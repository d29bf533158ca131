//! Codes of administrative divisions: GB/T 2260, the statistical codes of zones that GB/T 2260 does not list, and
//! codes of our own where neither has one.
//!
//! A code of our own carries a letter in the fifth place (`4109A1`), so that nobody takes it for an official one.
//! Here are codes and the official names of places, nothing else: what the bodies there are called, and which of them
//! exist, is configuration.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;
use std::str::FromStr;

/// Six characters: province, city, county, two each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode([u8; 6]);

/// Who gave a place its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeSource {
    /// GB/T 2260.
    Standard,
    /// The National Bureau of Statistics' codes (统计用区划代码).
    Statistical,
    /// Ours (自编), marked as such wherever it is shown.
    Own,
}

/// A place with its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// Its code.
    pub code: DivisionCode,
    /// Its official name.
    pub name: &'static str,
    /// Who gave the code.
    pub source: CodeSource,
}

/// The places whose names have been checked against their source: 濮阳市 and its nine county-level bodies' places.
pub const DIVISIONS: [Division; 10] = [
    known(b"410900", "濮阳市", CodeSource::Standard),
    known(b"410902", "华龙区", CodeSource::Standard),
    known(b"410922", "清丰县", CodeSource::Standard),
    known(b"410923", "南乐县", CodeSource::Standard),
    known(b"410926", "范县", CodeSource::Standard),
    known(b"410927", "台前县", CodeSource::Standard),
    known(b"410928", "濮阳县", CodeSource::Standard),
    known(b"410971", "河南濮阳工业园区", CodeSource::Statistical),
    known(b"410972", "濮阳经济技术开发区", CodeSource::Statistical),
    known(b"4109A1", "濮阳市城乡一体化示范区", CodeSource::Own),
];

const fn known(code: &[u8; 6], name: &'static str, source: CodeSource) -> Division {
    Division {
        code: DivisionCode(*code),
        name,
        source,
    }
}

/// The place with this code, where it is known.
pub fn find(code: DivisionCode) -> Option<&'static Division> {
    DIVISIONS.iter().find(|division| division.code == code)
}

impl DivisionCode {
    /// As written.
    pub fn as_str(&self) -> &str {
        // Only ASCII comes in through `from_str` and `known`.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The city this code lies in, itself for a city.
    pub fn city(self) -> DivisionCode {
        let [a, b, c, d, ..] = self.0;
        DivisionCode([a, b, c, d, b'0', b'0'])
    }

    /// Whether this is a city, not a place within one.
    pub fn is_city(self) -> bool {
        self.city() == self
    }

    /// Whether the code is one of our own.
    pub fn is_own(self) -> bool {
        self.0[4] == b'A'
    }
}

/// Not a division code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("区划代码要写 6 位数字，例如 410928；自编代码第 5 位是字母 A，例如 4109A1。")]
pub struct DivisionCodeError;

impl FromStr for DivisionCode {
    type Err = DivisionCodeError;
    fn from_str(text: &str) -> Result<DivisionCode, DivisionCodeError> {
        let bytes: [u8; 6] = text.as_bytes().try_into().map_err(|_| DivisionCodeError)?;
        let digit = |at: usize| bytes[at].is_ascii_digit();
        let city = (0..4).all(digit) && bytes[0] != b'0' && bytes[2..4] != *b"00";
        let county = digit(5) && (digit(4) || bytes[4] == b'A');
        if city && county {
            Ok(DivisionCode(bytes))
        } else {
            Err(DivisionCodeError)
        }
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for DivisionCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for DivisionCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<DivisionCode, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_taken_or_refused() {
        for taken in ["410900", "410928", "410972", "4109A1", "110105"] {
            assert_eq!(
                taken.parse::<DivisionCode>().map(|code| code.to_string()),
                Ok(taken.to_owned())
            );
        }
        for refused in [
            "",
            "41092",
            "4109280",
            "41092X",
            "4109B1",
            "4109a1",
            "A10928",
            "010928",
            "410000",
            "４１０９２８",
            "濮阳",
        ] {
            assert_eq!(refused.parse::<DivisionCode>(), Err(DivisionCodeError), "{refused}");
        }
    }

    #[test]
    fn the_nine_places_lie_in_their_city_and_only_one_code_is_ours() {
        let city: DivisionCode = "410900".parse().unwrap();
        for (i, division) in DIVISIONS.iter().enumerate() {
            assert_eq!(division.code.as_str().parse(), Ok(division.code));
            assert_eq!(division.code.city(), city);
            assert_eq!(division.code.is_city(), i == 0);
            assert_eq!(division.code.is_own(), division.source == CodeSource::Own);
            assert_eq!(find(division.code), Some(division));
        }
        assert_eq!(
            DIVISIONS
                .iter()
                .filter(|division| division.source == CodeSource::Own)
                .count(),
            1
        );
        assert_eq!(find("110105".parse().unwrap()), None);
    }
}
