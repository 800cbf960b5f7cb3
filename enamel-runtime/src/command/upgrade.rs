//! `upgrade`: the database, up to a revision.

use super::failure::{Failure, refused};
use super::host::{Host, finished, observer, wanted};
use super::line::Line;
use super::patience::Patience;
use super::script::{self, Script};
use super::target::Target;
use super::told::Told;
use crate::upgrade;
use clap::Args;
use enamel_schema::{Diagnostic, Version};

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
pub struct Arguments<D: Args> {
    /// Where to: head, a number, or +N for N revisions further [default: head]
    #[arg(value_name = "REVISION", allow_negative_numbers = true)]
    target: Option<String>,
    /// The same as a flag
    #[arg(long, value_name = "REVISION", conflicts_with = "target")]
    revision: Option<String>,
    #[command(flatten)]
    script: Script,
    /// Say what would run, and run nothing
    #[arg(long, conflicts_with = "sql")]
    dry_run: bool,
    /// Take the newest revision down and up again, after it was edited
    #[arg(long, conflicts_with_all = ["target", "revision", "sql"])]
    redo: bool,
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

    /// Upgrades the database.
    ///
    /// # Errors
    ///
    /// What stands in the way.
    pub fn run(&self, line: &Line<'_>, host: &mut dyn Host) -> Result<(), Failure> {
        let target = self.target()?;
        if let upgrade::Target::Version(version) = target {
            line.known(version)?;
        }
        if self.script.sql {
            let from = self.script.from(line, host, Version::BASE)?;
            let to = line.resolve(Target::parse(self.named())?, from)?;
            return script::print(line, from, to, host);
        }
        let database = wanted(host)?;
        let missing = database.is_missing();
        if missing {
            // Order matters: a file is made only when there is a way to go.
            line.resolve(Target::parse(self.named())?, Version::BASE)?;
            if self.redo {
                return Err(Failure::usage(
                    Diagnostic::error(format!("there is nothing to do again: {database} is not there"))
                        .with_hint("`cargo enamel upgrade` makes it"),
                ));
            }
        }
        let mut connection = if self.dry_run { database.open_as_it_is()? } else { database.open_or_make()? };
        if missing && !self.dry_run {
            host.tell(&Told::Created(&database))?;
        }
        let mut observer = observer(host);
        let launch = self.patience.of(line.migrations.launch()).target(target).observer(&mut observer);
        let launch = if self.dry_run { launch.dry_run() } else { launch };
        let report = if self.redo { launch.redo(&mut connection) } else { launch.upgrade(&mut connection) };
        drop(observer);
        finished(&report.map_err(|error| refused(&error))?, host)
    }

    fn named(&self) -> &str {
        self.target.as_ref().or(self.revision.as_ref()).map_or("head", String::as_str)
    }

    fn target(&self) -> Result<upgrade::Target, Failure> {
        let named = self.named();
        match Target::parse(named)? {
            Target::Head => Ok(upgrade::Target::Head),
            Target::Version(version) => Ok(upgrade::Target::Version(version)),
            Target::Further(count) => Ok(upgrade::Target::Plus(count)),
            Target::Base | Target::Back(_) => Err(Failure::usage(
                Diagnostic::error(format!("`upgrade` does not go back to {named}"))
                    .with_hint(format!("`cargo enamel downgrade {named}` does")),
            )),
        }
    }
}
