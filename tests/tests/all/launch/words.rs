//! The words of the errors that no other test shows.

use super::project::{Place, Project, version};
use enamel_runtime::migrations::Folder;
use enamel_runtime::{Dialect, Error, Migrations, Target};
use snapbox::str;

fn says(error: Error, expected: impl snapbox::IntoData) {
    snapbox::assert_data_eq!(error.to_string(), expected);
}

#[test]
fn of_a_database_that_is_not_served() {
    let mut connection = Place::new("not-served").open();
    let folders = [Folder { dialect: Dialect::Mysql, revisions: &[] }];
    let migrations = Migrations { folders: &folders, ..Migrations::NONE };
    says(
        migrations.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not find revisions for SQLite in migrations
hint: add "sqlite" to `dialects` in [package.metadata.enamel], and run `cargo enamel seal`
"#]],
    );
    says(
        migrations.launch().script(Dialect::Mysql, version(0), version(0)).unwrap_err(),
        str!["could not use the database: MySQL is not supported yet"],
    );
}

#[test]
fn of_revisions_that_there_are_not() {
    let place = Place::new("no-such-revision");
    let mut connection = place.open();
    let project = Project::new().with_tables(2);
    let to = |target| project.launch(|launch| launch.target(target).upgrade(&mut place.open())).unwrap_err();
    says(
        to(Target::Version(version(7))),
        str![[r#"
could not find revision 0007: the revisions go up to 0002
hint: `cargo enamel history` lists them
"#]],
    );
    says(
        to(Target::Plus(3)),
        str![[r#"
could not find revision 0003: the revisions go up to 0002
hint: `cargo enamel history` lists them
"#]],
    );
    project.clone().without_newest(1).upgrade(&mut connection).unwrap();
    says(
        project.launch(|launch| launch.downgrade(&mut connection, version(2))).unwrap_err(),
        str![[r#"
could not downgrade to 0002: the database is at 0001, and has not applied 0002
hint: `cargo enamel history` lists what it has applied
"#]],
    );
}

#[test]
fn of_rows_that_cannot_be_read() {
    let place = Place::new("unreadable");
    let mut connection = place.open();
    let project = Project::new().with_tables(2);
    project.upgrade(&mut connection).unwrap();
    connection.execute_batch("UPDATE enamel_schema_history SET sha256 = 'abc' WHERE version = 2").unwrap();
    says(
        project.launch(|launch| launch.state(&mut connection)).unwrap_err(),
        str![[r#"
could not read row 2 of the history table enamel_schema_history: its sha256 is abc
hint: when you know at which revision the database is, run `cargo enamel stamp --revision N`
"#]],
    );
}

#[test]
fn of_files_that_cannot_be_read() {
    let place = Place::new("files");
    let mut connection = place.open();
    let upgrade =
        |connection: &mut _, text: &str| Project::new().with("first", text, "").upgrade(connection).unwrap_err();
    says(
        upgrade(&mut connection, "CREATE TABLE x (id);\0\n"),
        str![[r#"
could not read migrations/V0001__first.sql: it holds a NUL character
hint: save it as UTF-8, and run `cargo enamel seal`
"#]],
    );
    says(
        upgrade(&mut connection, "-- enamel: no-transactoin\nCREATE TABLE x (id);\n"),
        str![[r#"
could not read migrations/V0001__first.sql:1: `no-transactoin` is not a directive; there are no-transaction, rebuild TABLE, keeps-old-code, breaks-old-code, rename …, backfill …, convert …, drop …, allow HAZARD, and above a `SELECT`, must be empty: …
hint: correct the line, and run `cargo enamel seal`
"#]],
    );
    says(
        upgrade(&mut connection, "CREATE TABLE x (id);\nCOMMIT;\n"),
        str![[r#"
could not run migrations/V0001__first.sql:2: COMMIT: enamel commits a revision and its history row together; leave it out
hint: correct the file, and run `cargo enamel seal`
"#]],
    );
    says(
        upgrade(&mut connection, "CREATE TABLE x (id);\nVACUUM;\n"),
        str![[r#"
could not run migrations/V0001__first.sql:2: VACUUM: it cannot run inside a transaction; write `-- enamel: no-transaction` at the top of the file
hint: correct the file, and run `cargo enamel seal`
"#]],
    );
}

#[test]
fn of_a_database_that_may_not_be_written() {
    let place = Place::new("read-only");
    let project = Project::new().with_tables(1);
    place.open().execute_batch("CREATE TABLE other (id)").unwrap();
    let flags = enamel_runtime::rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let mut connection = enamel_runtime::rusqlite::Connection::open_with_flags(place.database(), flags).unwrap();
    says(
        project.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not make the history table: attempt to write a readonly database
hint: look whether the database may be written: its file and folder, or its server's settings
"#]],
    );
}

#[test]
fn a_hint_stands_on_its_own() {
    let error = Project::new().with_tables(2).launch(|launch| {
        launch.target(Target::Version(version(7))).upgrade(&mut Place::new("hint").open()).unwrap_err()
    });
    assert_eq!(error.message(), "could not find revision 0007: the revisions go up to 0002");
    assert_eq!(error.hint().as_deref(), Some("`cargo enamel history` lists them"));
    assert_eq!(format!("{error:?}"), error.to_string());
}
