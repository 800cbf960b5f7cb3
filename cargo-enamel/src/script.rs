//! `--sql`: what `upgrade` and `downgrade` would do, as a script for the database's own shell.

use crate::cli::Database;
use crate::database;
use crate::exit::Failure;
use crate::session::{Session, place};
use crate::shell::Shell;
use crate::target::Target;
use clap::Args;
use enamel_runtime::Error;
use enamel_schema::{Diagnostic, Dialect, Version};
use serde_json::json;

/// Whether a script is wanted, and where it begins.
#[derive(Debug, Args)]
pub(crate) struct Script {
    /// Print a script for the database's own shell, and run nothing
    #[arg(long)]
    pub(crate) sql: bool,
    /// Where the script begins, when not where the database stands
    #[arg(long, value_name = "REVISION", requires = "sql")]
    from: Option<String>,
}

impl Script {
    /// Where the script begins: as stated, else where the database stands, else at `otherwise`.
    pub(crate) fn from(&self, session: &Session, database: &Database, otherwise: Version) -> Result<Version, Failure> {
        if let Some(stated) = &self.from {
            return match Target::parse(stated)? {
                target @ (Target::Head | Target::Base | Target::Version(_)) => session.resolve(target, Version::BASE),
                Target::Further(_) | Target::Back(_) => Err(Failure::usage(
                    Diagnostic::error(format!("a script cannot begin at {stated}"))
                        .with_hint("name a revision: `head`, `base`, or a number like 7"),
                )),
            };
        }
        match database::named(database, &session.project)? {
            Some(named) => {
                let state = session.state(&mut named.open_as_it_is()?)?;
                match state.problems.is_empty() {
                    true => Ok(state.current),
                    false => Err(database::refused(&Error::History { problems: state.problems })),
                }
            }
            None => Ok(otherwise),
        }
    }
}

/// Prints the script.
pub(crate) fn print(
    session: &Session,
    database: &Database,
    from: Version,
    to: Version,
    shell: &mut Shell,
) -> Result<(), Failure> {
    let dialect = match database::named(database, &session.project)? {
        Some(named) => named.dialect(),
        None => session.lock.dialects.keys().next().copied().unwrap_or(Dialect::Sqlite),
    };
    let script = session.loaded.with(|migrations| migrations.launch().script(dialect, from, to));
    let script = script.map_err(|error| database::refused(&error))?;
    shell.event("script", json!({ "from": from.number(), "to": to.number(), "text": script }))?;
    shell.data(&script)?;
    shell.status("Scripted", &format!("from {} to {}, and ran nothing", place(from), place(to)))?;
    Ok(())
}
