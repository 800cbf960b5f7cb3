//! `seal`: revisions that were written or edited by hand, proven and accepted.

use crate::cli::Globals;
use crate::exit::Failure;
use crate::shell::Shell;
use clap::Args;

/// Prove and accept revisions that were edited, and the models as they are now
///
/// Runs the revisions on a scratch database. Where they make what the models say, the lock file takes the texts as they are
/// now, and keeps the former hash: a database that applied the former text is right.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel seal                        after writing or editing a revision
  cargo enamel seal --no-accept            only my own database has the former text; then `upgrade --redo`")]
pub(crate) struct Arguments {
    /// Do not keep the hash of the former text: a database that applied it is wrong
    #[arg(long)]
    no_accept: bool,
    /// Accept it although it cannot be proven; the lock file says so until it is
    #[arg(long)]
    unproven: bool,
}

/// Proves and accepts.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let _ = (arguments, globals, shell);
    todo!()
}
