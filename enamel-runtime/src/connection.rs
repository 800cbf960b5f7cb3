//! What enamel needs of a driver: four things, so that any driver is one small file.

use enamel_schema::Dialect;
use std::future::Future;
use std::time::Duration;

/// Rows as text cells; NULL is `None`.
pub type Rows = Vec<Vec<Option<String>>>;

/// An open connection.
///
/// Implemented for the drivers whose features are on; a driver of your own is some thirty lines.
pub trait Connection: Send {
    /// The kind of database at the other end.
    fn dialect(&self) -> Dialect;

    /// Runs statements, without results. They may be several, and the driver may send them at once.
    fn batch(&mut self, sql: &str) -> impl Future<Output = Result<(), DriverError>> + Send;

    /// Runs one query, and gives each row's cells as text.
    fn rows(&mut self, sql: &str) -> impl Future<Output = Result<Rows, DriverError>> + Send;

    /// Waits. A synchronous driver blocks its thread.
    fn sleep(&mut self, duration: Duration) -> impl Future<Output = ()> + Send;
}

/// A connection whose futures are ready at once: the bound of the synchronous calls.
pub trait Blocking: Connection {}

/// What a driver said, in the words that every driver can give.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct DriverError {
    /// The server's words.
    pub message: String,
    /// The server's code: SQLSTATE on PostgreSQL, the extended result code on SQLite.
    pub code: Option<String>,
    /// Where in the text that was sent, in bytes, when the server says.
    pub position: Option<usize>,
    /// Whether another connection holds a lock, so that the same call may succeed later.
    pub busy: bool,
    /// The driver's own error.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}
