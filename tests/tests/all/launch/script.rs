//! Scripts leave the same database and history as the command.

use super::project::{Place, Project, cell, cells, version};
use super::rebuild::{REBUILD, SHOP};
use enamel_runtime::rusqlite::Connection;
use enamel_runtime::{Dialect, Version};
use snapbox::str;
use std::io::Write as _;
use std::process::{Command, Stdio};

fn project() -> Project {
    Project::new()
        .with("shop", SHOP, "DROP TABLE notes; DROP VIEW ages; DROP TABLE children; DROP TABLE parents;\n")
        .with_tables(1)
        .with("ages", REBUILD, &REBUILD.replace("age INTEGER", "age TEXT"))
        .with(
            "compact",
            "-- enamel: no-transaction\n-- enamel: keeps-old-code\nVACUUM;\n",
            "-- enamel: no-transaction\nVACUUM;\n",
        )
        .with("quoted", "-- keeps 'quotes'\nINSERT INTO notes VALUES ('it''s; done')", "DELETE FROM notes\n")
}

fn script(project: &Project, from: u32, to: u32) -> String {
    project.launch(|launch| launch.script(Dialect::Sqlite, version(from), version(to))).unwrap()
}

/// Runs a script in the `sqlite3` shell; where there is none, as that would.
fn shell(place: &Place, script: &str) -> Result<(), String> {
    let mut command = Command::new("sqlite3");
    command.arg(place.database()).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let Ok(mut shell) = command.spawn() else {
        return place.open().execute_batch(&script.replace(".bail on\n", "")).map_err(|error| error.to_string());
    };
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = shell.wait_with_output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8(output.stderr).unwrap()) }
}

/// Schema, rows and history, without what the clock says.
fn everything(connection: &Connection) -> Vec<String> {
    let mut found =
        cells(connection, "SELECT type || name || coalesce(sql, '') FROM sqlite_master ORDER BY type, name");
    found.extend(cells(
        connection,
        "SELECT version || name || checksum || sha256 || chain || coalesce(down, '') || coalesce(keeps_old_code, '') || applied_by \
         FROM enamel_schema_history ORDER BY version",
    ));
    for table in ["parents", "children", "notes"] {
        found.extend(cells(
            connection,
            &format!(
                "SELECT quote(t.rowid) || quote(t.{}) FROM {table} AS t",
                match table {
                    "parents" => "age",
                    "children" => "parent",
                    _ => "note",
                }
            ),
        ));
    }
    found
}

#[test]
fn a_script_leaves_what_the_command_leaves() {
    let project = project();
    let (scripted, commanded) = (Place::new("scripted"), Place::new("commanded"));
    shell(&scripted, &script(&project, 0, 5)).unwrap();
    let mut connection = commanded.open();
    project.upgrade(&mut connection).unwrap();
    assert_eq!(everything(&scripted.open()), everything(&connection));
    assert_eq!(project.upgrade(&mut scripted.open()).unwrap().done.len(), 0);

    shell(&scripted, &script(&project, 5, 1)).unwrap();
    project.launch(|launch| launch.downgrade(&mut connection, version(1))).unwrap();
    assert_eq!(everything(&scripted.open()), everything(&connection));
    shell(&scripted, &script(&project, 1, 0)).unwrap();
    project.launch(|launch| launch.downgrade(&mut connection, Version::BASE)).unwrap();
    assert_eq!(
        cells(&scripted.open(), "SELECT name FROM sqlite_master WHERE sql IS NOT NULL"),
        ["enamel_schema_history"]
    );
}

#[test]
fn a_script_stops_on_a_database_that_is_somewhere_else() {
    let project = project();
    let place = Place::new("script-elsewhere");
    project
        .launch(|launch| launch.target(enamel_runtime::Target::Version(version(1))).upgrade(&mut place.open()))
        .unwrap();
    let error = shell(&place, &script(&project, 2, 5)).unwrap_err();
    assert!(error.contains("the database is not at 0002"), "{error}");
    let error = shell(&place, &script(&project, 0, 5)).unwrap_err();
    assert!(error.contains("the database is not at base"), "{error}");
    assert_eq!(cell(&place.open(), "SELECT max(version) FROM enamel_schema_history"), "1");
}

#[test]
fn a_script_stops_where_rows_lose_their_parent() {
    let text = REBUILD.replace("FROM parents;", "FROM parents WHERE id = 1;");
    let project = Project::new().with("shop", SHOP, "").with("ages", &text, "");
    let place = Place::new("script-violation");
    let error = shell(&place, &script(&project, 0, 2)).unwrap_err();
    assert!(error.contains("rows refer to nothing"), "{error}");
    assert_eq!(cell(&place.open(), "SELECT max(version) FROM enamel_schema_history"), "1");
    assert_eq!(cell(&place.open(), "SELECT count(*) FROM parents"), "2");
}

#[test]
fn a_script_stops_where_a_select_must_find_nothing_and_finds_rows() {
    let text = "-- enamel: must be empty: ages that are not \"whole\" numbers\n\
                SELECT id, age FROM parents WHERE CAST(CAST(age AS INTEGER) AS TEXT) <> age ; -- none\n\
                UPDATE parents SET age = CAST(age AS INTEGER);\n";
    let project = Project::new().with("shop", SHOP, "").with("ages", text, "");
    let place = Place::new("script-found");
    shell(&place, &script(&project, 0, 1)).unwrap();
    place.open().execute_batch("UPDATE parents SET age = 'nine' WHERE id = 2").unwrap();
    let error = shell(&place, &script(&project, 1, 2)).unwrap_err();
    assert!(error.contains("there are ages that are not \"whole\" numbers"), "{error}");
    assert_eq!(cell(&place.open(), "SELECT max(version) FROM enamel_schema_history"), "1");
    assert_eq!(cell(&place.open(), "SELECT age FROM parents WHERE id = 2"), "nine");

    place.open().execute_batch("UPDATE parents SET age = '9' WHERE id = 2").unwrap();
    shell(&place, &script(&project, 1, 2)).unwrap();
    assert_eq!(cell(&place.open(), "SELECT max(version) FROM enamel_schema_history"), "2");
}

#[test]
fn a_script_is_readable() {
    let project = Project::new().with_tables(1).with("ages", REBUILD, "");
    snapbox::assert_data_eq!(
        script(&project, 0, 2),
        str![[r#"
-- bookshop, from base to 0002: for the sqlite3 shell
.bail on

PRAGMA foreign_keys = ON;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS main."enamel_schema_history" (version int4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255), sha256 TEXT, chain TEXT, down TEXT, keeps_old_code INTEGER, applied_by TEXT, milliseconds INTEGER);
CREATE TEMP TABLE enamel_at (version CONSTRAINT "the database is not at base" CHECK (version = 0));
INSERT INTO temp.enamel_at SELECT coalesce(max(version), 0) FROM main."enamel_schema_history";
DROP TABLE temp.enamel_at;

-- migrations/V0001__t0000.sql
CREATE TABLE t0000 (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO t0000 (name) VALUES ('once');

INSERT INTO main."enamel_schema_history" (version, name, applied_on, checksum, sha256, chain, down, keeps_old_code, applied_by, milliseconds) VALUES (1, 't0000', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '970981752650338847', '50bb6dc2623ef324683a4d8b867cc434241ea7dde13f4d92c0e60a9c19561802', '50bb6dc2623ef324683a4d8b867cc434241ea7dde13f4d92c0e60a9c19561802', 'DROP TABLE t0000;
', 0, 'bookshop', NULL);
COMMIT;

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE enamel_before AS SELECT count(*) AS violations FROM pragma_foreign_key_check;

-- migrations/V0002__ages.sql
-- enamel: rebuild parents
PRAGMA legacy_alter_table = ON;
CREATE TABLE next_parents (id INTEGER PRIMARY KEY, age INTEGER);
INSERT INTO next_parents SELECT id, age FROM parents;
DROP TABLE parents;
ALTER TABLE next_parents RENAME TO parents;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX ix_parents_age ON parents (age);

CREATE TEMP TABLE enamel_after (violations CONSTRAINT "rows refer to nothing" CHECK (violations <= 0));
INSERT INTO temp.enamel_after
SELECT (SELECT count(*) FROM pragma_foreign_key_check) - violations FROM temp.enamel_before;
DROP TABLE temp.enamel_after;
DROP TABLE temp.enamel_before;
INSERT INTO main."enamel_schema_history" (version, name, applied_on, checksum, sha256, chain, down, keeps_old_code, applied_by, milliseconds) VALUES (2, 'ages', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '10748488555252098347', '46ba57b313979abb2578b7a368369e0c2c67617840571b0b1bc5b30697011000', 'ba4644a56a2fce134a9668dd895004bcb2657e46f23511e58f4e8fa39201855d', NULL, 0, 'bookshop', NULL);
COMMIT;

"#]]
    );
}
