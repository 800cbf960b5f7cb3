//! Keys: primary ones and unique constraints.

use crate::diff::same::compatible_names;
use crate::schema::{PrimaryKey, Unique};

/// Whether two unique constraints allow the same rows. The order of their columns does not count.
pub(crate) fn same_unique(left: &Unique, right: &Unique) -> bool {
    let sorted = |unique: &Unique| {
        let mut columns = unique.columns.clone();
        columns.sort();
        columns
    };
    sorted(left) == sorted(right)
        && left.nulls_not_distinct == right.nulls_not_distinct
        && left.deferrable == right.deferrable
}

/// Whether two primary keys are the same, names included. The order of their columns counts: it is that of the index below.
pub(crate) fn same_primary_key(left: Option<&PrimaryKey>, right: Option<&PrimaryKey>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left.columns == right.columns && compatible_names(&left.name, &right.name),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}
