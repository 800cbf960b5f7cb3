//! What the tests of a program ask about its revisions.
//!
//! A test that fails must say what to do: each table that differs, the file that made it so, and the command to run.

mod walk;

pub use walk::{Database, Walk};

use crate::connection::DriverError;
use crate::migrations::{Migrations, Models};
use crate::prove::{Claim, ProveError, prove};
use crate::scratch::Scratch;
use enamel_schema::Lock;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Asserts that the revisions produce the schema that the lock file seals, that the sealed schema is that of the models, and that the
/// newest revision can be taken back.
///
/// ```no_run
/// # use enamel_runtime::{Migrations, scratch::Scratch};
/// # static MIGRATIONS: Migrations = Migrations::NONE;
/// #[test]
/// fn models_match() {
///     enamel_runtime::testing::models_match(&MIGRATIONS, &Scratch::sqlite());
/// }
/// ```
///
/// # Panics
///
/// When they do not match, with what differs table by table and the command to run; see [`find_mismatch`].
#[track_caller]
pub fn models_match(migrations: &Migrations<'_>, scratch: &Scratch) {
    if let Err(mismatch) = find_mismatch(migrations, scratch) {
        panic!("{mismatch}");
    }
}

/// What [`models_match`] asserts, as a value.
///
/// # Errors
///
/// What differs, or why it could not be found out.
pub fn find_mismatch(migrations: &Migrations<'_>, scratch: &Scratch) -> Result<(), Mismatch> {
    let directory = migrations.directory;
    match migrations.models {
        Models::Match => {}
        Models::Differ(lines) => {
            let lines = lines.iter().map(ToString::to_string).collect();
            return Err(Mismatch::Models { lines });
        }
        Models::Unchecked => return Err(Mismatch::Unchecked),
    }
    let path = format!("{directory}/enamel.lock");
    let lock = Lock::parse(migrations.lock, &path).map_err(|diagnostic| Mismatch::Lock(diagnostic.to_string()))?;
    let claim = Claim { models: &lock.schema, sealed: &lock.schema, ignore: &[] };
    let proof = prove(migrations, claim, scratch).map_err(Mismatch::NotProven)?;
    if proof.holds() { Ok(()) } else { Err(Mismatch::Revisions { lines: proof.lines() }) }
}

/// Why models, lock file and revisions do not match.
#[derive(Debug)]
#[non_exhaustive]
pub enum Mismatch {
    /// The models are not those that the lock file seals.
    Models {
        /// Each difference in words.
        lines: Vec<String>,
    },
    /// Nobody looked: the program embeds its revisions with `models = allow`.
    Unchecked,
    /// The lock file that was embedded cannot be read.
    Lock(String),
    /// The revisions do not produce what the lock file seals.
    Revisions {
        /// Each difference in words.
        lines: Vec<String>,
    },
    /// It could not be found out.
    NotProven(ProveError),
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |formatter: &mut fmt::Formatter<'_>, lines: &[String]| {
            lines.iter().try_for_each(|line| write!(formatter, "\n  {line}"))
        };
        match self {
            Mismatch::Models { lines } => {
                formatter.write_str("the models differ from the newest revision")?;
                listed(formatter, lines)?;
                formatter.write_str("\nhint: run `cargo enamel revision -m \"…\" --autogenerate`")
            }
            Mismatch::Unchecked => formatter.write_str(
                "the models were not compared with the newest revision\nhint: leave `models = allow` out of `embed!`",
            ),
            Mismatch::Lock(diagnostic) => formatter.write_str(diagnostic),
            Mismatch::Revisions { lines } => {
                formatter.write_str("the revisions do not produce what the models say")?;
                listed(formatter, lines)?;
                formatter.write_str("\nhint: correct the newest revision and run `cargo enamel seal`")
            }
            Mismatch::NotProven(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Mismatch {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Mismatch::NotProven(error) => Some(error),
            Mismatch::Models { .. } | Mismatch::Unchecked | Mismatch::Lock(_) | Mismatch::Revisions { .. } => None,
        }
    }
}

/// A migrated database that tests copy, so that a hundred tests do not migrate a hundred times.
///
/// ```no_run
/// # use enamel_runtime::{Migrations, scratch::Scratch, testing::Template};
/// # use std::sync::LazyLock;
/// # static MIGRATIONS: Migrations = Migrations::NONE;
/// static TEMPLATE: LazyLock<Template> = LazyLock::new(|| Template::new(&MIGRATIONS, Scratch::sqlite()));
///
/// #[test]
/// fn a_reader_borrows_a_book() {
///     let connection = TEMPLATE.connection();
///     // …
/// }
/// ```
#[derive(Debug)]
pub struct Template {
    scratch: Scratch,
    migrated: Mutex<rusqlite::Connection>,
}

impl Template {
    /// Makes a throw-away database and upgrades it to the newest revision.
    ///
    /// # Panics
    ///
    /// When that fails, as a test should; the message is the error's.
    #[track_caller]
    pub fn new(migrations: &Migrations<'_>, scratch: Scratch) -> Self {
        let mut connection = or_panic(scratch.connection());
        if let Err(error) = migrations.upgrade(&mut connection) {
            panic!("{error}");
        }
        Self { scratch, migrated: Mutex::new(connection) }
    }

    /// A connection to a copy of its own, in memory.
    ///
    /// # Panics
    ///
    /// When the copy cannot be made.
    #[track_caller]
    pub fn connection(&self) -> rusqlite::Connection {
        let migrated = self.migrated.lock().unwrap_or_else(PoisonError::into_inner);
        copy(&migrated, &self.scratch)
    }

    /// Writes a copy to a file that is not there yet, for what opens databases by path or URL.
    ///
    /// # Panics
    ///
    /// When the file cannot be written.
    #[track_caller]
    pub fn copy_to(&self, file: &std::path::Path) {
        let migrated = self.migrated.lock().unwrap_or_else(PoisonError::into_inner);
        let written = migrated.execute("VACUUM INTO ?1", [file.to_string_lossy()]);
        or_panic(written.map_err(DriverError::from));
    }
}

/// A copy of a database, in memory.
#[track_caller]
fn copy(from: &rusqlite::Connection, scratch: &Scratch) -> rusqlite::Connection {
    let mut copy = or_panic(scratch.connection());
    let copied = rusqlite::backup::Backup::new(from, &mut copy).and_then(|backup| backup.step(-1));
    or_panic(copied.map_err(DriverError::from));
    copy
}

#[track_caller]
fn or_panic<T>(result: Result<T, DriverError>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("could not make a scratch database: {error}"),
    }
}
