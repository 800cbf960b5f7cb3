//! `version`: where the database stands.

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::shell::Shell;
use clap::Args;

/// Say where the database stands: its revision, the newest one, how many are pending
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel version                     the database of DATABASE_URL
  cargo enamel version -D sqlite:shop.db   another database
  cargo enamel version --check             exit code 3 unless the database is at head")]
pub(crate) struct Arguments {
    /// Exit with code 3 unless the database is at head
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    database: Database,
}

/// Says where the database stands.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let _ = (arguments, globals, shell);
    todo!()
}
