//! Revisions outside a transaction.

use super::project::{Place, Project, cell, cells, history, version};
use enamel_runtime::Error;
use enamel_runtime::upgrade::Event;
use snapbox::str;
use std::sync::Barrier;
use std::time::Duration;

const COMPACT: &str = "-- enamel: no-transaction
INSERT INTO t0000 (name) VALUES ('first');
VACUUM;
INSERT INTO t0000 (name) VALUES ('second');
";

fn project() -> Project {
    Project::new().with_tables(1).with("compact", COMPACT, "").with(
        "after",
        "CREATE TABLE after (id);\n",
        "DROP TABLE after;\n",
    )
}

fn names(connection: &enamel_runtime::rusqlite::Connection) -> Vec<String> {
    cells(connection, "SELECT name FROM t0000")
}

#[test]
fn it_runs_once_and_leaves_no_claim() {
    let place = Place::new("alone");
    let mut connection = place.open();
    assert_eq!(project().upgrade(&mut connection).unwrap().done.len(), 3);
    assert_eq!(names(&connection), ["once", "first", "second"]);
    assert_eq!(cell(&connection, "SELECT count(*) FROM sqlite_master WHERE name LIKE '%claim'"), "0");
}

#[test]
fn many_launches_run_it_once() {
    let place = Place::new("alone-many");
    let together = Barrier::new(8);
    let project = project();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut connection = place.open();
                together.wait();
                project.upgrade(&mut connection).unwrap();
            });
        }
    });
    let connection = place.open();
    assert_eq!(names(&connection), ["once", "first", "second"]);
    assert_eq!(history(&connection), ["1", "2", "3"]);
}

#[test]
fn a_statement_that_fails_says_how_far_it_came_and_the_next_launch_goes_on_there() {
    let place = Place::new("alone-fails");
    let mut connection = place.open();
    let text = COMPACT.replace("VACUUM;", "INSERT INTO later VALUES (1);");
    let project = Project::new().with_tables(1).with("compact", &text, "");
    let error = project.upgrade(&mut connection).unwrap_err();
    snapbox::assert_data_eq!(
        error.to_string(),
        str![[r#"
could not run migrations/V0002__compact.sql:3: no such table: later; 1 of its 3 statements have taken effect
  INSERT INTO later VALUES (1)
hint: correct the rows and run it again; or correct the file, and run `cargo enamel seal`
"#]]
    );
    assert_eq!(names(&connection), ["once", "first"]);
    let state = project.launch(|launch| launch.state(&mut connection)).unwrap();
    let begun = state.in_hand.unwrap();
    assert_eq!((begun.version.number(), begun.done, begun.holder), (2, 1, None));
    let edited = project.clone().edited(2, &text.replace("later", "t0000"), false);
    snapbox::assert_data_eq!(
        edited.upgrade(&mut connection).unwrap_err().to_string(),
        str![[r#"
could not go on: revision 0002 was interrupted after 1 of its statements, and its file was edited since or is not next
hint: upgrade with the former file; or undo by hand what it did, and run `cargo enamel stamp`
"#]]
    );
    connection.execute_batch("CREATE TABLE later (id)").unwrap();
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 1);
    assert_eq!(names(&connection), ["once", "first", "second"]);
}

#[test]
fn a_launch_that_panics_in_the_middle_gives_its_claim_back() {
    let place = Place::new("alone-panics");
    let mut connection = place.open();
    let project = project();
    let mut observer = |event: &Event<'_>| {
        assert!(!matches!(event, Event::Statement { number: 3, of: 3, .. }), "not this one");
    };
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        project.launch(|launch| launch.observer(&mut observer).upgrade(&mut connection))
    }));
    assert!(panicked.is_err());
    assert_eq!(names(&connection), ["once", "first"]);
    project.upgrade(&mut place.open()).unwrap();
    assert_eq!(names(&connection), ["once", "first", "second"]);
}

#[test]
fn a_claim_that_is_alive_is_waited_for_by_every_move() {
    let place = Place::new("alone-alive");
    let mut connection = place.open();
    let project = project();
    project
        .launch(|launch| launch.target(enamel_runtime::Target::Version(version(1))).upgrade(&mut connection))
        .unwrap();
    connection
        .execute_batch(
            "CREATE TABLE enamel_schema_history_claim (version, sha256, token, holder, expires, done, started, role);
             INSERT INTO enamel_schema_history_claim
             VALUES (2, 'x', 'y', 'bookshop, process 7', CAST(strftime('%s', 'now') AS INTEGER) + 60, 0, 0, NULL)",
        )
        .unwrap();
    let soon = Duration::from_millis(100);
    let upgrade = project.launch(|launch| launch.lock_timeout(soon).upgrade(&mut connection)).unwrap_err();
    snapbox::assert_data_eq!(
        upgrade.to_string(),
        str![[r#"
could not lock the database: bookshop, process 7 has kept it for 0.1s
hint: end the program that does, or wait longer with `lock_timeout`
"#]]
    );
    let down = project.launch(|launch| launch.lock_timeout(soon).downgrade(&mut connection, version(0)));
    assert!(matches!(down, Err(Error::Locked { .. })));
    connection.execute_batch("UPDATE enamel_schema_history_claim SET expires = 0, done = 'many'").unwrap();
    // A claim that nobody can have written is none.
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 2);
}

#[test]
fn a_stamp_ends_what_was_interrupted() {
    let place = Place::new("alone-stamp");
    let mut connection = place.open();
    let text = COMPACT.replace("VACUUM;", "INSERT INTO later VALUES (1);");
    let project = Project::new().with_tables(1).with("compact", &text, "");
    assert!(project.upgrade(&mut connection).is_err());
    let down = project.launch(|launch| launch.downgrade(&mut connection, version(0)));
    assert!(matches!(down, Err(Error::Interrupted { .. })));
    project.launch(|launch| launch.stamp(&mut connection, version(2))).unwrap();
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 0);
}
