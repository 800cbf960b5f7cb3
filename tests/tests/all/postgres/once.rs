//! Each revision once, however many launch.

use super::{cell, cells, history, project};
use enamel_tests::server::Database;
use std::sync::Barrier;

#[test]
fn sixteen_launches_at_once_apply_each_revision_once() {
    let Some(database) = Database::new() else { return };
    let project = project().with_tables(100);
    let together = Barrier::new(16);
    let applied: usize = std::thread::scope(|scope| {
        let launches: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    let mut client = database.connect();
                    together.wait();
                    project.upgrade(&mut client).unwrap().done.len()
                })
            })
            .collect();
        launches.into_iter().map(|launch| launch.join().unwrap()).sum()
    });
    assert_eq!(applied, 100);
    let mut client = database.connect();
    assert_eq!(history(&mut client).len(), 100);
    let twice = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE 't0%' \
                 AND query_to_xml('SELECT count(*) AS n FROM ' || relname, false, true, '')::text NOT LIKE '%<n>1</n>%'";
    assert_eq!(cell(&mut client, twice), "0");
}

#[test]
fn histories_of_two_packages_do_not_wait_for_each_other() {
    let Some(database) = Database::new() else { return };
    let mut first = database.connect();
    let mut second = database.connect();
    second.batch_execute("CREATE SCHEMA other; SET search_path = other").unwrap();
    // The first is in the middle of a revision when the second launches.
    let mut observer = |event: &enamel_runtime::upgrade::Event<'_>| {
        if matches!(event, enamel_runtime::upgrade::Event::Statement { .. }) {
            project().with("b", "CREATE TABLE b (id int);\n", "").upgrade(&mut second).unwrap();
        }
    };
    let project = project().with("a", "CREATE TABLE a (id int);\n", "");
    project.launch(|launch| launch.observer(&mut observer).upgrade(&mut first)).unwrap();
    assert_eq!(
        cells(&mut first, "SELECT tablename FROM pg_tables WHERE schemaname = 'other' ORDER BY 1"),
        ["b", "enamel_schema_history"]
    );
}
