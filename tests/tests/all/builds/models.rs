//! The build notices when the models have moved on.

use super::stranger::{DOWN, Revisions, Stranger};
use enamel_schema::{Dialect, Edits, Schema, naming, parse};
use std::fs;

const MAIN: &str = r#"
#[allow(dead_code)]
mod models;

static MIGRATIONS: enamel_runtime::Migrations = enamel_runtime::embed!();

fn main() {
    println!("{:?}", MIGRATIONS.models);
}
"#;

const MODELS: &str = r#"
use enamel_runtime::Table;

#[derive(Table)]
pub struct User {
    #[enamel(primary_key)]
    pub id: i64,
    pub email: String,
}
"#;

const ENTITIES: &str = r#"
#[derive(enamel_runtime::Table)]
pub struct Order {
    #[enamel(primary_key)]
    pub id: i64,
}
"#;

/// The models of these files, as the command seals them.
fn sealed(stranger: &Stranger, roots: &[&str]) -> Schema {
    let roots: Vec<String> = roots.iter().map(|&root| root.to_owned()).collect();
    let settings = parse::Settings { types: 1, ..parse::Settings::default() };
    let models = parse::models(&roots, &settings, &mut |path| fs::read_to_string(stranger.path(path))).unwrap();
    naming::complete(&Schema::default(), &models.schema, &Edits::default())
}

#[test]
fn models_that_moved_on_are_noticed() {
    let stranger = Stranger::new("models", r#"enamel-runtime = { path = "{enamel}" }"#);
    stranger.write("src/main.rs", MAIN);
    stranger.write("src/models.rs", MODELS);
    stranger.write("entities/src/lib.rs", ENTITIES);
    let mut revisions = Revisions::new(&stranger, "migrations", &[Dialect::Sqlite]);
    revisions.lock.models = vec!["src/main.rs".to_owned(), "entities/src/lib.rs".to_owned()];
    revisions.lock.schema = sealed(&stranger, &["src/main.rs", "entities/src/lib.rs"]);
    revisions.add("first", "CREATE TABLE users (id); CREATE TABLE orders (id);\n", DOWN);

    let built = stranger.run();
    assert_eq!(built.printed(), "Match\n");
    assert_eq!(built.messages(), "");

    // In another file of the crate.
    let nickname =
        MODELS.replace("pub email: String,", "pub email: Option<String>,\n    pub nickname: Option<String>,");
    stranger.write("src/models.rs", &nickname);
    let built = stranger.run();
    let lines = [
        "users.email: the models say NULL, the lock file has NOT NULL (last in migrations/V0001__first.sql)",
        "users.nickname: the models say text, the lock file has no such column (last in migrations/V0001__first.sql)",
    ];
    let told = &format!(
        "the models differ from revision 0001, which is the head\n\
         note: {}\n\
         note: {}\n\
         hint: `cargo enamel revision -m \"…\" --autogenerate` writes what they changed\n\
         hint: `cargo enamel seal`, if a revision that was written by hand makes the change\n",
        lines[0], lines[1]
    );
    assert_eq!(
        built.messages(),
        format!(
            "warning: use of deprecated constant `MIGRATIONS::OUT_OF_STEP`: \n{} --> src/main.rs:5:49\n",
            indented(9, told)
        )
    );
    assert_eq!(built.printed(), format!("Differ({lines:?})\n"));
    stranger.write("src/main.rs", &MAIN.replace("embed!()", "embed!(models = deny)"));
    let errors = format!("error: {} --> src/main.rs:5:49\n", indented(7, told).trim_start());
    assert_eq!(stranger.check().errors(), errors);
    stranger.write("src/main.rs", &MAIN.replace("embed!()", "embed!(models = allow)"));
    let built = stranger.run();
    assert_eq!(built.printed(), "Unchecked\n");
    assert_eq!(built.messages(), "");

    // In another crate, of which the program's sources say nothing.
    stranger.write("src/main.rs", MAIN);
    stranger.write("src/models.rs", MODELS);
    assert_eq!(stranger.run().printed(), "Match\n");
    stranger
        .write("entities/src/lib.rs", &ENTITIES.replace("pub id: i64,", "pub id: i64,\n    pub note: Option<String>,"));
    let line =
        "orders.note: the models say text, the lock file has no such column (last in migrations/V0001__first.sql)";
    assert_eq!(stranger.run().printed(), format!("Differ([{line:?}])\n"));
    stranger.write("entities/src/lib.rs", ENTITIES);

    // What could not be upgraded to.
    stranger.write("src/models.rs", &MODELS.replace("pub email", "pub age: i64,\n    pub email"));
    assert_eq!(
        stranger.check().errors(),
        "error: src/models.rs:8: rows that are there would get no value in users.age\n       \
         hint: make it an `Option`, or give it a `default`, or a `backfill` for those rows\n       \
         hint: `cargo enamel revision -m \"…\" --autogenerate --backfill \"users.age=0\"`\n \
         --> src/main.rs:5:49\n"
    );

    // What cannot be read.
    stranger.write("src/models.rs", &MODELS.replace("pub email: String", "pub email: Unheard"));
    let told = stranger.check().errors();
    assert!(told.starts_with("error: src/models.rs:8: no column type is known for `Unheard`\n"), "{told}");
    assert!(told.ends_with(" --> src/main.rs:5:49\n"), "{told}");
}

/// Lines as rustc indents those after the first of a message.
fn indented(blanks: usize, text: &str) -> String {
    text.lines().map(|line| format!("{}{line}\n", " ".repeat(blanks))).collect()
}
