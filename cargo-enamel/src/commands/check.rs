//! `check`: models, sealed schema and revisions say the same.

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::ground::{Barred, Ground, Place};
use crate::layout;
use crate::models;
use crate::proof;
use crate::session::Session;
use crate::shell::Shell;
use clap::Args;
use enamel_runtime::command::place;
use enamel_runtime::prove::{Claim, compare};
use enamel_runtime::upgrade::{Standing, State};
use enamel_schema::mismatch::{Side, told};
use enamel_schema::step::{Step, step};
use enamel_schema::{Diagnostic, Level, Pair};
use serde_json::json;

/// Check that models, lock file and revisions say the same
///
/// The revisions run on a scratch database; what they really make is compared with the models as they were sealed, and those
/// with the models of today. The newest one also runs over rows that are made up, and must keep those that it does not say it
/// changes. Exits with code 3 when something differs, and says what.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel check                       in a pipeline, before a merge
  cargo enamel check --database            the database of DATABASE_URL too
  cargo enamel check --seed 7              the newest revision over other rows than usual")]
pub(crate) struct Arguments {
    /// Compare the database too
    #[arg(long = "database")]
    live: bool,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    place: Place,
}

/// Checks.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let session = Session::begin(globals, shell)?;
    let read = models::read(&session.project, &session.lock, shell)?;
    let ground = Ground::at(&arguments.place, &session.project)?;
    let mut found = Vec::new();
    found.extend(unsealed(&session)?);
    let out_of_step = out_of_step(&session, &read)?;
    // Whose schema the lock file has, as people think of it.
    let claimed = if out_of_step.is_none() { Side::Models } else { Side::LockFile };
    found.extend(out_of_step);
    let barred = ground.barred(session.lock.dialects.keys(), &session.loaded);
    found.extend(disproved(&session, claimed, &ground, &barred, shell)?);
    if arguments.live {
        found.extend(live(&session, claimed, arguments, &ground, shell)?);
    }
    if !found.is_empty() {
        return Err(Failure::difference(found));
    }
    let revisions = session.entries().len();
    let all_run = barred.is_empty();
    shell.event("checked", json!({ "revisions": revisions, "proven": all_run, "database": arguments.live }))?;
    let counted = match revisions {
        _ if !all_run => "lock file".to_owned(),
        1 => "lock file and 1 revision".to_owned(),
        _ => format!("lock file and {revisions} revisions"),
    };
    let and = if all_run { "," } else { " and" };
    let database = if arguments.live { ", and so does the database" } else { "" };
    shell.status("Checked", &format!("models{and} {counted} say the same{database}"))?;
    Ok(())
}

/// Files or settings that the lock file does not list as they are.
fn unsealed(session: &Session) -> Result<Option<Diagnostic>, Failure> {
    let lock = layout::take_settings(&session.project, session.lock.clone())?.0.lock;
    let mut notes: Vec<String> = session.loaded.warnings().iter().map(|warning| warning.message.clone()).collect();
    notes.extend((lock != session.lock).then(|| "the settings in Cargo.toml changed since".to_owned()));
    Ok((!notes.is_empty()).then(|| {
        difference("the lock file does not list what is there", notes)
            .with_hint("`cargo enamel seal` proves and takes it")
    }))
}

/// Models that are not those that were sealed.
fn out_of_step(session: &Session, read: &models::Read) -> Result<Option<Diagnostic>, Failure> {
    let lock = &session.lock;
    let step = step(lock, &read.models.schema, &read.models.hints).map_err(|mistakes| read.located(mistakes))?;
    let lines = proof::step_lines(&step, Side::LockFile, &lock.schema, &session.loaded);
    Ok((!lines.is_empty()).then(|| told(Step::SIDES, session.head(), lines, Level::Error)))
}

/// Revisions that make something else than was sealed.
fn disproved(
    session: &Session,
    claimed: Side,
    ground: &Ground,
    barred: &Barred,
    shell: &mut Shell,
) -> Result<Option<Diagnostic>, Failure> {
    let Session { project, lock, loaded, .. } = session;
    barred.values().try_for_each(|why| shell.diagnostic(why))?;
    let dialects = lock.dialects.keys().filter(|dialect| !barred.contains_key(dialect));
    let lines = proof::differences(loaded, dialects, lock, claimed, project, ground, shell)?;
    let sides = Pair::new(Side::Revisions, claimed);
    Ok((!lines.is_empty()).then(|| told(sides, session.head(), lines, Level::Error)))
}

/// A database that is not as the revisions make it.
fn live(
    session: &Session,
    claimed: Side,
    arguments: &Arguments,
    ground: &Ground,
    shell: &mut Shell,
) -> Result<Option<Diagnostic>, Failure> {
    let database = session.database(&arguments.database)?;
    let mut connection = database.open()?;
    let state = session.state(&mut connection)?;
    if state.standing != Standing::AtHead {
        return Ok(Some(elsewhere(&state)));
    }
    let claim =
        Claim { models: &session.lock.schema, sealed: &session.lock.schema, ignore: &session.project.settings.ignore };
    let barred = ground.barred(&[database.dialect()], &session.loaded);
    if !barred.is_empty() {
        return Err(proof::unprovable(barred, "without `--database` only the revisions are looked at"));
    }
    let scratch = ground.scratch(database.dialect());
    let compare = || session.loaded.with(|migrations| compare(&mut connection, migrations, claim, scratch));
    let comparison = shell.timed("compare", compare).map_err(proof::failure)?;
    proof::tell_kept(&comparison.found.unmodelled, shell)?;
    let lines = comparison.lines(claimed);
    let sides = Pair::new(Side::Database, claimed);
    Ok((!lines.is_empty()).then(|| told(sides, session.head(), lines, Level::Error)))
}

fn elsewhere(state: &State) -> Diagnostic {
    if let Some(first) = state.problems.first() {
        let problems = state.problems.iter().map(ToString::to_string).collect();
        return difference("the database's history is not that of these revisions", problems).with_hint(first.hint());
    }
    let message = format!("the database is at {}, and head is {}", place(state.current), place(state.head));
    difference(&message, Vec::new()).with_hint("`cargo enamel version` says where it stands")
}

fn difference(message: &str, notes: Vec<String>) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(message);
    diagnostic.notes = notes;
    diagnostic
}
