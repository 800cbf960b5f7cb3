//! What the two drivers of PostgreSQL share: the server's words, codes and places, and its rows as text.

use super::{DriverError, Rows};
#[cfg(feature = "postgres")]
use postgres::{Error, SimpleQueryMessage, error::DbError, error::ErrorPosition};
use std::error::Error as _;
#[cfg(not(feature = "postgres"))]
use tokio_postgres::{Error, SimpleQueryMessage, error::DbError, error::ErrorPosition};

/// Rows as text cells; the answers of statements without rows are left out. Bytes are as `bytea_output` writes them: `\x0aff`.
pub(super) fn cells(messages: Vec<SimpleQueryMessage>) -> Rows {
    let mut rows = Rows::new();
    for message in messages {
        if let SimpleQueryMessage::Row(row) = message {
            rows.push((0..row.len()).map(|column| row.get(column).map(str::to_owned)).collect());
        }
    }
    rows
}

/// An error, with its place in the text that was sent.
pub(super) fn asked(sql: &str, error: Error) -> DriverError {
    let position = match error.as_db_error().and_then(DbError::position) {
        Some(ErrorPosition::Original(characters)) => byte(sql, *characters),
        Some(ErrorPosition::Internal { .. }) | None => None,
    };
    DriverError { position, ..DriverError::from(error) }
}

impl From<Error> for DriverError {
    fn from(error: Error) -> Self {
        let code = error.code().map(|state| state.code().to_owned());
        Self {
            message: message(&error),
            busy: code.as_deref().is_some_and(may_pass),
            code,
            position: None,
            source: Some(Box::new(error)),
        }
    }
}

/// The server's own words, its detail in parentheses; or what went wrong on the way to it.
fn message(error: &Error) -> String {
    let Some(said) = error.as_db_error() else {
        return match error.source() {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        };
    };
    let mut message = said.message().to_owned();
    if let Some(detail) = said.detail() {
        message += &format!(" ({})", detail.trim_end_matches('.'));
    }
    if let Some(ErrorPosition::Internal { query, .. }) = said.position() {
        message += &format!(" in {}", query.trim());
    }
    message
}

/// `lock_not_available`, `deadlock_detected`, `serialization_failure`: another connection stood in the way
/// (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
fn may_pass(code: &str) -> bool {
    ["55P03", "40P01", "40001"].contains(&code)
}

/// The byte of a character, which the server counts from one.
fn byte(sql: &str, character: u32) -> Option<usize> {
    let character = usize::try_from(character).ok()?.checked_sub(1)?;
    sql.char_indices().map(|(byte, _)| byte).chain([sql.len()]).nth(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters_by_the_server() {
        assert_eq!(byte("SELECT 'ä', x", 13), Some(13));
        assert_eq!(byte("SELECT 'a', x", 13), Some(12));
        assert_eq!(byte("ä", 2), Some(2));
        assert_eq!(byte("ä", 0), None);
        assert_eq!(byte("ä", 9), None);
    }

    #[test]
    fn only_what_may_pass_is_busy() {
        assert!(may_pass("55P03") && may_pass("40P01") && may_pass("40001"));
        assert!(!may_pass("57014") && !may_pass("23505") && !may_pass("42P01"));
    }
}
