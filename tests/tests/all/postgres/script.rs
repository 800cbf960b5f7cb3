//! Scripts for `psql` leave the same database and history as the command.

use super::{cell, cells, history, project};
use crate::launch::project::{Project, version};
use enamel_runtime::postgres::Client;
use enamel_runtime::{Dialect, Target, Version};
use enamel_tests::server::Database;
use snapbox::str;
use std::io::Write as _;
use std::process::{Command, Stdio};

const PEOPLE: &str =
    "CREATE TABLE people (id int PRIMARY KEY, age text);\nINSERT INTO people VALUES (1, '7'), (2, '8');\n";

/// What `pg_dump` puts at the top of its scripts, and a text in which nothing stands for anything.
const DUMPED: &str = "SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.quoted() RETURNS text LANGUAGE sql AS $$ SELECT ':enamel_lock; \\q'::text $$;
CREATE TABLE public.slices AS SELECT (ARRAY[1, 2, 3])[1:2] AS slice
";

fn everything_of() -> Project {
    project()
        .with("people", PEOPLE, "DROP TABLE people;\n")
        .with("dumped", DUMPED, "DROP TABLE slices;\nDROP FUNCTION quoted;\n")
        .with(
            "fast",
            "-- enamel: no-transaction\n-- enamel: keeps-old-code\nCREATE INDEX CONCURRENTLY ix_people_age ON people (age);\n",
            "-- enamel: no-transaction\nDROP INDEX CONCURRENTLY ix_people_age;\n",
        )
        .with(
            "ages",
            "-- enamel: must be empty: ages that are not \"whole\" numbers\n\
             SELECT id, age FROM people WHERE age !~ '^[0-9]+$'; -- none\n\
             ALTER TABLE people ALTER age TYPE int USING age::int;\n",
            "ALTER TABLE people ALTER age TYPE text;\n",
        )
}

fn script(project: &Project, from: u32, to: u32) -> String {
    project.launch(|launch| launch.script(Dialect::Postgres, version(from), version(to))).unwrap()
}

/// Runs a script, and gives what is said on standard error when that fails. `None` without `psql`.
fn psql(database: &Database, script: &str) -> Option<Result<(), String>> {
    let mut command = Command::new("psql");
    command.args(["--no-psqlrc", "--quiet", &database.url("")]);
    let shell = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut shell = shell.ok()?;
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = shell.wait_with_output().unwrap();
    Some(if output.status.success() { Ok(()) } else { Err(String::from_utf8(output.stderr).unwrap()) })
}

/// Tables, functions, indexes and history, without what the clock says.
fn everything(client: &mut Client) -> Vec<String> {
    let mut found = cells(
        client,
        "SELECT table_name || column_name || data_type FROM information_schema.columns \
         WHERE table_schema = 'public' ORDER BY table_name, column_name",
    );
    found.extend(cells(client, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname"));
    found.extend(cells(client, "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"));
    found.extend(cells(
        client,
        "SELECT version || name || checksum || sha256 || chain || coalesce(down, '') || coalesce(keeps_old_code::text, '') || applied_by \
         FROM enamel_schema_history ORDER BY version",
    ));
    found
}

#[test]
fn a_script_leaves_what_the_command_leaves() {
    let (Some(scripted), Some(commanded)) = (Database::new(), Database::new()) else { return };
    let project = everything_of();
    let Some(ran) = psql(&scripted, &script(&project, 0, 4)) else { return };
    ran.unwrap();
    let mut client = commanded.connect();
    project.upgrade(&mut client).unwrap();
    assert_eq!(everything(&mut scripted.connect()), everything(&mut client));
    assert_eq!(project.upgrade(&mut scripted.connect()).unwrap().done.len(), 0);

    psql(&scripted, &script(&project, 4, 1)).unwrap().unwrap();
    project.launch(|launch| launch.downgrade(&mut client, version(1))).unwrap();
    assert_eq!(everything(&mut scripted.connect()), everything(&mut client));
    psql(&scripted, &script(&project, 1, 0)).unwrap().unwrap();
    project.launch(|launch| launch.downgrade(&mut client, Version::BASE)).unwrap();
    assert_eq!(everything(&mut scripted.connect()), everything(&mut client));
}

#[test]
fn a_script_keeps_to_the_schema_of_the_session() {
    let Some(database) = Database::new() else { return };
    database.connect().batch_execute("CREATE SCHEMA \"My \"\"Shop\"").unwrap();
    let text = script(&everything_of(), 0, 1);
    let Some(ran) = psql(&database, &format!("SET search_path = \"My \"\"Shop\";\n{text}")) else { return };
    ran.unwrap();
    assert_eq!(cell(&mut database.connect(), "SELECT version FROM \"My \"\"Shop\".enamel_schema_history"), "1");
}

#[test]
fn a_script_stops_on_a_database_that_is_somewhere_else() {
    let Some(database) = Database::new() else { return };
    let project = everything_of();
    project.launch(|launch| launch.target(Target::Version(version(1))).upgrade(&mut database.connect())).unwrap();
    let Some(ran) = psql(&database, &script(&project, 2, 4)) else { return };
    let error = ran.unwrap_err();
    assert!(error.contains("the database is not at 0002"), "{error}");
    let error = psql(&database, &script(&project, 0, 4)).unwrap().unwrap_err();
    assert!(error.contains("the database is not at base"), "{error}");
    assert_eq!(history(&mut database.connect()), ["1"]);
}

#[test]
fn a_script_stops_where_a_select_must_find_nothing_and_finds_rows() {
    let Some(database) = Database::new() else { return };
    let project = everything_of();
    let Some(ran) = psql(&database, &script(&project, 0, 3)) else { return };
    ran.unwrap();
    database.connect().batch_execute("UPDATE people SET age = 'nine' WHERE id = 2").unwrap();
    let error = psql(&database, &script(&project, 3, 4)).unwrap().unwrap_err();
    assert!(error.contains("there are ages that are not \"whole\" numbers"), "{error}");
    assert_eq!(history(&mut database.connect()), ["1", "2", "3"]);
}

#[test]
fn a_script_is_readable() {
    let project = project().with_tables(1).with("dumped", DUMPED, "");
    snapbox::assert_data_eq!(
        script(&project, 0, 2),
        str![[r#"
-- bookshop, from base to 0002: for psql
/set ON_ERROR_STOP on
SELECT '"' || replace(current_schema(), '"', '""') || '"' AS enamel_schema /gset
SELECT ('x' || left(encode(sha256(convert_to(:'enamel_schema' || '."enamel_schema_history"', 'UTF8')), 'hex'), 8))::bit(32)::integer AS enamel_lock /gset

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_advisory_xact_lock(1701732717, :enamel_lock) AS enamel_locked /gset
CREATE TABLE IF NOT EXISTS :enamel_schema."enamel_schema_history" (version int4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255), sha256 TEXT, chain TEXT, down TEXT, keeps_old_code INTEGER, applied_by TEXT, milliseconds INTEGER);
SELECT CAST(CASE coalesce(max(version), 0) WHEN 0 THEN 'true' ELSE 'the database is not at base' END AS boolean) AS enamel_is_there FROM :enamel_schema."enamel_schema_history" /gset
SET LOCAL lock_timeout = '5s';

-- migrations/V0001__t0000.sql
CREATE TABLE t0000 (id INTEGER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO t0000 (name) VALUES ('once');

INSERT INTO :enamel_schema."enamel_schema_history" (version, name, applied_on, checksum, sha256, chain, down, keeps_old_code, applied_by, milliseconds) VALUES (1, 't0000', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '11253192027798938291', '630aa7817344feb11bdb8c8617c9f0e4527e121b0d52481316339ea20897b658', '630aa7817344feb11bdb8c8617c9f0e4527e121b0d52481316339ea20897b658', 'DROP TABLE t0000;
', 0, 'bookshop', NULL);
COMMIT;

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_advisory_xact_lock(1701732717, :enamel_lock) AS enamel_locked /gset
SELECT CAST(CASE coalesce(max(version), 0) WHEN 1 THEN 'true' ELSE 'the database is not at 0001' END AS boolean) AS enamel_is_there FROM :enamel_schema."enamel_schema_history" /gset
SET LOCAL lock_timeout = '5s';

-- migrations/V0002__dumped.sql
SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.quoted() RETURNS text LANGUAGE sql AS $$ SELECT ':enamel_lock; /q'::text $$;
CREATE TABLE public.slices AS SELECT (ARRAY[1, 2, 3])[1:2] AS slice;

RESET SESSION AUTHORIZATION;
RESET ROLE;
RESET ALL;
INSERT INTO :enamel_schema."enamel_schema_history" (version, name, applied_on, checksum, sha256, chain, down, keeps_old_code, applied_by, milliseconds) VALUES (2, 'dumped', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '11342707702836350375', 'eda9ded70041b11906238465048252c40ed105401ba37aa3ccc382a32f8b1011', '7be0d1693ea339687cabf5804f0b503155c294cceb248cd5ef2616fd4e2351cb', NULL, 0, 'bookshop', NULL);
COMMIT;

"#]]
    );
}
