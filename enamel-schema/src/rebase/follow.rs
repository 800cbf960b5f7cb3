//! A change of mine in the names that theirs gave meanwhile.
//!
//! Where theirs renamed a table or column that my change is about, my change is about it by its next name.

use super::Clash;
use crate::change::{column_words, quoted_text, table_words};
use crate::diff::carry;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{Name, Schema, Sql, TableName};
use crate::split;
use std::collections::BTreeMap;

/// A change of mine in the names of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Both ends of my change.
    pub mine: Pair<Schema>,
    /// What I said of it.
    pub edits: Edits,
}

/// Follows the renames of one revision of theirs. `theirs` are the answers in its header.
///
/// # Errors
///
/// What both renamed, each otherwise.
pub fn follow(change: &Followed, theirs: &Edits) -> Result<Followed, Vec<Clash>> {
    let mut following = Following {
        change,
        here: Edits::default(),
        there: Edits::default(),
        edits: change.edits.clone(),
        clashes: Vec::new(),
    };
    // Order matters: columns are found by the names of their tables.
    theirs.tables.iter().for_each(|table| following.table(table));
    for (table, column) in &theirs.columns {
        following.column(theirs.previous_table(table), column);
    }
    theirs.values.iter().for_each(|(enumeration, value)| following.value(enumeration, value));
    following.finish()
}

struct Following<'c> {
    change: &'c Followed,
    /// The renames of theirs in the names of my former schema.
    here: Edits,
    /// The same in the names of my next schema.
    there: Edits,
    edits: Edits,
    clashes: Vec<Clash>,
}

impl Following<'_> {
    fn table(&mut self, table: &Pair<TableName>) {
        let Pair { previous, next } = self.change.mine.as_ref();
        if previous.table(&table.previous).is_none() || previous.table(&table.next).is_some() {
            return;
        }
        self.here.tables.push(table.clone());
        let mine = self.change.edits.tables.iter().find(|pair| pair.previous == table.previous);
        match mine {
            Some(mine) if mine.next == table.next => {
                self.edits.tables.retain(|pair| pair.previous != table.previous);
            }
            Some(mine) => self.both_renamed(&table_words(&table.previous), &mine.next, &table.next),
            None if next.table(&table.next).is_some() => self.is_taken(&table_words(&table.previous), &table.next),
            None => self.there.tables.push(table.clone()),
        }
    }

    /// `table` is its name before anything was renamed.
    fn column(&mut self, table: &TableName, column: &Pair<Name>) {
        let Pair { previous, next } = self.change.mine.as_ref();
        let has = |schema: &Schema, table: &TableName, column: &Name| {
            schema.table(table).is_some_and(|table| table.column(column).is_some())
        };
        if !has(previous, table, &column.previous) || has(previous, table, &column.next) {
            return;
        }
        self.here.columns.push((self.here.next_table(table).clone(), column.clone()));
        let mine = self.change.edits.next_table(table);
        let mut renamed = self.change.edits.columns.iter();
        let renamed = renamed.find(|(of, pair)| of == mine && pair.previous == column.previous);
        match renamed.map(|(_, pair)| pair) {
            Some(same) if same.next == column.next => {
                self.edits.columns.retain(|(of, pair)| of != mine || pair.previous != column.previous);
            }
            Some(other) => self.both_renamed(&column_words(table, &column.previous), &other.next, &column.next),
            None if has(next, mine, &column.next) => {
                self.is_taken(&column_words(table, &column.previous), &column.next);
            }
            None => self.there.columns.push((self.there.next_table(mine).clone(), column.clone())),
        }
    }

    fn value(&mut self, enumeration: &Name, value: &Pair<String>) {
        let has = |schema: &Schema, value: &str| {
            schema.enumeration(enumeration).is_some_and(|of| of.values.iter().any(|other| other.name == value))
        };
        let Pair { previous, next } = self.change.mine.as_ref();
        if !has(previous, &value.previous) || has(previous, &value.next) {
            return;
        }
        self.here.values.push((enumeration.clone(), value.clone()));
        let mut renamed = self.change.edits.values.iter();
        match renamed.find(|(of, pair)| of == enumeration && pair.previous == value.previous) {
            Some((_, same)) if same.next == value.next => {
                self.edits.values.retain(|(of, pair)| of != enumeration || pair.previous != value.previous);
            }
            Some((_, other)) => {
                let [mine, theirs] = [&other.next, &value.next].map(|next| quoted_text(next));
                self.both_renamed(&format!("value {} of {enumeration}", quoted_text(&value.previous)), &mine, &theirs);
            }
            None if has(next, &value.next) => self.is_taken(&quoted_text(&value.previous), &quoted_text(&value.next)),
            None => self.there.values.push((enumeration.clone(), value.clone())),
        }
    }

    fn both_renamed(&mut self, what: &str, mine: &impl std::fmt::Display, theirs: &impl std::fmt::Display) {
        self.clashes.push(Clash {
            change: format!("rename {what} to {mine}"),
            reason: format!("theirs renamed it to {theirs}"),
            table: None,
        });
    }

    fn is_taken(&mut self, what: &str, next: &impl std::fmt::Display) {
        self.clashes.push(Clash {
            change: format!("add {next}"),
            reason: format!("theirs renamed {what} to that"),
            table: None,
        });
    }

    fn finish(mut self) -> Result<Followed, Vec<Clash>> {
        if !self.clashes.is_empty() {
            return Err(self.clashes);
        }
        let mut mine = self.change.mine.clone();
        carry(&mut mine.previous, &self.here);
        carry(&mut mine.next, &self.there);
        self.rename_edits();
        Ok(Followed { mine, edits: self.edits })
    }

    /// What I said of tables and columns, by their names after both.
    fn rename_edits(&mut self) {
        let (here, there) = (&self.here, &self.there);
        let edits = std::mem::take(&mut self.edits);
        let was = |table: &TableName| here.next_table(edits.previous_table(table)).clone();
        let former = |table: &TableName, column: &Name| next_column(here, &was(table), column);
        let next = |(table, column): (TableName, Name)| {
            let table = there.next_table(&table).clone();
            let column = next_column(there, &table, &column);
            (table, column)
        };
        let filled = |fillings: &BTreeMap<(TableName, Name), Sql>| {
            let fillings = fillings.iter().map(|(key, sql)| {
                let key = next(key.clone());
                let sql = in_next_names(sql, there, &key.0);
                (key, sql)
            });
            fillings.collect()
        };
        let columns = edits.columns.iter().map(|(table, column)| {
            let column = Pair::new(former(table, &column.previous), column.next.clone());
            (there.next_table(table).clone(), column)
        });
        let dropped = edits.dropped_columns.iter();
        self.edits = Edits {
            tables: edits
                .tables
                .iter()
                .map(|table| Pair::new(here.next_table(&table.previous).clone(), table.next.clone()))
                .collect(),
            columns: columns.collect(),
            values: edits.values.clone(),
            backfills: filled(&edits.backfills),
            conversions: filled(&edits.conversions),
            ranges: edits.ranges.clone(),
            allowed: edits.allowed.clone(),
            dropped_values: edits.dropped_values.clone(),
            dropped_tables: edits.dropped_tables.iter().map(|table| here.next_table(table).clone()).collect(),
            dropped_columns: dropped
                .map(|(table, column)| (there.next_table(table).clone(), former(table, column)))
                .collect(),
        };
    }
}

/// What a column of a table, by its next name, is called afterwards.
fn next_column(renames: &Edits, table: &TableName, column: &Name) -> Name {
    let mut columns = renames.columns.iter();
    columns.find(|(of, pair)| of == table && pair.previous == *column).map_or(column, |(_, pair)| &pair.next).clone()
}

fn in_next_names(sql: &Sql, renames: &Edits, table: &TableName) -> Sql {
    let mut sql = sql.clone();
    for (_, pair) in renames.columns.iter().filter(|(of, _)| of == table) {
        for text in sql.any.iter_mut().chain(sql.by_dialect.values_mut()) {
            *text = split::rename_in(text, pair.previous.as_str(), pair.next.as_str());
        }
    }
    sql
}
