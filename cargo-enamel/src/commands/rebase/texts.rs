//! The revisions of one side of a merge: their texts, and the schemas that were sealed between them.
//!
//! What stands on disk in the middle of a merge may be anybody's: a text is taken from there only when it is the one that the lock file
//! lists, else from git.

use super::merging::Side;
use crate::exit::Failure;
use crate::git::Repository;
use crate::project::{LOCK_FILE, Project};
use crate::prospect::{Texts, path};
use enamel_runtime::load::{Loaded, load};
use enamel_schema::lock::Entry;
use enamel_schema::rebase::Mine;
use enamel_schema::revision::{down_file, up_file, with_line_feeds};
use enamel_schema::verify::Files;
use enamel_schema::{Checksum, Diagnostic, Dialect, Lock, Version};
use std::collections::BTreeMap;
use std::io;

impl Side {
    /// The texts of a revision.
    pub(super) fn texts(&self, entry: &Entry, dialect: Dialect, tree: &Tree<'_>) -> Result<Texts, Failure> {
        let up = path(&self.lock, dialect, &up_file(entry.version, &entry.slug));
        let missing = || {
            let shown = format!("{}/{up}", tree.project.shown_folder());
            Diagnostic::error(format!("{shown} is not on {}, whose {LOCK_FILE} lists it", self.name))
        };
        let down = path(&self.lock, dialect, &down_file(entry.version, &entry.slug));
        Ok(Texts {
            up: self.text(&up, Some(&entry.up), tree).ok_or_else(missing)?,
            down: entry.down.as_ref().and_then(|sealed| self.text(&down, Some(sealed), tree)),
        })
    }

    fn text(&self, path: &str, sealed: Option<&Checksum>, tree: &Tree<'_>) -> Option<String> {
        let on_disk = || tree.on_disk(path);
        let sealed_on_disk = on_disk().filter(|text| sealed == Some(&Checksum::of(text)));
        let text = sealed_on_disk.or_else(|| tree.repository.text(&self.tree, path));
        // A stash that is applied has no tree of its own; git keeps there only what is in conflict.
        let text = text.or_else(|| on_disk().filter(|_| self.commit.is_none()));
        text.map(|text| with_line_feeds(&text).into_owned())
    }

    /// Whether a file has this text on this side.
    pub(super) fn has(&self, path: &str, text: &str, tree: &Tree<'_>) -> bool {
        if listed(&self.lock).get(path) == Some(&Checksum::of(text)) {
            return true;
        }
        let in_git = tree.repository.text(&self.tree, path);
        in_git.is_some_and(|in_git| with_line_feeds(&in_git) == text)
    }

    /// The revisions of this side alone.
    pub(super) fn load(&self, tree: &Tree<'_>) -> Result<Loaded, Failure> {
        let mut files = SideFiles { side: self, tree, listed: listed(&self.lock) };
        Ok(load(&self.lock, &tree.project.package.name, &tree.project.shown_folder(), &mut files)?)
    }

    /// The lock files of this side's past, the newest first.
    pub(super) fn past<'t>(&'t self, tree: &'t Tree<'_>) -> impl Iterator<Item = Lock> + 't {
        let log =
            |commit: &String| tree.repository.ask(&["log", "--full-history", "--format=%H", commit, "--", LOCK_FILE]);
        let commits = self.commit.as_ref().and_then(log).unwrap_or_default();
        let commits: Vec<String> = commits.lines().map(str::to_owned).collect();
        let locks = commits.into_iter().filter_map(|commit| tree.repository.text(&format!("{commit}:"), LOCK_FILE));
        locks.filter_map(|text| Lock::parse(&text, LOCK_FILE).ok())
    }
}

/// The folder of the lock file, in git and on disk.
pub(super) struct Tree<'p> {
    pub(super) project: &'p Project,
    pub(super) repository: Repository,
}

impl Tree<'_> {
    /// The text of a file that is on disk.
    pub(super) fn on_disk(&self, path: &str) -> Option<String> {
        let text = std::fs::read_to_string(self.project.folder().join(path)).ok()?;
        Some(with_line_feeds(&text).into_owned())
    }
}

/// Whether the newest revision of a lock file is this one, in all databases that it is written for.
pub(super) fn ends_with(lock: &Lock, revision: &Mine) -> bool {
    revision.entries.iter().all(|(dialect, entry)| {
        let last = lock.dialects.get(dialect).and_then(|entries| entries.last());
        last.is_some_and(|last| {
            let same = last.up == entry.up || entry.accepts.contains(&last.up) || last.accepts.contains(&entry.up);
            last.version == entry.version && last.slug == entry.slug && same
        })
    })
}

/// Whether the newest revision of a lock file has this number, and all of its revisions are in another one.
pub(super) fn is_beginning(lock: &Lock, of: &Lock, head: Version) -> bool {
    lock.dialects.iter().all(|(dialect, entries)| {
        let of = of.dialects.get(dialect).map(Vec::as_slice).unwrap_or_default();
        let names = |entries: &[Entry]| -> Vec<String> { entries.iter().map(|entry| entry.slug.clone()).collect() };
        entries.last().map_or(Version::BASE, |last| last.version) == head
            && of.get(..entries.len()).is_some_and(|of| names(of) == names(entries))
    })
}

/// The files of one side, whatever is on disk.
struct SideFiles<'s> {
    side: &'s Side,
    tree: &'s Tree<'s>,
    listed: BTreeMap<String, Checksum>,
}

/// The files that a lock file lists, and their hashes.
pub(super) fn listed(lock: &Lock) -> BTreeMap<String, Checksum> {
    let mut files = BTreeMap::new();
    for (dialect, entries) in &lock.dialects {
        for entry in entries {
            files.insert(path(lock, *dialect, &up_file(entry.version, &entry.slug)), entry.up);
            files.extend(entry.down.map(|down| (path(lock, *dialect, &down_file(entry.version, &entry.slug)), down)));
        }
    }
    files
}

impl Files for SideFiles<'_> {
    fn list(&mut self, folder: &str) -> io::Result<Vec<String>> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        Ok(self.listed.keys().filter_map(|path| Some(path.strip_prefix(&prefix)?.to_owned())).collect())
    }

    fn read(&mut self, path: &str) -> io::Result<Vec<u8>> {
        let text = self.side.text(path, self.listed.get(path), self.tree);
        text.map(String::into_bytes).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
