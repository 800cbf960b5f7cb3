//! A database for each test, without migrating for each test.
//!
//! Revisions run once a process; each test gets a copy of what they made: of pages in memory, or of files on a server.

#[cfg(feature = "postgres")]
mod client;
#[cfg(feature = "rusqlite")]
mod file;

#[cfg(feature = "postgres")]
pub use client::TemplateClient;
#[cfg(feature = "rusqlite")]
pub use file::TemplateFile;

use super::{PRIVATE, or_panic};
use crate::migrations::Migrations;
use crate::scratch::{Scratch, ScratchConnection};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// A migrated database that tests copy, so that a hundred tests do not migrate a hundred times.
///
/// Keep it in a `static`: the first test that asks for a copy migrates, all others wait for it.
///
/// ```
/// # #[cfg(feature = "rusqlite")]
/// # fn main() {
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
/// # }
/// # #[cfg(not(feature = "rusqlite"))]
/// # fn main() {}
/// ```
///
/// With `Scratch::postgres()` a copy is a database on a server: `SHOP.client()`, which knows its `url()`.
#[derive(Debug)]
pub struct Template<'a> {
    migrations: &'a Migrations<'a>,
    scratch: Scratch,
    migrated: OnceLock<Mutex<ScratchConnection>>,
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
    /// When the database cannot be migrated or copied, as a test should; the message is the error's. When the template is none of SQLite.
    #[cfg(feature = "rusqlite")]
    #[track_caller]
    pub fn connection(&self) -> rusqlite::Connection {
        match self.copy().into_sqlite() {
            Some(connection) => connection,
            None => panic!("this is no template of SQLite: ask for its `client()`"),
        }
    }

    /// A copy of its own in a file, for what opens databases by path or URL; the file is removed with the value.
    ///
    /// # Panics
    ///
    /// As [`Template::connection`].
    #[cfg(feature = "rusqlite")]
    #[track_caller]
    pub fn file(&self) -> TemplateFile {
        match self.migrated().sqlite() {
            Some(migrated) => or_panic(TemplateFile::of(migrated)),
            None => panic!("this is no template of SQLite: ask for its `client()`"),
        }
    }

    /// A connection to a copy of its own on the server, which is dropped with it.
    ///
    /// # Panics
    ///
    /// When the database cannot be migrated or copied, as a test should; the message is the error's. When the template is none of PostgreSQL.
    #[cfg(feature = "postgres")]
    #[track_caller]
    pub fn client(&self) -> TemplateClient {
        match TemplateClient::new(self.copy()) {
            Some(client) => client,
            None => panic!("this is no template of PostgreSQL: ask for its `connection()`"),
        }
    }

    #[track_caller]
    fn copy(&self) -> ScratchConnection {
        let copy = self.scratch.copy_of(&mut self.migrated());
        or_panic(copy)
    }

    /// The original.
    #[track_caller]
    fn migrated(&self) -> MutexGuard<'_, ScratchConnection> {
        let migrated = self.migrated.get_or_init(|| {
            if let Err(reaching) = self.scratch.admits(self.migrations) {
                panic!("{reaching}\n{PRIVATE}");
            }
            let mut connection = or_panic(self.scratch.open());
            if let Err(error) = self.scratch.run(&mut connection, |connection| self.migrations.upgrade(connection)) {
                panic!("{error}");
            }
            Mutex::new(connection)
        });
        // Copies leave the original as it is, so that a test that failed meanwhile has spoilt nothing.
        migrated.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
