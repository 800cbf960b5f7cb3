//! SQLite opens almost anything and complains later; what stands in the way is found and said here.

use crate::connection::DriverError;
use crate::database_url::{DatabaseUrl, Place};
use crate::error::Error;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long SQLite waits for another program, outside an upgrade. It is rusqlite's own.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens a file or a database in memory.
pub(super) fn open(url: &DatabaseUrl, create: bool) -> Result<Connection, Error> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, create);
    let opened = match url.place() {
        Place::Memory => Connection::open_in_memory(),
        Place::File(path) => {
            look_at_file(url, path, create)?;
            Connection::open_with_flags(path, flags)
        }
        Place::Uri(uri) => Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI),
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

fn look_at_file(url: &DatabaseUrl, path: &Path, create: bool) -> Result<(), Error> {
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
