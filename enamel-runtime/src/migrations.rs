//! The revisions that a program carries, as `embed!` writes them and as the command reads them.
//!
//! Everything is borrowed, so that `embed!` can make a `static` of it and the command can lend what it read.

use enamel_schema::mismatch::UpTexts;
use enamel_schema::{Checksum, Dialect, Version};
use include_dir::File;

/// The revisions of one package, for each dialect that it serves.
///
/// A program makes one with `embed!()` and keeps it in a `static`.
#[derive(Clone, Debug)]
pub struct Migrations<'a> {
    /// The package that they belong to; the history table records it.
    pub package: &'a str,
    /// The folder with `enamel.lock`, as errors show it.
    pub directory: &'a str,
    /// The history table, unquoted.
    pub history: &'a str,
    /// The revisions, a folder a dialect.
    pub folders: &'a [Folder<'a>],
    /// Whether the program's models are those of the lock file.
    pub models: Models<'a>,
    /// The text of the lock file, for tests. Empty unless the feature `testing` is on: a program has no use for it.
    pub lock: &'a str,
}

/// What `embed!` found about the models of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Models<'a> {
    /// They are those that the lock file seals.
    Match,
    /// They differ, in words.
    Differ(&'a [&'a str]),
    /// They were not looked at: `embed!(models = allow)`, or revisions that were read from disk.
    Unchecked,
}

/// The revisions for one dialect.
#[derive(Clone, Debug)]
pub struct Folder<'a> {
    /// The dialect.
    pub dialect: Dialect,
    /// The revisions, counting up by one. The first may have any number: a dialect that came later begins with a baseline.
    pub revisions: &'a [Revision<'a>],
}

/// One revision.
#[derive(Clone, Debug)]
pub struct Revision<'a> {
    /// Its number.
    pub version: Version,
    /// Its slug, the part of the file name after the number.
    pub name: &'a str,
    /// The file that leads to it; its path is relative to [`Migrations::directory`].
    pub up: File<'a>,
    /// The file that leads back, when there is one.
    pub down: Option<File<'a>>,
    /// The hash of the up text, with CRLF read as LF.
    pub sha256: Checksum,
    /// The chain of all up texts to here.
    pub chain: Checksum,
    /// Hashes of former up texts: a database that applied one of them is right.
    pub accepts: &'a [Checksum],
}

impl Migrations<'_> {
    /// No revisions at all.
    pub const NONE: Migrations<'static> = Migrations {
        package: "",
        directory: "migrations",
        history: "enamel_schema_history",
        folders: &[],
        models: Models::Unchecked,
        lock: "",
    };
}

impl Migrations<'_> {
    /// The up texts for one dialect, by which differences tell the revision that last touched what differs.
    pub fn up_texts(&self, dialect: Dialect) -> UpTexts<'_> {
        let folder = self.folders.iter().find(|folder| folder.dialect == dialect);
        let revisions = folder.map(|folder| folder.revisions).unwrap_or_default();
        let texts = revisions.iter().map(|revision| &revision.up);
        let texts = texts.map(|up| (self.path(up), up.contents_utf8().unwrap_or_default()));
        UpTexts { dialect, texts: texts.collect() }
    }

    /// A file as errors show it.
    pub(crate) fn path(&self, file: &File<'_>) -> String {
        format!("{}/{}", self.directory, file.path().display())
    }
}
