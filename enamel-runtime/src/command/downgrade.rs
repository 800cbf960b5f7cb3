//! `downgrade`: the database, back to a revision.

use super::failure::{Failure, refused};
use super::host::{Host, finished, observer, wanted};
use super::line::{Line, place};
use super::patience::Patience;
use super::script::{self, Script};
use super::target::Target;
use clap::Args;
use enamel_schema::{Diagnostic, Version};

/// Downgrade the database to an earlier revision
///
/// Runs the way back of each revision above the target, newest first. A revision without one stops it before anything runs.
/// Programs never do this when they are launched.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel downgrade -1                one revision back
  cargo enamel downgrade --revision 5      back to revision 0005
  cargo enamel downgrade base              back to before the first
  cargo enamel downgrade -1 --sql          a script for the database's own shell")]
pub struct Arguments<D: Args> {
    /// Where to: a number, -N for N revisions back, or base
    #[arg(value_name = "REVISION", allow_negative_numbers = true, required_unless_present = "revision")]
    target: Option<String>,
    /// The same as a flag
    #[arg(long, value_name = "REVISION", conflicts_with = "target", allow_negative_numbers = true)]
    revision: Option<String>,
    #[command(flatten)]
    script: Script,
    /// Say what would run, and run nothing
    #[arg(long, conflicts_with = "sql")]
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

    /// Downgrades the database.
    ///
    /// # Errors
    ///
    /// What stands in the way.
    pub fn run(&self, line: &Line<'_>, host: &mut dyn Host) -> Result<(), Failure> {
        let target = self.target()?;
        if self.script.sql {
            let from = self.script.from(line, host, line.head())?;
            let to = line.resolve(target, from)?;
            self.refuse_forward(from, to)?;
            return script::print(line, from, to, host);
        }
        let mut connection = wanted(host)?.open()?;
        let current = line.state(&mut connection)?.current;
        let version = line.resolve(target, current)?;
        self.refuse_forward(current, version)?;
        let mut observer = observer(host);
        let launch = self.patience.of(line.migrations.launch()).observer(&mut observer);
        let launch = if self.dry_run { launch.dry_run() } else { launch };
        let report = launch.downgrade(&mut connection, version);
        drop(observer);
        finished(&report.map_err(|error| refused(&error))?, host)
    }

    fn named(&self) -> &str {
        self.target.as_ref().or(self.revision.as_ref()).map_or("", String::as_str)
    }

    fn target(&self) -> Result<Target, Failure> {
        match Target::parse(self.named())? {
            Target::Head | Target::Further(_) => Err(self.forward(&format!("to {}", self.named()))),
            target @ (Target::Base | Target::Version(_) | Target::Back(_)) => Ok(target),
        }
    }

    fn refuse_forward(&self, from: Version, to: Version) -> Result<(), Failure> {
        if to > from { Err(self.forward(&format!("from {} to {to}", place(from)))) } else { Ok(()) }
    }

    fn forward(&self, way: &str) -> Failure {
        Failure::usage(
            Diagnostic::error(format!("`downgrade` does not go forward {way}"))
                .with_hint(format!("`cargo enamel upgrade {}` does", self.named())),
        )
    }
}
