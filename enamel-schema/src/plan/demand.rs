//! What existing rows must not hold, asked before a statement would fail on them.
//!
//! So that the error is about rows, with their number and the first of them, and not about a constraint that nobody has heard of.

use super::listed::is_bound_to_hold;
use super::work::{Source, Work, inline};
use super::{Hazard, HazardKind, Operation, Step};
use crate::change::Change;
use crate::diff::listed;
use crate::pair::Pair;
use crate::render::quote::{identifier, identifiers};
use crate::schema::{Check, Column, DefaultValue, ForeignKey, Index, IndexKey, Name, Sql, Table};
use crate::split::mentions;

/// Everything to ask before the table of `work` is rebuilt: over the previous columns, as they are before.
pub(super) fn before_rebuild(work: &Work<'_>) -> Vec<Step> {
    let mut demands: Vec<Demand> = Vec::new();
    // A counting key holds whole numbers and nothing else, and a table that turns strict asks of every column, whether it has a change or not.
    for next in &work.table.next.columns {
        if let Some(previous) = work.table.previous.column(&next.name)
            && next.generated.is_none()
            && previous.identity.is_none()
        {
            demands.extend(column(work, previous, next));
        }
    }
    for change in &work.changes {
        demands.extend(of_change(work, change));
    }
    demands.into_iter().map(|demand| demand.step(work.table.next)).collect()
}

/// What to ask before an index is made in place.
pub(super) fn before_index(table: &Table, index: &Index) -> Option<Step> {
    index.unique.then(|| duplicates_in_index(table, index, |sql| sql.text().to_owned()).step(table))
}

/// What to ask before a check is added in place together with a column. A check of that column alone is about its default, not about rows.
pub(super) fn before_column(work: &Work<'_>, added: &Column, new: &Check) -> Option<Step> {
    let expression = new.expression.text();
    let others = work.table.next.columns.iter().filter(|column| column.name != added.name);
    let is_alone = !others.into_iter().any(|column| mentions(expression, column.name.as_str()));
    let default_passes = match &added.default {
        Some(DefaultValue::Sql(default)) => {
            listed(&new.expression).is_some_and(|(_, values)| values.iter().any(|value| value == default.text()))
        }
        // NULL passes every check.
        Some(_) | None => true,
    };
    (!is_alone || !default_passes).then(|| check(work, new).step(work.table.next))
}

struct Demand {
    what: String,
    columns: Vec<Name>,
    condition: String,
}

impl Demand {
    fn step(self, table: &Table) -> Step {
        let key = table
            .primary_key
            .iter()
            .flat_map(|key| &key.columns)
            .filter(|column| self.columns.iter().all(|own| own != *column));
        let columns = if self.columns.is_empty() {
            Vec::new()
        } else {
            key.cloned().chain(self.columns.iter().cloned()).collect()
        };
        let operation =
            Operation::MustBeEmpty { what: self.what, table: table.name.clone(), columns, condition: self.condition };
        let text = format!("every row of {} is looked at", table.name);
        Step { operation, changes: Vec::new(), hazards: vec![Hazard { kind: HazardKind::ValidationScan, text }] }
    }
}

fn of_change(work: &Work<'_>, change: &Change) -> Option<Demand> {
    if let Change::AddColumn { column, .. } = change {
        new_column(work, column)
    } else if let Change::AlterPrimaryKey { primary_key: Pair { next: Some(key), .. }, .. } = change {
        (!was_unique(work, &key.columns)).then(|| duplicates(work, &key.columns))
    } else if let Change::AddUnique { unique, .. } = change {
        (!was_unique(work, &unique.columns)).then(|| duplicates(work, &unique.columns))
    } else if let Change::AddIndex { index, .. } = change {
        index.unique.then(|| duplicates_in_index(work.table.next, index, |sql| work.before(sql)))
    } else if let Change::AddCheck { check: new, .. } = change {
        (!is_bound_to_hold(work, new)).then(|| check(work, new))
    } else if let Change::AddForeignKey { foreign_key, .. } = change {
        (!was_enforced(work, foreign_key)).then(|| orphans(work, foreign_key))
    } else {
        None
    }
}

/// Values that do not survive a new type, and NULLs where none may be.
fn column(work: &Work<'_>, previous: &Column, next: &Column) -> Vec<Demand> {
    let mut demands = Vec::new();
    let conversion = work.conversion(previous, next);
    if let Some(lost) = conversion.lost {
        demands.push(Demand { what: lost.what, columns: vec![next.name.clone()], condition: lost.condition });
    }
    if previous.nullable && !next.nullable && work.backfill(&next.name).is_none() {
        let what = format!("NULLs in {}.{}", work.table.next.name, next.name);
        demands.push(Demand {
            what,
            columns: vec![next.name.clone()],
            condition: format!("{} IS NULL", conversion.value),
        });
    }
    demands
}

/// Any row at all, where nothing says what it gets in a column that must have a value.
fn new_column(work: &Work<'_>, column: &Column) -> Option<Demand> {
    let has_value = column.nullable || column.default.is_some() || column.identity.is_some();
    let left_out = matches!(work.source(column), Source::Default);
    (left_out && !has_value).then(|| Demand {
        what: format!("rows of {}, for which nothing says what {} is", work.table.next.name, column.name),
        columns: Vec::new(),
        condition: String::new(),
    })
}

/// Whether no two rows could have the same values in some of these columns already, so that none have in all.
fn was_unique(work: &Work<'_>, columns: &[Name]) -> bool {
    let table = work.table.previous;
    let part = |key: &[Name]| key.iter().all(|column| columns.contains(column) && is_kept(work, column));
    let plain = |index: &Index| -> Option<Vec<Name>> {
        let columns = index.parts.iter().map(|part| match &part.key {
            IndexKey::Column(name) => Some(name.clone()),
            IndexKey::Expression(_) => None,
        });
        if index.unique && index.condition.is_none() { columns.collect() } else { None }
    };
    table.primary_key.iter().any(|key| part(&key.columns))
        || table.uniques.iter().any(|unique| part(&unique.columns))
        || table.indexes.iter().filter_map(plain).any(|columns| part(&columns))
}

/// Whether the values of a column stay as they are.
fn is_kept(work: &Work<'_>, column: &Name) -> bool {
    let next = work.table.next.column(column);
    next.is_some_and(|next| matches!(work.source(next), Source::Value(value) if value == identifier(column)))
}

fn duplicates(work: &Work<'_>, columns: &[Name]) -> Demand {
    let values: Vec<String> = columns.iter().map(|column| work.before(&Sql::new(identifier(column)))).collect();
    repeated(work.table.next, columns, &values, None)
}

fn duplicates_in_index(table: &Table, index: &Index, before: impl Fn(&Sql) -> String) -> Demand {
    let value = |key: &IndexKey| match key {
        IndexKey::Column(name) => before(&Sql::new(identifier(name))),
        IndexKey::Expression(expression) => before(expression),
    };
    let values: Vec<String> = index
        .parts
        .iter()
        .map(|part| match &part.collation {
            Some(collation) => format!("{} COLLATE {collation}", value(&part.key)),
            None => value(&part.key),
        })
        .collect();
    let in_key = |column: &&Column| {
        index.parts.iter().any(|part| match &part.key {
            IndexKey::Column(name) => *name == column.name,
            IndexKey::Expression(expression) => mentions(expression.text(), column.name.as_str()),
        })
    };
    let columns: Vec<Name> = table.columns.iter().filter(in_key).map(|column| column.name.clone()).collect();
    repeated(table, &columns, &values, index.condition.as_ref().map(before))
}

/// NULLs are never equal, and `IN` thinks so too.
fn repeated(table: &Table, columns: &[Name], values: &[String], condition: Option<String>) -> Demand {
    let list = values.join(", ");
    let key = if values.len() == 1 { list.clone() } else { format!("({list})") };
    let (in_rows, among) = match &condition {
        Some(condition) => (format!("\n    WHERE {condition}"), format!("({condition})\n  AND ")),
        None => (String::new(), String::new()),
    };
    let groups: Vec<String> = values.iter().enumerate().map(|(position, value)| group(position, value)).collect();
    let condition = format!(
        "{among}{key} IN (\n    SELECT {list}\n    FROM {}{in_rows}\n    GROUP BY {}\n    HAVING count(*) > 1\n)",
        identifier(&table.name),
        groups.join(", ")
    );
    let names = in_words(columns);
    Demand {
        what: format!("rows of {} that have the same {names} as another", table.name),
        columns: columns.to_vec(),
        condition,
    }
}

/// A value of the list as a term of `GROUP BY`, which takes a constant whole number, however it is dressed up, for a position in the list
/// (<https://www.sqlite.org/lang_select.html>).
fn group(position: usize, value: &str) -> String {
    if value.contains('"') { value.to_owned() } else { (position + 1).to_string() }
}

fn check(work: &Work<'_>, check: &Check) -> Demand {
    let expression = check.expression.text();
    let mentioned = |column: &&Column| mentions(expression, column.name.as_str()) && !work.adds(&column.name);
    let columns = work.table.next.columns.iter().filter(mentioned).map(|column| column.name.clone()).collect();
    let what = match listed(&check.expression) {
        Some((column, values)) => format!("whose {column} is none of {}", values.join(", ")),
        None => format!("that break the check {}", expression.split_whitespace().collect::<Vec<_>>().join(" ")),
    };
    Demand {
        what: format!("rows of {} {what}", work.table.next.name),
        columns,
        condition: format!("NOT ({})", inline(&work.before(&check.expression))),
    }
}

/// Whether a key that goes said the same but for what happens when the other row goes.
fn was_enforced(work: &Work<'_>, key: &ForeignKey) -> bool {
    let same_ends = |former: &ForeignKey| {
        former.referenced_table == key.referenced_table
            && former.columns == key.columns
            && former.referenced_columns == key.referenced_columns
    };
    work.table.previous.foreign_keys.iter().any(same_ends) && key.columns.iter().all(|column| is_kept(work, column))
}

fn orphans(work: &Work<'_>, key: &ForeignKey) -> Demand {
    let next = work.table.next;
    let values: Vec<String> = key.columns.iter().map(|column| work.before(&Sql::new(identifier(column)))).collect();
    let nullable = |column: &Name| next.column(column).is_none_or(|column| column.nullable);
    let list = |values: &[String]| if values.len() == 1 { values.concat() } else { format!("({})", values.join(", ")) };

    // One NULL in a key of several columns lets the row pass, whatever the others are.
    let several = key.columns.len() > 1;
    let present = key.columns.iter().zip(&values).filter(|(column, _)| several && nullable(column));
    let present: String = present.map(|(_, value)| format!("{value} IS NOT NULL\n  AND ")).collect();
    // A NULL among the values would hide every row from `NOT IN`.
    let parent = work.schema.table(&key.referenced_table);
    let may_be_null =
        |column: &&Name| parent.and_then(|parent| parent.column(column)).is_none_or(|column| column.nullable);
    let known =
        key.referenced_columns.iter().filter(may_be_null).map(|column| format!("{} IS NOT NULL", identifier(column)));
    let known = known.collect::<Vec<_>>().join(" AND ");
    let known = if known.is_empty() { known } else { format!("\n    WHERE {known}") };
    let condition = format!(
        "{present}{} NOT IN (\n    SELECT {}\n    FROM {}{known}\n)",
        list(&values),
        identifiers(&key.referenced_columns),
        identifier(&key.referenced_table),
    );
    let are = if several { "are" } else { "is" };
    let columns = key.columns.iter().filter(|column| !work.adds(column)).cloned().collect();
    Demand {
        what: format!("rows of {} whose {} {are} not in {}", next.name, in_words(&key.columns), key.referenced_table),
        columns,
        condition,
    }
}

/// `a`, `a and b`, `a, b and c`
fn in_words(names: &[Name]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => {
            let first: Vec<&str> = first.iter().map(Name::as_str).collect();
            format!("{} and {last}", first.join(", "))
        }
        _ => names.iter().map(Name::as_str).collect(),
    }
}
