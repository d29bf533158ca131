//! The timeline of a case, drawn: what was done when, today, and the two clocks as bars below each other — the
//! statutory one (法定期限) and the target of the present step (本步).
//!
//! Days lie in their order, not to scale: a week without an act takes no more room than its label needs. The same
//! points are a list for narrow screens and for those who listen.

use super::head::is_applicants;
use crate::words::{date, day};
use app::Standing;
use app::reading::CaseFile;
use base::Date;
use casefile::Case;
use casefile::stage::Stage;
use std::collections::BTreeMap;

/// Width of the drawing, in its own units: as wide as the page leaves room for, so that letters keep their size.
const WIDE: i32 = 900;
/// The same on the worker's page.
const NARROW: i32 = 580;
/// Where the first point lies; left of it the bars have their names.
const LEFT: i32 = 80;
/// How far the last point lies from the right edge.
const RIGHT: i32 = 44;
/// Height of one row of labels.
const ROW: i32 = 22;

/// The line of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The points in order of their days; none before the receipt.
    pub points: Vec<Point>,
    /// The two clocks.
    pub bars: Vec<Bar>,
    /// Width of the drawing.
    pub width: i32,
    /// Where the line itself lies.
    pub axis: i32,
    /// Where the short dates stand.
    pub dates: i32,
    /// Height of the drawing.
    pub height: i32,
}

/// One day on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Where it lies.
    pub x: i32,
    /// Where its label stands.
    pub y: i32,
    /// `at-past`, `at-today`, `at-due` or `at-step`.
    pub class: &'static str,
    /// How the label hangs on the point: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// The label in the drawing.
    pub label: String,
    /// `9-16`
    pub short: String,
    /// `9 月 16 日（周三）`
    pub when: String,
    /// All that lies on the day.
    pub what: String,
}

/// A clock: how long it runs, and how much of it has run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its name.
    pub name: &'static str,
    /// Where it lies.
    pub y: i32,
    /// Where it begins.
    pub x: i32,
    /// How long it is.
    pub width: i32,
    /// How much of it has run.
    pub run: i32,
    /// How far past its end it ran; 0 for not.
    pub late: i32,
    /// `statutory` or `step`; with ` met` once it has stopped, ` provisional` while its end is.
    pub class: &'static str,
}

/// What lies on a day: what it is, and its look.
type Marks = BTreeMap<Date, Vec<(String, &'static str)>>;

/// The line of the case as its reader may see it; empty before the receipt.
pub fn line(file: &CaseFile) -> Line {
    let Some(receipt) = &file.case.receipt else {
        return Line::default();
    };
    let over = file.case.ending.is_some() || file.case.is_closed();
    let mut marks = done(&file.case);
    let mut mark = |on: Date, what: &str, class| marks.entry(on).or_default().push((what.to_owned(), class));
    let due = receipt.due.due;
    let provisional = if receipt.due.provisional { "（暂定）" } else { "" };
    let met = file.concluded;
    if let Some((on, _)) = met.filter(|_| file.case.conclusion.is_none()) {
        mark(on, "调查结论", "at-past");
    }
    if !over || met.is_some() {
        mark(due, &format!("法定期限{provisional}"), "at-due");
    }
    let step = step(file).filter(|(_, until)| *until != due || met.is_some());
    if let Some((_, until)) = step {
        mark(until, "本步期限", "at-step");
    }
    if !over {
        mark(file.today, "今天", "at-today");
    }
    let width = if file.standing == Standing::Applicant {
        NARROW
    } else {
        WIDE
    };
    let places = places(&marks, width);
    let mut bars = Vec::new();
    if !over || met.is_some() {
        let until = met.map_or(file.today, |(on, _)| on);
        let class = match (receipt.due.provisional, met) {
            (_, Some(_)) => "statutory met",
            (true, None) => "statutory provisional",
            (false, None) => "statutory",
        };
        bars.push(bar("法定期限", &places, (receipt.received_on, due), until, class));
    }
    if let Some(span) = step {
        bars.push(bar("本步", &places, span, file.today, "step"));
    }
    drawn(marks, &places, bars, width)
}

/// The span of the present step: since when it waits, until when. For the applicant only what waits for them.
fn step(file: &CaseFile) -> Option<(Date, Date)> {
    let own = file.standing == Standing::Applicant;
    let waits = file.waiting.iter().filter(|wait| !own || is_applicants(file, wait));
    let spans = waits.filter_map(|wait| Some((wait.since, wait.due?)));
    spans.min_by_key(|(_, until)| *until)
}

/// What was done, from the case alone.
fn done(case: &Case) -> Marks {
    let mut marks = Marks::new();
    let mut mark = |on: Option<Date>, what: &str| {
        if let Some(on) = on {
            let of_day = marks.entry(on).or_default();
            if !of_day.iter().any(|(known, _)| known == what) {
                of_day.push((what.to_owned(), "at-past"));
            }
        }
    };
    mark(case.receipt.as_ref().map(|receipt| receipt.received_on), "收到");
    mark(case.supplement.as_ref().map(|asked| asked.asked_on), "告知补正");
    let answered = case.supplement.as_ref().and_then(|asked| asked.answer.as_ref());
    mark(answered.map(|answer| answer.on), "补正");
    mark(case.accepted.as_ref().map(|done| done.on), "受理");
    mark(case.statement.invited.map(|(on, _)| on), "申辩告知");
    mark(case.statement.stated, "说明和申辩");
    for round in &case.rounds {
        mark(round.conclusion.as_ref().map(|conclusion| conclusion.on), "调查结论");
        mark(
            round.determination.as_ref().map(|determination| determination.on),
            "认定",
        );
        mark(Some(round.reopened_on), "重新办理");
    }
    mark(case.conclusion.as_ref().map(|conclusion| conclusion.on), "调查结论");
    mark(case.opinions_opened.map(|at| at.date()), "打开意见");
    for consultation in &case.consultations {
        mark(consultation.minutes.as_ref().map(|minutes| minutes.on), "会商");
    }
    mark(case.escalation.as_ref().map(|escalation| escalation.on), "上报");
    mark(
        case.coordination.as_ref().map(|coordination| coordination.on),
        "市级协调",
    );
    mark(case.determinations.last().map(|determination| determination.on), "认定");
    mark(case.reports.last().map(|report| report.on), "出具报告");
    let served = case.services.iter().map(|service| {
        let signed = service.acknowledged.as_ref().map(|(on, _)| *on);
        service.complete().then(|| signed.unwrap_or(service.on))
    });
    let served: Option<Vec<Date>> = served.collect();
    mark(served.and_then(|days| days.into_iter().max()), "送达");
    for review in &case.reviews {
        mark(Some(review.applied_on), "申请复核");
        mark(review.decision.as_ref().map(|decision| decision.on), "复核决定");
    }
    mark(case.ending.as_ref().map(|ending| ending.on), Stage::of(case).name());
    mark(case.filed.as_ref().map(|filed| filed.on), "归档");
    marks
}

/// Where each day lies: gaps grow with the days between, but never below what a label needs nor far above it.
fn places(marks: &Marks, width: i32) -> BTreeMap<Date, i32> {
    let days: Vec<Date> = marks.keys().copied().collect();
    let weights: Vec<i32> = days
        .windows(2)
        .map(|pair| 6 + (pair[1] - pair[0]).get_days().min(8))
        .collect();
    let whole = weights.iter().sum::<i32>().max(1);
    let mut at = 0;
    let mut places = BTreeMap::new();
    for (n, day) in days.iter().enumerate() {
        places.insert(*day, LEFT + (width - RIGHT - LEFT) * at / whole);
        at += weights.get(n).unwrap_or(&0);
    }
    places
}

/// Where a day lies that may be no point itself: between its neighbours, by days.
fn place(places: &BTreeMap<Date, i32>, day: Date) -> i32 {
    let before = places.range(..=day).next_back();
    let after = places.range(day..).next();
    match (before, after) {
        (Some((from, x)), Some((to, end))) if from < to => {
            x + (end - x) * (day - *from).get_days() / (*to - *from).get_days().max(1)
        }
        (Some((_, x)), _) | (None, Some((_, x))) => *x,
        (None, None) => LEFT,
    }
}

fn bar(
    name: &'static str,
    places: &BTreeMap<Date, i32>,
    (from, due): (Date, Date),
    until: Date,
    class: &'static str,
) -> Bar {
    let [x, end, now] = [from, due, until].map(|day| place(places, day));
    Bar {
        name,
        y: 0,
        x,
        width: (end - x).max(4),
        run: (now.min(end) - x).max(0),
        late: (now - end).max(0),
        class,
    }
}

/// The drawing: labels on alternating rows above the line, the bars below it, the short dates at the foot.
fn drawn(marks: Marks, places: &BTreeMap<Date, i32>, mut bars: Vec<Bar>, width: i32) -> Line {
    // A label needs some hundred units of its row.
    let rows = if i32::try_from(marks.len()).unwrap_or_default() * 90 > width {
        3
    } else {
        2
    };
    let axis = rows * ROW + 14;
    for (n, bar) in (0..).zip(&mut bars) {
        bar.y = axis + 16 + n * ROW;
    }
    let dates = axis + 34 + i32::try_from(bars.len()).unwrap_or_default() * ROW;
    let last = marks.len().saturating_sub(1);
    let points = (0..).zip(marks).map(|(n, (on, of_day))| {
        let class = ["at-today", "at-due", "at-step", "at-past"]
            .into_iter()
            .find(|class| of_day.iter().any(|(_, look)| look == class));
        let what: Vec<&str> = of_day.iter().map(|(what, _)| what.as_str()).collect();
        Point {
            x: places.get(&on).copied().unwrap_or(LEFT),
            y: 16 + (rows - 1 - n % rows) * ROW,
            class: class.unwrap_or("at-past"),
            anchor: match usize::try_from(n) {
                Ok(n) if n == last && n > 0 => "end",
                Ok(0) => "start",
                _ => "middle",
            },
            label: match what.as_slice() {
                [one, two, _, ..] => format!("{one}、{two}等"),
                few => few.join("、"),
            },
            short: format!("{}-{}", on.month(), on.day()),
            when: if of_day.iter().any(|(_, look)| *look == "at-due") {
                date(on)
            } else {
                day(on)
            },
            what: what.join("、"),
        }
    });
    Line {
        points: points.collect(),
        bars,
        width,
        axis,
        dates,
        height: dates + 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i8) -> Date {
        Date::constant(2026, 9, day)
    }

    fn marks(days: &[i8]) -> Marks {
        days.iter()
            .map(|day| (at(*day), vec![("受理".to_owned(), "at-past")]))
            .collect()
    }

    #[test]
    fn days_lie_in_order_within_the_drawing_and_apart() {
        let places = places(&marks(&[1, 2, 3, 9, 30]), WIDE);
        let xs: Vec<i32> = places.values().copied().collect();
        assert_eq!((xs[0], xs[4]), (LEFT, WIDE - RIGHT));
        assert!(xs.windows(2).all(|pair| pair[1] - pair[0] >= 90), "{xs:?}");
        assert!(place(&places, at(5)) > xs[2] && place(&places, at(5)) < xs[3]);
    }

    #[test]
    fn a_clock_runs_to_its_end_and_past_it() {
        let places = places(&marks(&[1, 11, 21]), NARROW);
        let half = bar("法定期限", &places, (at(1), at(21)), at(11), "statutory");
        assert_eq!((half.run * 2, half.late), (half.width, 0));
        let late = bar("法定期限", &places, (at(1), at(11)), at(21), "statutory");
        assert!(late.run == late.width && late.late > 0);
    }
}
