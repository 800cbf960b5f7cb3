//! Whether a program from before a change can still use the database after it.
//!
//! While a new version of a program is rolled out, and after it was taken back, an older program meets a newer database. One table says of each
//! kind of change what such a program does that no longer works, or no longer means what it did. In doubt a change breaks it: a program that
//! does not start is better than one that fails, or writes what nobody expects, later.

use crate::change::Change;
use crate::diff::{carried_over, differing, listed, same_foreign_key, widens};
use crate::pair::Pair;
use crate::plan::renames;
use crate::schema::{
    Action, Check, Column, Enumeration, ForeignKey, Identity, Index, IndexKey, Name, Schema, Table, TableName,
    TableOptions,
};
use crate::split::mentions;

/// Whether programs from before all of these changes work after them. The schemas are lowered.
///
/// ```
/// use enamel_schema::schema::{Column, Name, Schema, Table, TableName, Type};
/// use enamel_schema::{Change, Pair, old_code};
/// let previous = Schema { tables: vec![Table::new(TableName::new(Name::new("users")?))], ..Schema::default() };
/// let mut next = previous.clone();
/// let column = Column { nullable: true, ..Column::new(Name::new("age")?, Type::Boolean) };
/// next.tables[0].columns.push(column.clone());
/// let added = Change::AddColumn { table: next.tables[0].name.clone(), column };
/// assert!(old_code::is_kept_by(Pair::new(&previous, &next), &[added.clone()]));
/// assert!(!old_code::is_kept_by(Pair::new(&next, &previous), &[added.reverse()]));
/// # Ok::<(), enamel_schema::schema::InvalidName>(())
/// ```
pub fn is_kept_by(schemas: Pair<&Schema>, changes: &[Change]) -> bool {
    let carried = carried_over(schemas.previous, &renames(changes));
    changes.iter().all(|change| {
        let ends = change.table().and_then(|name| Some(Pair::new(carried.table(name)?, schemas.next.table(name)?)));
        broken_by(change, ends).is_empty()
    })
}

/// What programs from before a change do that it breaks, to follow the words "programs from before". Nothing: they go on working.
///
/// `table` is the table that it changes at both ends, lowered, the previous one after renames; `None` where a table comes or goes, which is a
/// change of its own and says it for all that is in it.
pub fn broken_by(change: &Change, table: Option<Pair<&Table>>) -> Vec<String> {
    match change {
        // What was not there before was not used.
        Change::CreateExtension(_) | Change::CreateEnumeration(_) | Change::CreateTable(_) => Vec::new(),
        // It is never dropped.
        Change::DropExtension(_) => Vec::new(),
        // Its columns went or became something else, and say so.
        Change::DropEnumeration(_) => Vec::new(),
        Change::AlterEnumeration { enumeration, renamed } => values(enumeration, renamed),
        Change::DropTable(table) => vec![format!("use {}", table.name)],
        Change::RenameTable(table) => vec![format!("use {}", table.previous)],
        Change::AlterTableOptions { table, options } => altered_options(table, options),
        Change::CommentTable { .. } => Vec::new(),
        Change::AddColumn { table, column } => unless(is_filled(column), without(table, column)),
        Change::DropColumn { table, column } => vec![format!("use {table}.{}", column.name)],
        Change::RenameColumn { table, column } => vec![format!("use {table}.{}", column.previous)],
        Change::AlterColumn { table, column } => altered_column(table, column),
        Change::AlterPrimaryKey { table: name, .. } => of_both(table, |_| vec![format!("know another key of {name}")]),
        Change::AddUnique { unique, .. } => {
            of_both(table, |ends| unless(is_left_null(ends, &unique.columns), refused(ends)))
        }
        Change::DropUnique { .. } => of_both(table, |ends| vec![upsert(ends)]),
        Change::AddIndex { index, .. } => {
            of_both(table, |ends| unless(!index.unique || is_left_null(ends, &columns(index)), refused(ends)))
        }
        Change::DropIndex { index, .. } => of_both(table, |ends| unless(!index.unique, upsert(ends))),
        Change::AddForeignKey { foreign_key, .. } => of_both(table, |ends| {
            let harmless = is_left_null(ends, &foreign_key.columns) || was_there(ends, foreign_key);
            unless(harmless, refused(ends))
        }),
        Change::DropForeignKey { foreign_key, .. } => of_both(table, |ends| dropped_foreign_key(ends, foreign_key)),
        Change::AddCheck { check, .. } => of_both(table, |ends| added_check(ends, check)),
        Change::DropCheck { check, .. } => of_both(table, |ends| dropped_check(ends, check)),
        Change::AddExclusion { .. } => of_both(table, |ends| vec![refused(ends)]),
        // What was refused is allowed.
        Change::DropExclusion { .. } => Vec::new(),
    }
}

/// The values of an enum that is a type.
fn values(ends: &Pair<Enumeration>, renamed: &[Pair<String>]) -> Vec<String> {
    let name = &ends.next.name;
    let called = |value: &str| renamed.iter().find(|pair| pair.previous == value).map(|pair| pair.next.clone());
    let before: Vec<String> =
        ends.previous.values.iter().map(|value| called(&value.name).unwrap_or_else(|| value.name.clone())).collect();
    let goes = before.iter().any(|value| ends.next.values.iter().all(|next| next.name != *value));
    let comes = ends.next.values.iter().any(|next| !before.contains(&next.name));
    let mut broken = unless(renamed.is_empty(), format!("know values of {name} by other names"));
    broken.extend(unless(!goes, format!("may write values of {name} that are refused from now on")));
    broken.extend(unless(!comes, format!("may read a value of {name} that they do not know")));
    broken
}

fn altered_options(table: &TableName, options: &Pair<TableOptions>) -> Vec<String> {
    let comes = |option: fn(&TableOptions) -> bool| option(&options.next) && !option(&options.previous);
    let strict = comes(|options| options.strict);
    let mut broken = unless(!strict, format!("may write to {table} what a strict table refuses"));
    broken.extend(unless(!comes(|options| options.without_rowid), format!("may use the row numbers of {table}")));
    broken
}

fn altered_column(table: &TableName, column: &Pair<Column>) -> Vec<String> {
    let differing = differing(&column.previous, &column.next);
    let name = format!("{table}.{}", column.next.name);
    let mut broken = unless(!(differing.data_type || differing.generated), format!("know {name} as it was"));
    if differing.nullable && column.next.nullable {
        broken.push(format!("may read NULL from {name}"));
    } else if differing.nullable {
        broken.push(format!("may write NULL to {name}"));
    } else if is_filled(&column.previous) && !is_filled(&column.next) {
        broken.push(without(table, &column.next));
    }
    let counts_alone = |identity: Option<Identity>| identity.is_some_and(|identity| identity.always);
    if counts_alone(column.next.identity) && !counts_alone(column.previous.identity) {
        broken.push(format!("may give {name} numbers of their own"));
    }
    broken
}

/// Whether the same key was there, and was checked no later: nothing but its name and that time differs.
fn was_there(ends: Pair<&Table>, key: &ForeignKey) -> bool {
    let same = |previous: &ForeignKey| ForeignKey { deferrable: key.deferrable, ..previous.clone() };
    ends.previous
        .foreign_keys
        .iter()
        .any(|other| other.deferrable <= key.deferrable && same_foreign_key(&same(other), key))
}

/// A program may count on the rows of children that follow those of their parents.
fn dropped_foreign_key(ends: Pair<&Table>, key: &ForeignKey) -> Vec<String> {
    let follows = |action| match action {
        Action::Cascade | Action::SetNull | Action::SetDefault => true,
        Action::NoAction | Action::Restrict => false,
    };
    let is_said = key.columns.iter().any(|column| ends.next.column(column).is_none())
        || ends.next.foreign_keys.iter().any(|next| next.columns == key.columns);
    let harmless = is_said || !follows(key.on_delete) && !follows(key.on_update);
    unless(harmless, format!("expect rows of {} to follow those of {}", ends.next.name, key.referenced_table))
}

fn added_check(ends: Pair<&Table>, check: &Check) -> Vec<String> {
    match listed(&check.expression) {
        Some((column, _)) if ends.previous.checks.iter().any(|previous| widens(previous, check)) => {
            vec![unknown_value(ends, &column)]
        }
        Some(_) | None => unless(is_about_new_columns(ends, check), refused(ends)),
    }
}

/// A list of values that went, and came in no other form, lets any value in.
fn dropped_check(ends: Pair<&Table>, check: &Check) -> Vec<String> {
    let Some((column, _)) = listed(&check.expression) else { return Vec::new() };
    let is_there = ends.next.columns.iter().any(|next| next.name.as_str() == column);
    let is_listed = |next: &Check| listed(&next.expression).is_some_and(|(listed, _)| listed == column);
    unless(!is_there || ends.next.checks.iter().any(is_listed), unknown_value(ends, &column))
}

/// Whether an insert that does not name the column succeeds.
const fn is_filled(column: &Column) -> bool {
    column.nullable || column.default.is_some() || column.generated.is_some() || column.identity.is_some()
}

/// Whether rows of a program that does not know all of these columns hold NULL in one of them, so that no key applies.
fn is_left_null(ends: Pair<&Table>, columns: &[Name]) -> bool {
    let new = |column: &&Name| ends.previous.column(column).is_none();
    let stays_null = |column: &Column| column.nullable && column.default.is_none() && column.generated.is_none();
    columns.iter().filter(new).any(|column| ends.next.column(column).is_some_and(stays_null))
}

/// Whether rows of a program that knows none of these columns all pass: they hold the defaults.
fn is_about_new_columns(ends: Pair<&Table>, check: &Check) -> bool {
    let mut mentioned =
        ends.next.columns.iter().filter(|column| mentions(check.expression.text(), column.name.as_str()));
    mentioned.all(|column| ends.previous.column(&column.name).is_none())
}

fn columns(index: &Index) -> Vec<Name> {
    let name = |key: &IndexKey| if let IndexKey::Column(name) = key { Some(name.clone()) } else { None };
    index.parts.iter().filter_map(|part| name(&part.key)).collect()
}

fn without(table: &TableName, column: &Column) -> String {
    format!("insert into {table} without {}", column.name)
}

fn refused(ends: Pair<&Table>) -> String {
    format!("may write to {} what is refused from now on", ends.next.name)
}

fn upsert(ends: Pair<&Table>) -> String {
    format!("may insert into {} with ON CONFLICT over these columns", ends.next.name)
}

fn unknown_value(ends: Pair<&Table>, column: &str) -> String {
    format!("may read a value of {}.{column} that they do not know", ends.next.name)
}

fn unless(harmless: bool, broken: String) -> Vec<String> {
    if harmless { Vec::new() } else { vec![broken] }
}

/// What is in a table that comes or goes is not looked at.
fn of_both(table: Option<Pair<&Table>>, broken: impl FnOnce(Pair<&Table>) -> Vec<String>) -> Vec<String> {
    table.map(broken).unwrap_or_default()
}

#[cfg(test)]
mod tests;
