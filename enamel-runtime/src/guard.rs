//! refinery's connection: it runs what refinery hands over, and owns what refinery leaves open.
//!
//! That is the lock, one transaction for a revision and its history row, one statement at a time, errors that say where, the flags of the
//! connection, and the way out after an error or a panic. refinery decides nothing that was not decided before: it is
//! handed the pending revisions only, which were held against the history inside the lock.

mod alone;
mod engine;
mod step;

use crate::claim::ClaimTable;
use crate::connection::{DriverError, DynConnection, poll_once};
use crate::dialect::Facts;
use crate::dialect::sqlite::{Session, rebuild};
use crate::error::{Error, Stays};
use crate::history::HistoryTable;
use crate::upgrade::{Direction, Done, Event, Mode, Observer, Patience, Step, Task};
use enamel_schema::Version;
use engine::Expect;
use refinery::Target;
use std::collections::VecDeque;
use std::time::Duration;

/// A connection that is being upgraded.
pub(crate) struct Guard<'c, 'a> {
    connection: &'c mut dyn DynConnection,
    observer: Option<&'c mut dyn Observer>,
    table: &'c HistoryTable,
    package: &'c str,
    facts: &'static Facts,
    /// How long to wait for another connection.
    limit: Duration,
    session: Session,
    in_transaction: bool,
    released: bool,
    /// What refinery will hand over, in order: it does not say which revision a text belongs to.
    expected: VecDeque<Step<'a>>,
    next: Expect,
    /// Why refinery was stopped. It boxes errors and only lends them, so the typed one stays here.
    failure: Option<Error>,
    done: Vec<Done>,
    /// How many of those are in the database for good.
    committed: usize,
    /// Where the database is for good.
    stays: Stays,
    claims: ClaimTable,
    /// The token of this connection's claim, while it has one.
    token: Option<String>,
    notes: Vec<String>,
}

impl<'c, 'a> Guard<'c, 'a> {
    /// Takes hold of a connection. Nothing is locked yet.
    pub(crate) async fn take(
        connection: &'c mut dyn DynConnection,
        observer: Option<&'c mut dyn Observer>,
        task: &'c Task<'a>,
    ) -> Result<Self, Error> {
        let session = Session::begin(connection).await.map_err(driver("read the connection's settings"))?;
        Ok(Self {
            connection,
            observer,
            table: &task.table,
            package: task.migrations.package,
            facts: task.facts,
            limit: task.options.lock_timeout,
            session,
            in_transaction: false,
            released: false,
            expected: VecDeque::new(),
            next: Expect::TableThenRevisions,
            failure: None,
            done: Vec::new(),
            committed: 0,
            stays: Stays::At(Version::BASE),
            claims: ClaimTable::new(task.migrations.history, task.facts),
            token: None,
            notes: Vec::new(),
        })
    }

    /// The connection, to look at the database.
    pub(crate) fn connection(&mut self) -> &mut dyn DynConnection {
        self.connection
    }

    /// Whether one transaction can hold both.
    pub(crate) fn can_share(&self, left: Mode, right: Mode) -> bool {
        self.session.can_share(left, right)
    }

    /// What was done and is in the database for good, and what is worth knowing.
    pub(crate) fn take_done(&mut self) -> (Vec<Done>, Vec<String>) {
        self.done.truncate(self.committed);
        (std::mem::take(&mut self.done), std::mem::take(&mut self.notes))
    }

    /// Tries to open a transaction that keeps other launches out. `false`: another connection has one.
    pub(crate) async fn begin(&mut self, mode: Mode) -> Result<bool, Error> {
        let prepared = self.session.prepare(self.connection, mode).await;
        if !prepared.map_err(driver("set the connection's settings"))? {
            return Err(Error::InTransaction);
        }
        match self.connection.run(self.facts.begin).await {
            Ok(()) => self.in_transaction = true,
            Err(error) if error.busy => {}
            Err(error) if (self.facts.already_in_transaction)(&error) => return Err(Error::InTransaction),
            Err(error) => return Err(driver("lock the database")(error)),
        }
        Ok(self.in_transaction)
    }

    /// Waits a while for another connection, or for the holder of a claim.
    ///
    /// # Errors
    ///
    /// [`Error::Locked`] at the end of patience.
    pub(crate) async fn wait(&mut self, patience: &mut Patience, holder: Option<&str>) -> Result<(), Error> {
        tracing::debug!(waited = ?patience.waited(), holder, "another connection has the database");
        self.notice(&Event::Waiting { waited: patience.waited() });
        if patience.wait(self.connection).await {
            return Ok(());
        }
        let holder = holder.unwrap_or("another connection").to_owned();
        Err(Error::Locked { holder, waited: patience.waited() })
    }

    /// Runs one statement of enamel's own.
    pub(crate) async fn run(&mut self, sql: &str, doing: &str) -> Result<(), Error> {
        self.connection.run(sql).await.map_err(driver(doing))
    }

    /// Applies steps in the open transaction, those up through refinery.
    pub(crate) async fn apply(&mut self, steps: Vec<Step<'a>>) -> Result<(), Error> {
        self.refuse_hidden(&steps).await?;
        // Order matters: a revision that is done again goes down first.
        let (down, up): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| step.direction == Direction::Down);
        for step in &down {
            self.step_down(step).await?;
        }
        if up.is_empty() {
            return Ok(());
        }
        self.through_refinery(up.into(), Expect::TableThenRevisions, Target::Latest).await
    }

    /// Records steps as applied and runs nothing else.
    pub(crate) async fn record(&mut self, steps: Vec<Step<'a>>) -> Result<(), Error> {
        self.through_refinery(steps.into(), Expect::TableThenRows, Target::Fake).await
    }

    /// Takes notice of where the database was found.
    pub(crate) const fn found_at(&mut self, version: Version) {
        self.stays = Stays::At(version);
    }

    /// Ends the transaction, after which the database is at `to`.
    pub(crate) async fn commit(&mut self, to: Version) -> Result<(), Error> {
        self.end().await?;
        self.committed = self.done.len();
        self.stays = Stays::At(to);
        self.notice(&Event::Committed);
        Ok(())
    }

    /// Ends the transaction. A reader can hold it up: it is still open then, and is tried again
    /// (<https://www.sqlite.org/lang_transaction.html>: "the transaction remains active and the COMMIT can be retried").
    async fn end(&mut self) -> Result<(), Error> {
        let mut patience = Patience::new(self.limit);
        loop {
            match self.connection.run("COMMIT").await {
                Ok(()) => break,
                Err(error) if error.busy && patience.waited() < self.limit => self.wait(&mut patience, None).await?,
                Err(source) => {
                    let dangling = if source.busy { Ok(Vec::new()) } else { rebuild::dangling(self.connection).await };
                    let source = Box::new(source);
                    return Err(Error::Commit { source, dangling: dangling.unwrap_or_default(), stays: self.stays });
                }
            }
        }
        self.in_transaction = false;
        Ok(())
    }

    /// Takes the transaction back.
    pub(crate) async fn rollback(&mut self) -> Result<(), Error> {
        self.in_transaction = false;
        self.run("ROLLBACK", "take the transaction back").await
    }

    /// Gives the connection back as it was.
    pub(crate) async fn release(mut self) -> Result<(), Error> {
        if self.in_transaction {
            // The database may have ended it by itself after an error; there is nothing to take back then.
            let _ = self.rollback().await;
        }
        if let Some(token) = self.token.take() {
            // It ends by itself in a while; this is sooner.
            let _ = self.connection.run(&self.claims.give_back(&token)).await;
        }
        self.released = true;
        let restore = self.session.restore();
        self.run(&restore, "restore the connection's settings").await
    }

    pub(crate) fn notice(&mut self, event: &Event<'_>) {
        if let Some(observer) = &mut self.observer {
            observer.notice(event);
        }
    }
}

/// After a panic or a dropped future: a synchronous driver does all of this at once, one that queues does it when it is next used.
impl Drop for Guard<'_, '_> {
    fn drop(&mut self) {
        if self.released {
            return;
        }
        if self.in_transaction {
            poll_once(self.connection.run("ROLLBACK"));
        }
        if let Some(token) = self.token.take() {
            poll_once(self.connection.run(&self.claims.give_back(&token)));
        }
        poll_once(self.connection.run(&self.session.restore()));
    }
}

fn driver(doing: &str) -> impl FnOnce(DriverError) -> Error {
    let doing = doing.to_owned();
    move |source| Error::Driver { doing, source }
}

fn engine(what: impl ToString) -> Error {
    Error::Engine { what: what.to_string() }
}
