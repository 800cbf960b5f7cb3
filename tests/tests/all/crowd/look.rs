//! What the programs left: each revision once and in order, and nothing else.

use super::programs::{expected_history, expected_log};
use enamel_runtime::connection::block_on;
use enamel_runtime::postgres::{Client, NoTls};
use enamel_runtime::rusqlite::Connection as Sqlite;
use enamel_runtime::{Connection, DriverError};

const LOG: &str = "SELECT what FROM log ORDER BY id";
const HISTORY: &str = "SELECT version FROM enamel_schema_history ORDER BY version";
const NOTHING: [&str; 0] = [];

/// Looks at a database, and says what is wrong with it.
pub(super) fn look(target: &str) -> Result<(), String> {
    match target.strip_prefix("sqlite:") {
        Some(path) => {
            let mut database = Sqlite::open(path).map_err(|error| error.to_string())?;
            all(&mut database)?;
            is(&mut database, "PRAGMA integrity_check", &["ok"])?;
            is(&mut database, "SELECT name FROM sqlite_master WHERE name LIKE '%claim'", &NOTHING)
        }
        None => {
            let mut database = Client::connect(target, NoTls).map_err(|error| error.to_string())?;
            all(&mut database)?;
            is(&mut database, "SELECT relname FROM pg_class WHERE relname LIKE '%claim'", &NOTHING)?;
            is(&mut database, "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid", &NOTHING)
        }
    }
}

fn all<C: Connection>(database: &mut C) -> Result<(), String> {
    is(database, LOG, &expected_log())?;
    is(database, HISTORY, &expected_history())
}

fn is<C: Connection, T: AsRef<str>>(database: &mut C, sql: &str, expected: &[T]) -> Result<(), String> {
    let found = cells(database, sql).map_err(|error| format!("{sql}: {error}"))?;
    if found.iter().map(String::as_str).eq(expected.iter().map(AsRef::as_ref)) {
        Ok(())
    } else {
        Err(format!("{sql}: {found:?}"))
    }
}

fn cells<C: Connection>(database: &mut C, sql: &str) -> Result<Vec<String>, DriverError> {
    let rows = block_on(database.rows(sql))?;
    Ok(rows.into_iter().map(|mut row| row.remove(0).unwrap_or_else(|| "NULL".to_owned())).collect())
}
