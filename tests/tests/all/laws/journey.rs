//! A database on its way through revisions, there and back, with rows.

use super::database::{Contents, HISTORY, cells, expect, found, texts};
use super::kept::Ends;
use super::objects::RawObject;
use super::rows::{RawRow, insert};
use super::written::{Unwritten, Written};
use enamel_runtime::error::{Cause, FailedRevision};
use enamel_runtime::include_dir::File;
use enamel_runtime::rusqlite::Connection;
use enamel_runtime::rusqlite::backup::Backup;
use enamel_runtime::upgrade::Direction;
use enamel_runtime::{Checksum, Dialect, Error, Folder, Migrations, Report, Revision, Target, Version};
use enamel_schema::arbitrary::evolution::Stage;
use enamel_schema::schema::{Column, Table};
use enamel_schema::split::statements;
use enamel_schema::{Edits, Pair, Schema, Sql};

/// What is put into the database at a stage.
type Visit = (Vec<RawRow>, Vec<RawObject>);

/// A database on its way.
pub(super) struct Journey<'a> {
    connection: Connection,
    stages: &'a [Stage],
    visits: &'a [Visit],
    answers: u8,
    /// Whether the program enforces foreign keys.
    enforced: bool,
    written: Vec<Written>,
    /// How many of the revisions are applied.
    at: usize,
    /// The views and triggers that were made at each stage.
    objects: Vec<Vec<String>>,
}

impl<'a> Journey<'a> {
    pub(super) fn new(stages: &'a [Stage], visits: &'a [Visit], answers: u8, enforced: bool) -> Self {
        let connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "foreign_keys", enforced).unwrap();
        let (written, objects) = (Vec::new(), Vec::new());
        Self { connection, stages, visits, answers, enforced, written, at: 0, objects }
    }

    /// Up to the last stage that rows let through, down to the first one, and up again.
    pub(super) fn there_and_back(&mut self) -> Result<(), String> {
        while self.write()? && self.step(Direction::Up)? {
            self.visit();
        }
        let highest = self.at;
        while self.at > 1 {
            self.drop_objects();
            if !self.step(Direction::Down)? {
                break;
            }
        }
        while self.at < highest && self.step(Direction::Up).map_err(|error| format!("again: {error}"))? {}
        Ok(())
    }

    /// Where it is, and what it came through last.
    pub(super) fn story(&self) -> String {
        let sql = texts(&self.connection, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").join(";\n");
        let near = self.written.iter().zip(1..).skip(self.at.saturating_sub(1)).take(2);
        let near =
            near.map(|(stage, number)| format!("=== {number}, up\n{}=== {number}, down\n{}", stage.up, stage.down));
        format!("=== at {}\n{sql}\n{}", self.at, near.collect::<String>())
    }

    /// Writes the next revision down. `false`: there is none, or SQLite cannot do it.
    fn write(&mut self) -> Result<bool, String> {
        let Some(stage) = self.stages.get(self.at) else { return Ok(false) };
        let unmodelled = found(&mut self.connection)?.unmodelled;
        let empty = Schema::default();
        let previous = self.written.last().map_or(&empty, |written| &written.neutral);
        match Written::new(previous, stage, self.answers, &unmodelled) {
            Ok(written) => self.written.push(written),
            Err(Unwritten::Refused) => return Ok(false),
            Err(Unwritten::Failed(error)) => return Err(error),
        }
        Ok(true)
    }

    /// Puts rows, views and triggers into the database.
    fn visit(&mut self) {
        let Some((rows, objects)) = self.visits.get(self.at - 1) else { return };
        let written = &self.written[self.at - 1];
        insert(&self.connection, &written.neutral, &written.lowered, rows);
        let names = (0..).map(|number| format!("object_{}_{number}", self.at));
        let made = names.zip(objects).filter_map(|(name, object)| {
            let sql = object.sql(&written.lowered, &name)?;
            self.connection.execute_batch(&sql).ok().map(|()| name)
        });
        self.objects.push(made.collect());
    }

    /// A way back does not know what was made after its revision.
    fn drop_objects(&mut self) {
        for name in self.objects.drain((self.at - 1).min(self.objects.len())..).flatten() {
            let kind =
                texts(&self.connection, &format!("SELECT type FROM sqlite_master WHERE name = '{name}'")).concat();
            self.connection.execute_batch(&format!("DROP {kind} {name}")).unwrap();
        }
    }

    /// Goes one revision up or down. `false`: rows stand in the way, and nothing has changed.
    fn step(&mut self, direction: Direction) -> Result<bool, String> {
        let (to, when) = match direction {
            Direction::Up => (self.at + 1, format!("up to {}", self.at + 1)),
            Direction::Down => (self.at - 1, format!("down to {}", self.at - 1)),
        };
        let before = Contents::of(&self.connection);
        let texts: Vec<_> = self.written.iter().map(|written| (written.up.clone(), written.down.clone())).collect();
        if let Err(error) = go(&mut self.connection, &texts, to, direction) {
            self.refused(&error, &before, to, direction).map_err(|told| format!("{when}: {told}: {error}"))?;
            return Ok(false);
        }
        let at = std::mem::replace(&mut self.at, to);
        let compared = compare(&mut self.connection, &self.written, Pair::new(at, to), &before, self.enforced);
        compared.map(|()| true).map_err(|error| format!("{when}: {error}"))
    }

    /// A refusal is about rows, changes nothing, and is not without need.
    fn refused(&self, error: &Error, before: &Contents, to: usize, direction: Direction) -> Result<(), String> {
        let Error::Revision(failed) = error else { return Err("it failed".to_owned()) };
        // A view or trigger over several tables, of which one loses a column: whose it is, only the database knows.
        let is_broken = is_about_objects(failed) && direction == Direction::Up && self.loses_a_column();
        if !is_about_rows(failed) && !is_broken {
            return Err("it failed".to_owned());
        }
        if *before != Contents::of(&self.connection) {
            return Err("something has changed, though it was refused".to_owned());
        }
        if is_broken || is_about_values(failed) || is_about_keys(failed) && self.dangles() {
            return Ok(());
        }
        let mut copy = Connection::open_in_memory().unwrap();
        Backup::new(&self.connection, &mut copy).unwrap().run_to_completion(10_000, Default::default(), None).unwrap();
        copy.pragma_update(None, "foreign_keys", self.enforced).unwrap();
        let texts: Vec<_> =
            self.written.iter().map(|written| (without_demands(&written.up), without_demands(&written.down))).collect();
        let applied: Vec<_> = self.written.iter().map(|written| (written.up.clone(), String::new())).collect();
        let known = if direction == Direction::Up { self.at } else { texts.len() };
        let texts: Vec<_> = applied[..known]
            .iter()
            .zip(&texts)
            .map(|((up, _), (_, down))| (up.clone(), down.clone()))
            .chain(texts[known..].iter().cloned())
            .collect();
        let passes = go(&mut copy, &texts, to, direction).is_ok()
            && compare(&mut copy, &self.written, Pair::new(self.at, to), before, self.enforced).is_ok();
        if passes { Err("it was refused without need".to_owned()) } else { Ok(()) }
    }
}

impl Journey<'_> {
    /// Whether rows refer to nothing, while nobody enforces keys: a revision that writes them again may refuse them.
    fn dangles(&self) -> bool {
        !self.enforced && !cells(&self.connection, "PRAGMA foreign_key_check").is_empty()
    }

    /// Whether the next stage drops a column or a table.
    fn loses_a_column(&self) -> bool {
        let (Some(previous), Some(next)) = (self.written.get(self.at.wrapping_sub(1)), self.written.get(self.at))
        else {
            return false;
        };
        let is_kept = |table: &Table, column: &Column| {
            let there = next.lowered.table(next.edits.next_table(&table.name));
            there.is_some_and(|there| {
                there.columns.iter().any(|other| next.edits.previous_column(&there.name, &other.name) == &column.name)
            })
        };
        previous.lowered.tables.iter().any(|table| table.columns.iter().any(|column| !is_kept(table, column)))
    }
}

/// Brings a database to a revision.
fn go(
    connection: &mut Connection,
    texts: &[(String, String)],
    to: usize,
    direction: Direction,
) -> Result<Report, Error> {
    let mut chain = None;
    let revisions: Vec<Revision<'_>> = (1..)
        .zip(texts)
        .map(|(number, (up, down))| {
            let sha256 = Checksum::of(up);
            chain = Some(Checksum::chained(chain.as_ref(), &sha256));
            Revision {
                version: version(number),
                name: "law",
                up: File::new("up.sql", up.as_bytes()),
                down: Some(File::new("down.sql", down.as_bytes())),
                sha256,
                chain: chain.unwrap_or(sha256),
                accepts: &[],
            }
        })
        .collect();
    let folders = [Folder { dialect: Dialect::Sqlite, revisions: &revisions }];
    let migrations = Migrations { package: "laws", history: HISTORY, folders: &folders, ..Migrations::NONE };
    match direction {
        Direction::Up => migrations.launch().target(Target::Version(version(to))).upgrade(connection),
        Direction::Down => migrations.launch().downgrade(connection, version(to)),
    }
}

/// That the database is what it should be, and holds what it held.
fn compare(
    connection: &mut Connection,
    written: &[Written],
    way: Pair<usize>,
    before: &Contents,
    enforced: bool,
) -> Result<(), String> {
    let empty = Schema::default();
    let stage = |at: usize| at.checked_sub(1).map(|position| &written[position]);
    let (previous, next) = (stage(way.previous), stage(way.next));
    if let Some(next) = next {
        expect(connection, &next.lowered, &next.from_nothing, enforced)?;
    }
    let edits = match (previous, next) {
        (_, Some(next)) if way.next > way.previous => next.edits.clone(),
        (Some(previous), _) => way_back(&previous.edits),
        (None, _) => Edits::default(),
    };
    let after = Contents::of(connection);
    let ends = Ends {
        neutral: Pair::new(
            previous.map_or(&empty, |stage| &stage.neutral),
            next.map_or(&empty, |stage| &stage.neutral),
        ),
        lowered: Pair::new(
            previous.map_or(&empty, |stage| &stage.lowered),
            next.map_or(&empty, |stage| &stage.lowered),
        ),
        contents: Pair::new(before, &after),
        edits: &edits,
    };
    ends.compare()
}

/// What was converted there is only cast back.
fn way_back(edits: &Edits) -> Edits {
    let mut back = edits.reversed();
    for (table, column) in edits.conversions.keys() {
        let key = (edits.previous_table(table).clone(), edits.previous_column(table, column).clone());
        back.conversions.insert(key, Sql::default());
    }
    back
}

fn is_about_rows(failed: &FailedRevision) -> bool {
    matches!(failed.cause, Cause::NotEmpty { .. } | Cause::Violation { .. })
}

/// Whether the views and triggers of a visit stand in the way.
fn is_about_objects(failed: &FailedRevision) -> bool {
    matches!(&failed.cause, Cause::Broken { .. })
        || matches!(&failed.cause, Cause::Statement { source, .. } if source.message.contains(" object_"))
}

/// Whether values would not survive a new type, which is for the user to decide.
fn is_about_values(failed: &FailedRevision) -> bool {
    matches!(&failed.cause, Cause::NotEmpty { what, .. } if what.starts_with("values of"))
}

/// Whether rows refer to nothing.
fn is_about_keys(failed: &FailedRevision) -> bool {
    matches!(&failed.cause, Cause::NotEmpty { what, .. } if what.contains(" not in "))
}

/// The text of a revision that asks nothing of rows.
fn without_demands(text: &str) -> String {
    let pieces = statements(text, Dialect::Sqlite);
    let mut without = text.to_owned();
    for piece in pieces.iter().rev().filter(|piece| piece.must_be_empty.is_some()) {
        without.replace_range(piece.start..piece.start + piece.text.len(), "SELECT 1 WHERE FALSE");
    }
    without
}

fn version(number: usize) -> Version {
    Version::new(u32::try_from(number).unwrap()).unwrap()
}
