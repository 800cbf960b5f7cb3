//! `show`: one revision, as it is written.

use crate::cli::Globals;
use crate::exit::Failure;
use crate::shell::Shell;
use clap::Args;

/// Print a revision
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel show 7                      revision 0007, up and down
  cargo enamel show head                   the newest one
  cargo enamel show 7 --down               only the way back")]
pub(crate) struct Arguments {
    /// Which: head or a number
    #[arg(value_name = "REVISION")]
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
    let _ = (arguments, globals, shell);
    todo!()
}
