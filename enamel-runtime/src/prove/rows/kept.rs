//! What rows were before and are after, and what became of them that nothing says.

use super::said::{Fate, folded};
use super::words::{Words, quoted};
use crate::connection::{Connection, DriverError, block_on};
use crate::scratch::ScratchConnection;
use enamel_schema::schema::{Column, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The rows of a table, as SQL literals. Generated columns are left out: they follow from the others.
#[derive(Debug)]
pub(super) struct Rows<'t> {
    table: &'t Table,
    columns: Vec<&'t Column>,
    rows: Vec<Vec<String>>,
}

impl<'t> Rows<'t> {
    /// Reads them.
    pub(super) fn of(connection: &mut ScratchConnection, table: &'t Table, words: &Words) -> Result<Self, DriverError> {
        let columns: Vec<&Column> = table.columns.iter().filter(|column| column.generated.is_none()).collect();
        let list: Vec<String> = columns.iter().map(|column| words.column(column)).collect();
        let list = if list.is_empty() { "''".to_owned() } else { list.join(", ") };
        let sql = format!("SELECT {list} FROM {}", quoted(&table.name));
        let rows = block_on(connection.rows(&sql))?;
        let rows = rows.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect();
        Ok(Self { table, columns, rows })
    }

    /// How many there are.
    pub(super) const fn count(&self) -> usize {
        self.rows.len()
    }
}

/// Something that became of rows and that nothing says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Harm {
    /// The table, or the column.
    pub(super) subject: String,
    /// What became of it, behind the name of the file.
    pub(super) what: String,
}

/// What became of the rows of a table beyond what its fate says.
pub(super) fn harms(before: &Rows<'_>, after: &Rows<'_>, fate: &Fate) -> Vec<Harm> {
    let compared = Compared::new(before, after, fate);
    match compared.identity() {
        Some(key) => compared.by_key(&key, fate),
        None => compared.as_wholes(fate),
    }
}

/// A column that both ends have, and whose values are to be kept.
struct Kept<'t> {
    /// Where it stands at each end.
    before: usize,
    after: usize,
    column: &'t Column,
    /// Whether a NULL may become something: there may be none afterwards.
    fills_nulls: bool,
}

/// The rows at both ends, cut down to what is to be kept.
struct Compared<'t> {
    table: &'t Table,
    kept: Vec<Kept<'t>>,
    before: Vec<Vec<&'t str>>,
    after: Vec<Vec<&'t str>>,
}

impl<'t> Compared<'t> {
    fn new(before: &'t Rows<'t>, after: &'t Rows<'t>, fate: &Fate) -> Self {
        let kept: Vec<Kept<'t>> = before
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| {
                let name = fate.next_column(column.name.as_str());
                let there = after.columns.iter().position(|next| folded(next.name.as_str()) == name)?;
                let next = after.columns.get(there)?;
                (next.data_type == column.data_type && !fate.touch.may_change(&name)).then_some(Kept {
                    before: at,
                    after: there,
                    column,
                    fills_nulls: column.nullable && !next.nullable,
                })
            })
            .collect();
        let cut = |rows: &'t [Vec<String>], at: &dyn Fn(&Kept<'t>) -> usize| -> Vec<Vec<&'t str>> {
            let cell = |row: &'t [String], kept: &Kept<'t>| row.get(at(kept)).map(String::as_str).unwrap_or_default();
            rows.iter().map(|row| kept.iter().map(|kept| cell(row, kept)).collect()).collect()
        };
        let (before_rows, after_rows) = (cut(&before.rows, &|kept| kept.before), cut(&after.rows, &|kept| kept.after));
        Self { table: before.table, before: before_rows, after: after_rows, kept }
    }

    /// The kept columns that tell rows from each other at both ends: those of the primary key.
    fn identity(&self) -> Option<Vec<usize>> {
        let key = self.table.primary_key.as_ref()?;
        let position = |name: &str| self.kept.iter().position(|kept| kept.column.name.as_str() == name);
        let positions: Vec<usize> = key.columns.iter().map(|name| position(name.as_str())).collect::<Option<_>>()?;
        let unique = |rows: &[Vec<&str>]| {
            let keys: BTreeSet<Vec<&str>> = rows.iter().map(|row| pick(row, &positions)).collect();
            keys.len() == rows.len() && keys.iter().flatten().all(|cell| *cell != "NULL")
        };
        (unique(&self.before) && unique(&self.after)).then_some(positions)
    }

    /// Rows are the same when their keys are.
    fn by_key(&self, key: &[usize], fate: &Fate) -> Vec<Harm> {
        let before: BTreeMap<Vec<&str>, &Vec<&str>> = self.before.iter().map(|row| (pick(row, key), row)).collect();
        let after: BTreeMap<Vec<&str>, &Vec<&str>> = self.after.iter().map(|row| (pick(row, key), row)).collect();
        let place = |values: &[&str]| {
            let names = key.iter().filter_map(|&at| self.kept.get(at)).map(|kept| kept.column.name.as_str());
            names
                .zip(values)
                .map(|(name, value)| format!("{name} is {}", shown(value)))
                .collect::<Vec<_>>()
                .join(" and ")
        };
        let mut harms = Vec::new();
        // The shortest example reads best.
        let shortest = |keys: &[&Vec<&str>]| {
            let shortest = keys.iter().min_by_key(|key| key.concat().len());
            shortest.map(|key| format!("the one whose {}", place(key)))
        };
        let lost: Vec<_> = before.keys().filter(|key| !after.contains_key(*key)).collect();
        if let Some(example) = shortest(&lost).filter(|_| !fate.touch.removes) {
            harms.push(self.rows("loses", lost.len(), &example));
        }
        let come: Vec<_> = after.keys().filter(|key| !before.contains_key(*key)).collect();
        if let Some(example) = shortest(&come).filter(|_| !fate.touch.adds) {
            harms.push(self.rows("adds", come.len(), &example));
        }
        for (at, kept) in self.kept.iter().enumerate() {
            let changed: Vec<(&Vec<&str>, &str, &str)> = before
                .iter()
                .filter_map(|(key, row)| Some((key, *row.get(at)?, *after.get(key)?.get(at)?)))
                .filter(|(_, before, after)| before != after && !(kept.fills_nulls && *before == "NULL"))
                .collect();
            let example = changed.iter().min_by_key(|(key, was, is)| key.concat().len() + was.len() + is.len());
            if let Some((key, was, is)) = example {
                let example = format!("{} became {} where {}", shown(was), shown(is), place(key));
                harms.push(Harm {
                    subject: format!("{}.{}", self.table.name, kept.column.name),
                    what: says_not(&format!("changes {} of {} values", changed.len(), before.len()), &example),
                });
            }
        }
        harms
    }

    /// Rows are the same when all that is kept of them is.
    fn as_wholes(&self, fate: &Fate) -> Vec<Harm> {
        let compared: Vec<usize> = self
            .kept
            .iter()
            .enumerate()
            .filter(|(at, kept)| !kept.fills_nulls || self.before.iter().all(|row| row.get(*at) != Some(&"NULL")))
            .map(|(at, _)| at)
            .collect();
        let mut counts: BTreeMap<Vec<&str>, i64> = BTreeMap::new();
        for row in &self.before {
            *counts.entry(pick(row, &compared)).or_default() += 1;
        }
        for row in &self.after {
            *counts.entry(pick(row, &compared)).or_default() -= 1;
        }
        let many =
            |sign: i64| -> usize { counts.values().filter_map(|&count| usize::try_from(sign * count).ok()).sum() };
        let example = |sign: i64| {
            let first = counts.iter().find(|(_, count)| sign * **count > 0).map(|(row, _)| row);
            let cells = first.into_iter().flatten().map(|cell| shown(cell)).collect::<Vec<_>>().join(", ");
            if cells.is_empty() { "any of them".to_owned() } else { format!("({cells})") }
        };
        let (lost, come) = (many(1), many(-1));
        let (may_go, may_come) = (fate.touch.removes, fate.touch.adds);
        let mut harms = Vec::new();
        if lost > 0 && lost == come && !may_go && !may_come {
            let example = format!("{} became {}", example(1), example(-1));
            harms.push(self.rows("changes", lost, &example));
            return harms;
        }
        if lost > 0 && !may_go {
            harms.push(self.rows("loses", lost, &example(1)));
        }
        if come > 0 && !may_come {
            harms.push(self.rows("adds", come, &example(-1)));
        }
        harms
    }

    /// `loses 5 of 12 rows and does not say so: the one whose id is 3`
    fn rows(&self, verb: &str, many: usize, example: &str) -> Harm {
        let mut what = format!("{verb} {many}");
        // What came is not out of those that were there.
        let _ = if verb == "adds" {
            write!(what, " {}", if many == 1 { "row" } else { "rows" })
        } else {
            write!(what, " of {} rows", self.before.len())
        };
        Harm { subject: self.table.name.to_string(), what: says_not(&what, example) }
    }
}

fn says_not(what: &str, example: &str) -> String {
    format!("{what} and does not say so: {example}")
}

fn pick<'t>(row: &[&'t str], positions: &[usize]) -> Vec<&'t str> {
    positions.iter().filter_map(|&at| row.get(at).copied()).collect()
}

/// A value as it is shown: on one line, and not too long.
fn shown(value: &str) -> String {
    const MOST: usize = 40;
    let value = value.replace('\n', "\\n");
    if value.chars().count() <= MOST { value } else { value.chars().take(MOST - 1).chain(['…']).collect() }
}
