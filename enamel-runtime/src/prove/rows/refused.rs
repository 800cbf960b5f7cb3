//! Rows that a revision refuses.
//!
//! To refuse rows is what a `must be empty` is for, and no row is lost by it. So those that it names are taken away, and the revision is tried
//! with the others.

use super::said::{fates, folded};
use crate::connection::{Connection, DriverError, block_on};
use crate::dialect::identifier;
use crate::error::{Cause, Error, FailedRevision, Stays};
use crate::scratch::ScratchConnection;
use enamel_schema::schema::{ForeignKey, Found, Table};
use enamel_schema::split::{Piece, Token, statements, tokens};
use enamel_schema::{Dialect, Edits};
use std::collections::BTreeSet;

/// That a revision did not run over rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The file.
    pub(super) file: String,
    /// What was said.
    pub(super) why: String,
    /// How much it says.
    pub(super) weight: Weight,
}

/// How much a refusal says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// These rows were refused; others might not be.
    These,
    /// If the plainest rows are refused for this, any are.
    Any,
    /// Rows are gone that others refer to: whatever becomes of other rows, these are missed.
    Missed,
}

impl Refusal {
    /// What an error says about rows: the same file did run over empty tables. `tables` are those that there were before it.
    pub(super) fn of(error: &Error, file: &str, tables: &[Table]) -> Self {
        let (why, weight) = if let Error::Revision(failed) = error {
            let line = failed.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            (format!("{line}{}", failed.cause), weight(&failed.cause, tables))
        } else {
            // Keys that are looked at late refer to nothing.
            (error.to_string(), if matches!(error, Error::Commit { .. }) { Weight::Any } else { Weight::These })
        };
        Self { file: file.to_owned(), why, weight }
    }
}

/// Rows are made to fit both before and after, as far as one can guess. A check or a unique constraint may be met by rows that nobody guessed.
fn weight(cause: &Cause, tables: &[Table]) -> Weight {
    match cause {
        Cause::Statement { source, .. } => {
            // https://www.sqlite.org/rescode.html#constraint_notnull
            let is_null = source.code.as_deref() == Some("1299");
            // https://www.sqlite.org/lang_altertable.html#altertabaddcol
            if is_null || source.message.starts_with("Cannot add a") { Weight::Any } else { Weight::These }
        }
        Cause::Violation { table, parent, columns, .. } => {
            let is_this = |key: &ForeignKey| {
                let referring = key.columns.iter().map(|column| folded(column.as_str()));
                folded(key.referenced_table.name.as_str()) == folded(parent)
                    && referring.eq(columns.iter().map(|column| folded(column)))
            };
            let was_there = tables.iter().any(|before| same(before, table) && before.foreign_keys.iter().any(is_this));
            if was_there { Weight::Missed } else { Weight::Any }
        }
        Cause::Parent { .. } | Cause::History { .. } => Weight::Any,
        Cause::Locked { .. }
        | Cause::NotEmpty { .. }
        | Cause::Lost { .. }
        | Cause::Broken { .. }
        | Cause::Hidden { .. }
        | Cause::InDoubt { .. } => Weight::These,
    }
}

/// Takes away the rows that a `must be empty` found. `false`: there is no telling which.
///
/// The database is where it was before the revision, and `text` is the file that failed.
pub(super) fn set_aside(
    connection: &mut ScratchConnection,
    failed: &FailedRevision,
    text: &str,
    tables: &[Table],
) -> bool {
    let (Cause::NotEmpty { .. }, Stays::At(_)) = (&failed.cause, failed.stays) else { return false };
    let pieces = statements(text, Dialect::Sqlite);
    let at = pieces.iter().position(|piece| Some(piece.line) == failed.line && piece.must_be_empty.is_some());
    let Some((piece, before)) = at.and_then(|at| Some((pieces.get(at)?, pieces.get(..at)?))) else { return false };
    let Some((named, condition)) = looked_at(piece.text) else { return false };

    // The file may have called the table otherwise before it looks.
    let prefix = text.get(..piece.start).unwrap_or_default();
    let fates = fates(prefix, tables, &Found::default().unmodelled, &Edits::default(), Dialect::Sqlite);
    let previous = fates.iter().find(|(_, fate)| fate.next == folded(&named)).map(|(previous, _)| previous);
    let Some(table) = previous.and_then(|name| tables.iter().find(|table| same(table, name))) else { return false };
    let Ok(rows) = offending(connection, before, &named, &condition) else { return false };
    if rows.is_empty() {
        return false;
    }
    let condition = format!("rowid IN ({})", rows.join(", "));
    let deleted = delete(connection, table, &condition, tables, &mut BTreeSet::new());
    deleted.is_ok()
}

/// Table and condition of `SELECT … FROM table WHERE condition`. `None` for anything else.
fn looked_at(select: &str) -> Option<(String, String)> {
    let tokens = tokens(select, Dialect::Sqlite);
    let tokens: Vec<&Token<'_>> = tokens.iter().filter(|token| !token.is_trivia()).collect();
    let mut depth = 0_usize;
    let mut outer = Vec::new();
    for token in &tokens {
        if token.is_symbol(")") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            outer.push(*token);
        }
        if token.is_symbol("(") {
            depth += 1;
        }
    }
    let from = outer.iter().position(|token| token.is_word("FROM"))?;
    let named = outer.get(from + 1)?.identifier()?;
    let beyond = ["GROUP", "ORDER", "HAVING", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "WINDOW"];
    let is_plain = |token: &&Token<'_>| !beyond.iter().any(|keyword| token.is_word(keyword));
    match outer.get(from + 2..)? {
        [] => Some((named, "TRUE".to_owned())),
        [first, rest @ ..] if first.is_word("WHERE") && rest.iter().all(is_plain) => {
            let begin = first.start + first.text.len();
            Some((named, select.get(begin..)?.to_owned()))
        }
        _ => None,
    }
}

/// The row ids of the rows that are found in the middle of the revision. Tables that were not made anew until there have their rows where they
/// had them before.
fn offending(
    connection: &mut ScratchConnection,
    before: &[Piece<'_>],
    table: &str,
    condition: &str,
) -> Result<Vec<String>, DriverError> {
    let mut batch = |sql: &str| block_on(connection.batch(sql));
    batch("BEGIN")?;
    let mut ran = Ok(());
    for piece in before.iter().filter(|piece| piece.must_be_empty.is_none()) {
        ran = ran.and_then(|()| batch(piece.text));
    }
    let sql = format!("SELECT rowid FROM {} WHERE {condition}", identifier(table));
    let found = ran.and_then(|()| block_on(connection.rows(&sql)));
    block_on(connection.batch("ROLLBACK"))?;
    Ok(found?.into_iter().flatten().flatten().collect())
}

/// Deletes rows, and before them the rows that refer to them.
fn delete(
    connection: &mut ScratchConnection,
    table: &Table,
    condition: &str,
    tables: &[Table],
    seen: &mut BTreeSet<String>,
) -> Result<(), DriverError> {
    if !seen.insert(folded(table.name.name.as_str())) {
        return Ok(());
    }
    let name = identifier(table.name.name.as_str());
    for child in tables {
        for key in child.foreign_keys.iter().filter(|key| same(table, key.referenced_table.name.as_str())) {
            let list = |names: &[enamel_schema::Name]| -> String {
                names.iter().map(|name| identifier(name.as_str())).collect::<Vec<_>>().join(", ")
            };
            let (here, there) = (list(&key.columns), list(&key.referenced_columns));
            let refers = format!("({here}) IN (SELECT {there} FROM {name} WHERE {condition})");
            delete(connection, child, &refers, tables, seen)?;
        }
    }
    block_on(connection.batch(&format!("DELETE FROM {name} WHERE {condition}")))
}

fn same(table: &Table, name: &str) -> bool {
    table.name.name.as_str().eq_ignore_ascii_case(name)
}
