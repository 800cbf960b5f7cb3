//! The time that an upgrade may take, and for whom it waits.

use super::{history, project};
use enamel_runtime::Error;
use enamel_runtime::upgrade::Event;
use enamel_tests::server::Database;
use std::time::Duration;

#[test]
fn when_the_time_is_over_it_stops_between_revisions() {
    let Some(database) = Database::new() else { return };
    let project = project()
        .with_tables(2)
        .with("compact", "-- enamel: no-transaction\nVACUUM t0000;\nVACUUM t0001;\n", "")
        .with("last", "CREATE TABLE last (id int);\n", "");
    let mut client = database.connect();
    for (done, next) in [(1, "0002 t0001"), (2, "0003 compact"), (3, "0004 last")] {
        let error = project.launch(|launch| launch.time_budget(Duration::ZERO).upgrade(&mut client)).unwrap_err();
        let expected = format!(
            "the database is at 000{done}, and {} left, {next} next",
            if done == 3 { "1 revision is".to_owned() } else { format!("{} revisions are", 4 - done) }
        );
        assert!(matches!(error, Error::OutOfTime { .. }) && error.to_string().contains(&expected), "{error}");
        assert_eq!(history(&mut client).len(), done);
    }
    assert_eq!(project.launch(|launch| launch.time_budget(Duration::ZERO).upgrade(&mut client)).unwrap().done.len(), 1);
}

#[test]
fn an_observer_is_told_for_whom_it_waits() {
    let Some(database) = Database::new() else { return };
    let project = project().with_tables(1).with("age", "ALTER TABLE t0000 ADD COLUMN age integer;\n", "");
    let waits = |observer: &mut dyn enamel_runtime::Observer| {
        let short = Duration::from_millis(20);
        project.launch(|launch| {
            launch.lock_timeout(short).table_lock(short, short).observer(observer).upgrade(&mut database.connect())
        })
    };
    let mut holders = Vec::new();
    let mut watch = |event: &Event<'_>| {
        if let Event::Waiting { holder, .. } = event {
            holders.push(holder.map(str::to_owned));
        }
    };

    // Another launch, in the middle of a revision.
    let mut other = |event: &Event<'_>| {
        if matches!(event, Event::Started { number: 1, of: 1, .. }) {
            assert!(matches!(waits(&mut watch), Err(Error::Locked { .. })));
        }
    };
    let mut client = database.connect_as("the other");
    project
        .launch(|launch| launch.target(enamel_runtime::Target::Plus(1)).observer(&mut other).upgrade(&mut client))
        .unwrap();

    // Somebody who has a table to himself.
    client.batch_execute("BEGIN; LOCK TABLE t0000").unwrap();
    assert!(matches!(waits(&mut watch), Err(Error::Revision(_))));
    let named = |holder: &Option<String>, words: &str| holder.as_ref().is_some_and(|holder| holder.contains(words));
    assert!(holders.first().is_some_and(|holder| named(holder, "(the other)")), "{holders:?}");
    assert!(
        holders.last().is_some_and(|holder| named(holder, "(the other) holds t0000, by: BEGIN; LOCK TABLE t0000")),
        "{holders:?}"
    );
}
