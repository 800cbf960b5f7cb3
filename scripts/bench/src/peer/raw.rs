//! The floor: the same SQL in one transaction.

use super::Outcome;
use std::path::Path;

pub fn apply(database: &Path, revisions: &[String]) -> Outcome {
    let mut connection = rusqlite::Connection::open(database)?;
    let transaction = connection.transaction()?;
    for revision in revisions {
        transaction.execute_batch(revision)?;
    }
    transaction.commit()?;
    Ok(())
}
