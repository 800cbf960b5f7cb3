//! The three sides of a merge, as git has them: where both began, mine, theirs.
//!
//! A text is found by the hash that its side's lock file has for it, wherever git keeps it: what stands on disk in the middle of a
//! merge may be anybody's.

use crate::exit::Failure;
use crate::files::Folder;
use crate::git;
use crate::project::{LOCK_FILE, Project};
use crate::prospect::path;
use crate::report;
use enamel_runtime::load::{Loaded, load};
use enamel_schema::lock::Entry;
use enamel_schema::revision::{FileName, down_file, up_file};
use enamel_schema::verify::Files;
use enamel_schema::{Checksum, Diagnostic, Dialect, Lock};
use std::collections::BTreeMap;

/// The three sides of a merge.
pub(super) struct Sides {
    /// Where both began.
    pub(super) base: Side,
    /// The side whose revisions come last.
    pub(super) mine: Side,
    /// The side whose revisions stay as they are.
    pub(super) theirs: Side,
    /// Lock files of mine at earlier commits.
    pub(super) earlier: Vec<Lock>,
}

/// A lock file, and the texts that it lists.
pub(super) struct Side {
    pub(super) lock: Lock,
    /// By path below the folder of the lock file.
    pub(super) texts: BTreeMap<String, String>,
}

impl Sides {
    /// Reads the sides of the merge that is under way. With `swap`, mine and theirs change places.
    pub(super) fn read(project: &Project, swap: bool) -> Result<Sides, Failure> {
        let folder = project.folder();
        let Some(stages) = git::stages(&folder, LOCK_FILE) else {
            let path = report::shown_path(&project.lock_file());
            return Err(Diagnostic::error(format!("git has no conflict in {path}"))
                .with_hint("`rebase` is for a merge that is under way: run it when `git merge` or `git rebase` stops")
                .with_hint("`cargo enamel check` says whether all is well as it is")
                .into());
        };
        // While git rebases, "ours" is the branch that is rebased onto, and "theirs" the commit of mine that is put there.
        let mine_is_second = git::is_replaying(&folder) != swap;
        let (mine, theirs) = if mine_is_second { (stages.theirs, stages.ours) } else { (stages.ours, stages.theirs) };
        let base = match stages.base {
            Some(text) => parse(&text, "where both began")?,
            None => project.first_lock()?,
        };
        let (mine, theirs) = (parse(&mine, "mine")?, parse(&theirs, "theirs")?);
        let earlier =
            git::texts(&folder, LOCK_FILE).iter().filter_map(|text| Lock::parse(text, LOCK_FILE).ok()).collect();
        let sides = Sides {
            base: Side::read(project, base)?,
            mine: Side::read(project, mine)?,
            theirs: Side::read(project, theirs)?,
            earlier,
        };
        sides.refuse_changed_past(project)?;
        Ok(sides)
    }

    /// The revisions of a side that were not there where both began.
    pub(super) fn new_of<'s>(&self, side: &'s Side, dialect: Dialect) -> &'s [Entry] {
        let before = self.base.lock.dialects.get(&dialect).map_or(0, Vec::len);
        side.lock.dialects.get(&dialect).and_then(|entries| entries.get(before..)).unwrap_or_default()
    }

    fn refuse_changed_past(&self, project: &Project) -> Result<(), Failure> {
        for (dialect, before) in &self.base.lock.dialects {
            for side in [&self.mine, &self.theirs] {
                let entries = side.lock.dialects.get(dialect).map(Vec::as_slice).unwrap_or_default();
                let changed = before.iter().enumerate().find(|(index, entry)| {
                    entries
                        .get(*index)
                        .is_none_or(|now| now.version != entry.version || now.slug != entry.slug || now.up != entry.up)
                });
                if let Some((_, entry)) = changed {
                    let file = up_file(entry.version, &entry.slug);
                    let shown = format!("{}/{}", project.shown_folder(), path(&side.lock, *dialect, &file));
                    return Err(Diagnostic::error(format!("one side edited {shown}, which both had"))
                        .with_hint("take the lock file of one side, bring the files into their places, and run `cargo enamel seal`")
                        .into());
                }
            }
        }
        Ok(())
    }
}

impl Side {
    fn read(project: &Project, lock: Lock) -> Result<Side, Failure> {
        let mut texts = BTreeMap::new();
        for (dialect, entries) in &lock.dialects {
            for entry in entries {
                let up = path(&lock, *dialect, &up_file(entry.version, &entry.slug));
                texts.insert(up.clone(), text(project, &up, &entry.up)?);
                if let Some(hash) = &entry.down {
                    let down = path(&lock, *dialect, &down_file(entry.version, &entry.slug));
                    texts.insert(down.clone(), text(project, &down, hash)?);
                }
            }
        }
        Ok(Side { lock, texts })
    }

    /// The revisions of this side alone.
    pub(super) fn load(&self, project: &Project) -> Result<Loaded, Failure> {
        let others = revisions_on_disk(project, &self.lock);
        let mut folder = Folder::new(project.folder()).without(others).with(self.texts.clone());
        Ok(load(&self.lock, &project.package.name, &project.shown_folder(), &mut folder)?)
    }

    /// The texts of a revision.
    pub(super) fn up(&self, dialect: Dialect, entry: &Entry) -> &str {
        let path = path(&self.lock, dialect, &up_file(entry.version, &entry.slug));
        self.texts.get(&path).map(String::as_str).unwrap_or_default()
    }

    pub(super) fn down(&self, dialect: Dialect, entry: &Entry) -> Option<&str> {
        let path = path(&self.lock, dialect, &down_file(entry.version, &entry.slug));
        self.texts.get(&path).map(String::as_str)
    }
}

fn parse(text: &str, whose: &str) -> Result<Lock, Failure> {
    Lock::parse(text, LOCK_FILE).map_err(|mut mistake| {
        // The text is not on disk.
        mistake.place = None;
        mistake.with_note(format!("in the lock file as it is {whose}")).into()
    })
}

fn text(project: &Project, path: &str, hash: &Checksum) -> Result<String, Failure> {
    let folder = project.folder();
    let on_disk = std::fs::read_to_string(folder.join(path)).ok().filter(|text| &Checksum::of(text) == hash);
    on_disk.or_else(|| git::text_of(&folder, path, hash)).ok_or_else(|| {
        let shown = format!("{}/{path}", project.shown_folder());
        Diagnostic::error(format!("git does not have the text of {shown} that was sealed"))
            .with_hint(
                "abort the merge, run `cargo enamel check` on both branches, commit what is missing, and merge again",
            )
            .into()
    })
}

/// All files of revisions that lie in the folders of a lock file.
fn revisions_on_disk(project: &Project, lock: &Lock) -> Vec<String> {
    let mut folder = Folder::new(project.folder());
    let mut paths = Vec::new();
    for dialect in lock.dialects.keys().copied() {
        let names = folder.list(lock.folder(dialect)).unwrap_or_default();
        paths.extend(names.iter().filter(|name| FileName::parse(name).is_some()).map(|name| path(lock, dialect, name)));
    }
    paths
}
