//! A connection without its type, so that the algorithm is compiled once and not for each driver.

use super::{Connection, DriverError, Rows};
use enamel_schema::Dialect;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A future in a box.
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// [`Connection`] with boxed futures. Its methods have names of their own, so that no call is ambiguous.
pub(crate) trait DynConnection: Send {
    /// [`Connection::dialect`]
    fn kind(&self) -> Dialect;
    /// [`Connection::batch`]
    fn run<'a>(&'a mut self, sql: &'a str) -> Boxed<'a, Result<(), DriverError>>;
    /// [`Connection::rows`]
    fn ask<'a>(&'a mut self, sql: &'a str) -> Boxed<'a, Result<Rows, DriverError>>;
    /// [`Connection::sleep`]
    fn wait(&mut self, duration: Duration) -> Boxed<'_, ()>;
}

impl<C: Connection> DynConnection for C {
    fn kind(&self) -> Dialect {
        self.dialect()
    }

    fn run<'a>(&'a mut self, sql: &'a str) -> Boxed<'a, Result<(), DriverError>> {
        Box::pin(self.batch(sql))
    }

    fn ask<'a>(&'a mut self, sql: &'a str) -> Boxed<'a, Result<Rows, DriverError>> {
        Box::pin(self.rows(sql))
    }

    fn wait(&mut self, duration: Duration) -> Boxed<'_, ()> {
        Box::pin(self.sleep(duration))
    }
}

/// Polls a future once, for `Drop`: complete for a synchronous driver, sent off by one that queues.
pub(crate) fn poll_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
