//! Which tables a revision can do something to.
//!
//! Those that its texts name, those that refer to them, and whatever these need to have rows at all: so that a large schema costs a small revision
//! nothing.

use super::said::{folded, key, quoted};
use enamel_schema::Dialect;
use enamel_schema::schema::{Found, Table, Type, Unmodelled, UnmodelledKind};
use enamel_schema::split::{Token, tokens};
use std::collections::BTreeSet;

/// The keys of the tables that a revision's texts name, or of whose enums they name one.
pub(super) fn named(texts: &[&str], found: &Found, dialect: Dialect) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    texts.iter().for_each(|text| add_words(text, dialect, &mut words));
    for routine in found.unmodelled.iter().filter(|object| object.kind == UnmodelledKind::Function) {
        let name = folded(routine.name.as_str().split('(').next().unwrap_or_default());
        if words.contains(name.rsplit('.').next().unwrap_or(&name)) {
            add_words(&routine.sql, dialect, &mut words);
        }
    }
    let is_named = |key: &String| words.contains(key.rsplit('.').next().unwrap_or(key));
    let mut named: BTreeSet<String> = tables(found).filter(is_named).collect();
    let holds = |table: &&Table| {
        table.columns.iter().any(|column| enumeration(&column.data_type).is_some_and(|name| words.contains(&name)))
    };
    named.extend(found.schema.tables.iter().filter(holds).map(|table| key(&table.name)));
    named
}

/// What a text names, and what the texts in it name: bodies of functions, and what they execute.
fn add_words(text: &str, dialect: Dialect, words: &mut BTreeSet<String>) {
    let tokens = tokens(text, dialect);
    words.extend(tokens.iter().filter_map(Token::identifier).map(|name| folded(&name)));
    tokens.iter().filter_map(|token| quoted(token.text)).for_each(|inner| add_words(inner, dialect, words));
}

/// The enum of a type.
fn enumeration(data_type: &Type) -> Option<String> {
    if let Type::Array(element) = data_type {
        return enumeration(element);
    }
    if let Type::Enumeration(name) = data_type { Some(folded(name.as_str())) } else { None }
}

/// All tables, by keys. What a virtual table holds is its module's own.
fn tables(found: &Found) -> impl Iterator<Item = String> {
    let is_plain = |object: &&Unmodelled| {
        object.kind == UnmodelledKind::Table && !object.sql.to_ascii_uppercase().starts_with("CREATE VIRTUAL")
    };
    let others = found.unmodelled.iter().filter(is_plain).map(|object| folded(object.name.as_str()));
    found.schema.tables.iter().map(|table| key(&table.name)).chain(others)
}

/// The same with their children, and the parents of all.
pub(super) fn neighbours(named: &BTreeSet<String>, found: &Found) -> BTreeSet<String> {
    let refers = |table: &&Table| parents(table).any(|parent| named.contains(&parent));
    let children: Vec<String> = found.schema.tables.iter().filter(refers).map(|table| key(&table.name)).collect();
    let mut reached = named.clone();
    reached.extend(children);
    with_parents(&mut reached, found);
    reached
}

/// Adds the parents of these tables, and theirs.
pub(super) fn with_parents(reached: &mut BTreeSet<String>, found: &Found) {
    loop {
        let known: BTreeSet<String> = tables(found).collect();
        let inside = found.schema.tables.iter().filter(|table| reached.contains(&key(&table.name)));
        let parents: Vec<String> = inside.flat_map(parents).filter(|parent| known.contains(parent)).collect();
        let before = reached.len();
        reached.extend(parents);
        if reached.len() == before {
            return;
        }
    }
}

fn parents(table: &Table) -> impl Iterator<Item = String> {
    table.foreign_keys.iter().map(|reference| key(&reference.referenced_table))
}
