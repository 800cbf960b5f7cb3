//! A database that has mine before theirs: mine down, theirs up, mine up.

use crate::exit::Failure;
use crate::shell::Shell;
use crate::talk::Talk;
use enamel_runtime::command::{Named, finished, observer, place, refused};
use enamel_runtime::load::Loaded;
use enamel_runtime::upgrade::{State, Text};
use enamel_schema::{Checksum, Lock, Version};
use serde_json::json;

/// Says how to repair a database that has revisions of mine under their former numbers; with `live`, does it.
pub(super) fn database(
    database: &Named,
    loaded: &Loaded,
    locks: [&Lock; 2],
    live: bool,
    shell: &mut Shell,
) -> Result<(), Failure> {
    let mut connection = database.open()?;
    let state = loaded.with(|migrations| migrations.launch().state(&mut connection));
    let state = state.map_err(|error| refused(&error))?;
    let Some(below) = below_mine(&state, locks) else {
        if live {
            shell.status("Fresh", &format!("{database} has none of yours before theirs: {state}"))?;
        }
        return Ok(());
    };
    if !live {
        shell.event("out-of-order", json!({ "database": database.to_string(), "below": below.number() }))?;
        shell.hint(&format!(
            "{database} has yours before theirs; yours down, theirs up, yours up: `cargo enamel downgrade {}`, then `cargo enamel \
             upgrade`; or `cargo enamel rebase --database`",
            place(below)
        ))?;
        return Ok(());
    }
    let mut talk = Talk::new(shell);
    let down = loaded.with(|migrations| {
        let mut observer = observer(&mut talk);
        migrations.launch().observer(&mut observer).downgrade(&mut connection, below)
    });
    finished(&down.map_err(|error| refused(&error))?, &mut talk)?;
    let up = loaded.with(|migrations| {
        let mut observer = observer(&mut talk);
        migrations.launch().observer(&mut observer).upgrade(&mut connection)
    });
    finished(&up.map_err(|error| refused(&error))?, &mut talk)
}

/// The revision below the first of mine that stands where one of theirs should.
fn below_mine(state: &State, [mine, next]: [&Lock; 2]) -> Option<Version> {
    let first = state.applied.iter().position(|applied| matches!(applied.text, Text::Edited | Text::Unknown))?;
    let applied = state.applied.get(first)?;
    let line = |lock: &Lock| -> Option<Checksum> {
        let mut entries = lock.dialects.values().flatten();
        entries.find(|entry| entry.version == applied.version && entry.slug == applied.name).map(|entry| entry.up)
    };
    let is_mine = match (line(mine), line(next)) {
        (Some(mine), next) => Some(mine) != next,
        // Without a merge only this is known: it bears a number that another revision has now.
        (None, None) => applied.text == Text::Edited,
        (None, Some(_)) => false,
    };
    is_mine.then(|| {
        first.checked_sub(1).and_then(|below| state.applied.get(below)).map_or(Version::BASE, |row| row.version)
    })
}
