//! Which cases and in which order: filters on indexed columns, made into the conditions of a statement.

use crate::dialect::{all, one};
use crate::error::Error;
use crate::lists::COUNT_CAP;
use crate::store::Store;
use crate::views::{CaseRow, day, id};
use base::{Date, InstitutionId, PersonId};
use sea_orm::Value;

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
    /// Those of any of these.
    Any(Vec<Scope>),
}

/// Which cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Whose.
    pub scope: Scope,
    /// Only those of this home bureau.
    pub bureau: Option<InstitutionId>,
    /// Only those whose applicant belongs to this unit.
    pub unit: Option<InstitutionId>,
    /// Only these stages; all where empty.
    pub stages: Vec<String>,
    /// Only closed or only open ones.
    pub closed: Option<bool>,
    /// Only those that stand so to the statutory day.
    pub pace: Option<String>,
    /// Only those concluded after so many working days, from and to.
    pub days_used: Option<(u32, u32)>,
    /// Only this kind of work.
    pub work_kind: Option<String>,
    /// Only this outcome; `Some(None)` is none yet.
    pub outcome: Option<Option<String>>,
    /// Only those this person investigates.
    pub handler: Option<PersonId>,
    /// Only those due on or after this day.
    pub due_from: Option<Date>,
    /// Only those due on or before this day.
    pub due_by: Option<Date>,
    /// Only those received on or after this day.
    pub received_from: Option<Date>,
    /// Only those received on or before this day.
    pub received_by: Option<Date>,
    /// Only those whose number, applicant, unit, clauses or outcome contain this text.
    pub text: Option<String>,
    /// Not those this reader is kept out of.
    pub except: Option<Except>,
}

/// A reader who is kept out of some cases, whatever the scope reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Except {
    /// Of those this person applied in or is recused from.
    pub person: PersonId,
    /// Of those whose applicant belongs to one of these units.
    pub units: Vec<InstitutionId>,
}

impl Except {
    /// The condition that the reader is not kept out of the case of `table`'s row, and its values.
    pub(crate) fn not_barred(&self, table: &str) -> (String, Vec<Value>) {
        let mut sql = format!(
            "not exists (select 1 from case_person p where p.case_id = {table}.case_id and p.person = ? \
             and p.relation in ('applicant', 'recused'))"
        );
        let mut values = vec![self.person.to_string().into()];
        if let Some((of_units, units)) = self.not_of_units(table) {
            sql = format!("{sql} and {of_units}");
            values.extend(units);
        }
        (sql, values)
    }

    /// The condition that the applicant of `table`'s row is the reader or belongs to none of the units.
    pub(crate) fn not_of_units(&self, table: &str) -> Option<(String, Vec<Value>)> {
        if self.units.is_empty() {
            return None;
        }
        let sql = format!(
            "not exists (select 1 from case_view u where u.case_id = {table}.case_id and u.unit in ({}) \
             and (u.applicant is null or u.applicant <> ?))",
            marks(self.units.len())
        );
        let units = self.units.iter().map(|unit| unit.to_string().into());
        Some((sql, units.chain([self.person.to_string().into()]).collect()))
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaseOrder {
    /// Open ones first, then by due day.
    #[default]
    Due,
    /// The latest received first.
    Received,
    /// By number.
    Number,
}

impl CaseOrder {
    pub(crate) fn columns(self) -> &'static [&'static str] {
        match self {
            CaseOrder::Due => &["v.closed", "v.due_on", "v.case_id"],
            CaseOrder::Received => &["v.received_on", "v.case_id"],
            CaseOrder::Number => &["v.number"],
        }
    }

    fn descends(self) -> bool {
        self == CaseOrder::Received
    }

    /// The order itself, or against it.
    pub(crate) fn by(self, backward: bool) -> String {
        let end = if self.descends() != backward { " desc" } else { "" };
        let columns: Vec<String> = self.columns().iter().map(|column| format!("{column}{end}")).collect();
        columns.join(", ")
    }

    /// Where a row stands in the order.
    pub(crate) fn cursor(self, row: &CaseRow) -> String {
        match self {
            CaseOrder::Due => format!("{}~{}~{}", i64::from(row.closed), day(row.due_on), row.case),
            CaseOrder::Received => format!("{}~{}", row.received_on, row.case),
            CaseOrder::Number => row.number.clone(),
        }
    }

    /// Adds the condition that a row stands after a cursor, or before it.
    pub(crate) fn pass(self, query: &mut Query, text: &str, backward: bool) -> Result<(), Error> {
        let columns = self.columns();
        let parts = cursor(text, columns.len())?;
        let mut values: Vec<Value> = parts.iter().map(|part| part.as_str().into()).collect();
        if self == CaseOrder::Due {
            let closed: i64 = parts[0].parse().map_err(|_| Error::Malformed("cursor".into()))?;
            values[0] = closed.into();
        }
        let sign = if self.descends() != backward { "<" } else { ">" };
        let marks = vec!["?"; columns.len()].join(", ");
        query.add(&format!("({}) {sign} ({marks})", columns.join(", ")), values);
        Ok(())
    }
}

/// Reads a cursor back into its parts.
pub(crate) fn cursor(text: &str, parts: usize) -> Result<Vec<String>, Error> {
    let found: Vec<String> = text.split('~').map(str::to_owned).collect();
    if found.len() == parts && !text.is_empty() {
        Ok(found)
    } else {
        Err(Error::Malformed("cursor".into()))
    }
}

/// A condition under construction: SQL joined by `and`, values numbered as they come.
#[derive(Default)]
pub(crate) struct Query {
    /// A table that `case_view v` is joined to, in this order: SQLite walks a cross join as it stands.
    pub(crate) first: &'static str,
    pub(crate) conditions: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Query {
    /// Adds a condition; each `?` becomes the next placeholder.
    pub(crate) fn add(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        let condition = self.placed(sql, values);
        self.conditions.push(condition);
    }

    /// `sql` with each `?` made the next placeholder.
    pub(crate) fn placed(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) -> String {
        let mut out = String::new();
        for (at, part) in sql.split('?').enumerate() {
            if at > 0 {
                out.push_str(&format!("${}", self.values.len() + at));
            }
            out.push_str(part);
        }
        self.values.extend(values);
        out
    }

    pub(crate) fn one_of(&mut self, column: &str, list: &[String]) {
        let sql = format!("{column} in ({})", marks(list.len()));
        self.add(&sql, list.iter().map(|text| text.as_str().into()));
    }

    fn is(&mut self, column: &str, value: Option<String>) {
        if let Some(value) = value {
            self.add(&format!("{column} = ?"), [value.into()]);
        }
    }

    pub(crate) fn condition(&self) -> String {
        if self.conditions.is_empty() {
            "true".into()
        } else {
            self.conditions.join(" and ")
        }
    }
}

/// `?, ?, …`
pub(crate) fn marks(n: usize) -> String {
    vec!["?"; n].join(", ")
}

impl Store {
    /// The conditions of a filter, for a list in that order or for a count.
    pub(crate) async fn case_query(&self, filter: &CaseFilter, order: Option<CaseOrder>) -> Result<Query, Error> {
        let mut query = self.sure_query(filter, order).await?;
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
            query.add("v.search like ? escape '\\'", [like(&text).into()]);
        }
        if query.first.is_empty()
            && let Some((column, wanted)) = self.rare_column(filter).await?
        {
            query.first = "case_view f cross join ";
            query.one_of(&format!("f.{column}"), &wanted);
            query.add("v.case_id = f.case_id", []);
        }
        Ok(query)
    }

    /// The conditions of a filter without its text.
    pub(crate) async fn sure_query(&self, filter: &CaseFilter, order: Option<CaseOrder>) -> Result<Query, Error> {
        let mut query = Query::default();
        let dialect = self.inner.writer.dialect;
        // An index of another order would find them and then sort what it found.
        let walked = |column: &str, of: CaseOrder| match order {
            Some(order) if order != of => dialect.aside(column),
            _ => column.to_owned(),
        };
        self.within(&mut query, &filter.scope).await?;
        query.is("v.institution", filter.bureau.map(|id| id.to_string()));
        query.is("v.unit", filter.unit.map(|id| id.to_string()));
        if !filter.stages.is_empty() {
            query.one_of("v.stage", &filter.stages);
        }
        query.is("v.pace", filter.pace.clone());
        query.is("v.work_kind", filter.work_kind.clone());
        match &filter.outcome {
            Some(None) => query.add("v.outcome is null", []),
            outcome => query.is("v.outcome", outcome.clone().flatten()),
        }
        if let Some(closed) = filter.closed {
            let sql = format!("{} = ?", walked("v.closed", CaseOrder::Due));
            query.add(&sql, [i64::from(closed).into()]);
        }
        if let Some((from, to)) = filter.days_used {
            query.add(
                "v.days_used >= ? and v.days_used <= ?",
                [i64::from(from).into(), i64::from(to).into()],
            );
        }
        if let Some(person) = filter.handler {
            let sql = "v.case_id in (select case_id from case_person where person = ? and relation = 'investigator')";
            query.add(sql, [person.to_string().into()]);
        }
        let (due, received) = (
            walked("v.due_on", CaseOrder::Due),
            walked("v.received_on", CaseOrder::Received),
        );
        let bounds = [
            (&due, ">=", filter.due_from),
            (&due, "<=", filter.due_by),
            (&received, ">=", filter.received_from),
            (&received, "<=", filter.received_by),
        ];
        for (column, sign, bound) in bounds {
            if let Some(bound) = bound {
                query.add(&format!("{column} {sign} ?"), [bound.to_string().into()]);
            }
        }
        if let Some(except) = &filter.except {
            let (sql, values) = except.not_barred("v");
            query.add(&sql, values);
        }
        Ok(query)
    }

    /// Adds the condition of a scope.
    async fn within(&self, query: &mut Query, scope: &Scope) -> Result<(), Error> {
        match scope {
            Scope::All => {}
            Scope::Bureau(id) => query.is("v.institution", Some(id.to_string())),
            Scope::Discipline(id) => {
                // Its bureau is named too, so that the bureau's indexes serve both.
                query.is("v.discipline", Some(id.to_string()));
                let bureaus = self.bureaus_of(Some(*id)).await?;
                match bureaus.as_slice() {
                    [] => query.add("false", []),
                    [one] => query.is("v.institution", Some(one.to_string())),
                    _ => {}
                }
            }
            Scope::Unit(id) => query.is("v.unit", Some(id.to_string())),
            Scope::Person { person, relations } => {
                let among = match relations.len() {
                    0 => String::new(),
                    n => format!(" and relation in ({})", marks(n)),
                };
                let sql = format!("v.case_id in (select case_id from case_person where person = ?{among})");
                let values = std::iter::once(person.to_string().into());
                query.add(&sql, values.chain(relations.iter().map(|r| r.as_str().into())));
            }
            Scope::Any(scopes) => {
                let others = std::mem::take(&mut query.conditions);
                let mut any = Vec::new();
                for scope in scopes {
                    Box::pin(self.within(query, scope)).await?;
                    any.push(format!("({})", query.condition()));
                    query.conditions.clear();
                }
                query.conditions = others;
                query.conditions.push(match any.as_slice() {
                    [] => "false".into(),
                    any => format!("({})", any.join(" or ")),
                });
            }
        }
        Ok(())
    }

    /// The home bureaus that have cases, or those a discipline group has a part in: a step of the index for each.
    pub(crate) async fn bureaus_of(&self, group: Option<InstitutionId>) -> Result<Vec<InstitutionId>, Error> {
        let (whose, values) = match group {
            Some(group) => (" and discipline = $1", vec![group.to_string().into()]),
            None => ("", Vec::new()),
        };
        let sql = format!(
            "with recursive bureau (id) as (
                 select min(institution) from case_view where true{whose}
                 union all
                 select (select min(institution) from case_view where institution > bureau.id{whose})
                 from bureau where bureau.id is not null)
             select id from bureau where id is not null"
        );
        let rows = all(&self.inner.read, &sql, values).await?;
        rows.iter().map(|row| id(row, 0)).collect()
    }

    /// A column of which few cases have what the filter asks for: those few are looked at and sorted. Where there are
    /// many, walking the list in order finds a page sooner.
    async fn rare_column(&self, filter: &CaseFilter) -> Result<Option<(&'static str, Vec<String>)>, Error> {
        let outcome = filter.outcome.clone().flatten().into_iter().collect();
        for (column, wanted) in [("stage", filter.stages.clone()), ("outcome", outcome)] {
            if wanted.is_empty() {
                continue;
            }
            let marks: Vec<String> = (1..=wanted.len()).map(|at| format!("${at}")).collect();
            let some = format!(
                "select 1 from case_view where {column} in ({}) limit {}",
                marks.join(", "),
                COUNT_CAP + 1
            );
            let values = wanted.iter().map(|text| text.as_str().into()).collect();
            let row = one(
                &self.inner.read,
                &format!("select count(*) from ({some}) as few"),
                values,
            )
            .await?;
            let n: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
            if n as u64 <= COUNT_CAP {
                return Ok(Some((column, wanted)));
            }
        }
        Ok(None)
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

/// A pattern that finds `text` anywhere.
pub(crate) fn like(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// The longest token. Two characters do not tell numbers apart, three do.
pub(crate) const TOKEN: usize = 3;

/// The runs of `length` characters of a line.
pub(crate) fn tokens(line: &str, length: usize) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    chars.windows(length).map(|run| run.iter().collect()).collect()
}
