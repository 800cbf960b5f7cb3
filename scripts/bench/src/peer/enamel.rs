//! Enamel with its rusqlite and postgres connections. The revisions are made as `embed!` makes them, and leaked where a program has a `static`.

use super::{Address, Outcome, Peer, SELECT, Session, client};
use enamel_runtime::{Checksum, Dialect, Folder, Migrations, Models, Revision, Version};
use include_dir::File;
use std::path::Path;

pub struct Enamel;

impl Peer for Enamel {
    fn name(&self) -> &'static str {
        "enamel"
    }

    fn write(&self, folder: &Path, revisions: &[String]) -> Outcome {
        for (index, revision) in revisions.iter().enumerate() {
            std::fs::write(folder.join(format!("V{:04}__r.sql", index + 1)), revision)?;
        }
        Ok(())
    }

    fn open(&self, folder: &Path, database: &Address) -> Outcome<Box<dyn Session>> {
        let dialect = match database {
            Address::File(_) => Dialect::Sqlite,
            Address::Server(_) => Dialect::Postgres,
        };
        let migrations = migrations(folder, dialect)?;
        Ok(match database {
            Address::File(path) => {
                Box::new(Open { migrations, connection: enamel_runtime::rusqlite::Connection::open(path)? })
            }
            Address::Server(url) => Box::new(Open { migrations, connection: client(url)? }),
        })
    }
}

/// The revisions of a folder.
pub fn migrations(folder: &Path, dialect: Dialect) -> Outcome<Migrations<'static>> {
    let mut revisions: Vec<Revision<'static>> = Vec::new();
    for number in 1.. {
        let path = folder.join(format!("V{number:04}__r.sql"));
        let Ok(text) = std::fs::read_to_string(&path) else { break };
        let sha256 = Checksum::of(&text);
        revisions.push(Revision {
            version: Version::new(number).ok_or("too many revisions")?,
            name: "r",
            up: File::new(leak(format!("V{number:04}__r.sql")), leak(text).as_bytes()),
            down: None,
            sha256,
            chain: Checksum::chained(revisions.last().map(|last| &last.chain), &sha256),
            accepts: &[],
        });
    }
    let folders = vec![Folder { dialect, revisions: revisions.leak() }];
    Ok(Migrations {
        package: "bench",
        directory: "migrations",
        history: "enamel_schema_history",
        folders: folders.leak(),
        models: Models::Unchecked,
        lock: "",
    })
}

fn leak(text: String) -> &'static str {
    text.leak()
}

struct Open<C> {
    migrations: Migrations<'static>,
    connection: C,
}

impl Session for Open<enamel_runtime::rusqlite::Connection> {
    fn upgrade(&mut self) -> Outcome {
        self.migrations.upgrade(&mut self.connection)?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.connection.prepare(SELECT)?.query([])?.next()?;
        Ok(())
    }
}

impl Session for Open<postgres::Client> {
    fn upgrade(&mut self) -> Outcome {
        self.migrations.upgrade(&mut self.connection)?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.connection.simple_query(SELECT)?;
        Ok(())
    }
}
