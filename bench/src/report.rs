//! One report of a whole case through the press, once the press is warm; every report is another one.

use crate::measure::{Failed, Figure, Goal, Times};
use crate::site::Site;
use crate::story;
use documents::{Prepared, Press};
use press::TypstPress;
use serde_json::Value;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How many reports.
const REPORTS: usize = 100;

/// The report of the case of `story` cut short, and whole, beside the first one printed.
pub async fn figures() -> Result<Vec<Figure>, Failed> {
    let folder = TempDir::new()?;
    let site = Site::found(folder.path()).await?;
    story::filed(&site).await?;
    let report = site.press.report().ok_or("no report was issued")?;
    let press = TypstPress::new(&[".cache/fonts".into()]);
    let start = Instant::now();
    press.pdf(&another(&report, 0)?)?;
    let cold = start.elapsed();
    let short = short(&press, &report)?;
    let goal = Goal::Median(Duration::from_millis(15));
    Ok(vec![
        figure(&press, &short, goal, cold)?,
        figure(&press, &report, Goal::None, cold)?,
    ])
}

fn figure(press: &TypstPress, report: &Prepared, goal: Goal, cold: Duration) -> Result<Figure, Failed> {
    let first = press.pdf(report)?;
    let mut times = Vec::with_capacity(REPORTS);
    for n in 1..=REPORTS + 10 {
        let report = another(report, n)?;
        let start = Instant::now();
        press.pdf(&report)?;
        if n > 10 {
            times.push(start.elapsed());
        }
    }
    Ok(Figure {
        what: format!("report of {} pages, {} KB", first.pages, first.bytes.len() / 1024),
        times: Times::of(times),
        goal,
        peer: "the first one, cold".into(),
        peer_median: cold,
    })
}

/// The pages of a short report. The goal speaks of two, but what every report says takes more in type of 22 lines of 28
/// characters, even with nothing found: three pages under the goal of two are under it all the more.
const SHORT: usize = 3;
/// What a short report has less of.
const LISTS: [&str; 7] = [
    "/findings",
    "/clauses",
    "/readings",
    "/statement/arguments",
    "/procedure",
    "/coordination",
    "/account",
];

/// The same report without the opinions' sheets, its longest list cut until the pages of a short one hold it.
fn short(press: &TypstPress, report: &Prepared) -> Result<Prepared, Failed> {
    let mut data: Value = serde_json::from_slice(&report.data)?;
    data["opinions"] = Value::Array(Vec::new());
    loop {
        let short = Prepared {
            data: serde_json::to_vec(&data)?,
            ..report.clone()
        };
        if press.pdf(&short)?.pages <= SHORT {
            return Ok(short);
        }
        let length = |list: &&str| data.pointer(list).and_then(Value::as_array).map_or(0, Vec::len);
        let longest = LISTS.iter().copied().max_by_key(length).unwrap_or_default();
        let items = data.pointer_mut(longest).and_then(Value::as_array_mut);
        if items.and_then(Vec::pop).is_none() {
            return Err("the report is longer than a short one, whatever is cut".into());
        }
    }
}

/// The same report of another case: number, receipt and account differ.
fn another(report: &Prepared, n: usize) -> Result<Prepared, Failed> {
    let data = std::str::from_utf8(&report.data)?;
    let data = data
        .replace("2026-0001", &format!("2026-{n:04}"))
        .replace("按规定查了平台", &format!("第{n}次按规定查了平台"));
    Ok(Prepared {
        data: data.into_bytes(),
        ..report.clone()
    })
}
