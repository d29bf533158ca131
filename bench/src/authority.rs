//! What the condition of authority costs a list of 10,000 cases: the rows of a page and their count as the bureau's lead
//! may see them, beside the same without any condition, and the difference as a share of the whole request.

use crate::measure::{Failed, Figure, Goal, Times};
use crate::pages::{Measuring, REQUESTS, at_sizes};
use crate::site::{day, institution, person};
use std::time::Instant;
use store::{CaseFilter, Except, Scope};

/// How many cases the record holds.
const CASES: usize = 10_000;
/// Rows of a page.
const ROWS: u32 = 20;

/// The first page of the whole list and of filtered ones.
pub async fn figures(tell: impl FnMut(Vec<Figure>)) -> Result<(), Failed> {
    at_sizes(&[CASES], async |measuring, _| lists(measuring).await, tell).await
}

async fn lists(measuring: &Measuring<'_>) -> Result<Vec<Figure>, Failed> {
    let none = CaseFilter::default;
    let stage = |stage: &str| vec![stage.to_owned()];
    let lists = [
        ("first page", "/cases", none()),
        (
            "closed",
            "/cases?state=closed",
            CaseFilter {
                closed: Some(true),
                ..none()
            },
        ),
        (
            "a rare stage",
            "/cases?state=consultation",
            CaseFilter {
                stages: stage("consultation"),
                ..none()
            },
        ),
        (
            "received in a span",
            "/cases?from=2026-09-03&to=2026-09-09",
            CaseFilter {
                received_from: Some(day(9, 3)),
                received_by: Some(day(9, 9)),
                ..none()
            },
        ),
        (
            "searched by name",
            "/cases?q=%E7%8E%8B%E6%98%A5",
            CaseFilter {
                text: Some("王春".into()),
                ..none()
            },
        ),
    ];
    let mut figures = Vec::new();
    for (what, path, open) in lists {
        let narrowed = CaseFilter {
            scope: Scope::Bureau(institution(1)),
            except: Some(Except {
                person: person("局长"),
                units: Vec::new(),
            }),
            ..open.clone()
        };
        let open = CaseFilter {
            scope: Scope::All,
            ..open
        };
        let [with, without] = turns(measuring, [&narrowed, &open]).await?;
        let request = measuring.pages(&measuring.lead, &[path.to_owned()]).await?.median();
        let more = with.median().as_secs_f64() - without.median().as_secs_f64();
        let share = 100.0 * more / request.as_secs_f64();
        figures.push(Figure {
            what: format!("authority, {what} of {}: {share:.1} % of the request", measuring.size),
            times: with,
            goal: Goal::None,
            peer: "without the condition".into(),
            peer_median: without.median(),
        });
    }
    Ok(figures)
}

/// Both filters in turn, so that a busy machine is busy for both.
async fn turns(measuring: &Measuring<'_>, filters: [&CaseFilter; 2]) -> Result<[Times; 2], Failed> {
    let store = measuring.site.app.store();
    let mut times = [Vec::new(), Vec::new()];
    for n in 0..REQUESTS + 20 {
        for (filter, times) in filters.iter().zip(&mut times) {
            let start = Instant::now();
            store.list_cases(filter, Default::default(), None, ROWS).await?;
            store.count_cases(filter).await?;
            if n >= 20 {
                times.push(start.elapsed());
            }
        }
    }
    Ok(times.map(Times::of))
}
