//! Views of cases: plain rows that `app` derives from a case as a pure function, written in the append's transaction
//! and rebuildable. Open text here is what record.md 12 allows: numbers, workers' names, units, clauses, outcomes.

// long because: a row's columns as they are written and as they are read stand side by side, so that both change together.

use crate::access::Reading;
use crate::dialect::{Batch, Dialect, all, execute, one};
use crate::error::Error;
use crate::people::{InstitutionRow, PersonView, SettingRow};
use crate::store::Store;
use base::{CaseId, Date, InstitutionId, PersonId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, TryGetable, Value};
use std::fmt;
use std::str::FromStr;

/// A case as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub case: CaseId,
    /// Its receipt number; unique.
    pub number: String,
    /// The home bureau.
    pub institution: InstitutionId,
    /// The discipline group stationed at it.
    pub discipline: InstitutionId,
    /// The applicant, where they have an account.
    pub applicant: Option<PersonId>,
    /// The applicant's name.
    pub applicant_name: String,
    /// The applicant's unit, where it is an institution of the site.
    pub unit: Option<InstitutionId>,
    /// The unit's name.
    pub unit_name: String,
    /// Kind of work (code).
    pub work_kind: String,
    /// Clauses claimed, in the pack's ids.
    pub clauses: Vec<String>,
    /// Stage (code); filtered on.
    pub stage: String,
    /// The code of the sentence that says where the case stands.
    pub stage_text: String,
    /// The outcome determined (code).
    pub outcome: Option<String>,
    /// Day of receipt.
    pub received_on: Date,
    /// Statutory due day.
    pub due_on: Option<Date>,
    /// Whether the due day is provisional (暂定).
    pub provisional: bool,
    /// The day the deadline was met.
    pub met_on: Option<Date>,
    /// Target of the current step.
    pub step_due_on: Option<Date>,
    /// Whom the case waits for, e.g. `bureau-lead@<institution>`.
    pub waiting_for: Vec<String>,
    /// Whether it has come to its end.
    pub closed: bool,
    /// The version of the case's stream these rows were made from.
    pub version: u64,
    /// How it stands to the statutory day (code), as far as that does not hang on today.
    pub pace: String,
    /// Working days from receipt to the day the deadline was met.
    pub days_used: Option<u32>,
    /// How many questions are still to be found out, while it is inquired into.
    pub open_questions: Option<u32>,
    /// Further open words it is found by: citations of clauses, the outcome.
    pub words: Vec<String>,
}

/// Who holds a to-do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// One person.
    Person(PersonId),
    /// Whoever has the role at the institution.
    Role {
        /// The role.
        role: String,
        /// The institution.
        institution: InstitutionId,
    },
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Holder::Person(id) => write!(f, "person/{id}"),
            Holder::Role { role, institution } => write!(f, "{role}@{institution}"),
        }
    }
}

impl FromStr for Holder {
    type Err = Error;
    fn from_str(text: &str) -> Result<Holder, Error> {
        let malformed = || Error::Malformed(format!("holder {text:?}"));
        if let Some(id) = text.strip_prefix("person/") {
            return Ok(Holder::Person(id.parse().map_err(|_| malformed())?));
        }
        let (role, institution) = text.split_once('@').ok_or_else(malformed)?;
        Ok(Holder::Role {
            role: role.into(),
            institution: institution.parse().map_err(|_| malformed())?,
        })
    }
}

/// Something someone has to do on a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodoRow {
    /// The case.
    pub case: CaseId,
    /// Its receipt number.
    pub number: String,
    /// Who holds it.
    pub holder: Holder,
    /// The act to be done (code).
    pub act: String,
    /// Due day.
    pub due_on: Option<Date>,
    /// Open since.
    pub opened_on: Date,
    /// The applicant's name.
    pub applicant_name: String,
    /// When its holder was reminded of it last.
    pub reminded_on: Option<Date>,
}

/// What a person has to do with a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasePersonRow {
    /// The person.
    pub person: PersonId,
    /// `applicant`, `investigator`, `recused`, `handler`, `recipient` …
    pub relation: String,
}

/// All rows of one case; they replace those that were there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseView {
    /// The case.
    pub row: CaseRow,
    /// What is to be done on it.
    pub todos: Vec<TodoRow>,
    /// Who has to do with it.
    pub people: Vec<CasePersonRow>,
}

/// The rows an append writes. Each replaces the rows of the same case, person, institution or setting.
#[derive(Clone, Debug, Default)]
pub struct ViewChanges {
    /// Cases.
    pub cases: Vec<CaseView>,
    /// Persons with their capacities.
    pub persons: Vec<PersonView>,
    /// Institutions.
    pub institutions: Vec<InstitutionRow>,
    /// Settings.
    pub settings: Vec<SettingRow>,
    /// Readings; [`Store::record_readings`] fills them.
    pub readings: Vec<Reading>,
}

/// The day that stands for none: it sorts last on both engines.
pub(crate) const NO_DAY: &str = "9999-12-31";

pub(crate) fn day(day: Option<Date>) -> String {
    day.map_or_else(|| NO_DAY.to_owned(), |d| d.to_string())
}

fn words(list: &[String]) -> String {
    list.join(" ")
}

pub(crate) fn flag(value: bool) -> Value {
    i64::from(value).into()
}

/// Text that `lists` searches: number, name, unit and further words, lower case, one per line.
fn search_text(row: &CaseRow) -> String {
    let lines = [&row.number, &row.applicant_name, &row.unit_name];
    let lines: Vec<&str> = lines.into_iter().chain(&row.words).map(String::as_str).collect();
    lines.join("\n").to_lowercase()
}

impl ViewChanges {
    /// Adds what writes the rows to the append's batch; reads, in its transaction, what is there already.
    pub(crate) async fn write(&self, c: &impl ConnectionTrait, batch: &mut Batch) -> Result<(), Error> {
        for view in &self.cases {
            write_case(c, batch, view).await?;
        }
        for view in &self.persons {
            crate::people::write_person(batch, view);
        }
        for row in &self.institutions {
            crate::people::write_institution(batch, row);
        }
        for row in &self.settings {
            crate::people::write_setting(batch, row);
        }
        write_readings(batch, &self.readings);
        Ok(())
    }
}

/// The columns of `case_view`, in the order of [`case_values`].
const CASE_VIEW: &str = "case_id, number, institution, discipline, applicant, applicant_name, unit, unit_name, \
    work_kind, clauses, stage, stage_text, outcome, received_on, due_on, provisional, met_on, step_due_on, \
    waiting_for, closed, version, pace, days_used, open_questions, words, search, tally";

fn case_values(row: &CaseRow) -> [Value; 27] {
    [
        row.case.to_string().into(),
        row.number.as_str().into(),
        row.institution.to_string().into(),
        row.discipline.to_string().into(),
        row.applicant.map(|id| id.to_string()).into(),
        row.applicant_name.as_str().into(),
        row.unit.map(|id| id.to_string()).into(),
        row.unit_name.as_str().into(),
        row.work_kind.as_str().into(),
        words(&row.clauses).into(),
        row.stage.as_str().into(),
        row.stage_text.as_str().into(),
        row.outcome.clone().into(),
        row.received_on.to_string().into(),
        day(row.due_on).into(),
        flag(row.provisional),
        row.met_on.map(|d| d.to_string()).into(),
        row.step_due_on.map(|d| d.to_string()).into(),
        words(&row.waiting_for).into(),
        flag(row.closed),
        (row.version as i64).into(),
        row.pace.as_str().into(),
        row.days_used.map(i64::from).into(),
        row.open_questions.map(i64::from).into(),
        words(&row.words).into(),
        search_text(row).into(),
        crate::figures::tally(row).into(),
    ]
}

/// Writes what differs from the rows that are there: a case's row stands in ten indexes, and most acts move it in none.
async fn write_case(c: &impl ConnectionTrait, batch: &mut Batch, view: &CaseView) -> Result<(), Error> {
    let case = view.row.case.to_string();
    let before = case_row(c, &case).await?;
    let values = case_values(&view.row);
    match before.as_ref().map(case_values) {
        None => batch.insert(&format!("case_view ({CASE_VIEW})"), vec![values.into()]),
        Some(before) => {
            let changed = CASE_VIEW.split(", ").zip(values).zip(before);
            let changed = changed.filter(|((_, new), old)| new != old).map(|(new, _)| new);
            let (columns, mut values): (Vec<&str>, Vec<Value>) = changed.unzip();
            if !columns.is_empty() {
                let set = columns
                    .iter()
                    .enumerate()
                    .map(|(at, column)| format!("{column} = ${}", at + 1));
                let set: Vec<String> = set.collect();
                values.push(case.as_str().into());
                let sql = format!(
                    "update case_view set {} where case_id = ${}",
                    set.join(", "),
                    values.len()
                );
                batch.add(sql, values);
            }
        }
    }
    let text = search_text(&view.row);
    if before.as_ref().map(search_text).as_ref() != Some(&text) {
        crate::lists::write_tokens(batch, &case, &text);
    }
    write_todos(batch, &case, &view.todos);
    write_people(batch, &case, &view.people);
    Ok(())
}

/// Each to-do in its place, where it is not there already; none after the last.
fn write_todos(batch: &mut Batch, case: &str, todos: &[TodoRow]) {
    for (place, todo) in todos.iter().enumerate() {
        batch.add(
            "insert into todo (case_id, place, number, holder, act, due_on, opened_on, applicant_name, reminded_on)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (case_id, place) do update set
                 number = excluded.number, holder = excluded.holder, act = excluded.act, due_on = excluded.due_on,
                 opened_on = excluded.opened_on, applicant_name = excluded.applicant_name,
                 reminded_on = excluded.reminded_on
             where todo.number <> excluded.number or todo.holder <> excluded.holder or todo.act <> excluded.act
                 or todo.due_on <> excluded.due_on or todo.opened_on <> excluded.opened_on
                 or todo.applicant_name <> excluded.applicant_name or todo.reminded_on <> excluded.reminded_on",
            vec![
                case.into(),
                (place as i64).into(),
                todo.number.as_str().into(),
                todo.holder.to_string().into(),
                todo.act.as_str().into(),
                day(todo.due_on).into(),
                todo.opened_on.to_string().into(),
                todo.applicant_name.as_str().into(),
                day(todo.reminded_on).into(),
            ],
        );
    }
    batch.add(
        "delete from todo where case_id = $1 and place >= $2",
        vec![case.into(), (todos.len() as i64).into()],
    );
}

/// Those who are not there already; nobody else.
fn write_people(batch: &mut Batch, case: &str, people: &[CasePersonRow]) {
    let mut kept = Vec::new();
    let mut values = vec![case.into()];
    for person in people {
        values.extend([person.person.to_string().into(), person.relation.as_str().into()]);
        kept.push(format!(
            "(person = ${} and relation = ${})",
            values.len() - 1,
            values.len()
        ));
    }
    if kept.is_empty() {
        batch.add("delete from case_person where case_id = $1", values);
        return;
    }
    let rows: Vec<String> = (0..people.len())
        .map(|n| format!("($1, ${}, ${})", 2 * n + 2, 2 * n + 3))
        .collect();
    batch.add(
        format!(
            "delete from case_person where case_id = $1 and not ({})",
            kept.join(" or ")
        ),
        values.clone(),
    );
    batch.add(
        format!(
            "insert into case_person (case_id, person, relation) values {} on conflict do nothing",
            rows.join(", ")
        ),
        values,
    );
}

/// One case's row.
pub(crate) async fn case_row(c: &impl ConnectionTrait, case: &str) -> Result<Option<CaseRow>, Error> {
    let sql = format!("select {CASE_COLUMNS} from case_view v where v.case_id = $1");
    one(c, &sql, vec![case.into()])
        .await?
        .map(|row| case_from(&row))
        .transpose()
}

/// What is to be done on a case, in order.
pub(crate) async fn todo_rows(c: &impl ConnectionTrait, case: &str) -> Result<Vec<TodoRow>, Error> {
    let sql = format!("select {TODO_COLUMNS} from todo where case_id = $1 order by place");
    all(c, &sql, vec![case.into()]).await?.iter().map(todo_from).collect()
}

/// Who has to do with a case, by relation and id.
pub(crate) async fn people_rows(c: &impl ConnectionTrait, case: &str) -> Result<Vec<CasePersonRow>, Error> {
    let sql = "select person, relation from case_person where case_id = $1 order by relation, person";
    let rows = all(c, sql, vec![case.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(CasePersonRow {
                person: id(row, 0)?,
                relation: row.try_get_by_index(1)?,
            })
        })
        .collect()
}

pub(crate) fn write_readings(batch: &mut Batch, readings: &[Reading]) {
    for some in readings.chunks(500) {
        let rows = some.iter().map(|reading| {
            vec![
                reading.case.to_string().into(),
                reading.at.0.into(),
                reading.person.to_string().into(),
                reading.role.as_str().into(),
                reading.institution.to_string().into(),
                reading.what.as_str().into(),
            ]
        });
        batch.insert(
            "case_reading (case_id, read_at, person, role, institution, what)",
            rows.collect(),
        );
    }
}

/// The columns [`case_from`] reads.
pub(crate) const CASE_COLUMNS: &str = "v.case_id, v.number, v.institution, v.discipline, v.applicant, v.applicant_name, v.unit, v.unit_name, \
     v.work_kind, v.clauses, v.stage, v.stage_text, v.outcome, v.received_on, v.due_on, v.provisional, v.met_on, \
     v.step_due_on, v.waiting_for, v.closed, v.version, v.pace, v.days_used, v.open_questions, v.words";

pub(crate) fn case_from(row: &QueryResult) -> Result<CaseRow, Error> {
    Ok(CaseRow {
        case: id(row, 0)?,
        number: row.try_get_by_index(1)?,
        institution: id(row, 2)?,
        discipline: id(row, 3)?,
        applicant: maybe_id(row, 4)?,
        applicant_name: row.try_get_by_index(5)?,
        unit: maybe_id(row, 6)?,
        unit_name: row.try_get_by_index(7)?,
        work_kind: row.try_get_by_index(8)?,
        clauses: list(row, 9)?,
        stage: row.try_get_by_index(10)?,
        stage_text: row.try_get_by_index(11)?,
        outcome: row.try_get_by_index(12)?,
        received_on: id(row, 13)?,
        due_on: due(row, 14)?,
        provisional: truth(row, 15)?,
        met_on: maybe_id(row, 16)?,
        step_due_on: maybe_id(row, 17)?,
        waiting_for: list(row, 18)?,
        closed: truth(row, 19)?,
        version: row.try_get_by_index::<i64>(20)? as u64,
        pace: row.try_get_by_index(21)?,
        days_used: number(row, 22)?,
        open_questions: number(row, 23)?,
        words: list(row, 24)?,
    })
}

pub(crate) const TODO_COLUMNS: &str =
    "case_id, number, holder, act, due_on, opened_on, applicant_name, place, reminded_on";

pub(crate) fn todo_from(row: &QueryResult) -> Result<TodoRow, Error> {
    todo_at(row, 0)
}

/// The same, where its columns begin at `from`.
pub(crate) fn todo_at(row: &QueryResult, from: usize) -> Result<TodoRow, Error> {
    Ok(TodoRow {
        case: id(row, from)?,
        number: row.try_get_by_index(from + 1)?,
        holder: id(row, from + 2)?,
        act: row.try_get_by_index(from + 3)?,
        due_on: due(row, from + 4)?,
        opened_on: id(row, from + 5)?,
        applicant_name: row.try_get_by_index(from + 6)?,
        reminded_on: due(row, from + 8)?,
    })
}

/// A text column that holds an id or a day.
pub(crate) fn id<T: FromStr>(row: &QueryResult, at: usize) -> Result<T, Error> {
    let text: String = row.try_get_by_index(at)?;
    text.parse()
        .map_err(|_| Error::Malformed(format!("view column {at}: {text:?}")))
}

/// The same, where it may be null.
pub(crate) fn maybe_id<T: FromStr>(row: &QueryResult, at: usize) -> Result<Option<T>, Error> {
    let text: Option<String> = row.try_get_by_index(at)?;
    text.map(|t| {
        t.parse()
            .map_err(|_| Error::Malformed(format!("view column {at}: {t:?}")))
    })
    .transpose()
}

pub(crate) fn truth(row: &QueryResult, at: usize) -> Result<bool, Error> {
    Ok(row.try_get_by_index::<i64>(at)? != 0)
}

fn number(row: &QueryResult, at: usize) -> Result<Option<u32>, Error> {
    let number: Option<i64> = row.try_get_by_index(at)?;
    Ok(number.map(|n| u32::try_from(n).unwrap_or(u32::MAX)))
}

fn due(row: &QueryResult, at: usize) -> Result<Option<Date>, Error> {
    let text: String = row.try_get_by_index(at)?;
    if text == NO_DAY {
        Ok(None)
    } else {
        id(row, at).map(Some)
    }
}

fn list(row: &QueryResult, at: usize) -> Result<Vec<String>, Error> {
    let text = <String as TryGetable>::try_get_by_index(row, at).map_err(sea_orm::DbErr::from)?;
    Ok(text.split_whitespace().map(str::to_owned).collect())
}

/// A rebuild of all views under way: nothing is seen of it until [`Rebuild::finish`], and others wait with writing.
pub struct Rebuild {
    transaction: DatabaseTransaction,
    store: Store,
}

/// Every table of views; none holds anything that the streams do not.
const VIEW_TABLES: [&str; 11] = [
    "case_view",
    "case_token",
    "blind_case",
    "blind_token",
    "todo",
    "case_person",
    "case_reading",
    "person_view",
    "capacity",
    "institution_view",
    "setting",
];

impl Store {
    /// Clears the views and begins to write them anew. Walk the streams with [`Store::streams`] and [`Store::read`],
    /// hand each entity's rows to [`Rebuild::write`], then [`Rebuild::finish`]; dropped before that, nothing changes.
    pub async fn rebuild(&self) -> Result<Rebuild, Error> {
        let dialect: Dialect = self.inner.writer.dialect;
        let transaction = dialect.begin(&self.inner.writer.db).await?;
        dialect.lock_tables(&transaction, &VIEW_TABLES.join(", ")).await?;
        for table in VIEW_TABLES {
            execute(&transaction, &format!("delete from {table}"), vec![]).await?;
        }
        Ok(Rebuild {
            transaction,
            store: self.clone(),
        })
    }

    /// The rows of every view as text, sorted: what a test compares before and after a rebuild.
    pub async fn dump_views(&self) -> Result<String, Error> {
        let mut out = String::new();
        for table in VIEW_TABLES {
            let columns = crate::migrate::columns(table);
            let joined: Vec<String> = columns
                .iter()
                .map(|column| format!("coalesce(cast({column} as text), '-')"))
                .collect();
            let sql = format!("select {} from {table}", joined.join(" || '|' || "));
            let rows = all(&self.inner.read, &sql, vec![]).await?;
            let mut lines = rows
                .iter()
                .map(|row| row.try_get_by_index(0))
                .collect::<Result<Vec<String>, sea_orm::DbErr>>()?;
            lines.sort();
            out.push_str(&format!("{table}\n{}\n", lines.join("\n")));
        }
        Ok(out)
    }
}

impl Rebuild {
    /// Writes the rows of one entity.
    pub async fn write(&self, changes: ViewChanges) -> Result<(), Error> {
        let mut batch = Batch::new(self.store.inner.writer.dialect);
        changes.write(&self.transaction, &mut batch).await?;
        batch.run(&self.transaction).await
    }

    /// Writes the words a case's sealed text is found by.
    pub async fn write_words(&self, case: CaseId, version: u64, texts: &[String]) -> Result<(), Error> {
        crate::blind::write(&self.store, &self.transaction, case, version, texts).await
    }

    /// Adds the readings, which the store derives itself, and makes the new rows the ones that are seen.
    pub async fn finish(self) -> Result<(), Error> {
        crate::access::rebuild(&self.store, &self.transaction).await?;
        Ok(self.transaction.commit().await?)
    }
}
