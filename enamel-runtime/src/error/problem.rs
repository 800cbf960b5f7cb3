//! The ways in which a history and a program's revisions can differ.

use enamel_schema::Version;
use std::fmt;

/// One thing that differs between a database's history and the program's revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The database applied another text than the program carries.
    Edited {
        /// The revision.
        version: Version,
        /// The file.
        file: String,
        /// Whether it is the program's newest.
        head: bool,
    },
    /// The database applied a revision that the program should have, and has not.
    Missing {
        /// The revision.
        version: Version,
        /// The name that the history gives.
        name: String,
    },
    /// A revision came in below one that the database has applied already.
    OutOfOrder {
        /// The revision.
        version: Version,
        /// The file.
        file: String,
        /// The database's revision.
        database: Version,
    },
    /// The history is that of another package's revisions.
    OtherPackage {
        /// The package that wrote it.
        applied_by: String,
        /// The package of these revisions.
        package: String,
    },
}

impl Problem {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Problem::Edited { head: true, .. } => {
                "bring the former text back, or take the new one: `cargo enamel seal`, or on your own database `cargo enamel upgrade --redo`".to_owned()
            }
            Problem::Edited { head: false, .. } => {
                "bring the former text back, or accept the new one for databases that applied the former: `cargo enamel seal`".to_owned()
            }
            Problem::Missing { .. } => "bring the file back from version control; `cargo enamel history` shows what is applied".to_owned(),
            Problem::OutOfOrder { .. } => {
                "put it above what is applied: `cargo enamel rebase`; or on your own database `cargo enamel downgrade` below it and `cargo enamel upgrade`".to_owned()
            }
            Problem::OtherPackage { .. } => {
                "give each package a history table of its own: `history = \"…\"` in [package.metadata.enamel]".to_owned()
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Edited { file, .. } => write!(formatter, "{file} was edited after the database had applied it"),
            Problem::Missing { version, name } => {
                write!(formatter, "the database has applied {version} {name}, which is not among the revisions")
            }
            Problem::OutOfOrder { file, database, .. } => {
                write!(formatter, "{file} is not applied, but the database is at {database} already")
            }
            Problem::OtherPackage { applied_by, package } => {
                write!(
                    formatter,
                    "the history was written by package {applied_by}, these revisions belong to {package}"
                )
            }
        }
    }
}
