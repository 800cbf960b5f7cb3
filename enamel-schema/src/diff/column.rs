//! Columns.

use crate::change::Change;
use crate::diff::same::{same_default, same_optional_sql, same_sql, same_type};
use crate::pair::Pair;
use crate::schema::{Column, Generated, Name, Table};
use std::collections::BTreeMap;

/// What differs between the two ends of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Differing {
    pub(crate) data_type: bool,
    pub(crate) nullable: bool,
    pub(crate) default: bool,
    pub(crate) generated: bool,
    pub(crate) identity: bool,
    pub(crate) collation: bool,
    pub(crate) comment: bool,
}

/// What differs between two columns besides their names.
pub(crate) fn differing(previous: &Column, next: &Column) -> Differing {
    Differing {
        data_type: !same_type(&previous.data_type, &next.data_type),
        nullable: previous.nullable != next.nullable,
        default: !same_default(previous.default.as_ref(), next.default.as_ref()),
        generated: !same_generated(previous.generated.as_ref(), next.generated.as_ref()),
        identity: previous.identity != next.identity,
        collation: !same_optional_sql(previous.collation.as_ref(), next.collation.as_ref()),
        comment: previous.comment != next.comment,
    }
}

fn same_generated(left: Option<&Generated>, right: Option<&Generated>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left.stored == right.stored && same_sql(&left.expression, &right.expression),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Columns that went, that differ, that came: each in its table's order.
pub(super) fn columns(previous: &Table, next: &Table, changes: &mut Vec<Change>) {
    let previous_columns = by_name(previous);
    let next_columns = by_name(next);
    let table = &next.name;
    for column in previous.columns.iter().filter(|column| !next_columns.contains_key(&column.name)) {
        changes.push(Change::DropColumn { table: table.clone(), column: column.clone() });
    }
    for column in &next.columns {
        let Some(previous) = previous_columns.get(&column.name) else { continue };
        if differing(previous, column) != Differing::default() {
            let column = Pair::new((*previous).clone(), column.clone());
            changes.push(Change::AlterColumn { table: table.clone(), column });
        }
    }
    for column in next.columns.iter().filter(|column| !previous_columns.contains_key(&column.name)) {
        changes.push(Change::AddColumn { table: table.clone(), column: column.clone() });
    }
}

fn by_name(table: &Table) -> BTreeMap<&Name, &Column> {
    table.columns.iter().map(|column| (&column.name, column)).collect()
}
