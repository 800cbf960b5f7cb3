//! `seal`: revisions that were written or edited by hand, proven and accepted.

use crate::cli::Globals;
use crate::exit::Failure;
use crate::git;
use crate::ground::{Ground, Place};
use crate::layout;
use crate::models;
use crate::project::Project;
use crate::proof;
use crate::rehash::{self, Edit};
use crate::shell::Shell;
use clap::Args;
use enamel_schema::lock::Entry;
use enamel_schema::{Dialect, Lock, Version};
use serde_json::json;
use similar::TextDiff;
use std::io;

/// Prove and accept revisions that were edited, and the models as they are now
///
/// Runs the revisions on a scratch database. Where they make what the models say, the lock file takes the texts as they are
/// now, and keeps the former hash: a database that applied the former text is right.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel seal                        after writing or editing a revision
  cargo enamel seal --dry-run              prove it, show what changed, accept nothing
  cargo enamel seal --no-accept            only my own database has the former text; then `upgrade --redo`")]
pub(crate) struct Arguments {
    /// Do not keep the hash of the former text: a database that applied it is wrong
    #[arg(long)]
    no_accept: bool,
    /// Accept it although it cannot be proven; the lock file says so until it is
    #[arg(long)]
    unproven: bool,
    /// Prove it and say what would be accepted, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Place,
}

/// Proves and accepts.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let project = Project::find(globals, shell)?;
    let sealed = project.lock()?;
    let rehashed = rehash::rehash(&project, &sealed, !arguments.no_accept)?;
    let (mut prospect, taken) = layout::take_settings(&project, rehashed.lock)?;
    let loaded = prospect.load(&project)?;
    for warning in loaded.warnings() {
        shell.diagnostic(warning)?;
    }
    let read = models::read(&project, &prospect.lock, shell)?;
    prospect.lock = if arguments.unproven {
        let schema = proof::named(&prospect.lock.schema, &read)?;
        let mut lock = Lock { schema, ..rehash::unproven(&prospect.lock, &rehashed.edits) };
        taken.mark(&mut lock, |_| true);
        lock
    } else {
        proof::seal(&prospect, &loaded, &read, &project, &Ground::at(&arguments.place, &project)?, shell)?
    };
    if prospect.lock == sealed {
        shell.event("fresh", json!({ "why": "everything is sealed" }))?;
        shell.status("Fresh", "everything is sealed")?;
        return Ok(());
    }
    if !arguments.dry_run {
        prospect.write(&project, globals)?;
    }
    taken.tell_moves(&project, arguments.dry_run, shell)?;
    for edit in &rehashed.edits {
        tell(edit, &project, arguments.dry_run, shell)?;
        difference(edit, &project, shell)?;
    }
    if prospect.lock.schema != sealed.schema {
        tell_of_package("models", arguments.dry_run, shell)?;
    }
    let proven = newly_proven(&sealed, &prospect.lock);
    for (dialect, entry) in &proven {
        tell_proven(*dialect, entry, arguments.dry_run, shell)?;
    }
    if rehashed.edits.is_empty() && proven.is_empty() && prospect.lock.schema == sealed.schema {
        tell_of_package("settings", arguments.dry_run, shell)?;
    }
    taken.tell_baselines(&project, arguments.dry_run, shell)?;
    Ok(())
}

/// Names a text that was sealed, or would be.
pub(super) fn tell(edit: &Edit, project: &Project, dry_run: bool, shell: &mut Shell) -> io::Result<()> {
    let path = format!("{}/{}", project.shown_folder(), edit.path);
    let (version, removed) = (edit.version.number(), edit.text.is_none());
    let object = json!({ "what": "text", "path": path, "version": version, "removed": removed, "dry_run": dry_run });
    shell.event("sealed", object)?;
    let gone =
        if removed { format!(" is gone: there is no way back from revision {}", edit.version) } else { String::new() };
    shell.status(verb(dry_run), &format!("{path}{gone}"))
}

/// Revisions that were listed as unproven, and no longer are.
fn newly_proven<'l>(former: &Lock, lock: &'l Lock) -> Vec<(Dialect, &'l Entry)> {
    let was_unproven = |dialect: &Dialect, version: Version| {
        former.dialects.get(dialect).into_iter().flatten().any(|entry| entry.version == version && entry.unproven)
    };
    let all = lock.dialects.iter().flat_map(|(dialect, entries)| entries.iter().map(move |entry| (*dialect, entry)));
    all.filter(|(dialect, entry)| !entry.unproven && was_unproven(dialect, entry.version)).collect()
}

fn tell_proven(dialect: Dialect, entry: &Entry, dry_run: bool, shell: &mut Shell) -> io::Result<()> {
    let version = entry.version.number();
    shell.event("proven", json!({ "dialect": dialect.name(), "version": version, "dry_run": dry_run }))?;
    shell.status("Proven", &format!("{} {}, on {}", entry.version, entry.slug, dialect.title()))
}

fn tell_of_package(what: &str, dry_run: bool, shell: &mut Shell) -> io::Result<()> {
    let object = json!({ "what": what, "path": null, "version": null, "removed": false, "dry_run": dry_run });
    shell.event("sealed", object)?;
    shell.status(verb(dry_run), &format!("the {what} as they are now"))
}

const fn verb(dry_run: bool) -> &'static str {
    if dry_run { "Would seal" } else { "Sealed" }
}

/// What changed in a text, where git still has the former one.
fn difference(edit: &Edit, project: &Project, shell: &mut Shell) -> io::Result<()> {
    let former = edit.former.and_then(|sealed| git::text_of(&project.folder(), &edit.path, &sealed));
    let Some((former, text)) = former.zip(edit.text.as_ref()) else { return Ok(()) };
    let difference = TextDiff::from_lines(&former, text);
    let mut unified = difference.unified_diff();
    shell.difference(&unified.context_radius(2).header("as it was sealed", "as it is now").to_string())
}
