//! SQLite: one writer, flags that belong to the connection, and everything on `main`.
//!
//! Attached databases and temporary tables are somebody else's: what is said to SQLite about the history and the schema names `main`.

mod parent;
pub(crate) mod rebuild;
mod script;
mod session;

pub(crate) use parent::Children;
pub(crate) use session::Session;

use super::{Facts, literal};

/// What the algorithm must know.
pub(crate) const FACTS: Facts = Facts {
    schema: Some("main"),
    is_own: |_| None,
    columns: |_, table| format!("SELECT name FROM pragma_table_info({}, 'main')", literal(table)),
    is_there: |_, table| format!("(SELECT name FROM pragma_table_info({}, 'main') LIMIT 1)", literal(table)),
    literal,
    runs_alone: is_pragma_or_vacuum,
    sets_session: |statement| is_pragma_or_vacuum(statement) && statement.contains('='),
    over_all_rows: [""; 2],
    is_fetched: is_pragma_or_vacuum,
    // https://www.sqlite.org/lang_transaction.html: "the transaction remains active and the COMMIT can be retried".
    commits_again: true,
    now: "CAST(strftime('%s', 'now') AS INTEGER)",
    shell: script::SHELL,
    role: "NULL",
    may_run_again: |_| true,
    is_running: None,
};

/// <https://www.sqlite.org/lang_vacuum.html>, <https://www.sqlite.org/pragma.html>: some of the latter do nothing, or fail, in a transaction, and some
/// do their work row by row.
fn is_pragma_or_vacuum(statement: &str) -> bool {
    let word: String = statement.chars().take_while(char::is_ascii_alphabetic).collect();
    ["vacuum", "pragma"].iter().any(|alone| word.eq_ignore_ascii_case(alone))
}
