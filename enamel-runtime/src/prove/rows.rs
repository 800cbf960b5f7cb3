//! The proof that the newest revision keeps the rows that it does not say it changes.
//!
//! The scratch database that the schema is proven on is empty, and an empty table loses nothing. So the newest revision runs once more, up and
//! down, over rows that were made up; what its text does not touch must be there afterwards.

mod fill;
mod hint;
mod kept;
mod random;
mod reach;
mod recipe;
mod refused;
mod said;
mod value;
mod words;

use super::{Claim, ProveError, downgrade, folder, upgrade};
use crate::connection::block_on;
use crate::error::Error;
use crate::introspect::{Known, Scope, introspect_scope};
use crate::migrations::{Migrations, Revision};
use crate::scratch::{Scratch, ScratchConnection};
use enamel_schema::lower::lower_edits;
use enamel_schema::revision::{Header, with_line_feeds};
use enamel_schema::schema::{Found, Table, UnmodelledKind};
use enamel_schema::{Edits, Name, Pair, Schema, TableName, Version};
use fill::{Filling, TRIES, fill};
use include_dir::File;
use kept::{Rows, harms};
use recipe::Taste;
use refused::{Refusal, Weight, set_aside};
use said::{Fate, fates, key};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use words::{Words, words};

/// What the newest revision does to rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProof {
    /// What the rows were made from: the same seed makes the same rows.
    pub seed: u64,
    /// How many rows it ran over.
    pub rows: usize,
    /// In how many tables they were.
    pub tables: usize,
    /// What became of rows and is not said, a line each.
    pub harms: Vec<String>,
    /// What could not be tried, a line each.
    pub notes: Vec<String>,
    /// Whether it ran over no row, because it refused all.
    pub refused: bool,
}

impl RowProof {
    /// What is wrong, a line each. Empty when rows are kept.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = self.harms.clone();
        if !lines.is_empty() {
            let way_out = if self.refused {
                "rows that it is right to refuse are named by `must be empty` above a SELECT"
            } else {
                "what is to become of rows is said by UPDATE, DELETE, or `-- enamel: convert TABLE.COLUMN=SQL` at the top"
            };
            lines.push(format!("{way_out}; these rows were made from seed {}", self.seed));
        }
        lines
    }
}

/// The newest revision, and the database before it.
pub(super) struct Stage<'a, 'm> {
    pub(super) migrations: &'a Migrations<'m>,
    pub(super) claim: Claim<'a>,
    pub(super) scratch: &'a Scratch,
    /// What there is before the revision.
    pub(super) before: &'a Found,
    /// The models, as the database holds them.
    pub(super) models: &'a Schema,
    /// Where the database is, and where the revision leads.
    pub(super) versions: Pair<Version>,
}

impl Stage<'_, '_> {
    /// Runs the revision over rows. `ground` gives a database that is where it begins, a new one each time. `None`: it has nothing to do with a table
    /// that is there, or rows cannot be made up on such a database.
    ///
    /// # Errors
    ///
    /// When a database cannot be had, filled or read.
    pub(super) fn prove(
        &self,
        mut ground: impl FnMut() -> Result<ScratchConnection, ProveError>,
    ) -> Result<Option<RowProof>, ProveError> {
        let dialect = self.scratch.dialect();
        let head = folder(self.migrations, self.scratch).and_then(|folder| folder.revisions.last());
        let (Some(head), Some(words)) = (head, words(dialect)) else { return Ok(None) };
        let texts = Texts::of(head);
        let named = reach::named(&[&texts.up, texts.down.as_deref().unwrap_or_default()], self.before, dialect);
        if named.is_empty() {
            return Ok(None);
        }
        let mut connection = ground()?;
        let found = self.reached(&mut connection, &named)?;
        let trial = Trial { stage: self, words, head, texts: &texts, named: &named, found: &found };
        let mut refusal = trial.run(&mut connection, Taste::Odd)?;
        for taste in [Taste::Plain, Taste::Single] {
            match &refusal {
                Ok(_) => break,
                Err(refused) if refused.weight == Weight::Missed => break,
                Err(_) => refusal = trial.run(&mut ground()?, taste)?,
            }
        }
        let refusal = match refusal {
            Ok(proof) => return Ok(Some(proof)),
            Err(refusal) => refusal,
        };
        let (harms, notes) = (Vec::new(), Vec::new());
        let mut proof = RowProof { seed: self.scratch.seed(), rows: 0, tables: 0, harms, notes, refused: true };
        let Refusal { file, why, weight } = refusal;
        match weight {
            Weight::These => {
                proof.notes.push(format!("{file} was not tried with rows, because it refuses them: {why}"));
            }
            Weight::Any => proof.harms.push(format!("{file}: does not run where tables have rows: {why}")),
            Weight::Missed => proof.harms.push(format!("{file}: loses rows that others refer to: {why}")),
        }
        Ok(Some(proof))
    }

    /// The named tables, their children, and the parents of all. The models of today do not know every one of them.
    fn reached(&self, connection: &mut ScratchConnection, named: &BTreeSet<String>) -> Result<Found, ProveError> {
        let mut reached = reach::neighbours(named, self.before);
        loop {
            let Ok(found) = self.look(connection, &reached) else {
                // One that was made by hand is beyond us.
                let known = self.before.schema.tables.iter().map(|table| key(&table.name));
                let known: BTreeSet<String> = known.filter(|table| reached.contains(table)).collect();
                return self.look(connection, &known);
            };
            let before = reached.len();
            reach::with_parents(&mut reached, &found);
            if reached.len() == before {
                return Ok(found);
            }
        }
    }

    /// Reads the definitions of the tables with these keys, and of no other.
    fn look(&self, connection: &mut ScratchConnection, keys: &BTreeSet<String>) -> Result<Found, ProveError> {
        let mut ignore = self.claim.ignore.to_vec();
        ignore.push(self.migrations.history.to_owned());
        let mut known = Known { enumerations: self.claim.known().enumerations, ..Known::default() };
        known.tables = keys.iter().filter_map(|key| self.table_name(key)).collect();
        let scope = Scope { ignore: &ignore, known: Some(&known), defines_others: false };
        block_on(introspect_scope(connection, &scope)).map_err(ProveError::Introspection)
    }

    /// The name of a table as the database or the models spell it.
    fn table_name(&self, of: &str) -> Option<TableName> {
        let others = self.before.unmodelled.iter().filter(|object| object.kind == UnmodelledKind::Table);
        let others = others.filter_map(|object| named(object.name.as_str()));
        let tables = self.before.schema.tables.iter().chain(&self.models.tables).map(|table| table.name.clone());
        tables.chain(others).find(|table| key(table) == of).or_else(|| named(of))
    }
}

/// A table by its name, perhaps behind that of its schema.
fn named(text: &str) -> Option<TableName> {
    let (schema, name) = text.split_once('.').map_or((None, text), |(schema, name)| (Some(schema), name));
    let schema = schema.map(Name::new).transpose().ok()?;
    Some(TableName { schema, name: Name::new(name).ok()? })
}

/// The texts of a revision.
struct Texts<'a> {
    up: Cow<'a, str>,
    down: Option<Cow<'a, str>>,
    /// What its header answers.
    answers: Edits,
}

impl<'a> Texts<'a> {
    fn of(revision: &'a Revision<'_>) -> Self {
        fn text<'a>(file: &'a File<'_>) -> Cow<'a, str> {
            with_line_feeds(file.contents_utf8().unwrap_or_default())
        }
        let up = text(&revision.up);
        // What cannot be read has stopped the run over empty tables already.
        let answers = Header::parse(&up).map(|header| header.answers).unwrap_or_default();
        Self { down: revision.down.as_ref().map(text), answers, up }
    }
}

/// One run over rows.
struct Trial<'a, 'm> {
    stage: &'a Stage<'a, 'm>,
    words: &'static Words,
    head: &'a Revision<'m>,
    texts: &'a Texts<'a>,
    named: &'a BTreeSet<String>,
    /// The tables that are filled.
    found: &'a Found,
}

impl Trial<'_, '_> {
    fn run(&self, connection: &mut ScratchConnection, taste: Taste) -> Result<Result<RowProof, Refusal>, ProveError> {
        let stage = self.stage;
        let tables = &self.found.schema.tables;
        let answers = self.answers();
        let dialect = stage.scratch.dialect();
        let up = fates(&self.texts.up, tables, &self.found.unmodelled, &answers, dialect);
        let seed = stage.scratch.seed();
        let filling = Filling { found: self.found, fates: &up, next: stage.models, taste, seed, words: self.words };
        let empty = fill(connection, &filling).map_err(ProveError::Rows)?;

        let run = |connection: &mut ScratchConnection| {
            upgrade(connection, stage.migrations, stage.versions.next, stage.scratch)
        };
        let file = stage.migrations.path(&self.head.up);
        let before = match self.step(connection, tables, &file, &self.texts.up, run)? {
            Ok(before) => before,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let next_names: BTreeSet<String> = up.values().map(|fate| fate.next.clone()).collect();
        let made = stage.look(connection, &next_names)?;
        let after = rows(connection, &made.schema.tables, self.words)?;
        let mut proof = RowProof {
            seed,
            rows: before.values().map(Rows::count).sum(),
            tables: before.values().filter(|rows| rows.count() > 0).count(),
            harms: lines(&file, &before, &after, &up),
            notes: self.notes(&empty),
            refused: false,
        };
        let (Some(text), Some(down)) = (&self.texts.down, &self.head.down) else { return Ok(Ok(proof)) };
        if !proof.harms.is_empty() {
            return Ok(Ok(proof));
        }
        let back = fates(text, &made.schema.tables, &made.unmodelled, &back(&answers), dialect);
        let run = |connection: &mut ScratchConnection| {
            downgrade(connection, stage.migrations, stage.versions.previous, stage.scratch)
        };
        let file = stage.migrations.path(down);
        let after = match self.step(connection, &made.schema.tables, &file, text, run)? {
            Ok(after) => after,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let names: BTreeSet<String> = back.values().map(|fate| fate.next.clone()).collect();
        let left = stage.look(connection, &names)?;
        let left = rows(connection, &left.schema.tables, self.words)?;
        proof.harms = lines(&file, &after, &left, &back);
        Ok(Ok(proof))
    }

    /// The answers as they concern rows: columns whose values are converted, and those of enums of which a value is called otherwise now.
    fn answers(&self) -> Edits {
        let values = Edits { values: self.texts.answers.values.clone(), ..Edits::default() };
        let models = Pair::new(self.stage.claim.models, self.stage.claim.models);
        let mut answers = self.texts.answers.clone();
        answers.conversions.extend(lower_edits(&values, models, self.stage.scratch.dialect()).conversions);
        answers
    }

    /// Tables that were to be tried and stayed empty.
    fn notes(&self, empty: &BTreeMap<TableName, String>) -> Vec<String> {
        let named = empty.iter().filter(|(table, _)| self.named.contains(&key(table)));
        named
            .map(|(table, why)| {
                format!("{table} was tried without rows: the database refused {TRIES}, the last with: {why}")
            })
            .collect()
    }
    /// Runs a file, without the rows that it is right to refuse. Gives the rows that it ran over.
    fn step<'t>(
        &self,
        connection: &mut ScratchConnection,
        tables: &'t [Table],
        file: &str,
        text: &str,
        run: impl Fn(&mut ScratchConnection) -> Result<(), ProveError>,
    ) -> Result<Result<BTreeMap<String, Rows<'t>>, Refusal>, ProveError> {
        // One for each `must be empty`, with one to spare for what one of them leads to.
        const TIMES: usize = 12;
        let mut refusals = 0;
        loop {
            let before = rows(connection, tables, self.words)?;
            let error = match run(connection) {
                Ok(()) => return Ok(Ok(before)),
                Err(ProveError::Revisions(error)) => error,
                Err(error) => return Err(error),
            };
            refusals += 1;
            let goes_on = if let Error::Revision(failed) = &error {
                refusals < TIMES && set_aside(connection, failed, text, tables, self.words)
            } else {
                false
            };
            if !goes_on {
                return Ok(Err(Refusal::of(&error, file, tables, self.words)));
            }
        }
    }
}

/// The answers of the way back.
fn back(answers: &Edits) -> Edits {
    let conversions = answers.conversions.iter().map(|((table, column), sql)| {
        let key = (answers.previous_table(table).clone(), answers.previous_column(table, column).clone());
        (key, sql.clone())
    });
    Edits { conversions: conversions.collect(), ..answers.reversed() }
}

/// The rows of these tables, by keys.
fn rows<'t>(
    connection: &mut ScratchConnection,
    tables: &'t [Table],
    words: &Words,
) -> Result<BTreeMap<String, Rows<'t>>, ProveError> {
    let of = |table: &'t Table| Ok((key(&table.name), Rows::of(connection, table, words)?));
    tables.iter().map(of).collect::<Result<_, _>>().map_err(ProveError::Rows)
}

/// What became of the rows of all tables, a line each.
fn lines(
    file: &str,
    before: &BTreeMap<String, Rows<'_>>,
    after: &BTreeMap<String, Rows<'_>>,
    fates: &BTreeMap<String, Fate>,
) -> Vec<String> {
    let pairs = before.iter().filter_map(|(name, before)| {
        let fate = fates.get(name)?;
        Some((before, after.get(&fate.next)?, fate))
    });
    let harms = pairs.flat_map(|(before, after, fate)| harms(before, after, fate));
    harms.map(|harm| format!("{}: {file} {}", harm.subject, harm.what)).collect()
}
