//! Checks and exclusion constraints.

use crate::diff::same::same_sql;
use crate::schema::{Check, Exclusion};

/// Whether two checks say the same.
pub(crate) fn same_check(left: &Check, right: &Check) -> bool {
    same_sql(&left.expression, &right.expression)
}

/// Whether two exclusion constraints say the same.
pub(crate) fn same_exclusion(left: &Exclusion, right: &Exclusion) -> bool {
    same_sql(&left.definition, &right.definition)
}
