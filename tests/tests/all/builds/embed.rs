//! The first two jobs of the lock file: a new revision rebuilds, and one that is not as it was sealed does not compile.

use super::stranger::{DOWN, Revisions, Stranger};
use enamel_schema::Dialect;

/// A program that tells what it carries. It calls the runtime by another name.
const MAIN: &str = r#"
static MIGRATIONS: db::Migrations = db::embed!(models = allow);

fn main() {
    println!("{} {} {}", MIGRATIONS.package, MIGRATIONS.directory, MIGRATIONS.history);
    for folder in MIGRATIONS.folders {
        for revision in folder.revisions {
            let texts = [Some(&revision.up), revision.down.as_ref()].into_iter().flatten();
            let paths: Vec<String> = texts.map(|file| file.path().display().to_string()).collect();
            let up = revision.up.contents_utf8().unwrap().trim_end();
            println!("{} {} {} {}: {up:?}", folder.dialect, revision.version, revision.name, paths.join(" "));
        }
    }
}
"#;

fn carrier(name: &str) -> Stranger {
    let stranger = Stranger::new(name, r#"db = { package = "enamel-runtime", path = "{enamel}" }"#);
    stranger.write("src/main.rs", MAIN);
    stranger
}

#[test]
fn revisions_are_those_of_the_lock_file() {
    let stranger = carrier("carrier");

    assert_eq!(
        stranger.check().errors(),
        "error: there is no migrations/enamel.lock\n       \
         hint: `cargo enamel init` makes a folder for revisions\n       \
         hint: the macro takes another folder as a text, relative to Cargo.toml\n \
         --> src/main.rs:2:37\n"
    );

    let mut revisions = Revisions::new(&stranger, "migrations", &[Dialect::Sqlite]);
    revisions.add("users", "CREATE TABLE users (id);\n", DOWN);
    revisions.add("orders", "CREATE TABLE orders (id);\r\n", DOWN);
    stranger.write("migrations/V0001__users.sql.orig", "an editor's left-over");
    let first = "carrier migrations enamel_schema_history\n\
                 sqlite 0001 users V0001__users.sql V0001__users.down.sql: \"CREATE TABLE users (id);\"\n\
                 sqlite 0002 orders V0002__orders.sql V0002__orders.down.sql: \"CREATE TABLE orders (id);\"\n";
    assert_eq!(stranger.run().printed(), first);

    // There is no build script, and nothing but the folder of revisions changes.
    revisions.add("email", "CREATE TABLE email (id);\n", DOWN);
    let head = "sqlite 0003 email V0003__email.sql V0003__email.down.sql: \"CREATE TABLE email (id);\"\n";
    let built = stranger.run();
    assert_eq!(built.printed(), format!("{first}{head}"));
    assert_eq!(built.messages(), "");

    // Below the head: edited, removed, misnamed, slipped in.
    stranger.write("migrations/V0001__users.sql", "CREATE TABLE users (id, name);\n");
    assert_eq!(
        stranger.check().errors(),
        "error: migrations/V0001__users.sql was edited after revision 0002 followed it\n       \
         note: a database that has this revision does not get the edit\n       \
         hint: `git checkout -- migrations/V0001__users.sql` takes the edit back\n       \
         hint: `cargo enamel revision -m \"…\"` for what databases are still to get\n       \
         hint: `cargo enamel seal` proves the edit and accepts both texts\n \
         --> src/main.rs:2:37\n"
    );
    stranger.remove("migrations/V0001__users.sql");
    assert_eq!(
        stranger.check().errors(),
        "error: migrations/V0001__users.sql is missing, and migrations/enamel.lock lists it\n       \
         hint: `git checkout -- migrations/V0001__users.sql` brings it back\n \
         --> src/main.rs:2:37\n"
    );
    stranger.write("migrations/V0001__people.sql", "CREATE TABLE users (id);\n");
    assert_eq!(
        stranger.check().errors(),
        "error: migrations/V0001__people.sql is misnamed: migrations/enamel.lock lists it as V0001__users.sql\n       \
         hint: `mv migrations/V0001__people.sql migrations/V0001__users.sql`\n \
         --> src/main.rs:2:37\n"
    );
    stranger.rename("migrations/V0001__people.sql", "migrations/V0001__users.sql");
    stranger.write("migrations/V0002__theirs.sql", "SELECT 1;\n");
    assert_eq!(
        stranger.check().errors(),
        "error: migrations/V0002__theirs.sql is a second revision 0002, beside migrations/V0002__orders.sql\n       \
         hint: `cargo enamel rebase --onto main` if a merge with main brought one of the two\n       \
         hint: `mv migrations/V0002__theirs.sql migrations/V0004__theirs.sql` and `cargo enamel seal` make it the head\n       \
         hint: `rm migrations/V0002__theirs.sql` if it is not wanted\n \
         --> src/main.rs:2:37\n"
    );
    stranger.remove("migrations/V0002__theirs.sql");

    // The head may be edited, and is what the program carries.
    stranger.write("migrations/V0003__email.sql", "CREATE TABLE email (id, address);\n");
    let built = stranger.run();
    assert_eq!(built.printed(), format!("{first}{}", head.replace("(id)", "(id, address)")));
    let warning = "warning: use of deprecated constant `MIGRATIONS::OUT_OF_STEP`: \n         \
                   migrations/V0003__email.sql was edited and is not sealed\n         \
                   hint: `cargo enamel seal` proves and seals the edit\n \
                   --> src/main.rs:2:37\n";
    assert_eq!(built.messages(), warning);
    assert_eq!(stranger.run().messages(), warning, "Cargo says it again when nothing is built");
}

#[test]
fn each_dialect_has_a_folder() {
    let stranger = carrier("dialects");
    stranger.write("src/main.rs", &MAIN.replace("embed!(", "embed!(\"sql/revisions/\", "));
    let mut revisions = Revisions::new(&stranger, "sql/revisions", &[Dialect::Sqlite, Dialect::Postgres]);
    revisions.add("users", "CREATE TABLE users (id);\n", DOWN);
    assert_eq!(
        stranger.run().printed(),
        "dialects sql/revisions enamel_schema_history\n\
         sqlite 0001 users sqlite/V0001__users.sql sqlite/V0001__users.down.sql: \"CREATE TABLE users (id);\"\n\
         postgres 0001 users postgres/V0001__users.sql postgres/V0001__users.down.sql: \"CREATE TABLE users (id);\"\n"
    );
    stranger.write("sql/revisions/postgres/V0001__users.sql", "CREATE TABLE users (id int);\n");
    assert_eq!(
        stranger.check().messages(),
        "warning: use of deprecated constant `MIGRATIONS::OUT_OF_STEP`: \n         \
         sql/revisions/postgres/V0001__users.sql was edited and is not sealed\n         \
         hint: `cargo enamel seal` proves and seals the edit\n \
         --> src/main.rs:2:37\n"
    );
}
