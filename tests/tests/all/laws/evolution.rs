//! A database that is upgraded, taken down and upgraded again keeps its rows.

use super::chance::law;
use super::database::{Contents, HISTORY, expect, texts};
use super::kept::Ends;
use super::rows::{RawRow, insert, raw_rows};
use enamel_runtime::error::{Cause, FailedRevision};
use enamel_runtime::include_dir::File;
use enamel_runtime::rusqlite::Connection;
use enamel_runtime::{Checksum, Dialect, Error, Folder, Migrations, Revision, Target, Version};
use enamel_schema::arbitrary::evolution::{Evolution, Stage, evolution};
use enamel_schema::draft::draft;
use enamel_schema::lower::lower;
use enamel_schema::plan::HazardKind;
use enamel_schema::revision::{Header, write};
use enamel_schema::settle::{Question, Settled, settle};
use enamel_schema::{Diagnostic, Edits, Name, Pair, Schema, Sql, naming};
use proptest::collection::vec;
use proptest::prelude::*;

/// A stage as it is written down.
struct Written {
    neutral: Schema,
    lowered: Schema,
    edits: Edits,
    up: String,
    down: String,
    from_nothing: Connection,
}

#[test]
#[ignore = "it still finds something"]
fn rows_are_kept_there_and_back() {
    let case = (evolution(), vec(raw_rows(), 4), any::<u8>());
    law("rows_are_kept_there_and_back", 400, &case, |(evolution, rows, answers)| {
        let stages = written(&evolution, answers)?;
        let mut database = Database { connection: Connection::open_in_memory().unwrap(), stages: &stages, at: 0 };
        database.there_and_back(&rows).map_err(|error| {
            let before =
                stages.get(database.at.wrapping_sub(1)).map_or_else(String::new, |stage| sql_of(&stage.from_nothing));
            let near = stages.iter().zip(1..).skip(database.at.saturating_sub(1)).take(2);
            let texts: Vec<String> = near
                .map(|(stage, number)| format!("=== {number}, up\n{}=== {number}, down\n{}", stage.up, stage.down))
                .collect();
            format!("{error}\n=== at {}\n{before}\n{}", database.at, texts.join("\n"))
        })
    });
}

fn written(evolution: &Evolution, answers: u8) -> Result<Vec<Written>, String> {
    let mut previous = Schema::default();
    let mut written = Vec::new();
    for stage in evolution.stages() {
        let stage = match self::stage(&previous, &stage, answers) {
            Err(error) if error.contains(REFUSED) => break,
            stage => stage?,
        };
        previous.clone_from(&stage.neutral);
        written.push(stage);
    }
    Ok(written)
}

/// What SQLite cannot do, and the plan says so.
const REFUSED: &str = "are one name to SQLite";

fn stage(previous: &Schema, stage: &Stage, answers: u8) -> Result<Written, String> {
    let edits = settled(previous, stage, answers)?;
    let neutral = naming::complete(previous, &stage.schema, &edits);
    let lowered = lower(&neutral, Dialect::Sqlite).map_err(|errors| told(&errors))?.schema;
    let draft = draft(Pair::new(previous, &neutral), &edits, Dialect::Sqlite, &[]).map_err(|errors| told(&errors))?;
    let header = Header { message: "a law".to_owned(), answers: edits.clone(), ..Header::default() };
    let texts = [write(&header, &draft.up, Dialect::Sqlite), write(&Header::default(), &draft.down, Dialect::Sqlite)];
    let parsed = Header::parse(&texts[0]).map_err(|error| format!("{error:?}\n{}", texts[0]))?;
    if parsed.answers != edits {
        return Err(format!("the header says {:?}, not {edits:?}", parsed.answers));
    }
    let [up, down] = texts;
    Ok(Written { from_nothing: from_nothing(&neutral)?, neutral, lowered, edits, up, down })
}

/// Answers every question: in one way or another, whatever `answers` says.
fn settled(previous: &Schema, stage: &Stage, answers: u8) -> Result<Edits, String> {
    let hints = Edits { conversions: stage.conversions.clone(), ..Edits::default() };
    let mut given = stage.renames.clone();
    given.allowed.insert(HazardKind::DataLoss);
    for _ in 0..100 {
        let questions = match settle(previous, &stage.schema, &hints, &given).map_err(|errors| told(&errors))? {
            Settled::Known(edits) => return Ok(edits),
            Settled::Open(questions) => questions,
        };
        // One at a time: an answer may close others.
        match &questions[0] {
            Question::RenamedColumn { table, next, candidates }
                if answers % 2 == 0 && can_rename(&candidates[0], next) =>
            {
                given.columns.push((table.clone(), Pair::new(candidates[0].clone(), next.clone())));
            }
            Question::RenamedColumn { table, next: _, candidates } => {
                given.dropped_columns.extend(candidates.iter().map(|column| (table.clone(), column.clone())));
            }
            Question::RenamedTable { next, candidates } if answers % 2 == 0 => {
                given.tables.push(Pair::new(candidates[0].clone(), next.clone()));
            }
            Question::RenamedTable { next: _, candidates } => given.dropped_tables.extend(candidates.iter().cloned()),
            Question::Backfill { table, column, example } => {
                given.backfills.insert((table.clone(), column.clone()), Sql::new(example));
            }
            Question::DropColumn { .. } | Question::DropTable { .. } => {
                return Err(format!("it asks what was allowed already: {}", questions[0].text()));
            }
        }
    }
    Err("it never stops asking".to_owned())
}

/// New versions of SQLite take some names for the row number.
fn can_rename(previous: &Name, next: &Name) -> bool {
    ![previous, next].iter().any(|name| ["rowid", "_rowid_"].contains(&name.as_str()))
}

fn from_nothing(schema: &Schema) -> Result<Connection, String> {
    let draft = draft(Pair::new(&Schema::default(), schema), &Edits::default(), Dialect::Sqlite, &[])
        .map_err(|errors| told(&errors))?;
    let connection = Connection::open_in_memory().unwrap();
    for statement in &draft.up.statements {
        connection
            .execute_batch(&statement.sql)
            .map_err(|error| format!("from nothing: {error}\n{}", statement.sql))?;
    }
    Ok(connection)
}

/// The statements that made everything.
fn sql_of(connection: &Connection) -> String {
    texts(connection, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").join(";\n")
}

struct Database<'a> {
    connection: Connection,
    stages: &'a [Written],
    /// How many of the stages are applied.
    at: usize,
}

impl Database<'_> {
    fn there_and_back(&mut self, rows: &[Vec<RawRow>]) -> Result<(), String> {
        let stages = self.stages;
        let mut highest = 0;
        for rows in rows.iter().take(stages.len()) {
            if !self.step_up()? {
                break;
            }
            highest = self.at;
            let stage = &stages[self.at - 1];
            insert(&self.connection, &stage.neutral, &stage.lowered, rows);
        }
        while self.at > 1 && self.step_down()? {}
        while self.at < highest && self.step_up().map_err(|error| format!("again: {error}"))? {}
        Ok(())
    }

    /// Applies the next stage. `false`: rows stand in the way, and nothing has changed.
    fn step_up(&mut self) -> Result<bool, String> {
        let version = version(self.at + 1);
        let before = Contents::of(&self.connection);
        let done = self
            .with(|migrations, connection| migrations.launch().target(Target::Version(version)).upgrade(connection));
        let stages = self.stages;
        let empty = Schema::default();
        let previous = self.at.checked_sub(1).map(|at| &stages[at]);
        let next = &stages[self.at];
        if let Err(error) = done {
            return self.refused(&error, &before, &format!("up to {version}"));
        }
        self.at += 1;
        let after = Contents::of(&self.connection);
        expect(&mut self.connection, &next.lowered, &next.from_nothing, &format!("up at {version}"))?;
        let ends = Ends {
            neutral: Pair::new(previous.map_or(&empty, |stage| &stage.neutral), &next.neutral),
            lowered: Pair::new(previous.map_or(&empty, |stage| &stage.lowered), &next.lowered),
            contents: Pair::new(&before, &after),
            edits: &next.edits,
        };
        ends.compare().map_err(|error| format!("up at {version}: {error}"))?;
        Ok(true)
    }

    /// Takes the newest stage back.
    fn step_down(&mut self) -> Result<bool, String> {
        let version = version(self.at - 1);
        let before = Contents::of(&self.connection);
        let done = self.with(|migrations, connection| migrations.launch().downgrade(connection, version));
        if let Err(error) = done {
            return self.refused(&error, &before, &format!("down to {version}"));
        }
        let (previous, next) = (&self.stages[self.at - 1], &self.stages[self.at - 2]);
        self.at -= 1;
        let after = Contents::of(&self.connection);
        expect(&mut self.connection, &next.lowered, &next.from_nothing, &format!("down at {version}"))?;
        let mut edits = previous.edits.reversed();
        // What was converted there is only cast back.
        for (table, column) in previous.edits.conversions.keys() {
            let key =
                (previous.edits.previous_table(table).clone(), previous.edits.previous_column(table, column).clone());
            edits.conversions.insert(key, Sql::default());
        }
        let ends = Ends {
            neutral: Pair::new(&previous.neutral, &next.neutral),
            lowered: Pair::new(&previous.lowered, &next.lowered),
            contents: Pair::new(&before, &after),
            edits: &edits,
        };
        ends.compare().map_err(|error| format!("down at {version}: {error}"))?;
        Ok(true)
    }

    /// A refusal is about rows, and changes nothing.
    fn refused(&self, error: &Error, before: &Contents, when: &str) -> Result<bool, String> {
        let about_rows = match error {
            Error::Revision(failed) => is_about_rows(failed),
            _ => false,
        };
        if !about_rows {
            return Err(format!("{when}: {error}"));
        }
        if *before != Contents::of(&self.connection) {
            return Err(format!("{when}: something has changed, though it was refused: {error}"));
        }
        Ok(false)
    }

    fn with<T>(&mut self, run: impl FnOnce(&Migrations<'_>, &mut Connection) -> T) -> T {
        let mut chain = None;
        let revisions: Vec<Revision<'_>> = (1..)
            .zip(self.stages)
            .map(|(number, stage)| {
                let sha256 = Checksum::of(&stage.up);
                chain = Some(Checksum::chained(chain.as_ref(), &sha256));
                Revision {
                    version: version(number),
                    name: "law",
                    up: File::new("up.sql", stage.up.as_bytes()),
                    down: Some(File::new("down.sql", stage.down.as_bytes())),
                    sha256,
                    chain: chain.unwrap_or(sha256),
                    accepts: &[],
                }
            })
            .collect();
        let folders = [Folder { dialect: Dialect::Sqlite, revisions: &revisions }];
        let migrations = Migrations { package: "laws", history: HISTORY, folders: &folders, ..Migrations::NONE };
        run(&migrations, &mut self.connection)
    }
}

fn is_about_rows(failed: &FailedRevision) -> bool {
    matches!(failed.cause, Cause::NotEmpty { .. } | Cause::Violation { .. })
}

fn version(number: usize) -> Version {
    Version::new(u32::try_from(number).unwrap()).unwrap()
}

fn told(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect()
}
