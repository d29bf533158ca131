//! Why a calendar file or a date was not taken. Each message is a whole sentence for the person who brought it.

use crate::Date;

/// A refusal, in Chinese. Nothing has been taken in when it is returned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// Not a calendar file at all.
    #[error("年历文件太大（超过 64 KB）。请选一年的年历文件，例如 2027.toml。")]
    TooLarge,
    /// Not TOML, or something the format does not know.
    #[error("第 {line} 行“{text}”看不懂。请照现有年历文件的写法改。")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// The line, cut to forty characters.
        text: String,
    },
    /// A part is missing.
    #[error("年历文件缺少 {what}。请补上再导入。")]
    Missing {
        /// What, in Chinese, with its key.
        what: &'static str,
    },
    /// The year cannot be used.
    #[error("年份 {year} 不在 2000 至 2099 年之间。请改成对的年份。")]
    Year {
        /// As written.
        year: i64,
    },
    /// Not a date of the calendar.
    #[error("“{text}”不是日期。日期要写成年-月-日，例如 2027-01-01。")]
    Date {
        /// As written, cut to forty characters.
        text: String,
    },
    /// A date of another year.
    #[error("{date} 不是 {year} 年的日期（只有元旦调休可以写上一年 12 月 25 日以后的日子）。请检查年份。")]
    OtherYear {
        /// The date.
        date: Date,
        /// The year of the file.
        year: i16,
    },
    /// The same day twice.
    #[error("{date} 写了两次。一天只能写一次，要么放假，要么上班。")]
    Duplicate {
        /// The day.
        date: Date,
    },
    /// A make-up day that would be a working day anyway.
    #[error("{date} 是{weekday}，本来就上班，不用写成调休上班（work）。请对照通知检查。")]
    MakeUpOnWeekday {
        /// The day.
        date: Date,
        /// 周一 … 周五.
        weekday: &'static str,
    },
    /// A holiday without a name.
    #[error("第 {number} 个节日没有名称（name）。请补上，例如 name = \"春节\"。")]
    NoName {
        /// Counted from 1.
        number: usize,
    },
    /// A holiday without a day off.
    #[error("“{name}”没有写放假的日子（off）。请补上。")]
    NoDays {
        /// The holiday.
        name: String,
    },
    /// A holiday of the law that the file does not name: most likely half a file.
    #[error("没有写“{name}”。一年的年历要写全七个节日：元旦、春节、清明节、劳动节、端午节、中秋节、国庆节。")]
    HolidayMissing {
        /// The holiday.
        name: &'static str,
    },
    /// A fixed statutory holiday that the file does not give off.
    #[error("{date} 是{name}法定假日，年历里没有放假。请对照通知检查。")]
    StatutoryDayMissing {
        /// The day.
        date: Date,
        /// The holiday.
        name: &'static str,
    },
}

/// The first forty characters of `text`, so that a refusal quotes but does not repeat a file.
pub(super) fn short(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The refusal for what the TOML parser could not take, pointing at the line.
pub(super) fn syntax(text: &str, error: &toml::de::Error) -> CalendarError {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let line = text.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count();
    CalendarError::Syntax {
        line: line + 1,
        text: short(text.lines().nth(line).unwrap_or_default()),
    }
}
