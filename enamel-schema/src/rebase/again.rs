//! A change of mine, made again on the schema that theirs left.
//!
//! The mirror of `apply`, for a schema that has gone on meanwhile: what theirs made already is not made twice, what both changed in
//! different places is changed in both, and what they contradict each other in is told, never guessed.

use super::arrange::arrange;
use super::dangling::dangling;
use super::{Clash, enumeration};
use crate::change::Change;
use crate::diff::{
    carried_over, carry, compatible_names, diff, differing, same_check, same_enumeration, same_exclusion,
    same_foreign_key, same_index, same_primary_key, same_unique,
};
use crate::edits::Edits;
use crate::naming;
use crate::pair::Pair;
use crate::schema::{Column, ConstraintName, Name, PrimaryKey, Schema, Table, TableName};

/// A change that was made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// The schema after it, neutral and named.
    pub schema: Schema,
    /// What theirs had made already, in words.
    pub already: Vec<String>,
}

/// Makes on `theirs` the change that leads from one schema of mine to the next. All three are neutral and named; `edits` says what mine
/// renamed.
///
/// ```
/// use enamel_schema::rebase::again;
/// use enamel_schema::schema::{Column, Name, Schema, Table, TableName, Type};
/// use enamel_schema::{Edits, Pair};
///
/// let users = |columns: &[&str]| -> Result<Schema, Box<dyn std::error::Error>> {
///     let mut users = Table::new(TableName::new(Name::new("users")?));
///     for column in columns {
///         users.columns.push(Column::new(Name::new(*column)?, Type::Boolean));
///     }
///     Ok(Schema { tables: vec![users], ..Schema::default() })
/// };
/// let mine = Pair::new(users(&["a"])?, users(&["a", "b"])?);
/// let again = again(mine.as_ref(), &Edits::default(), &users(&["a", "c"])?).expect("they go together");
/// assert_eq!(again.schema, users(&["a", "b", "c"])?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Everything in which mine and theirs contradict each other.
pub fn again(mine: Pair<&Schema>, edits: &Edits, theirs: &Schema) -> Result<Again, Vec<Clash>> {
    let mut schema = theirs.clone();
    let mut already = Vec::new();
    let mut clashes = Vec::new();
    for change in diff(mine.previous, mine.next, edits) {
        match make(&mut schema, &change) {
            Ok(Made::Now) => schema.sort(),
            Ok(Made::Already) => already.push(change.summary()),
            Err(clash) => clashes.push(clash),
        }
    }
    if clashes.is_empty() {
        clashes = dangling(&schema);
    }
    if clashes.is_empty() {
        arrange(&mut schema, &carried_over(theirs, edits), mine.next);
        forget_derived_names(&mut schema);
        Ok(Again { schema: naming::complete(theirs, &schema, edits), already })
    } else {
        Err(clashes)
    }
}

/// What the name of a constraint was on my branch says nothing about what is free on theirs. Those that stay get theirs again.
fn forget_derived_names(schema: &mut Schema) {
    for table in &mut schema.tables {
        let names = table.primary_key.iter_mut().map(|key| &mut key.name);
        let names = names.chain(table.uniques.iter_mut().map(|unique| &mut unique.name));
        let names = names.chain(table.indexes.iter_mut().map(|index| &mut index.name));
        let names = names.chain(table.foreign_keys.iter_mut().map(|key| &mut key.name));
        let names = names.chain(table.checks.iter_mut().map(|check| &mut check.name));
        let names = names.chain(table.exclusions.iter_mut().map(|exclusion| &mut exclusion.name));
        names.filter(|name| name.stated().is_none()).for_each(|name| *name = ConstraintName::Unnamed);
    }
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// It was made.
    Now,
    /// It was made already.
    Already,
}

/// Makes one change. The schema is as it was when it cannot be made.
pub(super) fn make(schema: &mut Schema, change: &Change) -> Result<Made, Clash> {
    match change {
        Change::CreateExtension(extension) => Ok(add(&mut schema.extensions, extension, |other| other == extension)),
        Change::DropExtension(extension) => Ok(remove(&mut schema.extensions, |other| other == extension)),
        Change::CreateEnumeration(enumeration) => enumeration::create(schema, enumeration, change),
        Change::DropEnumeration(enumeration) => match schema.enumeration(&enumeration.name) {
            Some(theirs) if !same_enumeration(theirs, enumeration) => Err(Clash::changed(change, "it")),
            Some(_) | None => Ok(remove(&mut schema.enumerations, |other| other.name == enumeration.name)),
        },
        Change::AlterEnumeration { enumeration, renamed } => {
            enumeration::alter(schema, enumeration.as_ref(), renamed, change)
        }
        Change::CreateTable(table) => create_table(schema, table, change),
        Change::DropTable(table) => match schema.table(&table.name) {
            Some(theirs) if !same_table(theirs, table) => Err(Clash::changed(change, "it")),
            Some(_) | None => Ok(remove(&mut schema.tables, |other| other.name == table.name)),
        },
        Change::RenameTable(table) => rename_table(schema, table, change),
        Change::AlterTableOptions { table, options } => {
            let place = &mut of(schema, table, change)?.options;
            replace(place, options, |one, other| one == other).ok_or_else(|| Clash::changed(change, "them"))
        }
        Change::CommentTable { table, comment } => {
            let place = &mut of(schema, table, change)?.comment;
            replace(place, comment, |one, other| one == other).ok_or_else(|| Clash::changed(change, "it"))
        }
        Change::AddColumn { table, column } => add_column(of(schema, table, change)?, column, change),
        Change::DropColumn { table, column } => drop_column(schema, table, column, change),
        Change::RenameColumn { table, column } => rename_column(schema, table, column, change),
        Change::AlterColumn { table, column } => alter_column(of(schema, table, change)?, column.as_ref(), change),
        Change::AlterPrimaryKey { table, primary_key } => {
            let place = &mut of(schema, table, change)?.primary_key;
            let same =
                |one: &Option<PrimaryKey>, other: &Option<PrimaryKey>| same_primary_key(one.as_ref(), other.as_ref());
            replace(place, primary_key, same).ok_or_else(|| Clash::changed(change, "it"))
        }
        Change::AddUnique { table, unique } => {
            let is_it = it(unique, |unique| &unique.name, same_unique);
            Ok(add(&mut of(schema, table, change)?.uniques, unique, is_it))
        }
        Change::DropUnique { table, unique } => {
            let is_it = it(unique, |unique| &unique.name, same_unique);
            Ok(schema.table_mut(table).map_or(Made::Already, |table| remove(&mut table.uniques, is_it)))
        }
        Change::AddIndex { table, index } => {
            let is_it = it(index, |index| &index.name, same_index);
            Ok(add(&mut of(schema, table, change)?.indexes, index, is_it))
        }
        Change::DropIndex { table, index } => {
            let is_it = it(index, |index| &index.name, same_index);
            Ok(schema.table_mut(table).map_or(Made::Already, |table| remove(&mut table.indexes, is_it)))
        }
        Change::AddForeignKey { table, foreign_key } => {
            let is_it = it(foreign_key, |foreign_key| &foreign_key.name, same_foreign_key);
            Ok(add(&mut of(schema, table, change)?.foreign_keys, foreign_key, is_it))
        }
        Change::DropForeignKey { table, foreign_key } => {
            let is_it = it(foreign_key, |foreign_key| &foreign_key.name, same_foreign_key);
            Ok(schema.table_mut(table).map_or(Made::Already, |table| remove(&mut table.foreign_keys, is_it)))
        }
        Change::AddCheck { table, check } => {
            let is_it = it(check, |check| &check.name, same_check);
            Ok(add(&mut of(schema, table, change)?.checks, check, is_it))
        }
        Change::DropCheck { table, check } => {
            let is_it = it(check, |check| &check.name, same_check);
            Ok(schema.table_mut(table).map_or(Made::Already, |table| remove(&mut table.checks, is_it)))
        }
        Change::AddExclusion { table, exclusion } => {
            let is_it = it(exclusion, |exclusion| &exclusion.name, same_exclusion);
            Ok(add(&mut of(schema, table, change)?.exclusions, exclusion, is_it))
        }
        Change::DropExclusion { table, exclusion } => {
            let is_it = it(exclusion, |exclusion| &exclusion.name, same_exclusion);
            Ok(schema.table_mut(table).map_or(Made::Already, |table| remove(&mut table.exclusions, is_it)))
        }
    }
}

/// Whether a constraint of theirs is this one. One that went with its table went already.
fn it<T>(
    constraint: &T,
    name: impl Fn(&T) -> &ConstraintName,
    same_shape: impl Fn(&T, &T) -> bool,
) -> impl Fn(&T) -> bool {
    move |theirs| same_shape(theirs, constraint) && compatible_names(name(theirs), name(constraint))
}

/// The table that a change is about.
fn of<'s>(schema: &'s mut Schema, table: &TableName, change: &Change) -> Result<&'s mut Table, Clash> {
    schema.table_mut(table).ok_or_else(|| Clash::gone(change, "table", table))
}

pub(super) fn add<T: Clone>(items: &mut Vec<T>, item: &T, is_it: impl Fn(&T) -> bool) -> Made {
    if items.iter().any(is_it) {
        return Made::Already;
    }
    items.push(item.clone());
    Made::Now
}

fn remove<T>(items: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> Made {
    let Some(place) = items.iter().position(is_it) else { return Made::Already };
    items.remove(place);
    Made::Now
}

/// `None` where it is neither as it was nor as it is to be.
pub(super) fn replace<T: Clone>(place: &mut T, ends: &Pair<T>, same: impl Fn(&T, &T) -> bool) -> Option<Made> {
    if same(place, &ends.next) {
        Some(Made::Already)
    } else if same(place, &ends.previous) {
        place.clone_from(&ends.next);
        Some(Made::Now)
    } else {
        None
    }
}

fn create_table(schema: &mut Schema, table: &Table, change: &Change) -> Result<Made, Clash> {
    match schema.table(&table.name) {
        Some(theirs) if !same_table(theirs, table) => Err(Clash::other(change, "table", &table.name)),
        Some(_) | None => Ok(add(&mut schema.tables, table, |other| other.name == table.name)),
    }
}

/// Whether two tables of one name hold the same. Indexes are changes of their own.
fn same_table(left: &Table, right: &Table) -> bool {
    let alone =
        |table: &Table| Schema { tables: vec![Table { indexes: Vec::new(), ..table.clone() }], ..Schema::default() };
    diff(&alone(left), &alone(right), &Edits::default()).is_empty()
}

fn rename_table(schema: &mut Schema, table: &Pair<TableName>, change: &Change) -> Result<Made, Clash> {
    match table.as_ref().map(|name| schema.table(name).is_some()) {
        Pair { previous: true, next: false } => {
            carry(schema, &Edits { tables: vec![table.clone()], ..Edits::default() });
            Ok(Made::Now)
        }
        Pair { previous: false, next: true } => Ok(Made::Already),
        Pair { previous: false, next: false } => Err(Clash::gone(change, "table", &table.previous)),
        Pair { previous: true, next: true } => Err(Clash::other(change, "table", &table.next)),
    }
}

fn rename_column(schema: &mut Schema, table: &TableName, column: &Pair<Name>, change: &Change) -> Result<Made, Clash> {
    let theirs = of(schema, table, change)?;
    match column.as_ref().map(|name| theirs.column(name).is_some()) {
        Pair { previous: true, next: false } => {
            carry(schema, &Edits { columns: vec![(table.clone(), column.clone())], ..Edits::default() });
            Ok(Made::Now)
        }
        Pair { previous: false, next: true } => Ok(Made::Already),
        Pair { previous: false, next: false } => Err(Clash::gone(change, "column", &column.previous)),
        Pair { previous: true, next: true } => Err(Clash::other(change, "column", &column.next)),
    }
}

fn add_column(table: &mut Table, column: &Column, change: &Change) -> Result<Made, Clash> {
    match table.column(&column.name) {
        Some(theirs) if differing(theirs, column) != Default::default() => {
            Err(Clash::other(change, "column", &column.name))
        }
        Some(_) | None => Ok(add(&mut table.columns, column, |other| other.name == column.name)),
    }
}

fn drop_column(schema: &mut Schema, table: &TableName, column: &Column, change: &Change) -> Result<Made, Clash> {
    let Some(table) = schema.table_mut(table) else { return Ok(Made::Already) };
    match table.column(&column.name) {
        Some(theirs) if differing(theirs, column) != Default::default() => Err(Clash::changed(change, "it")),
        Some(_) | None => Ok(remove(&mut table.columns, |other| other.name == column.name)),
    }
}

/// Makes the difference between the two ends, side by side with what theirs changed of the same column.
fn alter_column(table: &mut Table, ends: Pair<&Column>, change: &Change) -> Result<Made, Clash> {
    let name = &ends.next.name;
    let place = table.columns.iter_mut().find(|column| column.name == *name);
    let theirs = place.ok_or_else(|| Clash::gone(change, "column", name))?;
    let (mine, left) = (differing(ends.previous, ends.next), differing(theirs, ends.next));
    let touched = differing(ends.previous, theirs);
    let mut next = theirs.clone();
    let mut made = Made::Already;
    // Of each part: whether mine changes it, whether that is still to be made, whether theirs changed it.
    let mut part = |mine: bool, left: bool, touched: bool, take: fn(&mut Column, &Column)| {
        if mine && left {
            take(&mut next, ends.next);
            made = Made::Now;
        }
        mine && left && touched
    };
    let contradict = [
        part(mine.data_type, left.data_type, touched.data_type, |one, other| one.data_type = other.data_type.clone()),
        part(mine.nullable, left.nullable, touched.nullable, |one, other| one.nullable = other.nullable),
        part(mine.default, left.default, touched.default, |one, other| one.default = other.default.clone()),
        part(mine.generated, left.generated, touched.generated, |one, other| one.generated = other.generated.clone()),
        part(mine.identity, left.identity, touched.identity, |one, other| one.identity = other.identity),
        part(mine.collation, left.collation, touched.collation, |one, other| one.collation = other.collation.clone()),
        part(mine.comment, left.comment, touched.comment, |one, other| one.comment = other.comment.clone()),
    ];
    if contradict.contains(&true) {
        return Err(Clash::changed(change, "it"));
    }
    *theirs = next;
    Ok(made)
}
