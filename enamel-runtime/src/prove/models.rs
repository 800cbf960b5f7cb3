//! The models, built from nothing in a database of their own, and read back.
//!
//! What the database makes of them is compared, not what they say: then it does not matter how a database spells a type or where it
//! puts a parenthesis.

use super::{Claim, ProveError, found};
use crate::connection::{Connection, DriverError, block_on};
use crate::scratch::{Scratch, ScratchConnection};
use enamel_schema::draft::draft;
use enamel_schema::render::Statement;
use enamel_schema::schema::{ConstraintName, Index, Name, Table};
use enamel_schema::{Edits, Pair, Schema};

/// Builds the models and reads them back.
pub(super) fn build(claim: Claim<'_>, scratch: &Scratch) -> Result<Schema, ProveError> {
    let nothing = Schema::default();
    let draft = draft(Pair::new(&nothing, claim.models), &Edits::default(), scratch.dialect(), &[])
        .map_err(ProveError::Models)?;
    let mut connection = scratch.open().map_err(ProveError::Scratch)?;
    run(&mut connection, &draft.up.statements)?;
    let mut schema = found(&mut connection, "", claim)?.schema;
    state_index_names(&mut schema, claim.models);
    Ok(schema)
}

fn run(connection: &mut ScratchConnection, statements: &[Statement]) -> Result<(), ProveError> {
    let mut batch = |sql: &str| {
        block_on(connection.batch(sql)).map_err(|source: DriverError| ProveError::Build { sql: sql.to_owned(), source })
    };
    batch("BEGIN")?;
    for statement in statements {
        batch(&statement.sql)?;
    }
    batch("COMMIT")
}

/// The name of an index that a model states is part of what it says; what was found does not know which names those are.
fn state_index_names(found: &mut Schema, models: &Schema) {
    for table in &mut found.tables {
        let Some(model) = models.table(&table.name) else { continue };
        for index in &mut table.indexes {
            if let Some(name) = index.name.name().filter(|name| states(model, name)) {
                index.name = ConstraintName::Stated(name.clone());
            }
        }
    }
}

fn states(model: &Table, name: &Name) -> bool {
    model.indexes.iter().map(|index: &Index| &index.name).any(|stated| stated.stated() == Some(name))
}
