//! What stands in the way, in which words, and that nothing was changed.

use super::project::{Place, Project, cell, cells, history, version};
use enamel_runtime::Error;
use snapbox::str;
use std::time::Duration;

fn says(error: Error, expected: impl snapbox::IntoData) {
    snapbox::assert_data_eq!(error.to_string(), expected);
}

#[test]
fn a_statement_that_fails_takes_everything_back() {
    let folder = Place::new("statement");
    let mut connection = folder.open();
    let project = Project::new().with_tables(2).with(
        "broken",
        "CREATE TABLE good (id);\n\nINSERT INTO good\nVALUES (1, 2);\n",
        "",
    );
    says(
        project.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not run migrations/V0003__broken.sql:3: table good has 1 columns but 2 values were supplied; the database stays at base
  INSERT INTO good
  VALUES (1, 2)
hint: correct the rows and run it again; or correct the file, and run `cargo enamel seal`
"#]],
    );
    assert_eq!(cells(&connection, "SELECT name FROM sqlite_master"), [""; 0]);
}

#[test]
fn a_word_that_is_wrong_is_found_on_its_line() {
    let folder = Place::new("word");
    let mut connection = folder.open();
    let project = Project::new().with("first", "CREATE TABLE x (\n  id INTEGER,\n  name TXET NOT NUL\n);\n", "");
    says(
        project.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not run migrations/V0001__first.sql:3: near "NUL": syntax error; the database stays at base
  CREATE TABLE x (
    id INTEGER,
    name TXET NOT NUL
  )
hint: correct the rows and run it again; or correct the file, and run `cargo enamel seal`
"#]],
    );
}

#[test]
fn rows_that_must_not_be_there_are_counted_and_shown() {
    let folder = Place::new("must-be-empty");
    let mut connection = folder.open();
    let first = Project::new().with("people", "CREATE TABLE people (id INTEGER PRIMARY KEY, age TEXT);\n", "");
    first.upgrade(&mut connection).unwrap();
    connection.execute_batch("INSERT INTO people (age) VALUES ('7'), ('ten'), (NULL)").unwrap();
    let project = first.with(
        "ages",
        "CREATE TABLE made_before (id);\n-- enamel: must be empty: ages that are not whole numbers\n\
         SELECT id, age FROM people WHERE age IS NULL OR age GLOB '*[^0-9]*';\n",
        "",
    );
    says(
        project.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not run migrations/V0002__ages.sql:3: there are ages that are not whole numbers: 2, the first of them (2, ten); the database stays at 0001
hint: correct the rows, and run it again
"#]],
    );
    assert_eq!(history(&connection), ["1"]);
    assert_eq!(cells(&connection, "SELECT name FROM sqlite_master WHERE name = 'made_before'"), [""; 0]);
    connection.execute_batch("DELETE FROM people WHERE age IS NULL OR age = 'ten'").unwrap();
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 1);
}

#[test]
fn another_writer_is_waited_for_and_then_named() {
    let folder = Place::new("writer");
    let other = folder.open();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut connection = folder.open();
    let project = Project::new().with_tables(1);
    let error = project.launch(|launch| launch.lock_timeout(Duration::from_millis(300)).upgrade(&mut connection));
    // On a busy machine it takes longer to give up.
    let told =
        regex::Regex::new("for [0-9.]+s").unwrap().replace(&error.unwrap_err().to_string(), "for [TIME]").into_owned();
    snapbox::assert_data_eq!(
        told,
        str![[r#"
could not lock the database: another connection has kept it for [TIME]
hint: end the program that does, or wait longer with `lock_timeout`
"#]],
    );
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 1);
}

#[test]
fn a_connection_in_a_transaction_is_refused() {
    let folder = Place::new("in-transaction");
    let mut connection = folder.open();
    connection.execute_batch("BEGIN; CREATE TABLE mine (id)").unwrap();
    says(
        Project::new().with_tables(1).upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not begin: the connection is in a transaction already
hint: end it first, or open a connection of its own for the upgrade
"#]],
    );
    assert!(!connection.is_autocommit(), "the program's transaction is still open");
    let rebuild = Project::new().with("rebuilt", "-- enamel: rebuild mine\nDROP TABLE mine;\n", "");
    assert!(matches!(rebuild.upgrade(&mut connection), Err(Error::InTransaction)));
    assert_eq!(cell(&connection, "SELECT count(*) FROM mine"), "0");
}

#[test]
fn a_temporary_table_of_the_same_name_is_not_altered_in_its_place() {
    let folder = Place::new("temporary");
    let mut connection = folder.open();
    let project = Project::new().with_tables(1);
    project.upgrade(&mut connection).unwrap();
    connection.execute_batch("CREATE TEMP TABLE t0000 (id)").unwrap();
    let project = project.with("alter", "ALTER TABLE t0000 ADD COLUMN age INTEGER;\n", "");
    says(
        project.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not run migrations/V0002__alter.sql: the connection has a temporary table or view t0000, which hides the one that is meant; the database stays at 0001
hint: drop it first, or open a connection of its own for the upgrade
"#]],
    );
    assert_eq!(history(&connection), ["1"]);
}

#[test]
fn a_revision_that_changes_the_history_is_taken_back() {
    let folder = Place::new("history-changed");
    let mut connection = folder.open();
    let project = Project::new().with_tables(2);
    project.upgrade(&mut connection).unwrap();
    for sql in [
        "DELETE FROM enamel_schema_history;\n",
        "UPDATE main.\"Enamel_Schema_History\" SET sha256 = chain WHERE version = 2;\n",
        "INSERT INTO enamel_schema_history (version) VALUES (7);\n",
        "ALTER TABLE enamel_schema_history ADD COLUMN note TEXT;\n",
        "DROP TABLE enamel_schema_history;\n",
        "CREATE TRIGGER t AFTER DELETE ON t0000 BEGIN DELETE FROM enamel_schema_history; END; DELETE FROM t0000;\n",
        // Last, because it leaves a claim.
        "-- enamel: no-transaction\nDELETE FROM enamel_schema_history;\n",
    ] {
        let error = project.clone().with("meddling", sql, "").upgrade(&mut connection).unwrap_err();
        assert!(error.to_string().contains("it changes the history table enamel_schema_history"), "{sql}{error}");
        assert_eq!(history(&connection), ["1", "2"], "{sql}");
    }
}

#[test]
fn a_revision_may_read_the_history_and_a_way_back_may_not_change_it() {
    let folder = Place::new("history-read");
    let mut connection = folder.open();
    let project = Project::new().with_tables(2).with(
        "reading",
        "CREATE TABLE kept AS SELECT count(*) AS applied FROM enamel_schema_history;\n",
        "DELETE FROM enamel_schema_history;\n",
    );
    project.upgrade(&mut connection).unwrap();
    assert_eq!(cell(&connection, "SELECT applied FROM kept"), "2");
    says(
        project.launch(|launch| launch.downgrade(&mut connection, version(2))).unwrap_err(),
        str![[r#"
could not run migrations/V0003__reading.down.sql:1: it changes the history table enamel_schema_history, which enamel alone writes; the database stays at 0003
hint: leave it out of the file, and run `cargo enamel seal`; `cargo enamel stamp` sets what is recorded
"#]],
    );
    assert_eq!(history(&connection), ["1", "2", "3"]);
}

#[test]
fn keys_that_are_deferred_and_broken_are_named() {
    let folder = Place::new("deferred");
    let mut connection = folder.open();
    let project = Project::new().with(
        "broken",
        "CREATE TABLE parents (id INTEGER PRIMARY KEY);\n\
         CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);\n\
         INSERT INTO children (parent) VALUES (7);\n",
        "",
    );
    says(
        project.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not commit: FOREIGN KEY constraint failed: 1 row of children without parents; the database stays at base
hint: correct the rows, and run it again
"#]],
    );
    assert_eq!(cells(&connection, "SELECT name FROM sqlite_master"), [""; 0]);
}
