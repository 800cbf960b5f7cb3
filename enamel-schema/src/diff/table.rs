//! Tables, and what is in them.

use crate::change::Change;
use crate::diff::matching::went_and_came;
use crate::diff::{column, same_check, same_exclusion, same_foreign_key, same_index, same_primary_key, same_unique};
use crate::pair::Pair;
use crate::schema::{Index, Table};

/// A table that went, after its indexes.
pub(super) fn drop(table: &Table, changes: &mut Vec<Change>) {
    let (table, indexes) = without_indexes(table);
    changes.extend(indexes.into_iter().map(|index| Change::DropIndex { table: table.name.clone(), index }));
    changes.push(Change::DropTable(table));
}

/// A table that came, before its indexes.
pub(super) fn create(table: &Table, changes: &mut Vec<Change>) {
    let (table, indexes) = without_indexes(table);
    let name = table.name.clone();
    changes.push(Change::CreateTable(table));
    changes.extend(indexes.into_iter().map(|index| Change::AddIndex { table: name.clone(), index }));
}

fn without_indexes(table: &Table) -> (Table, Vec<Index>) {
    let mut table = table.clone();
    let indexes = std::mem::take(&mut table.indexes);
    (table, indexes)
}

/// A table that stays: what goes from it, what differs, what comes to it.
pub(super) fn alter(previous: &Table, next: &Table, changes: &mut Vec<Change>) {
    let table = || next.name.clone();
    let exclusions = went_and_came(&previous.exclusions, &next.exclusions, |item| &item.name, same_exclusion);
    let checks = went_and_came(&previous.checks, &next.checks, |item| &item.name, same_check);
    let foreign_keys = went_and_came(&previous.foreign_keys, &next.foreign_keys, |item| &item.name, same_foreign_key);
    let indexes = went_and_came(&previous.indexes, &next.indexes, |item| &item.name, same_index);
    let uniques = went_and_came(&previous.uniques, &next.uniques, |item| &item.name, same_unique);

    changes.extend(exclusions.0.into_iter().map(|exclusion| Change::DropExclusion { table: table(), exclusion }));
    changes.extend(checks.0.into_iter().map(|check| Change::DropCheck { table: table(), check }));
    changes.extend(foreign_keys.0.into_iter().map(|key| Change::DropForeignKey { table: table(), foreign_key: key }));
    changes.extend(indexes.0.into_iter().map(|index| Change::DropIndex { table: table(), index }));
    changes.extend(uniques.0.into_iter().map(|unique| Change::DropUnique { table: table(), unique }));

    column::columns(previous, next, changes);
    if previous.options != next.options {
        let options = Pair::new(previous.options.clone(), next.options.clone());
        changes.push(Change::AlterTableOptions { table: table(), options });
    }
    if previous.comment != next.comment {
        let comment = Pair::new(previous.comment.clone(), next.comment.clone());
        changes.push(Change::CommentTable { table: table(), comment });
    }
    if !same_primary_key(previous.primary_key.as_ref(), next.primary_key.as_ref()) {
        let primary_key = Pair::new(previous.primary_key.clone(), next.primary_key.clone());
        changes.push(Change::AlterPrimaryKey { table: table(), primary_key });
    }

    changes.extend(uniques.1.into_iter().map(|unique| Change::AddUnique { table: table(), unique }));
    changes.extend(indexes.1.into_iter().map(|index| Change::AddIndex { table: table(), index }));
    changes.extend(foreign_keys.1.into_iter().map(|key| Change::AddForeignKey { table: table(), foreign_key: key }));
    changes.extend(checks.1.into_iter().map(|check| Change::AddCheck { table: table(), check }));
    changes.extend(exclusions.1.into_iter().map(|exclusion| Change::AddExclusion { table: table(), exclusion }));
}
