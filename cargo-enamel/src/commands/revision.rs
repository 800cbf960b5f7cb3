//! `revision`: what the models changed, as the next revision.

use crate::cli::Globals;
use crate::exit::Failure;
use crate::shell::Shell;
use clap::Args;

/// Write the next revision, after the newest one
///
/// With --autogenerate it holds the SQL that takes the former models to those of today, up and down, proven on a scratch
/// database; without, it is blank, and yours to write. When nothing differs, nothing is written.
///
/// What only you know is asked on a terminal; elsewhere it is refused, with the flag that answers it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel revision -m \"add email\" --autogenerate
  cargo enamel revision --autogenerate                     named by its changes
  cargo enamel revision --autogenerate --dry-run           show the SQL, write nothing
  cargo enamel revision -m \"names in capitals\"             blank: write the SQL, then `cargo enamel seal`
  cargo enamel revision --autogenerate --rename users.surname=last_name
  cargo enamel revision --autogenerate --backfill \"users.age=0\"
  cargo enamel revision --autogenerate --drop users.nickname --allow data-loss")]
pub(crate) struct Arguments {
    /// What the revision does; its file is named by it
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,
    /// Fill it with what the models changed
    #[arg(long)]
    autogenerate: bool,
    /// A column or table that has another name now
    #[arg(long, value_name = "TABLE[.COLUMN]=NEXT", requires = "autogenerate")]
    rename: Vec<String>,
    /// What rows that are there get in a new mandatory column, as SQL
    #[arg(long, value_name = "TABLE.COLUMN=SQL", requires = "autogenerate")]
    backfill: Vec<String>,
    /// How values that are there become values of the column's next type, as SQL
    #[arg(long, value_name = "TABLE.COLUMN=SQL", requires = "autogenerate")]
    convert: Vec<String>,
    /// A column or table that is really to be dropped, although a similar one came
    #[arg(long, value_name = "TABLE[.COLUMN]", requires = "autogenerate")]
    drop: Vec<String>,
    /// A hazard to accept: data-loss, breaks-old-code, table-rewrite, long-lock, validation-scan
    #[arg(long, value_name = "HAZARD", requires = "autogenerate", value_delimiter = ',')]
    allow: Vec<String>,
    /// Write it although it cannot be proven; the lock file says so until it is
    #[arg(long)]
    unproven: bool,
    /// Show the SQL on stdout and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Writes the next revision.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let _ = (arguments, globals, shell);
    todo!()
}
