//! Keys that allow each value once.

use super::{Demand, is_kept, repeated};
use crate::diff::same_index;
use crate::plan::work::Work;
use crate::render::quote::identifier;
use crate::schema::{Column, Index, IndexKey, Name, Sql, Table};
use crate::split::{enclosed, mentions};

/// What to ask so that the unique keys and indexes of the next table can be made.
pub(super) fn demands(work: &Work<'_>) -> Vec<Demand> {
    let next = work.table.next;
    let keys = next.primary_key.iter().map(|key| &key.columns).chain(next.uniques.iter().map(|unique| &unique.columns));
    let keys = keys.filter(|columns| !was_unique(work, columns)).map(|columns| in_columns(work, columns));
    let indexes = next.indexes.iter().filter(|index| index.unique && !was_indexed(work, index));
    keys.chain(indexes.map(|index| in_index(next, index, &|sql| work.before(sql)))).collect()
}

/// What to ask before a unique index is made. `before` gives the expression for the columns as they stand.
pub(super) fn in_index(table: &Table, index: &Index, before: &dyn Fn(&Sql) -> String) -> Demand {
    let value = |key: &IndexKey| match key {
        IndexKey::Column(name) => before(&Sql::new(identifier(name))),
        IndexKey::Expression(expression) => before(expression),
    };
    let parts = index.parts.iter().map(|part| match &part.collation {
        Some(collation) => format!("{} COLLATE {collation}", enclosed(&value(&part.key))),
        None => value(&part.key),
    });
    let columns: Vec<Name> = columns_of(table, index).map(|column| column.name.clone()).collect();
    repeated(table, &columns, &parts.collect::<Vec<_>>(), index.condition.as_ref().map(before))
}

/// Whether no two rows can have the same values in some of these columns, so that none have in all: they were unique before, or count.
fn was_unique(work: &Work<'_>, columns: &[Name]) -> bool {
    let table = work.table.previous;
    let counts = |column: &Column| work.adds(&column.name) && column.identity.is_some();
    if work.table.next.columns.iter().any(|column| columns.contains(&column.name) && counts(column)) {
        return true;
    }
    let part = |key: &[Name]| key.iter().all(|column| columns.contains(column) && is_kept(work, column));
    table.primary_key.iter().any(|key| part(&key.columns))
        || table.uniques.iter().any(|unique| part(&unique.columns))
        || table.indexes.iter().filter_map(plain_columns).any(|columns| part(&columns))
}

/// Whether the same index was there, over values that stay, or its columns were unique without it.
fn was_indexed(work: &Work<'_>, index: &Index) -> bool {
    let was_there = work.table.previous.indexes.iter().any(|previous| same_index(previous, index));
    let kept = columns_of(work.table.next, index).all(|column| is_kept(work, &column.name));
    was_there && kept || plain_columns(index).is_some_and(|columns| was_unique(work, &columns))
}

/// The columns of a unique index that is over nothing but columns, and all rows.
fn plain_columns(index: &Index) -> Option<Vec<Name>> {
    let columns = index.parts.iter().map(|part| match &part.key {
        IndexKey::Column(name) => part.collation.is_none().then(|| name.clone()),
        IndexKey::Expression(_) => None,
    });
    if index.unique && index.condition.is_none() { columns.collect() } else { None }
}

fn columns_of<'a>(table: &'a Table, index: &'a Index) -> impl Iterator<Item = &'a Column> {
    let in_key = |column: &Column| {
        index.parts.iter().any(|part| match &part.key {
            IndexKey::Column(name) => *name == column.name,
            IndexKey::Expression(expression) => mentions(expression.text(), column.name.as_str()),
        })
    };
    let in_condition =
        |column: &Column| index.condition.as_ref().is_some_and(|sql| mentions(sql.text(), column.name.as_str()));
    table.columns.iter().filter(move |column| in_key(column) || in_condition(column))
}

fn in_columns(work: &Work<'_>, columns: &[Name]) -> Demand {
    let value = |name: &Name| {
        let value = work.value_before(name);
        work.table.next.column(name).map_or(value.clone(), |column| work.collated(column, value))
    };
    repeated(work.table.next, columns, &columns.iter().map(value).collect::<Vec<_>>(), None)
}
