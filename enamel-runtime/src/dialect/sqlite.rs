//! SQLite: one writer, flags that belong to the connection, and everything on `main`.
//!
//! Attached databases and temporary tables are somebody else's: what is said to SQLite about the history and the schema names `main`.

pub(crate) mod rebuild;
pub(crate) mod script;
mod session;

pub(crate) use session::Session;

use super::{Facts, identifier, literal};
use crate::connection::DriverError;

/// What the algorithm must know.
pub(crate) const FACTS: Facts = Facts {
    qualified: |table| format!("main.{}", identifier(table)),
    columns: |table| format!("SELECT name FROM pragma_table_info({}, 'main')", literal(table)),
    // https://www.sqlite.org/lang_transaction.html#immediate: the write lock, before anything is read.
    begin: "BEGIN IMMEDIATE",
    already_in_transaction: |error: &DriverError| error.message.contains("within a transaction"),
    // https://www.sqlite.org/lang_vacuum.html, https://www.sqlite.org/pragma.html: some of the latter do nothing, or fail, in a transaction.
    runs_alone: |statement| {
        let word: String = statement.chars().take_while(char::is_ascii_alphabetic).collect();
        ["vacuum", "pragma"].iter().any(|alone| word.eq_ignore_ascii_case(alone))
    },
    now: "CAST(strftime('%s', 'now') AS INTEGER)",
};
