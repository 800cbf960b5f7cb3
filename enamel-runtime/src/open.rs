//! Opens the database of a URL, for the command.

#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "rusqlite")]
mod sqlite;

use crate::connection::{Blocking, Connection, DriverError, Rows};
use crate::database_url::DatabaseUrl;
use crate::error::Error;
use enamel_schema::Dialect;
use std::fmt;
use std::time::Duration;

/// An open database of any kind that this build has a driver for.
pub struct Database {
    driver: Driver,
}

enum Driver {
    #[cfg(feature = "rusqlite")]
    Sqlite(rusqlite::Connection),
    #[cfg(feature = "postgres")]
    Postgres(Box<::postgres::Client>),
}

/// Opens the database of a URL. With `create`, a file that is not there is made; a database on a server never is.
///
/// # Errors
///
/// What stands in the way: no such file or database, a directory, not a database, no such user, a kind that is not supported.
pub fn open(url: &DatabaseUrl, create: bool) -> Result<Database, Error> {
    let _ = create;
    let driver = match url.dialect() {
        #[cfg(feature = "rusqlite")]
        Dialect::Sqlite => Driver::Sqlite(sqlite::open(url, create)?),
        #[cfg(feature = "postgres")]
        Dialect::Postgres => Driver::Postgres(Box::new(postgres::open(url)?)),
        #[cfg(not(feature = "rusqlite"))]
        dialect @ Dialect::Sqlite => return Err(Error::Unsupported { dialect }),
        #[cfg(not(feature = "postgres"))]
        dialect @ Dialect::Postgres => return Err(Error::Unsupported { dialect }),
        dialect @ (Dialect::Mysql | Dialect::Mariadb) => return Err(Error::Unsupported { dialect }),
    };
    Ok(Database { driver })
}

impl fmt::Debug for Database {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Database").field("dialect", &self.dialect()).finish_non_exhaustive()
    }
}

impl Connection for Database {
    fn dialect(&self) -> Dialect {
        match &self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(connection) => connection.dialect(),
            #[cfg(feature = "postgres")]
            Driver::Postgres(client) => client.dialect(),
        }
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        match &mut self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(connection) => connection.batch(sql).await,
            #[cfg(feature = "postgres")]
            Driver::Postgres(client) => client.batch(sql).await,
        }
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        match &mut self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(connection) => connection.rows(sql).await,
            #[cfg(feature = "postgres")]
            Driver::Postgres(client) => client.rows(sql).await,
        }
    }

    async fn sleep(&mut self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

impl Blocking for Database {}
