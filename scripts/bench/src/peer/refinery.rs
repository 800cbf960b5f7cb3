//! `refinery` with its rusqlite driver.

use super::{Outcome, Peer, Session};
use std::path::Path;

pub struct Refinery;

impl Peer for Refinery {
    fn name(&self) -> &'static str {
        "refinery"
    }

    fn write(&self, folder: &Path, revisions: &[String]) -> Outcome {
        for (index, revision) in revisions.iter().enumerate() {
            std::fs::write(folder.join(format!("V{}__r{}.sql", index + 1, index + 1)), revision)?;
        }
        Ok(())
    }

    fn open(&self, folder: &Path, database: &Path) -> Outcome<Box<dyn Session>> {
        Ok(Box::new(Open {
            runner: refinery::Runner::new(&refinery::load_sql_migrations(folder)?),
            connection: rusqlite::Connection::open(database)?,
        }))
    }
}

struct Open {
    runner: refinery::Runner,
    connection: rusqlite::Connection,
}

impl Session for Open {
    fn upgrade(&mut self) -> Outcome {
        self.runner.run(&mut self.connection)?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.connection.prepare("SELECT id, name FROM t1 WHERE id = 1")?.query([])?.next()?;
        Ok(())
    }
}
