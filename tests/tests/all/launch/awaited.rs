//! Async connections: futures that are not ready at once, and those that are dropped.

use super::project::{Place, Project, cells, history};
use enamel_runtime::connection::{Rows, block_on};
use enamel_runtime::rusqlite::Connection as Sqlite;
use enamel_runtime::{Awaitable, Connection, Dialect, DriverError};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A connection that lets others run before each answer.
struct Polite<'a>(&'a mut Sqlite);

impl Connection for Polite<'_> {
    fn dialect(&self) -> Dialect {
        self.0.dialect()
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        step_aside().await;
        self.0.batch(sql).await
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        step_aside().await;
        self.0.rows(sql).await
    }

    async fn sleep(&mut self, duration: Duration) {
        self.0.sleep(duration).await;
    }
}

impl Awaitable for Polite<'_> {}

async fn step_aside() {
    let mut aside = false;
    std::future::poll_fn(|_| if std::mem::replace(&mut aside, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// A runtime with several threads asks for this.
fn may_move<T: Send>(future: T) -> T {
    future
}

#[test]
fn an_async_connection_is_upgraded() {
    let place = Place::new("async");
    let mut connection = place.open();
    let project = Project::new().with_tables(3);
    let report = project.lend(|migrations| {
        let mut connection = Polite(&mut connection);
        block_on(may_move(migrations.upgrade_async(&mut connection)))
    });
    assert_eq!(report.unwrap().done.len(), 3);
    assert_eq!(history(&connection), ["1", "2", "3"]);
}

#[test]
fn wherever_a_future_is_dropped_the_next_launch_goes_on() {
    let project =
        Project::new().with_tables(1).with("compact", "-- enamel: no-transaction\nVACUUM;\n", "").with_tables(1);
    // A power failure is not what is tried, and waiting for the disk takes long.
    let open = |place: &Place| {
        let connection = place.open();
        connection.execute_batch("PRAGMA synchronous = OFF").unwrap();
        connection
    };
    let mut polls = 0;
    loop {
        let place = Place::new("dropped");
        let mut connection = open(&place);
        let finished = project.lend(|migrations| {
            let mut connection = Polite(&mut connection);
            let mut upgrade = pin!(migrations.upgrade_async(&mut connection));
            let mut context = Context::from_waker(Waker::noop());
            (0..polls).any(|_| upgrade.as_mut().poll(&mut context).is_ready())
        });
        // This driver queues nothing, so what `Drop` asked for once was not done; the program closes such a connection.
        drop(connection);
        let mut connection = open(&place);
        connection.execute_batch("UPDATE enamel_schema_history_claim SET expires = 0").unwrap_or_default();
        project.upgrade(&mut connection).unwrap();
        assert_eq!(history(&connection), ["1", "2", "3"], "dropped after {polls} polls");
        assert_eq!(cells(&connection, "SELECT name FROM t0001"), ["once"]);
        if finished {
            break;
        }
        polls += 1;
    }
    assert!(polls > 50, "only {polls} places to drop it at");
}
