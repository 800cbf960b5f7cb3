//! The names that enamel gives: of tables from their models, of constraints and indexes from their columns.
//!
//! The rules are frozen by the lock file's `types` number: a project keeps the names that it was begun with.

use crate::edits::Edits;
use crate::schema::Schema;

/// `LastName` → `last_name`, `HTTPServer` → `http_server`.
pub fn snake_case(rust_name: &str) -> String {
    todo!("{rust_name}")
}

/// The table name of a model that states none: plural snake case, `Category` → `categories`, `Box` → `boxes`.
pub fn table_name(rust_name: &str) -> String {
    todo!("{rust_name}")
}

/// Gives every constraint and index of `next` that has no name the one it had in `previous` (found by its shape, after
/// `edits`), else one of ours: `uq_`/`ix_`/`fk_`/`ck_{table}_{columns}`, `{table}_pkey`, cut with a hash at 63 bytes.
///
/// Names that are given here are [`crate::schema::ConstraintName::Derived`].
pub fn complete(previous: &Schema, next: &Schema, edits: &Edits) -> Schema {
    todo!("{previous:?}{next:?}{edits:?}")
}
