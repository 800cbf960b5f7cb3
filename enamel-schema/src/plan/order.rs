//! Which table comes before which.

use crate::schema::{Table, TableName};
use std::collections::{BTreeMap, BTreeSet};

/// The tables, each after those that it refers to, else as they stood. A circle is entered where it is met first.
pub(super) fn parents_first<'a>(tables: &[&'a Table]) -> Vec<&'a Table> {
    let mut visit = Visit {
        tables: tables.iter().map(|table| (&table.name, *table)).collect(),
        seen: BTreeSet::new(),
        ordered: Vec::with_capacity(tables.len()),
    };
    for table in tables {
        visit.table(table);
    }
    visit.ordered
}

struct Visit<'a> {
    tables: BTreeMap<&'a TableName, &'a Table>,
    seen: BTreeSet<&'a TableName>,
    ordered: Vec<&'a Table>,
}

impl<'a> Visit<'a> {
    /// Goes down without recursion: a chain of keys may be as long as there are tables.
    fn table(&mut self, table: &'a Table) {
        let mut path = vec![(table, 0)];
        if !self.seen.insert(&table.name) {
            return;
        }
        while let Some((table, key)) = path.last_mut() {
            let Some(foreign_key) = table.foreign_keys.get(*key) else {
                self.ordered.push(table);
                path.pop();
                continue;
            };
            *key += 1;
            if let Some(&parent) = self.tables.get(&foreign_key.referenced_table)
                && self.seen.insert(&parent.name)
            {
                path.push((parent, 0));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Action, ConstraintName, Deferrable, ForeignKey, Name};

    fn table(name: &str, parents: &[&str]) -> Table {
        let name_of = |name: &str| TableName::new(Name::new(name).unwrap());
        let mut table = Table::new(name_of(name));
        table.foreign_keys.extend(parents.iter().map(|parent| ForeignKey {
            name: ConstraintName::Unnamed,
            columns: Vec::new(),
            referenced_table: name_of(parent),
            referenced_columns: Vec::new(),
            on_delete: Action::NoAction,
            on_update: Action::NoAction,
            deferrable: Deferrable::No,
        }));
        table
    }

    fn ordered(tables: &[Table]) -> Vec<String> {
        let tables: Vec<&Table> = tables.iter().collect();
        parents_first(&tables).into_iter().map(|table| table.name.to_string()).collect()
    }

    #[test]
    fn parents_come_before_their_children() {
        let tables = [table("books", &["shelves", "authors"]), table("authors", &[]), table("shelves", &["rooms"])];
        assert_eq!(ordered(&tables), ["shelves", "authors", "books"]);
    }

    #[test]
    fn circles_and_long_chains_come_to_an_end() {
        let mut tables = vec![table("a", &["a", "b"]), table("b", &["a"])];
        assert_eq!(ordered(&tables), ["b", "a"]);
        tables.extend((0..10_000).map(|number| table(&format!("t{number}"), &[&format!("t{}", number + 1)])));
        assert_eq!(ordered(&tables)[2], "t9999");
    }
}
