//! Copies of SQLite's databases in files.

use crate::connection::DriverError;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A copy of a [`Template`](super::Template) in a file, which is removed when this goes.
#[derive(Debug)]
pub struct TemplateFile {
    path: PathBuf,
}

impl TemplateFile {
    /// A name that no other copy has, of this process or of others that run.
    fn new() -> Self {
        static COPIES: AtomicU32 = AtomicU32::new(0);
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let file = Self { path: std::env::temp_dir().join(format!("enamel-{}-{number}.db", std::process::id())) };
        // A process of the same number may have been killed.
        file.remove();
        file
    }

    /// Writes a copy of a database.
    pub(super) fn of(migrated: &Connection) -> Result<Self, DriverError> {
        let file = Self::new();
        migrated.execute("VACUUM INTO ?1", [file.path.to_string_lossy()])?;
        Ok(file)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its URL: `sqlite:/tmp/enamel-4711-0.db`.
    pub fn url(&self) -> String {
        format!("sqlite:{}", self.path.display())
    }

    /// Removes it, and what SQLite keeps beside it (<https://www.sqlite.org/tempfiles.html>).
    fn remove(&self) {
        for beside in ["", "-wal", "-shm", "-journal"] {
            let mut path = self.path.clone().into_os_string();
            path.push(beside);
            // Most of them are not there, and what stays lies in a folder that the system clears.
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Drop for TemplateFile {
    fn drop(&mut self) {
        self.remove();
    }
}
