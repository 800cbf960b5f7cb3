//! Two builds of one program: the older one meets a database that the newer one has upgraded.

use super::stranger::{DOWN, Revisions, Stranger};
use enamel_schema::Dialect;
use enamel_tests::server::Database;
use std::path::Path;
use std::process::Command;

/// A program that is told its database, and writes to it as it knows the table.
const MAIN: &str = r#"
use enamel_runtime::{Connection, connection::block_on, open::open};

static MIGRATIONS: enamel_runtime::Migrations = enamel_runtime::embed!(models = allow);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).unwrap();
    let mut database = open(&url.parse()?, true)?;
    println!("current: {}", MIGRATIONS.is_current(&mut database)?);
    println!("at {}", MIGRATIONS.upgrade(&mut database)?.to);
    block_on(database.batch("INSERT INTO users (name) VALUES ('Ada')"))?;
    println!("signed up");
    Ok(())
}
"#;

#[test]
fn an_older_build_starts_as_long_as_newer_revisions_let_it() {
    let stranger = Stranger::new(
        "rollout",
        r#"enamel-runtime = { path = "{enamel}", features = ["rusqlite-bundled", "postgres", "command"] }"#,
    );
    let mut revisions = Revisions::new(&stranger, "migrations", &[Dialect::Sqlite, Dialect::Postgres]);
    stranger.write("src/main.rs", MAIN);
    revisions.add("users", "CREATE TABLE users (name TEXT NOT NULL);\n", DOWN);
    let first = stranger.keep("first");

    revisions.add("age", "-- enamel: keeps-old-code\n\nALTER TABLE users ADD COLUMN age INTEGER;\n", DOWN);
    let second = stranger.keep("second");

    let last = MAIN.replace("(name) VALUES ('Ada')", "(called, age) VALUES ('Ada', 36)");
    stranger.write("src/main.rs", &last);
    revisions.add("called", "-- enamel: breaks-old-code\n\nALTER TABLE users RENAME COLUMN name TO called;\n", DOWN);
    let third = stranger.keep("third");

    let server = Database::new();
    let file = format!("sqlite:{}", stranger.path("shop.db").display());
    for url in [Some(file), server.as_ref().map(|server| server.url(""))].into_iter().flatten() {
        let run = |program: &Path| {
            let output = Command::new(program).arg(&url).output().unwrap();
            let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            (output.status.success(), told)
        };
        let starts = |told: &str| (true, told.to_owned() + "signed up\n");
        assert_eq!(run(&first), starts("current: false\nat 0001\n"), "{url}");
        assert_eq!(run(&second), starts("current: false\nat 0002\n"), "{url}");
        assert_eq!(run(&first), starts("current: true\nat 0002\n"), "{url}");
        assert_eq!(run(&third), starts("current: false\nat 0003\n"), "{url}");
        for older in [&first, &second] {
            let head = if older == &first { "0001" } else { "0002" };
            let refusal = format!(
                "Error: could not use the database: it is at 0003, this program knows revisions up to {head}, and 0003 called \
                 does not keep older programs working\nhint: start the newer program, or take the database down with it: \
                 `cargo enamel downgrade --revision {head}`\n"
            );
            assert_eq!(run(older), (false, refusal), "{url}");
        }
        assert_eq!(run(&third), starts("current: true\nat 0003\n"), "{url}");
    }
}
