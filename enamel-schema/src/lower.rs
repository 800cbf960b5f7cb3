//! A neutral schema as one database can hold it.
//!
//! What a database cannot hold is refused here, at the field, so that `render` has nothing left to refuse.

use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::Schema;

/// A schema as one database can hold it, and what had to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowered {
    /// Every type, default and expression in the database's own spelling.
    pub schema: Schema,
    /// What was left out or widened: notes, not errors.
    pub notes: Vec<Diagnostic>,
}

/// Lowers a schema.
///
/// # Errors
///
/// All that the database cannot hold, each with its [`crate::Subject`].
pub fn lower(schema: &Schema, dialect: Dialect) -> Result<Lowered, Vec<Diagnostic>> {
    todo!("{schema:?}{dialect}")
}

/// Lowers settled edits between two neutral schemas: where enums are text or numbers, a renamed value becomes a conversion of each column that holds
/// it; texts take the dialect's own.
pub fn lower_edits(edits: &Edits, schemas: Pair<&Schema>, dialect: Dialect) -> Edits {
    todo!("{edits:?}{schemas:?}{dialect}")
}
