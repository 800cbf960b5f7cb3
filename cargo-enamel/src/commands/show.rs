//! `show`: one revision, as it is written.

use crate::cli::Globals;
use crate::exit::{self, Failure};
use crate::files::Folder;
use crate::project::Project;
use crate::prospect::path;
use crate::report;
use crate::shell::Shell;
use clap::Args;
use enamel_runtime::command::Target;
use enamel_schema::lock::Entry;
use enamel_schema::revision::{down_file, up_file};
use enamel_schema::verify::Files;
use enamel_schema::{Diagnostic, Dialect, Lock};
use serde_json::json;

/// Print a revision
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel show 7                      revision 0007, up and down
  cargo enamel show head                   the newest one
  cargo enamel show 7 --down               only the way back")]
pub(crate) struct Arguments {
    /// Which: head or a number
    #[arg(value_name = "REVISION", default_value = "head")]
    revision: String,
    /// Only the way there
    #[arg(long)]
    up: bool,
    /// Only the way back
    #[arg(long, conflicts_with = "up")]
    down: bool,
    /// Only for this database, where revisions are written for several
    #[arg(long, value_name = "NAME")]
    dialect: Option<String>,
}

/// Prints a revision.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let project = Project::find(globals, shell)?;
    let lock = project.lock()?;
    let mut paths = Vec::new();
    for dialect in dialects(arguments, &lock)? {
        let entry = entry(&lock, dialect, &arguments.revision)?;
        paths.extend((!arguments.down).then(|| path(&lock, dialect, &up_file(entry.version, &entry.slug))));
        let down = down_file(entry.version, &entry.slug);
        paths.extend((!arguments.up && entry.down.is_some()).then(|| path(&lock, dialect, &down)));
        if arguments.down && entry.down.is_none() {
            return Err(Failure::input(Diagnostic::error(format!("revision {} has no way back", entry.version))));
        }
    }
    let alone = paths.len() == 1;
    for path in &paths {
        let file = project.folder().join(path);
        let bytes = Folder::new(project.folder()).read(path).map_err(|error| exit::file("read", &file, &error))?;
        let text = String::from_utf8_lossy(&bytes);
        let shown = report::shown_path(&file);
        shell.event("text", json!({ "path": shown, "text": text }))?;
        shell.data(&if alone { text.into_owned() } else { format!("-- {shown}\n{text}\n") })?;
    }
    Ok(())
}

fn dialects(arguments: &Arguments, lock: &Lock) -> Result<Vec<Dialect>, Failure> {
    let Some(name) = &arguments.dialect else { return Ok(lock.dialects.keys().copied().collect()) };
    match Dialect::from_name(name).filter(|dialect| lock.dialects.contains_key(dialect)) {
        Some(dialect) => Ok(vec![dialect]),
        None => {
            let names: Vec<_> = lock.dialects.keys().map(|dialect| dialect.name()).collect();
            let mistake = Diagnostic::error(format!("there are no revisions for `{name}`"));
            Err(Failure::usage(mistake.with_hint(format!("they are written for {}", names.join(", ")))))
        }
    }
}

fn entry<'l>(lock: &'l Lock, dialect: Dialect, named: &str) -> Result<&'l Entry, Failure> {
    let entries = lock.dialects.get(&dialect).map(Vec::as_slice).unwrap_or_default();
    let target = Target::parse(named)?;
    let entry = match target {
        Target::Head => entries.last(),
        Target::Version(version) => entries.iter().find(|entry| entry.version == version),
        Target::Base | Target::Further(_) | Target::Back(_) => {
            return Err(Failure::usage(
                Diagnostic::error(format!("`{named}` is not a revision by itself"))
                    .with_hint("`show` takes `head` or a number"),
            ));
        }
    };
    entry.ok_or_else(|| match (entries.last(), target) {
        (Some(head), Target::Version(version)) => Failure::usage(
            Diagnostic::error(format!("there is no revision {version}; the head is {}", head.version))
                .with_hint("`cargo enamel history` lists them"),
        ),
        _ => Failure::input(
            Diagnostic::error("there are no revisions yet")
                .with_hint("`cargo enamel revision -m \"first\" --autogenerate` writes the first"),
        ),
    })
}
