//! `rebase`: my revisions, behind those that another branch wrote meanwhile.

mod again;
mod merging;
mod models_of_both;
mod refusal;
mod repair;
mod texts;

use crate::cli::{Database, Globals};
use crate::database::{self, Named};
use crate::exit::Failure;
use crate::git::Repository;
use crate::ground::{Ground, Place};
use crate::project::Project;
use crate::prospect::Prospect;
use crate::report;
use crate::shell::Shell;
use again::{Fate, Rebased};
use clap::Args;
use enamel_schema::lock::Entry;
use enamel_schema::{Diagnostic, Lock};
use merging::Merging;
use serde_json::json;
use texts::Tree;

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
    #[command(flatten)]
    place: Place,
}

/// Puts my revisions behind theirs.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let project = Project::find(globals, shell)?;
    let database = wanted(arguments, &project)?;
    let repository = Repository::open(project.folder())?;
    let merging = merging::find(&repository, arguments.onto.as_deref())?;
    if let Some(lock) = in_order(&project, merging.as_ref()) {
        shell.event("fresh", json!({ "why": "the revisions are in one line" }))?;
        shell.status("Fresh", "the revisions are in one line: there is nothing to put behind another")?;
        let mine = merging.as_ref().map_or(&lock, |merging| &merging.mine.lock);
        return look_at(database.as_ref(), arguments, &project, [mine, &lock], shell);
    }
    let merging = merging.ok_or_else(|| not_merging(&project))?;
    let tree = Tree { project: &project, repository };
    let read = models_of_both::read(&project, &merging.theirs.lock, shell)?;
    let Rebased { mut prospect, fates, barred } =
        again::all(&merging, &tree, &Ground::at(&arguments.place, &project)?, shell)?;
    project.copy_settings(&mut prospect.lock)?;
    let difference = models_of_both::take(&read, &mut prospect, &project)?;
    refuse_to_lose_edits(&prospect, &merging, &tree)?;
    barred.values().try_for_each(|why| shell.diagnostic(why))?;
    let told = Told { merging: &merging, fates: &fates, dry_run: arguments.dry_run };
    if arguments.dry_run {
        told.tell(&project, shell)?;
    } else {
        prospect.write(&project, globals)?;
        told.tell(&project, shell)?;
        let go_on = merging.go_on.map_or_else(|| "commit it".to_owned(), |command| format!("`{command}`"));
        shell.hint(&format!("`git add --all {}`, then {go_on}", project.shown_folder()))?;
        look_at(database.as_ref(), arguments, &project, [&merging.mine.lock, &prospect.lock], shell)?;
    }
    difference.map_or(Ok(()), |difference| Err(Failure::difference(vec![difference])))
}

/// The database that is named. One that the environment names wrongly is no reason to fail, unless it is to be repaired.
fn wanted(arguments: &Arguments, project: &Project) -> Result<Option<Named>, Failure> {
    match is_wanted(arguments) {
        true if arguments.live => database::wanted(&arguments.database, project).map(Some),
        true => database::named(&arguments.database, project),
        false => Ok(database::named(&arguments.database, project).unwrap_or_default()),
    }
}

/// Whether somebody asks for the database here.
fn is_wanted(arguments: &Arguments) -> bool {
    arguments.live || arguments.database.database_url.is_some()
}

/// The lock file on disk, when it and the files beside it are sound, and theirs comes first.
fn in_order(project: &Project, merging: Option<&Merging>) -> Option<Lock> {
    let lock = project.lock().ok()?;
    let theirs_first = merging.is_none_or(|merging| {
        merging.theirs.lock.dialects.iter().all(|(dialect, theirs)| {
            let here = lock.dialects.get(dialect).map(Vec::as_slice).unwrap_or_default();
            let same = |(here, theirs): (&Entry, &Entry)| {
                let text = here.up == theirs.up || here.accepts.contains(&theirs.up);
                text && here.version == theirs.version && here.slug == theirs.slug
            };
            here.len() >= theirs.len() && here.iter().zip(theirs).all(same)
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
    let known = |path: &String, text: &str| {
        let is_next = prospect.texts.iter().any(|(next, next_text)| next == path && next_text == text);
        is_next || [&merging.mine, &merging.theirs].iter().any(|side| side.has(path, text, tree))
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

/// What becomes of mine, or would.
struct Told<'a> {
    merging: &'a Merging,
    fates: &'a [Fate],
    dry_run: bool,
}

impl Told<'_> {
    fn tell(&self, project: &Project, shell: &mut Shell) -> Result<(), Failure> {
        let (mine, theirs) = (&self.merging.mine.name, &self.merging.theirs.name);
        shell.event("rebasing", json!({ "mine": mine, "theirs": theirs, "dry_run": self.dry_run }))?;
        let verb = if self.dry_run { "Would rebase" } else { "Rebasing" };
        shell.status(verb, &format!("the revisions of {mine} behind those of {theirs}"))?;
        if self.fates.is_empty() {
            let lock_file = report::shown_path(&project.lock_file());
            let verb = if self.dry_run { "Would merge" } else { "Merged" };
            shell.status(verb, &format!("{lock_file}: no revision of yours is new"))?;
        }
        self.fates.iter().try_for_each(|fate| self.fate(fate, &project.shown_folder(), shell))
    }

    fn fate(&self, fate: &Fate, folder: &str, shell: &mut Shell) -> Result<(), Failure> {
        let (done, would, reason, previous, next) = match fate {
            Fate::Renewed { previous, next, .. } => ("Renewed", "Would renew", "renewed", Some(previous), Some(next)),
            Fate::Renumbered { previous, next } => {
                ("Renumbered", "Would move", "renumbered", Some(previous), Some(next))
            }
            Fate::Dropped { previous } => ("Dropped", "Would drop", "dropped", Some(previous), None),
            Fate::Mended { next } => ("Mended", "Would mend", "mended", None, Some(next)),
        };
        let already = if let Fate::Renewed { already, .. } = fate { already.as_slice() } else { &[] };
        let event = json!({ "previous": previous, "next": next, "already": already, "dry_run": self.dry_run });
        shell.event(reason, event)?;
        let mut told = match (previous, next) {
            (Some(previous), Some(next)) if previous != next => format!("{folder}/{previous} as {next}"),
            (Some(_) | None, Some(next)) => format!("{folder}/{next}"),
            (Some(previous), None) => format!("{folder}/{previous}: theirs makes the same change"),
            (None, None) => String::new(),
        };
        told.extend(already.iter().map(|change| format!("\nwithout: {change}, which theirs makes")));
        Ok(shell.status(if self.dry_run { would } else { done }, &told)?)
    }
}

/// Looks at the database, and repairs it when that was asked for. `locks` are mine as it was, and the one that is.
fn look_at(
    database: Option<&Named>,
    arguments: &Arguments,
    project: &Project,
    locks: [&Lock; 2],
    shell: &mut Shell,
) -> Result<(), Failure> {
    let Some(database) = database.filter(|database| arguments.live || !database.is_missing()) else { return Ok(()) };
    let loaded = Prospect::of(locks[1].clone()).load(project)?;
    let looked = repair::database(database, &loaded, locks, arguments.live, shell);
    if is_wanted(arguments) { looked } else { Ok(()) }
}
