//! A lock file and texts as they are to be: what is proven before it is written.
//!
//! `revision` and `seal` make one, prove it in memory, and only then touch the disk.

use crate::cli::Globals;
use crate::exit::Failure;
use crate::files::{self, Folder};
use crate::project::Project;
use crate::rehash;
use crate::report;
use enamel_runtime::load::{Loaded, load};
use enamel_schema::lock::Entry;
use enamel_schema::revision::{down_file, up_file};
use enamel_schema::{Checksum, Dialect, Lock, Version};
use std::path::PathBuf;

/// A lock file and texts as they are to be.
#[derive(Clone, Debug)]
pub(crate) struct Prospect {
    /// The lock file.
    pub(crate) lock: Lock,
    /// Texts that are not on disk yet, by path below the folder of the lock file.
    pub(crate) texts: Vec<(String, String)>,
    /// Files that are to go, by path below the folder of the lock file.
    pub(crate) gone: Vec<String>,
}

/// The texts of a revision that is to come, for one dialect.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    /// The way there.
    pub(crate) up: String,
    /// The way back, `None` when there is none.
    pub(crate) down: Option<String>,
}

/// The path of a file below the folder of the lock file.
pub(crate) fn path(lock: &Lock, dialect: Dialect, file: &str) -> String {
    match lock.folder(dialect) {
        "" => file.to_owned(),
        folder => format!("{folder}/{file}"),
    }
}

impl Prospect {
    /// A lock file, and the folder as it is.
    pub(crate) fn of(lock: Lock) -> Self {
        Self { lock, texts: Vec::new(), gone: Vec::new() }
    }

    /// Adds a revision after the head of one dialect, and gives the paths of its files.
    pub(crate) fn add(&mut self, dialect: Dialect, version: Version, slug: &str, texts: Texts, unproven: bool) {
        let up = Checksum::of(&texts.up);
        let down = texts.down.as_deref().map(Checksum::of);
        self.put(dialect, version, slug, texts);
        let entries = self.lock.dialects.entry(dialect).or_default();
        let chain = Checksum::chained(entries.last().map(|entry| &entry.chain), &up);
        entries.push(Entry { version, slug: slug.to_owned(), up, down, chain, accepts: Vec::new(), unproven });
    }

    /// Gives a revision its texts.
    pub(crate) fn put(&mut self, dialect: Dialect, version: Version, slug: &str, texts: Texts) {
        let up = (path(&self.lock, dialect, &up_file(version, slug)), texts.up);
        let down = texts.down.map(|text| (path(&self.lock, dialect, &down_file(version, slug)), text));
        for (file, text) in std::iter::once(up).chain(down) {
            self.texts.retain(|(other, _)| *other != file);
            self.texts.push((file, text));
        }
    }

    /// Chains the revisions anew, after texts of former ones were changed.
    pub(crate) fn rechain(&mut self) {
        self.lock.dialects.values_mut().for_each(|entries| rehash::rechain(entries));
    }

    /// The revisions, read from disk with the unwritten texts on top.
    pub(crate) fn load(&self, project: &Project) -> Result<Loaded, Failure> {
        let folder = Folder::new(project.folder()).without(self.gone.iter().cloned());
        let mut folder = folder.with(self.texts.iter().cloned());
        let directory = report::shown_path(&project.folder());
        let loaded = load(&self.lock, &project.package.name, &directory, &mut folder);
        // What another command is writing meanwhile looks as if somebody had slipped it in.
        if loaded.as_ref().map_or(true, |loaded| !loaded.warnings().is_empty()) {
            let _held = files::hold(&project.folder());
            project.refuse_when_overtaken()?;
        }
        Ok(loaded?)
    }

    /// Writes what is not on disk yet, the lock file last and only when it differs. Gives the files that were written.
    pub(crate) fn write(&self, project: &Project, globals: &Globals) -> Result<Vec<PathBuf>, Failure> {
        let folder = project.folder();
        let differs =
            |(path, text): &(PathBuf, String)| std::fs::read_to_string(path).ok().as_deref() != Some(text.as_str());
        let texts = self.texts.iter().map(|(path, text)| (folder.join(path), text.clone()));
        let mut files: Vec<_> = texts.filter(differs).collect();
        let lock = self.lock.write();
        // Rewritten only when its content changes: every program that embeds it would be built again.
        files.extend(Some((project.lock_file(), lock)).filter(differs));
        files::refuse_when_locked(globals, &files)?;
        // Order matters: nobody else writes between the look and the last file.
        let held = files::hold(&folder);
        project.refuse_when_overtaken()?;
        if held.is_some() {
            files::sweep(&files);
        }
        let gone = self.gone.iter().filter(|gone| !self.texts.iter().any(|(path, _)| path == *gone));
        files::write_all(&files, &gone.map(|path| folder.join(path)).collect::<Vec<_>>())?;
        Ok(files.into_iter().map(|(path, _)| path).collect())
    }
}
