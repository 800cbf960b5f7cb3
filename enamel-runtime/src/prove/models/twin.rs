//! The models as twins of the tables that revisions made: in a schema of their own, in the same database, and taken back afterwards.

use super::{Claim, ProveError, found, run, statements};
use crate::scratch::ScratchConnection;
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
    statements.iter().try_for_each(|statement| run(connection, &statement.sql))?;
    let schema = found(connection, "", claim)?.schema;
    run(connection, "ROLLBACK")?;
    Ok(schema)
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
