//! What a proof found, and how it is told.
//!
//! `cargo enamel check` and the tests of a program print the same words, which are made here.

use super::models::each_name;
use super::{RowProof, changes};
use crate::connection::DriverError;
use crate::migrations::Migrations;
use crate::scratch::Reaching;
use enamel_schema::mismatch::{Differences, Side};
use enamel_schema::naming::complete;
use enamel_schema::schema::{ConstraintName, Found, Table, Unmodelled, UnmodelledKind};
use enamel_schema::split::same_expression;
use enamel_schema::{Change, Diagnostic, Dialect, Edits, Name, Pair, Schema, TableName, Version};
use include_dir::File;
use std::collections::BTreeMap;
use std::fmt;

/// What the proof of revisions found.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The kind of database that it was proven on.
    pub dialect: Dialect,
    /// The newest revision; base if there is none.
    pub head: Version,
    /// What the revisions produce. Tables of others are among the unmodelled.
    pub found: Found,
    /// What would make the models out of that. Empty when they say the same.
    pub differences: Vec<Change>,
    /// What the newest revision's way back leaves otherwise than it was before. `None` when there is no way back.
    pub down: Option<Drift>,
    /// What the newest revision makes otherwise the second time. `None` when there is no way back, or it left something else.
    pub up_again: Option<Drift>,
    /// What the newest revision does to rows. `None` when it has nothing to do with a table that was there before.
    pub rows: Option<RowProof>,
    /// Roles that revisions name and none of them makes. They were made for the proof, on a private server.
    pub roles: Vec<String>,
    /// The same with the revision that last touched each.
    told: Differences,
    /// The newest revision's file, and that of its way back.
    files: Option<(String, String)>,
    /// The names in the database of what models name otherwise, by the table and the models' name.
    names: BTreeMap<(TableName, Name), Name>,
}

impl Proof {
    pub(super) fn new(
        migrations: &Migrations<'_>,
        dialect: Dialect,
        found: Found,
        models: &Schema,
        differences: Vec<Change>,
        (down, up_again): (Option<Drift>, Option<Drift>),
        rows: Option<RowProof>,
    ) -> Self {
        let folder = migrations.folders.iter().find(|folder| folder.dialect == dialect);
        let revisions = folder.map(|folder| folder.revisions).unwrap_or_default();
        let path = |file: &File<'_>| migrations.path(file);
        let told = Differences::new(&differences, &found.schema, &migrations.up_texts(dialect));
        let files = revisions.last().map(|head| (path(&head.up), head.down.as_ref().map(path).unwrap_or_default()));
        let head = revisions.last().map_or(Version::BASE, |head| head.version);
        let names = names_in(&found.schema, models);
        Self { dialect, head, found, differences, down, up_again, rows, roles: Vec::new(), told, files, names }
    }

    /// Whether the revisions produce the models, and the newest one keeps rows, and can be taken back and run again, if it has a way back.
    pub fn holds(&self) -> bool {
        let rows_are_kept = self.rows.as_ref().is_none_or(|rows| rows.harms.is_empty());
        let leads_back = [&self.down, &self.up_again].into_iter().flatten().all(Drift::is_empty);
        self.differences.is_empty() && leads_back && rows_are_kept
    }

    /// What is wrong, a line each, table by table. Empty when the proof [`holds`](Proof::holds).
    pub fn lines(&self) -> Vec<String> {
        self.lines_of(Side::Models)
    }

    /// The same, where it was not today's models that were proven.
    pub fn lines_of(&self, claimed: Side) -> Vec<String> {
        let mut lines = self.told.lines(Pair::new(Side::Revisions, claimed));
        let (up, back) = self.files.as_ref().map(|(up, back)| (up.as_str(), back.as_str())).unwrap_or_default();
        if let Some(drift) = &self.down {
            lines.extend(drift.lines(&format!("before {up} there was"), &format!("{back} leaves")));
        }
        if let Some(drift) = &self.up_again {
            lines.extend(drift.lines(&format!("{up} makes"), &format!("after {back} it makes")));
        }
        lines.extend(self.rows.iter().flat_map(RowProof::lines));
        lines
    }

    /// The models that were proven, with the names that their indexes have in the database where no model states one, and their constraints where the
    /// database finds those by name: a revision that was written by hand may have chosen others than enamel would, and it is by those names that
    /// they are dropped one day.
    pub fn named(&self, models: &Schema) -> Schema {
        let mut named = models.clone();
        for table in &mut named.tables {
            let of = table.name.clone();
            each_name(table, |name| {
                if let ConstraintName::Derived(derived) = name
                    && let Some(found) = self.names.get(&(of.clone(), derived.clone()))
                {
                    *name = ConstraintName::Derived(found.clone());
                }
            });
        }
        named
    }
}

/// What the database calls the things that models name. Models that were built have the models' names, and the shapes that the database made of them.
fn names_in(found: &Schema, models: &Schema) -> BTreeMap<(TableName, Name), Name> {
    let mut names = BTreeMap::new();
    for model in &models.tables {
        // A table at a time: on PostgreSQL constraints of two tables may have the same name.
        let Some(found) = found.table(&model.name) else { continue };
        let (mut unnamed, mut theirs) = (model.clone(), Vec::new());
        each_name(&mut unnamed, |name| {
            theirs.push(name.name().cloned());
            if name.stated().is_none() {
                *name = ConstraintName::Unnamed;
            }
        });
        let mut named = complete(&alone(found), &alone(&unnamed), &Edits::default());
        let mut ours = Vec::new();
        named.tables.iter_mut().for_each(|table| each_name(table, |name| ours.push(name.name().cloned())));
        let pairs = theirs.into_iter().zip(ours);
        names.extend(pairs.filter_map(|(theirs, ours)| Some(((model.name.clone(), theirs?), ours?))));
    }
    names
}

fn alone(table: &Table) -> Schema {
    Schema { tables: vec![table.clone()], ..Schema::default() }
}

/// What became of a schema that should have stayed the same, or become the same again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// What would make it the same.
    pub changes: Vec<Change>,
    /// Views, triggers and the like that are gone, or not as they were.
    pub gone: Vec<Unmodelled>,
    /// Views, triggers and the like that were not there, or not so.
    pub left: Vec<Unmodelled>,
}

impl Drift {
    /// What lies between a schema as it is, and as it should be.
    pub(crate) fn between(is: &Found, should_be: &Found) -> Self {
        let without = |these: &[Unmodelled], those: &[Unmodelled]| -> Vec<Unmodelled> {
            let ours = these.iter().filter(|object| !counts_for_column(object));
            ours.filter(|object| !those.iter().any(|other| is_same(object, other))).cloned().collect()
        };
        Self {
            changes: changes(&is.schema, &should_be.schema),
            gone: without(&should_be.unmodelled, &is.unmodelled),
            left: without(&is.unmodelled, &should_be.unmodelled)
                .into_iter()
                .filter(|object| !may_stay(object))
                .collect(),
        }
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.gone.is_empty() && self.left.is_empty()
    }

    /// A line for each difference; `should_be` and `is` end in a verb.
    pub(crate) fn lines(&self, should_be: &str, is: &str) -> Vec<String> {
        let changes = self.changes.iter().map(|change| change.difference(is, should_be));
        let told = |object: &Unmodelled, one: &str, other: &str| {
            let Unmodelled { kind, name, .. } = object;
            format!("{} {name}: {one} this {}, {other} no such {}", kind.word(), kind.word(), kind.word())
        };
        let has = |objects: &[Unmodelled], object: &Unmodelled| {
            objects.iter().any(|other| (other.kind, &other.name) == (object.kind, &object.name))
        };
        let gone = self.gone.iter().map(|object| match has(&self.left, object) {
            true => format!("{} {}: {should_be} one text, {is} another", object.kind.word(), object.name),
            false => told(object, should_be, is),
        });
        let left = self.left.iter().filter(|object| !has(&self.gone, object));
        changes.chain(gone).chain(left.map(|object| told(object, is, should_be))).collect()
    }
}

/// Whether an object is the sequence of a `serial` column: models do not tell that from one which counts by itself.
const fn counts_for_column(object: &Unmodelled) -> bool {
    matches!(object, Unmodelled { kind: UnmodelledKind::Sequence, table: Some(_), .. })
}

/// Whether an object does no harm where it was not before: who has a privilege may keep it.
const fn may_stay(object: &Unmodelled) -> bool {
    matches!(object.kind, UnmodelledKind::Property)
}

/// Whether two unmodelled objects are one. A rename and its way back leave quotes around the name in the text of views and triggers.
fn is_same(one: &Unmodelled, other: &Unmodelled) -> bool {
    (one.kind, &one.name, &one.table) == (other.kind, &other.name, &other.table)
        && same_expression(&one.sql, &other.sql)
}

/// What the comparison of a database with the models found.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What the database has. Tables of others are among the unmodelled.
    pub found: Found,
    /// What would make the models out of that. Empty when they say the same.
    pub differences: Vec<Change>,
    /// The same with the revision that last touched each.
    told: Differences,
}

impl Comparison {
    pub(super) fn new(migrations: &Migrations<'_>, dialect: Dialect, found: Found, differences: Vec<Change>) -> Self {
        let told = Differences::new(&differences, &found.schema, &migrations.up_texts(dialect));
        Self { found, differences, told }
    }

    /// What differs, a line each, table by table. `claimed` is whose models it was compared with.
    pub fn lines(&self, claimed: Side) -> Vec<String> {
        self.told.lines(Pair::new(Side::Database, claimed))
    }
}

/// Why nothing could be proven.
#[derive(Debug)]
#[non_exhaustive]
pub enum ProveError {
    /// A scratch database could not be made.
    Scratch(DriverError),
    /// A revision may not run: it touches what does not belong to the scratch database.
    Reaching(Reaching),
    /// A revision does not run.
    Revisions(crate::error::Error),
    /// A schema could not be read.
    Introspection(DriverError),
    /// Rows could not be made or read.
    Rows(DriverError),
    /// The database cannot hold the models.
    Models(Vec<Diagnostic>),
    /// The database refused the models.
    Build {
        /// The statement that it refused.
        sql: String,
        /// What it said.
        source: DriverError,
    },
}

impl fmt::Display for ProveError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProveError::Scratch(error) => write!(formatter, "could not make a scratch database: {error}"),
            ProveError::Reaching(reaching) => write!(formatter, "could not prove the revisions: {reaching}"),
            ProveError::Revisions(error) => error.fmt(formatter),
            ProveError::Introspection(error) => write!(formatter, "could not read the schema: {error}"),
            ProveError::Rows(error) => write!(formatter, "could not try rows in a scratch database: {error}"),
            ProveError::Models(diagnostics) => {
                formatter.write_str("could not build the models")?;
                diagnostics.iter().try_for_each(|diagnostic| write!(formatter, "\n{diagnostic}"))
            }
            ProveError::Build { sql, source } => {
                write!(formatter, "could not build the models: {source}, at\n{sql}")
            }
        }
    }
}

impl std::error::Error for ProveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ProveError::Scratch(error) | ProveError::Introspection(error) | ProveError::Rows(error) => Some(error),
            ProveError::Reaching(reaching) => Some(reaching),
            ProveError::Revisions(error) => Some(error),
            ProveError::Build { source, .. } => Some(source),
            ProveError::Models(_) => None,
        }
    }
}
