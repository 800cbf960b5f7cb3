//! What differs between two schemas leads from one to the other and back, in every database's words.

use super::chance::law;
use super::texts::read_back;
use enamel_schema::arbitrary::{schema_with_renames, schemas_with_renames};
use enamel_schema::diff::diff;
use enamel_schema::draft::draft;
use enamel_schema::render::Script;
use enamel_schema::revision::{Header, write};
use enamel_schema::schema::{ConstraintName, Storage};
use enamel_schema::split::statements;
use enamel_schema::{Change, Dialect, Edits, Name, Pair, Schema, naming};

#[test]
fn what_differs_leads_there_and_back() {
    let case = (schema_with_renames(), schemas_with_renames());
    law("what_differs_leads_there_and_back", &case, |((alike, renames), (schemas, edits))| {
        nothing_differs_from_itself(&alike.previous)?;
        only_renames_differ(alike.as_ref(), &renames)?;
        let (previous, next) = (named(schemas.previous.clone()), named(schemas.next.clone()));
        changes_lead_there_and_back(Pair::new(previous, next), &edits)?;
        the_way_back_differs_by_as_much(schemas.as_ref(), &edits)?;
        read_back(naming::complete(&schemas.previous, &schemas.next, &edits))
    });
}

#[test]
fn what_is_written_is_split_again() {
    law("what_is_written_is_split_again", &schemas_with_renames(), |(schemas, edits)| {
        let previous = naming::complete(&Schema::default(), &schemas.previous, &Edits::default());
        let next = naming::complete(&previous, &schemas.next, &edits);
        for dialect in [Dialect::Sqlite, Dialect::Postgres] {
            let again = || draft(Pair::new(&previous, &next), &edits, dialect, &[]);
            // What a database cannot hold is refused.
            let Ok(draft) = again() else { continue };
            if again().as_ref() != Ok(&draft) {
                return Err(format!("it is drafted in two ways for {dialect}"));
            }
            is_split_again(&draft.up, dialect)?;
            draft.down.iter().try_for_each(|down| is_split_again(down, dialect))?;
        }
        Ok(())
    });
}

/// That a file holds the statements of a script and no others.
pub(super) fn is_split_again(script: &Script, dialect: Dialect) -> Result<(), String> {
    let text = write(&Header::default(), script, dialect);
    let found: Vec<_> =
        statements(&text, dialect).into_iter().map(|piece| (piece.text, piece.must_be_empty.is_some())).collect();
    let expected: Vec<_> =
        script.statements.iter().map(|one| (one.sql.as_str(), one.must_be_empty.is_some())).collect();
    if found == expected {
        Ok(())
    } else {
        Err(format!("{dialect}: {expected:#?}\nis written as\n{text}\nand split into\n{found:#?}"))
    }
}

fn nothing_differs_from_itself(schema: &Schema) -> Result<(), String> {
    let changes = diff(schema, schema, &Edits::default());
    if changes.is_empty() { Ok(()) } else { Err(format!("it differs from itself: {changes:#?}")) }
}

fn only_renames_differ(schemas: Pair<&Schema>, edits: &Edits) -> Result<(), String> {
    let changes = diff(schemas.previous, schemas.next, edits);
    let values = changes
        .iter()
        .map(|change| if let Change::AlterEnumeration { renamed, .. } = change { renamed.len() } else { 0 });
    let others = changes.iter().filter(|change| !matches!(change, Change::AlterEnumeration { .. })).count();
    let expected = (edits.values.len(), edits.tables.len() + edits.columns.len());
    if (values.sum::<usize>(), others) == expected {
        Ok(())
    } else {
        Err(format!("{expected:?} renames are {changes:#?}"))
    }
}

fn changes_lead_there_and_back(schemas: Pair<Schema>, edits: &Edits) -> Result<(), String> {
    let changes = diff(&schemas.previous, &schemas.next, edits);
    for words in changes.iter().flat_map(|change| [change.summary(), change.difference("was", "is")]) {
        if words.is_empty() || words.contains(char::is_control) {
            return Err(format!("a summary does not stand on one line: {words:?}"));
        }
    }
    let mut schema = schemas.previous.clone();
    for change in &changes {
        schema.apply(change).map_err(|error| error.to_string())?;
    }
    if canonical(schema.clone()) != canonical(schemas.next) {
        return Err(format!("the changes lead elsewhere: {changes:#?}"));
    }
    for change in changes.iter().rev() {
        schema.apply(&change.reverse()).map_err(|error| error.to_string())?;
    }
    if canonical(schema) == canonical(schemas.previous) {
        Ok(())
    } else {
        Err(format!("the changes do not lead back: {changes:#?}"))
    }
}

fn the_way_back_differs_by_as_much(schemas: Pair<&Schema>, edits: &Edits) -> Result<(), String> {
    let there = diff(schemas.previous, schemas.next, edits);
    let back = diff(schemas.next, schemas.previous, &edits.reversed());
    let columns =
        |changes: &[Change]| changes.iter().filter(|change| matches!(change, Change::AlterColumn { .. })).count();
    let same = there.is_empty() == back.is_empty() && columns(&there) == columns(&back);
    if same { Ok(()) } else { Err(format!("{there:#?}\nis on the way back\n{back:#?}")) }
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
