//! The proof of revisions, on scratch databases, before anything is written.
//!
//! What the runtime finds is told here; what becomes of it is each verb's own.

use crate::database;
use crate::exit::Failure;
use crate::ground::{Barred, Ground};
use crate::models::Read;
use crate::project::Project;
use crate::prospect::Prospect;
use crate::shell::Shell;
use enamel_runtime::load::Loaded;
use enamel_runtime::prove::{Claim, Proof, ProveError, prove};
use enamel_schema::mismatch::Side;
use enamel_schema::schema::Unmodelled;
use enamel_schema::settle::{Settled, settle};
use enamel_schema::step::Step;
use enamel_schema::{Diagnostic, Dialect, Edits, Level, Lock, Pair, Schema, naming};
use std::io;

/// What the models say otherwise than the sealed schema, a line each. `has` is whose that is, as it is told.
pub(crate) fn step_lines(step: &Step, has: Side, sealed: &Schema, loaded: &Loaded) -> Vec<String> {
    loaded.with(|migrations| {
        let dialect = migrations.folders.first().map_or(Dialect::Sqlite, |folder| folder.dialect);
        step.differences(sealed, &migrations.up_texts(dialect)).lines(Pair::new(has, Side::Models))
    })
}

/// What the revisions do otherwise than the sealed schema says, a line each; for the dialects that are named. `claimed` is whose it is, besides the lock file's.
pub(crate) fn differences<'d>(
    loaded: &Loaded,
    dialects: impl IntoIterator<Item = &'d Dialect>,
    lock: &Lock,
    claimed: Side,
    project: &Project,
    ground: &Ground,
    shell: &mut Shell,
) -> Result<Vec<String>, Failure> {
    let proofs = proofs(loaded, dialects, lock, &lock.schema, project, ground, shell)?;
    proofs.iter().try_for_each(|proof| tell(proof, shell))?;
    Ok(proofs.iter().flat_map(|proof| proof.lines_of(claimed)).collect())
}

/// Says what could not be tried with rows, and when asked to say more, what was, and what there is besides models.
pub(crate) fn tell(proof: &Proof, shell: &mut Shell) -> io::Result<()> {
    tell_kept(&proof.found.unmodelled, shell)?;
    if !proof.roles.is_empty() && shell.is_verbose() {
        shell.status("Assuming", &format!("roles that no revision makes: {}", proof.roles.join(", ")))?;
    }
    let Some(rows) = &proof.rows else { return Ok(()) };
    if shell.is_verbose() {
        let (file, tables) = (proof.head, rows.tables);
        shell.status(
            "Tried",
            &format!("revision {file} with {} rows in {tables} tables, seed {}", rows.rows, rows.seed),
        )?;
    }
    rows.notes.iter().try_for_each(|note| shell.diagnostic(&Diagnostic::note(note.clone())))
}

/// What a database has that models cannot say, when asked to say more.
pub(crate) fn tell_kept(unmodelled: &[Unmodelled], shell: &mut Shell) -> io::Result<()> {
    if unmodelled.is_empty() || !shell.is_verbose() {
        return Ok(());
    }
    let names: Vec<String> = unmodelled.iter().map(ToString::to_string).collect();
    shell.status("Keeping", &format!("{}: models say nothing of them", names.join(", ")))
}

/// The proof that the revisions make a schema, for each of these dialects.
pub(crate) fn proofs<'d>(
    loaded: &Loaded,
    dialects: impl IntoIterator<Item = &'d Dialect>,
    lock: &Lock,
    models: &Schema,
    project: &Project,
    ground: &Ground,
    shell: &mut Shell,
) -> Result<Vec<Proof>, Failure> {
    let claim = Claim { models, sealed: &lock.schema, ignore: &project.settings.ignore };
    let mut proven = |dialect: &Dialect| {
        let prove = || loaded.with(|migrations| prove(migrations, claim, ground.scratch(*dialect)));
        shell.timed("prove", prove).map_err(failure)
    };
    dialects.into_iter().map(&mut proven).collect()
}

/// What is wrong, a line each.
pub(crate) fn lines(proofs: &[Proof]) -> Vec<String> {
    proofs.iter().flat_map(Proof::lines).collect()
}

/// A schema that was proven, with the names that indexes have in the database.
fn as_found(schema: &Schema, proofs: &[Proof]) -> Schema {
    proofs.iter().fold(schema.clone(), |schema, proof| proof.named(&schema))
}

/// Proves edited revisions, and seals what they make: the models of today, or those that were sealed, whichever it is.
///
/// # Errors
///
/// When they make neither, or cannot be run.
pub(crate) fn seal(
    prospect: &Prospect,
    loaded: &Loaded,
    read: &Read,
    project: &Project,
    ground: &Ground,
    shell: &mut Shell,
) -> Result<Lock, Failure> {
    let dialects = || prospect.lock.dialects.keys();
    let barred = ground.barred(dialects(), loaded);
    if !barred.is_empty() {
        return Err(unprovable(
            barred,
            "`--unproven` takes them as they are; the lock file says so until they are proven",
        ));
    }
    let mut lock = proven(&prospect.lock);
    let models = named(&lock.schema, read)?;
    let of_models = proofs(loaded, dialects(), &lock, &models, project, ground, shell)?;
    if of_models.iter().all(Proof::holds) {
        of_models.iter().try_for_each(|proof| tell(proof, shell))?;
        lock.schema = as_found(&models, &of_models);
        return Ok(lock);
    }
    // An edit of rows alone is right although the models have gone on meanwhile.
    let sealed = lock.schema.clone();
    if models != sealed {
        let of_sealed = proofs(loaded, dialects(), &lock, &sealed, project, ground, shell)?;
        if of_sealed.iter().all(Proof::holds) {
            of_sealed.iter().try_for_each(|proof| tell(proof, shell))?;
            lock.schema = as_found(&sealed, &of_sealed);
            shell.diagnostic(
                &Diagnostic::new(
                    Level::Warning,
                    "the models have changed since, and these revisions do not make the change",
                )
                .with_hint("`cargo enamel revision --autogenerate` writes it"),
            )?;
            return Ok(lock);
        }
    }
    Err(disproved(
        lines(&of_models),
        "correct the SQL or the models, and run `cargo enamel seal` again; `--unproven` takes it as it is",
    ))
}

/// The models with the names that their constraints had, or get.
pub(crate) fn named(sealed: &Schema, read: &Read) -> Result<Schema, Failure> {
    let models = &read.models;
    let settled = settle(sealed, &models.schema, &models.hints, &Edits::default(), &[]);
    let edits = match settled.map_err(|mistakes| read.located(mistakes))? {
        Settled::Known(edits) => edits,
        // Names that only an answer could carry over are derived anew.
        Settled::Open(_) => Edits::default(),
    };
    Ok(naming::complete(sealed, &models.schema, &edits))
}

/// The lock file of revisions that a proof holds for.
pub(crate) fn proven(lock: &Lock) -> Lock {
    let mut lock = lock.clone();
    lock.dialects.values_mut().flatten().for_each(|entry| entry.unproven = false);
    lock
}

/// The failure of a proof, with what differs.
pub(crate) fn disproved(lines: Vec<String>, hint: &str) -> Failure {
    let mut diagnostic = Diagnostic::error("the proof of the revisions failed").with_hint(hint);
    diagnostic.notes = lines;
    Failure::difference(vec![diagnostic])
}

/// The failure where there is no place to prove on.
pub(crate) fn unprovable(barred: Barred, hint: &str) -> Failure {
    let error = |why: Diagnostic| Diagnostic { level: Level::Error, ..why }.with_hint(hint);
    barred.into_values().map(error).collect::<Vec<_>>().into()
}

/// Why nothing could be proven, as a failure of whoever can do something about it.
pub(crate) fn failure(error: ProveError) -> Failure {
    match error {
        ProveError::Revisions(error) => {
            let mut told = database::told(&error).with_note("the database is a scratch one; no other was touched");
            // Nobody's rows are in it.
            told.hints.iter_mut().for_each(|hint| *hint = hint.replace("correct the rows and run it again; or ", ""));
            // What the server of the program has need not be installed here.
            if told.message.contains("extension") && told.message.contains("is not available") {
                told = told.with_hint("`--scratch-url` names a server that has the extension");
            }
            Failure::input(told)
        }
        ProveError::Models(diagnostics) => Failure::from(diagnostics),
        ProveError::Scratch(source) => {
            // `insufficient_privilege`
            let hint = match source.code.as_deref() {
                Some("42501") => {
                    "let an administrator run `ALTER ROLE … CREATEDB`, or name another role in `--scratch-url`"
                }
                Some(_) | None => "`--scratch-url` names a server for throw-away databases",
            };
            Failure::database(Diagnostic::error(ProveError::Scratch(source).to_string()).with_hint(hint))
        }
        error @ (ProveError::Reaching(_) | ProveError::Introspection(_) | ProveError::Build { .. } | _) => {
            Failure::database(Diagnostic::error(error.to_string()))
        }
    }
}
