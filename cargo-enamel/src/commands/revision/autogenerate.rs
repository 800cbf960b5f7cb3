//! The revision that the models ask for: settle, draft, compose, prove.

use super::given::Given;
use super::{Arguments, ask, name};
use crate::compose;
use crate::exit::Failure;
use crate::ground::{Barred, Ground};
use crate::models::{self, Read};
use crate::project::Project;
use crate::proof;
use crate::prospect::Prospect;
use crate::shell::Shell;
use enamel_runtime::load::Loaded;
use enamel_runtime::prove::{Claim, Replay};
use enamel_runtime::scratch::Scratch;
use enamel_schema::diff::diff;
use enamel_schema::draft::{Draft, draft};
use enamel_schema::revision::slug;
use enamel_schema::{Change, Dialect, Edits, Lock, Pair, Schema, Version, naming};
use std::collections::BTreeMap;

/// What came of looking for the next revision.
pub(super) enum Outcome {
    /// Nothing differs.
    Fresh,
    /// Something differs that no database would notice: only the lock file changes.
    Unnoticed(Box<Prospect>),
    /// A revision that is proven and not yet written.
    Made(Box<Made>),
}

/// A revision that is proven and not yet written.
pub(super) struct Made {
    pub(super) prospect: Prospect,
    /// What the models changed.
    pub(super) changes: Vec<Change>,
    /// What was drafted for each dialect.
    pub(super) drafts: BTreeMap<Dialect, Draft>,
    /// Where it is not proven, and why.
    pub(super) barred: Barred,
    pub(super) read: Read,
    /// The schema before it.
    pub(super) previous: Schema,
}

/// Makes the next revision, after the head of `former`.
pub(super) fn make(
    project: &Project,
    former: &Prospect,
    arguments: &Arguments,
    answers: &Edits,
    ground: &Ground,
    shell: &mut Shell,
) -> Result<Outcome, Failure> {
    let lock = &former.lock;
    let read = models::read(project, lock, shell)?;
    let edits = ask::settled(lock, &read, answers, shell)?;
    let next = naming::complete(&lock.schema, &read.models.schema, &edits);
    if next == lock.schema {
        return Ok(Outcome::Fresh);
    }
    let claim = Claim { models: &next, sealed: &lock.schema, ignore: &project.settings.ignore };
    let revisions = former.load(project)?;
    let barred = ground.barred(lock.dialects.keys(), &revisions);
    let mut replays = Vec::new();
    let mut drafts = BTreeMap::new();
    for dialect in lock.dialects.keys() {
        let replay = match barred.contains_key(dialect) {
            true => None,
            false => Some(replay(&revisions, head(lock, *dialect), claim, ground.scratch(*dialect), shell)?),
        };
        let schemas = Pair::new(&lock.schema, &next);
        let unmodelled = replay.as_ref().map(|replay| replay.found().unmodelled.as_slice()).unwrap_or_default();
        let draft = shell.timed("draft", || draft(schemas, &edits, *dialect, unmodelled));
        drafts.insert(*dialect, draft.map_err(|mistakes| read.located(mistakes))?);
        replays.extend(replay.map(|replay| (*dialect, replay)));
    }
    let mut prospect = former.clone();
    prospect.lock.schema = next.clone();
    if drafts.values().all(Draft::is_empty) {
        return Ok(Outcome::Unnoticed(Box::new(prospect)));
    }
    // As the models make them: what a database makes of them stands in its file.
    let changes = diff(&lock.schema, &next, &edits);
    let message =
        arguments.message.as_deref().map_or_else(|| name::of_changes(&changes), |message| message.trim().to_owned());
    let version = super::next_version(lock)?;
    for (dialect, draft) in &drafts {
        prospect.add(
            *dialect,
            version,
            &slug(&message),
            compose::texts(&message, &edits, draft, *dialect),
            arguments.unproven || barred.contains_key(dialect),
        );
    }
    if !arguments.unproven {
        let schemas = Pair::new(&lock.schema, &next);
        prove(&prospect, replays, Given { edits: &edits, hints: &read.models.hints, schemas }, project, shell)?;
    }
    Ok(Outcome::Made(Box::new(Made { prospect, changes, drafts, barred, read, previous: lock.schema.clone() })))
}

fn head(lock: &Lock, dialect: Dialect) -> Version {
    let entries = lock.dialects.get(&dialect);
    entries.and_then(|entries| entries.last()).map_or(Version::BASE, |head| head.version)
}

fn replay<'s>(
    former: &Loaded,
    head: Version,
    claim: Claim<'s>,
    scratch: &'s Scratch,
    shell: &mut Shell,
) -> Result<Replay<'s>, Failure> {
    let replay = shell.timed("replay", || former.with(|migrations| Replay::new(migrations, head, claim, scratch)));
    replay.map_err(proof::failure)
}

/// Runs the new revision where the former ones were replayed.
fn prove(
    prospect: &Prospect,
    replays: Vec<(Dialect, Replay<'_>)>,
    given: Given<'_>,
    project: &Project,
    shell: &mut Shell,
) -> Result<(), Failure> {
    let loaded = prospect.load(project)?;
    for (dialect, replay) in replays {
        let proof = shell.timed("prove", || loaded.with(|migrations| replay.prove(migrations)));
        let proof = proof.map_err(|error| given.refused(error, dialect)).map_err(not_written)?;
        proof::tell(&proof, shell)?;
        let lines = proof.lines();
        if !lines.is_empty() {
            return Err(proof::disproved(
                lines,
                "`cargo enamel check` says whether the revisions before it are right; `--unproven` writes it as it is",
            ));
        }
    }
    Ok(())
}

/// A revision that does not run is not written, so that nobody can correct its file.
fn not_written(failure: Failure) -> Failure {
    let diagnostics = failure.diagnostics.into_iter().map(|mut diagnostic| {
        let hint = diagnostic.hints.iter_mut().find(|hint| **hint == "correct the file, and run `cargo enamel seal`");
        if let Some(hint) = hint {
            "it was not written: drop what stands in its way first, in a revision of its own; or `--unproven` writes it, to be corrected"
                .clone_into(hint);
        }
        diagnostic
    });
    Failure { diagnostics: diagnostics.collect(), ..failure }
}
