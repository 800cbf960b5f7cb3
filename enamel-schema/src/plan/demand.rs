//! What existing rows must not hold, asked before a statement would fail on them.
//!
//! So that the error is about rows, with their number and the first of them, and not about a constraint that nobody has heard of. Nothing
//! is asked that is known to hold.

mod check;
mod foreign_key;
pub(super) mod generated;
pub(super) mod listed;
mod unique;

use super::before::fits;
use super::convert::{Affinity, Lost, affinity, are_numbers, compare_alike, misfit};
use super::work::{Source, Work, inline, is_constant};
use super::{Operation, Step, hazard};
use crate::diff::differing;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::render::quote::{identifier, qualified};
use crate::schema::{Check, Column, DefaultValue, ForeignKey, Index, Name, Schema, Sql, Table, TableName};
use crate::split::{enclosed, mentions};
use std::ops::RangeInclusive;

/// Everything to ask before the table of `work` is rebuilt: over the previous columns, as they are before. What is to be done `later` is not done by then.
pub(super) fn before_rebuild(work: &Work<'_>, later: &[Work<'_>]) -> Vec<Step> {
    let next = work.table.next;
    let mut demands: Vec<Demand> = next.columns.iter().flat_map(|column| values(work, column)).collect();
    demands.extend(next.columns.iter().filter_map(|column| missing_value(work, column)));
    demands.extend(unique::demands(work));
    demands.extend(next.checks.iter().filter_map(|check| check::demand(work, check)));
    demands.extend(next.foreign_keys.iter().filter_map(|key| foreign_key::demand(work, later, key)));
    demands.into_iter().map(|demand| demand.step(work.table.previous)).collect()
}

/// What to ask before a column is added in place, with its key and checks.
pub(super) fn before_column(
    work: &Work<'_>,
    later: &[Work<'_>],
    added: &Column,
    key: Option<&ForeignKey>,
    checks: &[&Check],
) -> Vec<Step> {
    let fills = work.backfill(&added.name).is_some();
    let checks = checks.iter().filter_map(|check| check::demand_of_new(work, added, check));
    let key = key.filter(|_| fills).and_then(|key| foreign_key::demand(work, later, key));
    generated::demand(work, added)
        .into_iter()
        .chain(misfits(work, added))
        .chain(checks)
        .chain(key)
        .map(|demand| demand.step(work.table.previous))
        .collect()
}

/// What to ask before an index is made in place, when all columns are there.
pub(super) fn before_index(table: &Table, index: &Index) -> Option<Step> {
    index.unique.then(|| unique::in_index(table, index, &|sql| inline(sql.text())).step(table))
}

/// Rows that have the same values as others. NULLs are never equal, and `IN` thinks so too.
pub(super) fn repeated(table: &Table, columns: &[Name], values: &[String], condition: Option<String>) -> Demand {
    let list = values.join(", ");
    let key = if values.len() == 1 { list.clone() } else { format!("({list})") };
    let (in_rows, among) = match &condition {
        Some(condition) => (format!("\n    WHERE {condition}"), format!("({condition})\n  AND ")),
        None => (String::new(), String::new()),
    };
    // By their places in the list: a value that is a constant whole number would be taken for one.
    let groups: Vec<String> = (1..=values.len()).map(|position| position.to_string()).collect();
    Demand {
        what: format!("rows of {} that have the same {} as another", table.name, in_words(columns)),
        columns: columns.to_vec(),
        condition: format!(
            "{among}{key} IN (\n    SELECT {list}\n    FROM {}{in_rows}\n    GROUP BY {}\n    HAVING count(*) > 1\n)",
            qualified(&table.name),
            groups.join(", ")
        ),
    }
}

/// Rows that must not be there.
pub(super) struct Demand {
    pub(super) what: String,
    /// The columns that are shown besides the key. Empty for all.
    pub(super) columns: Vec<Name>,
    pub(super) condition: String,
}

impl Demand {
    /// `table` is as it stands then: only its columns can be shown.
    pub(super) fn step(self, table: &Table) -> Step {
        let is_own = |column: &&Name| self.columns.contains(column);
        let is_key = |column: &&Name| table.primary_key.as_ref().is_some_and(|key| key.columns.contains(column));
        let names = table.columns.iter().map(|column| &column.name);
        let shown = names.clone().filter(|column| is_key(column) || is_own(column)).cloned();
        let columns = if names.clone().any(|column| is_own(&column)) { shown.collect() } else { Vec::new() };
        let operation =
            Operation::MustBeEmpty { what: self.what, table: table.name.clone(), columns, condition: self.condition };
        Step { operation, changes: Vec::new(), hazards: vec![hazard::rows_are_looked_at(&table.name)] }
    }
}

/// Values that do not survive a new type, that the column would refuse, or that the program could not read.
fn values(work: &Work<'_>, next: &Column) -> impl Iterator<Item = Demand> {
    let previous = work.table.previous.column(&next.name).filter(|_| next.generated.is_none());
    let lost = previous.and_then(|previous| work.conversion(previous, next).lost);
    let columns = vec![next.name.clone()];
    let lost = lost.map(|Lost { what, condition }| Demand { what, columns, condition });
    lost.into_iter().chain(misfits(work, next)).chain(out_of_range(work, next))
}

/// Values that the user's own expression gives, that are computed, or that are the default, and that the column would refuse.
fn misfits(work: &Work<'_>, next: &Column) -> Option<Demand> {
    let strict = work.table.map(|table| table.options.strict);
    let stored = work.value_before(&next.name);
    let to = affinity(&next.data_type, strict.next);
    let may_misfit = match &next.generated {
        Some(_) => stored != identifier(&next.name) || !strict.previous,
        None => work.told(next).iter().any(|told| !fits(told, to)) || takes_a_misfit(work, next, to),
    };
    let Lost { what, condition } = misfit(&work.table.next.name, next, strict.next, &stored).filter(|_| may_misfit)?;
    let columns = work.table.previous.columns.iter().filter(|column| mentions(&stored, column.name.as_str()));
    Some(Demand { what, columns: columns.map(|column| column.name.clone()).collect(), condition })
}

/// Whether rows get the column's default, and that is a literal of another kind.
fn takes_a_misfit(work: &Work<'_>, next: &Column, to: Affinity) -> bool {
    let (Source::Default, Some(DefaultValue::Sql(default))) = (work.source(next), &next.default) else { return false };
    let is_blob = || default.text().starts_with(['x', 'X']);
    is_constant(default.text()) && if to == Affinity::None { !is_blob() } else { !fits(default.text(), to) }
}

/// Whole numbers that are too large for the next Rust type, though not for the database.
fn out_of_range(work: &Work<'_>, next: &Column) -> Option<Demand> {
    let range = work.edits.ranges.get(&(work.table.next.name.clone(), next.name.clone()))?;
    Some(range_demand(&work.table.next.name, &next.name, range, &work.value_before(&next.name)))
}

/// The same of all rows of these tables as they are, where their columns need no other work. Both ends of a table bear one name.
pub(super) fn ranges(previous: &Schema, edits: &Edits, tables: &dyn Fn(&TableName) -> bool) -> Vec<Step> {
    let ranges = edits.ranges.iter().filter(|((table, _), _)| tables(table));
    let step = |((table, column), range): (&(TableName, Name), &RangeInclusive<i64>)| {
        let value = identifier(column);
        previous.table(table).map(|previous| range_demand(table, column, range, &value).step(previous))
    };
    ranges.filter_map(step).collect()
}

fn range_demand(table: &TableName, column: &Name, range: &RangeInclusive<i64>, value: &str) -> Demand {
    let (least, most) = (range.start(), range.end());
    Demand {
        what: format!("values of {table}.{column} that are not from {least} to {most}"),
        columns: vec![column.clone()],
        condition: format!("{} NOT BETWEEN {least} AND {most}", enclosed(value)),
    }
}

/// NULLs where none may be, and rows for which nothing says what they get.
fn missing_value(work: &Work<'_>, next: &Column) -> Option<Demand> {
    if next.nullable || next.identity.is_some() {
        return None;
    }
    let table = &work.table.next.name;
    let previous = work.table.previous.column(&next.name);
    let columns: Vec<Name> = previous.map(|column| column.name.clone()).into_iter().collect();
    match work.source(next) {
        Source::Generated => generated::demand(work, next),
        Source::Default => {
            let what = format!("rows of {table}, for which nothing says what {} is", next.name);
            next.default.is_none().then_some(Demand { what, columns, condition: String::new() })
        }
        Source::Value(value) if listed::only_renames(&next.name, &value) => {
            let what = format!("NULLs in {table}.{}", next.name);
            let condition = format!("{} IS NULL", identifier(&next.name));
            previous.is_some_and(|column| column.nullable).then_some(Demand { what, columns, condition })
        }
        Source::Value(value) => {
            let what = format!("rows of {table} that get no value for {}", next.name);
            let condition = format!("{} IS NULL", enclosed(&value));
            (!work.gives_a_value(next)).then_some(Demand { what, columns, condition })
        }
    }
}

/// The columns that an expression mentions.
fn mentioned<'a>(work: &'a Work<'_>, expression: &'a Sql) -> impl Iterator<Item = &'a Column> {
    work.table.next.columns.iter().filter(|column| mentions(expression.text(), column.name.as_str()))
}

/// Whether the values of a column stay as they are, and compare as they did.
fn is_kept(work: &Work<'_>, column: &Name) -> bool {
    let ends = work.table.previous.column(column).zip(work.table.next.column(column));
    ends.is_some_and(|(previous, next)| {
        let differing = differing(previous, next);
        let same = match &next.generated {
            Some(generated) => !differing.generated && stands_on_kept(work, generated.expression.text()),
            None => is_taken_over(work, previous, next),
        };
        same && !differing.collation
    })
}

/// Whether an expression mentions only columns whose values are taken over.
fn stands_on_kept(work: &Work<'_>, expression: &str) -> bool {
    let mut mentioned = work.table.next.columns.iter().filter(|column| mentions(expression, column.name.as_str()));
    mentioned
        .all(|next| work.table.previous.column(&next.name).is_some_and(|previous| is_taken_over(work, previous, next)))
}

/// Whether each value becomes one that compares as it did.
fn is_taken_over(work: &Work<'_>, previous: &Column, next: &Column) -> bool {
    let Source::Value(value) = work.source(next) else { return false };
    let strict = work.table.map(|table| table.options.strict);
    let is_cast = || !work.is_told(next) && are_numbers(Pair::new(previous, next), strict);
    value == identifier(&next.name) && compare_alike(Pair::new(previous, next), strict) || is_cast()
}

/// `a`, `a and b`, `a, b and c`
pub(super) fn in_words(names: &[Name]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => {
            let first: Vec<&str> = first.iter().map(Name::as_str).collect();
            format!("{} and {last}", first.join(", "))
        }
        _ => names.iter().map(Name::as_str).collect(),
    }
}
