//! What the algorithm must know of each database: a few texts, a few facts. Everything else is the same for all.

pub(crate) mod sqlite;

use crate::connection::DriverError;
use enamel_schema::Dialect;

/// One database, as the algorithm sees it.
#[derive(Debug)]
pub(crate) struct Facts {
    /// A table, quoted and qualified: a revision may change what an unqualified name means.
    pub(crate) qualified: fn(table: &str) -> String,
    /// A `SELECT` of the names of a table's columns. No rows: there is no such table.
    pub(crate) columns: fn(table: &str) -> String,
    /// Opens a transaction that keeps other launches out, or fails as busy at once.
    pub(crate) begin: &'static str,
    /// Whether `begin` failed because the connection is in a transaction already.
    pub(crate) already_in_transaction: fn(&DriverError) -> bool,
    /// Whether a statement can only run outside a transaction.
    pub(crate) runs_alone: fn(statement: &str) -> bool,
    /// The time in seconds, as an expression.
    pub(crate) now: &'static str,
}

/// The facts of a dialect, `None` for one that the runtime cannot drive yet.
pub(crate) const fn facts(dialect: Dialect) -> Option<&'static Facts> {
    match dialect {
        Dialect::Sqlite => Some(&sqlite::FACTS),
        Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => None,
    }
}

/// A text as an SQL literal.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A name as a quoted identifier.
pub(crate) fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
