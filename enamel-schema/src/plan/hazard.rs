//! What may hurt about a change.

use super::{Hazard, HazardKind};
use crate::change::Change;
use crate::diff::{differing, listed, widens};
use crate::pair::Pair;
use crate::schema::{Check, Column, Index, IndexKey, Name, Table, TableName};
use crate::split::mentions;
use std::collections::BTreeMap;

/// What may hurt about a change to a table that is there before and after, however it is made.
pub(super) fn of(change: &Change, table: Pair<&Table>) -> Vec<Hazard> {
    let name = &table.next.name;
    match change {
        Change::AlterTableOptions { options, .. } if options.next.strict && !options.previous.strict => {
            vec![breaks(name, format!("may write to {name} what a strict table refuses"))]
        }
        Change::RenameTable(table) => vec![breaks(name, format!("use {}", table.previous))],
        Change::RenameColumn { column, .. } => vec![breaks(name, format!("use {name}.{}", column.previous))],
        Change::AddColumn { column, .. } => added(name, column),
        Change::DropColumn { column, .. } => dropped(name, column),
        Change::AlterColumn { column, .. } => altered(name, column),
        Change::AlterPrimaryKey { .. } => vec![breaks(name, format!("know another key of {name}"))],
        Change::AddUnique { unique, .. } => unless(is_left_null(table, &unique.columns), refusal(name)),
        Change::AddForeignKey { foreign_key, .. } => unless(is_left_null(table, &foreign_key.columns), refusal(name)),
        Change::AddCheck { check, .. } => checked(table, check),
        Change::AddExclusion { .. } => vec![refusal(name)],
        Change::AddIndex { index, .. } => unless(!index.unique || is_left_null(table, &columns(index)), refusal(name)),
        Change::DropUnique { .. } => vec![upsert(name)],
        Change::DropIndex { index, .. } => unless(!index.unique, upsert(name)),
        Change::CreateExtension(_)
        | Change::DropExtension(_)
        | Change::CreateEnumeration(_)
        | Change::DropEnumeration(_)
        | Change::AlterEnumeration { .. }
        | Change::CreateTable(_)
        | Change::DropTable(_)
        | Change::AlterTableOptions { .. }
        | Change::CommentTable { .. }
        | Change::DropForeignKey { .. }
        | Change::DropCheck { .. }
        | Change::DropExclusion { .. } => Vec::new(),
    }
}

/// A table goes.
pub(super) fn table_goes(table: &Table) -> Vec<Hazard> {
    let name = &table.name;
    vec![data_loss(name, format!("the rows of {name} are gone")), breaks(name, format!("use {name}"))]
}

/// Something unmodelled goes with its table.
pub(super) fn goes_along(table: &TableName, title: &str) -> Hazard {
    data_loss(table, format!("{title} goes with its table"))
}

/// A table is written anew.
pub(super) fn rewrite(table: &TableName) -> Hazard {
    hazard(HazardKind::TableRewrite, table, format!("every row of {table} is written again"))
}

/// Writers wait.
pub(super) fn index_is_built(table: &TableName) -> Hazard {
    hazard(HazardKind::LongLock, table, format!("writers wait while every row of {table} is sorted"))
}

/// Readers and writers wait.
pub(super) fn rows_are_looked_at(table: &TableName) -> Hazard {
    hazard(HazardKind::ValidationScan, table, format!("every row of {table} is looked at"))
}

/// What [`Hazard::grouped`] says.
pub(super) fn grouped<'h>(hazards: impl IntoIterator<Item = &'h Hazard>) -> Vec<Hazard> {
    let mut groups: BTreeMap<(HazardKind, &TableName), Vec<&str>> = BTreeMap::new();
    for hazard in hazards {
        let texts = groups.entry((hazard.kind, &hazard.table)).or_default();
        if !texts.contains(&hazard.text.as_str()) {
            texts.push(&hazard.text);
        }
    }
    let one = |((kind, table), texts): ((HazardKind, &TableName), Vec<&str>)| {
        let (first, rest) = texts.split_first()?;
        let rest = rest.iter().map(|text| text.strip_prefix(PROGRAMS).unwrap_or(text));
        let text = rest.fold((*first).to_owned(), |all, text| format!("{all}; {text}"));
        Some(hazard(kind, table, text))
    };
    groups.into_iter().filter_map(one).collect()
}

fn added(table: &TableName, column: &Column) -> Vec<Hazard> {
    unless(is_filled(column), breaks(table, format!("insert into {table} without {}", column.name)))
}

fn dropped(table: &TableName, column: &Column) -> Vec<Hazard> {
    let used = breaks(table, format!("use {table}.{}", column.name));
    let lost = data_loss(table, format!("the values of {table}.{} are gone", column.name));
    if column.generated.is_some() { vec![used] } else { vec![lost, used] }
}

fn altered(table: &TableName, column: &Pair<Column>) -> Vec<Hazard> {
    let differing = differing(&column.previous, &column.next);
    let name = format!("{table}.{}", column.next.name);
    let mut hazards = Vec::new();
    if column.previous.generated.is_none() && column.next.generated.is_some() {
        hazards.push(data_loss(table, format!("the values of {name} are gone: it is computed from now on")));
    }
    if differing.data_type || differing.generated {
        hazards.push(breaks(table, format!("know {name} as it was")));
    }
    if differing.nullable && column.next.nullable {
        hazards.push(breaks(table, format!("may read NULL from {name}")));
    } else if differing.nullable {
        hazards.push(breaks(table, format!("may write NULL to {name}")));
    } else if is_filled(&column.previous) && !is_filled(&column.next) {
        hazards.push(breaks(table, format!("insert into {table} without {}", column.next.name)));
    }
    hazards
}

fn checked(table: Pair<&Table>, check: &Check) -> Vec<Hazard> {
    let name = &table.next.name;
    match listed(&check.expression) {
        Some((column, _)) if table.previous.checks.iter().any(|previous| widens(previous, check)) => {
            vec![breaks(name, format!("may read a value of {name}.{column} that they do not know"))]
        }
        Some(_) | None => unless(is_about_new_columns(table, check), refusal(name)),
    }
}

/// Whether an insert that does not name the column succeeds.
const fn is_filled(column: &Column) -> bool {
    column.nullable || column.default.is_some() || column.generated.is_some() || column.identity.is_some()
}

/// Whether rows of a program that does not know all of these columns hold NULL in one of them, so that no key applies.
fn is_left_null(table: Pair<&Table>, columns: &[Name]) -> bool {
    let new = |column: &&Name| table.previous.column(column).is_none();
    let stays_null = |column: &Column| column.nullable && column.default.is_none() && column.generated.is_none();
    columns.iter().filter(new).any(|column| table.next.column(column).is_some_and(stays_null))
}

/// Whether rows of a program that knows none of these columns all pass: they hold the defaults.
fn is_about_new_columns(table: Pair<&Table>, check: &Check) -> bool {
    let mut mentioned =
        table.next.columns.iter().filter(|column| mentions(check.expression.text(), column.name.as_str()));
    mentioned.all(|column| table.previous.column(&column.name).is_none())
}

fn columns(index: &Index) -> Vec<Name> {
    let name = |key: &IndexKey| if let IndexKey::Column(name) = key { Some(name.clone()) } else { None };
    index.parts.iter().filter_map(|part| name(&part.key)).collect()
}

fn unless(harmless: bool, hazard: Hazard) -> Vec<Hazard> {
    if harmless { Vec::new() } else { vec![hazard] }
}

fn refusal(table: &TableName) -> Hazard {
    breaks(table, format!("may write to {table} what is refused from now on"))
}

fn upsert(table: &TableName) -> Hazard {
    breaks(table, format!("may insert into {table} with ON CONFLICT over these columns"))
}

fn data_loss(table: &TableName, text: String) -> Hazard {
    hazard(HazardKind::DataLoss, table, text)
}

/// What every hazard for older programs begins with.
const PROGRAMS: &str = "programs from before ";

pub(super) fn breaks(table: &TableName, what: String) -> Hazard {
    hazard(HazardKind::BreaksOldCode, table, format!("{PROGRAMS}{what}"))
}

pub(super) fn hazard(kind: HazardKind, table: &TableName, text: String) -> Hazard {
    Hazard { kind, table: table.clone(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_for_each_kind_and_table() {
        let table = |name: &str| TableName::new(Name::new(name).unwrap());
        let (users, posts) = (&table("users"), &table("posts"));
        let hazards = [
            rewrite(users),
            breaks(users, "use users.age".to_owned()),
            breaks(posts, "use posts.text".to_owned()),
            breaks(users, "insert into users without born".to_owned()),
            data_loss(users, "the values of users.age are gone".to_owned()),
            rewrite(users),
        ];
        let said = |hazards: &[Hazard]| -> Vec<String> {
            hazards.iter().map(|hazard| format!("{}: {}", hazard.kind.word(), hazard.text)).collect()
        };
        let grouped = grouped(&hazards);
        assert_eq!(
            said(&grouped),
            [
                "data-loss: the values of users.age are gone",
                "breaks-old-code: programs from before use posts.text",
                "breaks-old-code: programs from before use users.age; insert into users without born",
                "table-rewrite: every row of users is written again",
            ]
        );
        assert_eq!(super::grouped(&grouped), grouped);
    }
}
