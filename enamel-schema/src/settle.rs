//! What must be asked before a difference can be written down.
//!
//! A column that went and one that came may be one column with another name. Guessing loses rows, so nothing is guessed: it is
//! settled by an attribute, a flag, an answer, or refused with the flag to pass.

use crate::diagnostic::Diagnostic;
use crate::edits::Edits;
use crate::schema::{Name, Schema, TableName};

/// Something only the user knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// This column came, and these of the same type went: is it one of them?
    RenamedColumn {
        /// The table, by its next name.
        table: TableName,
        /// The column that came.
        next: Name,
        /// Those that went.
        candidates: Vec<Name>,
    },
    /// This table came, and these of a similar shape went: is it one of them?
    RenamedTable {
        /// The table that came.
        next: TableName,
        /// Those that went.
        candidates: Vec<TableName>,
    },
    /// What do the rows that are there get in this new, or no longer nullable, column?
    Backfill {
        /// The table, by its next name.
        table: TableName,
        /// The column.
        column: Name,
        /// A value that fits the column's type, to show how the flag is written.
        example: String,
    },
    /// May this column go, with what is in it?
    DropColumn {
        /// The table, by its next name.
        table: TableName,
        /// The column.
        column: Name,
    },
    /// May this table go, with what is in it?
    DropTable {
        /// The table.
        table: TableName,
    },
}

impl Question {
    /// The question in words.
    pub fn text(&self) -> String {
        todo!()
    }

    /// The flags that answer it, the likeliest first: `--rename users.surname=last_name`, `--backfill "users.age=0"`, `--allow data-loss`.
    pub fn flags(&self) -> Vec<String> {
        todo!()
    }
}

/// What came of settling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Everything is known: renames that are real, backfills and conversions that are used.
    Known(Edits),
    /// These must be answered first.
    Open(Vec<Question>),
}

/// Holds proposals against two neutral schemas. `hints` come from the models' attributes, and one that is no longer true is silently left; `answers` come
/// from flags, and one that fits nothing is an error.
///
/// # Errors
///
/// Answers that fit nothing, with what there is.
pub fn settle(previous: &Schema, next: &Schema, hints: &Edits, answers: &Edits) -> Result<Settled, Vec<Diagnostic>> {
    todo!("{previous:?}{next:?}{hints:?}{answers:?}")
}
