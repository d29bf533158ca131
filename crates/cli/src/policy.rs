//! `jinzhi policy check`, `jinzhi policy evaluate` and `jinzhi deadline`: the rules and the calendar without a record.

use crate::Failed;
use crate::arguments::Format;
use crate::site::pack_in;
use base::calendar::{Calendar, YearCalendar, parse_date};
use base::law::Unit;
use rules::EvaluationInput;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The most working days a deadline is asked for.
const LONGEST: u16 = 1000;

/// Checks a pack; exit 1 and the reasons where it is unsound.
pub fn check(folder: &Path) -> Result<(), Failed> {
    let pack = pack_in(folder)?;
    let problems = pack.check();
    if problems.is_empty() {
        say!(
            "{}：成立。{} 条条款，{} 个问题，{} 种读法，{} 个实例都对得上。",
            pack.title,
            pack.clauses.len(),
            pack.questions.len(),
            pack.readings.len(),
            pack.examples.len()
        );
        return Ok(());
    }
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Err(Failed::no(format!(
        "{}：有 {} 处不成立。\n{}",
        pack.title,
        problems.len(),
        told.join("\n")
    )))
}

/// Evaluates a pack over findings.
pub fn evaluate(folder: &Path, findings: &str, format: Format) -> Result<(), Failed> {
    let pack = pack_in(folder)?;
    let text = read(findings)?;
    let input = EvaluationInput::parse(&text).map_err(Failed::use_)?;
    match format {
        Format::Json => print_json(&input.evaluate(&pack).map_err(Failed::use_)?),
        Format::Text => {
            let assessment = pack
                .evaluate(&input.findings, &input.readings, input.claim.as_deref())
                .map_err(Failed::use_)?;
            say!("{}", pack.explain(&assessment));
            Ok(())
        }
    }
}

/// The due date of a receipt, with its derivation.
pub fn deadline(received: &str, days: u16, format: Format, calendars: &[PathBuf]) -> Result<(), Failed> {
    let mut calendar = Calendar::shipped();
    for path in calendars {
        let text = std::fs::read_to_string(path)
            .map_err(|e| Failed::use_(format!("读不了 {}：{e}。请看路径对不对。", path.display())))?;
        calendar.insert(YearCalendar::parse(&text).map_err(|e| Failed::use_(format!("{}：{e}", path.display())))?);
    }
    let received = parse_date(received).map_err(Failed::use_)?;
    if days == 0 || days > LONGEST {
        return Err(Failed::use_(format!("--days 要在 1 到 {LONGEST} 之间。")));
    }
    let report = calendar.report(received, days, Unit::WorkingDays);
    if format == Format::Json {
        return print_json(&report);
    }
    for day in &report.days {
        say!("{} {} {}", day.date, if day.counted { "算" } else { "不算" }, day.why);
    }
    let provisional = if report.provisional {
        "（暂定）有年份的放假安排还没公布，公布后可能变。"
    } else {
        ""
    };
    say!("最迟 {}{provisional}", report.due);
    Ok(())
}

fn print_json(value: &impl serde::Serialize) -> Result<(), Failed> {
    let text = serde_json::to_string(value).map_err(Failed::no)?;
    say!("{text}");
    Ok(())
}

/// The text of a file, or of standard input for `-`; at most a megabyte.
fn read(path: &str) -> Result<String, Failed> {
    const LARGEST: u64 = 1024 * 1024;
    let mut text = String::new();
    let done = if path == "-" {
        std::io::stdin().take(LARGEST).read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LARGEST).read_to_string(&mut text))
    };
    done.map_err(|e| Failed::use_(format!("读不了 {path}：{e}。请看路径对不对。")))?;
    Ok(text)
}
