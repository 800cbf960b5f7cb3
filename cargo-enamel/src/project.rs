//! The package that is worked on: where it is, what it says, and the lock file beside its revisions.
//!
//! Found with Cargo's own eyes (`cargo metadata`), offline and without dependencies: no verb needs them resolved.

use crate::cli::Globals;
use crate::exit::{self, Failure};
use crate::report;
use crate::settings::{self, Manifest, Settings};
use crate::shell::Shell;
use cargo_metadata::{Metadata, MetadataCommand, TargetKind};
use enamel_schema::revision::FileName;
use enamel_schema::{Diagnostic, Dialect, Lock, Schema};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The name of the lock file.
pub(crate) const LOCK_FILE: &str = "enamel.lock";

/// A package as Cargo sees it, its settings not yet looked at.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its folder.
    pub(crate) root: PathBuf,
    /// Where Cargo puts what it makes. It may not be there yet.
    pub(crate) target: PathBuf,
    /// Its Cargo.toml; diagnostics name it relative to the folder.
    pub(crate) manifest: Manifest,
    /// Cargo.toml of the workspace, which may be the same file.
    pub(crate) workspace: Manifest,
    /// The root files of its libraries and programs, relative to the folder, with `/`.
    pub(crate) targets: Vec<String>,
    /// Whether another package of the workspace has settings too.
    pub(crate) has_neighbours: bool,
    /// Whether it depends on the runtime.
    pub(crate) depends_on_runtime: bool,
}

/// A package with its settings.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    /// The package.
    pub(crate) package: Package,
    /// What it says.
    pub(crate) settings: Settings,
    /// The text of the lock file when it was first read.
    lock_text: OnceLock<String>,
}

impl Package {
    /// The package that the flags name, else that of the current directory, may it have settings or not; at the root of a workspace the only one
    /// that has them.
    pub(crate) fn find(globals: &Globals, shell: &mut Shell) -> Result<Package, Failure> {
        let workspace = Workspace::read(globals)?;
        let chosen = match (workspace.here(globals)?, workspace.with_settings().as_slice()) {
            (Some(here), _) => here,
            (None, [only]) => only,
            (None, _) => {
                return Err(Failure::usage(
                    Diagnostic::error("this is the root of a workspace, not a package")
                        .with_hint(format!("choose one with `-p`: {}", workspace.names())),
                ));
            }
        };
        let package = workspace.package(chosen)?;
        shell.look_into(&package.root);
        Ok(package)
    }
}

impl Project {
    /// The package that the flags name, else that of the current directory, else the only one of the workspace with settings.
    pub(crate) fn find(globals: &Globals, shell: &mut Shell) -> Result<Project, Failure> {
        let workspace = Workspace::read(globals)?;
        let here = workspace.here(globals)?;
        let package = match here {
            Some(package) if globals.package.is_some() || workspace.has_settings(package) => package,
            Some(_) | None => workspace.only_one_with_settings(here)?,
        };
        let package = workspace.package(package)?;
        shell.look_into(&package.root);
        Project::new(package)
    }

    /// A package with the settings of its Cargo.toml.
    pub(crate) fn new(package: Package) -> Result<Project, Failure> {
        let settings = settings::read(&package.manifest, &package.workspace)?;
        Ok(Project { package, settings, lock_text: OnceLock::new() })
    }

    /// The folder of the lock file.
    pub(crate) fn folder(&self) -> PathBuf {
        report::normal(&self.package.root.join(&self.settings.migrations))
    }

    /// The lock file.
    pub(crate) fn lock_file(&self) -> PathBuf {
        self.folder().join(LOCK_FILE)
    }

    /// The folder of the lock file, as messages show it.
    pub(crate) fn shown_folder(&self) -> String {
        report::shown_path(&self.folder())
    }

    /// The lock file of a package without revisions.
    pub(crate) fn first_lock(&self) -> Result<Lock, Failure> {
        let mut lock = Lock {
            types: enamel_schema::lock::TYPES,
            history: String::new(),
            models: Vec::new(),
            type_map: BTreeMap::new(),
            doc_comments: false,
            folders: false,
            dialects: BTreeMap::new(),
            schema: Schema::default(),
        };
        self.copy_settings(&mut lock)?;
        Ok(lock)
    }

    /// Copies into a lock file what `embed!` needs of the settings: it reads nothing else.
    pub(crate) fn copy_settings(&self, lock: &mut Lock) -> Result<(), Failure> {
        let roots = self.model_roots()?;
        // Without a list `embed!` looks at these two by itself, so that a package may get the other one later.
        let usual = roots.iter().all(|root| root == "src/lib.rs" || root == "src/main.rs");
        lock.models = if usual && self.settings.models.is_empty() { Vec::new() } else { roots };
        lock.history = self.settings.history().to_owned();
        lock.type_map = self.settings.types.clone();
        lock.doc_comments = self.settings.doc_comments;
        lock.folders = self.settings.folders;
        for dialect in &self.settings.dialects {
            lock.dialects.entry(*dialect).or_default();
        }
        Ok(())
    }

    /// The lock file as it is on disk.
    pub(crate) fn lock(&self) -> Result<Lock, Failure> {
        let path = self.lock_file();
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let text = self.lock_text.get_or_init(|| text);
                Ok(Lock::parse(text, &format!("{}/{LOCK_FILE}", self.settings.migrations))?)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Failure::input(
                self.lost_lock().unwrap_or_else(|| self.no_lock().with_hint("`cargo enamel init` makes it")),
            )),
            Err(error) => Err(exit::file("read", &path, &error)),
        }
    }

    /// That the lock file is gone and the revisions are not: a new one would know nothing of them.
    pub(crate) fn lost_lock(&self) -> Option<Diagnostic> {
        let folders =
            std::iter::once(self.folder()).chain(Dialect::ALL.map(|dialect| self.folder().join(dialect.name())));
        let entries = folders.filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
        let mut names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let lost = !self.lock_file().exists() && names.any(|name| FileName::parse(&name).is_some());
        let path = report::shown_path(&self.lock_file());
        lost.then(|| {
            self.no_lock()
                .with_note("there are revisions, and it lists them")
                .with_hint(format!("`git checkout -- {path}` brings it back"))
                .with_hint("if they are another tool's: `migrations = \"…\"` in [package.metadata.enamel] names a folder of its own")
        })
    }

    fn no_lock(&self) -> Diagnostic {
        Diagnostic::error(format!("there is no {}", report::shown_path(&self.lock_file())))
    }

    /// Refuses to write where another `cargo enamel` has written since the lock file was read: both would have made the same number.
    pub(crate) fn refuse_when_overtaken(&self) -> Result<(), Failure> {
        let path = self.lock_file();
        match self.lock_text.get() {
            Some(former) if std::fs::read_to_string(&path).ok().as_ref() != Some(former) => Err(Failure::input(
                Diagnostic::error(format!("another command wrote {} meanwhile", report::shown_path(&path)))
                    .with_note("nothing was written")
                    .with_hint("run it again"),
            )),
            Some(_) | None => Ok(()),
        }
    }

    /// The root files of the models, relative to the package's folder. A folder among the settings is a package: its library.
    pub(crate) fn model_roots(&self) -> Result<Vec<String>, Failure> {
        if self.settings.models.is_empty() {
            return Ok(self.package.targets.clone());
        }
        self.settings.models.iter().map(|model| self.model_root(model)).collect()
    }

    fn model_root(&self, model: &str) -> Result<String, Failure> {
        let model = model.trim_end_matches('/');
        let path = self.package.root.join(model);
        if path.is_file() {
            return Ok(model.to_owned());
        }
        if !path.is_dir() {
            return Err(Failure::input(
                Diagnostic::error(format!("there are no models at {model}, which the settings name")).with_hint(
                    "`models` in Cargo.toml takes a root file or a package's folder, relative to the package",
                ),
            ));
        }
        let stated = std::fs::read_to_string(path.join("Cargo.toml")).ok().and_then(|text| library_path(&text));
        let library = stated.unwrap_or_else(|| "src/lib.rs".to_owned());
        if path.join(&library).is_file() {
            Ok(format!("{model}/{library}"))
        } else {
            Err(Failure::input(
                Diagnostic::error(format!("the package at {model} has no library at {library}"))
                    .with_hint("name the root file of its models under `models` in Cargo.toml"),
            ))
        }
    }
}

fn library_path(manifest: &str) -> Option<String> {
    let document = toml_edit::Document::parse(manifest).ok()?;
    Some(document.as_table().get("lib")?.get("path")?.as_str()?.to_owned())
}

/// Everything that Cargo says about the workspace.
struct Workspace {
    metadata: Metadata,
    /// The Cargo.toml that we stand in.
    manifest: PathBuf,
}

impl Workspace {
    fn read(globals: &Globals) -> Result<Workspace, Failure> {
        let manifest = nearest_manifest(globals)?;
        let mut command = MetadataCommand::new();
        // `--offline` and `--no-deps`: no network, no lock file, twenty milliseconds.
        command.no_deps().manifest_path(&manifest).other_options(vec!["--offline".to_owned()]);
        let metadata = command.exec().map_err(|error| Failure::input(cargo_says(error)))?;
        Ok(Workspace { metadata, manifest })
    }

    /// The package that the flags name, or whose Cargo.toml we stand in. `None` at the root of a workspace that is no package.
    fn here(&self, globals: &Globals) -> Result<Option<&cargo_metadata::Package>, Failure> {
        let packages = &self.metadata.packages;
        if let Some(name) = &globals.package {
            let named = packages.iter().find(|package| package.name.as_str() == name);
            return named.map(Some).ok_or_else(|| {
                Failure::usage(
                    Diagnostic::error(format!("the workspace has no package `{name}`"))
                        .with_hint(format!("it has {}", self.names())),
                )
            });
        }
        Ok(packages.iter().find(|package| same_file(package.manifest_path.as_std_path(), &self.manifest)))
    }

    fn has_settings(&self, package: &cargo_metadata::Package) -> bool {
        package.metadata.get("enamel").is_some()
    }

    fn with_settings(&self) -> Vec<&cargo_metadata::Package> {
        self.metadata.packages.iter().filter(|package| self.has_settings(package)).collect()
    }

    fn only_one_with_settings(
        &self,
        here: Option<&cargo_metadata::Package>,
    ) -> Result<&cargo_metadata::Package, Failure> {
        match (self.with_settings().as_slice(), here) {
            ([only], _) => Ok(only),
            ([], here) => {
                let whom =
                    here.map_or("no package of the workspace".to_owned(), |here| format!("package `{}`", here.name));
                let has = if here.is_some() { "has no" } else { "has" };
                let choose = if here.is_some() { "" } else { " -p <package>" };
                Err(Failure::input(
                    Diagnostic::error(format!("{whom} {has} `[package.metadata.enamel]` in its Cargo.toml"))
                        .with_hint(format!("begin with `cargo enamel init{choose}`")),
                ))
            }
            (several, _) => {
                let names: Vec<_> = several.iter().map(|package| format!("`-p {}`", package.name)).collect();
                Err(Failure::usage(
                    Diagnostic::error("several packages of the workspace have revisions")
                        .with_hint(format!("choose one: {}", names.join(", "))),
                ))
            }
        }
    }

    fn names(&self) -> String {
        let mut names: Vec<_> = self.metadata.packages.iter().map(|package| format!("`{}`", package.name)).collect();
        names.sort();
        names.join(", ")
    }

    fn package(&self, package: &cargo_metadata::Package) -> Result<Package, Failure> {
        let path = package.manifest_path.as_std_path();
        let root = path.parent().unwrap_or(path).to_path_buf();
        let workspace_path = self.metadata.workspace_root.join("Cargo.toml");
        let targets = package.targets.iter().filter(|target| holds_models(target));
        let neighbours = self.metadata.packages.iter().filter(|other| other.id != package.id);
        Ok(Package {
            name: package.name.to_string(),
            target: self.metadata.target_directory.clone().into_std_path_buf(),
            manifest: manifest(path, &root)?,
            workspace: manifest(workspace_path.as_std_path(), &root)?,
            targets: targets.map(|target| from_folder(target.src_path.as_std_path(), &root)).collect(),
            has_neighbours: neighbours.into_iter().any(|other| self.has_settings(other)),
            depends_on_runtime: package.dependencies.iter().any(|dependency| dependency.name == "enamel-runtime"),
            root,
        })
    }
}

fn nearest_manifest(globals: &Globals) -> Result<PathBuf, Failure> {
    let current = std::env::current_dir().map_err(|error| {
        Failure::input(Diagnostic::error(format!("could not find out the current directory: {error}")))
    })?;
    if let Some(path) = &globals.manifest_path {
        let path = current.join(path);
        if path.is_file() && path.file_name().is_some_and(|name| name == "Cargo.toml") {
            return Ok(report::normal(&path));
        }
        return Err(Failure::usage(
            Diagnostic::error(format!("there is no Cargo.toml at {}", path.display()))
                .with_hint("`--manifest-path` takes the path of a Cargo.toml"),
        ));
    }
    let mut folders = current.ancestors().map(|folder| folder.join("Cargo.toml"));
    folders.find(|path| path.is_file()).ok_or_else(|| {
        Failure::input(
            Diagnostic::error(format!("there is no Cargo.toml in {} or a folder above it", current.display()))
                .with_hint("go to the package, or name its Cargo.toml with `--manifest-path`"),
        )
    })
}

fn cargo_says(error: cargo_metadata::Error) -> Diagnostic {
    let text = if let cargo_metadata::Error::CargoMetadata { stderr } = error { stderr } else { error.to_string() };
    let mut lines = text.trim().splitn(2, '\n');
    let first = lines.next().unwrap_or_default();
    let diagnostic =
        Diagnostic::error(format!("Cargo could not read the package: {}", first.trim_start_matches("error: ")));
    match lines.next() {
        Some(rest) => diagnostic.with_note(rest.trim()),
        None => diagnostic,
    }
}

fn manifest(path: &Path, root: &Path) -> Result<Manifest, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| exit::file("read", path, &error))?;
    Ok(Manifest { path: from_folder(path, root), text })
}

/// A path relative to a folder, with `/`, as it stands in settings and diagnostics.
fn from_folder(path: &Path, folder: &Path) -> String {
    let relative = report::relative(path, folder).unwrap_or_else(|| path.to_path_buf());
    relative.to_string_lossy().replace('\\', "/")
}

fn holds_models(target: &cargo_metadata::Target) -> bool {
    let other =
        [TargetKind::CustomBuild, TargetKind::Example, TargetKind::Test, TargetKind::Bench, TargetKind::ProcMacro];
    !target.kind.iter().any(|kind| other.contains(kind))
}

fn same_file(left: &Path, right: &Path) -> bool {
    left == right || left.canonicalize().ok().zip(right.canonicalize().ok()).is_some_and(|(left, right)| left == right)
}
