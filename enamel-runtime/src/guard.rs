//! refinery's connection: it runs what refinery hands over, and owns what refinery leaves open.
//!
//! That is the lock, one transaction for a revision and its history row, one statement at a time, errors that say where, the flags of the
//! connection, and the way out after an error or a panic. refinery decides nothing that was not decided before: it is
//! handed the pending revisions only, which were held against the history inside the lock.

mod alone;
mod at_once;
mod engine;
mod outside;
mod step;

use crate::claim::ClaimTable;
use crate::connection::{DriverError, DynConnection, Rows, poll_once};
use crate::dialect::sqlite::rebuild;
use crate::dialect::{Facts, Locked, Session, identifiers, postgres};
use crate::error::{Cause, Error, Stays};
use crate::history::HistoryTable;
use crate::upgrade::{Direction, Done, Event, Mode, Observer, Options, Patience, Step, Task};
use enamel_schema::{Dialect, Version};
use engine::Expect;
use refinery::Target;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// A connection that is being upgraded.
pub(crate) struct Guard<'c, 'a> {
    connection: &'c mut dyn DynConnection,
    observer: Option<&'c mut dyn Observer>,
    table: &'c HistoryTable,
    package: &'c str,
    facts: &'static Facts,
    /// How long to wait for another connection.
    limit: Duration,
    /// How long to wait for a table.
    table_patience: Duration,
    /// When the time of an upgrade is over.
    deadline: Option<Instant>,
    /// How many revisions this launch does, as far as is known.
    of: usize,
    session: Session,
    in_transaction: bool,
    released: bool,
    /// What refinery will hand over, in order: it does not say which revision a text belongs to.
    expected: VecDeque<Step<'a>>,
    next: Expect,
    /// The revision that failed when it was sent at once, and is run statement by statement.
    failed_at_once: Option<Version>,
    /// Whether it failed just now.
    takes_back: bool,
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
        let session = Session::begin(connection, task).await?;
        Ok(Self {
            connection,
            observer,
            table: &task.table,
            package: task.migrations.package,
            facts: task.facts,
            limit: task.options.lock_timeout,
            table_patience: task.options.table_patience,
            deadline: None,
            of: 0,
            session,
            in_transaction: false,
            released: false,
            expected: VecDeque::new(),
            next: Expect::TableThenRevisions,
            failed_at_once: None,
            takes_back: false,
            failure: None,
            done: Vec::new(),
            committed: 0,
            stays: Stays::At(Version::BASE),
            claims: task.table.claims(),
            token: None,
            notes: Vec::new(),
        })
    }

    /// The connection, to look at the database.
    pub(crate) fn connection(&mut self) -> &mut dyn DynConnection {
        self.connection
    }

    /// Begins the time that an upgrade has. With all or nothing there is no end between.
    pub(crate) fn begin_time(&mut self, options: &Options) {
        let budget = options.time_budget.filter(|_| !options.all_or_nothing);
        self.deadline = budget.and_then(|budget| Instant::now().checked_add(budget));
    }

    /// Patience that ends with the time of the upgrade.
    pub(crate) fn patience(&self, limit: Duration) -> Patience {
        let left = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        Patience::new(left.map_or(limit, |left| left.min(limit)))
    }

    /// Takes notice of how many revisions are left.
    pub(crate) const fn expect(&mut self, left: usize) {
        self.of = self.done.len() + left;
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

    /// Something worth knowing.
    pub(crate) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// What is asked inside the lock.
    pub(crate) fn look(&self, is_known: bool) -> String {
        self.table.look(&self.claims, is_known)
    }

    /// Tries to open a transaction that keeps other launches out, and asks something inside it. `None`: another connection has one.
    pub(crate) async fn begin(&mut self, mode: Mode, look: &str) -> Result<Option<Rows>, Error> {
        // Order matters: a future that is dropped has sent its `BEGIN` perhaps.
        self.in_transaction = true;
        let locked = self.session.lock(self.connection, mode, look).await;
        self.in_transaction = matches!(locked, Ok(Locked::Yes(_)));
        match locked.map_err(driver("lock the database"))? {
            Locked::Yes(found) => Ok(Some(found)),
            Locked::Busy => Ok(None),
            Locked::InTransaction => Err(Error::InTransaction),
        }
    }

    /// Waits a while for another connection, or for the holder of a claim.
    ///
    /// # Errors
    ///
    /// [`Error::Locked`] at the end of patience.
    pub(crate) async fn wait(&mut self, patience: &mut Patience, holder: Option<&str>) -> Result<(), Error> {
        tracing::debug!(waited = ?patience.waited(), holder, "another connection has the database");
        let mut holder = holder.map(str::to_owned);
        if holder.is_none() && self.observer.is_some() {
            holder = self.session.holder(self.connection).await;
        }
        self.notice(&Event::Waiting { waited: patience.waited(), holder: holder.as_deref() });
        if patience.wait(self.connection).await {
            return Ok(());
        }
        if holder.is_none() {
            holder = self.session.holder(self.connection).await;
        }
        let holder = holder.unwrap_or_else(|| "another connection".to_owned());
        Err(Error::Locked { holder, waited: patience.waited() })
    }

    /// Takes back what another connection stood in the way of, and waits a while.
    ///
    /// # Errors
    ///
    /// The error itself when nobody did; at the end of patience, with who it was.
    pub(crate) async fn give_way(&mut self, error: Error, patience: &mut Patience) -> Result<(), Error> {
        let Error::Revision(mut failed) = error else { return Err(error) };
        if !failed.cause.is_busy() {
            return Err(Error::Revision(failed));
        }
        self.rollback().await?;
        self.done.truncate(self.committed);
        let observed = if self.observer.is_some() { self.holders(&failed.cause).await } else { Vec::new() };
        self.notice(&Event::Waiting { waited: patience.waited(), holder: observed.first().map(String::as_str) });
        if patience.wait(self.connection).await {
            return Ok(());
        }
        let holders = self.holders(&failed.cause).await;
        if let Cause::Statement { statement, source } = failed.cause {
            failed.cause = Cause::Locked { statement, source, holders, waited: patience.waited() };
        }
        Err(Error::Revision(failed))
    }

    /// Who holds the tables of a statement that had to wait, in words.
    async fn holders(&mut self, cause: &Cause) -> Vec<String> {
        let Cause::Statement { statement, .. } = cause else { return Vec::new() };
        let names = identifiers(statement, self.connection.kind());
        postgres::watch::tables(self.connection, &names).await
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

    /// Ends the transaction, unless that was done with the last revision, after which the database is at `to`.
    pub(crate) async fn commit(&mut self, to: Version) -> Result<(), Error> {
        if self.in_transaction {
            self.end().await?;
        }
        self.session.committed();
        self.committed = self.done.len();
        self.stays = Stays::At(to);
        self.notice(&Event::Committed);
        Ok(())
    }

    /// Ends the transaction. On SQLite a reader can hold it up: it is still open then, and is tried again.
    async fn end(&mut self) -> Result<(), Error> {
        let mut patience = Patience::new(self.limit);
        loop {
            match self.connection.run("COMMIT").await {
                Ok(()) => break,
                Err(error) if error.busy && self.facts.commits_again && patience.waited() < self.limit => {
                    self.wait(&mut patience, None).await?;
                }
                Err(source) => {
                    let look = self.connection.kind() == Dialect::Sqlite && !source.busy;
                    let dangling = if look { rebuild::dangling(self.connection).await } else { Ok(Vec::new()) };
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
        let taken_back = self.run("ROLLBACK", "take the transaction back").await;
        // Order matters: a future that is dropped has not sent it perhaps, and a second one does nothing.
        self.in_transaction = false;
        taken_back
    }

    /// Leaves a revision to the program that has taken it over.
    pub(crate) async fn leave(&mut self) -> Result<(), Error> {
        self.rollback().await?;
        // What the revision set outside a transaction is still there, and is not what the next one finds.
        let restored = self.session.after_revision(self.connection).await;
        restored.map_err(driver("restore the connection's settings"))
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
        self.session.restore(self.connection).await.map_err(driver("restore the connection's settings"))
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
        poll_once(self.session.restore(self.connection));
    }
}

fn driver(doing: &str) -> impl FnOnce(DriverError) -> Error {
    let doing = doing.to_owned();
    move |source| Error::Driver { doing, source }
}

fn engine(what: impl ToString) -> Error {
    Error::Engine { what: what.to_string() }
}
