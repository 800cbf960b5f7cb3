//! `tokio-postgres`: futures that wait, and those that are dropped.

use super::{cells, history, project};
use enamel_runtime::tokio_postgres::{Client, NoTls};
use enamel_tests::server::Database;
use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// Runs a future on a runtime of one thread, with a client.
fn with_client<T>(database: &Database, go: impl AsyncFnOnce(Client) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = database.config().connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        go(client).await
    })
}

/// A runtime with several threads asks for this.
fn may_move<T: Send>(future: T) -> T {
    future
}

#[test]
fn an_async_connection_is_upgraded() {
    let Some(database) = Database::new() else { return };
    let project = project().with_tables(3);
    let report = project.lend(|migrations| {
        with_client(&database, async |mut client| may_move(migrations.upgrade_async(&mut client)).await)
    });
    assert_eq!(report.unwrap().done.len(), 3);
    assert_eq!(history(&mut database.connect()), ["1", "2", "3"]);
}

/// What a dropped future has sent is taken back before the connection is used again, by the same connection.
#[test]
fn wherever_a_future_is_dropped_the_next_launch_goes_on() {
    let Some(database) = Database::new() else { return };
    let project = project()
        .with_tables(1)
        .with("compact", "-- enamel: no-transaction\nSET work_mem = '8MB';\nVACUUM t0000;\nINSERT INTO t0000 (name) VALUES ('twice');\n", "")
        .with_tables(1);
    let fresh = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
    let mut polls = 0;
    loop {
        database.connect().batch_execute(fresh).unwrap();
        let finished = project.lend(|migrations| {
            with_client(&database, async |mut client| {
                let before = client.simple_query("SHOW work_mem").await.unwrap();
                let finished = {
                    let mut upgrade = pin!(migrations.upgrade_async(&mut client));
                    let mut left = polls;
                    poll_fn(|context| match left {
                        0 => Poll::Ready(false),
                        _ => {
                            left -= 1;
                            upgrade.as_mut().poll(context).map(|report| report.is_ok())
                        }
                    })
                    .await
                };
                let after = client.simple_query("SHOW work_mem").await.unwrap();
                assert_eq!(format!("{before:?}"), format!("{after:?}"), "dropped after {polls} polls");
                // Whatever claim was left ends by its time.
                let _ = client.batch_execute("UPDATE enamel_schema_history_claim SET expires = 0").await;
                migrations.upgrade_async(&mut client).await.unwrap();
                finished
            })
        });
        let mut client = database.connect();
        assert_eq!(history(&mut client), ["1", "2", "3"], "dropped after {polls} polls");
        assert_eq!(cells(&mut client, "SELECT name FROM t0000"), ["once", "twice"]);
        if finished {
            break;
        }
        polls += 1;
    }
    assert!(polls > 20, "only {polls} places to drop it at");
}
