//! The build notices when the models have moved on.

use super::stranger::{Revisions, Stranger};
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
    revisions.add("first", "-- makes the tables\n");

    let built = stranger.run();
    assert_eq!(built.printed(), "Match\n");
    assert_eq!(built.stderr(), "");

    // In another file of the crate.
    let nickname =
        MODELS.replace("pub email: String,", "pub email: Option<String>,\n    pub nickname: Option<String>,");
    stranger.write("src/models.rs", &nickname);
    let built = stranger.run();
    assert_eq!(
        built.messages(),
        "warning: use of deprecated constant `MIGRATIONS::OUT_OF_STEP`: \n         \
         the models differ from revision 0001, which is the head\n"
    );
    assert_eq!(built.printed(), "");
    stranger.write("src/main.rs", &MAIN.replace("embed!()", "embed!(models = deny)"));
    assert_eq!(stranger.check().errors(), "");
    stranger.write("src/main.rs", &MAIN.replace("embed!()", "embed!(models = allow)"));
    let built = stranger.run();
    assert_eq!(built.printed(), "Unchecked\n");
    assert_eq!(built.stderr(), "");

    // In another crate, of which the program's sources say nothing.
    stranger.write("src/main.rs", MAIN);
    stranger.write("src/models.rs", MODELS);
    assert_eq!(stranger.run().printed(), "Match\n");
    stranger.write("entities/src/lib.rs", &ENTITIES.replace("pub id", "pub note: Option<String>,\n    pub id"));
    assert_eq!(stranger.run().messages(), "");
    stranger.write("entities/src/lib.rs", ENTITIES);

    // What could not be upgraded to.
    stranger.write("src/models.rs", &MODELS.replace("pub email", "pub age: i64,\n    pub email"));
    assert_eq!(stranger.check().errors(), "");
}
