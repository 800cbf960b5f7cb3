//! The proof that the revisions produce what the models say.
//!
//! Text cannot be trusted to do what it looks like, least of all text that was written by hand: so all revisions are run in a throw-away
//! database, the models are built from nothing beside them, and both are read back and compared. Then the newest revision goes down and up
//! again, and must leave what was there before; and it runs over rows that were made up, of which it must keep those that it does not say it changes.

mod models;
mod report;
mod rows;

pub use report::{Comparison, Drift, Proof, ProveError};
pub use rows::RowProof;

use crate::connection::{Blocking, Connection, block_on};
use crate::introspect::{Known, Scope, introspect_scope};
use crate::migrations::{Folder, Migrations};
use crate::scratch::{Scratch, ScratchConnection};
use crate::upgrade::Target;
use enamel_schema::diff::diff;
use enamel_schema::lower::respell;
use enamel_schema::schema::{Found, Type};
use enamel_schema::{Change, Dialect, Edits, Pair, Schema, Version};
use std::time::Instant;

/// What is claimed: that a database has these models, after the revisions or right now.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The models, neutral and named ([`enamel_schema::naming::complete`]).
    pub models: &'a Schema,
    /// The models as they stood at the last revision. A table that neither these nor [`Claim::models`] know is unmodelled.
    pub sealed: &'a Schema,
    /// Tables and views that are passed over, by name or with `*`. The history table always is.
    pub ignore: &'a [String],
}

impl Claim<'_> {
    fn known(&self) -> Known {
        let mut known = Known::default();
        for schema in [self.models, self.sealed] {
            known.tables.extend(schema.tables.iter().map(|table| table.name.clone()));
            known.enumerations.extend(schema.enumerations.iter().map(|enumeration| enumeration.name.clone()));
            known.extensions.extend(schema.extensions.iter().cloned());
            let mut columns = schema.tables.iter().flat_map(|table| &table.columns);
            // What PostgreSQL keeps this type in (<https://www.postgresql.org/docs/current/hstore.html>).
            known
                .extensions
                .extend(columns.any(|column| column.data_type == Type::KeyValue).then(|| "hstore".to_owned()));
        }
        known
    }
}

/// Proves that the revisions produce the models, and that the newest one can be taken back.
///
/// # Errors
///
/// When a revision does not run, the database cannot hold the models, or a schema cannot be read. A proof that fails is no error: ask it
/// whether it [`holds`](Proof::holds).
pub fn prove(migrations: &Migrations<'_>, claim: Claim<'_>, scratch: &Scratch) -> Result<Proof, ProveError> {
    Replay::new(migrations, before_head(migrations, scratch), claim, scratch)?.prove(migrations)
}

/// Compares a database as it is with the models. They are built in a scratch database in which the revisions were replayed, because they may
/// use what revisions make.
///
/// # Errors
///
/// When a revision does not run, the database cannot hold the models, or a schema cannot be read.
pub fn compare<C: Blocking>(
    connection: &mut C,
    migrations: &Migrations<'_>,
    claim: Claim<'_>,
    scratch: &Scratch,
) -> Result<Comparison, ProveError> {
    let found = found(connection, migrations.history, claim)?;
    let mut replay = Replay::new(migrations, head(migrations, scratch), claim, scratch)?;
    let models = models::build(claim, scratch, &mut replay.connection)?;
    let dialect = connection.dialect();
    let differences = differences(&found, &models, dialect);
    Ok(Comparison::new(migrations, dialect, found, differences))
}

/// What the models say otherwise than the database, whatever the spelling of a type.
fn differences(found: &Found, models: &Schema, dialect: Dialect) -> Vec<Change> {
    changes(&respell(&found.schema, models, dialect), models)
}

/// What would make the one out of the other. An extension that need not be there is none of it: it may serve others, and is never dropped.
fn changes(is: &Schema, should_be: &Schema) -> Vec<Change> {
    let mut changes = diff(is, should_be, &Edits::default());
    changes.retain(|change| !matches!(change, Change::DropExtension(_)));
    changes
}

/// A throw-away database in which revisions were replayed.
///
/// Its unmodelled objects are what a new revision has to keep; when that revision is written, the proof goes on from here.
#[derive(Debug)]
pub struct Replay<'a> {
    claim: Claim<'a>,
    scratch: &'a Scratch,
    connection: ScratchConnection,
    version: Version,
    found: Found,
}

impl<'a> Replay<'a> {
    /// Replays the revisions up to `version`, on an empty database.
    ///
    /// # Errors
    ///
    /// When a revision does not run, or the schema cannot be read.
    pub fn new(
        migrations: &Migrations<'_>,
        version: Version,
        claim: Claim<'a>,
        scratch: &'a Scratch,
    ) -> Result<Self, ProveError> {
        scratch.admits(migrations).map_err(ProveError::Reaching)?;
        let mut connection = scratch.open_near(migrations, version).map_err(ProveError::Scratch)?;
        let began = Instant::now();
        upgrade(&mut connection, migrations, version, scratch)?;
        scratch.leave(&mut connection, migrations, version, began.elapsed()).map_err(ProveError::Scratch)?;
        let found = found(&mut connection, migrations.history, claim)?;
        Ok(Self { claim, scratch, connection, version, found })
    }

    /// What the revisions produced.
    pub const fn found(&self) -> &Found {
        &self.found
    }

    /// Runs the rest of the revisions, and proves that they produce the models and that the newest one can be taken back.
    ///
    /// `migrations` begin with those that were replayed.
    ///
    /// # Errors
    ///
    /// As [`prove`].
    pub fn prove(mut self, migrations: &Migrations<'_>) -> Result<Proof, ProveError> {
        let head = head(migrations, self.scratch);
        let before = before_head(migrations, self.scratch);
        if self.version > before {
            return prove(migrations, self.claim, self.scratch);
        }
        self.scratch.admits(migrations).map_err(ProveError::Reaching)?;
        if self.version < before {
            upgrade(&mut self.connection, migrations, before, self.scratch)?;
            self.found = self.look(migrations)?;
        }
        let mut pristine = self.copy()?;
        upgrade(&mut self.connection, migrations, head, self.scratch)?;
        let after = self.look(migrations)?;
        let models = models::build(self.claim, self.scratch, &mut self.connection)?;
        let differences = differences(&after, &models, self.scratch.dialect());
        let (mut down, mut up_again) = (None, None);
        if has_way_back(migrations, self.scratch) {
            downgrade(&mut self.connection, migrations, before, self.scratch)?;
            let drift = Drift::between(&self.look(migrations)?, &self.found);
            // What was left behind may stand in the way of the next statement: that would only be the same news in worse words.
            if drift.is_empty() {
                upgrade(&mut self.connection, migrations, head, self.scratch)?;
                up_again = Some(Drift::between(&self.look(migrations)?, &after));
            }
            down = Some(drift);
        }
        let (claim, scratch, versions) = (self.claim, self.scratch, Pair::new(before, head));
        // One that led back and up again leads back once more; revisions are only replayed where it does not, or is used up.
        let leads_back = [&down, &up_again].into_iter().all(|drift| drift.as_ref().is_some_and(Drift::is_empty));
        let mut led_back = leads_back.then_some(self.connection);
        let ground = || match (&mut pristine, led_back.take()) {
            (Some(pristine), _) => scratch.copy_of(pristine).map_err(ProveError::Scratch),
            (None, Some(mut connection)) => {
                downgrade(&mut connection, migrations, before, scratch).map(|()| connection)
            }
            (None, None) => Replay::new(migrations, before, claim, scratch).map(|replay| replay.connection),
        };
        let stage = rows::Stage { migrations, claim, scratch, before: &self.found, models: &models, versions };
        let rows = stage.prove(ground)?;
        let mut proof = Proof::new(migrations, scratch.dialect(), after, &models, differences, (down, up_again), rows);
        proof.roles = scratch.made_roles();
        Ok(proof)
    }

    /// A copy of the database, where that is sooner made than any way back.
    fn copy(&mut self) -> Result<Option<ScratchConnection>, ProveError> {
        let copy = self.scratch.copies_at_once().then(|| self.scratch.copy_of(&mut self.connection));
        copy.transpose().map_err(ProveError::Scratch)
    }

    fn look(&mut self, migrations: &Migrations<'_>) -> Result<Found, ProveError> {
        found(&mut self.connection, migrations.history, self.claim)
    }
}

/// Upgrades to a version, which may be base.
fn upgrade(
    connection: &mut ScratchConnection,
    migrations: &Migrations<'_>,
    version: Version,
    scratch: &Scratch,
) -> Result<(), ProveError> {
    let launch = || migrations.launch().target(Target::Version(version));
    if version > Version::BASE {
        scratch.run(connection, |connection| launch().upgrade(connection)).map_err(ProveError::Revisions)?;
    }
    Ok(())
}

fn downgrade(
    connection: &mut ScratchConnection,
    migrations: &Migrations<'_>,
    version: Version,
    scratch: &Scratch,
) -> Result<(), ProveError> {
    let downgrade = |connection: &mut ScratchConnection| migrations.launch().downgrade(connection, version);
    scratch.run(connection, downgrade).map_err(ProveError::Revisions)?;
    Ok(())
}

/// The newest revision, base if there is none.
fn head(migrations: &Migrations<'_>, scratch: &Scratch) -> Version {
    folder(migrations, scratch).and_then(|folder| folder.revisions.last()).map_or(Version::BASE, |head| head.version)
}

/// The revision before the newest.
fn before_head(migrations: &Migrations<'_>, scratch: &Scratch) -> Version {
    let revisions = folder(migrations, scratch).map(|folder| folder.revisions).unwrap_or_default();
    revisions.iter().rev().nth(1).map_or(Version::BASE, |before| before.version)
}

/// Whether the newest revision can be taken back. A baseline of a database that came later cannot: nothing was before it.
fn has_way_back(migrations: &Migrations<'_>, scratch: &Scratch) -> bool {
    folder(migrations, scratch).and_then(|folder| folder.revisions.last()).is_some_and(|head| head.down.is_some())
}

fn folder<'m>(migrations: &'m Migrations<'_>, scratch: &Scratch) -> Option<&'m Folder<'m>> {
    migrations.folders.iter().find(|folder| folder.dialect == scratch.dialect())
}

/// Reads a schema in which only the tables of the claim are tables.
fn found<C: Connection>(connection: &mut C, history: &str, claim: Claim<'_>) -> Result<Found, ProveError> {
    let mut ignore = claim.ignore.to_vec();
    ignore.push(history.to_owned());
    let scope = Scope { ignore: &ignore, known: Some(&claim.known()), defines_others: true };
    block_on(introspect_scope(connection, &scope)).map_err(ProveError::Introspection)
}

#[cfg(test)]
mod tests;
