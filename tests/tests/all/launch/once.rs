//! Each revision once, however many launch.

use super::counting::Counting;
use super::project::{Place, Project, cell, cells, history};
use enamel_runtime::rusqlite::Connection;
use enamel_runtime::upgrade::Event;
use std::sync::Barrier;

#[test]
fn a_new_database_gets_everything_and_then_there_is_nothing_to_do() {
    let folder = Place::new("everything");
    let project = Project::new().with_tables(3);
    let mut connection = folder.open();
    let report = project.upgrade(&mut connection).unwrap();
    assert_eq!((report.from.number(), report.to.number(), report.done.len()), (0, 3, 3));
    assert_eq!(history(&connection), ["1", "2", "3"]);
    let again = project.upgrade(&mut connection).unwrap();
    assert_eq!(again.to_string(), "nothing to do, the database is at 0003");
    assert_eq!(cell(&connection, "SELECT count(*) FROM t0002"), "1");
}

#[test]
fn with_nothing_to_do_one_select_is_sent() {
    let folder = Place::new("one-select");
    let project = Project::new().with_tables(2);
    project.upgrade(&mut folder.open()).unwrap();
    let read_only = enamel_runtime::rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let mut connection = Counting::new(Connection::open_with_flags(folder.database(), read_only).unwrap());
    project.lend(|migrations| migrations.upgrade(&mut connection)).unwrap();
    assert_eq!(
        connection.sent,
        ["SELECT version, chain FROM main.\"enamel_schema_history\" ORDER BY version DESC LIMIT 1"]
    );
}

#[test]
fn sixteen_launches_at_once_apply_each_revision_once() {
    for (test, journal) in [("sixteen-delete", "DELETE"), ("sixteen-wal", "WAL")] {
        let folder = Place::new(test);
        folder.open().pragma_update(None, "journal_mode", journal).unwrap();
        let project = Project::new().with_tables(100);
        let together = Barrier::new(16);
        let applied: usize = std::thread::scope(|scope| {
            let launches: Vec<_> = (0..16)
                .map(|_| {
                    scope.spawn(|| {
                        let mut connection = folder.open();
                        together.wait();
                        project.upgrade(&mut connection).unwrap().done.len()
                    })
                })
                .collect();
            launches.into_iter().map(|launch| launch.join().unwrap()).sum()
        });
        assert_eq!(applied, 100, "{journal}");
        let connection = folder.open();
        assert_eq!(history(&connection).len(), 100);
        assert_eq!(cell(&connection, "SELECT count(*) FROM t0099"), "1");
    }
}

#[test]
fn a_launch_that_panics_leaves_nothing() {
    let folder = Place::new("panics");
    let project = Project::new().with_tables(5);
    let mut connection = folder.open();
    let mut finished = 0;
    let mut observer = |event: &Event<'_>| {
        if matches!(event, Event::Finished { .. }) {
            finished += 1;
            assert!(finished < 3, "the third is one too many");
        }
    };
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        project.launch(|launch| launch.observer(&mut observer).upgrade(&mut connection))
    }));
    assert!(panicked.is_err());
    assert!(connection.is_autocommit());
    assert_eq!(cells(&connection, "SELECT name FROM sqlite_master"), [""; 0]);
    assert_eq!(cell(&connection, "PRAGMA busy_timeout"), "5000");
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 5);
}

#[test]
fn a_reader_holds_the_commit_up_and_it_is_tried_again() {
    let folder = Place::new("reader");
    let project = Project::new().with_tables(2);
    folder.open().execute_batch("CREATE TABLE other (id); INSERT INTO other VALUES (1), (2)").unwrap();
    let reader = folder.open();
    reader.execute_batch("BEGIN; SELECT * FROM other").unwrap();
    let mut waited = 0;
    let mut connection = folder.open();
    let mut observer = move |event: &Event<'_>| {
        if matches!(event, Event::Waiting { .. }) {
            waited += 1;
            if waited == 3 {
                reader.execute_batch("COMMIT").unwrap();
            }
        }
    };
    let report = project.launch(|launch| launch.observer(&mut observer).upgrade(&mut connection)).unwrap();
    assert_eq!(report.done.len(), 2);
}

#[test]
fn the_flags_of_the_connection_are_given_back() {
    for keys in ["0", "1"] {
        let folder = Place::new(&format!("flags-{keys}"));
        let mut connection = folder.open();
        connection.execute_batch(&format!("PRAGMA foreign_keys = {keys}; PRAGMA busy_timeout = 1234")).unwrap();
        Project::new().with_tables(1).upgrade(&mut connection).unwrap();
        assert_eq!(cell(&connection, "PRAGMA foreign_keys"), keys);
        assert_eq!(cell(&connection, "PRAGMA busy_timeout"), "1234");
        assert_eq!(cell(&connection, "PRAGMA legacy_alter_table"), "0");
    }
}
