//! The schema at which a change stops halfway, where no database could go all the way at once.
//!
//! PostgreSQL lets nobody use a value of an enum in the transaction that adds it
//! (<https://www.postgresql.org/docs/13/sql-altertype.html#id-1.9.3.42.7>). A revision that adds one and uses it could only make the type anew, and write
//! every column of it again; two revisions write nothing again.

use crate::dialect::Dialect;
use crate::diff::diff;
use crate::edits::Edits;
use crate::lower::{lower, lower_edits};
use crate::pair::Pair;
use crate::plan::used_at_once;
use crate::schema::{Enumeration, EnumerationValue, Name, Schema};
use std::collections::BTreeSet;

/// The schema between two others at which a revision of its own has to end: as before, with the values that one of the databases cannot use at once.
/// `None` where one revision is enough. It is the same for all databases, so that their revisions stay in step.
///
/// `schemas` are neutral and named ([`crate::naming::complete`]); `edits` are settled, and belong to the second half.
///
/// ```
/// use enamel_schema::schema::{Column, DefaultValue, Enumeration, EnumerationValue, Name, Schema, Storage, Table, TableName, Type};
/// use enamel_schema::{Dialect, Edits, Pair, halfway::halfway};
/// let users = |values: &[&str], default: &str| -> Result<Schema, Box<dyn std::error::Error>> {
///     let values = values.iter().map(|name| EnumerationValue { name: (*name).to_owned(), discriminant: 0 });
///     let role = Enumeration { name: Name::new("role")?, values: values.collect(), storage: Storage::Native };
///     let mut table = Table::new(TableName::new(Name::new("users")?));
///     table.columns.push(Column {
///         default: Some(DefaultValue::Variant(default.to_owned())),
///         ..Column::new(Name::new("role")?, Type::Enumeration(role.name.clone()))
///     });
///     Ok(Schema { tables: vec![table], enumerations: vec![role], ..Schema::default() })
/// };
/// let (previous, next) = (users(&["member"], "member")?, users(&["member", "guest"], "guest")?);
/// let schemas = Pair::new(&previous, &next);
///
/// assert_eq!(halfway(schemas, &Edits::default(), &[Dialect::Sqlite]), None);
/// assert_eq!(halfway(schemas, &Edits::default(), &[Dialect::Postgres]), Some(users(&["member", "guest"], "member")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn halfway(schemas: Pair<&Schema>, edits: &Edits, dialects: &[Dialect]) -> Option<Schema> {
    // Most revisions end here: lowering costs more than looking.
    let mut added = schemas.next.enumerations.iter().filter(|next| {
        let previous = schemas.previous.enumeration(&next.name);
        previous.is_some_and(|previous| previous.values.len() < next.values.len())
    });
    added.next()?;
    let awaited: BTreeSet<Name> = dialects.iter().flat_map(|dialect| awaited(schemas, edits, *dialect)).collect();
    if awaited.is_empty() {
        return None;
    }
    let mut middle = schemas.previous.clone();
    for enumeration in middle.enumerations.iter_mut().filter(|enumeration| awaited.contains(&enumeration.name)) {
        if let Some(next) = schemas.next.enumeration(&enumeration.name) {
            enumeration.values = before_renames(next, edits);
        }
    }
    Some(middle)
}

/// The enums whose new values one database has to have before they are used. What it cannot hold is refused where it is drafted.
fn awaited(schemas: Pair<&Schema>, edits: &Edits, dialect: Dialect) -> Vec<Name> {
    let lowered = schemas.map(|schema| lower(schema, dialect));
    let (Ok(previous), Ok(next)) = (lowered.previous, lowered.next) else { return Vec::new() };
    let lowered = Pair::new(&previous.schema, &next.schema);
    let edits = lower_edits(edits, schemas, dialect);
    let changes = diff(lowered.previous, lowered.next, &edits);
    used_at_once(lowered, &changes, &edits, dialect)
}

/// The values of an enum in their order, by the names that they have before the renames.
fn before_renames(enumeration: &Enumeration, edits: &Edits) -> Vec<EnumerationValue> {
    let former = |value: &EnumerationValue| {
        let renamed = edits.values.iter().find(|(name, pair)| *name == enumeration.name && pair.next == value.name);
        renamed.map_or(&value.name, |(_, pair)| &pair.previous).clone()
    };
    enumeration.values.iter().map(|value| EnumerationValue { name: former(value), ..value.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::*;
    use crate::schema::{Check, Column, ConstraintName, DefaultValue, Sql, Type};

    /// A table with a column of an enum that has this default, and a check.
    fn state(values: &[&str], default: &str, check: &str) -> Schema {
        let role = enumeration("role", values);
        let column = Column {
            default: Some(DefaultValue::Variant(default.to_owned())),
            ..Column::new(name("role"), Type::Enumeration(role.name.clone()))
        };
        let mut users = users(&["id"]);
        users.columns.push(column);
        users.checks.push(Check { name: ConstraintName::Unnamed, expression: Sql::new(check) });
        Schema { enumerations: vec![role], ..schema([users]) }
    }

    #[test]
    fn only_values_that_are_used_at_once_are_waited_for() {
        let previous = state(&["admin", "member"], "member", "role <> 'nobody'");
        let of = |next: &Schema, edits: &Edits| {
            halfway(Pair::new(&previous, next), edits, &[Dialect::Sqlite, Dialect::Postgres])
        };
        let added = state(&["admin", "guest", "member"], "member", "role <> 'nobody'");
        assert_eq!(of(&added, &Edits::default()), None);

        let by_default = state(&["admin", "guest", "member"], "guest", "role <> 'nobody'");
        assert_eq!(of(&by_default, &Edits::default()), Some(added.clone()));
        assert_eq!(halfway(Pair::new(&previous, &by_default), &Edits::default(), &[Dialect::Sqlite]), None);
        let in_check = state(&["admin", "guest", "member"], "member", "role <> 'guest'");
        assert_eq!(of(&in_check, &Edits::default()), Some(added.clone()));
        let key = (table_name("users"), name("role"));
        let in_rows = Edits { conversions: [(key, Sql::new("'guest'"))].into(), ..Edits::default() };
        assert_eq!(of(&added, &in_rows), Some(added.clone()));

        // A value that goes cannot be taken away in place.
        let another = state(&["admin", "guest", "host"], "guest", "role <> 'nobody'");
        assert_eq!(of(&another, &Edits::default()), None);
        // One that is renamed is, by the second half.
        let renamed = Edits {
            values: vec![(name("role"), Pair::new("member".to_owned(), "host".to_owned()))],
            ..Edits::default()
        };
        assert_eq!(of(&another, &renamed), Some(added));
    }
}
