//! Connections of `tokio-postgres`.
//!
//! What a dropped future has sent runs on; the `ROLLBACK` that is queued behind it takes the transaction back before the connection is used
//! for anything else.

use super::server::{asked, cells};
use super::{Awaitable, Connection, DriverError, Rows};
use enamel_schema::Dialect;
use std::time::Duration;

impl Connection for tokio_postgres::Client {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        self.batch_execute(sql).await.map_err(|error| asked(sql, error))
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        Ok(cells(self.simple_query(sql).await.map_err(|error| asked(sql, error))?))
    }

    /// Waits on the runtime's clock, which it must have (`enable_time`).
    async fn sleep(&mut self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

impl Awaitable for tokio_postgres::Client {}
