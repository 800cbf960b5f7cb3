//! A program's revisions and database, made for one test.

use enamel_runtime::include_dir::File;
use enamel_runtime::migrations::Folder;
use enamel_runtime::rusqlite::Connection;
use enamel_runtime::{Error, Launch, Migrations, Report, Revision};
use enamel_schema::lock::Entry;
use enamel_schema::revision::{down_file, up_file};
use enamel_schema::{Checksum, Dialect, Version};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Revisions in memory, sealed as the command would.
#[derive(Clone)]
pub(crate) struct Project {
    pub(crate) package: String,
    files: BTreeMap<String, String>,
    entries: Vec<Entry>,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self { package: "bookshop".to_owned(), files: BTreeMap::new(), entries: Vec::new() }
    }

    /// Adds a revision.
    pub(crate) fn with(mut self, slug: &str, up: &str, down: &str) -> Self {
        let version = version(self.entries.len() as u32 + 1);
        self.files.insert(up_file(version, slug), up.to_owned());
        if !down.is_empty() {
            self.files.insert(down_file(version, slug), down.to_owned());
        }
        let up = Checksum::of(up);
        let chain = Checksum::chained(self.entries.last().map(|entry| &entry.chain), &up);
        let down = (!down.is_empty()).then(|| Checksum::of(down));
        let slug = slug.to_owned();
        self.entries.push(Entry { version, slug, up, down, chain, accepts: Vec::new(), unproven: false });
        self
    }

    /// Adds the revisions that make `tables` tables, each with a row that shows whether it was made twice.
    pub(crate) fn with_tables(self, tables: usize) -> Self {
        let first = self.files.keys().filter(|file| file.contains("__t0") && !file.contains(".down.")).count();
        (first..first + tables).fold(self, |project, number| {
            let table = format!("t{number:04}");
            project.with(
                &table,
                &format!(
                    "CREATE TABLE {table} (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n\
                     INSERT INTO {table} (name) VALUES ('once');\n"
                ),
                &format!("DROP TABLE {table};\n"),
            )
        })
    }

    /// Removes the newest revisions.
    pub(crate) fn without_newest(mut self, number: usize) -> Self {
        self.entries.truncate(self.entries.len() - number);
        self
    }

    /// Leaves one revision out, as a branch that does not have it yet.
    pub(crate) fn without(mut self, number: u32) -> Self {
        self.entries.retain(|entry| entry.version != version(number));
        self.chained()
    }

    /// Writes another up text, and seals it, accepting the former one or not.
    pub(crate) fn edited(mut self, number: u32, up: &str, accept: bool) -> Self {
        let entry = &mut self.entries[number as usize - 1];
        self.files.insert(up_file(entry.version, &entry.slug), up.to_owned());
        if accept {
            entry.accepts.push(entry.up);
        }
        entry.up = Checksum::of(up);
        self.chained()
    }

    fn chained(mut self) -> Self {
        let mut previous = None;
        for entry in &mut self.entries {
            entry.chain = Checksum::chained(previous.as_ref(), &entry.up);
            previous = Some(entry.chain);
        }
        self
    }

    /// Lends the revisions, without holding them against a lock file: some tests need what a lock file does not let through.
    pub(crate) fn lend<T>(&self, borrow: impl FnOnce(&Migrations<'_>) -> T) -> T {
        let names: Vec<(String, String)> = self
            .entries
            .iter()
            .map(|entry| (up_file(entry.version, &entry.slug), down_file(entry.version, &entry.slug)))
            .collect();
        let file = |name| self.files.get_key_value(name).map(|(name, text)| File::new(name, text.as_bytes()));
        let revisions: Vec<Revision<'_>> = self
            .entries
            .iter()
            .zip(&names)
            .map(|(entry, (up, down))| Revision {
                version: entry.version,
                name: &entry.slug,
                up: file(up).unwrap(),
                down: file(down),
                sha256: entry.up,
                chain: entry.chain,
                accepts: &entry.accepts,
            })
            .collect();
        let folders = [Folder { dialect: Dialect::Sqlite, revisions: &revisions }];
        borrow(&Migrations { package: &self.package, folders: &folders, ..Migrations::NONE })
    }

    pub(crate) fn upgrade(&self, connection: &mut Connection) -> Result<Report, Error> {
        self.lend(|migrations| migrations.upgrade(connection))
    }

    /// A launch with options.
    pub(crate) fn launch<T>(&self, go: impl FnOnce(Launch<'_>) -> T) -> T {
        self.lend(|migrations| go(migrations.launch()))
    }
}

pub(crate) fn version(number: u32) -> Version {
    Version::new(number).unwrap()
}

/// A folder of its own, gone at the end of the test.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("enamel-{}-{test}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("shop.db")
    }

    pub(crate) fn open(&self) -> Connection {
        Connection::open(self.database()).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The first cell of a query, as text.
pub(crate) fn cell(connection: &Connection, sql: &str) -> String {
    cells(connection, sql).into_iter().next().unwrap_or_else(|| "no row".to_owned())
}

/// The first cells of all rows, as text.
pub(crate) fn cells(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| {
        Ok(match row.get_ref(0)? {
            enamel_runtime::rusqlite::types::ValueRef::Null => "NULL".to_owned(),
            enamel_runtime::rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            enamel_runtime::rusqlite::types::ValueRef::Real(number) => number.to_string(),
            enamel_runtime::rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            enamel_runtime::rusqlite::types::ValueRef::Blob(bytes) => format!("{bytes:?}"),
        })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// The versions in the history.
pub(crate) fn history(connection: &Connection) -> Vec<String> {
    cells(connection, "SELECT version FROM enamel_schema_history ORDER BY version")
}
