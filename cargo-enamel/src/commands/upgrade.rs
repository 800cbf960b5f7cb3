//! `upgrade`: the database, up to a revision.

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::session::Session;
use crate::shell::Shell;

/// Its arguments, which programs have, too.
pub(crate) type Arguments = enamel_runtime::command::upgrade::Arguments<Database>;

/// Upgrades the database.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    arguments.check()?;
    let session = Session::begin_with(&arguments.database, globals, shell)?;
    session.run(&arguments.database, shell, |line, host| arguments.run(line, host))
}
