//! The models, built from nothing, and read back.
//!
//! What the database makes of them is compared, not what they say: then it does not matter how a database spells a type or where it
//! puts a parenthesis.

#[cfg(feature = "postgres")]
mod twin;

use super::{Claim, ProveError, found};
use crate::connection::{Connection, DriverError, block_on};
use crate::scratch::{Scratch, ScratchConnection};
use enamel_schema::draft::draft;
use enamel_schema::render::Statement;
use enamel_schema::schema::{ConstraintName, Name, Table};
use enamel_schema::{Dialect, Edits, Pair, Schema};
use std::collections::BTreeSet;

/// Builds the models and reads them back: on SQLite in a database of their own, on PostgreSQL beside what the revisions made, whose functions, types and
/// extensions they use.
pub(super) fn build(
    claim: Claim<'_>,
    scratch: &Scratch,
    revisions: &mut ScratchConnection,
) -> Result<Schema, ProveError> {
    let mut schema = match scratch.dialect() {
        #[cfg(feature = "postgres")]
        Dialect::Postgres => twin::build(claim, revisions)?,
        #[cfg(not(feature = "postgres"))]
        Dialect::Postgres => alone(claim, scratch)?,
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => alone(claim, scratch)?,
    };
    let _ = revisions;
    state_names(&mut schema, claim.models);
    Ok(schema)
}

fn alone(claim: Claim<'_>, scratch: &Scratch) -> Result<Schema, ProveError> {
    let statements = statements(claim.models, scratch.dialect())?;
    let mut connection = scratch.open().map_err(ProveError::Scratch)?;
    run(&mut connection, "BEGIN")?;
    statements.iter().try_for_each(|statement| run(&mut connection, &statement.sql))?;
    run(&mut connection, "COMMIT")?;
    Ok(found(&mut connection, "", claim)?.schema)
}

/// What makes the models out of nothing.
fn statements(models: &Schema, dialect: Dialect) -> Result<Vec<Statement>, ProveError> {
    let nothing = Schema::default();
    let draft = draft(Pair::new(&nothing, models), &Edits::default(), dialect, &[]).map_err(ProveError::Models)?;
    Ok(draft.up.statements)
}

fn run(connection: &mut ScratchConnection, sql: &str) -> Result<(), ProveError> {
    block_on(connection.batch(sql)).map_err(|source: DriverError| ProveError::Build { sql: sql.to_owned(), source })
}

/// A name that a model states is part of what it says; what was found does not know which names those are.
fn state_names(found: &mut Schema, models: &Schema) {
    for table in &mut found.tables {
        let Some(model) = models.table(&table.name) else { continue };
        let mut stated: BTreeSet<Name> = BTreeSet::new();
        each_name(&mut model.clone(), |name| stated.extend(name.stated().cloned()));
        each_name(table, |name| {
            if let Some(found) = name.name().filter(|found| stated.contains(*found)) {
                *name = ConstraintName::Stated(found.clone());
            }
        });
    }
}

/// Everything in a table that has a name of its own.
pub(super) fn each_name(table: &mut Table, mut visit: impl FnMut(&mut ConstraintName)) {
    table.primary_key.iter_mut().for_each(|key| visit(&mut key.name));
    table.uniques.iter_mut().for_each(|unique| visit(&mut unique.name));
    table.indexes.iter_mut().for_each(|index| visit(&mut index.name));
    table.foreign_keys.iter_mut().for_each(|key| visit(&mut key.name));
    table.checks.iter_mut().for_each(|check| visit(&mut check.name));
    table.exclusions.iter_mut().for_each(|exclusion| visit(&mut exclusion.name));
}
