//! A connection that keeps what is sent through it.

use enamel_runtime::connection::Rows;
use enamel_runtime::{Awaitable, Blocking, Connection, Dialect, DriverError};
use std::time::Duration;

pub(crate) struct Counting<C> {
    inner: C,
    /// Every call, in order: each is one round trip.
    pub(crate) sent: Vec<String>,
}

impl<C> Counting<C> {
    pub(crate) fn new(inner: C) -> Self {
        Self { inner, sent: Vec::new() }
    }

    /// What was sent since this was asked last.
    pub(crate) fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.sent)
    }
}

impl<C: Connection> Connection for Counting<C> {
    fn dialect(&self) -> Dialect {
        self.inner.dialect()
    }
    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        self.sent.push(sql.to_owned());
        self.inner.batch(sql).await
    }
    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        self.sent.push(sql.to_owned());
        self.inner.rows(sql).await
    }
    async fn sleep(&mut self, duration: Duration) {
        self.inner.sleep(duration).await;
    }
}

impl<C: Blocking> Blocking for Counting<C> {}
impl<C: Awaitable> Awaitable for Counting<C> {}
