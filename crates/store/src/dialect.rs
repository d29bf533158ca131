//! The few places where SQLite and PostgreSQL differ, and the three ways a statement is run.

use crate::error::Error;
use base::Digest;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel,
    QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};
use std::path::Path;
use std::time::Duration;

/// Which engine holds the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Begins a transaction that will write: on SQLite it takes the write lock at once, since a reader that turns
    /// writer may find the database busy and fail.
    pub(crate) async fn begin(self, db: &DatabaseConnection) -> Result<DatabaseTransaction, Error> {
        let sqlite_transaction_mode = match self {
            Dialect::Sqlite => Some(SqliteTransactionMode::Immediate),
            Dialect::Postgres => None,
        };
        Ok(db
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode,
                ..Default::default()
            })
            .await?)
    }

    /// Begins a transaction that reads one state of the record throughout.
    pub(crate) async fn snapshot(self, db: &DatabaseConnection) -> Result<DatabaseTransaction, Error> {
        let isolation_level = match self {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(IsolationLevel::RepeatableRead),
        };
        Ok(db
            .begin_with_options(TransactionOptions {
                isolation_level,
                ..Default::default()
            })
            .await?)
    }

    /// Holds each of `names`, in this order, until the transaction ends. SQLite's one writer needs no lock.
    pub(crate) async fn lock(self, c: &impl ConnectionTrait, names: &[&str]) -> Result<(), Error> {
        if self == Dialect::Postgres {
            let keys = names.iter().map(|name| {
                let mut key = [0; 8];
                key.copy_from_slice(&Digest::of(name).0[..8]);
                i64::from_be_bytes(key).into()
            });
            let locks: Vec<String> = (1..=names.len())
                .map(|n| format!("pg_advisory_xact_lock(${n})"))
                .collect();
            execute(c, &format!("select {}", locks.join(", ")), keys.collect()).await?;
        }
        Ok(())
    }

    /// Keeps others from writing `tables` until the transaction ends.
    pub(crate) async fn lock_tables(self, c: &impl ConnectionTrait, tables: &str) -> Result<(), Error> {
        if self == Dialect::Postgres {
            execute(c, &format!("lock table {tables} in share row exclusive mode"), vec![]).await?;
        }
        Ok(())
    }

    /// The end of a select whose rows one claimer takes for itself.
    pub(crate) fn claim(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => "for update skip locked",
        }
    }

    /// A column that no index is to be chosen for: SQLite has no counts to choose by, PostgreSQL has.
    pub(crate) fn aside(self, column: &str) -> String {
        match self {
            Dialect::Sqlite => format!("+{column}"),
            Dialect::Postgres => column.to_owned(),
        }
    }

    /// Wipes from the engine's files what was deleted from or overwritten in `tables`: SQLite, which overwrites with noughts
    /// (`secure_delete`), empties its write-ahead log; PostgreSQL vacuums the tables, and writes the key table anew. Its own
    /// write-ahead log is recycled in its time.
    pub(crate) async fn wipe(self, db: &DatabaseConnection, tables: &[&str]) -> Result<(), Error> {
        match self {
            Dialect::Sqlite => {
                let row = one(db, "pragma wal_checkpoint(truncate)", vec![]).await?;
                let busy: Option<i32> = row.map(|row| row.try_get_by_index(0)).transpose()?;
                if busy != Some(0) {
                    return Err(Error::NotWiped);
                }
            }
            Dialect::Postgres => {
                for table in tables {
                    let how = if *table == self.key_table() {
                        "vacuum full"
                    } else {
                        "vacuum"
                    };
                    execute(db, &format!("{how} {table}"), vec![]).await?;
                }
            }
        }
        Ok(())
    }

    /// The table of wrapped keys: a database of its own, or a schema of its own.
    pub(crate) fn key_table(self) -> &'static str {
        match self {
            Dialect::Sqlite => "wrapped_key",
            Dialect::Postgres => "jinzhi_keys.wrapped_key",
        }
    }

    /// Turns the schema's text (SQLite's types) into this engine's: text sorts by bytes on both.
    pub(crate) fn schema(self, text: &str) -> String {
        match self {
            Dialect::Sqlite => text.to_owned(),
            Dialect::Postgres => text
                .replace(" text", " text collate \"C\"")
                .replace(" blob", " bytea")
                .replace(" without rowid", ""),
        }
    }
}

/// Opens an SQLite file: WAL, every commit on the disk before it is acknowledged.
pub(crate) async fn connect_sqlite(
    path: &Path,
    connections: u32,
    read_only: bool,
) -> Result<DatabaseConnection, Error> {
    let file = path.to_owned();
    let mut options = ConnectOptions::new("sqlite:record");
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |o| {
        o.filename(&file)
            .create_if_missing(!read_only)
            .busy_timeout(Duration::from_secs(10))
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("secure_delete", "ON")
            .pragma("query_only", if read_only { "ON" } else { "OFF" })
            .statement_cache_capacity(256)
    });
    Ok(Database::connect(options).await?)
}

/// Opens PostgreSQL with `synchronous_commit` on, whatever the server's default.
pub(crate) async fn connect_postgres(url: &str, connections: u32) -> Result<DatabaseConnection, Error> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false);
    options.map_sqlx_postgres_opts(|o| o.options([("synchronous_commit", "on")]));
    Ok(Database::connect(options).await?)
}

fn statement(c: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    let backend: DbBackend = c.get_database_backend();
    Statement::from_sql_and_values(backend, sql, values)
}

/// Runs a statement; returns the number of rows it touched.
pub(crate) async fn execute(c: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64, Error> {
    Ok(c.execute_raw(statement(c, sql, values)).await?.rows_affected())
}

/// The first row.
pub(crate) async fn one(c: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, Error> {
    Ok(c.query_one_raw(statement(c, sql, values)).await?)
}

/// All rows.
pub(crate) async fn all(c: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, Error> {
    Ok(c.query_all_raw(statement(c, sql, values)).await?)
}

/// Writes that are run in order, and in one call where the engine takes several statements at once: on SQLite each
/// call is a way to its thread and back, which costs more than the writing.
pub(crate) struct Batch {
    dialect: Dialect,
    statements: Vec<(String, Vec<Value>)>,
}

impl Batch {
    /// Nothing yet.
    pub(crate) fn new(dialect: Dialect) -> Batch {
        Batch {
            dialect,
            statements: Vec::new(),
        }
    }

    /// Adds a statement; its parameters are `$1`, `$2` ….
    pub(crate) fn add(&mut self, sql: impl Into<String>, values: Vec<Value>) {
        self.statements.push((sql.into(), values));
    }

    /// Adds rows to be inserted with one statement: `into` is `table (columns)`.
    pub(crate) fn insert(&mut self, into: &str, rows: Vec<Vec<Value>>) {
        if rows.is_empty() {
            return;
        }
        let mut from = 1;
        let mut groups = Vec::with_capacity(rows.len());
        for row in &rows {
            groups.push(format!("({})", placeholders(from, row.len())));
            from += row.len();
        }
        let sql = format!("insert into {into} values {}", groups.join(", "));
        self.add(sql, rows.into_iter().flatten().collect());
    }

    /// Runs them inside a transaction; after an error some may have been run.
    pub(crate) async fn run(self, c: &impl ConnectionTrait) -> Result<(), Error> {
        if self.dialect == Dialect::Postgres {
            for (sql, values) in self.statements {
                execute(c, &sql, values).await?;
            }
            return Ok(());
        }
        let (mut text, mut all) = (String::new(), Vec::new());
        for (sql, values) in self.statements {
            renumber(&mut text, &sql, all.len());
            text.push(';');
            all.extend(values);
        }
        if !text.is_empty() {
            execute(c, &text, all).await?;
        }
        Ok(())
    }
}

/// Appends `sql` to `text` with each parameter `$n` as `$(n + by)`.
fn renumber(text: &mut String, sql: &str, by: usize) {
    let mut pieces = sql.split('$');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let digits = piece.len() - piece.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = piece.split_at(digits);
        let number: usize = number.parse().unwrap_or_default();
        text.push_str(&format!("${}{rest}", number + by));
    }
}

/// `$from, $from+1, …` for `n` values.
pub(crate) fn placeholders(from: usize, n: usize) -> String {
    let list: Vec<String> = (from..from + n).map(|i| format!("${i}")).collect();
    list.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_a_later_statement_follow_those_before() {
        for (sql, by, expected) in [
            ("delete from t", 3, "delete from t"),
            ("delete from t where a = $1", 0, "delete from t where a = $1"),
            (
                "update t set a = $2, b = $10 where c = $1",
                9,
                "update t set a = $11, b = $19 where c = $10",
            ),
        ] {
            let mut text = String::new();
            renumber(&mut text, sql, by);
            assert_eq!(text, expected);
        }
    }
}
