//! Walks that hold and walks that do not.

use super::*;
use crate::migrations::Models;
use enamel_schema::{Checksum, Dialect};
use include_dir::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

const USERS: (&str, Option<&str>) =
    ("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);", Some("DROP TABLE users;"));

/// A walk through revisions with these texts, up and down. They live as long as the tests, as a program's do.
fn walk(texts: &'static [(&'static str, Option<&'static str>)]) -> Walk {
    let mut revisions: Vec<Revision<'static>> = Vec::new();
    for ((up, down), number) in texts.iter().zip(1..) {
        let version = version(number);
        let path = |name: String| -> &'static str { name.leak() };
        let sha256 = Checksum::of(up);
        let file = |down: &'static str| File::new(path(format!("V{version}__step.down.sql")), down.as_bytes());
        revisions.push(Revision {
            version,
            name: "step",
            up: File::new(path(format!("V{version}__step.sql")), up.as_bytes()),
            down: down.map(file),
            sha256,
            chain: Checksum::chained(revisions.last().map(|revision| &revision.chain), &sha256),
            accepts: &[],
        });
    }
    let folders = vec![Folder { dialect: Dialect::Sqlite, revisions: revisions.leak() }].leak();
    let migrations = Migrations {
        package: "shop",
        directory: "migrations",
        history: "enamel_schema_history",
        folders,
        models: Models::Unchecked,
        lock: "",
    };
    Walk::new(Box::leak(Box::new(migrations)), Scratch::sqlite())
}

fn version(number: u32) -> Version {
    Version::new(number).unwrap()
}

/// What a test would fail with.
fn failure(step: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(step)).unwrap_err();
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap()
}

fn cell(text: &str) -> Vec<Option<String>> {
    vec![Some(text.to_owned())]
}

#[test]
fn steps_find_the_database_of_their_time_in_any_order() {
    let walk = walk(&[
        USERS,
        (
            "ALTER TABLE users RENAME COLUMN name TO full_name;",
            Some("ALTER TABLE users RENAME COLUMN full_name TO name;"),
        ),
        ("CREATE TABLE orders (id INTEGER PRIMARY KEY);", Some("DROP TABLE orders;")),
    ]);
    let columns = |db: &mut Database| db.rows("SELECT name FROM pragma_table_info('users') ORDER BY cid").concat();
    for number in [3, 1, 2, 2, 1] {
        walk.step(
            version(number),
            |db| columns(db).into_iter().flatten().nth(1),
            |db, given| {
                let expected = [None, Some("name"), Some("full_name")];
                assert_eq!(given.as_deref(), expected[number as usize - 1]);
                assert_eq!(columns(db)[1].as_deref(), if number == 1 { Some("name") } else { Some("full_name") });
            },
        );
    }
    assert!(walk.run.lock().unwrap().left_behind.is_empty(), "each test took its database along");
}

#[test]
fn rows_of_before_are_those_of_after() {
    let walk = walk(&[
        USERS,
        (
            "ALTER TABLE users ADD COLUMN initial TEXT; UPDATE users SET initial = substr(name, 1, 1);",
            Some("ALTER TABLE users DROP COLUMN initial;"),
        ),
    ]);
    walk.step(
        version(2),
        |db| {
            db.batch("INSERT INTO users (name) VALUES ('Ada')");
            db.connection().last_insert_rowid()
        },
        |db, id| assert_eq!(db.rows(&format!("SELECT initial FROM users WHERE id = {id}")), [cell("A")]),
    );
}

#[test]
fn a_way_back_that_leads_elsewhere_fails() {
    let walk = walk(&[USERS, ("ALTER TABLE users ADD COLUMN age INT;", Some("-- nothing"))]);
    assert_eq!(
        failure(|| walk.step(version(2), |_| (), |_, ()| ())),
        "migrations/V0002__step.down.sql does not lead back to revision 0001\n  \
         users.age: before migrations/V0002__step.sql there was no such column, migrations/V0002__step.down.sql leaves INT\n\
         hint: mend migrations/V0002__step.down.sql and run `cargo enamel seal`"
    );
    walk.step(version(1), |_| (), |_, ()| ());
}

#[test]
fn a_way_back_that_loses_rows_fails() {
    let walk = walk(&[
        USERS,
        (
            "CREATE TABLE pets (id INTEGER PRIMARY KEY);",
            Some("DROP TABLE pets; DROP TABLE users; CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);"),
        ),
        // What the way there takes away, and what it brings along, is no loss.
        (
            "DELETE FROM users WHERE name IS NULL; INSERT INTO users VALUES (100, 'admin');",
            Some("DELETE FROM users WHERE name = 'admin';"),
        ),
    ]);
    let rows = "INSERT INTO users (name) VALUES ('Ada'), ('Grace'), (NULL)";
    assert_eq!(
        failure(|| walk.step(version(2), |db| db.batch(rows), |_, ()| ())),
        "migrations/V0002__step.down.sql loses rows\n  \
         users: 3 of 3 rows are gone\n\
         hint: mend migrations/V0002__step.down.sql and run `cargo enamel seal`"
    );
    walk.step(version(3), |db| db.batch(rows), |_, ()| ());
}

#[test]
fn a_way_back_that_leaves_rows_in_the_way_fails() {
    let walk = walk(&[USERS, ("INSERT INTO users VALUES (1, 'admin');", Some("-- the administrator stays"))]);
    let told = failure(|| walk.step(version(2), |_| (), |_, ()| ()));
    assert!(told.contains("V0002__step.sql") && told.contains("UNIQUE constraint failed"), "{told}");
}

#[test]
fn a_revision_without_a_way_back_is_walked_up() {
    let walk = walk(&[USERS, ("DROP TABLE users;", None)]);
    let mut walked = false;
    walk.step(version(2), |db| db.batch("INSERT INTO users DEFAULT VALUES"), |_, ()| walked = true);
    assert!(walked);
}

#[test]
fn a_revision_that_fails_says_so_in_its_test_and_in_later_ones() {
    let walk = walk(&[USERS, ("CREATE TABLE users (id);", None), ("CREATE TABLE pets (id);", None)]);
    walk.step(version(1), |_| (), |_, ()| ());
    for number in [2, 3, 2] {
        let told = failure(|| walk.step(version(number), |_| (), |_, ()| ()));
        assert!(told.contains("V0002__step.sql") && told.contains("already exists"), "{told}");
    }
}

#[test]
fn what_a_dialect_does_not_have_is_passed_over() {
    walk(&[USERS]).step(version(2), |_| panic!("nobody is called"), |_, ()| ());
}
