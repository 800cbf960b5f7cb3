//! A hook for a revision that does not exist does not compile, and a revision that comes is walked.

use super::stranger::{Revisions, Stranger};
use enamel_schema::Dialect;

const MAIN: &str = r#"
static MIGRATIONS: db::Migrations = db::embed!("schema", models = allow);

fn main() {
    println!("{}", MIGRATIONS.folders.len());
}

#[cfg(test)]
mod tests {
    use super::MIGRATIONS;
    use db::scratch::Scratch;

    db::walk!(MIGRATIONS, "schema", Scratch::sqlite(),
        before(0002, |db| db.batch("INSERT INTO users VALUES (1)")),
        after(0002, |db, ()| assert_eq!(db.rows("SELECT id FROM users").len(), 1)),
    );
}
"#;

#[test]
fn each_revision_is_a_test() {
    let stranger = Stranger::new(
        "walker",
        r#"db = { package = "enamel-runtime", path = "{enamel}", features = ["rusqlite-bundled", "testing"] }"#,
    );
    stranger.write("src/main.rs", MAIN);
    let mut revisions = Revisions::new(&stranger, "schema", &[Dialect::Sqlite]);
    revisions.add("users", "CREATE TABLE users (id INTEGER PRIMARY KEY);\n", "DROP TABLE users;\n");
    assert_eq!(
        stranger.test().errors(),
        "error: there is no revision 0002; the head is 0001\n  --> src/main.rs:14:16\n\
         error: there is no revision 0002; the head is 0001\n  --> src/main.rs:15:15\n"
    );

    revisions.add("orders", "CREATE TABLE orders (id INTEGER PRIMARY KEY);\n", "DROP TABLE orders;\n");
    let told = stranger.test().printed();
    for test in ["tests::walk_0001_users ... ok", "tests::walk_0002_orders ... ok", "2 passed"] {
        assert!(told.contains(test), "{told}");
    }
    revisions.add("pets", "CREATE TABLE pets (id INTEGER PRIMARY KEY);\n", "");
    let told = stranger.test().printed();
    assert!(told.contains("tests::walk_0003_pets_up_only ... ok"), "{told}");
    revisions.add("toys", "CREATE TABLE toys (id INTEGER PRIMARY KEY);\n", "-- forgotten\n");
    let told = stranger.test().stdout();
    assert!(told.contains("schema/V0004__toys.down.sql does not lead back to revision 0003"), "{told}");
    assert!(told.contains("3 passed; 1 failed"), "{told}");
}
