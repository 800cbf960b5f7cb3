//! What holds for all schemas.

use crate::arbitrary::{schema, schema_with_renames, schemas_with_renames};
use crate::diff::diff;
use crate::edits::Edits;
use crate::schema::{ConstraintName, Schema, Storage};
use crate::{Change, Name};
use proptest::prelude::*;

proptest! {
    #[test]
    fn nothing_differs_from_itself(schema in schema()) {
        prop_assert_eq!(diff(&schema, &schema, &Edits::default()), []);
    }

    #[test]
    fn a_pure_rename_is_nothing_but_renames((schemas, edits) in schema_with_renames()) {
        let changes = diff(&schemas.previous, &schemas.next, &edits);
        let mut renamed_values = 0;
        let mut others = 0;
        for change in &changes {
            if let Change::AlterEnumeration { renamed, .. } = change {
                renamed_values += renamed.len();
            } else {
                others += 1;
            }
        }
        prop_assert_eq!(renamed_values, edits.values.len());
        prop_assert_eq!(others, edits.tables.len() + edits.columns.len(), "{:?}", changes);
    }

    #[test]
    fn the_changes_lead_there_and_back((schemas, edits) in schemas_with_renames()) {
        let (previous, next) = (named(schemas.previous), named(schemas.next));
        let changes = diff(&previous, &next, &edits);
        let mut schema = previous.clone();
        for change in &changes {
            schema.apply(change)?;
        }
        prop_assert_eq!(canonical(schema.clone()), canonical(next.clone()), "{:#?}", changes);
        for change in changes.iter().rev() {
            schema.apply(&change.reverse())?;
        }
        prop_assert_eq!(canonical(schema), canonical(previous), "{:#?}", changes);
    }

    #[test]
    fn the_way_back_differs_by_as_much((schemas, edits) in schemas_with_renames()) {
        let there = diff(&schemas.previous, &schemas.next, &edits);
        let back = diff(&schemas.next, &schemas.previous, &edits.reversed());
        prop_assert_eq!(there.is_empty(), back.is_empty());
        let columns = |changes: &[Change]| changes.iter().filter(|change| matches!(change, Change::AlterColumn { .. })).count();
        prop_assert_eq!(columns(&there), columns(&back));
    }

    #[test]
    fn summaries_stand_on_one_line((schemas, edits) in schemas_with_renames()) {
        for change in diff(&schemas.previous, &schemas.next, &edits) {
            for words in [change.summary(), change.difference("was", "is")] {
                prop_assert!(!words.is_empty() && !words.contains(char::is_control), "{:?}", words);
            }
        }
    }
}

/// A derived name for every constraint that has none: one without a name takes any, so that it is not known which it has afterwards.
fn named(mut schema: Schema) -> Schema {
    for name in names(&mut schema).filter(|name| **name == ConstraintName::Unnamed) {
        *name = ConstraintName::Derived(Name::new("derived").unwrap());
    }
    schema
}

/// The schema without what is never a change: orders that mean nothing, names that are not stated, numbers that are not stored.
fn canonical(mut schema: Schema) -> Schema {
    for name in names(&mut schema).filter(|name| name.stated().is_none()) {
        *name = ConstraintName::Unnamed;
    }
    for enumeration in &mut schema.enumerations {
        if enumeration.storage != Storage::Integer {
            enumeration.values.iter_mut().for_each(|value| value.discriminant = 0);
        }
        enumeration.values.sort_by(|left, right| left.name.cmp(&right.name));
    }
    for table in &mut schema.tables {
        table.columns.sort_by(|left, right| left.name.cmp(&right.name));
        table.uniques.iter_mut().for_each(|unique| unique.columns.sort());
        table.uniques.sort_by_key(|unique| format!("{unique:?}"));
        table.indexes.iter_mut().for_each(|index| index.include.sort());
        table.indexes.sort_by_key(|index| format!("{index:?}"));
        table.foreign_keys.sort_by_key(|key| format!("{key:?}"));
        table.checks.sort_by_key(|check| format!("{check:?}"));
        table.exclusions.sort_by_key(|exclusion| format!("{exclusion:?}"));
    }
    schema
}

fn names(schema: &mut Schema) -> impl Iterator<Item = &mut ConstraintName> {
    schema.tables.iter_mut().flat_map(|table| {
        let primary_key = table.primary_key.iter_mut().map(|key| &mut key.name);
        let uniques = table.uniques.iter_mut().map(|unique| &mut unique.name);
        let indexes = table.indexes.iter_mut().map(|index| &mut index.name);
        let foreign_keys = table.foreign_keys.iter_mut().map(|key| &mut key.name);
        let checks = table.checks.iter_mut().map(|check| &mut check.name);
        let exclusions = table.exclusions.iter_mut().map(|exclusion| &mut exclusion.name);
        primary_key.chain(uniques).chain(indexes).chain(foreign_keys).chain(checks).chain(exclusions)
    })
}
