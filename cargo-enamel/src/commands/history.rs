//! `history`: the revisions, and which of them the database has.

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::shell::Shell;
use clap::Args;

/// List the revisions, newest first, with what the database has of them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel history                     the database of DATABASE_URL, if there is one
  cargo enamel history -D sqlite:shop.db   another database")]
pub(crate) struct Arguments {
    #[command(flatten)]
    database: Database,
}

/// Lists the revisions.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let _ = (arguments, globals, shell);
    todo!()
}
