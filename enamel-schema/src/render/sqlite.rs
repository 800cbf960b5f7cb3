//! SQLite's syntax (<https://www.sqlite.org/lang.html>). Nothing newer than 3.37.

mod rebuild;
mod table;

pub(crate) use rebuild::row_number;

use super::Statement;
use super::quote::{identifier, identifiers};
use crate::change::Change;
use crate::plan::{AddedColumn, Operation, Rows};
use crate::schema::{Index, IndexKey, IndexPart, Name, TableName, Unmodelled};
use crate::split::enclosed;

/// The statements of one operation.
pub(super) fn operation(operation: &Operation) -> Vec<Statement> {
    match operation {
        Operation::Change(change) => in_place(change).into_iter().map(Statement::new).collect(),
        Operation::AddColumn(added) => vec![Statement::new(add_column(added))],
        Operation::Rebuild(rebuild) => rebuild::statements(rebuild),
        Operation::Backfill { table, column, value, rows } => {
            vec![Statement::new(backfill(table, column, value, *rows))]
        }
        Operation::MustBeEmpty { what, table, columns, condition } => {
            let select = must_be_empty(table, columns, condition);
            vec![Statement { must_be_empty: Some(what.clone()), ..Statement::new(select) }]
        }
        Operation::Restore(object) => vec![Statement::new(object.sql.clone())],
        Operation::Suspend(object) => vec![Statement::new(suspend(object))],
        // A table is rebuilt instead, and constraints and types have no names of their own.
        Operation::Retype { .. }
        | Operation::DeferForeignKey { .. }
        | Operation::RenameConstraint { .. }
        | Operation::RenameIndex { .. }
        | Operation::RenameEnumeration(_)
        | Operation::CreateSchema(_)
        | Operation::CheckConstraints
        | Operation::NeedsVersion { .. }
        | Operation::CountOn { .. }
        | Operation::RetypeSequence { .. }
        | Operation::ReleaseSequence(_)
        | Operation::DropSequence(_) => Vec::new(),
    }
}

/// What `ALTER TABLE` and its kin can do. `plan` rebuilds a table for everything else.
fn in_place(change: &Change) -> Option<String> {
    match change {
        Change::CreateTable(table) => Some(table::create(table, &table.name)),
        Change::DropTable(table) => Some(format!("DROP TABLE {}", identifier(&table.name))),
        Change::RenameTable(name) => {
            Some(format!("ALTER TABLE {} RENAME TO {}", identifier(&name.previous), identifier(&name.next)))
        }
        Change::AddColumn { table, column } => {
            Some(format!("ALTER TABLE {} ADD COLUMN {}", identifier(table), table::column(column, None)))
        }
        Change::DropColumn { table, column } => {
            Some(format!("ALTER TABLE {} DROP COLUMN {}", identifier(table), identifier(&column.name)))
        }
        Change::RenameColumn { table, column } => Some(format!(
            "ALTER TABLE {} RENAME COLUMN {} TO {}",
            identifier(table),
            identifier(&column.previous),
            identifier(&column.next)
        )),
        Change::AddIndex { table, index } => Some(create_index(table, index)),
        Change::DropIndex { index, table: _ } => Some(format!("DROP INDEX {}", index_name(index))),
        Change::CreateExtension(_)
        | Change::DropExtension(_)
        | Change::CreateEnumeration(_)
        | Change::DropEnumeration(_)
        | Change::AlterEnumeration { .. }
        | Change::AlterTableOptions { .. }
        | Change::CommentTable { .. }
        | Change::AlterColumn { .. }
        | Change::AlterPrimaryKey { .. }
        | Change::AddUnique { .. }
        | Change::DropUnique { .. }
        | Change::AddForeignKey { .. }
        | Change::DropForeignKey { .. }
        | Change::AddCheck { .. }
        | Change::DropCheck { .. }
        | Change::AddExclusion { .. }
        | Change::DropExclusion { .. } => None,
    }
}

fn add_column(added: &AddedColumn) -> String {
    let mut clauses = vec![table::column(&added.column, None)];
    clauses.extend(added.foreign_key.iter().map(table::references));
    clauses.extend(added.checks.iter().map(table::check));
    format!("ALTER TABLE {} ADD COLUMN {}", identifier(&added.table), clauses.join(" "))
}

fn backfill(table: &TableName, column: &Name, value: &str, rows: Rows) -> String {
    let column = identifier(column);
    let condition = match rows {
        Rows::All => String::new(),
        Rows::Null => format!("\nWHERE {column} IS NULL"),
        Rows::Different => format!("\nWHERE {column} IS NOT ({value})"),
    };
    format!("UPDATE {}\nSET {column} = {value}{condition}", identifier(table))
}

fn must_be_empty(table: &TableName, columns: &[Name], condition: &str) -> String {
    let columns = if columns.is_empty() { "*".to_owned() } else { identifiers(columns) };
    let condition = if condition.is_empty() { String::new() } else { format!("\nWHERE {condition}") };
    format!("SELECT {columns}\nFROM {}{condition}", identifier(table))
}

fn suspend(object: &Unmodelled) -> String {
    format!("DROP {} {}", object.kind.word().to_ascii_uppercase(), identifier(&object.name))
}

fn create_index(table: &TableName, index: &Index) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let parts: Vec<String> = index.parts.iter().map(index_part).collect();
    let condition = index.condition.as_ref().map(|sql| format!("\nWHERE {}", sql.text())).unwrap_or_default();
    format!("CREATE {unique}INDEX {} ON {} ({}){condition}", index_name(index), identifier(table), parts.join(", "))
}

/// A lowered index always has a name.
fn index_name(index: &Index) -> String {
    index.name.name().map(identifier).unwrap_or_default()
}

fn index_part(part: &IndexPart) -> String {
    let mut text = match &part.key {
        IndexKey::Column(name) => identifier(name),
        // To SQLite a collation belongs to the last term alone.
        IndexKey::Expression(sql) if part.collation.is_some() => enclosed(sql.text()),
        IndexKey::Expression(sql) if sql.text().contains("--") => format!("{}\n", sql.text()),
        IndexKey::Expression(sql) => sql.text().to_owned(),
    };
    if let Some(collation) = &part.collation {
        text.push_str(" COLLATE ");
        text.push_str(collation);
    }
    if part.descending {
        text.push_str(" DESC");
    }
    text
}
