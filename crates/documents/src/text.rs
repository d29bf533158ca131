//! How values are written in a Chinese official document, and what is taken out of a text before it is printed.

use base::law::{Answer, Truth};
use base::{Date, Timestamp};
use serde::Serializer;
use serde_json::Value;

/// `2026年9月16日`: Arabic digits, no leading zeros (GB/T 9704).
pub fn chinese_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `2026年9月16日20时31分`, in Asia/Shanghai.
pub fn chinese_time(at: Timestamp) -> String {
    let wall = at.wall();
    format!("{}{}时{:02}分", chinese_date(wall.date()), wall.hour(), wall.minute())
}

/// `周三`.
pub fn weekday(date: Date) -> &'static str {
    match date.weekday().to_monday_one_offset() {
        1 => "周一",
        2 => "周二",
        3 => "周三",
        4 => "周四",
        5 => "周五",
        6 => "周六",
        _ => "周日",
    }
}

pub(crate) fn date<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&chinese_date(*date))
}

pub(crate) fn maybe_date<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => to.serialize_str(&chinese_date(*date)),
        None => to.serialize_none(),
    }
}

/// A date with its day of the week: `2026年10月12日（周一）`.
pub(crate) fn day<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{}（{}）", chinese_date(*date), weekday(*date)))
}

pub(crate) fn maybe_time<S: Serializer>(at: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => to.serialize_str(&chinese_time(*at)),
        None => to.serialize_none(),
    }
}

pub(crate) fn answer<S: Serializer>(answer: &Answer, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match answer {
        Answer::Yes => "是",
        Answer::No => "否",
        Answer::Unknown => "未查明",
        Answer::NotApplicable => "不适用",
    })
}

pub(crate) fn truth<S: Serializer>(truth: &Truth, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match truth {
        Truth::Yes => "成立",
        Truth::No => "不成立",
        Truth::Unknown => "未查明",
    })
}

/// Makes every text of `value` printable: line ends become LF, a tab becomes a space, and characters without a shape
/// that could hide or reorder what is read (controls, direction marks) go. Nothing that can be seen is changed.
pub(crate) fn clean(value: &mut Value) {
    match value {
        Value::String(text) => {
            *text = text
                .replace("\r\n", "\n")
                .replace(['\r', '\u{2028}', '\u{2029}'], "\n")
                .replace('\t', " ")
                .replace(|c: char| (c != '\n' && c.is_control()) || is_hidden(c), "");
        }
        Value::Array(values) => values.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Masks every identity number and mobile phone of `value`, but for the issuing body's own phone.
pub(crate) fn mask(value: &mut Value) {
    match value {
        Value::String(text) => *text = base::mask::numbers(text),
        Value::Array(values) => values.iter_mut().for_each(mask),
        Value::Object(fields) => fields
            .iter_mut()
            .filter(|(name, _)| *name != "contact")
            .for_each(|(_, value)| mask(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Direction marks, zero-width spaces, tags and non-characters.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}' | '\u{E0000}'..='\u{E007F}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_no_leading_zeros() {
        for (date, written, day) in [
            (Date::constant(2026, 9, 16), "2026年9月16日", "周三"),
            (Date::constant(2027, 1, 8), "2027年1月8日", "周五"),
            (Date::constant(2026, 10, 12), "2026年10月12日", "周一"),
            (Date::constant(2026, 1, 4), "2026年1月4日", "周日"),
        ] {
            assert_eq!((chinese_date(date).as_str(), weekday(date)), (written, day));
        }
        let at = Timestamp::on(Date::constant(2026, 9, 16), 20, 5).unwrap();
        assert_eq!(chinese_time(at), "2026年9月16日20时05分");
    }

    #[test]
    fn numbers_are_masked_but_the_body_s_own() {
        let mut value = serde_json::json!({
            "paragraphs": ["户主身份证410922197002030028，手机13912345678。"],
            "contact": "13900000000，一楼窗口",
        });
        mask(&mut value);
        assert_eq!(
            value["paragraphs"][0],
            "户主身份证410922********0028，手机139****5678。"
        );
        assert_eq!(value["contact"], "13900000000，一楼窗口");
    }

    #[test]
    fn only_what_cannot_be_seen_goes() {
        for (given, printed) in [
            ("李春梅\r\n第二行\r第三行", "李春梅\n第二行\n第三行"),
            ("\u{0}\u{7}\u{1b}[31m甲\u{85}", "[31m甲"),
            ("甲\u{202e}乙\u{200b}丙\u{feff}", "甲乙丙"),
            ("甲\t乙", "甲 乙"),
            (
                "#set $x$ \\ <a> “㛃䶮” 😀 👨\u{200d}👩",
                "#set $x$ \\ <a> “㛃䶮” 😀 👨\u{200d}👩",
            ),
        ] {
            let mut value = serde_json::json!([{ "text": given }]);
            clean(&mut value);
            assert_eq!(value[0]["text"], printed);
        }
    }
}
