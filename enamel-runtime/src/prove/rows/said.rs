//! What the text of a revision says that it does to rows.
//!
//! A statement that updates, deletes or inserts says so, and what is renamed or dropped is not lost silently. Everything else is to be kept: a
//! table that is made anew by hand holds what it held, and so do the tables that refer to it.

mod cursor;
mod objects;
mod reader;

use enamel_schema::schema::{Action, Table, Type, Unmodelled};
use enamel_schema::split::statements;
use enamel_schema::{Dialect, Edits, TableName};
use objects::{Objects, go_off};
use reader::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// A name as it is compared: SQLite takes names that differ by the case of ASCII letters for one, and PostgreSQL those without quotes.
pub(super) fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// A table as it is looked up: its name, behind that of its schema where that is not the usual one.
pub(super) fn key(table: &TableName) -> String {
    key_of(table.schema.as_ref().map(|schema| folded(schema.as_str())).as_deref(), &folded(table.name.as_str()))
}

/// The same of two folded names.
pub(super) fn key_of(schema: Option<&str>, name: &str) -> String {
    match schema {
        None | Some("main" | "temp" | "public") => name.to_owned(),
        Some(schema) => format!("{schema}.{name}"),
    }
}

/// What stands between quotes: `'…'`, or `$tag$…$tag$`.
pub(super) fn quoted(text: &str) -> Option<&str> {
    if let Some(inner) = text.strip_prefix('\'') {
        return inner.strip_suffix('\'');
    }
    let tag = text.strip_prefix('$')?.find('$')? + 2;
    let (tag, inner) = text.split_at_checked(tag)?;
    inner.strip_suffix(tag)
}

/// What becomes of a table. All names are folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fate {
    /// Its next key.
    pub(super) next: String,
    /// Columns with another next name.
    renamed: BTreeMap<String, String>,
    /// What the text says about its rows.
    pub(super) touch: Touch,
}

impl Fate {
    /// The next name of a column.
    pub(super) fn next_column(&self, previous: &str) -> String {
        let previous = folded(previous);
        self.renamed.get(&previous).cloned().unwrap_or(previous)
    }
}

/// What may happen to the rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Touch {
    /// Rows may come.
    pub(super) adds: bool,
    /// Rows may go.
    pub(super) removes: bool,
    /// Any value may change.
    pub(super) replaces: bool,
    /// Columns whose values may change, by their next names.
    pub(super) columns: BTreeSet<String>,
    /// What refers to it goes with its rows, whatever the keys say.
    pub(super) cascades: bool,
}

impl Touch {
    fn merge(&mut self, other: &Touch) {
        self.adds |= other.adds;
        self.removes |= other.removes;
        self.replaces |= other.replaces;
        self.columns.extend(other.columns.iter().cloned());
        self.cascades |= other.cascades;
    }

    /// Whether values of this column may change.
    pub(super) fn may_change(&self, column: &str) -> bool {
        self.replaces || self.columns.contains(column)
    }
}

/// What becomes of each of these tables. One that is dropped has no fate.
///
/// `tables` and `unmodelled` are what there is before the text runs; `answers` are those of its header, lowered.
pub(super) fn fates(
    text: &str,
    tables: &[Table],
    unmodelled: &[Unmodelled],
    answers: &Edits,
    dialect: Dialect,
) -> BTreeMap<String, Fate> {
    let mut reader = Reader::new(dialect, Objects::new(unmodelled));
    for table in tables {
        reader.known(&key(&table.name));
    }
    for piece in statements(text, dialect).iter().filter(|piece| piece.must_be_empty.is_none()) {
        reader.statement(piece.text);
    }
    go_off(&mut reader, dialect);
    let mut fates = BTreeMap::new();
    for table in tables {
        let name = key(&table.name);
        if let Some(mut fate) = reader.fate(&name) {
            fate.answer(answers);
            fate.recode(table, &reader.recoded);
            fates.insert(name, fate);
        }
    }
    follow_keys(&mut fates, tables);
    fates
}

impl Fate {
    /// Takes over what the header says.
    fn answer(&mut self, answers: &Edits) {
        let same_table = |table: &TableName| key(table) == self.next;
        for (_, column) in answers.columns.iter().filter(|(table, _)| same_table(table)) {
            let (previous, next) = (folded(column.previous.as_str()), folded(column.next.as_str()));
            self.renamed.entry(previous).or_insert(next);
        }
        let converted = answers.conversions.keys().filter(|(table, _)| same_table(table));
        self.touch.columns.extend(converted.map(|(_, column)| folded(column.as_str())));
    }

    /// The columns of an enum show its values as they are called now.
    fn recode(&mut self, table: &Table, recoded: &BTreeSet<String>) {
        let is_recoded = |data_type: &Type| {
            if let Type::Enumeration(name) = data_type {
                recoded.contains(&folded(name.as_str()))
            } else if let Type::Sql(sql) = data_type {
                recoded.contains(&folded(sql.text().trim_end_matches("[]")))
            } else {
                false
            }
        };
        for column in &table.columns {
            let element = if let Type::Array(element) = &column.data_type { element } else { &column.data_type };
            if is_recoded(element) {
                self.touch.columns.insert(self.next_column(column.name.as_str()));
            }
        }
    }
}

/// What deletes rows or changes keys goes on along the foreign keys that say so.
fn follow_keys(fates: &mut BTreeMap<String, Fate>, tables: &[Table]) {
    loop {
        let mut touches: Vec<(String, Touch)> = Vec::new();
        for child in tables {
            let name = key(&child.name);
            let Some(fate) = fates.get(&name) else { continue };
            for reference in &child.foreign_keys {
                let Some(parent) = fates.get(&key(&reference.referenced_table)) else { continue };
                let changes = reference.referenced_columns.iter().any(|column| {
                    let column = parent.next_column(column.as_str());
                    parent.touch.may_change(&column)
                });
                let columns = || reference.columns.iter().map(|column| fate.next_column(column.as_str())).collect();
                let mut touch = Touch::default();
                match reference.on_delete {
                    Action::Cascade => touch.removes = parent.touch.removes,
                    Action::SetNull | Action::SetDefault if parent.touch.removes => touch.columns = columns(),
                    Action::SetNull | Action::SetDefault | Action::NoAction | Action::Restrict => {}
                }
                match reference.on_update {
                    Action::Cascade | Action::SetNull | Action::SetDefault if changes => touch.columns = columns(),
                    Action::Cascade | Action::SetNull | Action::SetDefault | Action::NoAction | Action::Restrict => {}
                }
                touch.removes |= parent.touch.cascades;
                touch.cascades = parent.touch.cascades;
                touches.push((name.clone(), touch));
            }
        }
        let before = fates.clone();
        for (name, touch) in touches {
            if let Some(fate) = fates.get_mut(&name) {
                fate.touch.merge(&touch);
            }
        }
        if *fates == before {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
