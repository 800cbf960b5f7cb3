//! `diesel_migrations`.

use super::{Outcome, Peer, Session};
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use std::path::Path;

pub struct Diesel;

impl Peer for Diesel {
    fn name(&self) -> &'static str {
        "diesel"
    }

    fn write(&self, folder: &Path, revisions: &[String]) -> Outcome {
        for (index, revision) in revisions.iter().enumerate() {
            let own = folder.join(format!("{:05}_r", index + 1));
            std::fs::create_dir(&own)?;
            std::fs::write(own.join("up.sql"), revision)?;
        }
        Ok(())
    }

    fn open(&self, folder: &Path, database: &Path) -> Outcome<Box<dyn Session>> {
        Ok(Box::new(Open {
            migrations: FileBasedMigrations::from_path(folder)?,
            connection: SqliteConnection::establish(&database.to_string_lossy())?,
        }))
    }
}

struct Open {
    migrations: FileBasedMigrations,
    connection: SqliteConnection,
}

impl Session for Open {
    fn upgrade(&mut self) -> Outcome {
        self.connection.run_pending_migrations(self.migrations.clone()).map_err(|error| error as Box<dyn std::error::Error>)?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.connection.batch_execute("SELECT id, name FROM t1 WHERE id = 1")?;
        Ok(())
    }
}
