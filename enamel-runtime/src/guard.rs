//! refinery's connection: it runs what refinery hands over, and owns what refinery leaves open.
//!
//! That is the lock, one transaction for a revision and its history row, one statement at a time, errors that say where, the flags of the
//! connection, and the way out after an error or a panic. refinery decides nothing that was not decided before: it is
//! handed the pending revisions only, which were held against the history inside the lock.

use crate::connection::{DriverError, DynConnection, poll_once};
use crate::dialect::sqlite::{Session, rebuild};
use crate::error::{Cause, Counted, Error, FailedRevision, Stays};
use crate::history::{HistoryTable, Record};
use crate::upgrade::{Direction, Done, Event, Mode, Observer, Patience, Step};
use enamel_schema::Version;
use enamel_schema::split::{Piece, statements};
use refinery::{Migration, Runner, Target};
use refinery_core::traits::r#async::{AsyncMigrate, AsyncQuery, AsyncTransaction};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// A connection that is being upgraded.
pub(crate) struct Guard<'c, 'a> {
    connection: &'c mut dyn DynConnection,
    observer: Option<&'c mut dyn Observer>,
    table: &'c HistoryTable,
    package: &'c str,
    facts: &'static crate::dialect::Facts,
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
    at: Version,
    notes: Vec<String>,
}

/// What refinery hands over next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// Its `CREATE TABLE IF NOT EXISTS`, and then revisions.
    TableThenRevisions,
    /// Its `CREATE TABLE IF NOT EXISTS`, and then history rows alone.
    TableThenRows,
    /// The text of a revision and its history row.
    Revision,
    /// History rows alone.
    Rows,
}

impl<'c, 'a> Guard<'c, 'a> {
    /// Takes hold of a connection. Nothing is locked yet.
    pub(crate) async fn take(
        connection: &'c mut dyn DynConnection,
        observer: Option<&'c mut dyn Observer>,
        task: &'c crate::upgrade::Task<'a>,
    ) -> Result<Self, Error> {
        let session = Session::begin(connection).await.map_err(driver("read the connection's settings"))?;
        Ok(Self {
            connection,
            observer,
            table: &task.table,
            package: task.migrations.package,
            facts: task.facts,
            session,
            in_transaction: false,
            released: false,
            expected: VecDeque::new(),
            next: Expect::TableThenRevisions,
            failure: None,
            done: Vec::new(),
            committed: 0,
            at: Version::BASE,
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

    /// Waits a while for another connection.
    ///
    /// # Errors
    ///
    /// [`Error::Locked`] at the end of patience.
    pub(crate) async fn wait(&mut self, patience: &mut Patience) -> Result<(), Error> {
        self.notice(&Event::Waiting { waited: patience.waited() });
        if patience.wait(self.connection).await { Ok(()) } else { Err(Error::Locked { waited: patience.waited() }) }
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
        self.at = version;
    }

    /// Ends the transaction, after which the database is at `to`. A reader can hold it up: it is still open then, and is tried again
    /// (<https://www.sqlite.org/lang_transaction.html>: "the transaction remains active and the COMMIT can be retried").
    pub(crate) async fn commit(&mut self, to: Version, limit: Duration) -> Result<(), Error> {
        let mut patience = Patience::new(limit);
        loop {
            match self.connection.run("COMMIT").await {
                Ok(()) => break,
                Err(error) if error.busy && patience.waited() < limit => self.wait(&mut patience).await?,
                Err(source) => {
                    let dangling = if source.busy { Ok(Vec::new()) } else { rebuild::dangling(self.connection).await };
                    return Err(Error::Commit { source, dangling: dangling.unwrap_or_default(), stays: self.at });
                }
            }
        }
        self.in_transaction = false;
        self.committed = self.done.len();
        self.at = to;
        self.notice(&Event::Committed);
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
        self.released = true;
        let restore = self.session.restore();
        self.run(&restore, "restore the connection's settings").await
    }

    async fn through_refinery(&mut self, steps: VecDeque<Step<'a>>, next: Expect, target: Target) -> Result<(), Error> {
        let migrations = steps.iter().map(|step| Migration::unapplied(&step.stem(), &step.text));
        let migrations: Vec<Migration> = migrations.collect::<Result<_, _>>().map_err(engine)?;
        let mut runner = Runner::new(&migrations).set_target(target);
        runner.set_migration_table_name(&self.table.qualified);
        (self.expected, self.next, self.failure) = (steps, next, None);
        let result = runner.run_async(self).await;
        match (self.failure.take(), result) {
            (Some(failure), _) => Err(failure),
            (None, Err(error)) => Err(engine(error)),
            (None, Ok(_)) if !self.expected.is_empty() => Err(engine("refinery left revisions out")),
            (None, Ok(_)) => Ok(()),
        }
    }

    /// Does what refinery asks for.
    async fn obey(&mut self, queries: &[&str]) -> Result<(), Error> {
        match (self.next, queries) {
            (Expect::TableThenRevisions | Expect::TableThenRows, [create]) => {
                let rows = self.next == Expect::TableThenRows;
                self.next = if rows { Expect::Rows } else { Expect::Revision };
                self.run(create, "make the history table").await
            }
            (Expect::Revision, [text, row]) => {
                let step = self.expected.pop_front().filter(|step| step.text == *text);
                self.step_up(&step.ok_or_else(|| engine("refinery changed the order"))?, row).await
            }
            (Expect::Rows, rows) => {
                for row in rows {
                    let step = self.expected.pop_front().ok_or_else(|| engine("refinery added a row"))?;
                    self.insert(&step, row, Duration::ZERO).await?;
                }
                Ok(())
            }
            (Expect::TableThenRevisions | Expect::TableThenRows | Expect::Revision, _) => {
                Err(engine("refinery asked for something else"))
            }
        }
    }

    async fn step_up(&mut self, step: &Step<'a>, row: &str) -> Result<(), Error> {
        let began = Instant::now();
        self.run_step(step).await?;
        self.insert(step, row, began.elapsed()).await?;
        self.finish(step, began.elapsed());
        Ok(())
    }

    async fn step_down(&mut self, step: &Step<'a>) -> Result<(), Error> {
        let began = Instant::now();
        self.run_step(step).await?;
        let remove = self.table.remove(step.version);
        self.run(&remove, "remove a row of the history table").await?;
        self.finish(step, began.elapsed());
        Ok(())
    }

    fn finish(&mut self, step: &Step<'a>, duration: Duration) {
        let (version, direction) = (step.version, step.direction);
        self.notice(&Event::Finished { version, name: &step.name, direction, duration });
        self.done.push(Done { version, name: step.name.clone(), direction, duration });
    }

    /// Inserts refinery's row, and what enamel keeps beside it.
    async fn insert(&mut self, step: &Step<'a>, row: &str, duration: Duration) -> Result<(), Error> {
        let kept = step.kept.as_ref().ok_or_else(|| engine("a step down was handed to refinery"))?;
        let record = Record {
            sha256: kept.sha256,
            chain: kept.chain,
            down: kept.down.as_deref(),
            keeps_old_code: step.keeps_old_code,
            applied_by: self.package,
            milliseconds: duration.as_millis(),
        };
        let complete = self.table.complete(step.version, &record);
        self.run(row, "write a row of the history table").await?;
        self.run(&complete, "write a row of the history table").await
    }

    /// Runs the text of a revision, with what its mode asks for around it.
    async fn run_step(&mut self, step: &Step<'a>) -> Result<(), Error> {
        self.notice(&Event::Started { version: step.version, name: &step.name, direction: step.direction });
        let before = match step.mode {
            Mode::Rebuild => {
                let look = rebuild::Before::look(self.connection, &step.text).await;
                Some(look.map_err(driver(&format!("look at the database before {}", step.file)))?)
            }
            Mode::Shared | Mode::Alone => None,
        };
        self.run_statements(step).await?;
        let restore = self.session.after_revision();
        self.run(restore, "restore the connection's settings").await?;
        let Some(before) = before else { return Ok(()) };
        let compared = before.compare(self.connection, &step.text).await;
        if let Some(cause) = compared.map_err(driver(&format!("look at the database after {}", step.file)))? {
            return Err(self.failed(step, None, cause));
        }
        if before.violations() > 0 {
            let rows = Counted(before.violations(), "row");
            self.notes.push(format!("{rows} referred to nothing before {} already, and stayed so", step.file));
        }
        Ok(())
    }

    async fn run_statements(&mut self, step: &Step<'a>) -> Result<(), Error> {
        let pieces = statements(&step.text, self.connection.kind());
        for (index, piece) in pieces.iter().enumerate() {
            self.notice(&Event::Statement { number: index + 1, of: pieces.len(), sql: piece.text });
            match piece.must_be_empty {
                Some(what) => self.must_be_empty(step, piece, what).await?,
                None => {
                    if let Err(source) = self.connection.run(piece.text).await {
                        return Err(self.refused(step, piece, source));
                    }
                }
            }
        }
        Ok(())
    }

    /// Runs a `SELECT` that must find nothing. Only its first row is fetched, and the others counted, since they can be many.
    async fn must_be_empty(&mut self, step: &Step<'a>, piece: &Piece<'_>, what: &str) -> Result<(), Error> {
        let first = match self.connection.ask(&format!("SELECT * FROM (\n{}\n) AS found LIMIT 1", piece.text)).await {
            Ok(rows) => rows.into_iter().next(),
            Err(source) => return Err(self.refused(step, piece, DriverError { position: None, ..source })),
        };
        let Some(first) = first else { return Ok(()) };
        let count = self.connection.ask(&format!("SELECT count(*) FROM (\n{}\n) AS found", piece.text)).await;
        let count = count.ok().and_then(|rows| rows.into_iter().flatten().flatten().next());
        let cause = Cause::NotEmpty {
            what: what.to_owned(),
            count: count.unwrap_or_else(|| "some".to_owned()),
            first: first.into_iter().map(|cell| cell.unwrap_or_else(|| "NULL".to_owned())).collect(),
        };
        Err(self.failed(step, Some(piece.line), cause))
    }

    fn refused(&self, step: &Step<'a>, piece: &Piece<'_>, source: DriverError) -> Error {
        let before = source.position.and_then(|position| piece.text.get(..position)).unwrap_or_default();
        let line = piece.line + before.matches('\n').count();
        self.failed(step, Some(line), Cause::Statement { statement: piece.text.to_owned(), source })
    }

    fn failed(&self, step: &Step<'a>, line: Option<usize>, cause: Cause) -> Error {
        Error::Revision(Box::new(FailedRevision {
            version: step.version,
            name: step.name.clone(),
            direction: step.direction,
            file: step.file.clone(),
            line,
            cause,
            stays: Stays::At(self.at),
        }))
    }

    /// A temporary table goes before one of the database with the same name, and would be altered in its place.
    async fn refuse_hidden(&mut self, steps: &[Step<'a>]) -> Result<(), Error> {
        let hiding = self.session.hiding(self.connection).await.map_err(driver("list temporary tables"))?;
        for step in steps.iter().filter(|_| !hiding.is_empty()) {
            let named = rebuild::identifiers(&step.text);
            if let Some(name) = hiding.iter().find(|name| named.contains(&name.to_ascii_lowercase())) {
                return Err(self.failed(step, None, Cause::Hidden { name: name.clone() }));
            }
        }
        Ok(())
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
        poll_once(self.connection.run(&self.session.restore()));
    }
}

/// Tells refinery to stop; why is in the guard.
#[derive(Debug, thiserror::Error)]
#[error("the guard stopped it")]
pub(crate) struct Stopped;

impl AsyncTransaction for Guard<'_, '_> {
    type Error = Stopped;

    async fn execute<'q, T: Iterator<Item = &'q str> + Send + 'q>(&'q mut self, queries: T) -> Result<usize, Stopped> {
        let queries: Vec<&str> = queries.collect();
        match self.obey(&queries).await {
            Ok(()) => Ok(queries.len()),
            Err(error) => {
                self.failure = Some(error);
                Err(Stopped)
            }
        }
    }
}

/// The history was read and judged inside the lock; what was applied is not handed to refinery, so it need not know.
impl AsyncQuery<Vec<Migration>> for Guard<'_, '_> {
    async fn query<'q>(&'q mut self, _query: &'q str) -> Result<Vec<Migration>, Stopped> {
        Ok(Vec::new())
    }
}

impl AsyncMigrate for Guard<'_, '_> {}

fn driver(doing: &str) -> impl FnOnce(DriverError) -> Error {
    let doing = doing.to_owned();
    move |source| Error::Driver { doing, source }
}

fn engine(what: impl ToString) -> Error {
    Error::Engine { what: what.to_string() }
}
