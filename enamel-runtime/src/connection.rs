//! What enamel needs of a driver: four things, so that any driver is one small file.
//!
//! The algorithm is written once, async, over this trait. A synchronous driver's futures are ready at once, so that the
//! synchronous calls poll the same future to its end.

mod erased;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "rusqlite")]
mod rusqlite;
#[cfg(any(feature = "postgres", feature = "tokio-postgres"))]
mod server;
#[cfg(feature = "tokio-postgres")]
mod tokio_postgres;

pub(crate) use erased::{DynConnection, poll_once};
#[cfg(all(feature = "postgres", any(feature = "command", feature = "testing")))]
pub(crate) use postgres::Address;

use crate::error::printable;
use enamel_schema::Dialect;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Rows as text cells; NULL is `None`. Bytes are written as SQL does: `X'0AFF'`.
pub type Rows = Vec<Vec<Option<String>>>;

/// An open connection.
///
/// Implemented for the drivers whose features are on, and for `&mut` of any connection. A driver of your own is some thirty
/// lines:
///
/// ```
/// use enamel_runtime::{Blocking, Connection, Dialect, DriverError};
/// use enamel_runtime::connection::Rows;
/// use std::time::Duration;
///
/// # struct Driver;
/// # impl Driver {
/// #     fn run(&mut self, _: &str) -> Result<(), std::io::Error> { Ok(()) }
/// #     fn ask(&mut self, _: &str) -> Result<Rows, std::io::Error> { Ok(Rows::new()) }
/// # }
/// struct MyConnection(Driver);
///
/// impl Connection for MyConnection {
///     fn dialect(&self) -> Dialect {
///         Dialect::Sqlite
///     }
///     async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
///         self.0.run(sql).map_err(DriverError::new)
///     }
///     async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
///         self.0.ask(sql).map_err(DriverError::new)
///     }
///     async fn sleep(&mut self, duration: Duration) {
///         std::thread::sleep(duration);
///     }
/// }
///
/// // It never waits for anybody else to be polled, so the synchronous calls may use it.
/// impl Blocking for MyConnection {}
/// ```
///
/// What a pool hands out is lent as the driver's own connection: `MIGRATIONS.upgrade(&mut *pooled)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no connection that enamel knows",
    label = "not a connection",
    note = "turn on the feature of its driver: `rusqlite`, `postgres` or `tokio-postgres`",
    note = "what a pool hands out is lent as the driver's own connection: `&mut *pooled`"
)]
pub trait Connection: Send {
    /// The kind of database at the other end.
    fn dialect(&self) -> Dialect;

    /// Runs statements, without results. They may be several, and the driver may send them at once.
    fn batch(&mut self, sql: &str) -> impl Future<Output = Result<(), DriverError>> + Send;

    /// Runs one query, and gives each row's cells as text. On a server the text may be several statements, as in
    /// [`Connection::batch`]; the rows of all are given, one after another.
    fn rows(&mut self, sql: &str) -> impl Future<Output = Result<Rows, DriverError>> + Send;

    /// Waits. A synchronous driver blocks its thread.
    fn sleep(&mut self, duration: Duration) -> impl Future<Output = ()> + Send;
}

/// A connection whose futures are ready at once: the bound of the synchronous calls.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used by the synchronous calls",
    label = "not a blocking connection",
    note = "an async connection is upgraded by `upgrade_async`",
    note = "what a pool hands out is lent as the driver's own connection: `&mut *pooled`"
)]
pub trait Blocking: Connection {}

/// A connection that may be used inside an async runtime: the bound of the async calls.
///
/// A driver that starts a runtime of its own panics inside another one, and so does not have this marker. A driver that
/// blocks its thread has it when that is short: SQLite's does.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used inside an async runtime",
    label = "not an async connection",
    note = "a blocking connection is upgraded by `upgrade`; `postgres` has `tokio-postgres` as its async counterpart",
    note = "what a pool hands out is lent as the driver's own connection: `&mut *pooled`"
)]
pub trait Awaitable: Connection {}

impl<C: Connection> Connection for &mut C {
    fn dialect(&self) -> Dialect {
        C::dialect(self)
    }

    fn batch(&mut self, sql: &str) -> impl Future<Output = Result<(), DriverError>> + Send {
        C::batch(self, sql)
    }

    fn rows(&mut self, sql: &str) -> impl Future<Output = Result<Rows, DriverError>> + Send {
        C::rows(self, sql)
    }

    fn sleep(&mut self, duration: Duration) -> impl Future<Output = ()> + Send {
        C::sleep(self, duration)
    }
}

impl<C: Blocking> Blocking for &mut C {}
impl<C: Awaitable> Awaitable for &mut C {}

/// What a driver said, in the words that every driver can give.
#[derive(Debug, thiserror::Error)]
#[error("{}", printable(.message))]
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

impl DriverError {
    /// The words of a driver's own error. The other fields can be set afterwards.
    pub fn new(source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self { message: source.to_string(), code: None, position: None, busy: false, source: Some(Box::new(source)) }
    }

    /// Whether the connection broke, so that nobody knows whether the server has done what it was told. Every other error of a server has a code; those
    /// of a connection are in class 08 and, when the server goes down, 57P
    /// (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
    pub(crate) fn is_lost(&self) -> bool {
        !self.busy
            && self
                .code
                .as_deref()
                .is_none_or(|code| code.len() == 5 && (code.starts_with("08") || code.starts_with("57P")))
    }

    /// What to do about an error that neither rows nor revisions are to blame for
    /// (<https://www.sqlite.org/rescode.html#result_code_list>, <https://www.postgresql.org/docs/current/errcodes-appendix.html>).
    pub(crate) fn advice(&self) -> Option<&'static str> {
        const WRITABLE: &str =
            "look whether the database may be written: its file and folder, or its server's settings";
        const ROOM: &str = "look whether there is room on the disk, and run it again";
        const RIGHTS: &str =
            "connect as the role that owns what is changed, or let it grant this one the right, and run it again";
        const HIDDEN: &str = "policies hide rows from this role: connect as one that has BYPASSRLS, or take FORCE ROW LEVEL SECURITY from the table meanwhile";
        const ENDED: &str =
            "look at the time limits of the role and the database, such as `statement_timeout`, and run it again";
        const COMMITS: &str = "it commits by itself: write `-- enamel: no-transaction` at the top of the file, and run `cargo enamel seal`";
        const LOST: &str = "run it again when the server is there";
        const DAMAGED: &str = "the file is damaged: bring it back from a backup";
        if self.is_lost() {
            return Some(LOST);
        }
        let code = self.code.as_deref()?;
        match code {
            "25006" => Some(WRITABLE),
            "53100" => Some(ROOM),
            "42501" if self.message.contains("row-level security") => Some(HIDDEN),
            "42501" => Some(RIGHTS),
            "2D000" => Some(COMMITS),
            // `query_canceled`, `idle_in_transaction_session_timeout`, `transaction_timeout`
            "57014" | "25P03" | "25P04" => Some(ENDED),
            _ if code.len() >= 5 => None,
            // The primary result code is the lowest byte of an extended one.
            _ => match code.parse::<u32>().ok()? & 0xff {
                8 => Some(WRITABLE),
                10 | 13 => Some(ROOM),
                11 => Some(DAMAGED),
                _ => None,
            },
        }
    }
}

/// Polls a future to its end on this thread: what the synchronous calls do with a [`Blocking`] connection.
///
/// Its futures are ready at once; should one not be, it is polled again each millisecond.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
