//! What `enamel_runtime::testing` does on PostgreSQL.

use super::{cell, project};
use enamel_runtime::Migrations;
use enamel_runtime::scratch::Scratch;
use enamel_runtime::testing::{Template, Walk};
use enamel_tests::server::is_there;

const UP: [&str; 2] = [
    "CREATE TABLE people (id int PRIMARY KEY, name text);\n",
    "ALTER TABLE people ADD COLUMN last text;\nUPDATE people SET last = split_part(name, ' ', 2);\n",
];

/// Revisions that live as long as the process, as embedded ones do.
fn migrations(back: &str) -> &'static Migrations<'static> {
    project().with("people", UP[0], "DROP TABLE people;\n").with("last", UP[1], back).leak()
}

#[test]
fn each_test_gets_a_copy_of_its_own() {
    if !is_there() {
        return;
    }
    let template = Template::new(migrations(""), Scratch::postgres());
    let mut one = template.client();
    let mut other = template.client();
    one.batch_execute("INSERT INTO people VALUES (1, 'Ada Lovelace', 'Lovelace')").unwrap();
    assert_eq!(cell(&mut one, "SELECT count(*) FROM people"), "1");
    assert_eq!(cell(&mut other, "SELECT count(*) FROM people"), "0");
    let url = one.url();
    let mut by_url = enamel_runtime::postgres::Client::connect(&url, enamel_runtime::postgres::NoTls).unwrap();
    assert_eq!(cell(&mut by_url, "SELECT last FROM people"), "Lovelace");
    drop(one);
    assert!(enamel_runtime::postgres::Client::connect(&url, enamel_runtime::postgres::NoTls).is_err());
}

#[test]
fn revisions_are_walked_with_the_data_of_their_time() {
    if !is_there() {
        return;
    }
    let step = |back: &str| {
        let walk = Walk::new(migrations(back), Scratch::postgres());
        let version = |number| enamel_runtime::Version::new(number).unwrap();
        walk.step(version(1), |_| (), |_, ()| ());
        walk.step(
            version(2),
            |db| db.batch("INSERT INTO people VALUES (1, 'Ada Lovelace')"),
            |db, ()| {
                assert_eq!(db.rows("SELECT last FROM people"), [[Some("Lovelace".to_owned())]]);
                assert_eq!(cell(db.client(), "SELECT id FROM people"), "1");
            },
        );
    };
    step("ALTER TABLE people DROP COLUMN last;\n");
    let panicked = std::panic::catch_unwind(|| {
        step("ALTER TABLE people DROP COLUMN last, ALTER id DROP IDENTITY IF EXISTS;\nDELETE FROM people;\n")
    });
    let said = *panicked.unwrap_err().downcast::<String>().unwrap();
    assert!(said.contains("people: 1 of 1 rows are gone"), "{said}");
}
