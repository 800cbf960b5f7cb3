//! Renames in an order in which each next name is free, and names that nothing bears.
//!
//! To SQLite `Users` and `users` are one name, so that one table may wait for another, and two of them for each other.

use super::object::Object;
use crate::pair::Pair;
use crate::schema::{Name, Schema};
use std::collections::BTreeSet;

/// Names as SQLite compares them: without regard to the case of ASCII letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    /// The names of tables, indexes and whatever else there is at either end: all of them share one space.
    pub(super) fn of(schemas: Pair<&Schema>, objects: &[Object]) -> Self {
        let mut taken = Self::default();
        for table in schemas.previous.tables.iter().chain(&schemas.next.tables) {
            taken.take(&table.name.name);
            table.indexes.iter().filter_map(|index| index.name.name()).for_each(|name| taken.take(name));
        }
        objects.iter().for_each(|object| taken.take(&object.unmodelled.name));
        taken
    }

    /// These names.
    pub(super) fn from_names<'a>(names: impl IntoIterator<Item = &'a Name>) -> Self {
        let mut taken = Self::default();
        names.into_iter().for_each(|name| taken.take(name));
        taken
    }

    /// A name that begins with `prefix`, ends with `name`, and is free.
    pub(super) fn free(&self, prefix: &str, name: &Name) -> Name {
        let mut text = format!("{prefix}_{name}");
        while self.0.contains(&text.to_ascii_lowercase()) {
            text.push('_');
        }
        Name::new(text).unwrap_or_else(|_| name.clone())
    }

    fn take(&mut self, name: &Name) {
        self.0.insert(name.as_str().to_ascii_lowercase());
    }

    fn leave(&mut self, name: &Name) {
        self.0.remove(&name.as_str().to_ascii_lowercase());
    }

    pub(super) fn has(&self, name: &Name) -> bool {
        self.0.contains(&name.as_str().to_ascii_lowercase())
    }
}

/// The renames, each with its position among those given, in an order in which next names are free; one that waits for itself goes by a name
/// in between. `here` are the names that are there, `elsewhere` those that are not to be used in between.
pub(super) fn in_order(renames: &[&Pair<Name>], mut here: Taken, elsewhere: &Taken) -> Vec<(usize, Pair<Name>)> {
    let mut ordered = Vec::with_capacity(renames.len());
    let mut waiting: Vec<(usize, Pair<Name>)> = renames.iter().map(|pair| (*pair).clone()).enumerate().collect();
    let mut make = |here: &mut Taken, position: usize, pair: Pair<Name>| {
        here.leave(&pair.previous);
        here.take(&pair.next);
        ordered.push((position, pair));
    };
    let mut opened = 0;
    while !waiting.is_empty() {
        if let Some(free) = waiting.iter().position(|(_, pair)| !here.has(&pair.next)) {
            let (position, pair) = waiting.remove(free);
            make(&mut here, position, pair);
            continue;
        }
        // All wait for each other, or for something that stays, which SQLite will say.
        let (position, pair) = waiting.remove(0);
        opened += 1;
        if opened > renames.len() {
            make(&mut here, position, pair);
            continue;
        }
        let between = elsewhere.free("enamel_renamed", &pair.next);
        make(&mut here, position, Pair::new(pair.previous, between.clone()));
        waiting.push((position, Pair::new(between, pair.next)));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::names;

    fn ordered(here: &[&str], renames: &[(&str, &str)]) -> Vec<String> {
        let name = |text: &str| Name::new(text).unwrap();
        let pairs: Vec<_> = renames.iter().map(|(previous, next)| Pair::new(name(previous), name(next))).collect();
        let here = Taken::from_names(&names(here));
        let ordered = in_order(&pairs.iter().collect::<Vec<_>>(), here.clone(), &here);
        ordered.into_iter().map(|(_, pair)| format!("{}>{}", pair.previous, pair.next)).collect()
    }

    #[test]
    fn each_waits_until_its_name_is_free() {
        assert_eq!(ordered(&["a", "b"], &[("a", "B"), ("b", "c")]), ["b>c", "a>B"]);
        assert_eq!(ordered(&["a"], &[("a", "A")]), ["a>enamel_renamed_A", "enamel_renamed_A>A"]);
        assert_eq!(
            ordered(&["a", "b"], &[("a", "B"), ("b", "A")]),
            ["a>enamel_renamed_B", "b>A", "enamel_renamed_B>B"]
        );
    }

    #[test]
    fn a_name_that_stays_is_no_endless_wait() {
        assert_eq!(ordered(&["a", "b"], &[("a", "B")]).last().unwrap(), "enamel_renamed_B>B");
    }
}
