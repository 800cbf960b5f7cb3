//! `stamp`: what the history says, set without running anything.

use super::failure::{Failure, refused};
use super::host::{Host, finished, wanted};
use super::line::Line;
use super::patience::Patience;
use super::target::Target;
use clap::Args;
use enamel_schema::{Diagnostic, Version};

/// Set the database's recorded revision, forward or back, and run nothing
///
/// For a database that was brought to a revision by other means. `upgrade` goes on from there.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel stamp head                  the database is as the newest revision leaves it
  cargo enamel stamp --revision 3          the database stands at revision 0003
  cargo enamel stamp base                  nothing was applied
  cargo enamel stamp head --dry-run        what would be recorded")]
pub struct Arguments<D: Args> {
    /// The revision that the database stands at: head, a number, or base
    #[arg(value_name = "REVISION", required_unless_present = "revision", allow_negative_numbers = true)]
    target: Option<String>,
    /// The same as a flag
    #[arg(long, value_name = "REVISION", conflicts_with = "target")]
    revision: Option<String>,
    /// Say what would be recorded, and record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    patience: Patience,
    /// Which database.
    #[command(flatten)]
    pub database: D,
}

impl<D: Args> Arguments<D> {
    /// Looks whether it makes sense, before anything is read.
    ///
    /// # Errors
    ///
    /// [`Failure::usage`]
    pub fn check(&self) -> Result<(), Failure> {
        self.target().map(drop)
    }

    /// Sets the recorded revision.
    ///
    /// # Errors
    ///
    /// What stands in the way.
    pub fn run(&self, line: &Line<'_>, host: &mut dyn Host) -> Result<(), Failure> {
        let target = self.target()?;
        let mut connection = wanted(host)?.open()?;
        // Where the database stands takes no part: it may be unreadable, and is to be set.
        let version = line.resolve(target, Version::BASE)?;
        let launch = self.patience.of(line.migrations.launch());
        let launch = if self.dry_run { launch.dry_run() } else { launch };
        let report = launch.stamp(&mut connection, version);
        finished(&report.map_err(|error| refused(&error))?, host)
    }

    fn target(&self) -> Result<Target, Failure> {
        let named = self.target.as_ref().or(self.revision.as_ref()).map_or("", String::as_str);
        match Target::parse(named)? {
            target @ (Target::Head | Target::Base | Target::Version(_)) => Ok(target),
            Target::Further(_) | Target::Back(_) => Err(Failure::usage(
                Diagnostic::error("`stamp` takes the revision that the database is at, not a number of steps")
                    .with_hint("name it: `head`, `base`, or a number like 7"),
            )),
        }
    }
}
