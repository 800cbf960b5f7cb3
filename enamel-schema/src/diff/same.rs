//! When two texts say the same.

use crate::dialect::Dialect;
use crate::schema::{ConstraintName, DefaultValue, Sql, Type};
use crate::split::same_expression;

/// Whether two expressions say the same on every database.
pub(crate) fn same_sql(left: &Sql, right: &Sql) -> bool {
    left == right
        || Dialect::ALL.into_iter().all(|dialect| match (left.for_dialect(dialect), right.for_dialect(dialect)) {
            (Some(left), Some(right)) => left == right || same_expression(left, right),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        })
}

/// Whether both are there and say the same, or neither is there.
pub(super) fn same_optional_sql(left: Option<&Sql>, right: Option<&Sql>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => same_sql(left, right),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Whether two types are the same: a type that is SQL is compared as tokens, so that `varchar(10)` is `VARCHAR (10)`.
pub(crate) fn same_type(left: &Type, right: &Type) -> bool {
    if let (Type::Sql(left), Type::Sql(right)) = (left, right) {
        same_sql(left, right)
    } else if let (Type::Array(left), Type::Array(right)) = (left, right) {
        same_type(left, right)
    } else {
        left == right
    }
}

/// Whether two columns default to the same.
pub(super) fn same_default(left: Option<&DefaultValue>, right: Option<&DefaultValue>) -> bool {
    if let (Some(DefaultValue::Sql(left)), Some(DefaultValue::Sql(right))) = (left, right) {
        same_sql(left, right)
    } else {
        left == right
    }
}

/// Whether two names could be one constraint's: they differ only where a model states one and the other is known.
pub(crate) fn compatible_names(left: &ConstraintName, right: &ConstraintName) -> bool {
    let stated = left.stated().is_some() || right.stated().is_some();
    match (left.name(), right.name()) {
        (Some(left), Some(right)) => !stated || left == right,
        (None, Some(_)) | (Some(_), None) | (None, None) => true,
    }
}
