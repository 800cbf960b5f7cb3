//! `check`: models, sealed schema and revisions say the same.

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::shell::Shell;
use clap::Args;

/// Check that models, lock file and revisions say the same
///
/// The revisions run on a scratch database; what they really make is compared with the models as they were sealed, and those
/// with the models of today. Exits with code 3 when something differs, and says what.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel check                       in a pipeline, before a merge
  cargo enamel check --database            the database of DATABASE_URL too")]
pub(crate) struct Arguments {
    /// Compare the database too
    #[arg(long = "database")]
    live: bool,
    #[command(flatten)]
    database: Database,
}

/// Checks.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let _ = (arguments, globals, shell);
    todo!()
}
