//! Connections of `rusqlite`.

use super::{Awaitable, Blocking, Connection, DriverError, Rows};
use enamel_schema::Dialect;
use rusqlite::types::ValueRef;
use std::time::Duration;

impl Connection for rusqlite::Connection {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        Ok(self.execute_batch(sql)?)
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        let mut statement = self.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        let mut found = Rows::new();
        while let Some(row) = rows.next()? {
            found.push((0..columns).map(|column| row.get_ref(column).map(cell)).collect::<Result<_, _>>()?);
        }
        Ok(found)
    }

    async fn sleep(&mut self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

impl Blocking for rusqlite::Connection {}
impl Awaitable for rusqlite::Connection {}

fn cell(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => {
            Some(format!("X'{}'", bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>()))
        }
    }
}

impl From<rusqlite::Error> for DriverError {
    fn from(error: rusqlite::Error) -> Self {
        // What rusqlite tells without a code is about the text. A file is no connection that could break.
        const SQLITE_ERROR: i32 = 1;
        let code = error.sqlite_error().map_or(SQLITE_ERROR, |error| error.extended_code);
        Self {
            message: message(&error),
            code: Some(code.to_string()),
            position: position(&error),
            busy: is_busy(code),
            source: Some(Box::new(error)),
        }
    }
}

/// SQLite's own words, without what rusqlite puts around them.
fn message(error: &rusqlite::Error) -> String {
    if let rusqlite::Error::SqliteFailure(_, Some(message)) = error {
        return message.clone();
    }
    #[cfg(feature = "rusqlite-bundled")]
    if let rusqlite::Error::SqlInputError { msg, .. } = error {
        return msg.clone();
    }
    error.to_string()
}

/// Where in the text SQLite stopped (`sqlite3_error_offset`). Only a new enough SQLite says.
fn position(error: &rusqlite::Error) -> Option<usize> {
    #[cfg(feature = "rusqlite-bundled")]
    if let rusqlite::Error::SqlInputError { offset, .. } = error {
        return usize::try_from(*offset).ok();
    }
    let _ = error;
    None
}

/// `SQLITE_BUSY` in all its forms; `SQLITE_PROTOCOL`, for a race to a write-ahead log that was lost too often; and `SQLITE_LOCKED_SHAREDCACHE`,
/// its like between connections that share a cache. Any
/// other `SQLITE_LOCKED` is a conflict within this connection, which waiting does not end
/// (<https://www.sqlite.org/rescode.html#locked>).
fn is_busy(extended_code: i32) -> bool {
    const BUSY: i32 = 5;
    const PROTOCOL: i32 = 15;
    const LOCKED_SHARED_CACHE: i32 = 262;
    extended_code & 0xff == BUSY || extended_code == PROTOCOL || extended_code == LOCKED_SHARED_CACHE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::block_on;

    #[test]
    fn cells_are_text() {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        let rows = block_on(connection.rows("SELECT NULL, 7, 1.5, 'ä', X'0aff'")).unwrap();
        let cells: Vec<_> = rows[0].iter().map(Option::as_deref).collect();
        assert_eq!(cells, [None, Some("7"), Some("1.5"), Some("ä"), Some("X'0AFF'")]);
    }

    #[test]
    fn an_error_has_sqlites_words_code_and_place() {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        let error = block_on(connection.batch("SELECT 1 FROM absent")).unwrap_err();
        assert_eq!(error.message, "no such table: absent");
        assert_eq!(error.code.as_deref(), Some("1"));
        let error = block_on(connection.batch("SELECT ?? FROM x")).unwrap_err();
        assert_eq!(error.code.as_deref(), Some("1"));
        assert_eq!(error.position, if cfg!(feature = "rusqlite-bundled") { Some(8) } else { None });
        assert!(!error.busy);
    }

    #[test]
    fn only_what_may_pass_is_busy() {
        assert!(is_busy(5) && is_busy(261) && is_busy(517) && is_busy(15) && is_busy(262));
        assert!(!is_busy(6) && !is_busy(1) && !is_busy(2067));
    }
}
