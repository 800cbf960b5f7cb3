//! `init`: settings, folder, lock file, and what else a package needs to begin.

use crate::cli::Globals;
use crate::exit::Failure;
use crate::shell::Shell;
use clap::Args;

/// Begin: write the settings, the folder of revisions and the lock file
///
/// Adds `[package.metadata.enamel]` to Cargo.toml, makes the folder with an empty `enamel.lock`, and tells git to keep line
/// ends as they are. What is there already is left alone, so that it can be run again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel init                        the package of the current directory, SQLite
  cargo enamel init -p shop                one of several packages
  cargo enamel init --migrations db        the revisions in `db`, beside Cargo.toml")]
pub(crate) struct Arguments {
    /// The folder of the revisions, relative to the package's
    #[arg(long, value_name = "FOLDER")]
    migrations: Option<String>,
    /// The databases to write revisions for; with several, each has a folder of its own [default: sqlite]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    dialect: Vec<String>,
}

/// Begins.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let _ = (arguments, globals, shell);
    todo!()
}
