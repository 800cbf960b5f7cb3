//! `init`: settings, folder, lock file, and what else a package needs to begin.

mod cargo_files;
mod manifest;
mod next_steps;

use crate::cli::Globals;
use crate::exit::{self, Failure};
use crate::files;
use crate::project::{LOCK_FILE, Package, Project};
use crate::report;
use crate::settings;
use crate::shell::Shell;
use clap::Args;
use enamel_schema::{Diagnostic, Dialect, Level};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Begin: write the settings, the folder of revisions and the lock file
///
/// Adds `[package.metadata.enamel]` to Cargo.toml, makes the folder with an empty `enamel.lock`, and tells git to keep line
/// ends as they are. What is there already is left alone, so that it can be run again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel init                        the package of the current directory, SQLite
  cargo enamel init --dialect postgres     PostgreSQL; several are separated by commas
  cargo enamel init -p shop                one of several packages
  cargo enamel init --migrations db        the revisions in `db`, beside Cargo.toml
  cargo enamel init --dry-run              what would be written")]
pub(crate) struct Arguments {
    /// The folder of the revisions, relative to the package's [default: migrations]
    #[arg(long, value_name = "FOLDER")]
    migrations: Option<String>,
    /// The database to write revisions for: sqlite, postgres, or both [default: sqlite]
    #[arg(long, value_name = "NAME", value_delimiter = ',', hide_possible_values = true)]
    #[arg(value_parser = [Dialect::Sqlite.name(), Dialect::Postgres.name()])]
    dialect: Vec<String>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Begins.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let mut package = Package::find(globals, shell)?;
    let mut writes = Vec::new();
    let begins = !settings::are_in(&package.manifest);
    if begins {
        package.manifest.text = manifest::with_settings(&package, arguments.migrations.as_deref(), &arguments.dialect);
        writes.push(Write::new(package.root.join("Cargo.toml"), package.manifest.text.clone(), Verb::Add));
    } else if arguments.migrations.is_some() || !arguments.dialect.is_empty() {
        return Err(Failure::usage(
            Diagnostic::error(format!("package `{}` has settings already", package.name))
                .with_hint("change `[package.metadata.enamel]` in its Cargo.toml"),
        ));
    }
    let project = Project::new(package)?;
    if let Some(lost) = project.lost_lock() {
        return Err(lost.into());
    }
    if !project.lock_file().exists() {
        writes.push(Write::new(project.lock_file(), project.first_lock()?.write(), Verb::Create));
    }
    writes.extend(attributes(&project.folder())?);
    write(&writes, arguments, globals, shell)?;
    for warning in [ignored_by_git(&project), cargo_files::left_out(&project)].into_iter().flatten() {
        shell.diagnostic(&warning)?;
    }
    next_steps::say(&project, shell)?;
    Ok(())
}

/// A file to be written, and the verb that says so.
struct Write {
    path: PathBuf,
    text: String,
    verb: Verb,
}

/// What is done to a file.
#[derive(Clone, Copy)]
enum Verb {
    Add,
    Create,
    Extend,
}

impl Write {
    fn new(path: PathBuf, text: String, verb: Verb) -> Self {
        Self { path, text, verb }
    }
}

/// Line ends must be the same on every machine, or the texts would have other hashes on some.
fn attributes(folder: &Path) -> Result<Option<Write>, Failure> {
    const LINES: [&str; 2] = ["*.sql text eol=lf", "enamel.lock text eol=lf"];
    let path = folder.join(".gitattributes");
    let former = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(exit::file("read", &path, &error)),
    };
    let missing: Vec<&str> =
        LINES.into_iter().filter(|line| !former.lines().any(|there| there.trim() == *line)).collect();
    if missing.is_empty() {
        return Ok(None);
    }
    let verb = if former.is_empty() { Verb::Create } else { Verb::Extend };
    let gap = if former.is_empty() || former.ends_with('\n') { "" } else { "\n" };
    Ok(Some(Write::new(path, format!("{former}{gap}{}\n", missing.join("\n")), verb)))
}

fn write(writes: &[Write], arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    if writes.is_empty() {
        const FRESH: &str = "settings, folder and lock file are there already";
        shell.event("fresh", json!({ "why": FRESH }))?;
        shell.status("Fresh", FRESH)?;
        return Ok(());
    }
    if !arguments.dry_run {
        let files: Vec<_> = writes.iter().map(|write| (write.path.clone(), write.text.clone())).collect();
        files::refuse_when_locked(globals, &files)?;
        files::write_all(&files, &[])?;
    }
    for write in writes {
        let path = report::shown_path(&write.path);
        let (reason, done, would, what) = match write.verb {
            Verb::Add => ("extended", "Added", "Would add", "[package.metadata.enamel] to "),
            Verb::Create => ("created", "Created", "Would create", ""),
            Verb::Extend => ("extended", "Extended", "Would extend", ""),
        };
        shell.event(reason, json!({ "path": path, "dry_run": arguments.dry_run }))?;
        shell.status(if arguments.dry_run { would } else { done }, &format!("{what}{path}"))?;
    }
    Ok(())
}

/// A lock file that git does not see cannot stop two branches from writing the same revision.
fn ignored_by_git(project: &Project) -> Option<Diagnostic> {
    let mut git = Command::new("git");
    git.args(["check-ignore", "--quiet", LOCK_FILE]).current_dir(project.folder());
    let ignored = git.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    // 0: ignored, 1: not, 128: no repository. Without git nothing is ignored.
    let ignored = ignored.is_ok_and(|status| status.code() == Some(0));
    let path = report::shown_path(&project.lock_file());
    ignored.then(|| {
        Diagnostic::new(Level::Warning, format!("git ignores {path}"))
            .with_note("the lock file belongs to the source: builds and other branches need it")
            .with_hint(format!("add a line `!{LOCK_FILE}` to the .gitignore that hides it"))
    })
}
