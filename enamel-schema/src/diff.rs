//! The changes from one schema to another. It has never heard of a dialect.
//!
//! First what was renamed is settled and the previous schema is carried over to the next names; what is then unequal is a
//! change. So a pure rename is exactly one change, however many keys and expressions mention the name.

mod carry;
mod check;
mod column;
mod enumeration;
mod foreign_key;
mod index;
mod matching;
mod rename;
mod same;
mod table;
#[cfg(test)]
mod tests;
mod unique;

pub(crate) use carry::{carried_over, carry};
pub(crate) use check::{listed, same_check, same_exclusion, widens};
pub(crate) use column::{Differing, differing};
pub(crate) use enumeration::same_enumeration;
pub(crate) use foreign_key::same_foreign_key;
pub(crate) use index::same_index;
pub(crate) use matching::counterparts;
pub(crate) use same::{compatible_names, same_type};
pub(crate) use unique::{same_primary_key, same_unique};

use crate::change::Change;
use crate::edits::Edits;
use crate::schema::{Schema, Table, TableName};
use std::collections::{BTreeMap, BTreeSet};

/// The changes that make `next` out of `previous`, both lowered for one database or both found in one. `edits` says what was renamed.
///
/// Names that are not stated take no part: constraints match by name where both have the same, else by shape. Expressions are compared as tokens.
/// Column order is never a change. The order of the changes is fixed by the schemas' own order; it is `plan` that makes it work.
///
/// A rename of something that is not there, or to a name that was there before, takes no part either: [`crate::settle::settle`] has said so already.
///
/// ```
/// use enamel_schema::diff::diff;
/// use enamel_schema::schema::{Column, Name, Schema, Table, TableName, Type};
/// use enamel_schema::Edits;
///
/// let mut users = Table::new(TableName::new(Name::new("users")?));
/// let previous = Schema { tables: vec![users.clone()], ..Schema::default() };
/// users.columns.push(Column::new(Name::new("age")?, Type::Boolean));
/// let next = Schema { tables: vec![users], ..Schema::default() };
///
/// let changes = diff(&previous, &next, &Edits::default());
/// assert_eq!(changes[0].summary(), "add column users.age boolean NOT NULL");
/// assert_eq!(changes.len(), 1);
/// # Ok::<(), enamel_schema::schema::InvalidName>(())
/// ```
pub fn diff(previous: &Schema, next: &Schema, edits: &Edits) -> Vec<Change> {
    let renames = rename::real(previous, next, edits);
    let carried = carried_over(previous, &renames);

    let mut changes = Vec::new();
    changes.extend(missing(&next.extensions, &previous.extensions).map(Change::CreateExtension));
    enumeration::create_and_alter(previous, next, &renames, &mut changes);
    changes.extend(renames.tables.iter().cloned().map(Change::RenameTable));
    let renamed_columns = renames.columns.iter().cloned();
    changes.extend(renamed_columns.map(|(table, column)| Change::RenameColumn { table, column }));
    tables(&carried, next, &mut changes);
    enumeration::drop(previous, next, &mut changes);
    changes.extend(missing(&previous.extensions, &next.extensions).map(Change::DropExtension));
    changes
}

/// What is in `these` and not in `those`.
fn missing(these: &[String], those: &[String]) -> impl Iterator<Item = String> {
    let those: BTreeSet<_> = those.iter().collect();
    these.iter().filter(move |extension| !those.contains(extension)).cloned()
}

fn tables(previous: &Schema, next: &Schema, changes: &mut Vec<Change>) {
    let previous_tables = by_name(previous);
    let next_tables = by_name(next);
    for table in previous.tables.iter().filter(|table| !next_tables.contains_key(&table.name)) {
        table::drop(table, changes);
    }
    for table in &next.tables {
        if let Some(previous) = previous_tables.get(&table.name) {
            table::alter(previous, table, changes);
        }
    }
    for table in next.tables.iter().filter(|table| !previous_tables.contains_key(&table.name)) {
        table::create(table, changes);
    }
}

fn by_name(schema: &Schema) -> BTreeMap<&TableName, &Table> {
    schema.tables.iter().map(|table| (&table.name, table)).collect()
}
