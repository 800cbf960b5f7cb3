//! The settings, taken into a lock file that was written by others.
//!
//! When a second kind of database comes, each gets a folder of its own: the files of the first move there, and the second begins with a
//! baseline, which makes at once what the revisions up to there have made.

use crate::compose;
use crate::exit::Failure;
use crate::files::Folder;
use crate::ground::Ground;
use crate::project::Project;
use crate::proof;
use crate::prospect::{Prospect, Texts, path};
use crate::shell::Shell;
use enamel_runtime::load::Loaded;
use enamel_schema::draft::draft;
use enamel_schema::lock::Entry;
use enamel_schema::revision::{down_file, up_file, with_line_feeds};
use enamel_schema::verify::Files;
use enamel_schema::{Diagnostic, Dialect, Edits, Lock, Pair, Schema, Version};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// The name of the revision that a database begins with when it comes later.
const BASELINE: &str = "baseline";

/// What the settings changed besides the lock file. Files are relative to its folder.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Files that move, and where to.
    moved: Vec<(String, String)>,
    /// The kinds of database that came, and their first revisions.
    baselines: Vec<(Dialect, String)>,
}

/// Takes the settings into a lock file.
///
/// # Errors
///
/// When they lack a kind of database that has revisions, or the one that comes cannot hold the models.
pub(crate) fn take_settings(project: &Project, lock: Lock) -> Result<(Prospect, Taken), Failure> {
    let former = lock.clone();
    let mut prospect = Prospect::of(lock);
    refuse_to_forget(project, &former)?;
    project.copy_settings(&mut prospect.lock)?;
    prospect.lock.dialects.retain(|dialect, _| project.settings.dialects.contains(dialect));
    let mut taken = Taken::default();
    if former.folders != prospect.lock.folders {
        taken.move_files(project, &former, &mut prospect)?;
    }
    let heads = former.dialects.values().filter_map(|entries| entries.last());
    if let Some(head) = heads.map(|head| head.version).max() {
        let new = prospect.lock.dialects.iter().filter(|(_, entries)| entries.is_empty());
        for dialect in new.map(|(dialect, _)| *dialect).collect::<Vec<_>>() {
            taken.begin(project, dialect, head, &mut prospect)?;
        }
    }
    Ok((prospect, taken))
}

/// A list of revisions is never dropped because a word was left out.
fn refuse_to_forget(project: &Project, lock: &Lock) -> Result<(), Failure> {
    let mut forgotten = lock
        .dialects
        .iter()
        .filter(|(dialect, entries)| !entries.is_empty() && !project.settings.dialects.contains(dialect));
    let Some((dialect, entries)) = forgotten.next() else { return Ok(()) };
    let all: BTreeSet<&Dialect> = lock.dialects.keys().chain(&project.settings.dialects).collect();
    let names: Vec<String> = all.into_iter().map(|dialect| format!("\"{dialect}\"")).collect();
    let (count, revisions) = (entries.len(), if entries.len() == 1 { "revision" } else { "revisions" });
    Err(Diagnostic::error(format!(
        "the settings do not name {}, for which enamel.lock lists {count} {revisions}",
        dialect.title()
    ))
    .with_hint(format!("write `dialects = [{}]` in [package.metadata.enamel]", names.join(", ")))
    .into())
}

impl Taken {
    fn move_files(&mut self, project: &Project, former: &Lock, prospect: &mut Prospect) -> Result<(), Failure> {
        let mut folder = Folder::new(project.folder());
        for (&dialect, entries) in &former.dialects {
            let files = entries.iter().flat_map(files);
            for file in files {
                let (from, to) = (path(former, dialect, &file), path(&prospect.lock, dialect, &file));
                // What is not there is told by whoever loads the revisions.
                let Ok(bytes) = folder.read(&from) else { continue };
                let text = String::from_utf8(bytes).map_err(|_| Diagnostic::error(format!("{from} is not UTF-8")))?;
                prospect.texts.push((to.clone(), text));
                prospect.gone.push(from.clone());
                self.moved.push((from, to));
            }
        }
        Ok(())
    }

    /// Writes the first revision of a kind of database that came later.
    fn begin(
        &mut self,
        project: &Project,
        dialect: Dialect,
        version: Version,
        prospect: &mut Prospect,
    ) -> Result<(), Failure> {
        let schemas = Pair::new(Schema::default(), prospect.lock.schema.clone());
        let edits = Edits::default();
        let draft = draft(schemas.as_ref(), &edits, dialect, &[])?;
        let up = compose::texts(BASELINE, &edits, &draft, dialect).up;
        let file = path(&prospect.lock, dialect, &up_file(version, BASELINE));
        if let Ok(there) = Folder::new(project.folder()).read(&file)
            && with_line_feeds(&String::from_utf8_lossy(&there)) != up
        {
            let shown = format!("{}/{file}", project.shown_folder());
            return Err(Diagnostic::error(format!("{shown} is there already, and is not what would be written"))
                .with_hint(format!(
                    "`mv {shown} {shown}.mine`; put it back when this is done, and run `cargo enamel seal`"
                ))
                .into());
        }
        // There is nothing below it to go back to.
        prospect.add(dialect, version, BASELINE, Texts { up, down: None }, false);
        self.baselines.push((dialect, file));
        Ok(())
    }

    /// Whether a kind of database came.
    pub(crate) fn has_baselines(&self) -> bool {
        !self.baselines.is_empty()
    }

    /// Proves that the first revisions make the sealed schema. Those that cannot be proven are marked, and told.
    pub(crate) fn prove(
        &self,
        prospect: &mut Prospect,
        loaded: &Loaded,
        project: &Project,
        ground: &Ground,
        shell: &mut Shell,
    ) -> Result<(), Failure> {
        let dialects: Vec<Dialect> = self.baselines.iter().map(|(dialect, _)| *dialect).collect();
        let barred = ground.barred(&dialects, loaded);
        let provable: Vec<Dialect> = dialects.into_iter().filter(|dialect| !barred.contains_key(dialect)).collect();
        let proofs = proof::proofs(loaded, &provable, &prospect.lock, &prospect.lock.schema, project, ground, shell)?;
        let lines = proof::lines(&proofs);
        if !lines.is_empty() {
            return Err(proof::disproved(lines, "`--unproven` writes it as it is"));
        }
        self.mark(&mut prospect.lock, |dialect| barred.contains_key(&dialect));
        barred.values().try_for_each(|why| shell.diagnostic(why))?;
        Ok(())
    }

    /// Marks the first revisions that are not proven.
    pub(crate) fn mark(&self, lock: &mut Lock, is_unproven: impl Fn(Dialect) -> bool) {
        for (dialect, _) in self.baselines.iter().filter(|(dialect, _)| is_unproven(*dialect)) {
            lock.dialects.get_mut(dialect).into_iter().flatten().for_each(|entry| entry.unproven = true);
        }
    }

    /// Whether a file is told of here, by its path below the folder of the lock file.
    pub(crate) fn tells_of(&self, file: &Path) -> bool {
        let of_moves = self.moved.iter().map(|(_, to)| to);
        of_moves.chain(self.baselines.iter().map(|(_, to)| to)).any(|told| file == Path::new(told))
    }

    /// Tells which files moved.
    pub(crate) fn tell_moves(&self, project: &Project, dry_run: bool, shell: &mut Shell) -> std::io::Result<()> {
        for (from, to) in &self.moved {
            shell.event("moved", json!({ "previous": from, "next": to, "dry_run": dry_run }))?;
        }
        let verb = if dry_run { "Would move" } else { "Moved" };
        if let Some((from, to)) = self.moved.first() {
            let folder = |file: &str| match file.rsplit_once('/') {
                Some((folder, _)) => format!("{}/{folder}", project.shown_folder()),
                None => project.shown_folder(),
            };
            let (count, files) = (self.moved.len(), if self.moved.len() == 1 { "file" } else { "files" });
            shell.status(verb, &format!("{count} {files} from {} to {}", folder(from), folder(to)))?;
        }
        Ok(())
    }

    /// Tells what the first revisions are, and what they cannot know.
    pub(crate) fn tell_baselines(&self, project: &Project, dry_run: bool, shell: &mut Shell) -> std::io::Result<()> {
        for (_, file) in &self.baselines {
            let shown = format!("{}/{file}", project.shown_folder());
            shell.event("created", json!({ "path": shown, "dry_run": dry_run }))?;
            shell.status(if dry_run { "Would create" } else { "Created" }, &shown)?;
            shell.hint(&format!(
                "{shown} makes the tables of the models at once; views, triggers and rows that \
                 former revisions made are yours to write into it; then `cargo enamel seal`"
            ))?;
        }
        Ok(())
    }
}

/// The names of a revision's files.
fn files(entry: &Entry) -> impl Iterator<Item = String> {
    let down = entry.down.map(|_| down_file(entry.version, &entry.slug));
    std::iter::once(up_file(entry.version, &entry.slug)).chain(down)
}
