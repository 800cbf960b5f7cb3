//! `upgrade`: the database, up to a revision.

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::shell::Shell;
use clap::Args;

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
    #[arg(value_name = "REVISION")]
    target: Option<String>,
    /// The same as a flag
    #[arg(long, value_name = "REVISION", conflicts_with = "target")]
    revision: Option<String>,
    /// Print a script instead of running it
    #[arg(long, conflicts_with_all = ["dry_run", "redo"])]
    sql: bool,
    /// Say what would run, and run nothing
    #[arg(long)]
    dry_run: bool,
    /// Take the newest revision down and up again, after it was edited
    #[arg(long, conflicts_with_all = ["target", "revision"])]
    redo: bool,
    #[command(flatten)]
    database: Database,
}

/// Upgrades the database.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let _ = (arguments, globals, shell);
    todo!()
}
