//! The files of the package that is being compiled.

use enamel_schema::verify::Files;
use enamel_schema::{Diagnostic, Lock};
use std::path::{Path, PathBuf};
use std::{env, fs, io};
use syn::LitStr;

const LOCK_FILE: &str = "enamel.lock";

/// A folder of revisions in a package.
pub(crate) struct Disk {
    package: PathBuf,
    folder: PathBuf,
    directory: String,
}

impl Disk {
    /// A folder, relative to the package that is being compiled; `migrations` when none is named.
    pub(crate) fn of_package(folder: Option<&LitStr>) -> Result<Disk, Diagnostic> {
        let named = folder.map_or_else(|| "migrations".to_owned(), LitStr::value);
        let directory = named.trim_end_matches(['/', '\\']).to_owned();
        if directory.is_empty() {
            return Err(Diagnostic::error("the folder with `enamel.lock` has no name")
                .with_hint("name it relative to Cargo.toml, as in \"../migrations\""));
        }
        let Some(package) = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
            return Err(Diagnostic::error("revisions lie beside Cargo.toml, and this is not a build by Cargo")
                .with_hint("set CARGO_MANIFEST_DIR"));
        };
        Ok(Disk { folder: package.join(&directory), package, directory })
    }

    /// The folder as messages show it, without a slash at its end.
    pub(crate) fn directory(&self) -> &str {
        &self.directory
    }

    /// The lock file.
    pub(crate) fn lock(&self) -> Result<Lock, Diagnostic> {
        let path = format!("{}/{LOCK_FILE}", self.directory);
        match fs::read_to_string(self.folder.join(LOCK_FILE)) {
            Ok(text) => Lock::parse(&text, &path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(Diagnostic::error(format!("there is no {path}"))
                    .with_hint("`cargo enamel init` makes a folder for revisions")
                    .with_hint("the macro takes another folder as a text, relative to Cargo.toml"))
            }
            Err(error) => Err(Diagnostic::error(format!("could not read {path}: {error}"))),
        }
    }

    /// The lock file as `include_bytes!` takes it.
    pub(crate) fn lock_file(&self) -> String {
        self.file(LOCK_FILE)
    }

    /// A text file of the package.
    pub(crate) fn source(&self, path: &str) -> io::Result<String> {
        fs::read_to_string(self.package.join(path))
    }

    /// Whether the package has this file.
    pub(crate) fn has_source(&self, path: &str) -> bool {
        self.package.join(path).is_file()
    }

    /// A file of the folder as `include_bytes!` takes it.
    pub(crate) fn file(&self, path: &str) -> String {
        absolute(&self.folder, path)
    }

    /// A file of the package as `include_bytes!` takes it.
    pub(crate) fn source_file(&self, path: &str) -> String {
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
