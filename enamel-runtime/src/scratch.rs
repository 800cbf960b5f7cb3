//! Throw-away databases.
//!
//! Revisions are proven and tests are run in databases that nobody else sees, and that are gone when their connection is.

#[cfg(all(unix, feature = "postgres"))]
pub mod server;

use crate::connection::{Blocking, Connection, DriverError, Rows};
use enamel_schema::Dialect;
use std::fmt;
use std::time::Duration;

/// How throw-away databases are made.
///
/// ```
/// use enamel_runtime::scratch::Scratch;
/// // A check or a generated column may call a function of the program's own.
/// let scratch = Scratch::sqlite().prepared(|connection| {
///     connection.execute_batch("PRAGMA case_sensitive_like = ON")
/// });
/// let connection = scratch.open()?;
/// # Ok::<(), enamel_runtime::DriverError>(())
/// ```
pub struct Scratch {
    prepare: Option<Prepare>,
}

/// What is done to each connection before anything else.
type Prepare = Box<dyn Fn(&rusqlite::Connection) -> rusqlite::Result<()> + Send + Sync>;

impl Scratch {
    /// SQLite databases in memory.
    pub const fn sqlite() -> Self {
        Self { prepare: None }
    }

    /// Does this to each connection before anything else: registers functions, collations or modules, sets pragmas.
    #[must_use]
    pub fn prepared(
        mut self,
        prepare: impl Fn(&rusqlite::Connection) -> rusqlite::Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.prepare = Some(Box::new(prepare));
        self
    }

    /// The kind of database.
    pub const fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    /// Makes an empty database.
    ///
    /// # Errors
    ///
    /// What the driver says.
    pub fn open(&self) -> Result<ScratchConnection, DriverError> {
        Ok(ScratchConnection { connection: self.connection()? })
    }

    /// The driver's own connection to an empty database.
    pub(crate) fn connection(&self) -> Result<rusqlite::Connection, DriverError> {
        let connection = rusqlite::Connection::open_in_memory()?;
        if let Some(prepare) = &self.prepare {
            prepare(&connection)?;
        }
        Ok(connection)
    }

    /// The driver's own connection to a database with the same content.
    pub(crate) fn copy_of(&self, original: &rusqlite::Connection) -> Result<rusqlite::Connection, DriverError> {
        let mut copy = self.connection()?;
        rusqlite::backup::Backup::new(original, &mut copy)?.step(-1)?;
        Ok(copy)
    }
}

impl fmt::Debug for Scratch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Scratch").field("dialect", &self.dialect()).finish_non_exhaustive()
    }
}

/// A connection to a throw-away database, which is gone with it.
#[derive(Debug)]
pub struct ScratchConnection {
    connection: rusqlite::Connection,
}

impl Connection for ScratchConnection {
    fn dialect(&self) -> Dialect {
        self.connection.dialect()
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        self.connection.batch(sql).await
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        self.connection.rows(sql).await
    }

    async fn sleep(&mut self, duration: Duration) {
        self.connection.sleep(duration).await;
    }
}

impl Blocking for ScratchConnection {}
