//! The floor: the same SQL, and nothing else.

use super::{Address, Outcome, client};

pub fn apply(database: &Address, revisions: &[String]) -> Outcome {
    match database {
        Address::File(path) => {
            let mut connection = rusqlite::Connection::open(path)?;
            let transaction = connection.transaction()?;
            for revision in revisions {
                transaction.execute_batch(revision)?;
            }
            transaction.commit()?;
        }
        Address::Server(url) => {
            let mut client = client(url)?;
            for revision in revisions {
                let mut transaction = client.transaction()?;
                transaction.batch_execute(revision)?;
                transaction.commit()?;
            }
        }
    }
    Ok(())
}
