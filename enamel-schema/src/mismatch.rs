//! How it is told that two descriptions of one database differ.
//!
//! The command, `embed!` and the tests of a program say it in the same words, which are made here: whoever read it in a build finds it again in a
//! pipeline.

use crate::change::Change;
use crate::diagnostic::{Diagnostic, Level};
use crate::dialect::Dialect;
use crate::pair::Pair;
use crate::revision::Version;
use crate::schema::{Schema, TableName, Type};
use crate::split::tokens;
use std::collections::{BTreeMap, BTreeSet};

/// Who describes a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The models as they are in the source.
    Models,
    /// The models as they were sealed at the last revision.
    LockFile,
    /// What the revisions make of an empty database.
    Revisions,
    /// A database as it is.
    Database,
}

impl Side {
    /// What stands before that which it has.
    pub const fn words(self) -> &'static str {
        match self {
            Side::Models => "the models say",
            Side::LockFile => "the lock file has",
            Side::Revisions => "the revisions produce",
            Side::Database => "the database has",
        }
    }
}

/// The up texts of a project's revisions, from the first to the newest, each with its file as messages show it.
#[derive(Clone, Debug)]
pub struct UpTexts<'a> {
    /// What they are written for.
    pub dialect: Dialect,
    /// Files and texts.
    pub texts: Vec<(String, &'a str)>,
}

impl UpTexts<'_> {
    /// The newest file that names one of these.
    fn last_naming(&self, names: &BTreeSet<String>) -> Option<String> {
        let is_name = |identifier: &str| names.contains(&identifier.to_ascii_lowercase());
        let names_one = |text: &str| {
            let tokens = tokens(text, self.dialect);
            tokens.iter().filter_map(|token| token.identifier()).any(|identifier| is_name(&identifier))
        };
        self.texts.iter().rev().find(|(_, text)| names_one(text)).map(|(file, _)| file.clone())
    }
}

/// What lies between two descriptions of one database, table by table, each difference with the revision that last touched what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    differences: Vec<(Change, Option<String>)>,
}

impl Differences {
    /// The differences of which a diff from `previous` consists.
    pub fn new(changes: &[Change], previous: &Schema, texts: &UpTexts<'_>) -> Self {
        let mut last: BTreeMap<BTreeSet<String>, Option<String>> = BTreeMap::new();
        let mut find = |change: &Change| {
            let names = names(change, changes, previous);
            last.entry(names.clone()).or_insert_with(|| texts.last_naming(&names)).clone()
        };
        let told = by_table(changes).into_iter().filter(|change| !is_of_a_whole_table(change, changes));
        Self { differences: told.map(|change| (change.clone(), find(change))).collect() }
    }

    /// Each on a line: `users.email: the models say NOT NULL, the revisions produce NULL (last in migrations/V0003__users.sql)`. What `previous` was is
    /// told last.
    pub fn lines(&self, sides: Pair<Side>) -> Vec<String> {
        let Pair { previous, next } = sides.map(Side::words);
        let line = |(change, last): &(Change, Option<String>)| {
            let line = change.difference(previous, next);
            match last {
                Some(file) => format!("{line} (last in {file})"),
                None => line,
            }
        };
        self.differences.iter().map(line).collect()
    }
}

/// That two descriptions differ: what each line says of it, and what to do. `head` is the newest revision.
pub fn told(sides: Pair<Side>, head: Version, lines: Vec<String>, level: Level) -> Diagnostic {
    let Pair { previous, next } = sides;
    let (message, hints): (_, &[&str]) = match previous {
        Side::Models | Side::LockFile => (
            match head {
                Version::BASE => "no revision makes the models yet".to_owned(),
                head => format!("the models differ from revision {head}, which is the head"),
            },
            &[
                "`cargo enamel revision -m \"…\" --autogenerate` writes what they changed",
                "`cargo enamel seal`, if a revision that was written by hand makes the change",
            ],
        ),
        Side::Revisions => (
            format!("the revisions do not produce what {}", next.words()),
            &["correct the newest revision, and run `cargo enamel seal`"],
        ),
        Side::Database => (
            "the database is not as the revisions make it".to_owned(),
            &["somebody changed it by hand: write the change as a revision, or take it back"],
        ),
    };
    let mut told = Diagnostic::new(level, message);
    told.notes = lines;
    told.hints = hints.iter().map(|&hint| hint.to_owned()).collect();
    told
}

/// As many lines as anybody reads while compiling.
pub fn shortened(mut lines: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 20;
    if let Some(more) = lines.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        lines.truncate(SHOWN);
        lines.push(format!("and {more} more, which `cargo enamel check` lists"));
    }
    lines
}

/// The changes of a table stand together, where its first one is.
fn by_table(changes: &[Change]) -> Vec<&Change> {
    let mut first: BTreeMap<&TableName, usize> = BTreeMap::new();
    let mut placed: Vec<(usize, &Change)> = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        let place = change.table().map_or(index, |table| *first.entry(table).or_insert(index));
        placed.push((place, change));
    }
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, change)| change).collect()
}

/// The index of a table that only one side has goes without saying.
fn is_of_a_whole_table(change: &Change, changes: &[Change]) -> bool {
    let (Change::AddIndex { table, .. } | Change::DropIndex { table, .. }) = change else { return false };
    changes
        .iter()
        .any(|other| matches!(other, Change::CreateTable(whole) | Change::DropTable(whole) if whole.name == *table))
}

/// The names by which a revision may have touched what differs, in lower case: the table's, also its former one; an enum's, and those of the tables that
/// use it, since not every database has enums.
fn names(change: &Change, changes: &[Change], previous: &Schema) -> BTreeSet<String> {
    let former = |table: &TableName| {
        changes.iter().find_map(|other| {
            let Change::RenameTable(names) = other else { return None };
            (names.next == *table).then(|| names.previous.clone())
        })
    };
    let enumeration =
        if let Change::CreateEnumeration(enumeration)
        | Change::DropEnumeration(enumeration)
        | Change::AlterEnumeration { enumeration: Pair { previous: enumeration, next: _ }, renamed: _ } = change
        {
            Some(&enumeration.name)
        } else {
            None
        };
    let uses = |data_type: &Type| matches!(data_type, Type::Enumeration(name) if Some(name) == enumeration);
    let users = previous.tables.iter().filter(|table| table.columns.iter().any(|column| uses(&column.data_type)));
    let tables = change.table().into_iter().flat_map(|table| [Some(table.clone()), former(table)]).flatten();
    let tables = tables.chain(users.map(|table| table.name.clone())).map(|table| table.name);
    tables.chain(enumeration.cloned()).map(|name| name.as_str().to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests;
