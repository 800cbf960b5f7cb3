//! Where a measurement happens: revisions in a folder, and an empty database for them.

use crate::peer::{Address, Outcome, Peer, client};
use enamel_runtime::scratch::server::{Server, ServerError};
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A database that can be measured.
pub enum Database {
    Sqlite,
    Postgres(Server),
}

/// SQLite, and PostgreSQL where it is installed.
pub fn databases() -> Outcome<Vec<Database>> {
    let mut databases = vec![Database::Sqlite];
    match Server::start() {
        Ok(server) => databases.push(Database::Postgres(server)),
        Err(ServerError::Missing) => eprintln!("without PostgreSQL: its programs are not on this machine"),
        Err(error) => return Err(error.into()),
    }
    Ok(databases)
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Database::Sqlite => "SQLite",
            Database::Postgres(_) => "PostgreSQL",
        })
    }
}

impl Database {
    /// An empty database, in `folder` or on the server.
    pub fn empty(&self, folder: &tempfile::TempDir) -> Outcome<Address> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("bench_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        match self {
            Database::Sqlite => Ok(Address::File(folder.path().join(name))),
            Database::Postgres(server) => {
                client(&server.url("postgres"))?.batch_execute(&format!("CREATE DATABASE {name}"))?;
                Ok(Address::Server(server.url(&name)))
            }
        }
    }
}

/// Revisions on disk, and an empty database, both gone at the end.
pub struct Place {
    _temporary: tempfile::TempDir,
    pub folder: PathBuf,
    pub database: Address,
}

impl Place {
    pub fn new(database: &Database, peer: &dyn Peer, count: usize) -> Outcome<Place> {
        let temporary = tempfile::tempdir()?;
        let folder = temporary.path().join("migrations");
        std::fs::create_dir(&folder)?;
        peer.write(&folder, &revisions(count))?;
        Ok(Place { database: database.empty(&temporary)?, folder, _temporary: temporary })
    }
}

/// A table and an index a revision, in words that both databases know.
pub fn revisions(count: usize) -> Vec<String> {
    (1..=count)
        .map(|n| {
            format!(
                "CREATE TABLE t{n} (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price BIGINT NOT NULL, made_at TIMESTAMP NOT NULL);\n\
                 CREATE INDEX ix_t{n}_name ON t{n} (name);\n"
            )
        })
        .collect()
}
