//! Connections of `postgres`.
//!
//! Everything goes through the simple query protocol: it takes several statements at once, gives text, and works through a pooler that
//! hands a connection on after each transaction.

#[cfg(any(feature = "command", feature = "testing"))]
mod address;
#[cfg(any(feature = "command", feature = "testing"))]
mod mode;
#[cfg(all(feature = "tls", any(feature = "command", feature = "testing")))]
mod tls;
#[cfg(any(feature = "command", feature = "testing"))]
mod url;

#[cfg(any(feature = "command", feature = "testing"))]
pub(crate) use address::Address;

use super::server::{asked, cells};
use super::{Blocking, Connection, DriverError, Rows};
use enamel_schema::Dialect;
use std::time::Duration;

impl Connection for postgres::Client {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        self.batch_execute(sql).map_err(|error| asked(sql, error))
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        Ok(cells(self.simple_query(sql).map_err(|error| asked(sql, error))?))
    }

    async fn sleep(&mut self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// It drives a runtime of its own, which panics inside another one: so it is not [`super::Awaitable`].
impl Blocking for postgres::Client {}
