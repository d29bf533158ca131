//! Lists of cases and to-dos: filtered and sorted on indexed columns, paged by keyset, counted up to a cap.

use crate::dialect::{Batch, all, one};
use crate::error::Error;
use crate::query::{CaseFilter, CaseOrder, Except, Query, TOKEN, cursor, marks, tokens};
use crate::store::Store;
use crate::views::{
    CASE_COLUMNS, CasePersonRow, CaseRow, Holder, TODO_COLUMNS, TodoRow, case_from, case_row, day, id, people_rows,
    todo_at, todo_from, todo_rows,
};
use base::{CaseId, Date, PersonId};
use sea_orm::{QueryResult, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Counts stop here: a page shows `1,000+`.
pub const COUNT_CAP: u64 = 1000;

/// What a cursor begins with that leads to the page before.
const BACKWARD: char = '<';

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseList {
    /// The rows.
    pub rows: Vec<CaseRow>,
    /// Hand this in to get the page before; `None` at the beginning.
    pub previous: Option<String>,
    /// Hand this in to get the next page; `None` at the end.
    pub next: Option<String>,
}

/// One page of to-dos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodoList {
    /// The rows, by due day.
    pub rows: Vec<TodoRow>,
    /// Hand this in to get the next page; `None` at the end.
    pub next: Option<String>,
}

/// How many, up to [`COUNT_CAP`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The number, at most [`COUNT_CAP`].
    pub n: u64,
    /// Whether there are more.
    pub more: bool,
}

impl Store {
    /// A page of at most `limit` cases. `at` is the `next` or the `previous` of another page.
    pub async fn list_cases(
        &self,
        filter: &CaseFilter,
        order: CaseOrder,
        at: Option<&str>,
        limit: u32,
    ) -> Result<CaseList, Error> {
        let mut query = self.case_query(filter, Some(order)).await?;
        let (at, backward) = match at.and_then(|at| at.strip_prefix(BACKWARD)) {
            Some(at) => (Some(at), true),
            None => (at, false),
        };
        if let Some(at) = at {
            order.pass(&mut query, at, backward)?;
        }
        let sql = page(&query, order, backward, limit);
        let mut rows: Vec<CaseRow> = all(&self.inner.read, &sql, query.values)
            .await?
            .iter()
            .map(case_from)
            .collect::<Result<_, _>>()?;
        let more = cut(&mut rows, limit).is_some();
        if backward {
            rows.reverse();
        }
        // Whoever comes from a page finds it again in the other direction.
        let (before, after) = if backward { (more, true) } else { (at.is_some(), more) };
        let cursor = |row: &CaseRow| order.cursor(row);
        let previous = rows
            .first()
            .filter(|_| before)
            .map(|row| format!("{BACKWARD}{}", cursor(row)));
        let next = rows.last().filter(|_| after).map(cursor);
        Ok(CaseList { rows, previous, next })
    }

    /// How many cases, up to the cap.
    pub async fn count_cases(&self, filter: &CaseFilter) -> Result<Count, Error> {
        let query = self.case_query(filter, None).await?;
        let sql = format!(
            "select 1 from {}case_view v where {} limit {}",
            query.first,
            query.condition(),
            COUNT_CAP + 1
        );
        self.count(&sql, query.values).await
    }

    /// One case's row.
    pub async fn case_row(&self, case: CaseId) -> Result<Option<CaseRow>, Error> {
        case_row(&self.inner.read, &case.to_string()).await
    }

    /// The case with a receipt number.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<CaseRow>, Error> {
        let sql = format!("select {CASE_COLUMNS} from case_view v where v.number = $1");
        one(&self.inner.read, &sql, vec![number.into()])
            .await?
            .map(|row| case_from(&row))
            .transpose()
    }

    /// What is to be done on a case.
    pub async fn todos_of(&self, case: CaseId) -> Result<Vec<TodoRow>, Error> {
        todo_rows(&self.inner.read, &case.to_string()).await
    }

    /// Who has to do with a case.
    pub async fn people_of(&self, case: CaseId) -> Result<Vec<CasePersonRow>, Error> {
        people_rows(&self.inner.read, &case.to_string()).await
    }

    /// A page of at most `limit` to-dos of any of `holders`, by due day. What a role holds on a case that `except` is
    /// kept out of is left out; what waits for a person by name stays on their own case, what a unit holds on those of
    /// its own workers.
    pub async fn list_todos(
        &self,
        holders: &[Holder],
        except: Option<&Except>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<TodoList, Error> {
        if holders.is_empty() {
            return Ok(TodoList {
                rows: Vec::new(),
                next: None,
            });
        }
        // Each holder's first rows by index, then the first of those: one holder's many rows are never sorted.
        let mut query = Query::default();
        let cursor = after.map(|text| cursor(text, 3)).transpose()?;
        for (name, holder) in BTreeMap::from_iter(holders.iter().map(|holder| (holder.to_string(), holder))) {
            let mut sql = "holder = ?".to_owned();
            let mut values: Vec<Value> = vec![name.into()];
            if let Some([due, case, place]) = cursor.as_deref() {
                let place: i64 = place.parse().map_err(|_| Error::Malformed("cursor".into()))?;
                sql.push_str(" and (due_on, case_id, place) > (?, ?, ?)");
                values.extend([due.as_str().into(), case.as_str().into(), place.into()]);
            }
            let barred = except.and_then(|except| match holder {
                Holder::Person(_) => except.not_of_units("todo"),
                Holder::Role { institution, .. } if except.units.contains(institution) => None,
                Holder::Role { .. } => Some(except.not_barred("todo")),
            });
            if let Some((condition, more)) = barred {
                sql.push_str(&format!(" and {condition}"));
                values.extend(more);
            }
            query.add(&sql, values);
        }
        let order = format!("order by due_on, case_id, place limit {}", i64::from(limit) + 1);
        let each = query.conditions.iter().enumerate().map(|(at, condition)| {
            format!("select * from (select {TODO_COLUMNS} from todo where {condition} {order}) as h{at}")
        });
        let sql = format!("{} {order}", each.collect::<Vec<_>>().join(" union all "));
        let found = all(&self.inner.read, &sql, query.values).await?;
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            rows.push((todo_from(row)?, row.try_get_by_index::<i64>(7)?));
        }
        let next = cut(&mut rows, limit).map(|(last, place)| format!("{}~{}~{place}", day(last.due_on), last.case));
        Ok(TodoList {
            rows: rows.into_iter().map(|(row, _)| row).collect(),
            next,
        })
    }

    /// At most `limit` to-dos that others hold on open cases of `filter` on which none of `holders` holds any, by the
    /// cases' due days.
    pub async fn list_others(
        &self,
        filter: &CaseFilter,
        holders: &[Holder],
        limit: u32,
    ) -> Result<Vec<(CaseRow, TodoRow)>, Error> {
        let mut query = self.case_query(filter, Some(CaseOrder::Due)).await?;
        let mine: Vec<Value> = holders.iter().map(|holder| holder.to_string().into()).collect();
        query.add("v.closed = 0 and d.case_id = v.case_id", []);
        if !mine.is_empty() {
            let sql = format!(
                "not exists (select 1 from todo m where m.case_id = v.case_id and m.holder in ({}))",
                marks(mine.len())
            );
            query.add(&sql, mine);
        }
        let columns: Vec<String> = TODO_COLUMNS.split(", ").map(|column| format!("d.{column}")).collect();
        let sql = format!(
            "select {CASE_COLUMNS}, {} from {}case_view v cross join todo d where {} order by {}, d.place limit {limit}",
            columns.join(", "),
            query.first,
            query.condition(),
            CaseOrder::Due.by(false)
        );
        let rows = all(&self.inner.read, &sql, query.values).await?;
        let from = CASE_COLUMNS.split(", ").count();
        let pair = |row: &QueryResult| Ok((case_from(row)?, todo_at(row, from)?));
        rows.iter().map(pair).collect()
    }

    /// At most `limit` cases of `filter` that somebody investigates who is no longer there (离岗), each with that person,
    /// by the cases' due days.
    pub async fn list_left(&self, filter: &CaseFilter, limit: u32) -> Result<Vec<(CaseRow, PersonId, String)>, Error> {
        let mut query = self.sure_query(filter, None).await?;
        query.add("g.active = 0 and i.person = g.id and i.relation = 'investigator'", []);
        query.add("v.case_id = i.case_id", []);
        // The few who have left first, then their cases, never all cases.
        let sql = format!(
            "select {CASE_COLUMNS}, g.id, g.name from person_view g cross join case_person i cross join case_view v \
             where {} order by {}, g.id limit {limit}",
            query.condition(),
            CaseOrder::Due.by(false)
        );
        let rows = all(&self.inner.read, &sql, query.values).await?;
        let at = CASE_COLUMNS.split(", ").count();
        let of = |row: &QueryResult| Ok((case_from(row)?, id(row, at)?, row.try_get_by_index(at + 1)?));
        rows.iter().map(of).collect()
    }

    /// How many to-dos, up to the cap; those due on or before `due_by` where given.
    pub async fn count_todos(&self, holders: &[Holder], due_by: Option<Date>) -> Result<Count, Error> {
        if holders.is_empty() {
            return Ok(Count { n: 0, more: false });
        }
        let mut query = Query::default();
        query.one_of("holder", &holders.iter().map(Holder::to_string).collect::<Vec<_>>());
        if let Some(by) = due_by {
            query.add("due_on <= ?", [by.to_string().into()]);
        }
        let sql = format!("select 1 from todo where {} limit {}", query.condition(), COUNT_CAP + 1);
        self.count(&sql, query.values).await
    }

    async fn count(&self, capped: &str, values: Vec<Value>) -> Result<Count, Error> {
        let row = one(
            &self.inner.read,
            &format!("select count(*) from ({capped}) as capped"),
            values,
        )
        .await?;
        let n: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
        let n = n as u64;
        Ok(Count {
            n: n.min(COUNT_CAP),
            more: n > COUNT_CAP,
        })
    }
}

/// The statement of one page, one row longer than it.
fn page(query: &Query, order: CaseOrder, backward: bool, limit: u32) -> String {
    format!(
        "select {CASE_COLUMNS} from {}case_view v where {} order by {} limit {}",
        query.first,
        query.condition(),
        order.by(backward),
        i64::from(limit) + 1
    )
}

/// Replaces the tokens a case is found by.
pub(crate) fn write_tokens(batch: &mut Batch, case: &str, search: &str) {
    batch.add("delete from case_token where case_id = $1", vec![case.into()]);
    let mut found = BTreeSet::new();
    for line in search.lines() {
        for length in 1..=TOKEN {
            found.extend(tokens(line, length));
        }
    }
    let rows: Vec<Vec<Value>> = found.into_iter().map(|token| vec![token.into(), case.into()]).collect();
    for some in rows.chunks(100) {
        batch.insert("case_token (token, case_id)", some.to_vec());
    }
}

/// Cuts a list of one row too many to `limit`; returns its last row where more follow.
fn cut<T>(rows: &mut Vec<T>, limit: u32) -> Option<&T> {
    if rows.len() <= limit as usize {
        return None;
    }
    rows.truncate(limit as usize);
    rows.last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SystemRandom;
    use crate::query::Scope;
    use crate::store::Location;
    use base::InstitutionId;
    use std::sync::Arc;
    use testkit::{FixedClock, SeededIds};

    /// How SQLite goes about a filter: by which indexes, and whether it sorts.
    async fn plan(store: &Store, filter: &CaseFilter, order: CaseOrder) -> String {
        let query = store.case_query(filter, Some(order)).await.unwrap();
        let sql = format!("explain query plan {}", page(&query, order, false, 20));
        let rows = all(&store.inner.read, &sql, query.values).await.unwrap();
        let lines = rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap());
        lines.collect::<Vec<_>>().join("; ")
    }

    #[tokio::test]
    async fn no_list_scans_the_table_or_sorts_it() {
        let folder = tempfile::TempDir::new().unwrap();
        let clock = Arc::new(FixedClock::at(Date::constant(2026, 9, 16), 9));
        let location = Location::Directory(folder.path().into());
        let ids = Arc::new(SeededIds::new(1));
        let store = Store::open(location, crate::MasterKey::Own, clock, ids, Arc::new(SystemRandom))
            .await
            .unwrap();
        let bureau = Scope::Bureau(InstitutionId([1; 16]));
        for scope in [Scope::All, bureau] {
            let all = CaseFilter {
                scope,
                ..CaseFilter::default()
            };
            let narrow = CaseFilter {
                pace: Some("open".into()),
                work_kind: Some("dibao".into()),
                closed: Some(false),
                due_by: Some(Date::constant(2026, 9, 30)),
                received_from: Some(Date::constant(2026, 9, 1)),
                except: Some(Except {
                    person: PersonId([9; 16]),
                    units: vec![InstitutionId([5; 16]), InstitutionId([6; 16])],
                }),
                ..all.clone()
            };
            // A stage or an outcome that few cases have: those few, and each of them by its key.
            let few = [
                CaseFilter {
                    stages: vec!["inquiry".into()],
                    ..narrow.clone()
                },
                CaseFilter {
                    outcome: Some(Some("免责".into())),
                    ..narrow.clone()
                },
            ];
            for filter in few {
                let plan = plan(&store, &filter, CaseOrder::Received).await;
                let found = plan.contains("SEARCH f USING COVERING INDEX case_stage")
                    || plan.contains("SEARCH f USING COVERING INDEX case_outcome");
                assert!(found && plan.contains("SEARCH v USING"), "{filter:?}: {plan}");
            }
            for filter in [all, narrow] {
                for order in [CaseOrder::Due, CaseOrder::Received, CaseOrder::Number] {
                    let plan = plan(&store, &filter, order).await;
                    let walks = plan.contains("v USING INDEX case_") || plan.contains("v USING COVERING INDEX case_");
                    assert!(walks && !plan.contains("TEMP B-TREE"), "{filter:?} {order:?}: {plan}");
                }
            }
        }
    }
}
