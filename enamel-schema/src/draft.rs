//! The straight line in one call: two neutral schemas in, both ways of a revision out.

use crate::change::Change;
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::render::Script;
use crate::schema::{Schema, Unmodelled};

/// Both ways of a revision for one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What differs, from previous to next.
    pub changes: Vec<Change>,
    /// The way there.
    pub up: Script,
    /// The way back.
    pub down: Script,
    /// What lowering had to say.
    pub notes: Vec<Diagnostic>,
}

/// Drafts a revision: lower, diff, plan, render, and the same the other way round.
///
/// `schemas` are neutral and named ([`crate::naming::complete`]); `edits` are settled.
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
    todo!("{schemas:?}{edits:?}{dialect}{unmodelled:?}")
}
