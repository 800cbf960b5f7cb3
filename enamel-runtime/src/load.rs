//! Revisions from disk, for the command: what `embed!` does when a program is compiled, done when the command runs.

use crate::migrations::{Folder, Migrations, Models, Revision};
use enamel_schema::verify::{Files, Text, VerifiedRevision, verify};
use enamel_schema::{Checksum, Diagnostic, Dialect, Level, Lock, Version};
use include_dir::File;

/// Revisions that were read from disk. It owns their texts and lends [`Migrations`].
#[derive(Clone, Debug)]
pub struct Loaded {
    package: String,
    directory: String,
    history: String,
    folders: Vec<LoadedFolder>,
    warnings: Vec<Diagnostic>,
}

/// Reads the revisions that `lock` lists.
///
/// `package` is the name that the history table records, `directory` the folder of the lock file as messages show it.
///
/// # Errors
///
/// All that stops a program with these revisions from compiling, and the warnings besides.
pub fn load(lock: &Lock, package: &str, directory: &str, files: &mut dyn Files) -> Result<Loaded, Vec<Diagnostic>> {
    let verified = verify(lock, directory, files);
    if verified.has_errors() {
        return Err(verified.findings);
    }
    let folders = verified.folders.into_iter().map(|folder| {
        let entries = lock.dialects.get(&folder.dialect).into_iter().flatten();
        let revisions = folder.revisions.into_iter().zip(entries);
        LoadedFolder {
            dialect: folder.dialect,
            revisions: revisions
                .filter_map(|(revision, entry)| LoadedRevision::new(revision, entry.accepts.clone()))
                .collect(),
        }
    });
    Ok(Loaded {
        package: package.to_owned(),
        directory: directory.to_owned(),
        history: lock.history.clone(),
        folders: folders.collect(),
        warnings: verified.findings,
    })
}

impl Loaded {
    /// What was found that does not stop work: a head that was edited, a file that the lock file does not list.
    pub fn warnings(&self) -> &[Diagnostic] {
        debug_assert!(self.warnings.iter().all(|warning| warning.level < Level::Error));
        &self.warnings
    }

    /// Lends the revisions.
    pub fn with<T>(&self, borrow: impl FnOnce(&Migrations<'_>) -> T) -> T {
        let revisions: Vec<Vec<Revision<'_>>> =
            self.folders.iter().map(|folder| folder.revisions.iter().map(LoadedRevision::lend).collect()).collect();
        let folders: Vec<Folder<'_>> = self
            .folders
            .iter()
            .zip(&revisions)
            .map(|(folder, revisions)| Folder { dialect: folder.dialect, revisions })
            .collect();
        borrow(&Migrations {
            package: &self.package,
            directory: &self.directory,
            history: &self.history,
            folders: &folders,
            models: Models::Unchecked,
            lock: "",
        })
    }
}

#[derive(Clone, Debug)]
struct LoadedFolder {
    dialect: Dialect,
    revisions: Vec<LoadedRevision>,
}

#[derive(Clone, Debug)]
struct LoadedRevision {
    version: Version,
    slug: String,
    up: Text,
    down: Option<Text>,
    chain: Checksum,
    accepts: Vec<Checksum>,
}

impl LoadedRevision {
    /// `None` for a revision without an up text, which verification has refused.
    fn new(revision: VerifiedRevision, accepts: Vec<Checksum>) -> Option<Self> {
        Some(Self {
            version: revision.version,
            slug: revision.slug,
            up: revision.up?,
            down: revision.down,
            chain: revision.chain,
            accepts,
        })
    }

    fn lend(&self) -> Revision<'_> {
        Revision {
            version: self.version,
            name: &self.slug,
            up: file(&self.up),
            down: self.down.as_ref().map(file),
            sha256: self.up.sha256,
            chain: self.chain,
            accepts: &self.accepts,
        }
    }
}

fn file(text: &Text) -> File<'_> {
    File::new(&text.path, text.text.as_bytes())
}
