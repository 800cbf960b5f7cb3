//! What each story does to rows that nobody wrote: the proof of a revision makes them up.

use super::database::{revision, version};
use super::each_story;
use super::story::Story;
use enamel_runtime::prove::{Claim, Proof, Replay};
use enamel_runtime::scratch::Scratch;
use enamel_runtime::{Folder, Migrations, Revision};
use enamel_schema::Dialect;
use enamel_tests::server::is_there;

#[test]
fn every_story_keeps_rows_that_are_made_up() {
    each_story(Dialect::Sqlite, || (), |(), story| keeps(story, &Scratch::sqlite()));
}

#[test]
fn every_story_keeps_rows_that_are_made_up_on_postgres() {
    if is_there() {
        each_story(Dialect::Postgres, || (), |(), story| keeps(story, &Scratch::postgres()));
    }
}

fn keeps(story: &Story, scratch: &Scratch) -> Result<(), String> {
    let Some(proof) = proof(story, scratch)? else { return Ok(()) };
    let Some(rows) = &proof.rows else { return Ok(()) };
    let told: Vec<&str> = rows.harms.iter().chain(&rows.notes).map(String::as_str).collect();
    // Rows of a type that nobody knows are not made up.
    if told.is_empty() { story.is_not_told("rows.told") } else { story.golden("rows.told", &told.join("\n")) }
}

/// The proof of a story's revision, `None` where there is none: the models are refused, or the revision is.
fn proof(story: &Story, scratch: &Scratch) -> Result<Option<Proof>, String> {
    let claim = Claim { models: &story.schemas.next, sealed: &story.schemas.previous, ignore: &[] };
    // A directive would stand below what is given.
    let first = story.first()?.replace("-- enamel: keeps-old-code\n", "");
    let first = [story.text("given.sql"), first, story.text("objects.sql")].join("\n");
    let first = revision(1, "first", &first, None);
    let replay =
        lend(story, std::slice::from_ref(&first), |migrations| Replay::new(migrations, version(1), claim, scratch));
    let replay = replay.map_err(|error| error.to_string())?;
    let Ok(draft) = story.draft(&replay.found().unmodelled) else { return Ok(None) };
    let (up, down) = story.texts(&draft);
    let second = revision(2, "story", &up, down.as_deref());
    match lend(story, &[first, second], |migrations| replay.prove(migrations)) {
        Ok(proof) => Ok(Some(proof)),
        // Some are refused whatever the rows.
        Err(_) if !story.text("refusal").is_empty() => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

fn lend<T>(story: &Story, revisions: &[Revision<'_>], borrow: impl FnOnce(&Migrations<'_>) -> T) -> T {
    let folders = [Folder { dialect: story.dialect, revisions }];
    borrow(&Migrations { package: "stories", folders: &folders, ..Migrations::NONE })
}
