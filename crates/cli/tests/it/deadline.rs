//! `jinzhi deadline`: exact days, provisional years, a year read in, wrong dates.

use crate::{given, run};

#[test]
fn the_derivation_day_by_day() {
    let cases = [
        // Over New Year 2026, with the Sunday worked for it.
        ("2025-12-12", include_str!("expected/deadline-2025-12-12.json")),
        // Into 2027, for which no arrangement has been published.
        ("2026-12-16", include_str!("expected/deadline-2026-12-16.json")),
    ];
    for (received, expected) in cases {
        assert_eq!(
            run(&["deadline", "--received", received, "--format", "json"]).done(),
            expected
        );
    }
}

#[test]
fn the_last_line_says_it() {
    let calendar = given("2027.toml");
    let cases: &[(&[&str], &str)] = &[
        (&["--received", "2025-12-12"], "最迟 2026-01-04"),
        (&["--received", "2025-12-12", "--days", "1"], "最迟 2025-12-15"),
        (
            &["--received", "2026-12-16"],
            "最迟 2027-01-06（暂定）有年份的放假安排还没公布，公布后可能变。",
        ),
        // The made-up arrangement gives 4 January off; then the date is final.
        (
            &["--received", "2026-12-16", "--calendar", &calendar],
            "最迟 2027-01-07",
        ),
    ];
    for (arguments, last) in cases {
        let told = run(&[&["deadline"], *arguments].concat()).done();
        assert_eq!(told.lines().last(), Some(*last), "{arguments:?}");
    }
}

#[test]
fn what_is_no_date_is_refused() {
    let not_a_calendar = given("findings.json");
    let cases: &[(&[&str], &str)] = &[
        (&["--received", "2026-02-30"], "“2026-02-30”不是日期"),
        (&["--received", "12-12"], "“12-12”不是日期"),
        (&["--received", ""], "不是日期"),
        (&["--received", "1900-01-01"], "年份 1900 不在 2000 至 2099 年之间"),
        (
            &["--received", "2025-12-12", "--days", "0"],
            "--days 要在 1 到 1000 之间",
        ),
        (
            &["--received", "2025-12-12", "--days", "1001"],
            "--days 要在 1 到 1000 之间",
        ),
        (
            &["--received", "2025-12-12", "--calendar", "no-such-file"],
            "读不了 no-such-file",
        ),
        (
            &["--received", "2025-12-12", "--calendar", &not_a_calendar],
            "findings.json：",
        ),
    ];
    for (arguments, words) in cases {
        run(&[&["deadline"], *arguments].concat()).refused(2, words);
    }
}
