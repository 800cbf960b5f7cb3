//! The database of a story.

use super::story::Story;
use enamel_runtime::connection::{Connection as _, block_on};
use enamel_runtime::include_dir::File;
use enamel_runtime::introspect::introspect;
use enamel_runtime::rusqlite::Connection;
use enamel_runtime::{Checksum, Dialect, Error, Folder, Migrations, Revision, Target, Version};
use enamel_schema::diff::diff;
use enamel_schema::lower::respell;
use enamel_schema::schema::{Found, Table, TableName, Unmodelled, UnmodelledKind};
use enamel_schema::{Edits, Schema};
use std::collections::BTreeSet;

const HISTORY: &str = "enamel_schema_history";

/// A database, and the revision that made it.
pub(super) struct Database {
    connection: Connection,
    first: String,
    known: BTreeSet<TableName>,
}

impl Database {
    /// A database with the models before, with what models cannot say, and with rows.
    pub(super) fn at_previous(story: &Story) -> Result<Database, String> {
        let connection = Connection::open_in_memory().unwrap();
        let mut database = Database { connection, first: story.first()?, known: story.tables() };
        assert_eq!(database.one("PRAGMA foreign_keys"), "1", "the bundled SQLite enforces keys");
        database.migrate(1, "", "")?;
        database.run(&story.text("objects.sql"))?;
        database.run(&story.text("rows.sql"))?;
        database.expect(&story.previous, "before the way there")?;
        Ok(database)
    }

    /// The way there.
    pub(super) fn upgrade(&mut self, up: &str, down: &str) -> Result<(), String> {
        self.migrate(2, up, down)
    }

    /// The way back.
    pub(super) fn downgrade(&mut self, up: &str, down: &str) -> Result<(), String> {
        self.with(up, down, |migrations, connection| {
            let report = migrations.launch().downgrade(connection, version(1));
            report.map(drop).map_err(|error| refusal(&error))
        })
    }

    /// What there is. A table of which the story's models know nothing is unmodelled.
    pub(super) fn found(&mut self) -> Found {
        let mut found = block_on(introspect(&mut self.connection, &[HISTORY.to_owned()])).unwrap();
        let of_others = |table: &mut Table| !self.known.contains(&table.name);
        for table in found.schema.tables.extract_if(.., of_others).collect::<Vec<_>>() {
            let name = table.name.name;
            let sql = self.one(&format!("SELECT sql FROM sqlite_master WHERE name = {}", text(name.as_str())));
            found.unmodelled.push(Unmodelled { kind: UnmodelledKind::Table, name, table: None, sql });
        }
        found
    }

    /// That what there is is what a schema says.
    pub(super) fn expect(&mut self, schema: &Schema, when: &str) -> Result<(), String> {
        let found = self.found();
        let differences: Vec<String> =
            diff(&respell(&found.schema, schema, Dialect::Sqlite), schema, &Edits::default())
                .iter()
                .map(enamel_schema::Change::summary)
                .collect();
        if !differences.is_empty() {
            return Err(format!("{when} the database and the models differ:\n{}", differences.join("\n")));
        }
        let broken = self.broken();
        if broken.is_empty() { Ok(()) } else { Err(format!("{when}:\n{}", broken.join("\n"))) }
    }

    /// All rows of all tables, as they come.
    pub(super) fn rows(&mut self) -> String {
        let tables = self.column(&format!(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> '{HISTORY}' ORDER BY name"
        ));
        tables.iter().map(|table| self.rows_of(table)).collect()
    }

    fn rows_of(&mut self, table: &str) -> String {
        let columns = self.column(&format!("SELECT name FROM pragma_table_xinfo({}) ORDER BY cid", text(table)));
        // A row's number is shown where no column shows it; it stays, too.
        let numbered = self.connection.prepare(&format!("SELECT _rowid_ FROM {}", quoted(table))).is_ok()
            && self
                .column(&format!("SELECT name FROM pragma_table_info({}) WHERE pk AND type = 'INTEGER'", text(table)))
                .is_empty();
        let number = if numbered { "'[' || _rowid_ || '] ' || " } else { "" };
        let cells: Vec<String> = columns.iter().map(|column| format!("quote({})", quoted(column))).collect();
        let rows = self.column(&format!("SELECT {number}{} FROM {}", cells.join(" || ', ' || "), quoted(table)));
        let lines: String = rows.iter().map(|row| format!("    {row}\n")).collect();
        format!("{table} ({})\n{lines}", columns.join(", "))
    }

    fn migrate(&mut self, number: u32, up: &str, down: &str) -> Result<(), String> {
        self.with(up, down, |migrations, connection| {
            let report = migrations.launch().target(Target::Version(version(number))).upgrade(connection);
            report.map(drop).map_err(|error| refusal(&error))
        })
    }

    fn with<T>(&mut self, up: &str, down: &str, run: impl FnOnce(&Migrations<'_>, &mut Connection) -> T) -> T {
        let first = self.first.clone();
        let revisions = [revision(1, "first", &first, None), revision(2, "story", up, Some(down))];
        let folder = [Folder { dialect: Dialect::Sqlite, revisions: &revisions }];
        let migrations = Migrations { package: "stories", history: HISTORY, folders: &folder, ..Migrations::NONE };
        run(&migrations, &mut self.connection)
    }

    /// Rows that refer to nothing, and views and triggers that do not work any more.
    fn broken(&mut self) -> Vec<String> {
        let mut broken =
            self.column("SELECT 'a row of ' || \"table\" || ' refers to nothing' FROM pragma_foreign_key_check");
        broken.extend(self.column("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"));
        for view in self.column("SELECT name FROM sqlite_master WHERE type = 'view'") {
            broken.extend(
                self.connection
                    .prepare(&format!("SELECT * FROM {}", quoted(&view)))
                    .err()
                    .map(|error| error.to_string()),
            );
        }
        for table in self.column("SELECT name FROM sqlite_master AS t WHERE type = 'table' AND EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = t.name)") {
            let delete = self.connection.prepare(&format!("DELETE FROM {}", quoted(&table)));
            broken.extend(delete.err().map(|error| error.to_string()));
        }
        for (flag, expected) in [("foreign_keys", "1"), ("legacy_alter_table", "0")] {
            let found = self.one(&format!("PRAGMA {flag}"));
            broken.extend((found != expected).then(|| format!("PRAGMA {flag} is {found}")));
        }
        broken
    }

    fn run(&self, sql: &str) -> Result<(), String> {
        self.connection.execute_batch(sql).map_err(|error| error.to_string())
    }

    fn one(&mut self, sql: &str) -> String {
        self.column(sql).concat()
    }

    fn column(&mut self, sql: &str) -> Vec<String> {
        let rows = block_on(self.connection.rows(sql)).unwrap_or_else(|error| panic!("{sql}: {error}"));
        rows.into_iter().map(|row| row.into_iter().flatten().collect()).collect()
    }
}

/// What was wrong with the rows; what became of the launch is told elsewhere.
fn refusal(error: &Error) -> String {
    error.to_string().lines().next().and_then(|line| line.split("; ").next()).unwrap_or_default().to_owned()
}

fn revision<'a>(number: u32, name: &'a str, up: &'a str, down: Option<&'a str>) -> Revision<'a> {
    let sha256 = Checksum::of(up);
    Revision {
        version: version(number),
        name,
        up: File::new("up.sql", up.as_bytes()),
        down: down.map(|down| File::new("down.sql", down.as_bytes())),
        sha256,
        chain: Checksum::chained(None, &sha256),
        accepts: &[],
    }
}

fn version(number: u32) -> Version {
    Version::new(number).unwrap()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
