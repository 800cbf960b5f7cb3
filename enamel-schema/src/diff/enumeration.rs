//! Enums.

use crate::change::Change;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{Enumeration, Schema, Storage};
use std::collections::BTreeSet;

/// Enums that came or differ, in the order of their names. The order of the values of one enum does not count.
pub(super) fn create_and_alter(previous: &Schema, next: &Schema, renames: &Edits, changes: &mut Vec<Change>) {
    for enumeration in &next.enumerations {
        let Some(previous) = previous.enumeration(&enumeration.name) else {
            changes.push(Change::CreateEnumeration(enumeration.clone()));
            continue;
        };
        let renamed = renames.values.iter().filter(|(name, _)| *name == enumeration.name);
        let renamed: Vec<_> = renamed.map(|(_, value)| value.clone()).collect();
        if !renamed.is_empty() || !same_enumeration(previous, enumeration) {
            let enumeration = Pair::new(previous.clone(), enumeration.clone());
            changes.push(Change::AlterEnumeration { enumeration, renamed });
        }
    }
}

/// Enums that went, in the order of their names.
pub(super) fn drop(previous: &Schema, next: &Schema, changes: &mut Vec<Change>) {
    let went = previous.enumerations.iter().filter(|enumeration| next.enumeration(&enumeration.name).is_none());
    changes.extend(went.cloned().map(Change::DropEnumeration));
}

/// Whether a database keeps two enums alike.
pub(crate) fn same_enumeration(left: &Enumeration, right: &Enumeration) -> bool {
    left.storage == right.storage && kept(left) == kept(right)
}

/// What the database keeps of the values: the numbers only where it stores them.
fn kept(enumeration: &Enumeration) -> BTreeSet<(&str, Option<i64>)> {
    let values = enumeration.values.iter();
    values.map(|value| (value.name.as_str(), stored_number(enumeration, value.discriminant))).collect()
}

fn stored_number(enumeration: &Enumeration, discriminant: i64) -> Option<i64> {
    match enumeration.storage {
        Storage::Integer => Some(discriminant),
        Storage::Native | Storage::Text => None,
    }
}
