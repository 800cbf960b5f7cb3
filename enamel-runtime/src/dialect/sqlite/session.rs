//! The flags of a connection, which are given back as they were.

use crate::connection::{DriverError, DynConnection};
use crate::dialect::Locked;
use crate::upgrade::Mode;

/// The flags that an upgrade touches, as the program had them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Milliseconds. Zero also stands for a busy handler of the program's own, which setting the time-out would remove
    /// (<https://www.sqlite.org/c3ref/busy_timeout.html>).
    busy_timeout: u64,
    /// Whether foreign keys are enforced.
    foreign_keys: bool,
    legacy_alter_table: bool,
}

impl Session {
    /// Reads the flags, and turns waiting off: whoever waits inside SQLite cannot look whether there is still something to do.
    pub(crate) async fn begin(connection: &mut dyn DynConnection) -> Result<Self, DriverError> {
        let session = Self {
            busy_timeout: number(connection, "PRAGMA busy_timeout").await?,
            foreign_keys: number(connection, "PRAGMA foreign_keys").await? != 0,
            legacy_alter_table: number(connection, "PRAGMA legacy_alter_table").await? != 0,
        };
        if session.busy_timeout != 0 {
            connection.run("PRAGMA busy_timeout = 0").await?;
        }
        Ok(session)
    }

    /// Whether one transaction can hold revisions of both modes. When the program does not enforce foreign keys, a rebuild needs nothing that
    /// the others do not have.
    pub(crate) fn can_share(&self, left: Mode, right: Mode) -> bool {
        left != Mode::Alone && right != Mode::Alone && (left == right || !self.foreign_keys)
    }

    /// Opens a transaction with the write lock, before anything is read (<https://www.sqlite.org/lang_transaction.html#immediate>).
    pub(crate) async fn lock(
        &self,
        connection: &mut dyn DynConnection,
        mode: Mode,
        look: &str,
    ) -> Result<Locked, DriverError> {
        if self.foreign_keys && !enforce(connection, mode != Mode::Rebuild).await? {
            return Ok(Locked::InTransaction);
        }
        match connection.run("BEGIN IMMEDIATE").await {
            Ok(()) => {}
            Err(error) if error.busy => return Ok(Locked::Busy),
            Err(error) if error.message.contains("within a transaction") => return Ok(Locked::InTransaction),
            Err(error) => return Err(error),
        }
        match connection.ask(look).await {
            Ok(rows) => Ok(Locked::Yes(rows)),
            Err(error) => connection.run("ROLLBACK").await.and(Err(error)),
        }
    }

    /// The tables and views that hide the database's own of the same name: a name without a schema is looked for among temporary ones first
    /// (<https://www.sqlite.org/lang_naming.html>).
    pub(crate) async fn hiding(&self, connection: &mut dyn DynConnection) -> Result<Vec<String>, DriverError> {
        let rows = connection.ask("SELECT name FROM temp.sqlite_master WHERE type IN ('table', 'view')").await?;
        Ok(rows.into_iter().flatten().flatten().collect())
    }

    /// The statement that takes back what a revision left of its rebuild. It works inside a transaction.
    pub(crate) const fn after_revision(&self) -> &'static str {
        if self.legacy_alter_table { "PRAGMA legacy_alter_table = ON" } else { "PRAGMA legacy_alter_table = OFF" }
    }

    /// The statements that give every flag back, outside a transaction.
    pub(crate) fn restore(&self) -> String {
        let foreign_keys = if self.foreign_keys { "ON" } else { "OFF" };
        let busy_timeout = match self.busy_timeout {
            0 => String::new(),
            milliseconds => format!("; PRAGMA busy_timeout = {milliseconds}"),
        };
        format!("PRAGMA foreign_keys = {foreign_keys}; {}{busy_timeout}", self.after_revision())
    }
}

/// Turns enforcement on or off, and says whether SQLite did so: inside a transaction it does nothing and is silent
/// (<https://www.sqlite.org/pragma.html#pragma_foreign_keys>).
async fn enforce(connection: &mut dyn DynConnection, on: bool) -> Result<bool, DriverError> {
    connection.run(if on { "PRAGMA foreign_keys = ON" } else { "PRAGMA foreign_keys = OFF" }).await?;
    Ok((number(connection, "PRAGMA foreign_keys").await? != 0) == on)
}

async fn number(connection: &mut dyn DynConnection, sql: &str) -> Result<u64, DriverError> {
    let rows = connection.ask(sql).await?;
    let cell = rows.first().and_then(|row| row.first()).and_then(Option::as_deref);
    Ok(cell.and_then(|text| text.parse().ok()).unwrap_or_default())
}
