//! The one algorithm: probe, lock, verify, apply, release; and the same way for every other move of a database.
//!
//! Options go through [`Launch`]; what is decided without a database is in `judge` and `step`, what is done with one in `run` and in the
//! guard.

mod judge;
mod look;
mod observer;
mod patience;
mod report;
mod run;
mod script;
mod state;
mod step;
mod task;

pub use observer::{Event, Observer};
pub use report::{Direction, Done, Report};
pub use state::{Applied, InHand, Standing, State, Text};

pub(crate) use patience::Patience;
pub(crate) use report::Place;
pub(crate) use step::{Mode, Step};
pub(crate) use task::Task;

use crate::connection::{Awaitable, Blocking, DynConnection, block_on};
use crate::error::Error;
use crate::migrations::Migrations;
use enamel_schema::{Dialect, Version};
use std::time::Duration;
use task::Goal;

/// How far to upgrade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// To the newest revision.
    #[default]
    Head,
    /// To this revision. A database that is past it stays where it is.
    Version(Version),
    /// So many revisions further.
    Plus(u32),
}

/// What to do when the database was upgraded by a newer program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhenNewer {
    /// Go on when every newer revision keeps older programs working, as its history says; refuse otherwise. A revision of which it says nothing
    /// does not.
    #[default]
    Judge,
    /// Refuse always.
    Refuse,
    /// Go on always.
    Accept,
}

/// What an upgrade is told besides the revisions.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) target: Target,
    pub(crate) lock_timeout: Duration,
    /// How long a statement waits for a table.
    pub(crate) table_lock: Duration,
    /// For how long its revision is tried again.
    pub(crate) table_patience: Duration,
    /// How long an upgrade may take in all.
    pub(crate) time_budget: Option<Duration>,
    pub(crate) dry_run: bool,
    pub(crate) all_or_nothing: bool,
    pub(crate) when_newer: WhenNewer,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            target: Target::Head,
            lock_timeout: Duration::from_secs(600),
            table_lock: Duration::from_secs(5),
            table_patience: Duration::from_secs(300),
            time_budget: None,
            dry_run: false,
            all_or_nothing: false,
            when_newer: WhenNewer::Judge,
        }
    }
}

/// An upgrade, a downgrade or a stamp that is about to be made. It begins with [`Migrations::launch`].
///
/// ```
/// # #[cfg(feature = "rusqlite")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use enamel_runtime::{Migrations, upgrade::Event};
/// use std::time::Duration;
/// # static MIGRATIONS: Migrations = Migrations::NONE;
/// # let mut connection = enamel_runtime::rusqlite::Connection::open_in_memory()?;
/// let mut progress = |event: &Event<'_>| {
///     if let Event::Finished { version, duration, .. } = event {
///         println!("{version} took {duration:?}");
///     }
/// };
/// let report = MIGRATIONS
///     .launch()
///     .lock_timeout(Duration::from_secs(60))
///     .observer(&mut progress)
///     .upgrade(&mut connection)?;
/// println!("{report}");
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "rusqlite"))]
/// # fn main() {}
/// ```
#[must_use = "nothing happens until it is given a connection"]
pub struct Launch<'a> {
    migrations: &'a Migrations<'a>,
    options: Options,
    observer: Option<&'a mut dyn Observer>,
}

impl Migrations<'_> {
    /// Upgrades the database to the newest revision: [`Launch::upgrade`] without options.
    ///
    /// # Errors
    ///
    /// See [`Launch::upgrade`].
    pub fn upgrade<C: Blocking>(&self, connection: &mut C) -> Result<Report, Error> {
        self.launch().upgrade(connection)
    }

    /// [`Migrations::upgrade`], for async connections.
    ///
    /// # Errors
    ///
    /// See [`Launch::upgrade`].
    pub async fn upgrade_async<C: Awaitable>(&self, connection: &mut C) -> Result<Report, Error> {
        self.launch().upgrade_async(connection).await
    }

    /// Whether the database needs nothing of this program: [`Launch::is_current`] without options.
    ///
    /// # Errors
    ///
    /// See [`Launch::is_current`].
    pub fn is_current<C: Blocking>(&self, connection: &mut C) -> Result<bool, Error> {
        self.launch().is_current(connection)
    }

    /// [`Migrations::is_current`], for async connections.
    ///
    /// # Errors
    ///
    /// See [`Launch::is_current`].
    pub async fn is_current_async<C: Awaitable>(&self, connection: &mut C) -> Result<bool, Error> {
        self.launch().is_current_async(connection).await
    }

    /// Begins an upgrade with options.
    pub fn launch(&self) -> Launch<'_> {
        Launch { migrations: self, options: Options::default(), observer: None }
    }
}

impl<'a> Launch<'a> {
    /// How far to upgrade; to the newest revision, if nothing is said.
    pub fn target(mut self, target: Target) -> Self {
        self.options.target = target;
        self
    }

    /// How long to wait for another program that writes to the database; ten minutes, if nothing is said.
    pub fn lock_timeout(mut self, lock_timeout: Duration) -> Self {
        self.options.lock_timeout = lock_timeout;
        self
    }

    /// How long a statement waits for a table that another connection uses, and for how long its revision is taken back and tried again; five
    /// seconds and five minutes, if nothing is said.
    ///
    /// A statement that waits for a table makes every later query of that table wait behind it, so the first of the two is short. SQLite has
    /// no such locks.
    pub fn table_lock(mut self, each: Duration, in_all: Duration) -> Self {
        (self.options.table_lock, self.options.table_patience) = (each, in_all);
        self
    }

    /// How long an upgrade may take in all, for a program that somebody ends when it does not answer in time; as long as it takes, if nothing is
    /// said.
    ///
    /// When the time is over no further revision begins: what is done is committed, and [`Error::OutOfTime`] says what is left. On SQLite, where
    /// revisions share a transaction, that commits those that are done. A revision that has begun is not interrupted, and the first one always
    /// begins, so that launches one after another get to the end. Waiting for others counts, and ends with the time, as [`Error::Locked`]. It is
    /// not looked at with [`Launch::all_or_nothing`], nor on the way down.
    pub fn time_budget(mut self, time_budget: Duration) -> Self {
        self.options.time_budget = Some(time_budget);
        self
    }

    /// Only finds out what would be done. The report says it; nothing is locked, nothing is changed.
    pub fn dry_run(mut self) -> Self {
        self.options.dry_run = true;
        self
    }

    /// Tells somebody how it goes.
    pub fn observer<'o>(self, observer: &'o mut dyn Observer) -> Launch<'o>
    where
        'a: 'o,
    {
        Launch { migrations: self.migrations, options: self.options, observer: Some(observer) }
    }

    /// Refuses to begin unless all pending revisions can share one transaction. On SQLite they do anyway, unless one rebuilds a
    /// table while foreign keys are enforced, or runs outside a transaction. On PostgreSQL each has a transaction of its own otherwise: in
    /// one for all, a value that a revision adds to an enum cannot be used by a later one.
    pub fn all_or_nothing(mut self) -> Self {
        self.options.all_or_nothing = true;
        self
    }

    /// What to do when the database was upgraded by a newer program.
    pub fn when_newer(mut self, when_newer: WhenNewer) -> Self {
        self.options.when_newer = when_newer;
        self
    }

    /// Upgrades the database. However many programs do so together, each revision is applied once.
    ///
    /// With nothing to do this is one `SELECT`. Otherwise the pending revisions are applied with their history rows, in one
    /// transaction as far as they can share one; after an error or a panic that transaction is taken back.
    ///
    /// # Errors
    ///
    /// What stands in the way, with revision, file, line, statement, and what to do.
    pub fn upgrade<C: Blocking>(self, connection: &mut C) -> Result<Report, Error> {
        let goal = Goal::Up(self.options.target);
        block_on(self.go(connection, goal))
    }

    /// [`Launch::upgrade`], for async connections.
    ///
    /// A future that is dropped before its end takes the open transaction back and restores the connection's settings: at once with a driver that
    /// blocks (rusqlite), before its next use with one that queues what it is told.
    ///
    /// # Errors
    ///
    /// See [`Launch::upgrade`].
    pub async fn upgrade_async<C: Awaitable>(self, connection: &mut C) -> Result<Report, Error> {
        let goal = Goal::Up(self.options.target);
        self.go(connection, goal).await
    }

    /// Takes the database down to a revision, or to [`Version::BASE`].
    ///
    /// Each step back is the revision's file, or, where the program has none, the text that the history keeps.
    ///
    /// # Errors
    ///
    /// As for [`Launch::upgrade`]; [`Error::NoDown`] before anything runs.
    pub fn downgrade<C: Blocking>(self, connection: &mut C, version: Version) -> Result<Report, Error> {
        block_on(self.go(connection, Goal::Down(version)))
    }

    /// [`Launch::downgrade`], for async connections.
    ///
    /// # Errors
    ///
    /// See [`Launch::downgrade`].
    pub async fn downgrade_async<C: Awaitable>(self, connection: &mut C, version: Version) -> Result<Report, Error> {
        self.go(connection, Goal::Down(version)).await
    }

    /// Takes the newest applied revision down, and upgrades again: for a revision that was edited while only this database had it.
    ///
    /// # Errors
    ///
    /// As for [`Launch::downgrade`].
    pub fn redo<C: Blocking>(self, connection: &mut C) -> Result<Report, Error> {
        block_on(self.go(connection, Goal::Redo))
    }

    /// [`Launch::redo`], for async connections.
    ///
    /// # Errors
    ///
    /// See [`Launch::downgrade`].
    pub async fn redo_async<C: Awaitable>(self, connection: &mut C) -> Result<Report, Error> {
        self.go(connection, Goal::Redo).await
    }

    /// Records that the database is at a revision, forward, back or [`Version::BASE`], and runs nothing else.
    ///
    /// # Errors
    ///
    /// A revision that there is not; the history of another package; what the driver says.
    pub fn stamp<C: Blocking>(self, connection: &mut C, version: Version) -> Result<Report, Error> {
        block_on(self.go(connection, Goal::Stamp(version)))
    }

    /// [`Launch::stamp`], for async connections.
    ///
    /// # Errors
    ///
    /// See [`Launch::stamp`].
    pub async fn stamp_async<C: Awaitable>(self, connection: &mut C, version: Version) -> Result<Report, Error> {
        self.go(connection, Goal::Stamp(version)).await
    }

    /// Whether an upgrade would find nothing to do: the answer of a readiness probe. The database is at the target, or newer and of use to this
    /// program; `false` means that something is still to be done, here or by another program that is at it.
    ///
    /// It asks for no right but to read the history, and waits for no lock. At the target or below it that is one `SELECT`, on a newer database two;
    /// only a database without history, or with one that was written in former texts, is looked at closer.
    ///
    /// # Errors
    ///
    /// What waiting does not help: [`Error::Newer`], a history that differs, what the driver says.
    pub fn is_current<C: Blocking>(self, connection: &mut C) -> Result<bool, Error> {
        block_on(self.look(connection))
    }

    /// [`Launch::is_current`], for async connections.
    ///
    /// # Errors
    ///
    /// See [`Launch::is_current`].
    pub async fn is_current_async<C: Awaitable>(self, connection: &mut C) -> Result<bool, Error> {
        self.look(connection).await
    }

    /// How the database stands to the revisions. It is only read, and nothing is locked.
    ///
    /// # Errors
    ///
    /// A history that cannot be read; one that merely differs is a [`Standing`].
    pub fn state<C: Blocking>(self, connection: &mut C) -> Result<State, Error> {
        block_on(self.state_async_of(connection))
    }

    /// [`Launch::state`], for async connections.
    ///
    /// # Errors
    ///
    /// See [`Launch::state`].
    pub async fn state_async<C: Awaitable>(self, connection: &mut C) -> Result<State, Error> {
        self.state_async_of(connection).await
    }

    /// A script that takes a database from one revision to another, up or down, for the database's own shell (`sqlite3
    /// shop.db < up.sql`, `psql --file up.sql`). It leaves the same database and history, and stops when the database is somewhere else, or where a
    /// `must be empty` finds rows.
    ///
    /// # Errors
    ///
    /// A revision that there is not, or that cannot be read; [`Error::NoDown`].
    pub fn script(self, dialect: Dialect, from: Version, to: Version) -> Result<String, Error> {
        script::script(Task::new(self.migrations, self.options, dialect)?, from, to)
    }

    async fn go(self, connection: &mut dyn DynConnection, goal: Goal) -> Result<Report, Error> {
        let mut task = Task::new(self.migrations, self.options, connection.kind())?;
        // The borrow of an observer in an `Option` is only shortened by taking it out.
        let observer = self.observer.map(|observer| observer as &mut dyn Observer);
        run::run(&mut task, goal, connection, observer).await
    }

    async fn look(self, connection: &mut dyn DynConnection) -> Result<bool, Error> {
        let target = self.options.target;
        let mut task = Task::new(self.migrations, self.options, connection.kind())?;
        look::is_current(&mut task, target, connection).await
    }

    async fn state_async_of(self, connection: &mut dyn DynConnection) -> Result<State, Error> {
        let mut task = Task::new(self.migrations, self.options, connection.kind())?;
        task.settle(connection).await?;
        let rows = task.table.read(connection).await?;
        let claim = task.table.claims().read(connection).await;
        let claim = claim.map_err(|source| Error::Driver { doing: "look for another launch".to_owned(), source })?;
        Ok(State::new(&task, rows.as_deref(), claim))
    }
}
