//! Each revision walked with the data of its time: up, down and up again.
//!
//! Every revision is a test of its own, with a database of its own, so that tests run side by side and a failing one does not hide the next. The
//! databases are copies out of one run through the revisions, or a walk would take as long as the square of their number.

use super::{PRIVATE, or_panic};
use crate::connection::{Connection, Rows, block_on};
use crate::introspect::introspect;
use crate::migrations::{Folder, Migrations, Revision};
use crate::prove::Drift;
use crate::scratch::{Scratch, ScratchConnection};
use crate::upgrade::Target;
use enamel_schema::schema::Found;
use enamel_schema::{Name, TableName, Version};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// The revisions of a program, to be walked one by one. [`walk!`](crate::walk) makes one and a test for each revision.
#[derive(Debug)]
pub struct Walk {
    migrations: &'static Migrations<'static>,
    scratch: Scratch,
    run: Mutex<Run>,
}

/// The one run through the revisions.
#[derive(Debug)]
struct Run {
    /// The database that goes through all of them, and where it is.
    front: Option<(Version, ScratchConnection)>,
    /// What it left behind for tests that did not come yet.
    left_behind: BTreeMap<Version, ScratchConnection>,
    /// Tests that came already.
    came: BTreeSet<Version>,
}

impl Walk {
    /// A walk through the revisions of the scratch database's dialect.
    pub const fn new(migrations: &'static Migrations<'static>, scratch: Scratch) -> Self {
        let run = Run { front: None, left_behind: BTreeMap::new(), came: BTreeSet::new() };
        Self { migrations, scratch, run: Mutex::new(run) }
    }

    /// Walks one revision: `before` on a database at the one before it, up, `after` with what `before` returned, down and up again.
    ///
    /// A revision that this dialect does not have is passed over.
    ///
    /// # Panics
    ///
    /// When the revision fails, when its way back leaves another schema than there was or loses rows that the way there kept, or when the second time
    /// makes another schema than the first. The message names the file and says what differs.
    #[track_caller]
    pub fn step<G>(
        &self,
        version: Version,
        before: impl FnOnce(&mut Database) -> G,
        after: impl FnOnce(&mut Database, G),
    ) {
        let Some((revision, previous)) = self.revision(version) else {
            say(&format!("revision {version} is not one for {}", self.scratch.dialect().title()));
            return;
        };
        let mut database = self.database(previous);
        let there_was = self.look(&mut database);
        let given = before(&mut database);
        let keys_before = database.keys(&there_was);
        self.upgrade(&mut database.connection, version);
        after(&mut database, given);
        let made = self.look(&mut database);
        let keys_kept = kept(&keys_before, &database.keys(&made));

        let Some(down) = &revision.down else {
            say(&format!("revision {version} has no way back: it was walked up only"));
            return;
        };
        let [up, down] =
            [&revision.up, down].map(|file| format!("{}/{}", self.migrations.directory, file.path().display()));
        let hint = format!("hint: mend {down} and run `cargo enamel seal`");
        let downgrade = |connection: &mut ScratchConnection| self.migrations.launch().downgrade(connection, previous);
        if let Err(error) = self.scratch.run(&mut database.connection, downgrade) {
            panic!("{error}");
        }
        let left = self.look(&mut database);
        let drift = Drift::between(&left, &there_was);
        if !drift.is_empty() {
            let lines = drift.lines(&format!("before {up} there was"), &format!("{down} leaves"));
            panic!("{down} does not lead back to revision {previous}\n  {}\n{hint}", lines.join("\n  "));
        }
        let lost = lost(&keys_kept, &database.keys(&left));
        if !lost.is_empty() {
            panic!("{down} loses rows\n  {}\n{hint}", lost.join("\n  "));
        }
        self.upgrade(&mut database.connection, version);
        let drift = Drift::between(&self.look(&mut database), &made);
        if !drift.is_empty() {
            let lines = drift.lines(&format!("{up} makes"), &format!("after {down} it makes"));
            panic!("{up} does not make the same again\n  {}\n{hint}", lines.join("\n  "));
        }
    }

    /// A revision, and the number of the one before it.
    fn revision(&self, version: Version) -> Option<(&Revision<'static>, Version)> {
        let revisions = self.folder().map(|folder| folder.revisions).unwrap_or_default();
        let index = revisions.binary_search_by_key(&version, |revision| revision.version).ok()?;
        let previous = index.checked_sub(1).and_then(|index| revisions.get(index));
        Some((revisions.get(index)?, previous.map_or(Version::BASE, |previous| previous.version)))
    }

    fn folder(&self) -> Option<&Folder<'static>> {
        self.migrations.folders.iter().find(|folder| folder.dialect == self.scratch.dialect())
    }

    /// A database at a revision, of the caller's own. The run goes on to there when it was not there yet.
    #[track_caller]
    fn database(&self, version: Version) -> Database {
        if let Err(reaching) = self.scratch.admits(self.migrations) {
            panic!("{reaching}\n{PRIVATE}");
        }
        let mut run = self.run.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connection) = run.left_behind.remove(&version) {
            return Database { connection };
        }
        // What fails below fails in the test of its own revision too. The run begins anew for whoever comes next, or comes twice.
        let front = run.front.take().filter(|(at, _)| *at <= version);
        let (mut at, mut front) = front.unwrap_or_else(|| (Version::BASE, or_panic(self.scratch.open())));
        while at < version {
            if !run.came.contains(&at) {
                let behind = or_panic(self.scratch.copy_of(&mut front));
                run.left_behind.insert(at, behind);
            }
            at = self.following(at);
            self.upgrade(&mut front, at);
        }
        run.came.insert(version);
        let connection = or_panic(self.scratch.copy_of(&mut front));
        run.front = Some((at, front));
        Database { connection }
    }

    fn following(&self, version: Version) -> Version {
        let revisions = self.folder().map(|folder| folder.revisions).unwrap_or_default();
        let following = revisions.iter().map(|revision| revision.version).find(|&next| next > version);
        following.unwrap_or(Version::MAX)
    }

    #[track_caller]
    fn upgrade(&self, connection: &mut ScratchConnection, version: Version) {
        if version > Version::BASE {
            let launch = || self.migrations.launch().target(Target::Version(version));
            if let Err(error) = self.scratch.run(connection, |connection| launch().upgrade(connection)) {
                panic!("{error}");
            }
        }
    }

    #[track_caller]
    fn look(&self, database: &mut Database) -> Found {
        let ignore = [self.migrations.history.to_owned()];
        or_panic(block_on(introspect(&mut database.connection, &ignore)))
    }
}

/// Tells something to whoever runs the test with `--show-output`.
#[expect(clippy::print_stdout, reason = "the harness captures it")]
fn say(line: &str) {
    println!("{line}");
}

/// The primary keys of a table's rows, by the table and the names of its key's columns. Rows without a key cannot be told from each other.
type Keys = BTreeMap<(TableName, Vec<Name>), BTreeSet<Vec<Option<String>>>>;

/// The rows that the way there kept.
fn kept(before: &Keys, after: &Keys) -> Keys {
    let both = before.iter().filter_map(|(table, rows)| Some((table.clone(), rows & after.get(table)?)));
    both.collect()
}

/// Rows that were kept and are gone, in words.
fn lost(kept: &Keys, left: &Keys) -> Vec<String> {
    let gone = kept.iter().filter_map(|(table, rows)| {
        let gone = left.get(table).map_or(rows.len(), |left| rows.difference(left).count());
        (gone > 0).then(|| format!("{}: {gone} of {} rows are gone", table.0, rows.len()))
    });
    gone.collect()
}

/// The scratch database of one step, as hooks see it.
///
/// What fails panics, as it should in a test.
#[derive(Debug)]
pub struct Database {
    connection: ScratchConnection,
}

impl Database {
    /// Runs statements, without results.
    ///
    /// # Panics
    ///
    /// When the database refuses them.
    #[track_caller]
    pub fn batch(&mut self, sql: &str) {
        if let Err(error) = block_on(self.connection.batch(sql)) {
            panic!("{error}, at\n{sql}");
        }
    }

    /// Runs one query, and gives each row's cells as text; NULL is `None`.
    ///
    /// # Panics
    ///
    /// When the database refuses it.
    #[track_caller]
    pub fn rows(&mut self, sql: &str) -> Rows {
        match block_on(self.connection.rows(sql)) {
            Ok(rows) => rows,
            Err(error) => panic!("{error}, at\n{sql}"),
        }
    }

    /// The driver's own connection to SQLite.
    ///
    /// # Panics
    ///
    /// When it is a database of another kind.
    #[cfg(feature = "rusqlite")]
    #[track_caller]
    pub fn connection(&mut self) -> &mut rusqlite::Connection {
        match self.connection.sqlite() {
            Some(connection) => connection,
            None => panic!("this is no database of SQLite: ask for its `client()`"),
        }
    }

    /// The driver's own connection to PostgreSQL.
    ///
    /// # Panics
    ///
    /// When it is a database of another kind.
    #[cfg(feature = "postgres")]
    #[track_caller]
    pub fn client(&mut self) -> &mut postgres::Client {
        match self.connection.postgres() {
            Some(client) => client,
            None => panic!("this is no database of PostgreSQL: ask for its `connection()`"),
        }
    }

    /// The rows that each table has.
    fn keys(&mut self, found: &Found) -> Keys {
        let mut keys = Keys::new();
        for table in &found.schema.tables {
            let Some(key) = &table.primary_key else { continue };
            let columns: Vec<String> = key.columns.iter().map(quoted).collect();
            let schema = table.name.schema.as_ref().map(|schema| quoted(schema) + ".").unwrap_or_default();
            let query = format!("SELECT {} FROM {schema}{}", columns.join(", "), quoted(&table.name.name));
            keys.insert((table.name.clone(), key.columns.clone()), self.rows(&query).into_iter().collect());
        }
        keys
    }
}

fn quoted(name: &Name) -> String {
    format!("\"{}\"", name.as_str().replace('"', "\"\""))
}

#[cfg(test)]
mod tests;
