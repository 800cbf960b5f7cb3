//! The stories under `tests/cases`: two sets of models, and what becomes of a database with rows between them.
//!
//! Rendered text that looks right proves nothing, and a database that ends up right does not show how: so each story holds the SQL
//! against a golden file, and runs it on a real database that holds rows, there, back, and there again.

mod database;
mod rows;
mod story;

use database::{Database, Place, Postgres, Sqlite, Stage};
use enamel_schema::Dialect;
use enamel_schema::schema::Unmodelled;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, available_parallelism};
use story::Story;

/// `SNAPSHOTS=overwrite cargo test -p enamel-tests stories` writes the golden files; `STORY=R01` runs those whose names begin so.
#[test]
fn every_story_ends_as_it_is_told() {
    each_story(Dialect::Sqlite, || (), |(), story| run(story, Sqlite::open()));
}

/// On one server, several at once.
#[test]
fn every_story_ends_as_it_is_told_on_postgres() {
    if Stage::new().is_none() {
        return each_story(Dialect::Postgres, || (), |(), story| is_written(story));
    }
    let stage = || Stage::new().unwrap();
    each_story(Dialect::Postgres, stage, |stage, story| run(story, Postgres::open(story, stage)));
}

/// What is written, held against golden files alone: running it takes a server. What objects stand in its way is known there only.
fn is_written(story: &Story) -> Result<(), String> {
    if story.text("objects.sql").is_empty() { golden_texts(story, &[]).map(drop) } else { Ok(()) }
}

/// Tells all stories of a dialect, several at once; each thread has a `worker` of its own.
fn each_story<W>(
    dialect: Dialect,
    worker: impl Fn() -> W + Sync,
    tell: impl Fn(&mut W, &Story) -> Result<(), String> + Sync,
) {
    let wanted = std::env::var("STORY").unwrap_or_default();
    let folders = folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases"));
    let told = |folder: &&PathBuf| name(folder).starts_with(&wanted) && Story::is_told_on(folder, dialect);
    let told: Vec<&PathBuf> = folders.iter().filter(told).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut worker, mut failures) = (worker(), Vec::new());
        while let Some(folder) = told.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = match Story::read(folder, dialect) {
                Ok(steps) => steps.iter().try_for_each(|story| tell(&mut worker, story)),
                Err(errors) => story::golden(folder, dialect, "errors", &errors),
            };
            failures.extend(result.err().map(|failure| format!("{}: {failure}", name(folder))));
        }
        failures
    };
    let threads = available_parallelism().map_or(1, NonZeroUsize::get);
    let mut failures = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<String>>()
    });
    failures.sort();
    assert!(failures.is_empty(), "{} of {} stories\n\n{}", failures.len(), told.len(), failures.join("\n\n"));
}

fn folders(cases: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

fn run(story: &Story, place: impl Place) -> Result<(), String> {
    let mut database = Database::at_previous(story, place)?;
    let previous_rows = database.rows();

    let unmodelled = database.found().unmodelled;
    let Some((up, down)) = golden_texts(story, &unmodelled)? else { return Ok(()) };

    if let Err(refusal) = database.upgrade(&up, down.as_deref().unwrap_or_default()) {
        database.expect_previous("after the refusal")?;
        same("rows after the refusal", &previous_rows, &database.rows())?;
        return story.golden("refusal", &refusal);
    }
    story.is_not_told("refusal")?;
    database.expect_next("after the way there")?;
    let next_rows = database.rows();
    story.golden("rows.after", &next_rows)?;

    let Some(down) = down else { return Ok(()) };
    if let Err(refusal) = database.downgrade(&up, &down) {
        database.expect_next("after the refusal of the way back")?;
        same("rows after the refusal of the way back", &next_rows, &database.rows())?;
        return story.golden("refusal.down", &refusal);
    }
    story.is_not_told("refusal.down")?;
    database.expect_previous("after the way back")?;
    let rows = database.rows();
    if rows == previous_rows {
        story.is_not_told("rows.down")?;
    } else {
        story.golden("rows.down", &rows)?;
    }

    database.upgrade_again(&up, &down).map_err(|error| format!("the way there again: {error}"))?;
    database.expect_next("after the way there again")?;
    if rows == previous_rows { same("rows after the way there again", &next_rows, &database.rows()) } else { Ok(()) }
}

/// What is written for both ways; `None` where the models are refused.
fn golden_texts(story: &Story, unmodelled: &[Unmodelled]) -> Result<Option<(String, Option<String>)>, String> {
    let draft = match story.draft(unmodelled) {
        Ok(draft) => draft,
        Err(diagnostics) => return story.golden("errors", &diagnostics).map(|()| None),
    };
    story.is_not_told("errors")?;
    let (up, down) = story.texts(&draft);
    story.golden("up.sql", &up)?;
    match &down {
        Some(down) => story.golden("down.sql", down)?,
        None => story.golden("down.barred", &story::told(&draft.notes))?,
    }
    Ok(Some((up, down)))
}

fn same(what: &str, expected: &str, actual: &str) -> Result<(), String> {
    if expected == actual { Ok(()) } else { Err(format!("{what}\nexpected:\n{expected}\nactual:\n{actual}")) }
}
