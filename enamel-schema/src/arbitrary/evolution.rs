//! Schemas that SQLite holds, edited again and again.
//!
//! Every schema is made from the empty one by edits, so that a case that fails shrinks to the few edits that it takes. An edit that does
//! not fit, because there is no such column or SQLite could not hold what it makes, does nothing.

mod apply;
mod raw;

pub use raw::{ColumnEdit, Constraint, Edit, RawColumn, TableEdit, ValueEdit};

use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::lower::lower;
use crate::naming;
use crate::pair::Pair;
use crate::schema::{Name, Schema, Sql, TableName};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What is done to the empty schema, stage by stage.
#[derive(Clone, Debug)]
pub struct Evolution {
    /// The edits of each stage.
    pub edits: Vec<Vec<Edit>>,
}

/// A schema, and how it came out of the one before.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The schema, neutral; its constraints have no names unless an edit states one.
    pub schema: Schema,
    /// What was renamed since the stage before.
    pub renames: Edits,
    /// How values are to become values of the next type, for columns whose type may have changed.
    pub conversions: BTreeMap<(TableName, Name), Sql>,
}

impl Evolution {
    /// The schema of each stage, each one that SQLite holds.
    pub fn stages(&self) -> Vec<Stage> {
        let mut previous = Schema::default();
        let mut stages = Vec::with_capacity(self.edits.len());
        for edits in &self.edits {
            let mut work = Work::new(&previous);
            for edit in edits {
                work.edit(edit);
            }
            previous.clone_from(&work.schema);
            stages.push(work.finish());
        }
        stages
    }
}

/// Schemas of a few tables, edited up to three times.
pub fn evolution() -> impl Strategy<Value = Evolution> {
    (vec(raw::first_edit(), 0..10), vec(vec(raw::edit(), 0..8), 1..4)).prop_map(|(first, mut edits)| {
        edits.insert(0, first);
        Evolution { edits }
    })
}

/// A schema that is being edited.
#[derive(Clone)]
struct Work {
    previous: Schema,
    schema: Schema,
    /// What there was before, by previous names and by the names that it has now.
    tables: Vec<Pair<TableName>>,
    columns: Vec<(TableName, Pair<Name>)>,
    values: Vec<(Name, Pair<String>)>,
    conversions: BTreeMap<(TableName, Name), Sql>,
}

impl Work {
    fn new(previous: &Schema) -> Self {
        let tables = &previous.tables;
        let same = |name: &Name| Pair::new(name.clone(), name.clone());
        Self {
            previous: previous.clone(),
            schema: previous.clone(),
            tables: tables.iter().map(|table| Pair::new(table.name.clone(), table.name.clone())).collect(),
            columns: tables
                .iter()
                .flat_map(|table| table.columns.iter().map(|column| (table.name.clone(), same(&column.name))))
                .collect(),
            values: previous
                .enumerations
                .iter()
                .flat_map(|one| one.values.iter().map(|value| (one.name.clone(), value.name.clone())))
                .map(|(name, value)| (name, Pair::new(value.clone(), value)))
                .collect(),
            conversions: BTreeMap::new(),
        }
    }

    /// Makes one edit, or nothing.
    fn edit(&mut self, edit: &Edit) {
        let mut next = self.clone();
        if next.apply(edit).is_some() && next.is_held() {
            *self = next;
        }
    }

    /// Whether SQLite holds the schema, and nothing in it mentions what is not there.
    fn is_held(&mut self) -> bool {
        self.schema.sort();
        apply::prune(&mut self.schema);
        let named = naming::complete(&Schema::default(), &self.schema, &Edits::default());
        self.schema.tables.iter().all(apply::is_sound) && lower(&named, Dialect::Sqlite).is_ok()
    }

    /// Only what bears a name that is free at both ends was renamed; the rest went and came.
    fn finish(self) -> Stage {
        let Self { previous, schema, tables, columns, values, conversions } = self;
        let free = |pair: &&Pair<TableName>| {
            pair.differs() && previous.table(&pair.next).is_none() && schema.table(&pair.previous).is_none()
        };
        let mut renames = Edits { tables: tables.iter().filter(free).cloned().collect(), ..Edits::default() };
        for (table, column) in columns.into_iter().filter(|(_, column)| column.differs()) {
            let stayed =
                tables.iter().any(|pair| pair.next == table && renames.previous_table(&table) == &pair.previous);
            let ends = Pair::new(previous.table(renames.previous_table(&table)), schema.table(&table));
            let Pair { previous: Some(previous), next: Some(next) } = ends else { continue };
            let is_there = previous.column(&column.previous).is_some() && next.column(&column.next).is_some();
            let is_free = previous.column(&column.next).is_none() && next.column(&column.previous).is_none();
            if stayed && is_there && is_free {
                renames.columns.push((table, column));
            }
        }
        for (name, value) in values.into_iter().filter(|(_, value)| value.differs()) {
            let has = |schema: &Schema, value: &String| {
                schema.enumeration(&name).is_some_and(|one| one.values.iter().any(|other| other.name == *value))
            };
            if !has(&previous, &value.next) && !has(&schema, &value.previous) {
                renames.values.push((name, value));
            }
        }
        let is_there =
            |(table, column): &(TableName, Name)| schema.table(table).and_then(|table| table.column(column)).is_some();
        let conversions = conversions.into_iter().filter(|(key, _)| is_there(key)).collect();
        Stage { schema, renames, conversions }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::draft;
    use crate::settle::{Settled, settle};

    proptest! {
        #[test]
        fn every_stage_is_held_and_every_rename_real(evolution in evolution()) {
            let mut previous = Schema::default();
            for stage in evolution.stages() {
                let named = naming::complete(&Schema::default(), &stage.schema, &Edits::default());
                prop_assert!(draft(Pair::new(&Schema::default(), &named), &Edits::default(), Dialect::Sqlite, &[]).is_ok());
                let settled = settle(&previous, &stage.schema, &Edits::default(), &stage.renames, &[]);
                prop_assert!(settled.is_ok(), "{:?}", settled);
                if let Ok(Settled::Known(known)) = settled {
                    prop_assert_eq!(known.tables.len(), stage.renames.tables.len());
                }
                previous = stage.schema;
            }
        }
    }
}
