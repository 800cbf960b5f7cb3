//! Which tables a revision can do something to.
//!
//! Those that its texts name, those that refer to them, and whatever these need to have rows at all: so that a large schema costs a small revision
//! nothing.

use super::said::folded;
use crate::dialect::identifiers;
use enamel_schema::Dialect;
use enamel_schema::schema::{Found, Table, Unmodelled, UnmodelledKind};
use std::collections::BTreeSet;

/// The folded names of the tables that a revision's texts name.
pub(super) fn named(texts: &[&str], found: &Found, dialect: Dialect) -> BTreeSet<String> {
    let words: BTreeSet<String> = texts.iter().flat_map(|text| identifiers(text, dialect)).collect();
    tables(found).filter(|table| words.contains(table)).collect()
}

/// All tables, folded. What a virtual table holds is its module's own.
fn tables(found: &Found) -> impl Iterator<Item = String> {
    let is_plain = |object: &&Unmodelled| {
        object.kind == UnmodelledKind::Table && !object.sql.to_ascii_uppercase().starts_with("CREATE VIRTUAL")
    };
    let others = found.unmodelled.iter().filter(is_plain).map(|object| folded(object.name.as_str()));
    found.schema.tables.iter().map(name).chain(others)
}

/// The same with their children, and the parents of all.
pub(super) fn neighbours(named: &BTreeSet<String>, found: &Found) -> BTreeSet<String> {
    let refers = |table: &&Table| parents(table).any(|parent| named.contains(&parent));
    let children: Vec<String> = found.schema.tables.iter().filter(refers).map(name).collect();
    let mut reached = named.clone();
    reached.extend(children);
    with_parents(&mut reached, found);
    reached
}

/// Adds the parents of these tables, and theirs.
pub(super) fn with_parents(reached: &mut BTreeSet<String>, found: &Found) {
    loop {
        let known: BTreeSet<String> = tables(found).collect();
        let inside = found.schema.tables.iter().filter(|table| reached.contains(&name(table)));
        let parents: Vec<String> = inside.flat_map(parents).filter(|parent| known.contains(parent)).collect();
        let before = reached.len();
        reached.extend(parents);
        if reached.len() == before {
            return;
        }
    }
}

fn name(table: &Table) -> String {
    folded(table.name.name.as_str())
}

fn parents(table: &Table) -> impl Iterator<Item = String> {
    table.foreign_keys.iter().map(|key| folded(key.referenced_table.name.as_str()))
}
