//! A plan as SQL text. The only place where syntax is written.

use crate::change::Change;
use crate::dialect::Dialect;
use crate::plan::{Hazard, Plan};

/// Statements for one database, and what the file's header must say about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// The tables that are rebuilt: the runtime turns SQLite's foreign keys off around them.
    pub rebuilds: Vec<String>,
    /// Whether a program from before can still use the database afterwards.
    pub keeps_old_code: bool,
}

/// SQL text for one database, with the changes it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The text, without the closing semicolon. It may hold line ends.
    pub sql: String,
    /// The changes that it came from.
    pub changes: Vec<Change>,
    /// What may hurt.
    pub hazards: Vec<Hazard>,
    /// For a `SELECT` that must find nothing: what it would find.
    pub must_be_empty: Option<String>,
}

/// Renders a plan.
pub fn render(plan: &Plan, dialect: Dialect) -> Script {
    todo!("{plan:?}{dialect}")
}
