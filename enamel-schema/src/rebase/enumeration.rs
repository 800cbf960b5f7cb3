//! An enum that both branches changed, value by value.

use super::Clash;
use super::again::{Made, add, replace};
use crate::change::{Change, quoted_text};
use crate::diff::{carry, same_enumeration};
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{Enumeration, EnumerationValue, Schema, Storage};
use std::collections::BTreeSet;

pub(super) fn create(schema: &mut Schema, enumeration: &Enumeration, change: &Change) -> Result<Made, Clash> {
    match schema.enumeration(&enumeration.name) {
        Some(theirs) if !same_enumeration(theirs, enumeration) => Err(Clash::other(change, "enum", &enumeration.name)),
        Some(_) | None => Ok(add(&mut schema.enumerations, enumeration, |other| other.name == enumeration.name)),
    }
}

/// Makes the difference between the two ends, and leaves what theirs did to other values.
pub(super) fn alter(
    schema: &mut Schema,
    ends: Pair<&Enumeration>,
    renamed: &[Pair<String>],
    change: &Change,
) -> Result<Made, Clash> {
    let name = &ends.next.name;
    let Some(theirs) = schema.enumeration(name) else { return Err(Clash::gone(change, "enum", name)) };
    let still = still_to_rename(theirs, renamed, change)?;
    let mut next = theirs.clone();
    // Order matters: whether numbers can contradict each other depends on it.
    let storage = ends.map(|end| end.storage);
    if storage.differs() {
        replace(&mut next.storage, &storage, |one, other| one == other)
            .ok_or_else(|| Clash::changed(change, "how it is kept"))?;
    }
    for value in &mut next.values {
        if let Some(pair) = still.iter().find(|pair| pair.previous == value.name) {
            value.name.clone_from(&pair.next);
        }
    }
    next.values.retain(|value| !went(ends, renamed, &value.name));
    for (place, value) in ends.next.values.iter().enumerate() {
        let former = renamed.iter().find(|pair| pair.next == value.name).map_or(&value.name, |pair| &pair.previous);
        let behind = ends.next.values.get(place + 1..).unwrap_or_default();
        take(&mut next, value_of(ends.previous, former), (value, behind), change)?;
    }
    let mut numbers = BTreeSet::new();
    if next.storage == Storage::Integer && !next.values.iter().all(|value| numbers.insert(value.discriminant)) {
        return Err(Clash::new(change, "theirs has another value of this number"));
    }
    if still.is_empty() && same_enumeration(theirs, &next) {
        return Ok(Made::Already);
    }
    let values = still.into_iter().map(|value| (name.clone(), value)).collect();
    carry(schema, &Edits { values, ..Edits::default() });
    schema.enumerations.iter_mut().filter(|other| other.name == *name).for_each(|other| *other = next.clone());
    Ok(Made::Now)
}

/// The renames that theirs has not made.
fn still_to_rename(
    theirs: &Enumeration,
    renamed: &[Pair<String>],
    change: &Change,
) -> Result<Vec<Pair<String>>, Clash> {
    let mut still = Vec::new();
    for pair in renamed {
        match pair.as_ref().map(|value| value_of(theirs, value).is_some()) {
            Pair { previous: true, next: false } => still.push(pair.clone()),
            Pair { previous: false, next: true } => {}
            Pair { previous: false, next: false } | Pair { previous: true, next: true } => {
                let [previous, next] = [&pair.previous, &pair.next].map(|value| quoted_text(value));
                let reason = format!("theirs renamed, dropped or added {previous} or {next} too");
                return Err(Clash::new(change, reason));
            }
        }
    }
    Ok(still)
}

/// Whether mine dropped a value.
fn went(ends: Pair<&Enumeration>, renamed: &[Pair<String>], value: &str) -> bool {
    let is_there = ends.map(|end| value_of(end, value).is_some());
    is_there.previous && !is_there.next && !renamed.iter().any(|pair| pair.previous == value)
}

/// Makes what mine did to one value: it came, or has another number. A value that came stands before those that mine has `behind` it, since a
/// database may sort by that.
fn take(
    next: &mut Enumeration,
    previous: Option<&EnumerationValue>,
    (mine, behind): (&EnumerationValue, &[EnumerationValue]),
    change: &Change,
) -> Result<(), Clash> {
    let stored = next.storage == Storage::Integer;
    let Some(theirs) = next.values.iter_mut().find(|value| value.name == mine.name) else {
        // What theirs dropped stays dropped.
        if previous.is_none() {
            let is_behind = |value: &EnumerationValue| behind.iter().any(|other| other.name == value.name);
            let place = next.values.iter().position(is_behind).unwrap_or(next.values.len());
            next.values.insert(place, mine.clone());
        }
        return Ok(());
    };
    let was = previous.map(|value| value.discriminant);
    if was == Some(mine.discriminant) || theirs.discriminant == mine.discriminant {
        return Ok(());
    }
    if stored && was != Some(theirs.discriminant) {
        return Err(Clash::new(change, format!("theirs gave {} another number", quoted_text(&mine.name))));
    }
    theirs.discriminant = mine.discriminant;
    Ok(())
}

fn value_of<'e>(enumeration: &'e Enumeration, name: &str) -> Option<&'e EnumerationValue> {
    enumeration.values.iter().find(|value| value.name == name)
}
