//! Real processes, killed at any moment.

use super::project::{Place, Project, cells, history};
use enamel_runtime::rusqlite::Connection;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const DATABASE: &str = "ENAMEL_TEST_LAUNCH_DATABASE";
const ALONE: &str = "ENAMEL_TEST_LAUNCH_ALONE";
const TABLES: usize = 60;

fn project(alone: bool) -> Project {
    let compact = "-- enamel: no-transaction\nINSERT INTO t0000 (name) VALUES ('alone');\nVACUUM;\n";
    let project = Project::new().with_tables(1);
    let project = if alone { project.with("compact", compact, "") } else { project };
    project.with_tables(TABLES - 1)
}

/// What each process does. It is a test only so that this binary can be started for it.
#[test]
#[ignore = "it is started by the tests below"]
fn child() {
    let Some(database) = std::env::var_os(DATABASE) else { return };
    let mut connection = Connection::open(database).unwrap();
    project(std::env::var_os(ALONE).is_some()).upgrade(&mut connection).unwrap();
}

fn start(database: &Path, alone: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "launch::processes::child", "--ignored", "--quiet"]).env(DATABASE, database);
    if alone {
        command.env(ALONE, "yes");
    }
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Starts eight processes, kills four of them one after another, and looks what the others left.
fn round(test: &str, journal: &str, alone: bool, pause: Duration) {
    let place = Place::new(test);
    place.open().pragma_update(None, "journal_mode", journal).unwrap();
    let mut children: Vec<Child> = (0..8).map(|_| start(&place.database(), alone)).collect();
    for child in children.iter_mut().take(4) {
        std::thread::sleep(pause);
        child.kill().unwrap();
    }
    for output in children.into_iter().map(|child| child.wait_with_output().unwrap()).skip(4) {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let connection = place.open();
    assert_eq!(history(&connection).len(), TABLES + usize::from(alone));
    let first: &[&str] = if alone { &["once", "alone"] } else { &["once"] };
    assert_eq!(cells(&connection, "SELECT name FROM t0000"), first);
    let rows = |table: &usize| cells(&connection, &format!("SELECT name FROM t{table:04}"));
    assert_eq!((1..TABLES).find(|table| rows(table) != ["once"]), None);
    assert_eq!(cells(&connection, "PRAGMA integrity_check"), ["ok"]);
}

#[test]
fn eight_processes_apply_each_revision_once_whoever_is_killed() {
    for journal in ["DELETE", "WAL"] {
        for milliseconds in [3, 8, 15] {
            let test = format!("processes-{journal}-{milliseconds}");
            round(&test, journal, false, Duration::from_millis(milliseconds));
        }
    }
}

#[test]
fn eight_processes_go_on_where_one_was_killed_outside_a_transaction() {
    round("processes-alone", "WAL", true, Duration::from_millis(6));
}
