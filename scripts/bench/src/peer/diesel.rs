//! `diesel_migrations`.

use super::{Address, Outcome, Peer, SELECT, Session};
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
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

    fn open(&self, folder: &Path, database: &Address) -> Outcome<Box<dyn Session>> {
        let migrations = FileBasedMigrations::from_path(folder)?;
        Ok(match database {
            Address::File(path) => {
                Box::new(Open { migrations, connection: SqliteConnection::establish(&path.to_string_lossy())? })
            }
            Address::Server(url) => Box::new(Open { migrations, connection: PgConnection::establish(url)? }),
        })
    }
}

struct Open<C> {
    migrations: FileBasedMigrations,
    connection: C,
}

impl<C> Session for Open<C>
where
    C: MigrationConnection + SimpleConnection + MigrationHarness<<C as Connection>::Backend>,
{
    fn upgrade(&mut self) -> Outcome {
        self.connection
            .run_pending_migrations(self.migrations.clone())
            .map_err(|error| error as Box<dyn std::error::Error>)?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.connection.batch_execute(SELECT)?;
        Ok(())
    }
}
