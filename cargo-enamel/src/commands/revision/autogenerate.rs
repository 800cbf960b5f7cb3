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
use enamel_schema::halfway::halfway;
use enamel_schema::revision::slug;
use enamel_schema::{Change, Dialect, Edits, Lock, Pair, Schema, Version, naming};
use std::collections::BTreeMap;

/// What came of looking for the next revision.
pub(super) enum Outcome {
    /// Nothing differs.
    Fresh,
    /// Something differs that no database would notice: only the lock file changes.
    Unnoticed(Box<Prospect>),
    /// Revisions that are proven and not yet written.
    Made(Box<Made>),
}

/// What the models ask for, proven and not yet written.
pub(super) struct Made {
    pub(super) prospect: Prospect,
    /// One, or two where the way stops halfway.
    pub(super) revisions: Vec<Revision>,
    /// Where they are not proven, and why.
    pub(super) barred: Barred,
    pub(super) read: Read,
    /// The schema before them.
    pub(super) previous: Schema,
}

/// A revision that is proven and not yet written.
pub(super) struct Revision {
    pub(super) version: Version,
    /// What the models changed.
    pub(super) changes: Vec<Change>,
    /// What was drafted for each dialect.
    pub(super) drafts: BTreeMap<Dialect, Draft>,
}

/// Makes the next revision, after the head of `former`; and one before it, where a database could not go all the way at once.
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
    let loaded = former.load(project)?;
    let barred = ground.barred(lock.dialects.keys(), &loaded);
    let dialects: Vec<Dialect> = lock.dialects.keys().copied().collect();
    let halfway = halfway(Pair::new(&lock.schema, &next), &edits, &dialects);

    let prospect = former.clone();
    let mut making =
        Making { project, unproven: arguments.unproven, ground, barred: &barred, read: &read, prospect, loaded };
    let mut revisions = Vec::new();
    if let Some(halfway) = &halfway {
        revisions.extend(making.revision(halfway, &Edits::default(), None, shell)?);
    }
    revisions.extend(making.revision(&next, &edits, arguments.message.as_deref(), shell)?);
    let prospect = making.prospect;
    if revisions.is_empty() {
        return Ok(Outcome::Unnoticed(Box::new(prospect)));
    }
    Ok(Outcome::Made(Box::new(Made { prospect, revisions, barred, read, previous: lock.schema.clone() })))
}

/// The work of making revisions, one behind another.
struct Making<'a> {
    project: &'a Project,
    unproven: bool,
    ground: &'a Ground,
    barred: &'a Barred,
    read: &'a Read,
    prospect: Prospect,
    /// The revisions of the prospect.
    loaded: Loaded,
}

impl Making<'_> {
    /// Makes the revision that leads from the schema of the prospect to the next, proven, and adds it. `None` where no database would notice.
    fn revision(
        &mut self,
        next: &Schema,
        edits: &Edits,
        message: Option<&str>,
        shell: &mut Shell,
    ) -> Result<Option<Revision>, Failure> {
        let previous = std::mem::replace(&mut self.prospect.lock.schema, next.clone());
        let schemas = Pair::new(&previous, next);
        let lock = &self.prospect.lock;
        let claim = Claim { models: next, sealed: &previous, ignore: &self.project.settings.ignore };
        let mut replays = Vec::new();
        let mut drafts = BTreeMap::new();
        for &dialect in lock.dialects.keys() {
            let replay = match self.barred.contains_key(&dialect) {
                true => None,
                false => Some(replay(&self.loaded, head(lock, dialect), claim, self.ground.scratch(dialect), shell)?),
            };
            let unmodelled = replay.as_ref().map(|replay| replay.found().unmodelled.as_slice()).unwrap_or_default();
            let draft = shell.timed("draft", || draft(schemas, edits, dialect, unmodelled));
            drafts.insert(dialect, draft.map_err(|mistakes| self.read.located(mistakes))?);
            replays.extend(replay.map(|replay| (dialect, replay)));
        }
        if drafts.values().all(Draft::is_empty) {
            return Ok(None);
        }
        // As the models make them: what a database makes of them stands in its file.
        let changes = diff(&previous, next, edits);
        let message = message.map_or_else(|| name::of_changes(&changes), |message| message.trim().to_owned());
        let version = super::next_version(lock)?;
        for (dialect, draft) in &drafts {
            let texts = compose::texts(&message, edits, draft, *dialect);
            let unproven = self.unproven || self.barred.contains_key(dialect);
            self.prospect.add(*dialect, version, &slug(&message), texts, unproven);
        }
        self.loaded = self.prospect.load(self.project)?;
        if !self.unproven {
            prove(&self.loaded, replays, Given { edits, hints: &self.read.models.hints, schemas }, shell)?;
        }
        Ok(Some(Revision { version, changes, drafts }))
    }
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
    loaded: &Loaded,
    replays: Vec<(Dialect, Replay<'_>)>,
    given: Given<'_>,
    shell: &mut Shell,
) -> Result<(), Failure> {
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
