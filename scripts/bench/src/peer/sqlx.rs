//! `sqlx::migrate`.

use super::{Address, Outcome, Peer, SELECT, Session};
use sqlx::Connection as _;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnection;
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

    fn open(&self, folder: &Path, database: &Address) -> Outcome<Box<dyn Session>> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let migrator = runtime.block_on(Migrator::new(folder.to_owned()))?;
        Ok(match database {
            Address::File(path) => {
                let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
                let connection = runtime.block_on(SqliteConnection::connect_with(&options))?;
                Box::new(Open { runtime, migrator, connection })
            }
            Address::Server(url) => {
                let connection = runtime.block_on(PgConnection::connect(url))?;
                Box::new(Open { runtime, migrator, connection })
            }
        })
    }
}

struct Open<C> {
    runtime: Runtime,
    migrator: Migrator,
    connection: C,
}

impl Session for Open<SqliteConnection> {
    fn upgrade(&mut self) -> Outcome {
        self.runtime.block_on(self.migrator.run_direct(None, &mut self.connection, false))?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.runtime.block_on(sqlx::query(SELECT).fetch_optional(&mut self.connection))?;
        Ok(())
    }
}

impl Session for Open<PgConnection> {
    fn upgrade(&mut self) -> Outcome {
        self.runtime.block_on(self.migrator.run_direct(None, &mut self.connection, false))?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.runtime.block_on(sqlx::query(SELECT).fetch_optional(&mut self.connection))?;
        Ok(())
    }
}
