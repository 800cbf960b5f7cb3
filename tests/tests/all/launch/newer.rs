//! An older program on a newer database, and what a readiness probe is told.

use super::counting::Counting;
use super::project::{Place, Project, cells, version};
use enamel_runtime::connection::block_on;
use enamel_runtime::rusqlite::{Connection, OpenFlags};
use enamel_runtime::upgrade::WhenNewer;
use enamel_runtime::{Error, Target};
use std::time::Duration;

/// Four revisions: what the second and third do keeps older programs working, and the fourth says nothing about it.
fn project() -> Project {
    Project::new()
        .with_tables(1)
        .with("age", "-- enamel: keeps-old-code\nALTER TABLE t0000 ADD COLUMN age INTEGER;\n", "")
        .with("notes", "-- enamel: keeps-old-code\nCREATE TABLE notes (id);\n", "")
        .with("no_name", "ALTER TABLE t0000 DROP COLUMN name;\n", "")
}

/// A connection that cannot write.
fn read_only(place: &Place) -> Connection {
    Connection::open_with_flags(place.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

#[test]
fn two_selects_are_all_that_an_older_program_needs() {
    let place = Place::new("newer-select");
    let (newer, older) = (project().without_newest(1), project().without_newest(3));
    newer.upgrade(&mut place.open()).unwrap();
    let other = place.open();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut connection = Counting::new(read_only(&place));
    let report = older.launch(|launch| launch.lock_timeout(Duration::ZERO).upgrade(&mut connection)).unwrap();
    assert_eq!(report.to_string(), "nothing to do, the database is at 0003");
    let sent = connection.take();
    assert_eq!(
        sent,
        [
            "SELECT version, chain FROM main.\"enamel_schema_history\" ORDER BY version DESC LIMIT 1",
            "SELECT version, chain, keeps_old_code FROM main.\"enamel_schema_history\" WHERE version >= 1 ORDER BY version"
        ]
    );
    assert!(older.lend(|migrations| migrations.is_current(&mut connection)).unwrap());
    assert_eq!(connection.take(), sent);
}

#[test]
fn the_first_revision_that_breaks_older_programs_is_named() {
    let place = Place::new("newer-first");
    let newer = project().with("yes", "-- enamel: keeps-old-code\nSELECT 1;\n", "").with("no", "SELECT 1;\n", "");
    newer.upgrade(&mut place.open()).unwrap();
    for older in [project().without_newest(3), project().without_newest(1)] {
        let error = older.upgrade(&mut read_only(&place)).unwrap_err();
        assert!(error.to_string().contains("and 0004 no_name does not keep older programs working"), "{error}");
        let error = older.lend(|migrations| migrations.is_current(&mut read_only(&place))).unwrap_err();
        assert!(matches!(error, Error::Newer { .. }), "{error}");
        let accept =
            |launch: enamel_runtime::Launch<'_>| launch.when_newer(WhenNewer::Accept).upgrade(&mut read_only(&place));
        assert_eq!(older.launch(accept).unwrap().to, version(6));
    }
    let error = project().upgrade(&mut read_only(&place)).unwrap_err();
    assert!(error.to_string().contains("and 0006 no does not keep"), "{error}");
}

/// That every row below is the program's own is known by the chain of its newest.
#[test]
fn a_newer_database_of_another_line_is_looked_at_closer() {
    let place = Place::new("newer-other");
    let other = Project::new().with("other", "CREATE TABLE other (id);\n", "").with(
        "age",
        "-- enamel: keeps-old-code\nALTER TABLE other ADD COLUMN age INTEGER;\n",
        "",
    );
    other.upgrade(&mut place.open()).unwrap();
    let older = project().without_newest(3);
    assert!(matches!(older.upgrade(&mut place.open()), Err(Error::History { .. })));
    assert!(matches!(older.lend(|migrations| migrations.is_current(&mut place.open())), Err(Error::History { .. })));
}

#[test]
fn every_way_into_the_history_says_whether_older_programs_go_on() {
    const WORDS: &str = "SELECT keeps_old_code FROM enamel_schema_history ORDER BY version";
    let (upgraded, stamped) = (Place::new("newer-upgrade"), Place::new("newer-stamp"));
    let project = project();
    project.upgrade(&mut upgraded.open()).unwrap();
    assert_eq!(cells(&upgraded.open(), WORDS), ["0", "1", "1", "0"]);
    project.launch(|launch| launch.stamp(&mut stamped.open(), version(4))).unwrap();
    assert_eq!(cells(&stamped.open(), WORDS), ["0", "1", "1", "0"]);
    // The script is tried in `script.rs`, with the database's shell.

    // What was sealed with another word is not what the database recorded; a stamp records it.
    let text = "-- enamel: breaks-old-code\nCREATE TABLE notes (id);\n";
    let edited = project.edited(3, text, true);
    assert_eq!(edited.upgrade(&mut upgraded.open()).unwrap().done.len(), 0);
    assert_eq!(cells(&upgraded.open(), WORDS), ["0", "1", "1", "0"]);
    edited.launch(|launch| launch.stamp(&mut upgraded.open(), version(4))).unwrap();
    assert_eq!(cells(&upgraded.open(), WORDS), ["0", "1", "0", "0"]);
    assert_eq!(edited.upgrade(&mut upgraded.open()).unwrap().done.len(), 0);
}

#[test]
fn a_readiness_probe_asks_once() {
    let place = Place::new("current");
    let project = project();
    let is_current = |project: &Project, connection: &mut Counting<Connection>| {
        project.lend(|migrations| migrations.is_current(connection))
    };
    place.open().execute_batch("CREATE TABLE mine (id)").unwrap();
    let mut connection = Counting::new(read_only(&place));
    assert!(!is_current(&project, &mut connection).unwrap(), "there is no history");
    project.clone().without_newest(2).upgrade(&mut place.open()).unwrap();
    connection.take();
    assert!(!is_current(&project, &mut connection).unwrap());
    assert_eq!(connection.take().len(), 1);
    let to = |number| Target::Version(version(number));
    assert!(project.launch(|launch| launch.target(to(2)).is_current(&mut connection)).unwrap());
    assert_eq!(connection.take().len(), 1);
    project.upgrade(&mut place.open()).unwrap();
    assert!(is_current(&project, &mut connection).unwrap());
    assert_eq!(connection.take().len(), 1);
    assert!(project.lend(|migrations| block_on(migrations.is_current_async(&mut connection))).unwrap());
    assert!(project.launch(|launch| launch.target(to(2)).is_current(&mut connection)).unwrap(), "it is past that");
    let accepted = project.clone().edited(2, "ALTER TABLE t0000 ADD COLUMN age INT;\n", true);
    assert!(is_current(&accepted, &mut connection).unwrap());
    let edited = project.edited(2, "ALTER TABLE t0000 ADD COLUMN age INT;\n", false);
    assert!(matches!(is_current(&edited, &mut connection), Err(Error::History { .. })));
}

/// While another program is at it, the answer is no, at once.
#[test]
fn a_readiness_probe_does_not_wait() {
    let place = Place::new("current-locked");
    let project = project();
    project.clone().without_newest(1).upgrade(&mut place.open()).unwrap();
    let other = place.open();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut connection = read_only(&place);
    connection.busy_timeout(Duration::ZERO).unwrap();
    assert!(!project.lend(|migrations| migrations.is_current(&mut connection)).unwrap());
}
