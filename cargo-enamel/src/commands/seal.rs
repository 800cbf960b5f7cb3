//! `seal`: revisions that were written or edited by hand, proven and accepted.

use crate::cli::Globals;
use crate::exit::Failure;
use crate::git;
use crate::models;
use crate::project::Project;
use crate::proof;
use crate::prospect::Prospect;
use crate::rehash::{self, Edit};
use crate::shell::Shell;
use clap::Args;
use enamel_schema::Lock;
use serde_json::json;
use similar::TextDiff;

/// Prove and accept revisions that were edited, and the models as they are now
///
/// Runs the revisions on a scratch database. Where they make what the models say, the lock file takes the texts as they are
/// now, and keeps the former hash: a database that applied the former text is right.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel seal                        after writing or editing a revision
  cargo enamel seal --no-accept            only my own database has the former text; then `upgrade --redo`")]
pub(crate) struct Arguments {
    /// Do not keep the hash of the former text: a database that applied it is wrong
    #[arg(long)]
    no_accept: bool,
    /// Accept it although it cannot be proven; the lock file says so until it is
    #[arg(long)]
    unproven: bool,
}

/// Proves and accepts.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let project = Project::find(globals, shell)?;
    let sealed = project.lock()?;
    let mut rehashed = rehash::rehash(&project, &sealed, !arguments.no_accept)?;
    project.copy_settings(&mut rehashed.lock)?;
    let mut prospect = Prospect::of(rehashed.lock);
    let loaded = prospect.load(&project)?;
    for warning in loaded.warnings() {
        shell.diagnostic(warning)?;
    }
    let read = models::read(&project, &prospect.lock, shell)?;
    prospect.lock = if arguments.unproven {
        let schema = proof::named(&prospect.lock.schema, &read)?;
        Lock { schema, ..rehash::unproven(&prospect.lock, &rehashed.edits) }
    } else {
        proof::seal(&prospect, &loaded, &read, &project, shell)?
    };
    if prospect.lock == sealed {
        shell.event("fresh", json!({ "why": "everything is sealed" }))?;
        shell.status("Fresh", "everything is sealed")?;
        return Ok(());
    }
    prospect.write(&project, globals)?;
    for edit in &rehashed.edits {
        tell(edit, &project, shell)?;
    }
    if prospect.lock.schema != sealed.schema {
        shell.event("sealed", json!({ "models": true }))?;
        shell.status("Sealed", "the models as they are now")?;
    }
    if rehashed.edits.is_empty() && prospect.lock.schema == sealed.schema {
        shell.status("Sealed", "the settings as they are now")?;
    }
    Ok(())
}

/// Names a text that was sealed, with what changed in it, where git still has the former text.
fn tell(edit: &Edit, project: &Project, shell: &mut Shell) -> Result<(), Failure> {
    let path = format!("{}/{}", project.shown_folder(), edit.path);
    shell.event("sealed", json!({ "path": path, "version": edit.version.number(), "down": edit.down }))?;
    let Some(text) = &edit.text else {
        shell.status("Sealed", &format!("{path} is gone: there is no way back from revision {}", edit.version))?;
        return Ok(());
    };
    shell.status("Sealed", &path)?;
    if let Some(former) = edit.former.and_then(|sealed| git::text_of(&project.folder(), &edit.path, &sealed)) {
        let difference = TextDiff::from_lines(&former, text);
        let mut unified = difference.unified_diff();
        shell.difference(&unified.context_radius(2).header("as it was sealed", "as it is now").to_string())?;
    }
    Ok(())
}
