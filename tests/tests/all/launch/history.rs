//! Histories that are not those of the revisions.

use super::project::{Place, Project, cell, history, version};
use enamel_runtime::Error;
use enamel_runtime::upgrade::{Standing, Text, WhenNewer};
use snapbox::str;

fn says(error: Error, expected: impl snapbox::IntoData) {
    snapbox::assert_data_eq!(error.to_string(), expected);
}

#[test]
fn an_edited_revision_is_refused_unless_it_is_accepted() {
    let folder = Place::new("edited");
    let mut connection = folder.open();
    let project = Project::new().with_tables(3);
    project.upgrade(&mut connection).unwrap();
    let text = "CREATE TABLE t0001 (id INTEGER PRIMARY KEY, name TEXT);\n";
    says(
        project.clone().edited(2, text, false).upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not match the database's history with the revisions
  migrations/V0002__t0001.sql was edited after the database had applied it
hint: bring the former text back, or accept the new one for databases that applied the former: `cargo enamel seal`
"#]],
    );
    says(
        project.clone().edited(3, text, false).upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not match the database's history with the revisions
  migrations/V0003__t0002.sql was edited after the database had applied it
hint: bring the former text back, or take the new one: `cargo enamel seal`, or on your own database `cargo enamel upgrade --redo`
"#]],
    );
    let accepted = project.edited(2, text, true);
    assert_eq!(accepted.upgrade(&mut connection).unwrap().done.len(), 0);
    let state = accepted.launch(|launch| launch.state(&mut connection)).unwrap();
    assert_eq!(state.standing, Standing::AtHead);
    assert_eq!(state.applied[1].text, Text::Accepted);
}

#[test]
fn a_revision_that_went_missing_is_named() {
    let folder = Place::new("missing");
    let mut connection = folder.open();
    let project = Project::new().with_tables(3);
    project.upgrade(&mut connection).unwrap();
    says(
        project.without(2).upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not match the database's history with the revisions
  the database has applied 0002 t0001, which is not among the revisions
hint: bring the file back from version control; `cargo enamel history` shows what is applied
"#]],
    );
}

#[test]
fn a_revision_that_came_in_below_is_named() {
    let folder = Place::new("out-of-order");
    let mut connection = folder.open();
    let project = Project::new().with_tables(3);
    project.clone().without(2).upgrade(&mut connection).unwrap();
    says(
        project.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not match the database's history with the revisions
  migrations/V0002__t0001.sql is not applied, but the database is at 0003 already
hint: put it above what is applied: `cargo enamel rebase`; or on your own database `cargo enamel downgrade` below it and `cargo enamel upgrade`
"#]],
    );
}

#[test]
fn the_history_of_another_package_is_refused() {
    let folder = Place::new("other-package");
    let mut connection = folder.open();
    let mut other = Project::new().with("accounts", "CREATE TABLE accounts (id);\n", "DROP TABLE accounts;\n");
    other.package = "billing".to_owned();
    other.upgrade(&mut connection).unwrap();
    let project = Project::new().with_tables(2);
    says(
        project.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not match the database's history with the revisions
  the history was written by package billing, these revisions belong to bookshop
hint: give each package a history table of its own: `history = "…"` in [package.metadata.enamel]
"#]],
    );
    assert!(project.launch(|launch| launch.stamp(&mut connection, version(2))).is_err());
    assert!(project.launch(|launch| launch.downgrade(&mut connection, version(0))).is_err());
    other.package = "accounting".to_owned();
    assert_eq!(other.upgrade(&mut connection).unwrap().done.len(), 0, "a package that was renamed is the same");
}

#[test]
fn an_older_program_starts_when_the_newer_revisions_keep_it_working() {
    let folder = Place::new("newer");
    let mut connection = folder.open();
    let project = Project::new().with_tables(1).with(
        "add",
        "-- enamel: keeps-old-code\nALTER TABLE t0000 ADD COLUMN age INTEGER;\n",
        "ALTER TABLE t0000 DROP COLUMN age;\n",
    );
    let older = project.clone().without_newest(1);
    project.upgrade(&mut connection).unwrap();
    assert_eq!(older.upgrade(&mut connection).unwrap().to, version(2));
    let refuse = older.launch(|launch| launch.when_newer(WhenNewer::Refuse).upgrade(&mut connection));
    assert!(matches!(refuse, Err(Error::Newer { .. })));
    let breaks = project.with("drop", "ALTER TABLE t0000 DROP COLUMN name;\n", "");
    breaks.upgrade(&mut connection).unwrap();
    says(
        older.upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not use the database: it is at 0003, this program knows revisions up to 0001, and 0003 drop does not keep older programs working
hint: start the newer program, or take the database down with it: `cargo enamel downgrade --revision 0001`
"#]],
    );
    let accept = older.launch(|launch| launch.when_newer(WhenNewer::Accept).upgrade(&mut connection));
    assert_eq!(accept.unwrap().to, version(3));
    let state = older.launch(|launch| launch.state(&mut connection)).unwrap();
    assert_eq!(state.standing, Standing::Ahead { works: false });
}

#[test]
fn hostile_rows_are_errors_and_a_stamp_mends_them() {
    for (index, (damage, words)) in [
        ("UPDATE enamel_schema_history SET version = 'seven' WHERE version = 1", "its version is seven"),
        ("UPDATE enamel_schema_history SET version = NULL WHERE version = 1", "its version is NULL"),
        ("UPDATE enamel_schema_history SET version = -1 WHERE version = 1", "its version is -1"),
        ("UPDATE enamel_schema_history SET version = 99999999999999999999 WHERE version = 1", "its version is"),
        ("UPDATE enamel_schema_history SET version = x'00ff' WHERE version = 1", "its version is X'00FF'"),
        ("UPDATE enamel_schema_history SET sha256 = NULL WHERE version = 1", "its sha256 is NULL"),
        (
            "UPDATE enamel_schema_history SET sha256 = 'ü' || char(0, 10) || 'x' WHERE version = 2",
            "its sha256 is ü\\0\\nx",
        ),
        ("UPDATE enamel_schema_history SET sha256 = hex(zeroblob(1000000)) WHERE version = 2", "its sha256 is 0000"),
        ("INSERT INTO enamel_schema_history (name) VALUES (NULL), ('x')", "its version is NULL"),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = Place::new(&format!("hostile-{index}"));
        let mut connection = folder.open();
        let project = Project::new().with_tables(2);
        project.upgrade(&mut connection).unwrap();
        connection.execute_batch(damage).unwrap();
        let error = project.clone().with("more", "SELECT 1;\n", "").upgrade(&mut connection).unwrap_err();
        assert!(matches!(error, Error::UnreadableHistory { .. }), "{damage}: {error}");
        assert!(error.to_string().contains(words), "{damage}: {error}");
        assert!(error.to_string().len() < 500);
        assert!(project.launch(|launch| launch.state(&mut connection)).is_err());
        project.launch(|launch| launch.stamp(&mut connection, version(2))).unwrap();
        assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 0);
    }
}

#[test]
fn rows_whose_other_cells_are_odd_are_only_shown() {
    let folder = Place::new("odd");
    let mut connection = folder.open();
    let project = Project::new().with_tables(2);
    project.upgrade(&mut connection).unwrap();
    connection
        .execute_batch("UPDATE enamel_schema_history SET name = NULL, applied_on = 'yesterday', checksum = 'none', keeps_old_code = 'maybe'")
        .unwrap();
    let project = project.with("third", "CREATE TABLE third (id);\n", "");
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 1);
    let state = project.launch(|launch| launch.state(&mut connection)).unwrap();
    assert_eq!(state.applied[0].applied_on, "yesterday");
}

#[test]
fn the_table_of_another_tool_is_left_alone() {
    let folder = Place::new("not-ours");
    let mut connection = folder.open();
    connection
        .execute_batch("CREATE TABLE enamel_schema_history (version int4 PRIMARY KEY, name, applied_on, checksum)")
        .unwrap();
    says(
        Project::new().with_tables(1).upgrade(&mut connection).unwrap_err(),
        str![[r#"
could not use the history table enamel_schema_history: it has no column sha256, so it is not one of enamel's
hint: choose another name with `history = "…"` in [package.metadata.enamel]
"#]],
    );
    assert_eq!(cell(&connection, "SELECT count(*) FROM enamel_schema_history"), "0");
    assert_eq!(history(&connection), [""; 0]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever stands in the history, it is an answer or an error.
    #[test]
    fn no_row_makes_it_panic(cells in proptest::collection::vec(".{0,40}|-?[0-9]{1,20}", 10)) {
        let mut connection = enamel_runtime::rusqlite::Connection::open_in_memory().unwrap();
        let project = Project::new().with_tables(2);
        project.clone().without_newest(1).upgrade(&mut connection).unwrap();
        let values: Vec<&dyn enamel_runtime::rusqlite::ToSql> = cells.iter().map(|cell| cell as _).collect();
        let insert = "INSERT OR REPLACE INTO enamel_schema_history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        connection.execute(insert, values.as_slice()).unwrap();
        let state = project.launch(|launch| launch.state(&mut connection));
        let upgrade = project.upgrade(&mut connection);
        proptest::prop_assert!(state.is_ok() || upgrade.is_err());
        proptest::prop_assert!(project.launch(|launch| launch.stamp(&mut connection, version(1))).is_ok() || upgrade.is_err());
    }
}
