//! Throw-away databases.
//!
//! Revisions are proven and tests are run in databases that nobody else sees, and that are gone when their connection is.

mod connection;
#[cfg(all(unix, feature = "postgres"))]
mod image;
mod left;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
#[cfg(feature = "postgres")]
mod private;
mod reach;
mod role;
#[cfg(all(unix, feature = "postgres"))]
pub mod server;
#[cfg(feature = "rusqlite")]
mod sqlite;

pub use connection::ScratchConnection;
pub use reach::Reaching;

use crate::connection::DriverError;
use crate::migrations::Migrations;
use connection::Driver;
use enamel_schema::Dialect;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Mutex;

/// How throw-away databases are made.
///
/// ```
/// # #[cfg(feature = "rusqlite")]
/// # fn main() -> Result<(), enamel_runtime::DriverError> {
/// use enamel_runtime::scratch::Scratch;
/// // A check or a generated column may call a function of the program's own.
/// let scratch = Scratch::sqlite().prepared(|connection| {
///     connection.execute_batch("PRAGMA case_sensitive_like = ON")
/// });
/// let connection = scratch.open()?;
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "rusqlite"))]
/// # fn main() {}
/// ```
pub struct Scratch {
    kind: Kind,
    seed: u64,
    /// Roles that were made for revisions.
    roles: Mutex<BTreeSet<String>>,
}

enum Kind {
    #[cfg(feature = "rusqlite")]
    Sqlite(Option<sqlite::Prepare>),
    #[cfg(feature = "postgres")]
    Postgres(postgres::Place),
}

#[cfg(feature = "rusqlite")]
impl Scratch {
    /// SQLite databases in memory.
    pub const fn sqlite() -> Self {
        Self::of(Kind::Sqlite(None))
    }

    /// Does this to each SQLite connection before anything else: registers functions, collations or modules, sets pragmas.
    #[must_use]
    pub fn prepared(
        mut self,
        prepare: impl Fn(&rusqlite::Connection) -> rusqlite::Result<()> + Send + Sync + 'static,
    ) -> Self {
        match &mut self.kind {
            Kind::Sqlite(prepared) => *prepared = Some(Box::new(prepare)),
            #[cfg(feature = "postgres")]
            Kind::Postgres(_) => {}
        }
        self
    }
}

#[cfg(feature = "postgres")]
impl Scratch {
    /// PostgreSQL databases on a private server, which is started once a process and ends with it. Nobody else can reach it. Where PostgreSQL is
    /// not installed, or `ENAMEL_SCRATCH_URL` names a server, it is that one.
    pub const fn postgres() -> Self {
        Self::of(Kind::Postgres(postgres::Place::Private(None)))
    }

    /// Has the private server begin with what [`Scratch::keep`] of another process left in this folder, which is a second sooner; more, where revisions
    /// take long to replay. Nothing else may be in it, and it may be removed at any time.
    #[must_use]
    pub fn kept_in(mut self, folder: impl Into<std::path::PathBuf>) -> Self {
        if let Kind::Postgres(postgres::Place::Private(kept)) = &mut self.kind {
            *kept = Some(folder.into());
        }
        self
    }

    /// PostgreSQL databases on a server whose URL is given. They are made and dropped there, and their names begin with `enamel_scratch_`;
    /// nothing else is touched.
    pub fn postgres_at(url: impl Into<String>) -> Self {
        Self::of(Kind::Postgres(postgres::Place::At(url.into())))
    }
}

impl Scratch {
    const fn of(kind: Kind) -> Self {
        Self { kind, seed: 1, roles: Mutex::new(BTreeSet::new()) }
    }

    /// Makes up other rows, where revisions are proven with rows. The same seed makes the same rows.
    #[must_use]
    pub const fn seeded(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// What rows are made from.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// Drops the throw-away databases of this process at once: for a program that is told to end, as by Ctrl-C. What is done in them fails, and no
    /// other can be made any more.
    pub fn drop_all() {
        #[cfg(feature = "postgres")]
        postgres::drop_all();
    }

    /// Ends the private server, and keeps what it has made in the folder of [`Scratch::kept_in`], unless the same is there already. What cannot be kept is made
    /// again.
    pub fn keep(&self) {
        match &self.kind {
            #[cfg(feature = "rusqlite")]
            Kind::Sqlite(_) => {}
            #[cfg(feature = "postgres")]
            Kind::Postgres(place) => place.keep(),
        }
    }

    /// The kind of database.
    pub const fn dialect(&self) -> Dialect {
        match &self.kind {
            #[cfg(feature = "rusqlite")]
            Kind::Sqlite(_) => Dialect::Sqlite,
            #[cfg(feature = "postgres")]
            Kind::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Whether databases can be made here: whether there is a server, private or named.
    pub fn is_here(&self) -> bool {
        match &self.kind {
            #[cfg(feature = "rusqlite")]
            Kind::Sqlite(_) => true,
            #[cfg(feature = "postgres")]
            Kind::Postgres(place) => place.is_here(),
        }
    }

    /// Whether the databases are on a server that others use, too: then nothing may be done in them that reaches out.
    pub fn is_shared(&self) -> bool {
        match &self.kind {
            #[cfg(feature = "rusqlite")]
            Kind::Sqlite(_) => false,
            #[cfg(feature = "postgres")]
            Kind::Postgres(place) => place.is_shared(),
        }
    }

    /// Whether these revisions may be run here: not those that touch roles or other databases of a server that others use, too.
    ///
    /// # Errors
    ///
    /// The first that does.
    pub fn admits(&self, migrations: &Migrations<'_>) -> Result<(), Reaching> {
        let reaching = if self.is_shared() { reach::first(migrations, self.dialect()) } else { None };
        reaching.map_or(Ok(()), Err)
    }

    /// Makes an empty database.
    ///
    /// # Errors
    ///
    /// What the driver says; that there is no server.
    pub fn open(&self) -> Result<ScratchConnection, DriverError> {
        let driver = match &self.kind {
            #[cfg(feature = "rusqlite")]
            Kind::Sqlite(prepare) => Driver::Sqlite(sqlite::open(prepare.as_ref())?),
            #[cfg(feature = "postgres")]
            Kind::Postgres(place) => Driver::Postgres(Box::new(postgres::Database::new(place)?)),
        };
        Ok(ScratchConnection { driver })
    }

    /// Whether a copy takes next to no time: pages in memory do, files on a server do not.
    pub(crate) const fn copies_at_once(&self) -> bool {
        match &self.kind {
            #[cfg(feature = "rusqlite")]
            Kind::Sqlite(_) => true,
            #[cfg(feature = "postgres")]
            Kind::Postgres(_) => false,
        }
    }

    /// Makes a database with the content of another, which the same scratch made.
    pub(crate) fn copy_of(&self, original: &mut ScratchConnection) -> Result<ScratchConnection, DriverError> {
        let driver = match (&self.kind, &mut original.driver) {
            #[cfg(feature = "rusqlite")]
            (Kind::Sqlite(prepare), Driver::Sqlite(original)) => {
                Driver::Sqlite(sqlite::copy(original, prepare.as_ref())?)
            }
            #[cfg(feature = "postgres")]
            (Kind::Postgres(_), Driver::Postgres(original)) => Driver::Postgres(Box::new(original.copy()?)),
            #[cfg(all(feature = "rusqlite", feature = "postgres"))]
            (Kind::Sqlite(_), Driver::Postgres(_)) | (Kind::Postgres(_), Driver::Sqlite(_)) => return self.open(),
        };
        Ok(ScratchConnection { driver })
    }
}

impl fmt::Debug for Scratch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Scratch").field("dialect", &self.dialect()).finish_non_exhaustive()
    }
}
