//! A plan as SQL text. The only place where syntax is written.

mod expression;
mod postgres;
pub(crate) mod quote;
mod sqlite;

pub(crate) use sqlite::row_number;

use crate::change::Change;
use crate::dialect::Dialect;
use crate::plan::{Hazard, Plan, Step};

/// Statements for one database, and what the file's header must say about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// The tables that are rebuilt: the runtime turns SQLite's foreign keys off around them.
    pub rebuilds: Vec<String>,
    /// Whether a program from before can still use the database afterwards: for [`crate::draft`] to say, of the way there alone.
    pub keeps_old_code: bool,
}

/// SQL text for one database, with the changes it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The text, without the closing semicolon. It may hold line ends.
    pub sql: String,
    /// The changes that it came from.
    pub changes: Vec<Change>,
    /// What may hurt, at most one of each kind and table.
    pub hazards: Vec<Hazard>,
    /// For a `SELECT` that must find nothing: what it would find.
    pub must_be_empty: Option<String>,
}

impl Statement {
    /// A statement that only serves the ones around it.
    const fn new(sql: String) -> Self {
        Self { sql, changes: Vec::new(), hazards: Vec::new(), must_be_empty: None }
    }
}

/// Renders a plan.
///
/// ```
/// use enamel_schema::schema::{Name, TableName};
/// use enamel_schema::plan::{Operation, Plan, Step};
/// use enamel_schema::{Change, Dialect, Pair, render::render};
/// let names = Pair::new(TableName::new(Name::new("user")?), TableName::new(Name::new("users")?));
/// let step = Step { operation: Operation::Change(Box::new(Change::RenameTable(names))), changes: vec![], hazards: vec![] };
/// let script = render(&Plan { steps: vec![step], ..Plan::default() }, Dialect::Sqlite);
/// assert_eq!(script.statements[0].sql, r#"ALTER TABLE "user" RENAME TO "users""#);
/// # Ok::<(), enamel_schema::schema::InvalidName>(())
/// ```
pub fn render(plan: &Plan, dialect: Dialect) -> Script {
    let statements = match dialect {
        Dialect::Sqlite => plan.steps.iter().flat_map(|step| statements(step, sqlite::operation)).collect(),
        Dialect::Postgres => plan.steps.iter().flat_map(|step| statements(step, postgres::operation)).collect(),
        // `lower` refuses these, so that no plan is ever made for them.
        Dialect::Mysql | Dialect::Mariadb => Vec::new(),
    };
    Script { statements, rebuilds: plan.unenforced.iter().map(ToString::to_string).collect(), keeps_old_code: false }
}

/// What a step says stands above its first statement.
fn statements(step: &Step, operation: fn(&crate::plan::Operation) -> Vec<Statement>) -> Vec<Statement> {
    let mut statements = operation(&step.operation);
    if let Some(first) = statements.first_mut() {
        first.changes.clone_from(&step.changes);
        first.hazards = Hazard::grouped(&step.hazards);
    }
    statements
}
