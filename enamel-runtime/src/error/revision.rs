//! A revision that failed: where, why, what is left, and what to do.

use super::{Counted, Seconds, printable};
use crate::connection::DriverError;
use crate::upgrade::{Direction, Place};
use enamel_schema::Version;
use enamel_schema::plan::OLDER_SERVERS;
use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// A revision that failed. It prints where, why, where the database is now, and what to do.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedRevision {
    /// The revision.
    pub version: Version,
    /// Its name.
    pub name: String,
    /// Up or down.
    pub direction: Direction,
    /// The file.
    pub file: String,
    /// The line, counted from one, when it is about one statement.
    pub line: Option<usize>,
    /// Why.
    pub cause: Cause,
    /// What is left.
    pub stays: Stays,
    /// Whether the statement has taken effect all the same perhaps: it ran outside a transaction, and the connection broke.
    pub in_doubt: bool,
}

/// Where a failure leaves the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stays {
    /// At a revision, as if nothing had begun after it.
    At(Version),
    /// In the middle of a revision that runs outside a transaction.
    Partly {
        /// How many of its statements have taken effect.
        done: usize,
        /// Of how many.
        of: usize,
    },
}

/// Why a revision failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause {
    /// The database refused a statement.
    Statement {
        /// The statement.
        statement: String,
        /// What the driver said.
        source: DriverError,
    },
    /// A launch was interrupted in this statement, which runs outside a transaction, and it cannot be seen whether it took effect.
    InDoubt {
        /// The statement.
        statement: String,
    },
    /// Other connections kept a table to themselves, each time that it was tried.
    Locked {
        /// The statement.
        statement: String,
        /// What the driver said.
        source: DriverError,
        /// Who they are, as far as that is known: `process 4711 (psql) holds users, by: LOCK TABLE users`.
        holders: Vec<String>,
        /// For how long it was tried.
        waited: Duration,
    },
    /// A `must be empty` found rows.
    NotEmpty {
        /// What the file calls them: `ages that are not whole numbers`.
        what: String,
        /// How many there are.
        count: String,
        /// The cells of the first one.
        first: Vec<String>,
    },
    /// It left rows that refer to nothing, which did not before.
    Violation {
        /// The table with the rows.
        table: String,
        /// The table that they should refer to.
        parent: String,
        /// The columns of the key.
        columns: Vec<String>,
        /// How many rows.
        count: usize,
        /// The row ids of the first few, where the table has such.
        rowids: Vec<String>,
    },
    /// It lost something that the file does not drop.
    Lost {
        /// What is gone: `index ix_users_email`.
        objects: Vec<String>,
    },
    /// It drops a table while foreign keys are enforced, which deletes the rows of those that refer to it, or their references.
    Parent {
        /// The table that it drops.
        table: String,
        /// The tables that refer to it.
        children: Vec<String>,
    },
    /// It left a view or trigger that no longer works.
    Broken {
        /// What: `view active_users`.
        object: String,
        /// What the database says of it.
        message: String,
    },
    /// A temporary table or view of the connection stands before one that the file means.
    Hidden {
        /// Its name.
        name: String,
    },
    /// It changed the history, which is enamel's alone.
    History {
        /// The history table.
        table: String,
    },
}

impl Cause {
    /// Whether another connection stood in the way, so that the same may succeed later.
    pub(crate) fn is_busy(&self) -> bool {
        match self {
            Cause::Statement { source, .. } => source.busy,
            Cause::InDoubt { .. }
            | Cause::Locked { .. }
            | Cause::NotEmpty { .. }
            | Cause::Violation { .. }
            | Cause::Lost { .. }
            | Cause::Parent { .. }
            | Cause::Broken { .. }
            | Cause::Hidden { .. }
            | Cause::History { .. } => false,
        }
    }
}

impl FailedRevision {
    fn hint(&self) -> Cow<'static, str> {
        let hint = match &self.cause {
            Cause::Statement { source, .. } if source.busy => {
                "end the program that uses the database, and run it again"
            }
            Cause::InDoubt { .. } => {
                "look whether it did, do by hand what is left of the revision, and run `cargo enamel stamp`"
            }
            Cause::Statement { .. } if self.in_doubt => "run it again: it looks at what took effect",
            Cause::Locked { .. } => "end what holds the table, or wait longer with `table_lock`",
            Cause::Statement { statement, source } => {
                if let Some(hint) = of_extension(statement, source.code.as_deref()) {
                    return Cow::Owned(hint);
                }
                source
                    .advice()
                    .unwrap_or("correct the rows and run it again; or correct the file, and run `cargo enamel seal`")
            }
            Cause::NotEmpty { what, .. } if what.starts_with(OLDER_SERVERS) => {
                "upgrade the server; or take out of the models what it does not know, and write the revision again"
            }
            Cause::NotEmpty { .. } => "correct the rows, and run it again",
            Cause::Violation { .. } => "correct the rows; or correct the file, and run `cargo enamel seal`",
            Cause::Lost { .. } => "make it again in the file, or drop it there, and run `cargo enamel seal`",
            Cause::Parent { .. } => {
                "to make it anew write `-- enamel: rebuild TABLE` at the top of the file, to be rid of it drop those or their keys first; \
                 then run `cargo enamel seal`"
            }
            Cause::Broken { .. } => "drop it in the file before, make it again after, and run `cargo enamel seal`",
            Cause::Hidden { .. } => "drop it first, or open a connection of its own for the upgrade",
            Cause::History { .. } => {
                "leave it out of the file, and run `cargo enamel seal`; `cargo enamel stamp` sets what is recorded"
            }
        };
        Cow::Borrowed(hint)
    }
}

/// What only an administrator of a PostgreSQL server can do about an extension (<https://www.postgresql.org/docs/13/errcodes-appendix.html>).
fn of_extension(statement: &str, code: Option<&str>) -> Option<String> {
    const FORBIDDEN: &str = "42501";
    const NOT_INSTALLED: [&str; 2] = ["0A000", "58P01"];
    if !statement.starts_with("CREATE EXTENSION") {
        return None;
    }
    let name = statement.split('"').nth(1)?;
    match code? {
        FORBIDDEN => Some(format!(
            "let an administrator run `CREATE EXTENSION \"{name}\"` in this database, and run it again: what is there is left alone"
        )),
        code if NOT_INSTALLED.contains(&code) => Some(format!(
            "let an administrator install {name} on the server, in Debian as part of postgresql-contrib or a package of its own, and run it again"
        )),
        _ => None,
    }
}

impl Error for FailedRevision {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.cause {
            Cause::Statement { source, .. } | Cause::Locked { source, .. } => source.source(),
            Cause::InDoubt { .. }
            | Cause::NotEmpty { .. }
            | Cause::Violation { .. }
            | Cause::Lost { .. }
            | Cause::Parent { .. }
            | Cause::Broken { .. }
            | Cause::Hidden { .. }
            | Cause::History { .. } => None,
        }
    }
}

impl fmt::Display for FailedRevision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "could not run {}", self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(formatter, ": {}; {}", self.cause, self.stays)?;
        if self.in_doubt {
            write!(formatter, ", and perhaps this one")?;
        }
        if let Cause::Statement { statement, .. } | Cause::InDoubt { statement } | Cause::Locked { statement, .. } =
            &self.cause
        {
            write_statement(formatter, statement)?;
        }
        write!(formatter, "\nhint: {}", self.hint())
    }
}

impl fmt::Display for Stays {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stays::At(version) => write!(formatter, "the database stays at {}", Place(*version)),
            Stays::Partly { done, of } => write!(formatter, "{done} of its {of} statements have taken effect"),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Statement { source, .. } => write!(formatter, "{source}"),
            Cause::InDoubt { .. } => {
                write!(formatter, "a launch was interrupted in it, and it cannot be seen whether it took effect")
            }
            Cause::Locked { source, holders, waited, .. } => {
                write!(formatter, "{source}, tried for {}", Seconds(waited))?;
                holders.iter().try_for_each(|holder| write!(formatter, "; {holder}"))
            }
            Cause::NotEmpty { what, count, first } => {
                write!(formatter, "there are {what}: {count}, the first of them ({})", first.join(", "))
            }
            Cause::Violation { table, parent, columns, count, rowids } => {
                let (rows, refer) = (Counted(*count, "row"), if *count == 1 { "refers" } else { "refer" });
                let columns = columns.join(", ");
                write!(formatter, "afterwards {rows} of {table} {refer} to nothing in {parent} by ({columns})")?;
                if rowids.is_empty() { Ok(()) } else { write!(formatter, ", rowid {}", rowids.join(", ")) }
            }
            Cause::Lost { objects } => {
                let are = if objects.len() == 1 { "is" } else { "are" };
                write!(formatter, "afterwards {} {are} gone, which the file does not drop", objects.join(", "))
            }
            Cause::Parent { table, children } => {
                let refer = if children.len() == 1 { "refers" } else { "refer" };
                write!(
                    formatter,
                    "DROP TABLE deletes the rows of {table} first, to which {} {refer}",
                    children.join(", ")
                )
            }
            Cause::Broken { object, message } => write!(formatter, "afterwards {object} does not work: {message}"),
            Cause::History { table } => {
                write!(formatter, "it changes the history table {table}, which enamel alone writes")
            }
            Cause::Hidden { name } => {
                write!(
                    formatter,
                    "the connection has a temporary table or view {name}, which hides the one that is meant"
                )
            }
        }
    }
}

/// A statement below its error: at most so many lines, each indented.
fn write_statement(formatter: &mut fmt::Formatter<'_>, statement: &str) -> fmt::Result {
    const MOST: usize = 12;
    let mut lines = statement.lines();
    lines.by_ref().take(MOST).try_for_each(|line| write!(formatter, "\n  {}", printable(line)))?;
    if lines.next().is_some() { write!(formatter, "\n  …") } else { Ok(()) }
}
