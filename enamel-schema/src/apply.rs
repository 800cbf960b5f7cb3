//! A schema after a change.
//!
//! The mirror of `diff`, and what it is held against: whatever `diff` says must lead from the previous schema to the next one, and
//! reversed back again.

use crate::change::Change;
use crate::diff;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{Name, Schema, Table, TableName};
use std::fmt;

/// A change that does not fit: what it drops or alters is not there as it says, or what it adds is there already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The change in words.
    pub change: String,
}

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the schema is not one for which this change was made: {}", self.change)
    }
}

impl std::error::Error for Unfit {}

impl Schema {
    /// Makes one change. The changes of [`diff::diff`], one after another, lead from its previous schema to its next one; their reverses, from the last to
    /// the first, lead back.
    ///
    /// # Errors
    ///
    /// When the change does not fit. The schema is then as it was.
    ///
    /// ```
    /// use enamel_schema::schema::{Name, Schema, Table, TableName};
    /// use enamel_schema::Change;
    ///
    /// let create = Change::CreateTable(Table::new(TableName::new(Name::new("users")?)));
    /// let mut schema = Schema::default();
    /// schema.apply(&create)?;
    /// assert_eq!(schema.tables.len(), 1);
    /// assert!(schema.apply(&create).is_err());
    /// schema.apply(&create.reverse())?;
    /// assert_eq!(schema, Schema::default());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&mut self, change: &Change) -> Result<(), Unfit> {
        apply(self, change).ok_or_else(|| Unfit { change: change.summary() })
    }
}

/// `None` when the change does not fit.
fn apply(schema: &mut Schema, change: &Change) -> Option<()> {
    match change {
        Change::CreateExtension(extension) => add(&mut schema.extensions, extension, |other| other == extension)?,
        Change::DropExtension(extension) => remove(&mut schema.extensions, extension)?,
        Change::CreateEnumeration(enumeration) => {
            add(&mut schema.enumerations, enumeration, |other| other.name == enumeration.name)?;
        }
        Change::DropEnumeration(enumeration) => remove(&mut schema.enumerations, enumeration)?,
        Change::AlterEnumeration { enumeration, renamed } => {
            let here = schema.enumerations.iter().position(|other| *other == enumeration.previous)?;
            let name = &enumeration.previous.name;
            let values = renamed.iter().map(|value| (name.clone(), value.clone())).collect();
            diff::carry(schema, &Edits { values, ..Edits::default() });
            schema.enumerations[here] = enumeration.next.clone();
        }
        Change::CreateTable(table) => add(&mut schema.tables, table, |other| other.name == table.name)?,
        Change::DropTable(table) => remove(&mut schema.tables, table)?,
        Change::RenameTable(table) => rename_table(schema, table)?,
        Change::RenameColumn { table, column } => rename_column(schema, table, column)?,
        Change::AlterTableOptions { table, options } => replace(&mut schema.table_mut(table)?.options, options)?,
        Change::CommentTable { table, comment } => replace(&mut schema.table_mut(table)?.comment, comment)?,
        Change::AddColumn { table, column } => {
            add(&mut schema.table_mut(table)?.columns, column, |other| other.name == column.name)?;
        }
        Change::DropColumn { table, column } => remove(&mut schema.table_mut(table)?.columns, column)?,
        Change::AlterColumn { table, column } => {
            let columns = &mut schema.table_mut(table)?.columns;
            replace(columns.iter_mut().find(|other| other.name == column.previous.name)?, column)?;
        }
        Change::AlterPrimaryKey { table, primary_key } => {
            replace(&mut schema.table_mut(table)?.primary_key, primary_key)?;
        }
        Change::AddUnique { table, unique } => schema.table_mut(table)?.uniques.push(unique.clone()),
        Change::DropUnique { table, unique } => remove(&mut schema.table_mut(table)?.uniques, unique)?,
        Change::AddIndex { table, index } => schema.table_mut(table)?.indexes.push(index.clone()),
        Change::DropIndex { table, index } => remove(&mut schema.table_mut(table)?.indexes, index)?,
        Change::AddForeignKey { table, foreign_key } => {
            schema.table_mut(table)?.foreign_keys.push(foreign_key.clone());
        }
        Change::DropForeignKey { table, foreign_key } => {
            remove(&mut schema.table_mut(table)?.foreign_keys, foreign_key)?;
        }
        Change::AddCheck { table, check } => schema.table_mut(table)?.checks.push(check.clone()),
        Change::DropCheck { table, check } => remove(&mut schema.table_mut(table)?.checks, check)?,
        Change::AddExclusion { table, exclusion } => schema.table_mut(table)?.exclusions.push(exclusion.clone()),
        Change::DropExclusion { table, exclusion } => remove(&mut schema.table_mut(table)?.exclusions, exclusion)?,
    }
    schema.sort();
    Some(())
}

fn rename_table(schema: &mut Schema, table: &Pair<TableName>) -> Option<()> {
    let here = schema.table(&table.previous).is_some() && schema.table(&table.next).is_none();
    here.then(|| diff::carry(schema, &Edits { tables: vec![table.clone()], ..Edits::default() }))
}

fn rename_column(schema: &mut Schema, table: &TableName, column: &Pair<Name>) -> Option<()> {
    let fits = |of: &Table| of.column(&column.previous).is_some() && of.column(&column.next).is_none();
    let here = schema.table(table).is_some_and(fits);
    here.then(|| {
        diff::carry(schema, &Edits { columns: vec![(table.clone(), column.clone())], ..Edits::default() });
    })
}

fn add<T: Clone>(items: &mut Vec<T>, item: &T, clashes: impl Fn(&T) -> bool) -> Option<()> {
    let fits = !items.iter().any(clashes);
    fits.then(|| items.push(item.clone()))
}

fn remove<T: PartialEq>(items: &mut Vec<T>, item: &T) -> Option<()> {
    let here = items.iter().position(|other| other == item)?;
    items.remove(here);
    Some(())
}

fn replace<T: Clone + PartialEq>(place: &mut T, ends: &Pair<T>) -> Option<()> {
    let fits = *place == ends.previous;
    fits.then(|| place.clone_from(&ends.next))
}
