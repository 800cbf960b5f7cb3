//! Down, again, and recorded without being run.

use super::project::{Place, Project, cells, history, version};
use enamel_runtime::upgrade::Standing;
use enamel_runtime::{Error, Target, Version};
use snapbox::str;

fn tables(connection: &enamel_runtime::rusqlite::Connection) -> Vec<String> {
    cells(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 't%' ORDER BY name")
}

#[test]
fn an_upgrade_goes_as_far_as_it_is_told() {
    let folder = Place::new("target");
    let mut connection = folder.open();
    let project = Project::new().with_tables(5);
    let to = |connection: &mut _, target| project.launch(|launch| launch.target(target).upgrade(connection));
    assert_eq!(to(&mut connection, Target::Version(version(2))).unwrap().to, version(2));
    assert_eq!(to(&mut connection, Target::Version(version(1))).unwrap().to, version(2));
    assert_eq!(to(&mut connection, Target::Plus(1)).unwrap().to, version(3));
    assert!(matches!(to(&mut connection, Target::Plus(3)), Err(Error::UnknownTarget { .. })));
    assert!(matches!(to(&mut connection, Target::Version(version(9))), Err(Error::UnknownTarget { .. })));
    let plan = project.launch(|launch| launch.dry_run().upgrade(&mut connection)).unwrap();
    assert_eq!(plan.to_string(), "would upgrade from 0003 to 0005: 2 revisions");
    assert_eq!(tables(&connection), ["t0000", "t0001", "t0002"]);
    assert_eq!(to(&mut connection, Target::Head).unwrap().to, version(5));
}

#[test]
fn a_downgrade_undoes_and_forgets() {
    let folder = Place::new("downgrade");
    let mut connection = folder.open();
    let project = Project::new().with_tables(4);
    project.upgrade(&mut connection).unwrap();
    let down = |project: &Project, connection: &mut _, to| project.launch(|launch| launch.downgrade(connection, to));
    let report = down(&project, &mut connection, version(2)).unwrap();
    assert_eq!((report.from, report.to, report.done.len()), (version(4), version(2), 2));
    assert_eq!(history(&connection), ["1", "2"]);
    assert_eq!(tables(&connection), ["t0000", "t0001"]);
    // What the program has no file for is taken down by the text that the history keeps.
    let older = project.clone().without_newest(3);
    assert_eq!(down(&older, &mut connection, version(1)).unwrap().done.len(), 1);
    assert!(matches!(down(&project, &mut connection, version(3)), Err(Error::NotApplied { .. })));
    down(&project, &mut connection, Version::BASE).unwrap();
    assert_eq!(history(&connection), [""; 0]);
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 4);
}

#[test]
fn without_a_way_back_nothing_runs() {
    let folder = Place::new("no-way-back");
    let mut connection = folder.open();
    let project = Project::new().with("one_way", "CREATE TABLE kept (id);\n", "").with_tables(1);
    project.upgrade(&mut connection).unwrap();
    let error = project.launch(|launch| launch.downgrade(&mut connection, Version::BASE)).unwrap_err();
    snapbox::assert_data_eq!(
        error.to_string(),
        str![[r#"
could not downgrade: revision 0001 one_way has no way back; nothing was changed
hint: write V0001__one_way.down.sql and run `cargo enamel seal`
"#]]
    );
    assert_eq!(history(&connection), ["1", "2"]);
}

#[test]
fn a_stamp_goes_forward_back_and_to_base_and_upgrades_go_on_from_there() {
    let folder = Place::new("stamp");
    let mut connection = folder.open();
    let project = Project::new().with_tables(4);
    let stamp = |connection: &mut _, to| project.launch(|launch| launch.stamp(connection, to)).unwrap();
    assert_eq!(stamp(&mut connection, version(3)).to_string(), "stamped from base to 0003");
    assert_eq!(history(&connection), ["1", "2", "3"]);
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 1);
    assert_eq!(tables(&connection), ["t0003"]);
    stamp(&mut connection, version(1));
    assert_eq!(history(&connection), ["1"]);
    stamp(&mut connection, version(4));
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 0);
    assert_eq!(stamp(&mut connection, Version::BASE).to_string(), "stamped from 0004 to base");
    let state = project.launch(|launch| launch.state(&mut connection)).unwrap();
    assert_eq!(state.standing, Standing::Empty);
    connection.execute_batch("DROP TABLE t0003").unwrap();
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 4);
}

#[test]
fn a_stamp_takes_an_edited_history_as_it_is() {
    let folder = Place::new("stamp-edited");
    let mut connection = folder.open();
    let project = Project::new().with_tables(2);
    project.upgrade(&mut connection).unwrap();
    let edited = project.edited(1, "CREATE TABLE other (id);\n", false);
    assert!(edited.upgrade(&mut connection).is_err());
    edited.launch(|launch| launch.stamp(&mut connection, version(2))).unwrap();
    assert_eq!(edited.upgrade(&mut connection).unwrap().done.len(), 0);
}

#[test]
fn an_edited_head_is_done_again() {
    let folder = Place::new("redo");
    let mut connection = folder.open();
    let project = Project::new().with_tables(2);
    project.upgrade(&mut connection).unwrap();
    let edited = project.edited(2, "CREATE TABLE t0001 (id INTEGER PRIMARY KEY, title TEXT);\n", false);
    let report = edited.launch(|launch| launch.redo(&mut connection)).unwrap();
    assert_eq!(report.done.len(), 2);
    assert_eq!(cells(&connection, "SELECT name FROM pragma_table_info('t0001')"), ["id", "title"]);
    assert_eq!(edited.upgrade(&mut connection).unwrap().done.len(), 0);
}

#[test]
fn the_state_is_told_in_words() {
    let folder = Place::new("state");
    let mut connection = folder.open();
    let project = Project::new().with_tables(3);
    let says =
        |project: &Project, connection: &mut _| project.launch(|launch| launch.state(connection)).unwrap().to_string();
    assert_eq!(says(&project, &mut connection), "no history yet, 3 revisions pending, head is 0003");
    project.clone().without_newest(1).upgrade(&mut connection).unwrap();
    assert_eq!(says(&project, &mut connection), "at 0002, 1 revision pending, head is 0003");
    project.upgrade(&mut connection).unwrap();
    assert_eq!(says(&project, &mut connection), "at 0003, which is head");
    let older = project.clone().without_newest(2);
    assert_eq!(says(&older, &mut connection), "at 0003, newer than head 0001, which does not work with it");
    let edited = project.edited(2, "SELECT 1;\n", false);
    snapbox::assert_data_eq!(
        says(&edited, &mut connection),
        str![[r#"
at 0003, head is 0003, and the history differs from the revisions: 1 problem
  migrations/V0002__t0001.sql was edited after the database had applied it
"#]]
    );
}
