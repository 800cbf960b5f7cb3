//! The database of a story.

mod postgres;
mod sqlite;

pub(super) use postgres::{Postgres, Stage};
pub(super) use sqlite::Sqlite;

use super::story::Story;
use enamel_runtime::connection::{Blocking, Connection as _, block_on};
use enamel_runtime::include_dir::File;
use enamel_runtime::introspect::introspect;
use enamel_runtime::{Checksum, Error, Folder, Migrations, Revision, Target, Version};
use enamel_schema::diff::diff;
use enamel_schema::lower::respell;
use enamel_schema::schema::{Found, Table, TableName, Unmodelled, UnmodelledKind};
use enamel_schema::{Change, Edits, Pair, Schema};
use std::collections::BTreeSet;

const HISTORY: &str = "enamel_schema_history";

/// Where a story takes place: a database of its own, on one kind of server.
pub(super) trait Place: Sized {
    type Connection: Blocking;

    /// The connection to the database.
    fn connection(&mut self) -> &mut Self::Connection;

    /// The models as the database holds them when `script` makes them from nothing.
    fn models(&mut self, models: &Schema, script: &str) -> Result<Schema, String>;

    /// The text of the definition of a table that models do not know.
    fn definition(&mut self, table: &TableName) -> String;

    /// Everything that is kept, in words.
    fn rows(&mut self) -> String;

    /// Whether the texts run in any tool as they are: what `upgrade --sql` prints. SQLite's leave it to the runtime to switch keys off.
    const PLAIN: bool;

    /// What does not work any more.
    fn broken(&mut self) -> Vec<String>;
}

/// A database, and the revision that made it.
pub(super) struct Database<'s, P> {
    story: &'s Story,
    place: P,
    first: String,
    /// The models as the database holds them, once they are known.
    expected: Pair<Option<Schema>>,
}

impl<'s, P: Place> Database<'s, P> {
    /// A database with the models before, with what models cannot say, and with rows.
    pub(super) fn at_previous(story: &'s Story, place: P) -> Result<Self, String> {
        let mut database = Self { story, place, first: story.first()?, expected: Pair::default() };
        database.run(&story.text("given.sql"))?;
        database.migrate(1, "", "")?;
        database.run(&story.text("objects.sql"))?;
        database.run(&story.text("rows.sql"))?;
        database.expect_previous("before the way there")?;
        Ok(database)
    }

    /// The way there.
    pub(super) fn upgrade(&mut self, up: &str, down: &str) -> Result<(), String> {
        self.migrate(2, up, down)
    }

    /// The way there again, without the runtime where that can be.
    pub(super) fn upgrade_again(&mut self, up: &str, down: &str) -> Result<(), String> {
        if P::PLAIN { self.run(&format!("BEGIN;\n{up}\nCOMMIT;")) } else { self.migrate(2, up, down) }
    }

    /// The way back.
    pub(super) fn downgrade(&mut self, up: &str, down: &str) -> Result<(), String> {
        self.with(up, down, |migrations, connection| migrations.launch().downgrade(connection, version(1)).map(drop))
    }

    /// What there is. A table of which the story's models know nothing is unmodelled.
    pub(super) fn found(&mut self) -> Found {
        let mut found = block_on(introspect(self.place.connection(), &[HISTORY.to_owned()])).unwrap();
        let known: BTreeSet<TableName> = self.story.tables();
        let of_others = |table: &mut Table| !known.contains(&table.name);
        for table in found.schema.tables.extract_if(.., of_others).collect::<Vec<_>>() {
            let sql = self.place.definition(&table.name);
            found.unmodelled.push(Unmodelled { kind: UnmodelledKind::Table, name: table.name.name, table: None, sql });
        }
        found
    }

    /// That what there is is what the models before say.
    pub(super) fn expect_previous(&mut self, when: &str) -> Result<(), String> {
        let story = self.story;
        let expected = match self.expected.previous.take() {
            Some(expected) => expected,
            None => self.place.models(&story.previous, &story.script(|schemas| schemas.previous)?)?,
        };
        self.expect(&expected, when)?;
        self.expected.previous = Some(expected);
        Ok(())
    }

    /// That what there is is what the models after say.
    pub(super) fn expect_next(&mut self, when: &str) -> Result<(), String> {
        let story = self.story;
        let expected = match self.expected.next.take() {
            Some(expected) => expected,
            None => self.place.models(&story.next, &story.script(|schemas| schemas.next)?)?,
        };
        self.expect(&expected, when)?;
        self.expected.next = Some(expected);
        Ok(())
    }

    fn expect(&mut self, expected: &Schema, when: &str) -> Result<(), String> {
        let found = self.found().schema;
        let known = self.story.tables();
        let mut expected = expected.clone();
        expected.tables.retain(|table| known.contains(&table.name));
        let mut differences = diff(&respell(&found, &expected, self.story.dialect), &expected, &Edits::default());
        // An extension stays: it may serve others.
        differences.retain(|change| !matches!(change, Change::DropExtension(_)));
        if !differences.is_empty() {
            let differences: Vec<String> = differences.iter().map(Change::summary).collect();
            return Err(format!("{when} the database and the models differ:\n{}", differences.join("\n")));
        }
        let broken = self.place.broken();
        if broken.is_empty() { Ok(()) } else { Err(format!("{when}:\n{}", broken.join("\n"))) }
    }

    /// Everything that is kept.
    pub(super) fn rows(&mut self) -> String {
        let rows = self.place.rows();
        let properties = self.found().unmodelled.into_iter().filter(|object| object.kind == UnmodelledKind::Property);
        rows + &properties.map(|object| object.sql + "\n").collect::<String>()
    }

    fn migrate(&mut self, number: u32, up: &str, down: &str) -> Result<(), String> {
        let target = Target::Version(version(number));
        self.with(up, down, |migrations, connection| migrations.launch().target(target).upgrade(connection).map(drop))
    }

    fn with(
        &mut self,
        up: &str,
        down: &str,
        run: impl FnOnce(&Migrations<'_>, &mut P::Connection) -> Result<(), Error>,
    ) -> Result<(), String> {
        let revisions = [revision(1, "first", &self.first, None), revision(2, "story", up, Some(down))];
        let folder = [Folder { dialect: self.story.dialect, revisions: &revisions }];
        let migrations = Migrations { package: "stories", history: HISTORY, folders: &folder, ..Migrations::NONE };
        run(&migrations, self.place.connection()).map_err(|error| refusal(&error))
    }

    fn run(&mut self, sql: &str) -> Result<(), String> {
        let batch = block_on(self.place.connection().batch(sql));
        batch.map_err(|error| format!("{sql}: {error}"))
    }
}

/// The first cells of all rows.
fn column(connection: &mut impl Blocking, sql: &str) -> Vec<String> {
    let rows = block_on(connection.rows(sql)).unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.into_iter().map(|row| row.into_iter().flatten().collect()).collect()
}

/// What was wrong with the rows; what became of the launch is told elsewhere.
fn refusal(error: &Error) -> String {
    error.to_string().lines().next().and_then(|line| line.split("; ").next()).unwrap_or_default().to_owned()
}

pub(super) fn revision<'a>(number: u32, name: &'a str, up: &'a str, down: Option<&'a str>) -> Revision<'a> {
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

pub(super) fn version(number: u32) -> Version {
    Version::new(number).unwrap()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
