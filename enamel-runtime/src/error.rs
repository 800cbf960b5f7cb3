//! What can go wrong, each with revision, file, line, statement and the next command.
//!
//! An error is printed whole by `{}`: what could not be done, why, and a last line `hint:` where something helps. `{:?}` prints the
//! same, because a program whose `main` returns it shows that.

mod cell;
mod problem;
mod revision;

pub use problem::Problem;
pub use revision::{Cause, FailedRevision, Stays};

pub(crate) use cell::{printable, shortened};

use crate::connection::DriverError;
use enamel_schema::{Dialect, Version};
use std::fmt;
use std::time::Duration;

/// Why a database could not be brought to a revision.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A kind of database that is not supported yet.
    #[error("could not use the database: {} is not supported yet", .dialect.title())]
    Unsupported {
        /// The kind.
        dialect: Dialect,
    },
    /// A server that speaks PostgreSQL's language, and on which launches could not keep out of each other's way.
    #[error("could not use the database: the server is {server}, which is not supported yet")]
    UnsupportedServer {
        /// Which.
        server: &'static str,
    },
    /// The connection's search path names no schema, so there is no place for tables.
    #[error(
        "could not use the database: its search path `{search_path}` names no schema that there is\nhint: make the schema, or set `search_path` to one; a name with capitals stands in double quotes"
    )]
    NoSchema {
        /// The search path.
        search_path: String,
    },
    /// The server takes no writes, and there is something to do.
    #[error(
        "could not upgrade the database: the server is a read-only replica\nhint: start a program on the primary first; this one starts when the replica has followed"
    )]
    Replica,
    /// A URL that names no database.
    #[error("could not read the database's URL: {what}\nhint: write it like sqlite:shop.db")]
    Url {
        /// What is wrong with it.
        what: String,
    },
    /// A database that does not open.
    #[error("could not open {url}: {why}\nhint: {hint}")]
    Open {
        /// Which, without its password.
        url: String,
        /// What stands in the way.
        why: String,
        /// What to do.
        hint: String,
    },
    /// The program carries no revisions for this kind of database.
    #[error("could not find revisions for {} in {directory}\nhint: add \"{dialect}\" to `dialects` in [package.metadata.enamel], and run `cargo enamel seal`", .dialect.title())]
    NoRevisions {
        /// The kind.
        dialect: Dialect,
        /// Where they are looked for.
        directory: String,
    },
    /// The database refused something that enamel itself asked for.
    #[error("could not {doing}: {source}{}", Advice(.source))]
    Driver {
        /// What was to be done.
        doing: String,
        /// What the driver said.
        source: DriverError,
    },
    /// Another connection kept the database to itself.
    #[error(
        "could not lock the database: {holder} has kept it for {}\nhint: end the program that does, or wait longer with `lock_timeout`", Seconds(.waited)
    )]
    Locked {
        /// Who, as far as it is known.
        holder: String,
        /// How long it was waited for.
        waited: Duration,
    },
    /// The connection is in the middle of a transaction.
    #[error(
        "could not begin: the connection is in a transaction already\nhint: end it first, or open a connection of its own for the upgrade"
    )]
    InTransaction,
    /// A target that is not among the revisions.
    #[error(
        "could not find revision {version}: the revisions go up to {head}\nhint: `cargo enamel history` lists them"
    )]
    UnknownTarget {
        /// The target.
        version: Version,
        /// The newest revision.
        head: Version,
    },
    /// The history table is another tool's.
    #[error(
        "could not use the history table {table}: it has no column {missing}, so it is not one of enamel's\nhint: choose another name with `history = \"…\"` in [package.metadata.enamel]"
    )]
    NotOurHistory {
        /// The table.
        table: String,
        /// The column that it lacks.
        missing: String,
    },
    /// A row of the history table that enamel did not write.
    #[error(
        "could not read row {row} of the history table {table}: {what}\nhint: when you know at which revision the database is, run `cargo enamel stamp --revision N`"
    )]
    UnreadableHistory {
        /// The table.
        table: String,
        /// The row, by version, counted from one.
        row: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The history is not that of these revisions.
    #[error("could not match the database's history with the revisions{}", Problems(.problems))]
    History {
        /// All that differs, the oldest first.
        problems: Vec<Problem>,
    },
    /// The database was upgraded by a newer program, and this one can no longer use it.
    #[error(
        "could not use the database: it is at {database}, this program knows revisions up to {head}, and {breaks} does not keep older programs working\nhint: start the newer program, or take the database down with it: `cargo enamel downgrade --revision {head}`"
    )]
    Newer {
        /// The database's revision.
        database: Version,
        /// The program's newest.
        head: Version,
        /// The first revision above it that breaks older programs, with its name.
        breaks: String,
    },
    /// A file of a revision that is no text.
    #[error("could not read {file}: {what}\nhint: save it as UTF-8, and run `cargo enamel seal`")]
    NotText {
        /// The file.
        file: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A directive that is not understood.
    #[error("could not read {file}:{line}: {message}\nhint: correct the line, and run `cargo enamel seal`")]
    Directive {
        /// The file.
        file: String,
        /// The line, counted from one.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// A statement that has no place in a revision.
    #[error("could not run {file}:{line}: {statement}: {reason}\nhint: correct the file, and run `cargo enamel seal`")]
    Refused {
        /// The file.
        file: String,
        /// The line, counted from one.
        line: usize,
        /// What it is.
        statement: String,
        /// Why it is refused.
        reason: String,
    },
    /// A revision failed.
    #[error(transparent)]
    Revision(Box<FailedRevision>),
    /// A downgrade to a revision that the database never had.
    #[error(
        "could not downgrade to {version}: the database is at {database}, and has not applied {version}\nhint: `cargo enamel history` lists what it has applied"
    )]
    NotApplied {
        /// The target.
        version: Version,
        /// The database's revision.
        database: Version,
    },
    /// There is no way back.
    #[error(
        "could not downgrade: revision {version} {name} has no way back; nothing was changed\nhint: write V{version}__{name}.down.sql and run `cargo enamel seal`"
    )]
    NoDown {
        /// The revision.
        version: Version,
        /// Its name.
        name: String,
    },
    /// All or nothing was asked for, which these revisions cannot do.
    #[error(
        "could not upgrade all or nothing: {file} cannot share a transaction with the revisions beside it; nothing was changed\nhint: upgrade without `all_or_nothing`, or up to that revision first"
    )]
    NotInOneTransaction {
        /// The file.
        file: String,
    },
    /// The end of the transaction was refused.
    #[error("could not commit: {source}{}; {stays}{}\nhint: {}", Dangling(.dangling), Unless(.source), match .source.advice() {
        _ if .source.is_lost() => "run it again: it looks where the database is",
        _ if .source.busy => "end the program that reads the database, or wait longer with `lock_timeout`",
        Some(advice) => advice,
        None => "correct the rows, and run it again",
    })]
    Commit {
        /// What the driver said.
        source: Box<DriverError>,
        /// The tables whose rows refer to nothing, in words.
        dangling: Vec<String>,
        /// What is left.
        stays: Stays,
    },
    /// A revision outside a transaction was interrupted, and it is not the next thing to do.
    #[error(
        "could not go on: revision {revision} was interrupted after {done} of its statements, and its file was edited since or is not next\nhint: upgrade with the former file; or undo by hand what it did, and run `cargo enamel stamp`"
    )]
    Interrupted {
        /// The revision.
        revision: String,
        /// How many of its statements have taken effect.
        done: usize,
    },
    /// The time of an upgrade was over between two revisions. What is done is in the database for good.
    #[error(
        "could not upgrade in the time given: the database is at {database}, and {} left, {next} next\nhint: launch again, which goes on from there; or give it more time with `time_budget`", Left(.left)
    )]
    OutOfTime {
        /// The database's revision.
        database: Version,
        /// How many revisions are left.
        left: usize,
        /// The first of them, with its name.
        next: String,
    },
    /// Another program went on with a revision that this one was too slow for.
    #[error("could not go on: {holder} has taken the revision over\nhint: start again when it is done")]
    TakenOver {
        /// Who.
        holder: String,
    },
    /// What cannot happen.
    #[error("could not upgrade: {what}; this is a mistake of enamel's\nhint: please report it")]
    Engine {
        /// What happened.
        what: String,
    },
}

impl Error {
    /// What could not be done, and why, without the hint.
    pub fn message(&self) -> String {
        let text = self.to_string();
        text.split_once("\nhint: ").map_or_else(|| text.clone(), |(message, _)| message.to_owned())
    }

    /// What to do about it, when something helps.
    pub fn hint(&self) -> Option<String> {
        self.to_string().split_once("\nhint: ").map(|(_, hint)| hint.to_owned())
    }
}

/// The same as `{}`: a program whose `main` returns the error shows this.
impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// `10m`, `1.5s`
struct Seconds<'a>(&'a Duration);

impl fmt::Display for Seconds<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_secs() {
            minutes if minutes >= 60 && minutes.is_multiple_of(60) => write!(formatter, "{}m", minutes / 60),
            _ => write!(formatter, "{:.1}s", self.0.as_secs_f64()),
        }
    }
}

/// A line each, and a hint that serves the first.
struct Problems<'a>(&'a [Problem]);

impl fmt::Display for Problems<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 10;
        for problem in self.0.iter().take(MOST) {
            write!(formatter, "\n  {problem}")?;
        }
        if self.0.len() > MOST {
            write!(formatter, "\n  and {} more", self.0.len() - MOST)?;
        }
        self.0.first().map_or(Ok(()), |first| write!(formatter, "\nhint: {}", first.hint()))
    }
}

/// `1 row`, `2 rows`
pub(crate) struct Counted(pub(crate) usize, pub(crate) &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}

/// `1 revision is`, `2 revisions are`
struct Left<'a>(&'a usize);

impl fmt::Display for Left<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", Counted(*self.0, "revision"), if *self.0 == 1 { "is" } else { "are" })
    }
}

/// A hint, where something helps.
struct Advice<'a>(&'a DriverError);

impl fmt::Display for Advice<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.advice().map_or(Ok(()), |advice| write!(formatter, "\nhint: {advice}"))
    }
}

/// What is not known when the connection broke.
struct Unless<'a>(&'a DriverError);

impl fmt::Display for Unless<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_lost() { ", unless the connection broke after the commit" } else { "" })
    }
}

/// What a commit leaves dangling, when that is why it was refused.
struct Dangling<'a>(&'a [String]);

impl fmt::Display for Dangling<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|words| write!(formatter, ": {words}"))
    }
}
