//! Figures: how many cases there are of each kind, counted in one pass over one narrow index.
//!
//! A case's tally is one text of codes and days; cases that are alike have the same. What the codes mean is not known
//! here, nor which numbers may be shown.

use crate::dialect::{all, placeholders};
use crate::error::Error;
use crate::query::Except;
use crate::store::Store;
use crate::views::{CaseRow, day};
use base::{Date, InstitutionId};
use std::collections::BTreeMap;

/// Cases that are alike, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The home bureau.
    pub institution: InstitutionId,
    /// Year and month of receipt, `YYYY-MM`.
    pub month: String,
    /// How they stand to the statutory day (code).
    pub pace: String,
    /// The statutory day, of those it still waits for.
    pub due_on: Option<Date>,
    /// Stage (code).
    pub stage: String,
    /// Outcome (code).
    pub outcome: Option<String>,
    /// Working days used.
    pub days_used: Option<u32>,
    /// Clauses claimed, in the pack's ids.
    pub clauses: Vec<String>,
    /// How many.
    pub n: u64,
}

/// What stands between the parts of a tally.
const BETWEEN: char = '|';

/// The tally of a case.
pub(crate) fn tally(row: &CaseRow) -> String {
    let due = row.due_on.filter(|_| row.met_on.is_none() && !row.closed);
    let part = |value: Option<String>| value.unwrap_or_default();
    let parts = [
        row.institution.to_string(),
        row.received_on.to_string().chars().take(7).collect(),
        row.pace.clone(),
        part(due.map(|due| day(Some(due)))),
        row.stage.clone(),
        part(row.outcome.clone()),
        part(row.days_used.map(|days| days.to_string())),
        row.clauses.join(" "),
    ];
    parts.map(|part| part.replace(BETWEEN, " ")).join("|")
}

fn parsed(text: &str, n: u64) -> Option<Tally> {
    let [institution, month, pace, due, stage, outcome, days, clauses] = text.split(BETWEEN).collect::<Vec<_>>()[..]
    else {
        return None;
    };
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Some(Tally {
        institution: institution.parse().ok()?,
        month: month.into(),
        pace: pace.into(),
        due_on: due.parse().ok(),
        stage: stage.into(),
        outcome: some(outcome),
        days_used: days.parse().ok(),
        clauses: clauses.split_whitespace().map(str::to_owned).collect(),
        n,
    })
}

impl Store {
    /// The cases of some home bureaus received in a year, counted by what they are; without those that `except` is kept
    /// out of.
    pub async fn tallies(
        &self,
        bureaus: &[InstitutionId],
        year: i16,
        except: Option<&Except>,
    ) -> Result<Vec<Tally>, Error> {
        if bureaus.is_empty() {
            return Ok(Vec::new());
        }
        // One range of the index for each; `~` sorts after every tally of the year.
        let each = (0..bureaus.len()).map(|at| {
            let (from, to) = (2 * at + 1, 2 * at + 2);
            format!("select tally, count(*) from case_view where tally >= ${from} and tally < ${to} group by tally")
        });
        let sql = each.collect::<Vec<_>>().join(" union all ");
        let bounds = bureaus.iter().flat_map(|bureau| {
            let start = format!("{bureau}{BETWEEN}{year:04}-");
            [start.clone(), format!("{start}~")]
        });
        let rows = all(&self.inner.read, &sql, bounds.map(Into::into).collect()).await?;
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for row in &rows {
            counts.insert(row.try_get_by_index(0)?, row.try_get_by_index::<i64>(1)? as u64);
        }
        if let Some(Except { person, units }) = except {
            // Few, so they are taken off afterwards and every count stays one pass over the index.
            let of_units = match units.len() {
                0 => String::new(),
                n => format!(
                    "union select case_id from case_view where unit in ({})",
                    placeholders(2, n)
                ),
            };
            let sql = format!(
                "select v.tally from case_view v where v.case_id in (
                     select case_id from case_person where person = $1 and relation in ('applicant', 'recused') {of_units})"
            );
            let units = units.iter().map(|unit| unit.to_string().into());
            let values = std::iter::once(person.to_string().into()).chain(units);
            for row in all(&self.inner.read, &sql, values.collect()).await? {
                if let Some(n) = counts.get_mut(&row.try_get_by_index::<String>(0)?) {
                    *n = n.saturating_sub(1);
                }
            }
        }
        let left = counts.into_iter().filter(|(_, n)| *n > 0);
        left.map(|(text, n)| parsed(&text, n).ok_or(Error::Malformed(format!("tally {text:?}"))))
            .collect()
    }
}
