//! Mistakes that are planted between a launch and its database: each is found.

use super::all_schedules::{Bounds, explore};
use super::connection::Simulated;
use super::run::Launching;
use super::scenario::{Scenario, begin, scenarios, unseen};
use super::statement::{Statement, Table, parse};
use enamel_runtime::connection::Rows;
use enamel_runtime::{Awaitable, Connection, Dialect, DriverError, Migrations};
use std::collections::BTreeMap;
use std::time::Duration;

/// What is done wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    /// What the history said before the lock is believed inside it.
    NoSecondLook,
    /// The look inside the lock is taken just before it.
    LookBeforeLock,
    /// The lock is given back before the transaction ends.
    LockGivenBackEarly,
    /// The transaction sees what was committed before it had the lock.
    RepeatableRead,
    /// A claim is taken over by its time alone, while its statement is running.
    TakenOverByTimeAlone,
}

/// A connection that makes a launch do something wrongly.
struct Planted {
    inner: Simulated,
    mistake: Mistake,
    /// The first answers.
    believed: BTreeMap<String, Result<Rows, ()>>,
}

impl Connection for Planted {
    fn dialect(&self) -> Dialect {
        self.inner.dialect()
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        self.inner.batch(sql).await
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        match self.mistake {
            Mistake::NoSecondLook => {
                if !matches!(parse(sql)[0], Statement::ReadHistory | Statement::Columns(Table::History)) {
                    return self.inner.rows(sql).await;
                }
                if let Some(Ok(rows)) = self.believed.get(sql) {
                    return Ok(rows.clone());
                }
                let answer = self.inner.rows(sql).await;
                self.believed.insert(sql.to_owned(), answer.as_ref().map(Rows::clone).map_err(drop));
                answer
            }
            Mistake::LookBeforeLock => {
                let Some((begin, look)) = sql.split_once("SELECT pg_try_advisory_xact_lock(") else {
                    return self.inner.rows(sql).await;
                };
                let (key, look) = look.split_once(';').unwrap();
                let swapped = format!("{begin} {look}; SELECT pg_try_advisory_xact_lock({key}");
                let mut rows = self.inner.rows(&swapped).await?;
                rows.rotate_right(1);
                Ok(rows)
            }
            Mistake::LockGivenBackEarly => {
                let answer = self.inner.rows(sql).await;
                if parse(sql).contains(&Statement::TryLock) {
                    self.inner.shared.lock().unwrap().world.let_go(self.inner.client);
                }
                answer
            }
            Mistake::RepeatableRead => self.inner.rows(&sql.replace("READ COMMITTED", "REPEATABLE READ")).await,
            Mistake::TakenOverByTimeAlone => self.inner.rows(&sql.replace("pg_stat_activity", "nobody")).await,
        }
    }

    async fn sleep(&mut self, duration: Duration) {
        self.inner.sleep(duration).await;
    }
}

impl Awaitable for Planted {}

fn planted<'m>(migrations: &'m Migrations<'m>, inner: Simulated, mistake: Mistake) -> Launching<'m> {
    let mut connection = Planted { inner, mistake, believed: BTreeMap::new() };
    Box::pin(async move { migrations.upgrade_async(&mut connection).await })
}

/// Whether the simulation finds it, without any failure.
fn is_found(scenario: &Scenario, preemptions: u32, mistake: Mistake) -> bool {
    let bounds = Bounds { preemptions, failures: 0 };
    explore(scenario, bounds, |migrations, inner| planted(migrations, inner, mistake)).is_err()
}

fn in_transactions(dialect: Dialect) -> Scenario {
    scenarios().into_iter().find(|scenario| scenario.dialect == dialect).unwrap()
}

#[test]
fn a_second_look_that_is_left_out_is_found() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        assert!(is_found(&in_transactions(dialect), 2, Mistake::NoSecondLook), "{dialect}");
    }
}

#[test]
fn a_look_before_the_lock_is_found() {
    assert!(is_found(&in_transactions(Dialect::Postgres), 2, Mistake::LookBeforeLock));
}

#[test]
fn a_lock_that_is_given_back_early_is_found() {
    assert!(is_found(&in_transactions(Dialect::Postgres), 2, Mistake::LockGivenBackEarly));
}

#[test]
fn repeatable_read_is_found() {
    assert!(is_found(&in_transactions(Dialect::Postgres), 2, Mistake::RepeatableRead));
}

#[test]
fn a_claim_that_is_taken_over_by_time_alone_is_found() {
    let never_stalled = Bounds { preemptions: 0, failures: 0 };
    explore(&unseen(), never_stalled, begin).unwrap();
    assert!(is_found(&unseen(), 0, Mistake::TakenOverByTimeAlone));
}
