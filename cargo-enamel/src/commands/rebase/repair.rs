//! A database that has mine before theirs: mine down, theirs up, mine up.

use super::fork;
use super::sides::Sides;
use crate::database::{self, Named};
use crate::exit::Failure;
use crate::session::{self, place};
use crate::shell::Shell;
use enamel_runtime::load::Loaded;

/// Says how to repair a database that has revisions of mine under their former numbers, or does it.
pub(super) fn database(
    database: &Named,
    loaded: &Loaded,
    sides: &Sides,
    live: bool,
    shell: &mut Shell,
) -> Result<(), Failure> {
    let mut connection = database.open()?;
    let state = loaded.with(|migrations| migrations.launch().state(&mut connection));
    let state = state.map_err(|error| database::refused(&error))?;
    let fork = fork(sides);
    if state.problems.is_empty() || state.current <= fork {
        return Ok(());
    }
    if !live {
        shell.hint(&format!(
            "{database} has yours before theirs: `cargo enamel downgrade --revision {}`, then `cargo enamel upgrade`",
            place(fork)
        ))?;
        return Ok(());
    }
    let down = loaded.with(|migrations| {
        let mut observer = session::observer(shell);
        migrations.launch().observer(&mut observer).downgrade(&mut connection, fork)
    });
    session::finished(&down.map_err(|error| database::refused(&error))?, shell)?;
    let up = loaded.with(|migrations| {
        let mut observer = session::observer(shell);
        migrations.launch().observer(&mut observer).upgrade(&mut connection)
    });
    session::finished(&up.map_err(|error| database::refused(&error))?, shell)
}
