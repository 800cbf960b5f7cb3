//! `refinery` with its rusqlite and postgres drivers.

use super::{Address, Outcome, Peer, SELECT, Session, client};
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

    fn open(&self, folder: &Path, database: &Address) -> Outcome<Box<dyn Session>> {
        let runner = refinery::Runner::new(&refinery::load_sql_migrations(folder)?);
        Ok(match database {
            Address::File(path) => Box::new(Open { runner, connection: rusqlite::Connection::open(path)? }),
            Address::Server(url) => Box::new(Open { runner, connection: client(url)? }),
        })
    }
}

struct Open<C> {
    runner: refinery::Runner,
    connection: C,
}

impl Session for Open<rusqlite::Connection> {
    fn upgrade(&mut self) -> Outcome {
        self.runner.run(&mut self.connection)?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.connection.prepare(SELECT)?.query([])?.next()?;
        Ok(())
    }
}

impl Session for Open<postgres::Client> {
    fn upgrade(&mut self) -> Outcome {
        self.runner.run(&mut self.connection)?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.connection.simple_query(SELECT)?;
        Ok(())
    }
}
