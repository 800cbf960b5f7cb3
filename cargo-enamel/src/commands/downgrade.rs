//! `downgrade`: the database, back to a revision.

use crate::cli::{Database, Globals};
use crate::database;
use crate::exit::Failure;
use crate::script::{self, Script};
use crate::session::{self, Patience, Session};
use crate::shell::Shell;
use crate::target::Target;
use clap::Args;
use enamel_schema::{Diagnostic, Version};

/// Downgrade the database to an earlier revision
///
/// Runs the way back of each revision above the target, newest first. A revision without one stops it before anything runs.
/// Programs never do this when they are launched.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel downgrade -1                one revision back
  cargo enamel downgrade --revision 5      back to revision 0005
  cargo enamel downgrade base              back to before the first
  cargo enamel downgrade -1 --sql          a script for the database's own shell")]
pub(crate) struct Arguments {
    /// Where to: a number, -N for N revisions back, or base
    #[arg(value_name = "REVISION", allow_negative_numbers = true, required_unless_present = "revision")]
    target: Option<String>,
    /// The same as a flag
    #[arg(long, value_name = "REVISION", conflicts_with = "target", allow_negative_numbers = true)]
    revision: Option<String>,
    #[command(flatten)]
    script: Script,
    /// Say what would run, and run nothing
    #[arg(long, conflicts_with = "sql")]
    dry_run: bool,
    #[command(flatten)]
    patience: Patience,
    #[command(flatten)]
    database: Database,
}

/// Downgrades the database.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let named = arguments.target.as_ref().or(arguments.revision.as_ref()).map_or("", String::as_str);
    let target = Target::parse(named)?;
    if matches!(target, Target::Head | Target::Further(_)) {
        return Err(Failure::usage(
            Diagnostic::error(format!("`downgrade` does not go forward to {named}"))
                .with_hint(format!("`cargo enamel upgrade {named}` does")),
        ));
    }
    let session = Session::begin_with(&arguments.database, globals, shell)?;
    let refuse_forward = |from: Version, to: Version| match to > from {
        true => Err(Failure::usage(
            Diagnostic::error(format!("`downgrade` does not go forward from {} to {to}", session::place(from)))
                .with_hint(format!("`cargo enamel upgrade {named}` does")),
        )),
        false => Ok(()),
    };
    if arguments.script.sql {
        let from = arguments.script.from(&session, &arguments.database, session.head())?;
        let to = session.resolve(target, from)?;
        refuse_forward(from, to)?;
        return script::print(&session, &arguments.database, from, to, shell);
    }
    let database = session.database(&arguments.database)?;
    let mut connection = database.open()?;
    let current = session.state(&mut connection)?.current;
    let version = session.resolve(target, current)?;
    refuse_forward(current, version)?;
    let report = session.loaded.with(|migrations| {
        let mut observer = session::observer(shell);
        let launch = arguments.patience.of(migrations.launch()).observer(&mut observer);
        let launch = if arguments.dry_run { launch.dry_run() } else { launch };
        launch.downgrade(&mut connection, version)
    });
    session::finished(&report.map_err(|error| database::refused(&error))?, shell)
}
