//! What the tests of a program ask about its revisions.
//!
//! A test that fails must say what to do: each table that differs, the file that made it so, and the command to run.

mod template;
mod walk;

pub use template::Template;
#[cfg(feature = "postgres")]
pub use template::TemplateClient;
#[cfg(feature = "rusqlite")]
pub use template::TemplateFile;
pub use walk::{Database, Walk};

use crate::connection::DriverError;
use crate::migrations::{Migrations, Models};
use crate::prove::{Claim, ProveError, prove};
use crate::scratch::Scratch;
use enamel_schema::mismatch::{Side, told};
use enamel_schema::step::Step;
use enamel_schema::{Diagnostic, Level, Lock, Pair, Version};
use std::fmt;

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
            return Err(Mismatch::Models(told(Step::SIDES, head(migrations), lines, Level::Error)));
        }
        Models::Unchecked => return Err(Mismatch::Unchecked),
    }
    let path = format!("{directory}/enamel.lock");
    let lock = Lock::parse(migrations.lock, &path).map_err(|diagnostic| Mismatch::Lock(diagnostic.to_string()))?;
    let claim = Claim { models: &lock.schema, sealed: &lock.schema, ignore: &[] };
    let proof = prove(migrations, claim, scratch).map_err(Mismatch::NotProven)?;
    if proof.holds() {
        return Ok(());
    }
    let sides = Pair::new(Side::Revisions, Side::Models);
    Err(Mismatch::Revisions(told(sides, proof.head, proof.lines(), Level::Error)))
}

/// The newest revision.
fn head(migrations: &Migrations<'_>) -> Version {
    let heads = migrations.folders.iter().filter_map(|folder| folder.revisions.last());
    heads.map(|head| head.version).max().unwrap_or(Version::BASE)
}

/// Why models, lock file and revisions do not match.
#[derive(Debug)]
#[non_exhaustive]
pub enum Mismatch {
    /// The models are not those that the lock file seals.
    Models(Diagnostic),
    /// Nobody looked: the program embeds its revisions with `models = allow`.
    Unchecked,
    /// The lock file that was embedded cannot be read.
    Lock(String),
    /// The revisions do not produce what the lock file seals, which is what the models say.
    Revisions(Diagnostic),
    /// It could not be found out.
    NotProven(ProveError),
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mismatch::Models(told) | Mismatch::Revisions(told) => told.fmt(formatter),
            Mismatch::Unchecked => formatter.write_str(
                "the models were not compared with the newest revision\nhint: leave `models = allow` out of `embed!`",
            ),
            Mismatch::Lock(diagnostic) => formatter.write_str(diagnostic),
            Mismatch::NotProven(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Mismatch {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Mismatch::NotProven(error) => Some(error),
            Mismatch::Models(_) | Mismatch::Unchecked | Mismatch::Lock(_) | Mismatch::Revisions(_) => None,
        }
    }
}

/// What to do about revisions that do not run on a server that others use.
const PRIVATE: &str = "hint: `Scratch::postgres()` without ENAMEL_SCRATCH_URL runs them on a private server";

#[track_caller]
fn or_panic<T>(result: Result<T, DriverError>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("could not make a scratch database: {error}"),
    }
}
