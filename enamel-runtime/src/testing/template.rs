//! A database for each test, without migrating for each test.
//!
//! Revisions run once a process; each test gets a copy of what they made, which is a copy of pages in memory.

use super::or_panic;
use crate::connection::DriverError;
use crate::migrations::Migrations;
use crate::scratch::Scratch;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// A migrated database that tests copy, so that a hundred tests do not migrate a hundred times.
///
/// Keep it in a `static`: the first test that asks for a copy migrates, all others wait for it.
///
/// ```
/// # use enamel_runtime::{Migrations, scratch::Scratch, testing::Template};
/// # static MIGRATIONS: Migrations = Migrations::NONE;
/// // static MIGRATIONS: Migrations = enamel_runtime::embed!();
/// static SHOP: Template = Template::new(&MIGRATIONS, Scratch::sqlite());
///
/// // #[test]
/// fn a_reader_borrows_a_book() {
///     let shop = SHOP.connection();
///     shop.execute_batch("CREATE TABLE mine (a)").unwrap();
///     // No other copy has it.
///     SHOP.connection().prepare("SELECT a FROM mine").unwrap_err();
/// }
///
/// // #[test]
/// fn the_server_answers() {
///     let shop = SHOP.file();
///     let url = shop.url(); // sqlite:/tmp/enamel-4711-0.db, for a pool or another process
///     # assert!(url.starts_with("sqlite:"));
/// }
/// # a_reader_borrows_a_book();
/// # the_server_answers();
/// ```
#[derive(Debug)]
pub struct Template<'a> {
    migrations: &'a Migrations<'a>,
    scratch: Scratch,
    migrated: OnceLock<Mutex<rusqlite::Connection>>,
}

impl<'a> Template<'a> {
    /// A template of the newest revision. Nothing runs yet.
    ///
    /// Where `scratch` is [`prepared`](Scratch::prepared), the `static` is a [`LazyLock`](std::sync::LazyLock).
    pub const fn new(migrations: &'a Migrations<'a>, scratch: Scratch) -> Self {
        Self { migrations, scratch, migrated: OnceLock::new() }
    }

    /// A connection to a copy of its own, in memory, which is gone with it.
    ///
    /// # Panics
    ///
    /// When the database cannot be migrated or copied, as a test should; the message is the error's.
    #[track_caller]
    pub fn connection(&self) -> rusqlite::Connection {
        let copy = self.scratch.copy_of(&self.migrated());
        or_panic(copy)
    }

    /// A copy of its own in a file, for what opens databases by path or URL; the file is removed with the value.
    ///
    /// # Panics
    ///
    /// When the database cannot be migrated or copied, as a test should; the message is the error's.
    #[track_caller]
    pub fn file(&self) -> TemplateFile {
        let file = TemplateFile::new();
        let written = self.migrated().execute("VACUUM INTO ?1", [file.path.to_string_lossy()]);
        or_panic(written.map_err(DriverError::from));
        file
    }

    /// The original.
    #[track_caller]
    fn migrated(&self) -> MutexGuard<'_, rusqlite::Connection> {
        let migrated = self.migrated.get_or_init(|| {
            let mut connection = or_panic(self.scratch.connection());
            if let Err(error) = self.migrations.upgrade(&mut connection) {
                panic!("{error}");
            }
            Mutex::new(connection)
        });
        // Copies leave the original as it is, so that a test that failed meanwhile has spoilt nothing.
        migrated.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A copy of a [`Template`] in a file, which is removed when this goes.
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
