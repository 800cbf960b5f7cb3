//! `revision`: what the models changed, as the next revision.

mod answers;
mod ask;
mod autogenerate;
mod given;
mod name;
mod tell;

use crate::cli::Globals;
use crate::commands::seal;
use crate::exit::Failure;
use crate::ground::{Ground, Place};
use crate::layout::{self, Taken};
use crate::models;
use crate::project::Project;
use crate::proof;
use crate::prospect::{Prospect, Texts};
use crate::rehash::{self, Edit};
use crate::shell::Shell;
use autogenerate::Outcome;
use clap::Args;
use enamel_schema::plan::HazardKind;
use enamel_schema::revision::{slug, write_blank};
use enamel_schema::{Diagnostic, Lock, Version};

/// Write the next revision, after the newest one
///
/// With --autogenerate it holds the SQL that takes the former models to those of today, up and down, proven on a scratch
/// database; without, it is blank, and yours to write. When nothing differs, nothing is written.
///
/// What only you know is asked on a terminal; elsewhere it is refused, with the flag that answers it. What adds a value to an enum and
/// uses it becomes two revisions where one of the databases is PostgreSQL.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel revision -m \"add email\" --autogenerate
  cargo enamel revision --autogenerate              named by its changes
  cargo enamel revision --autogenerate --dry-run    show the SQL, write nothing
  cargo enamel revision -m \"split names\"            blank: write the SQL, then `cargo enamel seal`
  cargo enamel revision --autogenerate --rename users.surname=last_name
  cargo enamel revision --autogenerate --backfill \"users.age=0\"
  cargo enamel revision --autogenerate --convert \"users.joined=to_timestamp(joined)\"
  cargo enamel revision --autogenerate --drop users.nickname
  cargo enamel revision --autogenerate --allow data-loss    all that is gone may go")]
pub(crate) struct Arguments {
    /// What the revision does; its file is named by it
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,
    /// Fill it with what the models changed
    #[arg(long)]
    autogenerate: bool,
    /// A column or table that has another name now, or as in "value role.admin=owner" the value of an enum
    #[arg(long, value_name = "TABLE[.COLUMN]=NEXT", requires = "autogenerate")]
    rename: Vec<String>,
    /// What rows that are there get in a new mandatory column, as SQL
    #[arg(long, value_name = "TABLE.COLUMN=SQL", requires = "autogenerate")]
    backfill: Vec<String>,
    /// How values that are there become values of the column's next type, as SQL
    #[arg(long, value_name = "TABLE.COLUMN=SQL", requires = "autogenerate")]
    convert: Vec<String>,
    /// A column or table that may go, with what is in it, or as in "value role.admin" the value of an enum
    #[arg(long, value_name = "TABLE[.COLUMN]", requires = "autogenerate")]
    drop: Vec<String>,
    /// `data-loss`: whatever is gone from the models may go, with what is in it
    #[arg(long, value_name = "HAZARD", requires = "autogenerate", value_delimiter = ',')]
    #[arg(value_parser = [HazardKind::DataLoss.word()], hide_possible_values = true)]
    allow: Vec<String>,
    /// Write it although it cannot be proven; the lock file says so until it is
    #[arg(long)]
    unproven: bool,
    /// Show the SQL on stdout and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Place,
}

/// Writes the next revision.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let message = arguments.message.as_deref().map(message).transpose()?;
    let answers = answers::read(arguments)?;
    if message.is_none() && !arguments.autogenerate {
        return Err(Failure::usage(
            Diagnostic::error("a blank revision needs a message")
                .with_hint("`-m \"what it does\"` names it, `--autogenerate` fills it with what the models changed"),
        ));
    }
    let project = Project::find(globals, shell)?;
    let ground = Ground::at(&arguments.place, &project)?;
    let (prospect, sealed) = seal_head(&project, project.lock()?, arguments, &ground, shell)?;
    let task = Task { arguments, globals, project: &project, sealed };
    match message {
        Some(message) if !arguments.autogenerate => task.blank(prospect, message, shell),
        Some(_) | None => match autogenerate::make(&project, &prospect, arguments, &answers, &ground, shell)? {
            Outcome::Fresh => {
                // The head may have been sealed on the way.
                task.finish(&prospect, shell)?;
                Ok(tell::fresh("the models are as they were at the last revision", shell)?)
            }
            Outcome::Unnoticed(prospect) => {
                task.finish(&prospect, shell)?;
                Ok(tell::fresh("what the models changed makes no difference to the database", shell)?)
            }
            Outcome::Made(made) => {
                task.finish(&made.prospect, shell)?;
                tell::changes(&made, arguments.dry_run, shell)?;
                Ok(made.barred.values().try_for_each(|why| shell.diagnostic(why))?)
            }
        },
    }
}

/// The message as it stands in the header: one line, not empty.
fn message(typed: &str) -> Result<&str, Failure> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Failure::usage(
            Diagnostic::error("the message is empty")
                .with_hint("say in a few words what the revision does: `-m \"add email\"`"),
        ));
    }
    if typed.contains(char::is_control) {
        return Err(Failure::usage(Diagnostic::error("the message is more than one line of text")));
    }
    Ok(typed)
}

/// What is done to the lock file before the next revision.
struct Sealed {
    /// Texts that were edited.
    edits: Vec<Edit>,
    /// What the settings changed.
    taken: Taken,
}

/// An edited head is proven and sealed first, and so is what the settings bring: what is written next stands on top of it.
fn seal_head(
    project: &Project,
    lock: Lock,
    arguments: &Arguments,
    ground: &Ground,
    shell: &mut Shell,
) -> Result<(Prospect, Sealed), Failure> {
    let rehashed = rehash::rehash(project, &lock, true)?;
    let head = head(&lock);
    // An edit below head is not sealed in passing: loading the former lock file says what to do.
    let below = rehashed.edits.iter().any(|edit| edit.version < head);
    let (mut prospect, taken) = match below {
        true => (Prospect::of(lock), Taken::default()),
        false => layout::take_settings(project, rehashed.lock)?,
    };
    let loaded = prospect.load(project)?;
    for warning in loaded.warnings() {
        shell.diagnostic(warning)?;
    }
    let edits = rehashed.edits;
    if arguments.unproven {
        prospect.lock = rehash::unproven(&prospect.lock, &edits);
        taken.mark(&mut prospect.lock, |_| true);
    } else if !edits.is_empty() {
        let read = models::read(project, &prospect.lock, shell)?;
        prospect.lock = proof::seal(&prospect, &loaded, &read, project, ground, shell)?;
    } else if taken.has_baselines() {
        taken.prove(&mut prospect, &loaded, project, ground, shell)?;
    }
    Ok((prospect, Sealed { edits, taken }))
}

fn head(lock: &Lock) -> Version {
    let heads = lock.dialects.values().filter_map(|entries| entries.last()).map(|entry| entry.version);
    heads.max().unwrap_or(Version::BASE)
}

fn next_version(lock: &Lock) -> Result<Version, Failure> {
    head(lock).following().ok_or_else(|| Diagnostic::error("the numbers of revisions are used up").into())
}

/// What all ends of the verb share.
struct Task<'a> {
    arguments: &'a Arguments,
    globals: &'a Globals,
    project: &'a Project,
    /// What is sealed on the way.
    sealed: Sealed,
}

impl Task<'_> {
    fn blank(&self, mut prospect: Prospect, message: &str, shell: &mut Shell) -> Result<(), Failure> {
        let version = next_version(&prospect.lock)?;
        for dialect in prospect.lock.dialects.keys().copied().collect::<Vec<_>>() {
            let texts = Texts { up: write_blank(message, false), down: Some(write_blank(message, true)) };
            prospect.add(dialect, version, &slug(message), texts, false);
        }
        self.finish(&prospect, shell)?;
        if !self.arguments.dry_run {
            shell.hint("write its SQL, there and back, then run `cargo enamel seal`")?;
        }
        Ok(())
    }

    /// Writes what was made, or shows it.
    fn finish(&self, prospect: &Prospect, shell: &mut Shell) -> Result<(), Failure> {
        let dry_run = self.arguments.dry_run;
        let write = || prospect.write(self.project, self.globals);
        let written = if dry_run { Vec::new() } else { shell.timed("write", write)? };
        let Sealed { edits, taken } = &self.sealed;
        taken.tell_moves(self.project, dry_run, shell)?;
        for edit in edits {
            seal::tell(edit, self.project, dry_run, shell)?;
        }
        if dry_run {
            tell::texts(prospect, taken, self.project, shell)?;
        }
        tell::files(&written, taken, self.project, shell)?;
        Ok(taken.tell_baselines(self.project, dry_run, shell)?)
    }
}
