//! A lock file and texts as they are to be: what is proven before it is written.
//!
//! `revision` and `seal` make one, prove it in memory, and only then touch the disk.

use crate::cli::Globals;
use crate::exit::Failure;
use crate::files::{self, Folder};
use crate::project::Project;
use crate::report;
use enamel_runtime::load::{Loaded, load};
use enamel_schema::lock::Entry;
use enamel_schema::{Checksum, Dialect, Lock, Version};
use std::path::PathBuf;

/// A lock file and texts as they are to be.
#[derive(Clone, Debug)]
pub(crate) struct Prospect {
    /// The lock file.
    pub(crate) lock: Lock,
    /// Texts that are not on disk yet, by path below the folder of the lock file.
    pub(crate) texts: Vec<(String, String)>,
}

/// The texts of a revision that is to come, for one dialect.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    /// The way there.
    pub(crate) up: String,
    /// The way back.
    pub(crate) down: String,
}

impl Prospect {
    /// A lock file, and the folder as it is.
    pub(crate) fn of(lock: Lock) -> Self {
        Self { lock, texts: Vec::new() }
    }

    /// Adds a revision after the head of one dialect, and gives the paths of its files.
    pub(crate) fn add(&mut self, dialect: Dialect, version: Version, slug: &str, texts: Texts, unproven: bool) {
        let up = Checksum::of(&texts.up);
        let down = Checksum::of(&texts.down);
        let path = |file: String| match self.lock.folder(dialect) {
            "" => file,
            folder => format!("{folder}/{file}"),
        };
        self.texts.push((path(enamel_schema::revision::up_file(version, slug)), texts.up));
        self.texts.push((path(enamel_schema::revision::down_file(version, slug)), texts.down));
        let entries = self.lock.dialects.entry(dialect).or_default();
        let chain = Checksum::chained(entries.last().map(|entry| &entry.chain), &up);
        entries.push(Entry {
            version,
            slug: slug.to_owned(),
            up,
            down: Some(down),
            chain,
            accepts: Vec::new(),
            unproven,
        });
    }

    /// The revisions, read from disk with the unwritten texts on top.
    pub(crate) fn load(&self, project: &Project) -> Result<Loaded, Failure> {
        let mut folder = Folder::new(project.folder()).with(self.texts.iter().cloned());
        let directory = report::shown_path(&project.folder());
        Ok(load(&self.lock, &project.package.name, &directory, &mut folder)?)
    }

    /// Writes what is not on disk yet, the lock file last and only when it differs. Gives the files that were written.
    pub(crate) fn write(&self, project: &Project, globals: &Globals) -> Result<Vec<PathBuf>, Failure> {
        let folder = project.folder();
        let mut files: Vec<_> = self.texts.iter().map(|(path, text)| (folder.join(path), text.clone())).collect();
        let lock = self.lock.write();
        // Rewritten only when its content changes: every program that embeds it would be built again.
        if std::fs::read_to_string(project.lock_file()).ok().as_deref() != Some(lock.as_str()) {
            files.push((project.lock_file(), lock));
        }
        files::refuse_when_locked(globals, &files)?;
        files::write_all(&files)?;
        Ok(files.into_iter().map(|(path, _)| path).collect())
    }
}
