//! Where new columns and constraints stand among those of theirs.
//!
//! Order is never a change, but a table that is made anew takes it: so what mine adds stands behind what it stood behind on my branch.

use crate::diff::{same_check, same_exclusion, same_foreign_key, same_index, same_unique};
use crate::schema::{Schema, Table};

/// Puts what is in `schema` and not in `before` to the places that it has in `like`.
pub(super) fn arrange(schema: &mut Schema, before: &Schema, like: &Schema) {
    for table in &mut schema.tables {
        if let (Some(before), Some(like)) = (before.table(&table.name), like.table(&table.name)) {
            arrange_table(table, before, like);
        }
    }
}

fn arrange_table(table: &mut Table, before: &Table, like: &Table) {
    arrange_items(&mut table.columns, &before.columns, &like.columns, |one, other| one.name == other.name);
    arrange_items(&mut table.uniques, &before.uniques, &like.uniques, same_unique);
    arrange_items(&mut table.indexes, &before.indexes, &like.indexes, same_index);
    arrange_items(&mut table.foreign_keys, &before.foreign_keys, &like.foreign_keys, same_foreign_key);
    arrange_items(&mut table.checks, &before.checks, &like.checks, same_check);
    arrange_items(&mut table.exclusions, &before.exclusions, &like.exclusions, same_exclusion);
}

fn arrange_items<T>(items: &mut Vec<T>, before: &[T], like: &[T], same: impl Fn(&T, &T) -> bool) {
    let place = |item: &T, among: &[T]| among.iter().position(|other| same(item, other));
    let (mut arranged, mut new): (Vec<T>, Vec<T>) = items.drain(..).partition(|item| place(item, before).is_some());
    new.sort_by_key(|item| place(item, like));
    for item in new {
        let predecessors = place(&item, like).and_then(|end| like.get(..end)).unwrap_or(like);
        let behind = predecessors.iter().rev().find_map(|predecessor| place(predecessor, &arranged));
        arranged.insert(behind.map_or(0, |behind| behind + 1), item);
    }
    *items = arranged;
}
