//! Enamel with its rusqlite connection. The revisions are made as `embed!` makes them, and leaked where a program has a `static`.

use super::{Outcome, Peer, Session};
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

    fn open(&self, folder: &Path, database: &Path) -> Outcome<Box<dyn Session>> {
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
        let folders = vec![Folder { dialect: Dialect::Sqlite, revisions: revisions.leak() }];
        let migrations = Migrations {
            package: "bench",
            directory: "migrations",
            history: "enamel_schema_history",
            folders: folders.leak(),
            models: Models::Unchecked,
            lock: "",
        };
        Ok(Box::new(Open { migrations, connection: enamel_runtime::rusqlite::Connection::open(database)? }))
    }
}

fn leak(text: String) -> &'static str {
    text.leak()
}

struct Open {
    migrations: Migrations<'static>,
    connection: enamel_runtime::rusqlite::Connection,
}

impl Session for Open {
    fn upgrade(&mut self) -> Outcome {
        self.migrations.upgrade(&mut self.connection)?;
        Ok(())
    }

    fn select(&mut self) -> Outcome {
        self.connection.prepare("SELECT id, name FROM t1 WHERE id = 1")?.query([])?.next()?;
        Ok(())
    }
}
