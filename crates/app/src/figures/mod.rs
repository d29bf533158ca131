//! Figures for leads and the city: what was received in a year, how it went, how long it took and where it waits.
//!
//! Counted by the store in one pass over the cases the viewer may see; protected as one system of sums, so that no
//! table gives away what another hides. Bodies and months stand in their own order, never by size, and nothing is
//! counted by person or township.

mod protect;

pub use protect::{LEAST, Shown, Sum};

use crate::App;
use crate::authority::{Matter, Viewer, except, scope, seat_in};
use crate::error::Result;
use crate::reading::is_within;
use crate::views::Pace;
use base::law::Party;
use base::{Date, InstitutionId};
use casefile::Refusal;
use casefile::stage::Stage;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use store::Tally;

/// How many years can be chosen.
const YEARS: i16 = 5;

/// How a case stands to its statutory day today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timing {
    /// 按期作出结论
    InTime,
    /// 超期作出结论
    Late,
    /// 没到期
    Running,
    /// 已超期，还没作出
    Overdue,
    /// 没作结论就结束
    Ended,
}

impl Timing {
    /// Every one, in the order of the page.
    pub const ALL: [Timing; 5] = [
        Timing::InTime,
        Timing::Late,
        Timing::Running,
        Timing::Overdue,
        Timing::Ended,
    ];

    fn of(tally: &Tally, today: Date) -> Timing {
        match Pace::parse(&tally.pace) {
            Some(Pace::InTime) => Timing::InTime,
            Some(Pace::Late) => Timing::Late,
            Some(Pace::Ended) => Timing::Ended,
            _ if tally.due_on.is_some_and(|due| due < today) => Timing::Overdue,
            _ => Timing::Running,
        }
    }
}

/// The spans of working days a conclusion took: from, to.
pub const SPANS: [(u32, u32); 4] = [(0, 5), (6, 10), (11, 14), (15, u32::MAX)];

/// What a cell counts, of one body or of all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Year(Option<Timing>),
    Month(u8, Option<Timing>),
    Concluded,
    Span(usize),
    Outcome(Option<String>),
    Stage(Stage),
    Clause(String, Option<Option<String>>),
}

/// A line of a table: what was received, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 收到
    pub received: Shown,
    /// In the order of [`Timing::ALL`].
    pub timing: Vec<Shown>,
}

/// A clause that was claimed: how often, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseLine {
    /// Its id in the pack.
    pub id: String,
    /// Its citation.
    pub citation: String,
    /// How often.
    pub claimed: Shown,
    /// In the order of [`Figures::outcomes`].
    pub outcomes: Vec<Shown>,
}

/// The figures of a year.
#[derive(Clone, Debug)]
pub struct Figures {
    /// The year of receipt.
    pub year: i16,
    /// The years that can be chosen.
    pub years: Vec<i16>,
    /// The bodies that can be chosen; empty for who sees one alone.
    pub bodies: Vec<(InstitutionId, String)>,
    /// The body chosen; `None` is all of them.
    pub body: Option<InstitutionId>,
    /// Its name, or the city's.
    pub name: String,
    /// The whole year.
    pub total: Line,
    /// The months in which something could be received, in their order.
    pub months: Vec<(u8, Line)>,
    /// Each body's year, where all are shown; by division.
    pub by_body: Vec<(InstitutionId, String, Line)>,
    /// What was determined; `None` is not yet.
    pub outcomes: Vec<(Option<String>, Shown)>,
    /// How many conclusions there are.
    pub concluded: Shown,
    /// Working days they took, by [`SPANS`].
    pub spans: Vec<Shown>,
    /// The middle one of them, where there are enough.
    pub median: Option<u32>,
    /// Where cases stand.
    pub stages: Vec<(Stage, Shown)>,
    /// By clause claimed.
    pub clauses: Vec<ClauseLine>,
}

impl App {
    /// The figures of a year for a lead's own body, or for the city's all or one of them.
    ///
    /// # Errors
    /// Not found for everybody else.
    pub async fn figures(&self, viewer: &Viewer, year: Option<i16>, body: Option<InstitutionId>) -> Result<Figures> {
        if seat_in(viewer, Matter::SeeFigures).is_none() {
            return Err(Refusal::not_found().into());
        }
        let today = self.today();
        let years: Vec<i16> = (0..YEARS).map(|back| today.year() - back).collect();
        let year = year.filter(|year| years.contains(year)).unwrap_or(today.year());
        let scope = scope(viewer).ok_or_else(Refusal::not_found)?;
        let all = self.institutions().await?;
        let mut bodies: Vec<(InstitutionId, String)> = all
            .iter()
            .filter(|one| one.party == Some(Party::Bureau))
            .filter(|one| is_within(one, &scope))
            .map(|one| (one.id, one.name.clone()))
            .collect();
        let ids: Vec<InstitutionId> = bodies.iter().map(|(id, _)| *id).collect();
        let tallies = self.store.tallies(&ids, year, Some(&except(viewer))).await?;
        let months = self.months(year, &tallies).await?;
        let pack = self.packs.current();
        let outcomes = pack.outcomes.iter().map(|outcome| outcome.code.to_string());
        let mut table = Table::new(ids.len(), months.clone(), outcomes.collect());
        for tally in &tallies {
            if let Some(at) = ids.iter().position(|id| *id == tally.institution) {
                table.add(at, tally, Timing::of(tally, today));
            }
        }
        let table = table.protected();
        let chosen = body.and_then(|body| ids.iter().position(|id| *id == body));
        let at = chosen.unwrap_or(if ids.len() == 1 { 0 } else { ids.len() });
        let name = match (bodies.get(at), all.iter().find(|one| one.party == Some(Party::City))) {
            (Some((_, name)), _) => name.clone(),
            (None, Some(city)) => city.name.clone(),
            (None, None) => String::new(),
        };
        let by_body = if at == ids.len() {
            let line = |(n, (id, name)): (usize, &(InstitutionId, String))| (*id, name.clone(), table.line(n, None));
            bodies.iter().enumerate().map(line).collect()
        } else {
            Vec::new()
        };
        if ids.len() == 1 {
            bodies.clear();
        }
        let shown = |what: What| table.shown(at, what);
        let concluded = shown(What::Concluded);
        let of_body = |tally: &&Tally| at == ids.len() || ids.get(at) == Some(&tally.institution);
        Ok(Figures {
            year,
            years,
            body: chosen.map(|at| ids[at]),
            name,
            total: table.line(at, None),
            months: months.map(|month| (month, table.line(at, Some(month)))).collect(),
            by_body,
            outcomes: table
                .outcomes()
                .map(|code| (code.clone(), shown(What::Outcome(code))))
                .collect(),
            median: concluded.number().and_then(|_| median(tallies.iter().filter(of_body))),
            concluded,
            spans: (0..SPANS.len()).map(|span| shown(What::Span(span))).collect(),
            stages: Stage::ALL
                .iter()
                .map(|stage| (*stage, shown(What::Stage(*stage))))
                .collect(),
            clauses: (pack.clauses.iter())
                .filter(|clause| table.clauses.contains(&clause.id.to_string()))
                .map(|clause| ClauseLine {
                    id: clause.id.to_string(),
                    citation: clause.citation.clone(),
                    claimed: shown(What::Clause(clause.id.to_string(), None)),
                    outcomes: (table.outcomes())
                        .map(|code| shown(What::Clause(clause.id.to_string(), Some(code))))
                        .collect(),
                })
                .collect(),
            bodies,
        })
    }
}

impl App {
    /// The months of a year in which something could be received: since the site began, until now. Earlier ones and
    /// later ones are no figures; a paper may have been handed in before the site began.
    async fn months(&self, year: i16, tallies: &[Tally]) -> Result<RangeInclusive<u8>> {
        let month = |date: Date| date.month().unsigned_abs();
        let (began, today) = (self.store.began().await?.date(), self.today());
        let first = match began.year().cmp(&year) {
            Ordering::Less => 1,
            Ordering::Equal => month(began),
            Ordering::Greater => 12,
        };
        let last = if today.year() == year { month(today) } else { 12 };
        let counted = tallies.iter().filter_map(month_of);
        let first = counted.clone().min().unwrap_or(first).min(first);
        let last = counted.max().unwrap_or(last).max(last);
        Ok(first..=last)
    }
}

/// The month of receipt, from 1.
fn month_of(tally: &Tally) -> Option<u8> {
    tally.month.get(5..)?.parse().ok()
}

/// The middle number of working days.
fn median<'a>(tallies: impl Iterator<Item = &'a Tally>) -> Option<u32> {
    let mut days: Vec<(u32, u64)> = tallies.filter_map(|tally| Some((tally.days_used?, tally.n))).collect();
    days.sort_unstable();
    let half = days.iter().map(|(_, n)| n).sum::<u64>().div_ceil(2);
    let mut passed = 0;
    days.into_iter().find_map(|(days, n)| {
        passed += n;
        (passed >= half).then_some(days)
    })
}

/// All cells of all bodies; the last place is all bodies together.
struct Table {
    bodies: usize,
    months: RangeInclusive<u8>,
    codes: Vec<String>,
    clauses: Vec<String>,
    cells: BTreeMap<(usize, What), u64>,
    shown: BTreeMap<(usize, What), Shown>,
}

impl Table {
    fn new(bodies: usize, months: RangeInclusive<u8>, codes: Vec<String>) -> Table {
        Table {
            bodies,
            months,
            codes,
            clauses: Vec::new(),
            cells: BTreeMap::new(),
            shown: BTreeMap::new(),
        }
    }

    /// The outcomes of the page: those of the pack, then none yet.
    fn outcomes(&self) -> impl Iterator<Item = Option<String>> {
        self.codes.iter().cloned().map(Some).chain([None])
    }

    fn add(&mut self, body: usize, tally: &Tally, timing: Timing) {
        let month = month_of(tally).unwrap_or(0);
        let mut whats = vec![
            What::Year(None),
            What::Year(Some(timing)),
            What::Month(month, None),
            What::Month(month, Some(timing)),
            What::Outcome(tally.outcome.clone()),
        ];
        whats.extend(Stage::parse(&tally.stage).map(What::Stage));
        if let Some(days) = tally
            .days_used
            .filter(|_| matches!(timing, Timing::InTime | Timing::Late))
        {
            whats.push(What::Concluded);
            let span = SPANS.iter().position(|(from, to)| (*from..=*to).contains(&days));
            whats.extend(span.map(What::Span));
        }
        for clause in &tally.clauses {
            whats.push(What::Clause(clause.clone(), None));
            whats.push(What::Clause(clause.clone(), Some(tally.outcome.clone())));
            if !self.clauses.contains(clause) {
                self.clauses.push(clause.clone());
            }
        }
        // An outcome of an earlier pack has its place too.
        self.codes.extend(
            tally
                .outcome
                .iter()
                .filter(|code| !self.codes.contains(code))
                .cloned()
                .collect::<Vec<_>>(),
        );
        for what in whats {
            if self.bodies != 1 {
                *self.cells.entry((self.bodies, what.clone())).or_default() += tally.n;
            }
            *self.cells.entry((body, what)).or_default() += tally.n;
        }
    }

    /// Each total with its parts, of one body.
    fn sums(&self) -> Vec<(What, Vec<What>)> {
        let timings = || Timing::ALL.into_iter();
        let months = || self.months.clone();
        let mut sums = vec![
            (
                What::Year(None),
                timings().map(|timing| What::Year(Some(timing))).collect(),
            ),
            (
                What::Year(None),
                months().map(|month| What::Month(month, None)).collect(),
            ),
            (What::Year(None), self.outcomes().map(What::Outcome).collect()),
            (
                What::Year(None),
                Stage::ALL.iter().map(|stage| What::Stage(*stage)).collect(),
            ),
            (
                What::Concluded,
                vec![What::Year(Some(Timing::InTime)), What::Year(Some(Timing::Late))],
            ),
            (What::Concluded, (0..SPANS.len()).map(What::Span).collect()),
        ];
        for timing in timings() {
            let parts = months().map(|month| What::Month(month, Some(timing))).collect();
            sums.push((What::Year(Some(timing)), parts));
        }
        for month in months() {
            let parts = timings().map(|timing| What::Month(month, Some(timing))).collect();
            sums.push((What::Month(month, None), parts));
        }
        for clause in &self.clauses {
            let parts = self.outcomes().map(|code| What::Clause(clause.clone(), Some(code)));
            sums.push((What::Clause(clause.clone(), None), parts.collect()));
        }
        sums
    }

    /// The table with what may be shown of it.
    fn protected(mut self) -> Table {
        let of_one = self.sums();
        let places: Vec<usize> = match self.bodies {
            0 => Vec::new(),
            1 => vec![0],
            bodies => (0..=bodies).collect(),
        };
        let mut keys: BTreeMap<(usize, What), usize> = BTreeMap::new();
        let mut values = Vec::new();
        let mut cell = |at: usize, what: &What| {
            *keys.entry((at, what.clone())).or_insert_with(|| {
                values.push(self.cells.get(&(at, what.clone())).copied().unwrap_or(0));
                values.len() - 1
            })
        };
        let mut sums = Vec::new();
        for at in &places {
            for (total, parts) in &of_one {
                sums.push(Sum {
                    total: cell(*at, total),
                    parts: parts.iter().map(|part| cell(*at, part)).collect(),
                });
            }
        }
        if self.bodies > 1 {
            let mut whats: Vec<&What> = of_one
                .iter()
                .flat_map(|(total, parts)| parts.iter().chain([total]))
                .collect();
            whats.sort();
            whats.dedup();
            for what in whats {
                sums.push(Sum {
                    total: cell(self.bodies, what),
                    parts: (0..self.bodies).map(|body| cell(body, what)).collect(),
                });
            }
        }
        let shown = protect::protect(&values, &sums);
        self.shown = keys.into_iter().map(|(key, at)| (key, shown[at])).collect();
        self
    }

    fn shown(&self, at: usize, what: What) -> Shown {
        self.shown.get(&(at, what)).copied().unwrap_or(Shown::Few)
    }

    fn line(&self, at: usize, month: Option<u8>) -> Line {
        let what = |timing| match month {
            Some(month) => What::Month(month, timing),
            None => What::Year(timing),
        };
        Line {
            received: self.shown(at, what(None)),
            timing: Timing::ALL.map(|timing| self.shown(at, what(Some(timing)))).to_vec(),
        }
    }
}
