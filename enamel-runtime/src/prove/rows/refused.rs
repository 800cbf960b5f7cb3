//! Rows that a revision refuses.
//!
//! To refuse rows is what a `must be empty` is for, and no row is lost by it. So those that it names are taken away, and the revision is tried
//! with the others.

use super::said::{Fate, fates, folded, key, key_of};
use super::words::{Words, quoted};
use crate::connection::{Connection, DriverError, block_on};
use crate::dialect::identifier;
use crate::error::{Cause, Error, FailedRevision, Stays};
use crate::scratch::ScratchConnection;
use enamel_schema::schema::{ForeignKey, Table};
use enamel_schema::split::{Piece, Token, statements, tokens};
use enamel_schema::{Dialect, Edits, Name};
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
    pub(super) fn of(error: &Error, file: &str, tables: &[Table], words: &Words) -> Self {
        let (why, weight) = if let Error::Revision(failed) = error {
            let line = failed.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            (format!("{line}{}", failed.cause), weight(&failed.cause, tables, words))
        } else {
            // Keys that are looked at late refer to nothing.
            (error.to_string(), if matches!(error, Error::Commit { .. }) { Weight::Any } else { Weight::These })
        };
        Self { file: file.to_owned(), why, weight }
    }
}

/// Rows are made to fit both before and after, as far as one can guess. A check or a unique constraint may be met by rows that nobody guessed.
fn weight(cause: &Cause, tables: &[Table], words: &Words) -> Weight {
    match cause {
        Cause::Statement { source, .. } => {
            let is_any = (words.refuses_any)(source.code.as_deref().unwrap_or_default(), &source.message);
            if is_any { Weight::Any } else { Weight::These }
        }
        Cause::Violation { table, parent, columns, .. } => {
            let is_this = |reference: &ForeignKey| {
                let referring = reference.columns.iter().map(|column| folded(column.as_str()));
                key(&reference.referenced_table) == folded(parent)
                    && referring.eq(columns.iter().map(|column| folded(column)))
            };
            let was_there = tables
                .iter()
                .any(|before| key(&before.name) == folded(table) && before.foreign_keys.iter().any(is_this));
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
    words: &Words,
) -> bool {
    let (Cause::NotEmpty { .. }, Stays::At(_)) = (&failed.cause, failed.stays) else { return false };
    let pieces = statements(text, words.dialect);
    let at = pieces.iter().position(|piece| Some(piece.line) == failed.line && piece.must_be_empty.is_some());
    let Some((piece, before)) = at.and_then(|at| Some((pieces.get(at)?, pieces.get(..at)?))) else { return false };
    let Some(look) = Look::of(piece.text, words.dialect) else { return false };

    // The file may have called the table otherwise before it looks.
    let prefix = text.get(..piece.start).unwrap_or_default();
    let fates = fates(prefix, tables, &[], &Edits::default(), words.dialect);
    let Some((previous, fate)) = fates.iter().find(|(_, fate)| fate.next == look.key) else { return false };
    let Some(table) = tables.iter().find(|table| key(&table.name) == *previous) else { return false };
    let Ok(rows) = offending(connection, before, &look, table, fate, words) else { return false };
    !rows.is_empty() && delete(connection, table, &rows.join(" OR "), tables, &mut BTreeSet::new()).is_ok()
}

/// `SELECT … FROM table WHERE condition`.
struct Look {
    key: String,
    /// As it is written.
    table: String,
    condition: String,
}

impl Look {
    /// `None` for anything else.
    fn of(select: &str, dialect: Dialect) -> Option<Self> {
        let tokens = tokens(select, dialect);
        let outer = outside_parentheses(&tokens);
        let from = outer.iter().position(|token| token.is_word("FROM"))?;
        let first = outer.get(from + 1)?.identifier()?;
        let (key, length) = match outer.get(from + 2) {
            Some(dot) if dot.is_symbol(".") => {
                (key_of(Some(&folded(&first)), &folded(&outer.get(from + 3)?.identifier()?)), 3)
            }
            Some(_) | None => (folded(&first), 1),
        };
        let table = outer.get(from + 1..=from + length)?.iter().map(|token| token.text).collect();
        let beyond = ["GROUP", "ORDER", "HAVING", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "WINDOW"];
        let is_plain = |token: &&Token<'_>| !beyond.iter().any(|keyword| token.is_word(keyword));
        let condition = match outer.get(from + 1 + length..)? {
            [] => "TRUE".to_owned(),
            [first, rest @ ..] if first.is_word("WHERE") && rest.iter().all(is_plain) => {
                select.get(first.start + first.text.len()..)?.to_owned()
            }
            _ => return None,
        };
        Some(Self { key, table, condition })
    }
}

fn outside_parentheses<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t Token<'a>> {
    let mut depth = 0_usize;
    let mut outside = Vec::new();
    for token in tokens.iter().filter(|token| !token.is_trivia()) {
        if token.is_symbol(")") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            outside.push(token);
        }
        if token.is_symbol("(") {
            depth += 1;
        }
    }
    outside
}

/// Conditions on the rows that are found in the middle of the revision, which hold for them before it: by their keys, and where there are none by
/// where they are stored, which holds as long as the table was not made anew until there.
fn offending(
    connection: &mut ScratchConnection,
    before: &[Piece<'_>],
    look: &Look,
    table: &Table,
    fate: &Fate,
    words: &Words,
) -> Result<Vec<String>, DriverError> {
    let key = table.primary_key.iter().flat_map(|key| &key.columns).filter_map(|name| table.column(name));
    let (mut names, mut values): (Vec<String>, Vec<String>) = key
        .map(|column| {
            let (name, next) = (column.name.as_str(), fate.next_column(column.name.as_str()));
            let next = identifier(if next == folded(name) { name } else { &next });
            (identifier(name), (words.read)(&next, Some(&column.data_type)))
        })
        .unzip();
    if names.is_empty() {
        names.push(words.row.to_owned());
        values.push((words.read)(words.row, None));
    }
    let mut batch = |sql: &str| block_on(connection.batch(sql));
    batch("BEGIN")?;
    let mut ran = Ok(());
    for piece in before.iter().filter(|piece| piece.must_be_empty.is_none()) {
        ran = ran.and_then(|()| batch(piece.text));
    }
    let sql = format!("SELECT {} FROM {} WHERE {}", values.join(", "), look.table, look.condition);
    let found = ran.and_then(|()| block_on(connection.rows(&sql)));
    block_on(connection.batch("ROLLBACK"))?;
    let condition = |row: Vec<Option<String>>| {
        let cells = names.iter().zip(row.into_iter().flatten());
        format!("({})", cells.map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(" AND "))
    };
    Ok(found?.into_iter().map(condition).collect())
}

/// Deletes rows, and before them the rows that refer to them.
fn delete(
    connection: &mut ScratchConnection,
    table: &Table,
    condition: &str,
    tables: &[Table],
    seen: &mut BTreeSet<String>,
) -> Result<(), DriverError> {
    if !seen.insert(key(&table.name)) {
        return Ok(());
    }
    let name = quoted(&table.name);
    for child in tables {
        for reference in
            child.foreign_keys.iter().filter(|reference| key(&reference.referenced_table) == key(&table.name))
        {
            let list = |names: &[Name]| -> String {
                names.iter().map(|name| identifier(name.as_str())).collect::<Vec<_>>().join(", ")
            };
            let (here, there) = (list(&reference.columns), list(&reference.referenced_columns));
            let refers = format!("({here}) IN (SELECT {there} FROM {name} WHERE {condition})");
            delete(connection, child, &refers, tables, seen)?;
        }
    }
    block_on(connection.batch(&format!("DELETE FROM {name} WHERE {condition}")))
}
