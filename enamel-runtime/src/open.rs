//! Opens the database of a URL, for the command.
//!
//! SQLite opens almost anything and complains later; what stands in the way is found and said here.

use crate::connection::{Awaitable, Blocking, Connection, DriverError, Rows};
use crate::database_url::DatabaseUrl;
#[cfg(feature = "rusqlite")]
use crate::database_url::Place;
use crate::error::Error;
use enamel_schema::Dialect;
use std::time::Duration;

/// How long SQLite waits for another program, outside an upgrade. It is rusqlite's own.
#[cfg(feature = "rusqlite")]
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// An open database of any kind that this build has a driver for.
#[derive(Debug)]
pub struct Database {
    driver: Driver,
}

#[derive(Debug)]
enum Driver {
    #[cfg(feature = "rusqlite")]
    Sqlite(rusqlite::Connection),
}

/// Opens the database of a URL. With `create`, a file that is not there is made.
///
/// # Errors
///
/// What stands in the way: no such file, a directory, not a database, a kind that is not supported.
pub fn open(url: &DatabaseUrl, create: bool) -> Result<Database, Error> {
    #[cfg(feature = "rusqlite")]
    if url.dialect() == Dialect::Sqlite {
        return sqlite(url, create).map(|connection| Database { driver: Driver::Sqlite(connection) });
    }
    let _ = create;
    Err(Error::Unsupported { dialect: url.dialect() })
}

impl Connection for Database {
    fn dialect(&self) -> Dialect {
        match &self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(connection) => connection.dialect(),
        }
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        match &mut self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(connection) => connection.batch(sql).await,
        }
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        match &mut self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(connection) => connection.rows(sql).await,
        }
    }

    async fn sleep(&mut self, duration: Duration) {
        match &mut self.driver {
            #[cfg(feature = "rusqlite")]
            Driver::Sqlite(connection) => connection.sleep(duration).await,
        }
    }
}

impl Blocking for Database {}
impl Awaitable for Database {}

#[cfg(feature = "rusqlite")]
fn sqlite(url: &DatabaseUrl, create: bool) -> Result<rusqlite::Connection, Error> {
    use rusqlite::OpenFlags;

    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, create);
    let opened = match url.place() {
        Place::Memory => rusqlite::Connection::open_in_memory(),
        Place::File(path) => {
            look_at_file(url, path, create)?;
            rusqlite::Connection::open_with_flags(path, flags)
        }
        Place::Uri(uri) => rusqlite::Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI),
        Place::Server(_) => return Err(Error::Unsupported { dialect: url.dialect() }),
    };
    let connection = opened.map_err(|error| refused(url, error.into()))?;
    // SQLite reads a file when it is first asked something. That another program keeps it locked just now does not count, and is
    // not waited for.
    let look = || {
        connection.busy_timeout(Duration::ZERO)?;
        let looked = connection.query_row("PRAGMA schema_version", [], |_| Ok(()));
        connection.busy_timeout(BUSY_TIMEOUT)?;
        looked
    };
    match look().map_err(DriverError::from) {
        Err(error) if !error.busy => Err(refused(url, error)),
        Ok(()) | Err(_) => Ok(connection),
    }
}

#[cfg(feature = "rusqlite")]
fn look_at_file(url: &DatabaseUrl, path: &std::path::Path, create: bool) -> Result<(), Error> {
    let cannot = |why: &str, hint: String| Err(Error::Open { url: url.to_string(), why: why.to_owned(), hint });
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if path.is_dir() {
        cannot("it is a directory", "name a file in it".to_owned())
    } else if path.exists() {
        Ok(())
    } else if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let folder = folder.display();
        cannot(&format!("there is no folder {folder}"), format!("make it with `mkdir -p {folder}`, or name another"))
    } else if create {
        Ok(())
    } else {
        cannot("there is no such file", "`cargo enamel upgrade` makes it".to_owned())
    }
}

/// The database's words, and what they mean for a file.
#[cfg(feature = "rusqlite")]
fn refused(url: &DatabaseUrl, error: DriverError) -> Error {
    const NOT_A_DATABASE: &str = "26";
    const CANNOT_OPEN: &str = "14";
    let hint = match error.code.as_deref() {
        Some(NOT_A_DATABASE) => "name a file that SQLite made, or one that is not there yet",
        Some(CANNOT_OPEN) => "look whether it is there, and may be read and written",
        Some(_) | None => "look whether the file and its folder may be read and written",
    };
    Error::Open { url: url.to_string(), why: error.message, hint: hint.to_owned() }
}
