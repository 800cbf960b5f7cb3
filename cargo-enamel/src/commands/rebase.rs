//! `rebase`: my revisions, behind those that another branch wrote meanwhile.

mod again;
mod merging;
mod models_of_both;
mod refusal;
mod repair;
mod texts;

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::git::Repository;
use crate::project::Project;
use crate::prospect::Prospect;
use crate::shell::Shell;
use again::{Fate, Rebased};
use clap::Args;
use enamel_schema::{Checksum, Diagnostic, Lock};
use merging::Merging;
use serde_json::json;
use texts::{Tree, listed};

/// Put my revisions behind theirs, while a merge is under way
///
/// Two branches that each wrote a revision conflict in `enamel.lock`. Both sides are taken from git. Each revision of mine that is
/// still as it was generated is generated again from where theirs ends, so that it keeps what theirs added; one that was written by
/// hand gets the next number, and is refused where it makes anew what theirs touched. A change that both made is made once. The
/// result is proven before it is written.
///
/// "Theirs" is upstream: what a rebase or cherry-pick puts my commits on, what a merge brings in; but on the main branch, the branch
/// itself. It keeps its numbers.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel rebase                      after `git merge` or `git rebase` stopped at enamel.lock
  cargo enamel rebase --onto HEAD          what is merged in comes behind what is here
  cargo enamel rebase --onto main          after a merge with main that was resolved otherwise
  cargo enamel rebase --dry-run            say what would become of mine, and write nothing
  cargo enamel rebase --database           and repair the database that has mine already")]
pub(crate) struct Arguments {
    /// The commit or branch whose revisions come first
    #[arg(long, value_name = "COMMIT")]
    onto: Option<String>,
    /// Say what would become of mine, and write nothing
    #[arg(long, conflicts_with = "live")]
    dry_run: bool,
    /// Repair the database that has mine before theirs: mine down, theirs up, mine up
    #[arg(long = "database")]
    live: bool,
    #[command(flatten)]
    database: Database,
}

/// Puts my revisions behind theirs.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let project = Project::find(globals, shell)?;
    let repository = Repository::open(project.folder())?;
    let merging = merging::find(&repository, arguments.onto.as_deref())?;
    let tree = Tree { project: &project, repository };
    if let Some(lock) = in_order(&project, merging.as_ref()) {
        shell.event("fresh", json!({ "why": "the revisions are in one line" }))?;
        shell.status("Fresh", "the revisions are in one line: there is nothing to put behind another")?;
        let mine = merging.as_ref().map_or(&lock, |merging| &merging.mine.lock);
        return database(arguments, &tree, [mine, &lock], shell);
    }
    let merging = merging.ok_or_else(|| not_merging(&project))?;
    let read = models_of_both::read(&project, &merging.theirs.lock, shell)?;
    let Rebased { mut prospect, fates } = again::all(&merging, &tree, shell)?;
    project.copy_settings(&mut prospect.lock)?;
    let difference = models_of_both::take(&read, &mut prospect.lock)?;
    refuse_to_lose_edits(&prospect, &merging, &tree)?;
    shell.status(
        "Rebasing",
        &format!("the revisions of {} behind those of {}", merging.mine.name, merging.theirs.name),
    )?;
    if !arguments.dry_run {
        prospect.write(&project, globals)?;
    }
    for fate in &fates {
        tell(fate, &project, shell)?;
    }
    if !arguments.dry_run {
        let go_on = merging.go_on.map_or_else(|| "commit it".to_owned(), |command| format!("`{command}`"));
        shell.hint(&format!("`git add --all {}`, then {go_on}", project.shown_folder()))?;
        database(arguments, &tree, [&merging.mine.lock, &prospect.lock], shell)?;
    }
    difference.map_or(Ok(()), |difference| Err(Failure::difference(vec![difference])))
}

/// The lock file on disk, when it and the files beside it are sound, and theirs comes first.
fn in_order(project: &Project, merging: Option<&Merging>) -> Option<Lock> {
    let lock = project.lock().ok()?;
    let theirs_first = merging.is_none_or(|merging| {
        merging.theirs.lock.dialects.iter().all(|(dialect, theirs)| {
            let here = lock.dialects.get(dialect).map(Vec::as_slice).unwrap_or_default();
            let texts = |entry: &enamel_schema::lock::Entry| (entry.version, entry.slug.clone());
            here.len() >= theirs.len() && here.iter().zip(theirs).all(|(here, theirs)| texts(here) == texts(theirs))
        })
    });
    let sound = theirs_first && Prospect::of(lock.clone()).load(project).is_ok();
    sound.then_some(lock)
}

fn not_merging(project: &Project) -> Failure {
    let mistakes = match project.lock() {
        Err(failure) => return failure.with_hint(ONTO),
        Ok(lock) => Prospect::of(lock).load(project).err(),
    };
    mistakes.map_or_else(|| Diagnostic::error("no merge is under way").into(), |failure| failure.with_hint(ONTO))
}

const ONTO: &str =
    "no merge is under way; `cargo enamel rebase --onto main` names the branch whose revisions come first";

/// Files are overwritten or removed only where git has their texts.
fn refuse_to_lose_edits(prospect: &Prospect, merging: &Merging, tree: &Tree<'_>) -> Result<(), Failure> {
    let unmerged = tree.repository.unmerged();
    let sealed = [listed(&merging.mine.lock), listed(&merging.theirs.lock)];
    let known = |path: &str, text: &str| {
        let hash = Checksum::of(text);
        sealed.iter().any(|listed| listed.get(path) == Some(&hash))
            || prospect.texts.iter().any(|(next, next_text)| next == path && next_text == text)
            || [&merging.mine, &merging.theirs]
                .iter()
                .any(|side| tree.repository.text(&side.tree, path).as_deref() == Some(text))
    };
    let written = prospect.texts.iter().map(|(path, _)| path);
    for path in written.chain(&prospect.gone).filter(|path| !unmerged.contains(*path)) {
        if tree.on_disk(path).is_some_and(|text| !known(path, &text)) {
            let shown = format!("{}/{path}", tree.project.shown_folder());
            return Err(Diagnostic::error(format!("{shown} was edited, and the edit is not committed"))
                .with_hint(format!("`mv {shown} {shown}.mine` keeps it; run this again, and put the edit back"))
                .into());
        }
    }
    Ok(())
}

fn tell(fate: &Fate, project: &Project, shell: &mut Shell) -> Result<(), Failure> {
    let folder = project.shown_folder();
    let (verb, reason, previous, next, more) = match fate {
        Fate::Renewed { previous, next, already } => {
            ("Renewed", "renewed", Some(previous), Some(next), already.as_slice())
        }
        Fate::Renumbered { previous, next } => ("Renumbered", "renumbered", Some(previous), Some(next), &[][..]),
        Fate::Dropped { previous } => ("Dropped", "dropped", Some(previous), None, &[][..]),
        Fate::Mended { next } => ("Mended", "mended", None, Some(next), &[][..]),
    };
    shell.event(reason, json!({ "previous": previous, "next": next, "already": more }))?;
    let mut told = match (previous, next) {
        (Some(previous), Some(next)) if previous != next => format!("{folder}/{previous} as {next}"),
        (_, Some(next)) => format!("{folder}/{next}"),
        (Some(previous), None) => format!("{folder}/{previous}: theirs makes the same change"),
        (None, None) => String::new(),
    };
    told.extend(more.iter().map(|change| format!("\nwithout: {change}, which theirs makes")));
    Ok(shell.status(verb, &told)?)
}

/// Looks at the database, and repairs it when that was asked for.
fn database(arguments: &Arguments, tree: &Tree<'_>, locks: [&Lock; 2], shell: &mut Shell) -> Result<(), Failure> {
    let loaded = Prospect::of(locks[1].clone()).load(tree.project)?;
    if arguments.live {
        let database = crate::database::wanted(&arguments.database, tree.project)?;
        return repair::database(&database, &loaded, locks, true, shell);
    }
    match crate::database::named(&arguments.database, tree.project)?.filter(|database| !database.is_missing()) {
        Some(database) => repair::database(&database, &loaded, locks, false, shell),
        None => Ok(()),
    }
}
