//! The connection to a throw-away database, whatever its driver.

#[cfg(feature = "postgres")]
use super::postgres;
use crate::connection::{Blocking, Connection, DriverError, Rows};
use enamel_schema::Dialect;
use std::fmt;
use std::time::Duration;

/// A connection to a throw-away database, which is gone with it.
pub struct ScratchConnection {
    pub(super) driver: Driver,
}

pub(super) enum Driver {
    #[cfg(feature = "rusqlite")]
    Sqlite(rusqlite::Connection),
    #[cfg(feature = "postgres")]
    Postgres(Box<postgres::Database>),
}

impl ScratchConnection {
    /// The driver's own connection, when it is one to SQLite.
    #[cfg(feature = "rusqlite")]
    pub fn sqlite(&mut self) -> Option<&mut rusqlite::Connection> {
        match &mut self.driver {
            Driver::Sqlite(connection) => Some(connection),
            #[cfg(feature = "postgres")]
            Driver::Postgres(_) => None,
        }
    }

    /// The driver's own connection, when it is one to PostgreSQL.
    #[cfg(feature = "postgres")]
    pub fn postgres(&mut self) -> Option<&mut ::postgres::Client> {
        match &mut self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(_) => None,
            Driver::Postgres(database) => database.client().ok(),
        }
    }

    /// The URL of the database, for pools and other processes. `None`: it is in memory.
    pub fn url(&self) -> Option<String> {
        match &self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(_) => None,
            #[cfg(feature = "postgres")]
            Driver::Postgres(database) => Some(database.url()),
        }
    }

    /// Takes the connection, and the database that is dropped with the other value.
    #[cfg(feature = "postgres")]
    pub(crate) fn into_postgres(self) -> Option<(::postgres::Client, postgres::Named)> {
        match self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(_) => None,
            Driver::Postgres(database) => database.into_parts(),
        }
    }

    /// Takes the connection out of a database in memory.
    #[cfg(feature = "rusqlite")]
    pub(crate) fn into_sqlite(self) -> Option<rusqlite::Connection> {
        match self.driver {
            Driver::Sqlite(connection) => Some(connection),
            #[cfg(feature = "postgres")]
            Driver::Postgres(_) => None,
        }
    }
}

impl fmt::Debug for ScratchConnection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ScratchConnection").field("dialect", &self.dialect()).finish_non_exhaustive()
    }
}

impl Connection for ScratchConnection {
    fn dialect(&self) -> Dialect {
        match &self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(_) => Dialect::Sqlite,
            #[cfg(feature = "postgres")]
            Driver::Postgres(_) => Dialect::Postgres,
        }
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        match &mut self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(connection) => connection.batch(sql).await,
            #[cfg(feature = "postgres")]
            Driver::Postgres(database) => database.client()?.batch(sql).await,
        }
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        match &mut self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(connection) => connection.rows(sql).await,
            #[cfg(feature = "postgres")]
            Driver::Postgres(database) => database.client()?.rows(sql).await,
        }
    }

    async fn sleep(&mut self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

impl Blocking for ScratchConnection {}
