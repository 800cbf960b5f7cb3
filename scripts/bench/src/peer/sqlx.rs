//! `sqlx::migrate`.

use super::{Outcome, Peer, Session};
use sqlx::Connection as _;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::path::Path;
use tokio::runtime::{Builder, Runtime};

pub struct Sqlx;

impl Peer for Sqlx {
    fn name(&self) -> &'static str {
        "sqlx"
    }

    fn write(&self, folder: &Path, revisions: &[String]) -> Outcome {
        for (index, revision) in revisions.iter().enumerate() {
            std::fs::write(folder.join(format!("{:05}_r.sql", index + 1)), revision)?;
        }
        Ok(())
    }

    fn open(&self, folder: &Path, database: &Path) -> Outcome<Box<dyn Session>> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let options = SqliteConnectOptions::new().filename(database).create_if_missing(true);
        let connection = runtime.block_on(SqliteConnection::connect_with(&options))?;
        let migrator = runtime.block_on(Migrator::new(folder.to_owned()))?;
        Ok(Box::new(Open { runtime, migrator, connection }))
    }
}

struct Open {
    runtime: Runtime,
    migrator: Migrator,
    connection: SqliteConnection,
}

impl Session for Open {
    fn upgrade(&mut self) -> Outcome {
        self.runtime.block_on(self.migrator.run_direct(None, &mut self.connection, false))?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        let query = sqlx::query("SELECT id, name FROM t1 WHERE id = 1");
        self.runtime.block_on(query.fetch_optional(&mut self.connection))?;
        Ok(())
    }
}
