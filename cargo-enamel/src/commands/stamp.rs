//! `stamp`: what the history says, set without running anything.

use crate::cli::{Database, Globals};
use crate::database;
use crate::exit::Failure;
use crate::session::{self, Patience, Session};
use crate::shell::Shell;
use crate::target::Target;
use clap::Args;
use enamel_schema::{Diagnostic, Version};

/// Set the database's recorded revision, forward or back, and run nothing
///
/// For a database that was brought to a revision by other means. `upgrade` goes on from there.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel stamp head                  the database is as the newest revision leaves it
  cargo enamel stamp --revision 3          the database stands at revision 0003
  cargo enamel stamp base                  nothing was applied
  cargo enamel stamp head --dry-run        what would be recorded")]
pub(crate) struct Arguments {
    /// The revision that the database stands at: head, a number, or base
    #[arg(value_name = "REVISION", required_unless_present = "revision", allow_negative_numbers = true)]
    target: Option<String>,
    /// The same as a flag
    #[arg(long, value_name = "REVISION", conflicts_with = "target")]
    revision: Option<String>,
    /// Say what would be recorded, and record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    patience: Patience,
    #[command(flatten)]
    database: Database,
}

/// Sets the recorded revision.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let named = arguments.target.as_ref().or(arguments.revision.as_ref()).map_or("", String::as_str);
    let target = Target::parse(named)?;
    if matches!(target, Target::Further(_) | Target::Back(_)) {
        return Err(Failure::usage(
            Diagnostic::error("`stamp` takes the revision that the database is at, not a number of steps")
                .with_hint("name it: `head`, `base`, or a number like 7"),
        ));
    }
    let session = Session::begin_with(&arguments.database, globals, shell)?;
    let database = session.database(&arguments.database)?;
    let mut connection = database.open()?;
    // Where the database stands takes no part: it may be unreadable, and is to be set.
    let version = session.resolve(target, Version::BASE)?;
    let report = session.loaded.with(|migrations| {
        let launch = arguments.patience.of(migrations.launch());
        let launch = if arguments.dry_run { launch.dry_run() } else { launch };
        launch.stamp(&mut connection, version)
    });
    session::finished(&report.map_err(|error| database::refused(&error))?, shell)
}
