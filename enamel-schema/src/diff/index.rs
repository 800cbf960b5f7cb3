//! Indexes.

use crate::diff::same::{same_optional_sql, same_sql};
use crate::schema::{Index, IndexKey, IndexPart, Name};

/// Whether two indexes are over the same, in the same way.
pub(crate) fn same_index(left: &Index, right: &Index) -> bool {
    left.unique == right.unique
        && left.parts.len() == right.parts.len()
        && left.parts.iter().zip(&right.parts).all(|(left, right)| same_part(left, right))
        && same_optional_sql(left.condition.as_ref(), right.condition.as_ref())
        && left.method == right.method
        && sorted(&left.include) == sorted(&right.include)
        && left.with == right.with
        && left.nulls_not_distinct == right.nulls_not_distinct
}

fn same_part(left: &IndexPart, right: &IndexPart) -> bool {
    let same_key = match (&left.key, &right.key) {
        (IndexKey::Column(left), IndexKey::Column(right)) => left == right,
        (IndexKey::Expression(left), IndexKey::Expression(right)) => same_sql(left, right),
        (IndexKey::Column(_), IndexKey::Expression(_)) | (IndexKey::Expression(_), IndexKey::Column(_)) => false,
    };
    same_key
        && left.descending == right.descending
        && left.nulls == right.nulls
        && left.collation == right.collation
        && left.operator_class == right.operator_class
}

fn sorted(names: &[Name]) -> Vec<&Name> {
    let mut names: Vec<_> = names.iter().collect();
    names.sort();
    names
}
