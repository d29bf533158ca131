//! Masking (遮盖): how a family's name, an identity number and a mobile phone are shown to those who need not see them
//! whole.
//!
//! Numbers are found wherever they stand in a text, however they are grouped or typed; they are masked by their shape,
//! not by their check digit, so that a slip of the pen shows nothing. Deliberately absent: who may see what, landlines,
//! and passports; a name is masked only where it is known to be one.

use unicode_normalization::UnicodeNormalization;

/// Surnames of two characters (复姓) that are still borne.
const COMPOUND: [&str; 40] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒", "司空",
    "夏侯", "轩辕", "钟离", "闾丘", "鲜于", "申屠", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "呼延", "端木",
    "百里", "东郭", "南宫", "西门", "独孤", "南门", "第五", "拓跋", "赫连", "澹台", "公羊", "左丘",
];

/// What stands between several names in one field.
const BETWEEN: [char; 7] = ['、', '，', ',', '；', ';', '/', '\n'];

/// A name with all but the surname masked: 张某某, 张某, 欧阳某. Of names that are not Chinese the first letter stays.
/// Several names in one field are masked each.
pub fn name(name: &str) -> String {
    name.split_inclusive(BETWEEN)
        .map(|part| {
            let end = part.chars().next_back().filter(|c| BETWEEN.contains(c));
            let one = part.trim_end_matches(BETWEEN).trim();
            let mut masked = one_name(one);
            masked.extend(end);
            masked
        })
        .collect()
}

fn one_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let chinese = letters.iter().all(|c| is_han(*c));
    match letters.as_slice() {
        [] => String::new(),
        [_] => "某".into(),
        [first, ..] if !chinese => format!("{first}***"),
        [first, second, rest @ ..] => {
            let compound = COMPOUND.contains(&format!("{first}{second}").as_str());
            let (shown, hidden) = if compound && !rest.is_empty() {
                (format!("{first}{second}"), rest.len())
            } else {
                (first.to_string(), rest.len() + 1)
            };
            // The length of a long name would give it away in a village.
            shown + &"某".repeat(hidden.min(2))
        }
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// The text with every identity number (410922********0028, those of fifteen digits too) and every mobile phone
/// (139****0000) in it masked. All else stays as it is.
pub fn numbers(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    each(text, |piece| match piece {
        Piece::Text(text) => masked.push_str(text),
        Piece::Number(kind, text) => {
            let (head, hidden) = kind.shape();
            let mut n = 0;
            for c in text.chars() {
                if mark(c).is_some() {
                    n += 1;
                    masked.push(if n > head && n <= head + hidden { '*' } else { c });
                } else {
                    masked.push(c);
                }
            }
        }
    });
    masked
}

/// The numbers of a text that [`numbers`] masks, whole, each once, in half-width characters: for whom they are
/// revealed.
pub fn found(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    each(text, |piece| {
        if let Piece::Number(_, text) = piece {
            let whole: String = text.chars().filter_map(mark).collect();
            if !found.contains(&whole) {
                found.push(whole);
            }
        }
    });
    found
}

/// Masks what a text says of a family: its numbers, and `household` wherever that name stands.
pub fn text(text: &str, household: &str) -> String {
    let masked = numbers(text);
    let names = household.split(BETWEEN).map(str::trim);
    // One letter would be found in every sentence, and what is ASCII may be a code.
    names
        .filter(|name| name.chars().count() > 1 && !name.is_ascii())
        .fold(masked, |text, name| text.replace(name, &one_name(name)))
}

#[derive(Clone, Copy)]
enum Kind {
    Id18,
    Id15,
    Mobile,
    /// With the country's code before it.
    Abroad,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Id18, Kind::Id15, Kind::Abroad, Kind::Mobile];

    /// How many characters are shown first, how many are masked.
    fn shape(self) -> (usize, usize) {
        match self {
            Kind::Id18 => (6, 8),
            Kind::Id15 => (6, 6),
            Kind::Mobile => (3, 4),
            Kind::Abroad => (5, 4),
        }
    }

    fn length(self) -> usize {
        match self {
            Kind::Id18 => 18,
            Kind::Id15 => 15,
            Kind::Mobile => 11,
            Kind::Abroad => 13,
        }
    }

    /// Whether characters of the right number are such a number.
    fn fits(self, number: &str) -> bool {
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        let two = |at: usize| number[at..at + 2].parse::<u8>().unwrap_or(0);
        let day = |at: usize| (1..=12).contains(&two(at)) && (1..=31).contains(&two(at + 2));
        match self {
            Kind::Id18 => digits >= 17 && (11..=91).contains(&two(0)) && (18..=20).contains(&two(6)) && day(10),
            Kind::Id15 => digits == 15 && (11..=91).contains(&two(0)) && day(8),
            Kind::Mobile => digits == 11 && (13..=19).contains(&two(0)),
            Kind::Abroad => digits == 13 && two(0) == 86 && (13..=19).contains(&two(2)),
        }
    }
}

enum Piece<'a> {
    Text(&'a str),
    Number(Kind, &'a str),
}

/// Cuts a text into its numbers and what stands between them.
fn each<'a>(text: &'a str, mut take: impl FnMut(Piece<'a>)) {
    let (mut from, mut at) = (0, 0);
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        let starts = digit(c).is_some() && before.is_none_or(|b| digit(b).is_none());
        let number = starts.then(|| {
            Kind::ALL
                .into_iter()
                .find_map(|kind| Some((kind, number_at(&text[at..], kind)?)))
        });
        match number.flatten() {
            Some((kind, length)) => {
                take(Piece::Text(&text[from..at]));
                take(Piece::Number(kind, &text[at..at + length]));
                at += length;
                from = at;
                before = text[..at].chars().next_back();
            }
            None => {
                at += c.len_utf8();
                before = Some(c);
            }
        }
    }
    take(Piece::Text(&text[from..]));
}

/// How many bytes at the beginning of `text` are a number of that kind: its characters, grouped by one and the same
/// mark if at all, and no further digit behind.
fn number_at(text: &str, kind: Kind) -> Option<usize> {
    let mut number = String::new();
    let mut grouped = None;
    let mut apart = false;
    let mut chars = text.char_indices();
    let end = loop {
        let (at, c) = chars.next()?;
        match mark(c) {
            Some(mark) => {
                number.push(mark);
                apart = false;
                if number.len() == kind.length() {
                    break at + c.len_utf8();
                }
            }
            None if is_unseen(c) => {}
            None if groups(c) && !apart && grouped.is_none_or(|mark| mark == c) => {
                grouped = Some(c);
                apart = true;
            }
            None => return None,
        }
    };
    let further = text[end..].chars().next().and_then(digit).is_some();
    (!further && kind.fits(&number)).then_some(end)
}

/// A digit in whatever width, in half width.
fn digit(c: char) -> Option<char> {
    mark(c).filter(char::is_ascii_digit)
}

/// A digit, or the X an identity number may end with, in half width and upper case.
fn mark(c: char) -> Option<char> {
    let mut narrow = c.nfkc();
    match (narrow.next(), narrow.next()) {
        (Some(d), None) if d.is_ascii_digit() => Some(d),
        (Some('x' | 'X'), None) => Some('X'),
        _ => None,
    }
}

/// Spaces, hyphens and points people group numbers with.
fn groups(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{3000}' | '-' | '－' | '‐'..='―' | '·' | '.')
}

/// Characters without a shape, which hide a number from a search and not from the eye.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn of_a_name_the_surname_is_left() {
        let table = [
            ("张建国", "张某某"),
            ("张三", "张某"),
            ("欧阳锋", "欧阳某"),
            ("欧阳文忠", "欧阳某某"),
            ("濮阳玉兰", "濮阳某某"),
            ("欧阳", "欧某"),
            ("王张小明", "王某某"),
            (" 张建国 ", "张某某"),
            ("张", "某"),
            ("", ""),
            ("㛃䶮", "㛃某"),
            ("𠮷田三", "𠮷某某"),
            ("阿卜杜拉·买买提", "阿***"),
            ("John Smith", "J***"),
            ("张A", "张***"),
            ("张建国、李四", "张某某、李某"),
            ("张建国, Anna Li", "张某某,A***"),
        ];
        for (whole, masked) in table {
            assert_eq!(name(whole), masked, "{whole}");
        }
    }

    #[test]
    fn numbers_are_masked_wherever_they_stand() {
        let table = [
            ("410922197002030028", "410922********0028"),
            ("身份证410922197002030028。", "身份证410922********0028。"),
            ("41092619880208007x", "410926********007x"),
            ("ID410922197002030028x", "ID410922********0028x"),
            ("４１０９２２１９７００２０３００２８", "４１０９２２********００２８"),
            ("４１０９２６１９８８０２０８００７Ｘ", "４１０９２６********００７Ｘ"),
            ("410922 19700203 0028", "410922 ******** 0028"),
            ("410922-1970-0203-0028", "410922-****-****-0028"),
            ("4109\u{200B}22197002030028", "4109\u{200B}22********0028"),
            // The check digit is wrong: somebody mistyped a real one.
            ("410922197002030029", "410922********0029"),
            (
                "410922197002030028、410926198802080071",
                "410922********0028、410926********0071",
            ),
            ("410922700203002", "410922******002"),
            ("电话13900000000", "电话139****0000"),
            ("139 1234 5678", "139 **** 5678"),
            ("139-1234-5678/15812345678", "139-****-5678/158****5678"),
            ("+8613912345678", "+86139****5678"),
            ("+86 13912345678", "+86 139****5678"),
            ("１３９１２３４５６７８", "１３９****５６７８"),
        ];
        for (whole, masked) in table {
            assert_eq!(numbers(whole), masked, "{whole}");
        }
    }

    #[test]
    fn what_is_no_such_number_stays() {
        for text in [
            "",
            "收件编号 JZ-410922-2026-0001",
            "2026-09-17 14:30",
            "濮县民〔2026〕16号",
            "账号 6222021716000123456",
            "银行卡 6217001234567890123",
            "999922197002030028",
            "JZ-410922-2026-0110 2026年",
            "410922197013030028",
            "电话 0393-4411000",
            "12345678901",
            "139123456789",
            "金额 1390000000 元",
            "一二三四五六七八九十一二三四五六七八",
            "X",
        ] {
            assert_eq!(numbers(text), text);
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_is_revealed_is_what_is_masked() {
        let said = "户主410922 19700203 0028，手机１３９１２３４５６７８，又写 410922197002030028";
        assert_eq!(found(said), ["410922197002030028", "13912345678"]);
    }

    #[test]
    fn a_household_is_masked_wherever_it_is_named() {
        let said = "张建国家的核对记录，张建国手机13900000000";
        assert_eq!(text(said, "张建国"), "张某某家的核对记录，张某某手机139****0000");
        assert_eq!(text("张、李两户", "张"), "张、李两户");
        assert_eq!(text("李四和张三都在", "张三、李四"), "李某和张某都在");
        assert_eq!(text("经过", ""), "经过");
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(typed in "\\PC{0,60}", household in "\\PC{0,6}") {
            let once = numbers(&typed);
            prop_assert_eq!(&numbers(&once), &once);
            prop_assert!(found(&once).is_empty());
            let _ = text(&typed, &household);
            let _ = name(&household);
        }

        #[test]
        fn a_number_in_any_company_is_masked(before in "\\PC{0,5}", after in "\\PC{0,5}") {
            prop_assume!(!before.chars().chain(after.chars()).any(|c| mark(c).is_some() || groups(c) || is_unseen(c)));
            let masked = numbers(&format!("{before}410922197002030028{after}"));
            prop_assert_eq!(masked, format!("{before}410922********0028{after}"));
        }
    }
}
