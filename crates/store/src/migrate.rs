//! The schema, one text per version. Types are SQLite's; `Dialect::schema` turns them into PostgreSQL's.
//! Flags are bigint (0, 1), times bigint (microseconds), days text (`YYYY-MM-DD`), ids and digests text (hexadecimal).
//! Small rows that are found by their key lie in its tree (`without rowid`): one page to write, not two.

use crate::dialect::{Dialect, execute, one};
use crate::error::Error;
use sea_orm::{ConnectionTrait, DatabaseConnection};

/// What each version adds. A text is never changed once released.
const VERSIONS: [&str; 1] = ["
create table event (
    stream text not null, version bigint not null, site text not null, kind text not null, event text not null,
    act text not null, actor text not null, capacity text not null, acted bigint not null, recorded bigint not null,
    open blob not null, open_digest text not null, sealed blob, sealed_digest text, prev text, hash text not null,
    primary key (stream, version));
create unique index event_id on event (event);
create table stream (
    name text not null primary key, kind text not null, version bigint not null, hash text not null,
    recorded bigint not null) without rowid;
create index stream_kind on stream (kind, name);
create table act (
    act text not null primary key, recorded bigint not null, clamped bigint not null, heads text not null) without rowid;
create table file (
    address text not null primary key, size bigint not null, stored bigint not null, key_id text not null);
create index file_key on file (key_id);
create table outbox (
    id text not null primary key, topic text not null, body blob not null, created bigint not null,
    due bigint not null, attempts bigint not null);
create index outbox_due on outbox (topic, due, id);

create table case_view (
    case_id text not null primary key, number text not null, institution text not null, discipline text not null,
    applicant text, applicant_name text not null, unit text, unit_name text not null, work_kind text not null,
    clauses text not null, stage text not null, stage_text text not null, outcome text, received_on text not null,
    due_on text not null, provisional bigint not null, met_on text, step_due_on text, waiting_for text not null,
    closed bigint not null, version bigint not null, pace text not null, days_used bigint, open_questions bigint,
    words text not null, search text not null, tally text not null);
create unique index case_number on case_view (number);
create index case_due on case_view (closed, due_on, case_id, pace, stage, work_kind, unit, outcome, received_on, days_used);
create index case_received on case_view (received_on, case_id, pace, stage, work_kind, unit, outcome, closed, due_on, days_used);
create index case_bureau_due on case_view
    (institution, closed, due_on, case_id, pace, stage, work_kind, unit, outcome, received_on, days_used);
create index case_bureau_received on case_view
    (institution, received_on, case_id, pace, stage, work_kind, unit, outcome, closed, due_on, days_used);
create index case_bureau_number on case_view
    (institution, number, case_id, pace, stage, work_kind, unit, outcome, closed, due_on, received_on, days_used);
create index case_discipline on case_view (discipline, institution);
create index case_unit_due on case_view (unit, closed, due_on, case_id);
create index case_stage on case_view (stage, case_id);
create index case_outcome on case_view (outcome, case_id);
create index case_tally on case_view (tally);
create table case_token (token text not null, case_id text not null, primary key (token, case_id)) without rowid;
create index case_token_case on case_token (case_id);
create table blind_case (case_id text not null primary key, version bigint not null, tokens blob not null);
create table blind_token (token bigint not null, case_id text not null, primary key (token, case_id)) without rowid;
create table todo (
    case_id text not null, place bigint not null, number text not null, holder text not null, act text not null,
    due_on text not null, opened_on text not null, applicant_name text not null, reminded_on text not null,
    primary key (case_id, place)) without rowid;
create index todo_holder on todo (holder, due_on, case_id, place);
create table case_person (
    case_id text not null, person text not null, relation text not null, primary key (case_id, person, relation)) without rowid;
create index case_person_person on case_person (person, relation, case_id);
create table case_reading (
    case_id text not null, read_at bigint not null, person text not null, role text not null,
    institution text not null, what text not null);
create index case_reading_case on case_reading (case_id, read_at);
create index case_reading_family on case_reading (read_at, institution) where what = 'family';
create table institution_view (
    id text not null primary key, name text not null, kind text not null, division text not null, parent text,
    counterpart text, details text not null, active bigint not null);
create table person_view (
    id text not null primary key, name text not null, unit text, post text not null, active bigint not null);
create index person_unit on person_view (unit);
create table capacity (
    person text not null, place bigint not null, role text not null, institution text not null,
    primary key (person, place));
create index capacity_institution on capacity (institution, role);
create table setting (name text not null primary key, value text not null);

create table draft (
    id text not null primary key, person text not null, kind text not null, case_id text, saved bigint not null,
    body blob not null);
create index draft_person on draft (person, saved);
create table account (
    login text not null primary key, person text not null, password text not null, must_change bigint not null,
    changed bigint not null);
create unique index account_person on account (person);
create table session (
    token text not null primary key, person text not null, half bigint not null, created bigint not null,
    last_seen bigint not null, address text not null, browser text not null);
create index session_person on session (person);
create table factor (
    person text not null primary key, kind text not null, secret blob, used bigint not null, next_kind text not null,
    next_secret blob);
create table device (
    token text not null primary key, person text not null, last_seen bigint not null) without rowid;
create table attempt (
    name text not null primary key, failed bigint not null, last bigint not null, until bigint not null) without rowid;
create table login_failure (
    day text not null, person text not null, address text not null, failed bigint not null, locked bigint not null,
    first bigint not null, last bigint not null, primary key (day, person, address)) without rowid"];

const META: &str = "create table if not exists meta (name text not null primary key, value text not null)";

/// Brings the record's schema up to this program's version.
pub(crate) async fn migrate(db: &DatabaseConnection, dialect: Dialect) -> Result<(), Error> {
    let transaction = dialect.begin(db).await?;
    dialect.lock(&transaction, &["schema"]).await?;
    execute(&transaction, &dialect.schema(META), vec![]).await?;
    let found: i64 = match meta(&transaction, "schema").await? {
        Some(text) => text
            .parse()
            .map_err(|_| Error::Malformed(format!("schema version {text:?}")))?,
        None => 0,
    };
    let known = VERSIONS.len() as i64;
    if found > known {
        return Err(Error::SchemaTooNew { found, known });
    }
    for text in VERSIONS.iter().skip(found as usize) {
        for statement in text.split(';') {
            execute(&transaction, &dialect.schema(statement), vec![]).await?;
        }
    }
    if found < known {
        set_meta(&transaction, "schema", &known.to_string()).await?;
    }
    Ok(transaction.commit().await?)
}

/// Makes the table of wrapped keys in its own database or schema.
pub(crate) async fn migrate_keys(db: &DatabaseConnection, dialect: Dialect) -> Result<(), Error> {
    let transaction = dialect.begin(db).await?;
    dialect.lock(&transaction, &["schema"]).await?;
    if dialect == Dialect::Postgres {
        execute(&transaction, "create schema if not exists jinzhi_keys", vec![]).await?;
    }
    let sql = format!(
        "create table if not exists {} (key_id text not null primary key, scope text not null unique, \
         wrapped blob not null, created bigint not null)",
        dialect.key_table()
    );
    execute(&transaction, &dialect.schema(&sql), vec![]).await?;
    Ok(transaction.commit().await?)
}

/// A fact about the whole database.
pub(crate) async fn meta(c: &impl ConnectionTrait, name: &str) -> Result<Option<String>, Error> {
    let row = one(c, "select value from meta where name = $1", vec![name.into()]).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Notes a fact about the whole database.
pub(crate) async fn set_meta(c: &impl ConnectionTrait, name: &str, value: &str) -> Result<(), Error> {
    let sql = "insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
    execute(c, sql, vec![name.into(), value.into()]).await?;
    Ok(())
}

/// The columns of a table, as the schema lists them.
pub(crate) fn columns(table: &str) -> Vec<&'static str> {
    let head = format!("create table {table} (");
    let body = VERSIONS
        .iter()
        .find_map(|text| text.split_once(&head))
        .map_or("", |(_, rest)| rest);
    let body = body.split_once(';').map_or(body, |(body, _)| body);
    let words = body
        .split(',')
        .filter_map(|column| column.split_whitespace().next().zip(Some(column)));
    words
        .filter(|(_, column)| column.contains(" text") || column.contains(" bigint"))
        .map(|(name, _)| name)
        .collect()
}
