//! `--sql`: what `upgrade` and `downgrade` would do, as a script for the database's own shell.

use super::failure::{Failure, refused};
use super::host::Host;
use super::line::Line;
use super::target::Target;
use super::told::Told;
use crate::error::Error;
use clap::Args;
use enamel_schema::{Diagnostic, Version};

/// Whether a script is wanted, and where it begins.
#[derive(Debug, Args)]
pub struct Script {
    /// Print a script for the database's own shell, and run nothing
    #[arg(long)]
    pub(super) sql: bool,
    /// Where the script begins, when not where the database stands
    #[arg(long, value_name = "REVISION", requires = "sql")]
    from: Option<String>,
}

impl Script {
    /// Where the script begins: as stated, else where the database stands, else at `otherwise`.
    pub(super) fn from(&self, line: &Line<'_>, host: &dyn Host, otherwise: Version) -> Result<Version, Failure> {
        if let Some(stated) = &self.from {
            return match Target::parse(stated)? {
                target @ (Target::Head | Target::Base | Target::Version(_)) => line.resolve(target, Version::BASE),
                Target::Further(_) | Target::Back(_) => Err(Failure::usage(
                    Diagnostic::error(format!("a script cannot begin at {stated}"))
                        .with_hint("name a revision: `head`, `base`, or a number like 7"),
                )),
            };
        }
        match host.named()? {
            Some(named) => {
                let state = line.state(&mut named.open_as_it_is()?)?;
                match state.problems.is_empty() {
                    true => Ok(state.current),
                    false => Err(refused(&Error::History { problems: state.problems })),
                }
            }
            None => Ok(otherwise),
        }
    }
}

/// Prints the script.
pub(super) fn print(line: &Line<'_>, from: Version, to: Version, host: &mut dyn Host) -> Result<(), Failure> {
    let script = line.migrations.launch().script(line.dialect, from, to);
    let text = script.map_err(|error| refused(&error))?;
    host.tell(&Told::Script { from, to, text: &text })?;
    Ok(())
}
