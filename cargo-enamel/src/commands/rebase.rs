//! `rebase`: my revisions, on top of those that another branch wrote meanwhile.

mod again;
mod models_of_both;
mod redefined;
mod repair;
mod sides;

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::project::Project;
use crate::proof;
use crate::shell::Shell;
use again::{Fate, Rebased};
use clap::Args;
use enamel_schema::Version;
use serde_json::json;
use sides::Sides;

/// Put my revisions on top of theirs, while a merge is under way
///
/// Two branches that each wrote a revision conflict in `enamel.lock`. Both sides are taken from git; each revision of mine that is
/// still as it was generated is generated again from where theirs ends, so that it keeps what theirs added; one that was written by
/// hand gets the next number. A change that both made is made once. The result is proven before it is written.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel rebase                      after `git merge` or `git rebase` stopped at enamel.lock
  cargo enamel rebase --swap               put theirs on top of mine
  cargo enamel rebase --database           and repair the database that has mine already")]
pub(crate) struct Arguments {
    /// Put theirs on top of mine
    #[arg(long)]
    swap: bool,
    /// Repair the database that has mine before theirs: mine down, theirs up, mine up
    #[arg(long = "database")]
    live: bool,
    #[command(flatten)]
    database: Database,
}

/// Puts my revisions on top of theirs.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let project = Project::find(globals, shell)?;
    let database = if arguments.live {
        Some(crate::database::wanted(&arguments.database, &project)?)
    } else {
        crate::database::named(&arguments.database, &project)?
    };
    let sides = Sides::read(&project, arguments.swap)?;
    let Rebased { mut prospect, fates } = again::all(&project, &sides, shell)?;
    let loaded = prospect.load(&project)?;
    models_of_both::take(&project, &mut prospect.lock, shell)?;
    let lines = proof::differences(&loaded, &prospect.lock, &prospect.lock.schema, &project, shell)?;
    if !lines.is_empty() {
        return Err(proof::disproved(
            lines,
            "nothing was written; merge the files by hand, and run `cargo enamel seal`",
        ));
    }
    prospect.write(&project, globals)?;
    for fate in &fates {
        tell(fate, &project, shell)?;
    }
    shell.hint(&format!("`git add --all {}`, and go on with the merge", project.shown_folder()))?;
    match database.filter(|database| !database.is_missing()) {
        Some(database) => repair::database(&database, &loaded, &sides, arguments.live, shell),
        None => Ok(()),
    }
}

fn tell(fate: &Fate, project: &Project, shell: &mut Shell) -> Result<(), Failure> {
    let (verb, reason, previous, next) = match fate {
        Fate::Renewed { previous, next } => ("Renewed", "renewed", previous, Some(next)),
        Fate::Renumbered { previous, next } => ("Renumbered", "renumbered", previous, Some(next)),
        Fate::Dropped { previous } => ("Dropped", "dropped", previous, None),
    };
    shell.event(reason, json!({ "previous": previous, "next": next }))?;
    let folder = project.shown_folder();
    shell.status(
        verb,
        &match next {
            Some(next) if next == previous => format!("{folder}/{next}"),
            Some(next) => format!("{folder}/{previous} as {next}"),
            None => format!("{folder}/{previous}: theirs makes the same change"),
        },
    )?;
    Ok(())
}

/// The newest revision that both sides have.
fn fork(sides: &Sides) -> Version {
    sides
        .base
        .lock
        .dialects
        .values()
        .filter_map(|entries| entries.last())
        .map(|entry| entry.version)
        .max()
        .unwrap_or_default()
}
