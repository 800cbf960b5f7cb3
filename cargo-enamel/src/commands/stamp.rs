//! `stamp`: what the history says, set without running anything.

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::shell::Shell;
use clap::Args;

/// Set the database's recorded revision, forward or back, and run nothing
///
/// For a database that was brought to a revision by other means. `upgrade` goes on from there.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel stamp head                  the database is as the newest revision leaves it
  cargo enamel stamp --revision 3          the database stands at revision 0003
  cargo enamel stamp base                  nothing was applied")]
pub(crate) struct Arguments {
    /// The revision that the database stands at: head, a number, or base
    #[arg(value_name = "REVISION", required_unless_present = "revision")]
    target: Option<String>,
    /// The same as a flag
    #[arg(long, value_name = "REVISION", conflicts_with = "target")]
    revision: Option<String>,
    #[command(flatten)]
    database: Database,
}

/// Sets the recorded revision.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let _ = (arguments, globals, shell);
    todo!()
}
