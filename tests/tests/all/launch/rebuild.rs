//! A table that is made anew loses nothing.

use super::project::{Place, Project, cell, cells, history};
use enamel_runtime::Error;
use snapbox::str;

pub(crate) const SHOP: &str = "\
CREATE TABLE parents (id INTEGER PRIMARY KEY, age TEXT);
CREATE INDEX ix_parents_age ON parents (age);
CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE);
CREATE VIEW ages AS SELECT age FROM parents;
CREATE TABLE notes (note);
CREATE TRIGGER noted AFTER INSERT ON children BEGIN INSERT INTO notes SELECT age FROM parents WHERE id = NEW.parent; END;
INSERT INTO parents VALUES (1, '7'), (2, '8');
INSERT INTO children VALUES (1, 1), (2, 2);
";

pub(crate) const REBUILD: &str = "\
-- enamel: rebuild parents
PRAGMA legacy_alter_table = ON;
CREATE TABLE next_parents (id INTEGER PRIMARY KEY, age INTEGER);
INSERT INTO next_parents SELECT id, age FROM parents;
DROP TABLE parents;
ALTER TABLE next_parents RENAME TO parents;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX ix_parents_age ON parents (age);
";

fn shop(folder: &Place) -> (enamel_runtime::rusqlite::Connection, Project) {
    let project = Project::new().with("shop", SHOP, "");
    let mut connection = folder.open();
    project.upgrade(&mut connection).unwrap();
    (connection, project)
}

fn rebuilt(folder: &Place, text: &str) -> Result<(), Error> {
    let (mut connection, project) = shop(folder);
    project.with("ages", text, "").upgrade(&mut connection).map(drop)
}

#[test]
fn children_stay_with_foreign_keys_on_and_off() {
    for keys in ["ON", "OFF"] {
        let folder = Place::new(&format!("children-{keys}"));
        let (mut connection, project) = shop(&folder);
        connection.execute_batch(&format!("PRAGMA foreign_keys = {keys}")).unwrap();
        let project = project.with("ages", REBUILD, "").with_tables(1);
        assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 2);
        assert_eq!(cell(&connection, "SELECT count(*) FROM children"), "2");
        assert_eq!(cells(&connection, "SELECT typeof(age) FROM ages"), ["integer", "integer"]);
        assert_eq!(cell(&connection, "PRAGMA foreign_keys"), if keys == "ON" { "1" } else { "0" });
        assert_eq!(cell(&connection, "PRAGMA legacy_alter_table"), "0");
        connection.execute_batch("PRAGMA foreign_keys = ON; DELETE FROM parents WHERE id = 1").unwrap();
        assert_eq!(cell(&connection, "SELECT count(*) FROM children"), "1");
    }
}

#[test]
fn a_new_database_goes_through_the_same_rebuild() {
    let folder = Place::new("rebuild-new");
    let mut connection = folder.open();
    let project = Project::new().with("shop", SHOP, "").with("ages", REBUILD, "").with_tables(1);
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 3);
    assert_eq!(cell(&connection, "SELECT count(*) FROM children"), "2");
    assert_eq!(history(&connection), ["1", "2", "3"]);
}

#[test]
fn rows_that_lose_their_parent_are_named() {
    let folder = Place::new("lost-parent");
    let text = REBUILD.replace("FROM parents;", "FROM parents WHERE id = 1;");
    snapbox::assert_data_eq!(
        rebuilt(&folder, &text).unwrap_err().to_string(),
        str![[r#"
could not run migrations/V0002__ages.sql: afterwards 1 row of children refers to nothing in parents by (parent), rowid 2; the database stays at 0001
hint: correct the rows; or correct the file, and run `cargo enamel seal`
"#]]
    );
    let connection = folder.open();
    assert_eq!(history(&connection), ["1"]);
    assert_eq!(cell(&connection, "SELECT count(*) FROM parents"), "2");
}

#[test]
fn rows_that_had_no_parent_before_block_nothing() {
    let folder = Place::new("old-violation");
    let (mut connection, project) = shop(&folder);
    connection
        .execute_batch("PRAGMA foreign_keys = OFF; INSERT INTO children VALUES (9, 99); PRAGMA foreign_keys = ON")
        .unwrap();
    let report = project.with("ages", REBUILD, "").upgrade(&mut connection).unwrap();
    snapbox::assert_data_eq!(
        report.notes.join("\n"),
        str!["1 row referred to nothing before migrations/V0002__ages.sql already, and stayed so"]
    );
    assert_eq!(cell(&connection, "SELECT count(*) FROM children"), "3");
}

#[test]
fn an_index_that_is_forgotten_is_named() {
    let folder = Place::new("lost-index");
    let text = REBUILD.replace("CREATE INDEX ix_parents_age ON parents (age);\n", "");
    snapbox::assert_data_eq!(
        rebuilt(&folder, &text).unwrap_err().to_string(),
        str![[r#"
could not run migrations/V0002__ages.sql: afterwards index ix_parents_age is gone, which the file does not drop; the database stays at 0001
hint: make it again in the file, or drop it there, and run `cargo enamel seal`
"#]]
    );
    let dropped = text.replace(
        "PRAGMA legacy_alter_table = ON;",
        "DROP INDEX IF EXISTS main.\"ix_parents_age\";\nPRAGMA legacy_alter_table = ON;",
    );
    rebuilt(&Place::new("dropped-index"), &dropped).unwrap();
}

#[test]
fn a_parent_is_not_dropped_while_its_children_would_go_along() {
    let unmarked = REBUILD.replace("-- enamel: rebuild parents\n", "");
    let away = "ALTER TABLE parents RENAME TO former;\nCREATE TABLE parents (id INTEGER PRIMARY KEY, age INTEGER);\n\
                INSERT INTO parents SELECT * FROM former;\nDROP TABLE IF EXISTS main.\"Former\";\n";
    for (text, table) in [(unmarked.as_str(), "parents"), (away, "Former"), ("DROP TABLE parents;", "parents")] {
        let folder = Place::new("children-along");
        let error = rebuilt(&folder, text).unwrap_err().to_string();
        let told = format!(
            "DROP TABLE deletes the rows of {table} first, to which children refers; the database stays at 0001"
        );
        assert!(error.contains(&told), "{error}");
        assert_eq!(cells(&folder.open(), "SELECT parent FROM children"), ["1", "2"]);
    }
    let without = "DROP TABLE children;\nDROP VIEW ages;\nDROP TABLE parents;\n".to_string();
    rebuilt(&Place::new("children-first"), &without).unwrap();
}

#[test]
fn a_view_that_loses_its_column_is_named() {
    let text = REBUILD.replace("age INTEGER", "years INTEGER").replace("ON parents (age)", "ON parents (years)");
    let text = text.replace("PRAGMA legacy_alter_table = ON;", "DROP TRIGGER noted;\nPRAGMA legacy_alter_table = ON;");
    let error = rebuilt(&Place::new("broken-view"), &text).unwrap_err();
    snapbox::assert_data_eq!(
        error.to_string(),
        str![[r#"
could not run migrations/V0002__ages.sql: afterwards view ages does not work: no such column: age; the database stays at 0001
hint: drop it in the file before, make it again after, and run `cargo enamel seal`
"#]]
    );
}

#[test]
fn a_trigger_elsewhere_that_loses_its_column_is_named() {
    let text = REBUILD.replace("age INTEGER", "years INTEGER").replace("ON parents (age)", "ON parents (years)");
    let text = text.replace("PRAGMA legacy_alter_table = ON;", "DROP VIEW ages;\nPRAGMA legacy_alter_table = ON;");
    let error = rebuilt(&Place::new("broken-trigger"), &text).unwrap_err();
    snapbox::assert_data_eq!(
        error.to_string(),
        str![[r#"
could not run migrations/V0002__ages.sql: afterwards a trigger of children does not work: no such column: age; the database stays at 0001
hint: drop it in the file before, make it again after, and run `cargo enamel seal`
"#]]
    );
}

#[test]
fn all_or_nothing_is_refused_where_it_cannot_be() {
    let folder = Place::new("all-or-nothing");
    let (mut connection, project) = shop(&folder);
    let project = project.with_tables(1).with("ages", REBUILD, "");
    let error = project.launch(|launch| launch.all_or_nothing().upgrade(&mut connection)).unwrap_err();
    snapbox::assert_data_eq!(
        error.to_string(),
        str![[r#"
could not upgrade all or nothing: migrations/V0003__ages.sql cannot share a transaction with the revisions beside it; nothing was changed
hint: upgrade without `all_or_nothing`, or up to that revision first
"#]]
    );
    assert_eq!(history(&connection), ["1"]);
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    assert_eq!(project.launch(|launch| launch.all_or_nothing().upgrade(&mut connection)).unwrap().done.len(), 2);
}
