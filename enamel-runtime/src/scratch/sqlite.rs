//! Databases of SQLite, in memory.

use crate::connection::DriverError;
use rusqlite::Connection;

/// What is done to each connection before anything else.
pub(super) type Prepare = Box<dyn Fn(&Connection) -> rusqlite::Result<()> + Send + Sync>;

/// Makes an empty database.
pub(super) fn open(prepare: Option<&Prepare>) -> Result<Connection, DriverError> {
    let connection = Connection::open_in_memory()?;
    if let Some(prepare) = prepare {
        prepare(&connection)?;
    }
    Ok(connection)
}

/// Makes a database with the same content.
pub(super) fn copy(original: &Connection, prepare: Option<&Prepare>) -> Result<Connection, DriverError> {
    let mut copy = open(prepare)?;
    rusqlite::backup::Backup::new(original, &mut copy)?.step(-1)?;
    Ok(copy)
}
