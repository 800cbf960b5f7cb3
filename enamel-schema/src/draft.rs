//! The straight line in one call: two neutral schemas in, both ways of a revision out.

mod back;
mod unseen;

use crate::change::Change;
use crate::diagnostic::{Diagnostic, Level};
use crate::dialect::Dialect;
use crate::diff::diff;
use crate::edits::Edits;
use crate::lower::{lower, lower_edits};
use crate::old_code;
use crate::pair::Pair;
use crate::plan::plan;
use crate::render::{Script, render};
use crate::schema::{Schema, Unmodelled};

/// Both ways of a revision for one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What differs, from previous to next.
    pub changes: Vec<Change>,
    /// The way there.
    pub up: Script,
    /// The way back. `None` where something stands in its way, which the notes say.
    pub down: Option<Script>,
    /// What lowering had to say of `next` and had not said of `previous`, and what can be seen to come to grief.
    pub notes: Vec<Diagnostic>,
}

impl Draft {
    /// Whether there is nothing to do, and nothing to ask of rows.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.up.statements.is_empty()
    }
}

/// Drafts a revision: lower, diff, plan, render, and the same the other way round.
///
/// `schemas` are neutral and named ([`crate::naming::complete`]); `edits` are settled.
///
/// ```
/// use enamel_schema::schema::{Column, Name, Schema, Table, TableName, Type};
/// use enamel_schema::{Dialect, Edits, Pair, draft::draft};
/// let mut table = Table::new(TableName::new(Name::new("users")?));
/// table.columns.push(Column::new(Name::new("admin")?, Type::Boolean));
/// let next = Schema { tables: vec![table], ..Schema::default() };
/// let draft = draft(Pair::new(&Schema::default(), &next), &Edits::default(), Dialect::Sqlite, &[]).expect("SQLite can do it");
/// assert_eq!(draft.up.statements[0].sql, "CREATE TABLE \"users\" (\n    \"admin\" BOOLEAN NOT NULL\n)");
/// assert_eq!(draft.down.expect("there is a way back").statements[0].sql, "DROP TABLE \"users\"");
/// # Ok::<(), enamel_schema::schema::InvalidName>(())
/// ```
///
/// # Errors
///
/// What the database cannot hold or cannot do.
pub fn draft(
    schemas: Pair<&Schema>,
    edits: &Edits,
    dialect: Dialect,
    unmodelled: &[Unmodelled],
) -> Result<Draft, Vec<Diagnostic>> {
    let previous = lower(schemas.previous, dialect)?;
    let mut next = lower(schemas.next, dialect)?;
    let lowered = Pair::new(&previous.schema, &next.schema);

    let there = lower_edits(edits, schemas, dialect);
    let changes = diff(lowered.previous, lowered.next, &there);
    let up = render(&plan(lowered, &changes, &there, dialect, unmodelled)?, dialect);
    let up = Script { keeps_old_code: old_code::is_kept_by(lowered, &changes), ..up };

    let back = lower_edits(&back::edits(schemas, lowered, &changes, edits, dialect), schemas.reversed(), dialect);
    let reversed = diff(lowered.next, lowered.previous, &back);
    let objects = back::unmodelled(unmodelled, &changes, lowered.previous);
    next.notes.retain(|note| !previous.notes.contains(note));
    let down = match plan(lowered.reversed(), &reversed, &back, dialect, &objects) {
        Ok(mut down) => {
            back::complete(&mut down, unmodelled, &changes, lowered.previous, edits, dialect);
            Some(render(&down, dialect))
        }
        Err(barriers) => {
            next.notes.extend(barriers.into_iter().map(no_way_back));
            None
        }
    };
    if dialect == Dialect::Postgres {
        next.notes.extend(unseen::notes(&changes, edits, unmodelled));
    }
    Ok(Draft { up, down, changes, notes: next.notes })
}

/// What keeps only the way back from being written: a value can be added to an enum under a view, but none be dropped.
fn no_way_back(barrier: Diagnostic) -> Diagnostic {
    let message = format!("no way back is written, since on it {}", barrier.message);
    Diagnostic { level: Level::Warning, message, ..barrier }
        .with_hint("or write its file by hand, and run `cargo enamel seal`")
}
