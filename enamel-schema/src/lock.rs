//! `enamel.lock`: the list of revisions and the sealed schema, as text.
//!
//! One line an object, and all lines of a table begin with its name: a review reads it at a glance, and git merges what two branches did to
//! two tables. The lists of revisions conflict on purpose.

mod read;
mod schema;
mod write;

use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::revision::{Checksum, Version};
use crate::schema::Schema;
use std::collections::BTreeMap;

/// The format that this code writes, and the newest it reads.
pub const FORMAT: u32 = 1;
/// The version of the type table and of the naming rules that new projects get.
pub const TYPES: u32 = 1;

/// The content of `enamel.lock`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The version of the type table and of the naming rules.
    pub types: u32,
    /// The history table.
    pub history: String,
    /// The root files of the models, relative to the lock file's folder's parent package (as in the settings). Empty: the package's own targets.
    pub models: Vec<String>,
    /// Types of the package that are given as SQL: `Money` → `bigint`.
    pub type_map: BTreeMap<String, String>,
    /// Whether doc comments of models are comments in the database.
    pub doc_comments: bool,
    /// Whether each dialect has a folder of its own.
    pub folders: bool,
    /// The revisions, a list a dialect.
    pub dialects: BTreeMap<Dialect, Vec<Entry>>,
    /// The models as they stood at head, named ([`crate::naming::complete`]).
    pub schema: Schema,
}

/// One revision of one dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub version: Version,
    /// Its slug.
    pub slug: String,
    /// The hash of its up text.
    pub up: Checksum,
    /// The hash of its down text, `None` when there is no way back.
    pub down: Option<Checksum>,
    /// The chain of all up texts to here.
    pub chain: Checksum,
    /// Hashes of former up texts: a database that applied one of them is right.
    pub accepts: Vec<Checksum>,
    /// Whether it was sealed without a proof.
    pub unproven: bool,
}

impl Lock {
    /// Reads the text of a lock file. `path` is for the places in diagnostics.
    ///
    /// # Errors
    ///
    /// One diagnostic with its place: conflict marks (with the hint `cargo enamel rebase`), a format that is newer, a line that is not understood.
    ///
    /// ```
    /// use enamel_schema::Lock;
    /// let lock = Lock::parse("enamel.lock 1\ntypes 1\nhistory enamel_schema_history\n\nschema\ntable users\ncolumn users.id i64\n", "enamel.lock").unwrap();
    /// assert_eq!(lock.schema.tables[0].columns.len(), 1);
    /// assert_eq!(Lock::parse(&lock.write(), "enamel.lock"), Ok(lock));
    /// ```
    pub fn parse(text: &str, path: &str) -> Result<Lock, Diagnostic> {
        read::read(text, path)
    }

    /// The sub-folder of a dialect's revisions, beside the lock file; `""` when they lie next to it.
    pub fn folder(&self, dialect: Dialect) -> &'static str {
        if self.folders { dialect.name() } else { "" }
    }

    /// The text of the lock file. Reading it back gives the same value.
    pub fn write(&self) -> String {
        write::write(self)
    }
}

#[cfg(test)]
mod tests;
