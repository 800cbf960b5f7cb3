//! The stories under `tests/cases`: two sets of models, and what becomes of a database with rows between them.
//!
//! Rendered text that looks right proves nothing, and a database that ends up right does not show how: so each story holds the SQL
//! against a golden file, and runs it on a real database that holds rows, there, back, and there again.

mod database;
mod story;

use database::Database;
use enamel_schema::Dialect;
use std::fs;
use std::path::{Path, PathBuf};
use story::Story;

/// `SNAPSHOTS=overwrite cargo test -p enamel-tests stories` writes the golden files; `STORY=R01` runs those whose names begin so.
#[test]
fn every_story_ends_as_it_is_told() {
    each_story(Dialect::Sqlite, run);
}

/// What is written for PostgreSQL, held against golden files alone: running it takes a server.
#[test]
fn every_story_is_written_for_postgres() {
    each_story(Dialect::Postgres, |folder| match Story::read(folder, Dialect::Postgres) {
        Ok(story) => match story.draft(&[]) {
            Ok(draft) => {
                let (up, down) = story.texts(&draft);
                story.golden("up.sql", &up)?;
                story.golden("down.sql", &down)
            }
            Err(diagnostics) => story.golden("errors", &diagnostics),
        },
        Err(errors) => story::golden(folder, Dialect::Postgres, "errors", &errors),
    });
}

fn each_story(dialect: Dialect, run: impl Fn(&Path) -> Result<(), String>) {
    let wanted = std::env::var("STORY").unwrap_or_default();
    let folders: Vec<PathBuf> = folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases"))
        .into_iter()
        .filter(|folder| name(folder).starts_with(&wanted))
        .collect();
    assert!(!folders.is_empty(), "there is no story {wanted}");
    let told = folders.iter().filter(|folder| Story::is_told_on(folder, dialect));
    let failures: Vec<String> =
        told.filter_map(|folder| run(folder).err().map(|failure| format!("{}: {failure}", name(folder)))).collect();
    assert!(failures.is_empty(), "{} of {} stories\n\n{}", failures.len(), folders.len(), failures.join("\n\n"));
}

fn folders(cases: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

fn run(folder: &Path) -> Result<(), String> {
    let story = Story::read(folder, Dialect::Sqlite)?;
    let mut database = Database::at_previous(&story)?;
    let previous_rows = database.rows();

    let unmodelled = database.found().unmodelled;
    let draft = match story.draft(&unmodelled) {
        Ok(draft) => draft,
        Err(diagnostics) => return story.golden("errors", &diagnostics),
    };
    let (up, down) = story.texts(&draft);
    story.golden("up.sql", &up)?;
    story.golden("down.sql", &down)?;

    if let Err(refusal) = database.upgrade(&up, &down) {
        database.expect(&story.previous, "after the refusal")?;
        same("rows after the refusal", &previous_rows, &database.rows())?;
        return story.golden("refusal", &refusal);
    }
    story.is_not_told("refusal")?;
    database.expect(&story.next, "after the way there")?;
    let next_rows = database.rows();
    story.golden("rows.after", &next_rows)?;

    if let Err(refusal) = database.downgrade(&up, &down) {
        database.expect(&story.next, "after the refusal of the way back")?;
        same("rows after the refusal of the way back", &next_rows, &database.rows())?;
        return story.golden("refusal.down", &refusal);
    }
    story.is_not_told("refusal.down")?;
    database.expect(&story.previous, "after the way back")?;
    let rows = database.rows();
    if rows == previous_rows {
        story.is_not_told("rows.down")?;
    } else {
        story.golden("rows.down", &rows)?;
    }

    database.upgrade(&up, &down).map_err(|error| format!("the way there again: {error}"))?;
    database.expect(&story.next, "after the way there again")?;
    if rows == previous_rows { same("rows after the way there again", &next_rows, &database.rows()) } else { Ok(()) }
}

fn same(what: &str, expected: &str, actual: &str) -> Result<(), String> {
    if expected == actual { Ok(()) } else { Err(format!("{what}\nexpected:\n{expected}\nactual:\n{actual}")) }
}
