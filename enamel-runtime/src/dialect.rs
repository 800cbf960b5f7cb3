//! What the algorithm must know of each database: a few texts, a few facts. Everything else is the same for all.

pub(crate) mod postgres;
mod session;
pub(crate) mod sqlite;

pub(crate) use session::{Locked, Session};

use crate::history::HistoryTable;
use crate::upgrade::Mode;
use enamel_schema::split::{Token, tokens};
use enamel_schema::{Dialect, Version};
use std::collections::BTreeSet;

/// One database, as the algorithm sees it.
#[derive(Debug)]
pub(crate) struct Facts {
    /// The schema that the history table lives in, quoted. `None`: it is asked for.
    pub(crate) schema: Option<&'static str>,
    /// A condition on a table whose schema was not asked for yet: that it is the one in which enamel would make it.
    pub(crate) is_own: fn(table: &str) -> Option<String>,
    /// A `SELECT` of the names of a table's columns. No rows: there is no such table.
    pub(crate) columns: fn(schema: Option<&str>, table: &str) -> String,
    /// An expression that is NULL unless there is such a table.
    pub(crate) is_there: fn(schema: Option<&str>, table: &str) -> String,
    /// A text as a literal.
    pub(crate) literal: fn(text: &str) -> String,
    /// Whether a statement can only run outside a transaction.
    pub(crate) runs_alone: fn(statement: &str) -> bool,
    /// Whether a statement only sets something of its session, which a launch that goes on after another has not.
    pub(crate) sets_session: fn(statement: &str) -> bool,
    /// Whether a statement does its work while its rows are fetched.
    pub(crate) is_fetched: fn(statement: &str) -> bool,
    /// What stands around a query so that it finds all rows or fails, and leaves the transaction as it was.
    pub(crate) over_all_rows: [&'static str; 2],
    /// Whether a `COMMIT` that failed as busy left its transaction open.
    pub(crate) commits_again: bool,
    /// The time in seconds, as an expression.
    pub(crate) now: &'static str,
    /// The database's own shell.
    pub(crate) shell: Shell,
    /// The role of the session, as an expression.
    pub(crate) role: &'static str,
    /// Whether a statement that only runs outside a transaction may run again after one that was interrupted.
    pub(crate) may_run_again: fn(statement: &str) -> bool,
    /// Whether a statement with the token of the claim at hand is running, as a condition. No statement runs outside the lock on SQLite.
    pub(crate) is_running: Option<&'static str>,
}

/// How scripts talk to the database's own shell.
#[derive(Debug)]
pub(crate) struct Shell {
    /// What stands for the schema of the history table, where it is not known when the script is written.
    pub(crate) schema: Option<&'static str>,
    /// What stands at the top, below a heading.
    pub(crate) opening: fn(heading: &str, table: &HistoryTable) -> String,
    /// Stops the script unless the database is at a revision.
    pub(crate) must_be_at: fn(table: &HistoryTable, version: Version) -> String,
    /// Stops the script where a `SELECT` finds rows, which the shell has shown by then.
    pub(crate) must_be_empty: fn(what: &str, select: &str) -> String,
    /// Whether revisions share a transaction where they can.
    pub(crate) shares: bool,
    /// Revisions that share a transaction, or the one that has none. `before` comes first in it; each revision is its text and its history row.
    pub(crate) lot: fn(mode: Mode, before: &str, revisions: &[(String, String)]) -> String,
    /// The time as RFC 3339.
    pub(crate) now: &'static str,
}

/// The facts of a dialect, `None` for one that the runtime cannot drive yet.
pub(crate) const fn facts(dialect: Dialect) -> Option<&'static Facts> {
    match dialect {
        Dialect::Sqlite => Some(&sqlite::FACTS),
        Dialect::Postgres => Some(&postgres::FACTS),
        Dialect::Mysql | Dialect::Mariadb => None,
    }
}

/// A table, quoted, and qualified once its schema is known: a revision may change what an unqualified name means.
pub(crate) fn qualified(schema: Option<&str>, table: &str) -> String {
    match schema {
        Some(schema) => format!("{schema}.{}", identifier(table)),
        None => identifier(table),
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

/// Everything that a text names, in small letters.
pub(crate) fn identifiers(text: &str, dialect: Dialect) -> BTreeSet<String> {
    tokens(text, dialect).iter().filter_map(Token::identifier).map(|name| name.to_ascii_lowercase()).collect()
}
