//! The connection's session, as each database needs it: what keeps others out, and what is given back.

use super::{postgres, sqlite};
use crate::connection::{DriverError, DynConnection, Rows};
use crate::error::Error;
use crate::upgrade::{Mode, Task};
use enamel_schema::Dialect;
use enamel_schema::split::Piece;

/// What came of a try to lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Locked {
    /// There is an open transaction, which keeps other launches out, and this is what was found inside it.
    Yes(Rows),
    /// Another connection has the lock. There is no open transaction.
    Busy,
    /// The connection was in a transaction already.
    InTransaction,
}

/// The session of a connection that is being upgraded.
#[derive(Clone, Debug)]
pub(crate) enum Session {
    Sqlite(sqlite::Session),
    Postgres(postgres::Session),
}

impl Session {
    /// Takes over the session.
    pub(crate) async fn begin(connection: &mut dyn DynConnection, task: &Task<'_>) -> Result<Self, Error> {
        let reading = |source| Error::Driver { doing: "read the connection's settings".to_owned(), source };
        match task.dialect {
            Dialect::Postgres => {
                let begun = postgres::Session::begin(connection, &task.table.qualified, &task.options).await;
                match begun.map_err(reading)? {
                    (session, postgres::Readiness::Free) => Ok(Session::Postgres(session)),
                    (_, postgres::Readiness::InTransaction) => Err(Error::InTransaction),
                    (_, postgres::Readiness::Replica) => Err(Error::Replica),
                }
            }
            Dialect::Sqlite => sqlite::Session::begin(connection).await.map(Session::Sqlite).map_err(reading),
            dialect @ (Dialect::Mysql | Dialect::Mariadb) => Err(Error::Unsupported { dialect }),
        }
    }

    /// Whether one transaction can hold both.
    pub(crate) fn can_share(&self, left: Mode, right: Mode) -> bool {
        match self {
            Session::Sqlite(session) => session.can_share(left, right),
            Session::Postgres(session) => session.can_share(left, right),
        }
    }

    /// Tries to open a transaction that keeps other launches out, and does not wait. `look` is asked inside it.
    pub(crate) async fn lock(
        &self,
        connection: &mut dyn DynConnection,
        mode: Mode,
        look: &str,
    ) -> Result<Locked, DriverError> {
        match self {
            Session::Sqlite(session) => session.lock(connection, mode, look).await,
            Session::Postgres(session) => session.lock(connection, look).await,
        }
    }

    /// Whether a revision of these statements is sent at once, with its row and the end of its transaction.
    pub(crate) fn sends_at_once(&self, pieces: &[Piece<'_>]) -> bool {
        match self {
            Session::Sqlite(_) => false,
            Session::Postgres(session) => session.sends_at_once(pieces),
        }
    }

    /// Who has the lock, in words, when the database can say.
    pub(crate) async fn holder(&self, connection: &mut dyn DynConnection) -> Option<String> {
        match self {
            Session::Sqlite(_) => None,
            Session::Postgres(session) => session.holder(connection).await,
        }
    }

    /// The temporary tables and views, which hide the database's own of the same name.
    pub(crate) async fn hiding(&self, connection: &mut dyn DynConnection) -> Result<Vec<String>, DriverError> {
        match self {
            Session::Sqlite(session) => session.hiding(connection).await,
            Session::Postgres(session) => Ok(session.hiding()),
        }
    }

    /// Remembers what a revision may change.
    pub(crate) async fn before_revision(
        &mut self,
        connection: &mut dyn DynConnection,
        pieces: &[Piece<'_>],
    ) -> Result<(), DriverError> {
        match self {
            Session::Sqlite(_) => Ok(()),
            Session::Postgres(session) => session.before_revision(connection, pieces).await,
        }
    }

    /// Takes back what a revision left.
    pub(crate) async fn after_revision(&self, connection: &mut dyn DynConnection) -> Result<(), DriverError> {
        match self {
            Session::Sqlite(session) => connection.run(session.after_revision()).await,
            Session::Postgres(session) => session.after_revision(connection).await,
        }
    }

    /// Takes notice of the end of a transaction in which that was done.
    pub(crate) fn committed(&mut self) {
        match self {
            Session::Sqlite(_) => {}
            Session::Postgres(session) => session.committed(),
        }
    }

    /// Gives everything back, outside a transaction.
    pub(crate) async fn restore(&self, connection: &mut dyn DynConnection) -> Result<(), DriverError> {
        match self {
            Session::Sqlite(session) => connection.run(&session.restore()).await,
            Session::Postgres(session) => session.after_revision(connection).await,
        }
    }
}
