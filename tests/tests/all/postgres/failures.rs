//! What an upgrade says and leaves when it fails.

use super::{cell, cells, history, project};
use enamel_runtime::Error;
use enamel_tests::server::Database;
use snapbox::str;
use std::time::Duration;

fn says(error: Error, expected: impl snapbox::IntoData) {
    snapbox::assert_data_eq!(error.to_string(), expected);
}

#[test]
fn a_statement_that_fails_takes_its_revision_back() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = project().with_tables(2).with(
        "broken",
        "CREATE TABLE good (id int PRIMARY KEY);\n\nINSERT INTO good\nVALUES (1), (1);\n",
        "",
    );
    says(
        project.upgrade(&mut client).unwrap_err(),
        str![[r#"
could not run migrations/V0003__broken.sql:3: duplicate key value violates unique constraint "good_pkey" (Key (id)=(1) already exists); the database stays at 0002
  INSERT INTO good
  VALUES (1), (1)
hint: correct the rows and run it again; or correct the file, and run `cargo enamel seal`
"#]],
    );
    assert_eq!(history(&mut client), ["1", "2"]);
    assert_eq!(cell(&mut client, "SELECT to_regclass('good')"), "NULL");
}

#[test]
fn a_word_that_is_wrong_is_found_on_its_line() {
    let Some(database) = Database::new() else { return };
    let project = project().with("first", "CREATE TABLE \"größe\" (\n  id integer,\n  name txet NOT NULL\n);\n", "");
    says(
        project.upgrade(&mut database.connect()).unwrap_err(),
        str![[r#"
could not run migrations/V0001__first.sql:3: type "txet" does not exist; the database stays at base
  CREATE TABLE "größe" (
    id integer,
    name txet NOT NULL
  )
hint: correct the rows and run it again; or correct the file, and run `cargo enamel seal`
"#]],
    );
}

#[test]
fn a_revision_that_changes_the_history_is_taken_back() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = project().with_tables(2);
    project.upgrade(&mut client).unwrap();
    for sql in [
        "DELETE FROM enamel_schema_history;\n",
        "SET search_path = ''; UPDATE public.enamel_schema_history SET name = 'x';\n",
        "DO $$ BEGIN EXECUTE 'DROP TABLE enamel_schema_history'; END $$;\n",
    ] {
        let error = project.clone().with("meddling", sql, "").upgrade(&mut client).unwrap_err();
        assert!(error.to_string().contains("it changes the history table enamel_schema_history"), "{sql}{error}");
        assert_eq!(history(&mut client), ["1", "2"], "{sql}");
    }
}

#[test]
fn rows_that_must_not_be_there_are_counted_and_shown() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = project()
        .with(
            "people",
            "CREATE TABLE people (id int, age text);\nINSERT INTO people VALUES (1, '7'), (2, 'ten'), (3, NULL);\n",
            "",
        )
        .with(
            "ages",
            "-- enamel: must be empty: ages that are not whole numbers\n\
             SELECT id, age FROM people WHERE age !~ '^[0-9]+$' OR age IS NULL ORDER BY id;\n",
            "",
        );
    says(
        project.upgrade(&mut client).unwrap_err(),
        str![[r#"
could not run migrations/V0002__ages.sql:2: there are ages that are not whole numbers: 2, the first of them (2, ten); the database stays at 0001
hint: correct the rows, and run it again
"#]],
    );
    client.batch_execute("UPDATE people SET age = '10' WHERE id > 1").unwrap();
    assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 1);
}

#[test]
fn who_holds_a_table_is_named_and_the_next_launch_goes_on() {
    let Some(database) = Database::new() else { return };
    let project = project().with_tables(1);
    let mut client = database.connect();
    project.upgrade(&mut client).unwrap();
    let mut other = database.connect_as("report");
    let process = cell(&mut other, "SELECT pg_backend_pid()");
    other.batch_execute("BEGIN; LOCK TABLE t0000 IN SHARE MODE").unwrap();
    let project = project.with("alter", "ALTER TABLE t0000 ADD COLUMN age int;\n", "");
    let (each, in_all) = (Duration::from_millis(50), Duration::from_millis(400));
    let error = project.launch(|launch| launch.table_lock(each, in_all).upgrade(&mut client)).unwrap_err().to_string();
    let error = error.replace(&process, "[PROCESS]");
    let error = regex::Regex::new("tried for [0-9.]+s").unwrap().replace(&error, "tried for [TIME]");
    snapbox::assert_data_eq!(
        error.as_ref(),
        str![[r#"
could not run migrations/V0002__alter.sql:1: canceling statement due to lock timeout, tried for [TIME]; process [PROCESS] (report) holds t0000, by: BEGIN; LOCK TABLE t0000 IN SHARE MODE; the database stays at 0001
  ALTER TABLE t0000 ADD COLUMN age int
hint: end what holds the table, or wait longer with `table_lock`
"#]]
    );
    std::thread::scope(|scope| {
        let upgrade = scope
            .spawn(|| project.launch(|launch| launch.table_lock(each, Duration::from_secs(60)).upgrade(&mut client)));
        std::thread::sleep(Duration::from_millis(300));
        other.batch_execute("COMMIT").unwrap();
        assert_eq!(upgrade.join().unwrap().unwrap().done.len(), 1);
    });
}

#[test]
fn another_launch_is_named() {
    let Some(database) = Database::new() else { return };
    let project = project().with_tables(1).with("slow", "SELECT pg_advisory_xact_lock(4711);\n", "");
    // The first launch goes on when the second one is told.
    let mut gate = database.connect();
    gate.batch_execute("SELECT pg_advisory_lock(4711)").unwrap();
    std::thread::scope(|scope| {
        let mut first = database.connect_as("shop");
        let slow = scope.spawn({
            let project = &project;
            move || project.upgrade(&mut first).unwrap()
        });
        let mut client = database.connect();
        let stands = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                      AND wait_event = 'advisory' AND application_name = 'shop'";
        while cell(&mut client, stands) == "0" {
            std::thread::sleep(Duration::from_millis(10));
        }
        let soon = Duration::from_millis(100);
        let error = project.launch(|launch| launch.lock_timeout(soon).upgrade(&mut client)).unwrap_err().to_string();
        gate.batch_execute("SELECT pg_advisory_unlock(4711)").unwrap();
        assert!(error.contains("(shop), by: SELECT pg_advisory_xact_lock(4711) has kept it for "), "{error}");
        assert_eq!(slow.join().unwrap().done.len(), 2);
    });
}

#[test]
fn a_connection_in_a_transaction_is_refused() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    project().with_tables(1).upgrade(&mut client).unwrap();
    client.batch_execute("BEGIN; CREATE TABLE mine (id int)").unwrap();
    says(
        project().with_tables(2).upgrade(&mut client).unwrap_err(),
        str![[r#"
could not begin: the connection is in a transaction already
hint: end it first, or open a connection of its own for the upgrade
"#]],
    );
    client.batch_execute("COMMIT").unwrap();
    assert_eq!(cell(&mut client, "SELECT count(*) FROM mine"), "0", "the program's transaction went on");
    client.batch_execute("BEGIN").unwrap();
    assert!(client.batch_execute("SELECT 1 / 0").is_err());
    assert!(matches!(project().with_tables(2).upgrade(&mut client), Err(Error::InTransaction)));
}

#[test]
fn keys_that_are_deferred_and_broken_are_refused_at_the_end() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = project().with(
        "broken",
        "CREATE TABLE parents (id int PRIMARY KEY);\n\
         CREATE TABLE children (parent int REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);\n\
         INSERT INTO children (parent) VALUES (7);\n",
        "",
    );
    says(
        project.upgrade(&mut client).unwrap_err(),
        str![[r#"
could not commit: insert or update on table "children" violates foreign key constraint "children_parent_fkey" (Key (parent)=(7) is not present in table "parents"); the database stays at base
hint: correct the rows, and run it again
"#]],
    );
    assert_eq!(cells(&mut client, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"), [""; 0]);
}

#[test]
fn a_statement_that_times_out_and_a_connection_that_breaks_leave_nothing() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    // It sleeps where a session says so.
    let slow = "CREATE TABLE slow (id int);\nSELECT pg_sleep(current_setting('shop.pause', true)::int);\n";
    let project = project().with_tables(1).with("slow", slow, "");
    client.batch_execute("SET shop.pause = 60; SET statement_timeout = '1s'").unwrap();
    let error = project.upgrade(&mut client).unwrap_err().to_string();
    assert!(
        error.contains("V0002__slow.sql:2: canceling statement due to statement timeout; the database stays at 0001"),
        "{error}"
    );
    std::thread::scope(|scope| {
        let mut client = database.connect();
        client.batch_execute("SET shop.pause = 60").unwrap();
        let process = cell(&mut client, "SELECT pg_backend_pid()");
        let upgrade = scope.spawn({
            let project = &project;
            move || project.upgrade(&mut client).unwrap_err().to_string()
        });
        let mut other = database.connect();
        let killed = format!(
            "SELECT pg_terminate_backend({process}) FROM pg_stat_activity WHERE pid = {process} AND query LIKE 'SELECT pg_sleep%'"
        );
        while cell(&mut other, &killed) != "t" {
            std::thread::sleep(Duration::from_millis(10));
        }
        let error = upgrade.join().unwrap();
        // The driver may find the connection closed before it reads the server's last words.
        let words = ["terminating connection due to administrator command", "connection closed"];
        let said = words.iter().any(|words| error.contains(&format!("{words}; the database stays at 0001")));
        assert!(said, "{error}");
    });
    let mut client = database.connect();
    assert_eq!(history(&mut client), ["1"]);
    assert_eq!(project.upgrade(&mut client).unwrap().done.len(), 1);
}

#[test]
fn a_temporary_table_of_the_same_name_is_not_altered_in_its_place() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let project = project().with_tables(1);
    project.upgrade(&mut client).unwrap();
    client.batch_execute("CREATE TEMP TABLE t0000 (id int)").unwrap();
    let project = project.with("alter", "ALTER TABLE t0000 ADD COLUMN age int;\n", "");
    says(
        project.upgrade(&mut client).unwrap_err(),
        str![[r#"
could not run migrations/V0002__alter.sql: the connection has a temporary table or view t0000, which hides the one that is meant; the database stays at 0001
hint: drop it first, or open a connection of its own for the upgrade
"#]],
    );
}

#[test]
fn what_only_an_administrator_can_do_is_told() {
    let Some(database) = Database::new() else { return };
    let role = format!("{}_owner", database.name());
    let mut client = database.connect();
    client.batch_execute(&format!("CREATE ROLE {role}; ALTER SCHEMA public OWNER TO {role}; SET ROLE {role}")).unwrap();
    let extension = |name: &str| project().with("first", &format!("CREATE EXTENSION IF NOT EXISTS \"{name}\";\n"), "");
    says(
        extension("pageinspect").upgrade(&mut client).unwrap_err(),
        str![[r#"
could not run migrations/V0001__first.sql:1: permission denied to create extension "pageinspect"; the database stays at base
  CREATE EXTENSION IF NOT EXISTS "pageinspect"
hint: let an administrator run `CREATE EXTENSION "pageinspect"` in this database, and run it again: what is there is left alone
"#]],
    );
    says(
        extension("nowhere").upgrade(&mut client).unwrap_err(),
        str![[r#"
could not run migrations/V0001__first.sql:1: [..]; the database stays at base
  CREATE EXTENSION IF NOT EXISTS "nowhere"
hint: let an administrator install nowhere on the server, in Debian as part of postgresql-contrib or a package of its own, and run it again
"#]],
    );
    database.connect().batch_execute("CREATE EXTENSION pageinspect").unwrap();
    assert_eq!(extension("pageinspect").upgrade(&mut client).unwrap().done.len(), 1);
    client.batch_execute(&format!("RESET ROLE; DROP OWNED BY {role} CASCADE; DROP ROLE {role}")).unwrap();
}
