//! The files of the package that is being compiled.

use enamel_schema::Diagnostic;
use enamel_schema::verify::Files;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The name of the lock file.
pub(super) const LOCK_FILE: &str = "enamel.lock";

/// A folder of revisions in a package.
pub(super) struct Disk {
    package: PathBuf,
    folder: PathBuf,
}

impl Disk {
    /// A folder, relative to the package that is being compiled.
    pub(super) fn of_package(folder: &str) -> Result<Disk, Diagnostic> {
        let Some(package) = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
            return Err(Diagnostic::error(
                "embed! looks for revisions beside Cargo.toml, and this is not a build by Cargo",
            )
            .with_hint("set CARGO_MANIFEST_DIR"));
        };
        let folder = package.join(folder);
        Ok(Disk { package, folder })
    }

    /// A text file of the folder.
    pub(super) fn text(&self, path: &str) -> io::Result<String> {
        fs::read_to_string(self.folder.join(path))
    }

    /// A text file of the package.
    pub(super) fn source(&self, path: &str) -> io::Result<String> {
        fs::read_to_string(self.package.join(path))
    }

    /// Whether the package has this file.
    pub(super) fn has_source(&self, path: &str) -> bool {
        self.package.join(path).is_file()
    }

    /// A file of the folder as `include_bytes!` takes it.
    pub(super) fn file(&self, path: &str) -> String {
        absolute(&self.folder, path)
    }

    /// A file of the package as `include_bytes!` takes it.
    pub(super) fn source_file(&self, path: &str) -> String {
        absolute(&self.package, path)
    }
}

/// Cargo gives packages paths that are absolute and UTF-8; one that is not would have failed before.
fn absolute(folder: &Path, path: &str) -> String {
    folder.join(path).to_string_lossy().into_owned()
}

impl Files for &Disk {
    fn list(&mut self, folder: &str) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.folder.join(folder))? {
            // A name that is not UTF-8 is not that of a revision.
            names.extend(entry?.file_name().into_string());
        }
        Ok(names)
    }

    fn read(&mut self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.folder.join(path))
    }
}
