//! `upgrade`: the database, up to a revision.

use crate::cli::{Database, Globals};
use crate::database;
use crate::exit::Failure;
use crate::script::{self, Script};
use crate::session::{self, Patience, Session};
use crate::shell::Shell;
use crate::target::Target;
use clap::Args;
use enamel_runtime::upgrade;
use enamel_schema::{Diagnostic, Version};
use serde_json::json;

/// Upgrade the database, to the newest revision if none is named
///
/// Does what the program does when it is launched: the pending revisions run in order, each once, each with its history row.
/// A missing SQLite file is made.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel upgrade                     to head, the database of DATABASE_URL
  cargo enamel upgrade --revision 7        up to revision 0007
  cargo enamel upgrade +1                  one revision further
  cargo enamel upgrade -D sqlite:shop.db   another database
  cargo enamel upgrade --dry-run           what would run
  cargo enamel upgrade --sql > up.sql      a script for the database's own shell
  cargo enamel upgrade --redo              newest revision down and up again")]
pub(crate) struct Arguments {
    /// Where to: head, a number, or +N for N revisions further [default: head]
    #[arg(value_name = "REVISION", allow_negative_numbers = true)]
    target: Option<String>,
    /// The same as a flag
    #[arg(long, value_name = "REVISION", conflicts_with = "target")]
    revision: Option<String>,
    #[command(flatten)]
    script: Script,
    /// Say what would run, and run nothing
    #[arg(long, conflicts_with = "sql")]
    dry_run: bool,
    /// Take the newest revision down and up again, after it was edited
    #[arg(long, conflicts_with_all = ["target", "revision", "sql"])]
    redo: bool,
    #[command(flatten)]
    patience: Patience,
    #[command(flatten)]
    database: Database,
}

/// Upgrades the database.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let named = arguments.target.as_ref().or(arguments.revision.as_ref());
    let named = named.map_or("head", String::as_str);
    let target = target(named)?;
    let session = Session::begin_with(&arguments.database, globals, shell)?;
    if let upgrade::Target::Version(version) = target {
        session.known(version)?;
    }
    if arguments.script.sql {
        let from = arguments.script.from(&session, &arguments.database, Version::BASE)?;
        let to = session.resolve(Target::parse(named)?, from)?;
        return script::print(&session, &arguments.database, from, to, shell);
    }
    let database = session.database(&arguments.database)?;
    let missing = database.is_missing();
    if missing {
        // Order matters: a file is made only when there is a way to go.
        session.resolve(Target::parse(named)?, Version::BASE)?;
        if arguments.redo {
            return Err(Failure::usage(
                Diagnostic::error(format!("there is nothing to do again: {database} is not there"))
                    .with_hint("`cargo enamel upgrade` makes it"),
            ));
        }
    }
    let mut connection = if arguments.dry_run { database.open_as_it_is()? } else { database.open_or_make()? };
    if missing && !arguments.dry_run {
        shell.event("created-database", json!({ "database": database.to_string() }))?;
        shell.status("Created", &format!("{database}, which was not there"))?;
    }
    let report = session.loaded.with(|migrations| {
        let mut observer = session::observer(shell);
        let launch = arguments.patience.of(migrations.launch()).target(target).observer(&mut observer);
        let launch = if arguments.dry_run { launch.dry_run() } else { launch };
        if arguments.redo { launch.redo(&mut connection) } else { launch.upgrade(&mut connection) }
    });
    session::finished(&report.map_err(|error| database::refused(&error))?, shell)
}

fn target(named: &str) -> Result<upgrade::Target, Failure> {
    match Target::parse(named)? {
        Target::Head => Ok(upgrade::Target::Head),
        Target::Version(version) => Ok(upgrade::Target::Version(version)),
        Target::Further(count) => Ok(upgrade::Target::Plus(count)),
        Target::Base | Target::Back(_) => Err(Failure::usage(
            Diagnostic::error(format!("`upgrade` does not go back to {named}"))
                .with_hint(format!("`cargo enamel downgrade {named}` does")),
        )),
    }
}
