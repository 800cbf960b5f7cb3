//! The models as twins of the tables that revisions made: in a schema of their own, in the same database, and taken back afterwards.

use super::{Claim, ProveError, found, run, statements};
use crate::connection::{Connection, block_on};
use crate::scratch::ScratchConnection;
use enamel_schema::render::Statement;
use enamel_schema::{Dialect, Name, Schema, TableName};

/// The schema of the twins. `introspect/postgres/place.sql` knows it.
const TWINS: &str = "enamel_models";

/// Builds the models beside the tables of the revisions, and reads them back.
pub(super) fn build(claim: Claim<'_>, connection: &mut ScratchConnection) -> Result<Schema, ProveError> {
    let twins = in_twin_schemas(claim.models);
    let statements = statements(&twins, Dialect::Postgres)?;
    run(connection, "BEGIN")?;
    run(connection, &format!("CREATE SCHEMA {TWINS}"))?;
    // What the models do not make is found behind them.
    let path = format!("SELECT set_config('search_path', '{TWINS}, ' || current_setting('search_path'), true)");
    run(connection, &path)?;
    run_all(connection, &statements)?;
    let schema = found(connection, "", claim)?.schema;
    run(connection, "ROLLBACK")?;
    Ok(schema)
}

/// Runs statements in one message, which takes the server little more than half as long as one for each. Which of them it refuses is found out one by one.
fn run_all(connection: &mut ScratchConnection, statements: &[Statement]) -> Result<(), ProveError> {
    let texts: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
    run(connection, "SAVEPOINT enamel_twins")?;
    if block_on(connection.batch(&texts.join("\n;\n"))).is_ok() {
        return Ok(());
    }
    run(connection, "ROLLBACK TO enamel_twins")?;
    texts.into_iter().try_for_each(|text| run(connection, text))
}

/// The same models, with the tables that name a schema in the twin of it.
fn in_twin_schemas(models: &Schema) -> Schema {
    let mut twins = models.clone();
    for table in &mut twins.tables {
        move_to_twin(&mut table.name);
        table.foreign_keys.iter_mut().for_each(|key| move_to_twin(&mut key.referenced_table));
    }
    twins.sort();
    twins
}

fn move_to_twin(table: &mut TableName) {
    if let Some(schema) = &mut table.schema
        && let Ok(twin) = Name::new(format!("{TWINS}.{schema}"))
    {
        *schema = twin;
    }
}
