//! What else a connection has: attached databases, temporary tables, rows of other tables.

use super::project::{Place, Project, cell, cells, history};
use super::rebuild::{REBUILD, SHOP};

#[test]
fn an_attached_database_with_the_same_tables_is_left_alone() {
    let place = Place::new("attached");
    let mut connection = place.open();
    connection.execute_batch(&format!("ATTACH '{}' AS other", place.path().join("other.db").display())).unwrap();
    let project = Project::new().with("shop", SHOP, "").with("ages", REBUILD, "");
    project.upgrade(&mut connection).unwrap();
    assert_eq!(cells(&connection, "SELECT name FROM other.sqlite_master"), [""; 0]);
    // The same revisions have been applied there: a history of another database does not count.
    let mut other = enamel_runtime::rusqlite::Connection::open(place.path().join("other.db")).unwrap();
    project.clone().without_newest(1).upgrade(&mut other).unwrap();
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 0);
    assert_eq!(cells(&connection, "SELECT typeof(age) FROM other.parents"), ["text", "text"]);
    assert_eq!(history(&connection), ["1", "2"]);
}

#[test]
fn a_temporary_history_is_not_taken_for_the_real_one() {
    let place = Place::new("temporary-history");
    let mut connection = place.open();
    connection.execute_batch("CREATE TEMP TABLE enamel_schema_history (version, chain)").unwrap();
    let project = Project::new().with_tables(1);
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 1);
    assert_eq!(project.upgrade(&mut connection).unwrap().done.len(), 0);
    assert_eq!(cell(&connection, "SELECT count(*) FROM main.enamel_schema_history"), "1");
}

#[test]
fn a_delete_in_an_ordinary_revision_still_cascades() {
    let place = Place::new("cascade");
    let mut connection = place.open();
    let project = Project::new().with("shop", SHOP, "").with("ages", REBUILD, "").with(
        "forget",
        "DELETE FROM parents WHERE id = 2;\n",
        "",
    );
    project.upgrade(&mut connection).unwrap();
    assert_eq!(cell(&connection, "SELECT count(*) FROM children"), "1");
}
