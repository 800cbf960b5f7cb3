//! Foreign keys.

use crate::schema::{ForeignKey, Name};

/// Whether two foreign keys say the same. The order of their pairs of columns does not count.
pub(crate) fn same_foreign_key(left: &ForeignKey, right: &ForeignKey) -> bool {
    left.referenced_table == right.referenced_table
        && pairs(left) == pairs(right)
        && left.on_delete == right.on_delete
        && left.on_update == right.on_update
        && left.deferrable == right.deferrable
}

fn pairs(key: &ForeignKey) -> Vec<(&Name, &Name)> {
    let mut pairs: Vec<_> = key.columns.iter().zip(&key.referenced_columns).collect();
    pairs.sort();
    pairs
}
