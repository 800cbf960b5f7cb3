//! The time that an upgrade may take, and what an observer is told meanwhile.

use super::project::{Place, Project, cell, history};
use enamel_runtime::Error;
use enamel_runtime::upgrade::Event;
use snapbox::str;
use std::time::Duration;

/// Revisions of every kind: in a transaction with others, a rebuild, and outside a transaction.
fn project() -> Project {
    Project::new()
        .with_tables(2)
        .with("rebuild", "-- enamel: rebuild t0000\nCREATE TABLE other (id);\n", "")
        .with("compact", "-- enamel: no-transaction\nVACUUM;\n", "")
        .with("last", "CREATE TABLE last (id);\n", "")
}

#[test]
fn when_the_time_is_over_it_stops_between_revisions() {
    let place = Place::new("budget");
    let project = project();
    let launch = || project.launch(|launch| launch.time_budget(Duration::ZERO).upgrade(&mut place.open()));
    snapbox::assert_data_eq!(
        launch().unwrap_err().to_string(),
        str![[r#"
could not upgrade in the time given: the database is at 0001, and 4 revisions are left, 0002 t0001 next
hint: launch again, which goes on from there; or give it more time with `time_budget`
"#]]
    );
    assert_eq!(history(&place.open()), ["1"], "what is done stays, though all could have shared a transaction");
    for (done, next) in [(2, "0003 rebuild"), (3, "0004 compact"), (4, "0005 last")] {
        let error = launch().unwrap_err();
        assert!(
            matches!(&error, Error::OutOfTime { left, next: named, .. } if *left == 5 - done && named == next),
            "{error}"
        );
        assert_eq!(history(&place.open()).len(), done);
    }
    assert_eq!(launch().unwrap().done.len(), 1);
    assert_eq!(launch().unwrap().done.len(), 0);
    assert_eq!(cell(&place.open(), "SELECT count(*) FROM t0001"), "1");
    assert_eq!(cell(&place.open(), "PRAGMA foreign_keys"), "1");
}

#[test]
fn all_or_nothing_knows_no_time() {
    let place = Place::new("budget-all");
    let all = |launch: enamel_runtime::Launch<'_>| {
        launch.all_or_nothing().time_budget(Duration::ZERO).upgrade(&mut place.open())
    };
    assert_eq!(Project::new().with_tables(3).launch(all).unwrap().done.len(), 3);
}

#[test]
fn waiting_ends_with_the_time() {
    let place = Place::new("budget-waiting");
    let other = place.open();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let soon =
        |launch: enamel_runtime::Launch<'_>| launch.time_budget(Duration::from_millis(50)).upgrade(&mut place.open());
    assert!(matches!(project().launch(soon), Err(Error::Locked { .. })));
}

#[test]
fn an_observer_is_told_how_far_it_is() {
    let place = Place::new("progress");
    let mut told = Vec::new();
    let mut observer = |event: &Event<'_>| match event {
        Event::Started { version, number, of, .. } => told.push(format!("{version}: {number} of {of}")),
        Event::Statement { number, of, sql, .. } => told.push(format!("  {number} of {of}: {sql}")),
        Event::Waiting { .. } | Event::Finished { .. } | Event::Committed | _ => {}
    };
    project().launch(|launch| launch.observer(&mut observer).upgrade(&mut place.open())).unwrap();
    snapbox::assert_data_eq!(
        told.join("\n"),
        str![[r#"
0001: 1 of 5
  1 of 2: CREATE TABLE t0000 (id INTEGER PRIMARY KEY, name TEXT NOT NULL)
  2 of 2: INSERT INTO t0000 (name) VALUES ('once')
0002: 2 of 5
  1 of 2: CREATE TABLE t0001 (id INTEGER PRIMARY KEY, name TEXT NOT NULL)
  2 of 2: INSERT INTO t0001 (name) VALUES ('once')
0003: 3 of 5
  1 of 1: CREATE TABLE other (id)
0004: 4 of 5
  1 of 1: VACUUM
0005: 5 of 5
  1 of 1: CREATE TABLE last (id)
"#]]
    );
}
