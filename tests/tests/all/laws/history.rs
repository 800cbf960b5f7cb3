//! No history makes the runtime panic: whatever is in its table, a launch ends in words.

use super::chance::law;
use super::database::{Cell, HISTORY, cells};
use enamel_runtime::include_dir::File;
use enamel_runtime::rusqlite::Connection;
use enamel_runtime::{Checksum, Dialect, Error, Folder, Migrations, Revision, Target, Version};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What somebody does to a history.
#[derive(Clone, Debug)]
enum Harm {
    Set(&'static str, Cell, u8),
    Insert(Cell, Cell),
    Delete(u8),
    Run(&'static str),
}

/// What a program or the command does then.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Upgrade,
    UpgradeTo(u32),
    UpgradeBy(u32),
    DryRun,
    Downgrade(u32),
    Redo,
    Stamp(u32),
    State,
}

#[test]
fn a_history_that_was_harmed_is_told() {
    let case = (0..4_u32, vec(harm(), 0..4), vec(deed(), 1..4));
    law("a_history_that_was_harmed_is_told", &case, |(applied, harms, deeds)| {
        let mut connection = Connection::open_in_memory().unwrap();
        if applied > 0 {
            run(&mut connection, Deed::UpgradeTo(applied)).map_err(|error| error.to_string())?;
        }
        for harm in &harms {
            // Some harm cannot be done.
            let _ = connection.execute_batch(&harm.sql());
        }
        for deed in deeds {
            let told = match run(&mut connection, deed) {
                Ok(told) => told,
                Err(Error::Engine { what }) => return Err(format!("{deed:?}: a mistake of enamel's: {what}")),
                Err(error) => format!("{error} {error:?} {} {:?}", error.message(), error.hint()),
            };
            if told.contains(|character: char| character.is_control() && !"\n\t".contains(character)) {
                return Err(format!("{deed:?}: it is told with what a terminal obeys: {told:?}"));
            }
            if !connection.is_autocommit() {
                return Err(format!("{deed:?}: the transaction is still open"));
            }
            let flags = [("foreign_keys", 1), ("legacy_alter_table", 0)];
            if flags.iter().any(|(flag, is)| cells(&connection, &format!("PRAGMA {flag}")) != [[Cell::Integer(*is)]]) {
                return Err(format!("{deed:?}: a setting of the connection is another one"));
            }
        }
        Ok(())
    });
}

fn harm() -> impl Strategy<Value = Harm> {
    let columns = [
        "version",
        "name",
        "applied_on",
        "checksum",
        "sha256",
        "chain",
        "down",
        "keeps_old_code",
        "applied_by",
        "milliseconds",
    ];
    let statements = [
        "DROP TABLE enamel_schema_history",
        "ALTER TABLE enamel_schema_history DROP COLUMN chain",
        "ALTER TABLE enamel_schema_history DROP COLUMN milliseconds",
        "ALTER TABLE enamel_schema_history RENAME COLUMN sha256 TO \"SHA256\"",
        "ALTER TABLE enamel_schema_history RENAME TO h; CREATE VIEW enamel_schema_history AS SELECT * FROM h",
        "ALTER TABLE enamel_schema_history RENAME TO h; CREATE TABLE enamel_schema_history AS SELECT * FROM h; INSERT INTO enamel_schema_history SELECT * FROM h",
        "ALTER TABLE enamel_schema_history RENAME TO h; CREATE TABLE enamel_schema_history (version TEXT)",
        "CREATE TRIGGER t BEFORE INSERT ON enamel_schema_history BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE TRIGGER t AFTER DELETE ON enamel_schema_history BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TEMP TABLE enamel_schema_history (x)",
        "DROP TABLE t1",
        "CREATE TABLE t2 (x)",
    ];
    prop_oneof![
        6 => (select(columns.to_vec()), cell(), 0..4_u8).prop_map(|(column, cell, row)| Harm::Set(column, cell, row)),
        2 => (cell(), cell()).prop_map(|(version, sha256)| Harm::Insert(version, sha256)),
        1 => (0..4_u8).prop_map(Harm::Delete),
        2 => select(statements.to_vec()).prop_map(Harm::Run),
    ]
}

fn cell() -> impl Strategy<Value = Cell> {
    let text = |text: &str| Cell::Text(text.as_bytes().to_vec());
    let hashes = [1, 2, 3].map(|number| text(&Checksum::of(&up(number)).to_string()));
    let others = [
        Cell::Null,
        Cell::Integer(0),
        Cell::Integer(1),
        Cell::Integer(2),
        Cell::Integer(-1),
        Cell::Integer(2_147_483_648),
        Cell::Integer(i64::MAX),
        Cell::Real(1.5_f64.to_bits()),
        Cell::Real(f64::INFINITY.to_bits()),
        text(""),
        text("0002"),
        text("SELECT"),
        text("DROP TABLE t1;"),
        text("-- enamel: no-transaction\nDROP TABLE t1;\n"),
        text("-- enamel: rebuild t1\nDROP TABLE t1;\n"),
        text("-- enamel: what\n"),
        text("BEGIN;"),
        text("other"),
        text("2024-01-01T00:00:00Z"),
        text("a\0b"),
        text("\u{1b}[31m"),
        text(&"é".repeat(500)),
        text(&"f".repeat(64)),
        Cell::Blob(vec![0xff, 0x00]),
        Cell::Text(vec![0xff, 0xfe]),
    ];
    prop_oneof![3 => select(others.to_vec()), 1 => select(hashes.to_vec()), 1 => any::<String>().prop_map(|any| Cell::Text(any.into_bytes()))]
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        Just(Deed::Upgrade),
        (0..5_u32).prop_map(Deed::UpgradeTo),
        select(vec![0, 1, 2, u32::MAX]).prop_map(Deed::UpgradeBy),
        Just(Deed::DryRun),
        (0..5_u32).prop_map(Deed::Downgrade),
        Just(Deed::Redo),
        (0..5_u32).prop_map(Deed::Stamp),
        Just(Deed::State),
    ]
}

impl Harm {
    fn sql(&self) -> String {
        match self {
            Harm::Set(column, cell, row) => {
                format!("UPDATE {HISTORY} SET {column} = {} WHERE {row} = 0 OR version = {row}", literal(cell))
            }
            Harm::Insert(version, sha256) => {
                format!(
                    "INSERT INTO {HISTORY} (version, name, sha256) VALUES ({}, 'x', {})",
                    literal(version),
                    literal(sha256)
                )
            }
            Harm::Delete(row) => format!("DELETE FROM {HISTORY} WHERE {row} = 0 OR version = {row}"),
            Harm::Run(sql) => (*sql).to_owned(),
        }
    }
}

fn literal(cell: &Cell) -> String {
    let hex = |bytes: &[u8]| format!("X'{}'", bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>());
    match cell {
        Cell::Null => "NULL".to_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(bits) => format!("{:?}", f64::from_bits(*bits)).replace("inf", "9e999"),
        Cell::Text(bytes) => format!("CAST({} AS TEXT)", hex(bytes)),
        Cell::Blob(bytes) => hex(bytes),
    }
}

fn up(number: u32) -> String {
    match number {
        2 => "-- enamel: rebuild t1\nCREATE TABLE t2 (id INTEGER PRIMARY KEY);\n".to_owned(),
        number => format!("CREATE TABLE t{number} (id INTEGER PRIMARY KEY);\n"),
    }
}

/// Does one thing with a program of three revisions, of which the last has no way back, and gives what it says.
fn run(connection: &mut Connection, deed: Deed) -> Result<String, Error> {
    let ups = [1, 2, 3].map(up);
    let downs = ["DROP TABLE t1;\n", "DROP TABLE t2;\n"];
    let mut chain = None;
    let revisions: Vec<Revision<'_>> = (1..)
        .zip(&ups)
        .map(|(number, up)| {
            let sha256 = Checksum::of(up);
            chain = Some(Checksum::chained(chain.as_ref(), &sha256));
            Revision {
                version: version(number),
                name: "law",
                up: File::new("up.sql", up.as_bytes()),
                down: downs.get(number as usize - 1).map(|down| File::new("down.sql", down.as_bytes())),
                sha256,
                chain: chain.unwrap_or(sha256),
                accepts: &[],
            }
        })
        .collect();
    let folders = [Folder { dialect: Dialect::Sqlite, revisions: &revisions }];
    let migrations = Migrations { package: "laws", history: HISTORY, folders: &folders, ..Migrations::NONE };
    let launch = migrations.launch();
    let report = match deed {
        Deed::Upgrade => launch.upgrade(connection)?,
        Deed::UpgradeTo(number) => launch.target(Target::Version(version(number))).upgrade(connection)?,
        Deed::UpgradeBy(number) => launch.target(Target::Plus(number)).upgrade(connection)?,
        Deed::DryRun => launch.dry_run().upgrade(connection)?,
        Deed::Downgrade(number) => launch.downgrade(connection, version(number))?,
        Deed::Redo => launch.redo(connection)?,
        Deed::Stamp(number) => launch.stamp(connection, version(number))?,
        Deed::State => return launch.state(connection).map(|state| state.to_string()),
    };
    Ok(report.to_string())
}

fn version(number: u32) -> Version {
    Version::new(number).unwrap()
}
