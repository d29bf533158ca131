//! Citizen identity numbers (GB 11643-1999): eighteen characters with a real date of birth and a check digit.
//!
//! Deliberately absent: whether the first six digits are a division in force (a number keeps the code of its day), and
//! whether the birth lies in the past (there is no clock here). `Debug` and `Display` show the masked form only, so
//! that a number reaches no log by accident.

use crate::Date;
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: &[u8; 11] = b"10X98765432";
/// The first two digits: provinces, 81–83 for residents of Hong Kong, Macao and Taiwan, 91 for foreigners.
const REGIONS: [&str; 36] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83", "91",
];

/// A checked identity number, `X` in upper case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNumber {
    text: String,
    birth: Date,
}

/// Why a text is not an identity number, as a sentence for the person who typed it. Quotes nothing of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// Not eighteen characters.
    #[error("身份证号码要 18 位，您写了 {0} 位。请检查。")]
    Length(usize),
    /// Something but digits, and `X` at the end.
    #[error("身份证号码只能是数字，最后一位可以是 X。请检查。")]
    Characters,
    /// No such region.
    #[error("身份证号码的前两位不对。请检查前 6 位。")]
    Region,
    /// No such day.
    #[error("身份证号码里的出生日期不对。请检查第 7 至 14 位。")]
    Birth,
    /// The check digit does not follow from the others.
    #[error("身份证号码的最后一位对不上，可能有一位写错了。请对照证件检查。")]
    CheckDigit,
}

impl IdNumber {
    /// The eighteen characters. For the encrypted part of the record only.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// The date of birth.
    pub fn birth(&self) -> Date {
        self.birth
    }

    /// `410922********0028`: where it was given out and the last four; the date of birth is what is masked.
    pub fn masked(&self) -> String {
        format!("{}********{}", &self.text[..6], &self.text[14..])
    }
}

impl FromStr for IdNumber {
    type Err = IdNumberError;

    /// Takes full-width characters, spaces and a lower-case `x` as well.
    fn from_str(typed: &str) -> Result<IdNumber, IdNumberError> {
        let text: String = typed
            .nfkc()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let length = text.chars().count();
        if length != 18 {
            return Err(IdNumberError::Length(length));
        }
        let bytes = text.as_bytes();
        if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) || !CHECK.contains(&bytes[17]) {
            return Err(IdNumberError::Characters);
        }
        if !REGIONS.contains(&&text[..2]) {
            return Err(IdNumberError::Region);
        }
        let part = |range: std::ops::Range<usize>| text[range].parse::<i16>().map_err(|_| IdNumberError::Birth);
        let (year, month, day) = (part(6..10)?, part(10..12)?, part(12..14)?);
        if year < 1800 {
            return Err(IdNumberError::Birth);
        }
        // Two digits always fit.
        let birth = Date::new(year, month as i8, day as i8).map_err(|_| IdNumberError::Birth)?;
        let sum: u32 = bytes[..17]
            .iter()
            .zip(WEIGHTS)
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        if bytes[17] != CHECK[(sum % 11) as usize] {
            return Err(IdNumberError::CheckDigit);
        }
        Ok(IdNumber { text, birth })
    }
}

impl fmt::Display for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdNumber({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_taken_or_refused() {
        use IdNumberError::*;
        let cases = [
            ("410902199001010016", Ok("410902199001010016")),
            ("410928198512310028", Ok("410928198512310028")),
            ("410923196208157654", Ok("410923196208157654")),
            ("41092619880208007X", Ok("41092619880208007X")),
            // 濮阳市郊区, a code that is revoked: a number keeps the code of its day.
            ("410911195403020020", Ok("410911195403020020")),
            ("41092619880208007x", Ok("41092619880208007X")),
            (" 410902 19900101 0016 ", Ok("410902199001010016")),
            ("４１０９２６１９８８０２０８００７ｘ", Ok("41092619880208007X")),
            ("410922197002290036", Err(Birth)),
            ("410902199013010016", Err(Birth)),
            ("410902000001010016", Err(Birth)),
            ("410902199001010015", Err(CheckDigit)),
            ("410902199001010061", Err(CheckDigit)),
            ("010902199001010016", Err(Region)),
            ("X10902199001010016", Err(Characters)),
            ("41090219900101001Y", Err(Characters)),
            ("濮10902199001010016", Err(Characters)),
            ("410902900101001", Err(Length(15))),
            ("4109021990010100166", Err(Length(19))),
            ("", Err(Length(0))),
        ];
        for (typed, expected) in cases {
            let read = typed.parse::<IdNumber>();
            assert_eq!(
                read.as_ref().map(IdNumber::reveal).map_err(|&error| error),
                expected,
                "{typed}"
            );
        }
    }

    #[test]
    fn it_shows_itself_masked() {
        let number: IdNumber = "41092619880208007X".parse().unwrap();
        assert_eq!(number.birth(), Date::constant(1988, 2, 8));
        assert_eq!(
            format!("{number} {number:?}"),
            "410926********007X IdNumber(410926********007X)"
        );
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(at in 0usize..17, digit in 0u8..10) {
            let mut bytes = *b"410923196208157654";
            prop_assume!(bytes[at] != b'0' + digit);
            bytes[at] = b'0' + digit;
            prop_assert!(std::str::from_utf8(&bytes).unwrap().parse::<IdNumber>().is_err());
        }

        #[test]
        fn no_text_is_too_strange(typed in ".{0,40}") {
            let _ = typed.parse::<IdNumber>();
        }
    }
}
