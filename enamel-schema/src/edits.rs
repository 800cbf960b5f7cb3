//! What a difference between two schemas cannot say by itself: what was renamed, and what existing rows get.
//!
//! Attributes of the models and flags of the command both end up here, and so do the answers that a file's header keeps.

use crate::pair::Pair;
use crate::plan::HazardKind;
use crate::schema::{Name, Sql, TableName};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// What was renamed, and what existing rows get.
///
/// As it comes from attributes and flags it is a proposal; [`crate::settle::settle`] checks it against the schemas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// Tables that were renamed.
    pub tables: Vec<Pair<TableName>>,
    /// Columns that were renamed, with the table's next name.
    pub columns: Vec<(TableName, Pair<Name>)>,
    /// Values of enums that were renamed, with the enum's name.
    pub values: Vec<(Name, Pair<String>)>,
    /// What existing rows get in a new or no longer nullable column, by next names.
    pub backfills: BTreeMap<(TableName, Name), Sql>,
    /// How existing values become values of the column's next type, by next names.
    pub conversions: BTreeMap<(TableName, Name), Sql>,
    /// The whole numbers that a column's next Rust type holds, by next names, where its values may be others and the database would keep them. Nobody says this:
    /// it comes from lowering.
    pub ranges: BTreeMap<(TableName, Name), RangeInclusive<i64>>,
    /// The hazards that the user agreed to.
    pub allowed: BTreeSet<HazardKind>,
    /// Tables that are really to be dropped although one of the same shape came.
    pub dropped_tables: BTreeSet<TableName>,
    /// Columns, by the table's next name, that are really to be dropped although one of the same type came.
    pub dropped_columns: BTreeSet<(TableName, Name)>,
    /// Values of enums that are really gone although another came, with the enum's name.
    pub dropped_values: BTreeSet<(Name, String)>,
}

impl Edits {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Edits::default()
    }

    /// The renames of the way back. Backfills, conversions, ranges and drops say something about the way there only.
    #[must_use]
    pub fn reversed(&self) -> Edits {
        Edits {
            tables: self.tables.iter().cloned().map(Pair::reversed).collect(),
            columns: self
                .columns
                .iter()
                .map(|(table, column)| (self.previous_table(table).clone(), column.clone().reversed()))
                .collect(),
            values: self.values.iter().map(|(name, value)| (name.clone(), value.clone().reversed())).collect(),
            allowed: self.allowed.clone(),
            ..Edits::default()
        }
    }

    /// Takes over what `other` says. Where both say something of one table, column or value, `other` is right.
    pub fn merge(&mut self, other: Edits) {
        self.tables.retain(|mine| !other.tables.iter().any(|table| table.next == mine.next));
        self.tables.extend(other.tables);
        self.columns.retain(|(mine, column)| {
            !other.columns.iter().any(|(table, theirs)| table == mine && theirs.next == column.next)
        });
        self.columns.extend(other.columns);
        self.values.retain(|(mine, value)| {
            !other.values.iter().any(|(name, theirs)| name == mine && theirs.next == value.next)
        });
        self.values.extend(other.values);
        self.backfills.extend(other.backfills);
        self.conversions.extend(other.conversions);
        self.ranges.extend(other.ranges);
        self.allowed.extend(other.allowed);
        self.dropped_tables.extend(other.dropped_tables);
        self.dropped_columns.extend(other.dropped_columns);
        self.dropped_values.extend(other.dropped_values);
    }

    /// What the table of this next name was called before.
    pub fn previous_table<'a>(&'a self, next: &'a TableName) -> &'a TableName {
        self.tables.iter().find(|table| &table.next == next).map_or(next, |table| &table.previous)
    }

    /// What the table of this previous name is called now.
    pub fn next_table<'a>(&'a self, previous: &'a TableName) -> &'a TableName {
        self.tables.iter().find(|table| &table.previous == previous).map_or(previous, |table| &table.next)
    }

    /// What the column of this next name, in the table of this next name, was called before.
    pub fn previous_column<'a>(&'a self, table: &TableName, next: &'a Name) -> &'a Name {
        let renamed = self.columns.iter().find(|(of, column)| of == table && &column.next == next);
        renamed.map_or(next, |(_, column)| &column.previous)
    }

    /// The renames of columns, by the tables' next names.
    pub(crate) fn columns_by_table(&self) -> BTreeMap<&TableName, Vec<&Pair<Name>>> {
        let mut by_table: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (table, column) in &self.columns {
            by_table.entry(table).or_default().push(column);
        }
        by_table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::{name, table_name};

    fn rename(table: &str, previous: &str, next: &str) -> (TableName, Pair<Name>) {
        (table_name(table), Pair::new(name(previous), name(next)))
    }

    #[test]
    fn only_renames_lead_back() {
        let key = (table_name("people"), name("age"));
        let edits = Edits {
            tables: vec![Pair::new(table_name("users"), table_name("people"))],
            columns: vec![rename("people", "surname", "last_name"), rename("books", "a", "b")],
            values: vec![(name("role"), Pair::new("admin".to_owned(), "owner".to_owned()))],
            backfills: [(key.clone(), Sql::new("0"))].into(),
            conversions: [(key.clone(), Sql::new("age + 1"))].into(),
            ranges: [(key.clone(), 0..=255)].into(),
            allowed: [HazardKind::DataLoss].into(),
            dropped_tables: [table_name("logs")].into(),
            dropped_columns: [key].into(),
            dropped_values: [(name("role"), "guest".to_owned())].into(),
        };
        let back = Edits {
            tables: vec![Pair::new(table_name("people"), table_name("users"))],
            columns: vec![rename("users", "last_name", "surname"), rename("books", "b", "a")],
            values: vec![(name("role"), Pair::new("owner".to_owned(), "admin".to_owned()))],
            allowed: [HazardKind::DataLoss].into(),
            ..Edits::default()
        };
        assert_eq!(edits.reversed(), back);
        assert!(!back.is_empty());
        assert!(Edits::default().is_empty());
    }

    #[test]
    fn the_other_is_right() {
        let key = (table_name("users"), name("age"));
        let mut edits = Edits {
            columns: vec![rename("users", "a", "b"), rename("users", "c", "d"), rename("books", "a", "b")],
            backfills: [(key.clone(), Sql::new("0"))].into(),
            ..Edits::default()
        };
        edits.merge(Edits {
            columns: vec![rename("users", "x", "b")],
            backfills: [(key.clone(), Sql::new("1"))].into(),
            ..Edits::default()
        });
        assert_eq!(edits.columns, [rename("users", "c", "d"), rename("books", "a", "b"), rename("users", "x", "b")]);
        assert_eq!(edits.backfills[&key], Sql::new("1"));
    }
}
