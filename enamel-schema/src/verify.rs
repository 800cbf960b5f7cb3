//! The files of a folder held against its lock file.
//!
//! `embed!`, the command and the tests ask the same question, "are these the revisions that were sealed?", and must get the same
//! answer in the same words.

use crate::diagnostic::{Diagnostic, Level};
use crate::dialect::Dialect;
use crate::lock::Lock;
use crate::revision::{Checksum, Version};
use std::io;

/// The folder that holds the lock file. Paths are relative to it and written with `/`.
pub trait Files {
    /// The names of the files in a sub-folder, in any order; `""` is the folder itself.
    ///
    /// # Errors
    ///
    /// What the system says. A sub-folder that is not there is [`io::ErrorKind::NotFound`].
    fn list(&mut self, folder: &str) -> io::Result<Vec<String>>;

    /// The content of a file.
    ///
    /// # Errors
    ///
    /// What the system says. A file that is not there is [`io::ErrorKind::NotFound`].
    fn read(&mut self, path: &str) -> io::Result<Vec<u8>>;
}

/// The revisions that a lock file lists, as they are on disk, and all that is wrong with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The revisions, a folder a dialect, in the order of the lock file.
    pub folders: Vec<VerifiedFolder>,
    /// Errors and warnings. Each names the file and the command to run.
    pub findings: Vec<Diagnostic>,
}

impl Verified {
    /// Whether anything was found that stops work.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }
}

/// The revisions of one dialect, as they are on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedFolder {
    /// The dialect.
    pub dialect: Dialect,
    /// One for each entry of the lock file.
    pub revisions: Vec<VerifiedRevision>,
}

/// One revision, as it is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedRevision {
    /// Its number.
    pub version: Version,
    /// Its slug.
    pub slug: String,
    /// The way there, `None` when the file is missing or cannot be read, which is an error among the findings.
    pub up: Option<Text>,
    /// The way back, `None` when there is none.
    pub down: Option<Text>,
    /// The chain of the up texts on disk to here.
    pub chain: Checksum,
}

/// The text of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The file, relative to the folder of the lock file.
    pub path: String,
    /// Its text, whose lines end in LF.
    pub text: String,
    /// Whether its lines end in CRLF on disk.
    pub carriage_returns: bool,
    /// The hash of the text.
    pub sha256: Checksum,
}

/// Reads the revisions that a lock file lists, and finds what is wrong with them.
///
/// `directory` is the folder of the lock file as messages show it, without a slash at its end. Texts that are as they were sealed are not read again for
/// statements that have no place in a revision: they were when they were sealed.
pub fn verify(lock: &Lock, directory: &str, files: &mut dyn Files) -> Verified {
    let _ = (lock, directory, files);
    todo!()
}
