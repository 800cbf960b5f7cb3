//! `check`: models, sealed schema and revisions say the same.

use crate::cli::{Database, Globals};
use crate::exit::Failure;
use crate::models;
use crate::proof;
use crate::session::{Session, place};
use crate::shell::Shell;
use clap::Args;
use enamel_runtime::prove::{Claim, compare};
use enamel_runtime::upgrade::{Standing, State};
use enamel_schema::Diagnostic;
use enamel_schema::step::step;
use serde_json::json;

/// Check that models, lock file and revisions say the same
///
/// The revisions run on a scratch database; what they really make is compared with the models as they were sealed, and those
/// with the models of today. Exits with code 3 when something differs, and says what.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel check                       in a pipeline, before a merge
  cargo enamel check --database            the database of DATABASE_URL too")]
pub(crate) struct Arguments {
    /// Compare the database too
    #[arg(long = "database")]
    live: bool,
    #[command(flatten)]
    database: Database,
}

/// Checks.
pub(crate) fn run(arguments: &Arguments, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    let session = Session::begin(globals, shell)?;
    let read = models::read(&session.project, &session.lock, shell)?;
    let mut found = Vec::new();
    found.extend(unsealed(&session)?);
    found.extend(out_of_step(&session, &read)?);
    found.extend(disproved(&session, shell)?);
    if arguments.live {
        found.extend(live(&session, arguments)?);
    }
    if !found.is_empty() {
        return Err(Failure::difference(found));
    }
    let revisions = session.entries().len();
    shell.event("checked", json!({ "revisions": revisions, "database": arguments.live }))?;
    let counted = if revisions == 1 { "1 revision".to_owned() } else { format!("{revisions} revisions") };
    let database = if arguments.live { ", and so does the database" } else { "" };
    shell.status("Checked", &format!("models, lock file and {counted} say the same{database}"))?;
    Ok(())
}

/// Files or settings that the lock file does not list as they are.
fn unsealed(session: &Session) -> Result<Option<Diagnostic>, Failure> {
    let mut lock = session.lock.clone();
    session.project.copy_settings(&mut lock)?;
    let mut notes: Vec<String> = session.loaded.warnings().iter().map(|warning| warning.message.clone()).collect();
    notes.extend((lock != session.lock).then(|| "the settings in Cargo.toml changed since".to_owned()));
    Ok((!notes.is_empty()).then(|| {
        difference("the lock file does not list what is there", notes)
            .with_hint("`cargo enamel seal` proves and takes it")
    }))
}

/// Models that are not those that were sealed.
fn out_of_step(session: &Session, read: &models::Read) -> Result<Option<Diagnostic>, Failure> {
    let step =
        step(&session.lock, &read.models.schema, &read.models.hints).map_err(|mistakes| read.located(mistakes))?;
    Ok((!step.differences.is_empty()).then(|| {
        difference("the models differ from those of the last revision", step.differences)
            .with_hint("`cargo enamel revision --autogenerate` writes what they changed")
            .with_hint("`cargo enamel seal`, if a revision that was written by hand makes the change")
    }))
}

/// Revisions that make something else than was sealed.
fn disproved(session: &Session, shell: &mut Shell) -> Result<Option<Diagnostic>, Failure> {
    let lines = proof::differences(&session.loaded, &session.lock, &session.lock.schema, &session.project, shell)?;
    Ok((!lines.is_empty()).then(|| difference("the revisions do not make what the lock file says", lines)))
}

/// A database that is not as the revisions make it.
fn live(session: &Session, arguments: &Arguments) -> Result<Option<Diagnostic>, Failure> {
    let database = session.database(&arguments.database)?;
    let mut connection = database.open()?;
    let state = session.state(&mut connection)?;
    if state.standing != Standing::AtHead {
        return Ok(Some(elsewhere(&state)));
    }
    let claim =
        Claim { models: &session.lock.schema, sealed: &session.lock.schema, ignore: &session.project.settings.ignore };
    let scratch = proof::scratch(database.dialect());
    let compared = session.loaded.with(|migrations| compare(&mut connection, migrations, claim, &scratch));
    let comparison = compared.map_err(proof::failure)?;
    let lines = comparison.lines();
    Ok((!lines.is_empty()).then(|| {
        difference("the database is not as the revisions make it", lines)
            .with_hint("somebody changed it by hand: write the change as a revision, or take it back")
    }))
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
