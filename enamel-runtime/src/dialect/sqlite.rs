//! SQLite: one writer, flags that belong to the connection, and everything on `main`.
//!
//! Attached databases and temporary tables are somebody else's: what is said to SQLite about the history and the schema names `main`.

pub(crate) mod rebuild;
mod session;

pub(crate) use session::Session;

use super::{Facts, identifier, literal};
use crate::connection::DriverError;

/// What the algorithm must know.
pub(crate) const FACTS: Facts = Facts {
    qualified: |history| format!("main.{}", identifier(history)),
    history_columns: |history| format!("SELECT name FROM pragma_table_info({}, 'main')", literal(history)),
    // https://www.sqlite.org/lang_transaction.html#immediate: the write lock, before anything is read.
    begin: "BEGIN IMMEDIATE",
    already_in_transaction: |error: &DriverError| error.message.contains("within a transaction"),
};
