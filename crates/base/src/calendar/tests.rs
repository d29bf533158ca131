//! Tables from the State Council's notices, and what must hold for any receipt.

use super::*;
use crate::law::Unit::{self, *};
use proptest::prelude::*;
use std::sync::LazyLock;

static SHIPPED: LazyLock<Calendar> = LazyLock::new(Calendar::shipped);

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn working_days_of_each_published_year() {
    for (year, expected) in [(2024, 251), (2025, 248), (2026, 248)] {
        let (first, last) = (Date::constant(year - 1, 12, 31), Date::constant(year, 12, 31));
        assert_eq!(SHIPPED.working_days_between(first, last), expected, "{year}");
    }
}

#[test]
fn every_day_of_the_notices_is_as_they_say() {
    let mut days = 0;
    for year in SHIPPED.published() {
        assert!(
            year.source.starts_with("https://www.gov.cn/zhengce/"),
            "{}",
            year.source
        );
        for holiday in &year.holidays {
            holiday
                .off
                .iter()
                .for_each(|&day| assert!(!SHIPPED.is_working_day(day), "{day}"));
            holiday
                .work
                .iter()
                .for_each(|&day| assert!(SHIPPED.is_working_day(day), "{day}"));
            days += holiday.off.len() + holiday.work.len();
        }
    }
    assert_eq!(days, 108);
}

#[test]
fn deadlines() {
    #[rustfmt::skip]
    let table: [(&str, u16, Unit, &str, bool); 25] = [
        // The last day is a Sunday on which people work.
        ("2025-12-12", 14, WorkingDays, "2026-01-04", false),
        ("2026-09-16", 14, WorkingDays, "2026-10-12", false),
        // Receipt on a make-up day, on a weekend, within a holiday: never counted.
        ("2026-01-04", 14, WorkingDays, "2026-01-22", false),
        ("2026-02-14", 1, WorkingDays, "2026-02-24", false),
        ("2026-02-17", 1, WorkingDays, "2026-02-24", false),
        ("2026-02-23", 5, WorkingDays, "2026-02-28", false),
        ("2026-03-07", 1, WorkingDays, "2026-03-09", false),
        // Make-up days before and after a holiday.
        ("2026-09-18", 1, WorkingDays, "2026-09-20", false),
        ("2026-10-01", 3, WorkingDays, "2026-10-10", false),
        ("2024-04-03", 1, WorkingDays, "2024-04-07", false),
        ("2025-01-24", 1, WorkingDays, "2025-01-26", false),
        ("2024-02-28", 1, WorkingDays, "2024-02-29", false),
        // Into a year that is not published: provisional.
        ("2026-12-11", 14, WorkingDays, "2026-12-31", false),
        ("2026-12-14", 14, WorkingDays, "2027-01-04", true),
        ("2027-02-04", 1, WorkingDays, "2027-02-09", true),
        ("2028-01-25", 5, WorkingDays, "2028-02-01", true),
        ("2023-12-29", 1, WorkingDays, "2024-01-02", true),
        ("2023-12-28", 1, WorkingDays, "2023-12-29", true),
        ("2026-11-23", 0, WorkingDays, "2026-11-23", false),
        // Days and months: an end on a free day moves on; a month without the day ends on its last.
        ("2026-09-15", 10, Days, "2026-09-28", false),
        ("2026-09-18", 2, Days, "2026-09-20", false),
        ("2026-01-31", 1, Months, "2026-02-28", false),
        ("2026-03-31", 1, Months, "2026-04-30", false),
        ("2026-12-01", 1, Months, "2027-01-04", true),
        ("2023-10-31", 2, Months, "2024-01-02", true),
    ];
    for (received, n, unit, due, provisional) in table {
        let expected = Due {
            due: date(due),
            provisional,
        };
        assert_eq!(
            SHIPPED.deadline(date(received), n, unit),
            expected,
            "{received} + {n} {unit:?}"
        );
    }
}

#[test]
fn days_left_and_days_overdue() {
    for (from, to, expected) in [
        ("2026-09-28", "2026-10-12", 6),
        ("2026-10-12", "2026-10-12", 0),
        ("2026-10-11", "2026-10-12", 1),
        ("2026-10-13", "2026-10-12", -1),
        ("2026-10-11", "2026-10-10", 0),
        ("2026-01-05", "2025-12-31", -2),
        ("2025-12-31", "2027-01-04", 249),
    ] {
        assert_eq!(
            SHIPPED.working_days_between(date(from), date(to)),
            expected,
            "{from} to {to}"
        );
    }
}

fn told(received: &str, n: u16, unit: Unit) -> String {
    let lines = SHIPPED.derivation(date(received), n, unit);
    lines
        .iter()
        .map(|line| format!("{} {}\n", line.date, line.why))
        .collect()
}

#[test]
fn derivation_says_why_each_day_counts() {
    assert_eq!(
        told("2026-09-18", 4, WorkingDays),
        "2026-09-18 收到当天不算\n2026-09-19 周六休息\n2026-09-20 周日调休上班，算第 1 天\n2026-09-21 周一，算第 2 天\n\
         2026-09-22 周二，算第 3 天\n2026-09-23 周三，算第 4 天\n"
    );
    assert_eq!(
        told("2026-12-31", 1, WorkingDays),
        "2026-12-31 收到当天不算\n2027-01-01 元旦放假（暂定）\n2027-01-02 周六休息（暂定）\n2027-01-03 周日休息（暂定）\n\
         2027-01-04 周一，算第 1 天（暂定）\n"
    );
    assert_eq!(
        told("2026-09-23", 3, Days),
        "2026-09-23 收到当天不算\n2026-09-24 算第 1 天\n2026-09-25 算第 2 天\n\
         2026-09-26 算第 3 天，到期日中秋节放假，顺延\n2026-09-27 中秋节放假，顺延\n2026-09-28 顺延到这一天到期\n"
    );
    assert_eq!(
        told("2026-11-23", 1, Days),
        "2026-11-23 收到当天不算\n2026-11-24 算第 1 天，到期\n"
    );
}

#[test]
fn the_report_has_the_shape_of_the_command_line() {
    let report = toml::to_string(&SHIPPED.report(date("2026-01-03"), 1, WorkingDays)).unwrap();
    assert_eq!(
        report,
        "due = \"2026-01-04\"\nprovisional = false\n\n[[days]]\ndate = \"2026-01-03\"\ncounted = false\nwhy = \"收到当天不算\"\n\n\
         [[days]]\ndate = \"2026-01-04\"\ncounted = true\nwhy = \"周日调休上班，算第 1 天\"\n"
    );
}

/// The 2026 file with one thing changed.
fn with(from: &str, to: &str) -> String {
    let text = SHIPPED_YEARS[2];
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn a_broken_file_is_refused_with_a_sentence() {
    let cases = [
        (String::new(), "年历文件缺少 年份（year）。请补上再导入。"),
        (
            with("year = 2026", "year = 20266"),
            "年份 20266 不在 2000 至 2099 年之间。请改成对的年份。",
        ),
        (
            with("year = 2026", "year = \"今年\""),
            "第 3 行“year = \"今年\"”看不懂。请照现有年历文件的写法改。",
        ),
        (
            with("[[holiday]]", "[[holidays]]"),
            "第 7 行“[[holidays]]”看不懂。请照现有年历文件的写法改。",
        ),
        (
            with("off = [", "off = "),
            "第 9 行“off = \"2026-01-01\", \"2026-01-02\", \"2026-…”看不懂。请照现有年历文件的写法改。",
        ),
        (
            with(
                "source = \"https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm\"",
                "",
            ),
            "年历文件缺少 通知的网址或文号（source）。请补上再导入。",
        ),
        (
            with(
                "source = \"https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm\"",
                "source = \" \"",
            ),
            "年历文件缺少 通知的网址或文号（source）。请补上再导入。",
        ),
        (
            with("title", "# title"),
            "年历文件缺少 通知名称（title）。请补上再导入。",
        ),
        (
            with("name = \"春节\"", "name = \"\""),
            "第 2 个节日没有名称（name）。请补上，例如 name = \"春节\"。",
        ),
        (
            with("off = [\"2026-06-19\", \"2026-06-20\", \"2026-06-21\"]", ""),
            "“端午节”没有写放假的日子（off）。请补上。",
        ),
        (
            with("2026-02-23", "2026-02-30"),
            "“2026-02-30”不是日期。日期要写成年-月-日，例如 2027-01-01。",
        ),
        (
            with("2026-02-23", "2026-2-23"),
            "“2026-2-23”不是日期。日期要写成年-月-日，例如 2027-01-01。",
        ),
        (
            with("2026-02-23", "2025-02-23"),
            "2025-02-23 不是 2026 年的日期（只有元旦调休可以写上一年 12 月 25 日以后的日子）。请检查年份。",
        ),
        (
            with("2026-02-23", "2026-02-22"),
            "2026-02-22 写了两次。一天只能写一次，要么放假，要么上班。",
        ),
        (
            with("work = [\"2026-01-04\"]", "work = [\"2026-01-03\"]"),
            "2026-01-03 写了两次。一天只能写一次，要么放假，要么上班。",
        ),
        (
            with("work = [\"2026-01-04\"]", "work = [\"2026-01-05\"]"),
            "2026-01-05 是周一，本来就上班，不用写成调休上班（work）。请对照通知检查。",
        ),
        (
            with("name = \"中秋节\"", "name = \"中秋\""),
            "没有写“中秋节”。一年的年历要写全七个节日：元旦、春节、清明节、劳动节、端午节、中秋节、国庆节。",
        ),
        (
            with("\"2026-10-01\", ", ""),
            "2026-10-01 是国庆节法定假日，年历里没有放假。请对照通知检查。",
        ),
        (
            "#".repeat(70_000),
            "年历文件太大（超过 64 KB）。请选一年的年历文件，例如 2027.toml。",
        ),
    ];
    for (text, expected) in cases {
        let refusal = YearCalendar::parse(&text)
            .map(|year| year.year)
            .map_err(|refusal| refusal.to_string());
        assert_eq!(refusal, Err(expected.to_owned()));
    }
    assert_eq!(YearCalendar::parse(SHIPPED_YEARS[2]).unwrap().holidays.len(), 7);
}

#[test]
fn a_typed_date_is_read_or_refused() {
    assert_eq!(parse_date("2026-02-28"), Ok(date("2026-02-28")));
    for wrong in [
        "",
        "2026-02-29",
        "2026-2-8",
        "20260208",
        "1999-12-31",
        "2100-01-01",
        "2026-09-16T00:00",
        "２０２６-01-01",
    ] {
        assert!(parse_date(wrong).is_err(), "{wrong}");
    }
}

/// 2027 as if it were published: a Friday off, and a make-up day that reaches back into 2026.
fn published_2027() -> YearCalendar {
    let text = SHIPPED_YEARS[2]
        .replace("2026-01-04", "2026-12-27")
        .replace("2026", "2027");
    let text = text
        .replace("2027-12-27", "2026-12-27")
        .replace("2027-02-14", "2027-02-13");
    let text = text
        .replace("2027-02-28", "2027-02-27")
        .replace("2027-05-09", "2027-05-08");
    let text = text
        .replace("2027-09-20", "2027-09-19")
        .replace("2027-10-10", "2027-10-09");
    YearCalendar::parse(&text).unwrap()
}

#[test]
fn importing_a_year_settles_what_was_provisional() {
    let mut calendar = Calendar::shipped();
    assert_eq!(calendar.status(2027), YearStatus::Statutory);
    assert_eq!(calendar.status(2028), YearStatus::FixedOnly);
    let (received, before) = (date("2026-12-14"), calendar.digest());
    assert_eq!(calendar.insert(published_2027()), None);
    assert_eq!(calendar.status(2027), YearStatus::Published);
    // Sunday 2026-12-27 is worked for New Year's Day 2027, as 2018-12-29 was for 2019.
    let settled = Due {
        due: date("2026-12-31"),
        provisional: false,
    };
    assert_eq!(calendar.deadline(received, 14, WorkingDays), settled);
    assert_ne!(calendar.digest(), before);
    assert_eq!(calendar.insert(published_2027()), Some(published_2027()));
    assert!(!calendar.deadline(date("2027-03-01"), 3, WorkingDays).provisional);
}

proptest! {
    #[test]
    fn a_deadline_is_what_counting_by_hand_gives(offset in 0i64..1900, n in 1u16..60) {
        let received = date("2023-06-01").saturating_add(jiff::Span::new().days(offset));
        let due = SHIPPED.deadline(received, n, WorkingDays);

        let (mut day, mut left) = (received, n);
        while left > 0 {
            day = day.tomorrow().unwrap();
            left -= u16::from(SHIPPED.is_working_day(day));
        }
        prop_assert_eq!(due.due, day);
        prop_assert!(SHIPPED.is_working_day(due.due));
        prop_assert_eq!(SHIPPED.working_days_between(received, due.due), i32::from(n));
        prop_assert_eq!(SHIPPED.working_days_between(due.due, received), -i32::from(n));
        prop_assert!(SHIPPED.deadline(received.tomorrow().unwrap(), n, WorkingDays).due >= due.due);
        prop_assert!(SHIPPED.deadline(received, n + 1, WorkingDays).due > due.due);
    }

    #[test]
    fn a_derivation_counts_exactly_n_and_ends_when_due(offset in 0i64..1900, n in 1u16..40, months in 1u16..4) {
        let received = date("2023-06-01").saturating_add(jiff::Span::new().days(offset));
        for (n, unit) in [(n, WorkingDays), (n, Days), (months, Months)] {
            let due = SHIPPED.deadline(received, n, unit);
            let lines = SHIPPED.derivation(received, n, unit);
            prop_assert_eq!(lines[0].date, received);
            prop_assert!(!lines[0].counted);
            prop_assert_eq!(lines.last().unwrap().date, due.due);
            prop_assert!(lines.windows(2).all(|pair| pair[0].date.tomorrow().unwrap() == pair[1].date));
            let counted: Vec<_> = lines.iter().filter_map(|line| line.nth).collect();
            prop_assert!(counted.iter().copied().eq(1..=counted.len() as u16));
            prop_assert!(lines.iter().all(|line| line.counted == line.nth.is_some()));
            prop_assert_eq!(lines.iter().any(|line| line.why.contains("暂定")), due.provisional);
            if unit != Months {
                prop_assert_eq!(counted.len(), usize::from(n));
            }
            prop_assert!(SHIPPED.is_working_day(due.due));
        }
    }

    #[test]
    fn no_date_is_too_far(year in -9999i16..=9999, day in 0i64..366, n in 0u16..2000) {
        let received = Date::constant(year, 1, 1).saturating_add(jiff::Span::new().days(day));
        for unit in [WorkingDays, Days, Months] {
            prop_assert!(SHIPPED.deadline(received, n, unit).due >= received);
        }
    }
}
