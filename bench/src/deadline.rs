//! One deadline without its derivation, beside the loop one would write first: day by day, with a map of holidays.

use crate::measure::{Failed, Figure, Goal, repeat};
use base::Date;
use base::calendar::Calendar;
use base::law::Unit;
use std::collections::HashMap;
use std::hint::black_box;
use std::time::Duration;

/// The working days of 七（二） and of a long stretch over the turn of a year.
pub fn figures() -> Result<Vec<Figure>, Failed> {
    let calendar = Calendar::shipped();
    let listed = listed(&calendar);
    let days: Vec<Date> = std::iter::successors(Some(Date::constant(2025, 1, 1)), |day| day.tomorrow().ok())
        .take(365)
        .collect();
    let mut figures = Vec::new();
    for n in [14, 60] {
        for day in &days {
            let (ours, naive) = (
                calendar.deadline(*day, n, Unit::WorkingDays).due,
                naive(&listed, *day, n)?,
            );
            if ours != naive {
                return Err(format!("{n} working days from {day}: {ours}, day by day {naive}").into());
            }
        }
        // A duration is one deadline: the mean over receipt on each day of the year.
        let year = days.len() as u32;
        let ours = || {
            for day in &days {
                black_box(calendar.deadline(*day, n, Unit::WorkingDays));
            }
        };
        let peer = || {
            for day in &days {
                black_box(naive(&listed, *day, n).ok());
            }
        };
        figures.push(Figure {
            what: format!("deadline of {n} working days"),
            times: repeat(2_000, ours).divided(year),
            goal: Goal::Median(Duration::from_micros(1)),
            peer: "day by day with a map of holidays".into(),
            peer_median: repeat(2_000, peer).divided(year).median(),
        });
    }
    Ok(figures)
}

/// Days that the arrangements name, and whether people work on them.
fn listed(calendar: &Calendar) -> HashMap<Date, bool> {
    let mut listed = HashMap::new();
    for holiday in calendar.published().flat_map(|year| &year.holidays) {
        listed.extend(holiday.off.iter().map(|day| (*day, false)));
        listed.extend(holiday.work.iter().map(|day| (*day, true)));
    }
    listed
}

fn naive(listed: &HashMap<Date, bool>, received: Date, n: u16) -> Result<Date, Failed> {
    let (mut day, mut left) = (received, n);
    while left > 0 {
        day = day.tomorrow()?;
        let works = listed
            .get(&day)
            .copied()
            .unwrap_or(day.weekday().to_monday_one_offset() <= 5);
        left -= u16::from(works);
    }
    Ok(day)
}
