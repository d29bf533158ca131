//! Lists of cases and to-dos: filtered and sorted on indexed columns, paged by keyset, counted up to a cap.

use crate::dialect::{Batch, all, one};
use crate::error::Error;
use crate::store::Store;
use crate::views::{
    CASE_COLUMNS, CasePersonRow, CaseRow, Holder, TODO_COLUMNS, TodoRow, case_from, case_row, day, people_rows,
    todo_from, todo_rows,
};
use base::{CaseId, Date, InstitutionId, PersonId};
use sea_orm::Value;
use std::collections::BTreeSet;

/// Counts stop here: a page shows `1,000+`.
pub const COUNT_CAP: u64 = 1000;

/// Whose cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of the site: the city.
    #[default]
    All,
    /// Those of a home bureau.
    Bureau(InstitutionId),
    /// Those of a discipline group.
    Discipline(InstitutionId),
    /// Those whose applicant belongs to a unit.
    Unit(InstitutionId),
    /// Those a person has one of these relations to; any relation where the list is empty.
    Person {
        /// The person.
        person: PersonId,
        /// Relations, e.g. `applicant`.
        relations: Vec<String>,
    },
}

/// Which cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Whose.
    pub scope: Scope,
    /// Only these stages; all where empty.
    pub stages: Vec<String>,
    /// Only closed or only open ones.
    pub closed: Option<bool>,
    /// Only those due on or before this day.
    pub due_by: Option<Date>,
    /// Only those whose number, applicant's name or unit contains this text.
    pub text: Option<String>,
    /// Not those this person applied in or is recused from.
    pub except: Option<PersonId>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaseOrder {
    /// Open ones first, then by due day.
    #[default]
    Due,
    /// The latest received first.
    Received,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseList {
    /// The rows.
    pub rows: Vec<CaseRow>,
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

/// A condition under construction: SQL joined by `and`, values numbered as they come.
#[derive(Default)]
struct Query {
    /// A table that `case_view v` is joined to, in this order: SQLite walks a cross join as it stands.
    first: &'static str,
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Query {
    /// Adds a condition; each `?` becomes the next placeholder.
    fn add(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        let mut out = String::new();
        for (at, part) in sql.split('?').enumerate() {
            if at > 0 {
                out.push_str(&format!("${}", self.values.len() + at));
            }
            out.push_str(part);
        }
        self.values.extend(values);
        self.conditions.push(out);
    }

    fn one_of(&mut self, column: &str, list: &[String]) {
        let sql = format!("{column} in ({})", vec!["?"; list.len()].join(", "));
        self.add(&sql, list.iter().map(|text| text.as_str().into()));
    }

    fn condition(&self) -> String {
        if self.conditions.is_empty() {
            "true".into()
        } else {
            self.conditions.join(" and ")
        }
    }
}

impl Store {
    /// A page of at most `limit` cases. `after` is the `next` of the page before.
    pub async fn list_cases(
        &self,
        filter: &CaseFilter,
        order: CaseOrder,
        after: Option<&str>,
        limit: u32,
    ) -> Result<CaseList, Error> {
        let mut query = self.case_query(filter).await?;
        let cursor = after.map(|text| cursor(text, 3)).transpose()?;
        let order_by = match order {
            CaseOrder::Due => {
                if let Some([closed, due, case]) = cursor.as_deref() {
                    let closed: i64 = closed.parse().map_err(|_| Error::Malformed("cursor".into()))?;
                    query.add(
                        "(v.closed, v.due_on, v.case_id) > (?, ?, ?)",
                        [closed.into(), due.as_str().into(), case.as_str().into()],
                    );
                }
                "v.closed, v.due_on, v.case_id"
            }
            CaseOrder::Received => {
                if let Some([_, received, case]) = cursor.as_deref() {
                    query.add(
                        "(v.received_on, v.case_id) < (?, ?)",
                        [received.as_str().into(), case.as_str().into()],
                    );
                }
                "v.received_on desc, v.case_id desc"
            }
        };
        let sql = format!(
            "select {CASE_COLUMNS} from {}case_view v where {} order by {order_by} limit {}",
            query.first,
            query.condition(),
            i64::from(limit) + 1
        );
        let mut rows: Vec<CaseRow> = all(&self.inner.read, &sql, query.values)
            .await?
            .iter()
            .map(case_from)
            .collect::<Result<_, _>>()?;
        let next = cut(&mut rows, limit).map(|last| match order {
            CaseOrder::Due => format!("{}~{}~{}", i64::from(last.closed), day(last.due_on), last.case),
            CaseOrder::Received => format!("~{}~{}", last.received_on, last.case),
        });
        Ok(CaseList { rows, next })
    }

    /// How many cases, up to the cap.
    pub async fn count_cases(&self, filter: &CaseFilter) -> Result<Count, Error> {
        let query = self.case_query(filter).await?;
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

    /// A page of at most `limit` to-dos of any of `holders`, by due day. What a role holds on a case that `except`
    /// applied in or is recused from is left out; what waits for a person by name stays.
    pub async fn list_todos(
        &self,
        holders: &[Holder],
        except: Option<PersonId>,
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
        let by_name = |holder: &Holder| matches!(holder, Holder::Person(_));
        for (holder, by_name) in BTreeSet::from_iter(holders.iter().map(|h| (h.to_string(), by_name(h)))) {
            let mut sql = "holder = ?".to_owned();
            let mut values: Vec<Value> = vec![holder.into()];
            if let Some([due, case, place]) = cursor.as_deref() {
                let place: i64 = place.parse().map_err(|_| Error::Malformed("cursor".into()))?;
                sql.push_str(" and (due_on, case_id, place) > (?, ?, ?)");
                values.extend([due.as_str().into(), case.as_str().into(), place.into()]);
            }
            if let Some(person) = except.filter(|_| !by_name) {
                sql.push_str(&format!(" and {}", not_barred("todo")));
                values.push(person.to_string().into());
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

    async fn case_query(&self, filter: &CaseFilter) -> Result<Query, Error> {
        let mut query = Query::default();
        match &filter.scope {
            Scope::All => {}
            Scope::Bureau(id) => query.add("v.institution = ?", [id.to_string().into()]),
            Scope::Discipline(id) => query.add("v.discipline = ?", [id.to_string().into()]),
            Scope::Unit(id) => query.add("v.unit = ?", [id.to_string().into()]),
            Scope::Person { person, relations } => {
                let among = match relations.len() {
                    0 => String::new(),
                    n => format!(" and relation in ({})", vec!["?"; n].join(", ")),
                };
                let sql = format!("v.case_id in (select case_id from case_person where person = ?{among})");
                let values = std::iter::once(person.to_string().into());
                query.add(&sql, values.chain(relations.iter().map(|r| r.as_str().into())));
            }
        }
        if !filter.stages.is_empty() {
            query.one_of("v.stage", &filter.stages);
        }
        if let Some(closed) = filter.closed {
            query.add("v.closed = ?", [i64::from(closed).into()]);
        }
        if let Some(by) = filter.due_by {
            query.add("v.due_on <= ?", [by.to_string().into()]);
        }
        if let Some(person) = filter.except {
            query.add(&not_barred("v"), [person.to_string().into()]);
        }
        let text = filter
            .text
            .as_deref()
            .map(|text| text.replace(char::is_control, " ").trim().to_lowercase())
            .filter(|text| !text.is_empty());
        if let Some(text) = text {
            if let Some(token) = self.rare_token(&text).await? {
                // The few cases with the token are looked at, never all of a bureau's in the order of the list.
                query.first = "case_token t cross join ";
                query.add("t.token = ? and v.case_id = t.case_id", [token.into()]);
            }
            let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            query.add("v.search like ? escape '\\'", [format!("%{escaped}%").into()]);
        }
        Ok(query)
    }

    /// The rarest token of a search text, unless all are common: then walking the list in order finds a page sooner.
    async fn rare_token(&self, text: &str) -> Result<Option<String>, Error> {
        let length = text.chars().count().clamp(1, TOKEN);
        let mut tokens = tokens(text, length);
        tokens.truncate(12);
        let counts = (1..=tokens.len()).map(|at| {
            let some = format!("select 1 from case_token where token = ${at} limit {}", COUNT_CAP + 1);
            format!("select cast({at} as bigint) as place, count(*) as n from ({some}) as t{at}")
        });
        let sql = format!(
            "{} order by n, place limit 1",
            counts.collect::<Vec<_>>().join(" union all ")
        );
        let values = tokens.iter().map(|token| token.as_str().into()).collect();
        let Some(row) = one(&self.inner.read, &sql, values).await? else {
            return Ok(None);
        };
        let (place, n): (i64, i64) = (row.try_get("", "place")?, row.try_get("", "n")?);
        Ok(if n as u64 > COUNT_CAP {
            None
        } else {
            tokens.into_iter().nth(place as usize - 1)
        })
    }
}

/// The condition that a person neither applied in the case of `table`'s row nor is recused from it.
fn not_barred(table: &str) -> String {
    format!(
        "not exists (select 1 from case_person p where p.case_id = {table}.case_id and p.person = ? \
         and p.relation in ('applicant', 'recused'))"
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

/// The longest token. Two characters do not tell numbers apart, three do.
const TOKEN: usize = 3;

/// The runs of `length` characters of a line.
fn tokens(line: &str, length: usize) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    chars.windows(length).map(|run| run.iter().collect()).collect()
}

/// Cuts a list of one row too many to `limit`; returns its last row where more follow.
fn cut<T>(rows: &mut Vec<T>, limit: u32) -> Option<&T> {
    if rows.len() <= limit as usize {
        return None;
    }
    rows.truncate(limit as usize);
    rows.last()
}

/// Reads a cursor back into its parts.
fn cursor(text: &str, parts: usize) -> Result<Vec<String>, Error> {
    let found: Vec<String> = text.split('~').map(str::to_owned).collect();
    if found.len() == parts {
        Ok(found)
    } else {
        Err(Error::Malformed("cursor".into()))
    }
}
