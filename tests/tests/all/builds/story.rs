//! The whole line, in a crate of somebody else: from an edited struct to an upgraded database that kept its rows.

use super::stranger::Stranger;
use enamel_runtime::rusqlite::Connection;
use enamel_runtime::rusqlite::types::ValueRef;
use enamel_tests::command::cargo_enamel;
use std::process::{Command, Output};

const MAIN: &str = r#"
mod models;

static MIGRATIONS: enamel_runtime::Migrations = enamel_runtime::embed!();

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut connection = enamel_runtime::rusqlite::Connection::open("library.db")?;
    MIGRATIONS.upgrade(&mut connection)?;
    Ok(())
}

#[test]
fn the_models_match() {
    use enamel_runtime::{scratch::Scratch, testing::models_match};
    models_match(&MIGRATIONS, &Scratch::sqlite());
}
"#;

const MODELS: &str = r#"
#![allow(dead_code)]

use enamel_runtime::{Enum, Table};

#[derive(Table)]
pub struct Author {
    #[enamel(primary_key)]
    pub id: i64,
    pub name: String,
}

#[derive(Table)]
#[enamel(index(title))]
pub struct Book {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(references = Author::id, on_delete = cascade)]
    pub author_id: i64,
    pub title: String,
    #[enamel(default = State::OnShelf)]
    pub state: State,
}

#[derive(Table)]
pub struct Reader {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(unique)]
    pub email: String,
    pub surname: String,
}

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
pub enum State {
    OnShelf,
    Lent,
}
"#;

/// Rows of the first day.
const ROWS: &str = "
    INSERT INTO authors (id, name) VALUES (1, 'Ursula');
    INSERT INTO books (author_id, title) VALUES (1, 'The Dispossessed'), (1, 'Lavinia');
    INSERT INTO readers (email, surname) VALUES ('ada@example.com', 'Lovelace');
";

#[test]
fn a_database_follows_the_structs() {
    let features = r#"["rusqlite-bundled", "testing"]"#;
    let stranger =
        Stranger::new("library", &format!(r#"enamel-runtime = {{ path = "{{enamel}}", features = {features} }}"#));
    stranger.write("src/main.rs", MAIN);
    stranger.write("src/models.rs", MODELS);

    enamel(&stranger, &["init"]);
    enamel(&stranger, &["revision", "-m", "first", "--autogenerate"]);
    let built = stranger.run();
    assert_eq!(built.printed(), "");
    assert_eq!(built.messages(), "");
    let database = Connection::open(stranger.path("library.db")).unwrap();
    database.execute_batch(ROWS).unwrap();

    // A renamed column, a new mandatory one with a value for the rows that are there, and an enum with one more value, which rebuilds a parent's child.
    let next = MODELS
        .replace("    pub surname: String", "    #[enamel(renamed_from = \"surname\")]\n    pub last_name: String")
        .replace(
            "    pub title: String,",
            "    pub title: String,\n    #[enamel(backfill = \"length(title)\")]\n    pub pages: i32,",
        )
        .replace("    Lent,", "    Lent,\n    Lost,");
    assert_ne!(next, MODELS);
    stranger.write("src/models.rs", &next);
    // The build, the command and the tests say it in the same words.
    let built = stranger.check().messages();
    let checked = run(&stranger, &["check"]);
    let tested = stranger.test().stdout();
    let told = "the models differ from revision 0001, which is the head\n\
                note: state: the models say an enum of 'on_shelf', 'lent', 'lost', the lock file has an enum of 'on_shelf', 'lent' \
                (last in migrations/V0001__first.sql)\n\
                note: readers.last_name: the models say the name last_name, the lock file has the name surname \
                (last in migrations/V0001__first.sql)\n\
                note: books.pages: the models say i32 NOT NULL, the lock file has no such column (last in migrations/V0001__first.sql)\n\
                hint: `cargo enamel revision -m \"…\" --autogenerate` writes what they changed\n\
                hint: `cargo enamel seal`, if a revision that was written by hand makes the change\n";
    let unindented: String = built.lines().map(|line| format!("{}\n", line.trim_start())).collect();
    assert!(unindented.contains(told), "{built}");
    assert_eq!(String::from_utf8_lossy(&checked.stderr), format!("error: {told}"));
    assert_eq!(checked.status.code(), Some(3));
    assert!(tested.contains(told), "{tested}");

    enamel(&stranger, &["revision", "-m", "Pages and last names", "--autogenerate"]);
    let built = stranger.run();
    assert_eq!(built.printed(), "");
    assert_eq!(built.messages(), "");
    assert_eq!(
        rows(&database, "SELECT title, pages, state FROM books ORDER BY id"),
        "The Dispossessed 16 on_shelf\nLavinia 7 on_shelf\n"
    );
    assert_eq!(rows(&database, "SELECT email, last_name FROM readers"), "ada@example.com Lovelace\n");
    assert_eq!(
        rows(&database, "SELECT version, name FROM enamel_schema_history ORDER BY version"),
        "1 first\n2 pages_and_last_names\n"
    );
    database.execute("UPDATE books SET state = 'lost' WHERE id = 1", []).unwrap();

    // Nothing to do: neither to write nor to run.
    let told = enamel(&stranger, &["revision", "--autogenerate"]);
    assert!(!stranger.path("migrations/V0003__revision.sql").exists(), "{told}");
    assert_eq!(stranger.run().messages(), "");
    assert_eq!(rows(&database, "SELECT count(*) FROM enamel_schema_history"), "2\n");
}

fn enamel(stranger: &Stranger, arguments: &[&str]) -> String {
    let output = run(stranger, arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {told}");
    told
}

fn run(stranger: &Stranger, arguments: &[&str]) -> Output {
    let mut command = Command::new(cargo_enamel());
    command.arg("enamel").args(arguments).current_dir(stranger.path(""));
    command.env("CARGO_TERM_COLOR", "never").env_remove("DATABASE_URL").output().unwrap()
}

/// Rows as text: columns by blanks, rows by lines.
fn rows(database: &Connection, query: &str) -> String {
    let mut statement = database.prepare(query).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut told = String::new();
    while let Some(row) = rows.next().unwrap() {
        let cells = (0..columns).map(|column| match row.get_ref(column).unwrap() {
            ValueRef::Null => "NULL".to_owned(),
            ValueRef::Integer(number) => number.to_string(),
            other @ (ValueRef::Text(_) | ValueRef::Real(_) | ValueRef::Blob(_)) => other.as_str().unwrap().to_owned(),
        });
        told.push_str(&cells.collect::<Vec<_>>().join(" "));
        told.push('\n');
    }
    told
}
