//! PostgreSQL's syntax (<https://www.postgresql.org/docs/13/sql-commands.html>). Nothing newer than 13, but for what a model asks for by name.

mod column;
mod constraint;
mod counting;
mod enumeration;
mod index;
mod table;

use super::Statement;
use super::quote::{data_type, identifier, identifiers, qualified};
use crate::change::Change;
use crate::plan::{AddedColumn, OLDER_SERVERS, Operation, Rows};
use crate::schema::{Name, TableName, Unmodelled};

/// The statements of one operation.
pub(super) fn operation(operation: &Operation) -> Vec<Statement> {
    let statements = match operation {
        Operation::Change(change) => self::change(change),
        Operation::AddColumn(added) => add_column(added),
        Operation::Backfill { table, column, value, rows } => vec![backfill(table, column, value, *rows)],
        Operation::MustBeEmpty { what, table, columns, condition } => {
            let select = Statement::new(must_be_empty(table, columns, condition));
            return vec![Statement { must_be_empty: Some(what.clone()), ..select }];
        }
        Operation::NeedsVersion { version, what } => {
            let must_be_empty = Some(format!("{OLDER_SERVERS} PostgreSQL {version}, which know no {what}"));
            return vec![Statement { must_be_empty, ..Statement::new(older_than(*version)) }];
        }
        Operation::Restore(object) => vec![object.sql.clone()],
        Operation::Suspend(object) => vec![suspend(object)],
        Operation::Retype { table, columns } => {
            let actions = columns.iter().map(|one| column::retype(&one.column.next, one.using.as_deref()));
            vec![alter_table(table, &actions.collect::<Vec<_>>())]
        }
        Operation::DeferForeignKey { table, foreign_key } => {
            vec![alter_table(table, &[constraint::defer(foreign_key)])]
        }
        Operation::RenameConstraint { table, name } => vec![constraint::rename(table, name)],
        Operation::RenameIndex { table, name } => vec![index::rename(table, name)],
        Operation::RenameEnumeration(name) => {
            vec![format!("ALTER TYPE {} RENAME TO {}", identifier(&name.previous), identifier(&name.next))]
        }
        Operation::CreateSchema(name) => vec![format!("CREATE SCHEMA IF NOT EXISTS {}", identifier(name))],
        Operation::CheckConstraints => vec!["SET CONSTRAINTS ALL IMMEDIATE".to_owned()],
        Operation::CountOn { table, column, after } => vec![counting::count_on(table, column, after.as_ref())],
        Operation::RetypeSequence { sequence, column } => {
            vec![format!("ALTER SEQUENCE {} AS {}", qualified(sequence), data_type(&column.data_type))]
        }
        Operation::ReleaseSequence(sequence) => vec![format!("ALTER SEQUENCE {} OWNED BY NONE", qualified(sequence))],
        Operation::DropSequence(sequence) => vec![format!("DROP SEQUENCE {}", qualified(sequence))],
        // `ALTER TABLE` can do everything here.
        Operation::Rebuild(_) => Vec::new(),
    };
    statements.into_iter().map(Statement::new).collect()
}

fn change(change: &Change) -> Vec<String> {
    match change {
        Change::CreateExtension(name) => vec![format!("CREATE EXTENSION IF NOT EXISTS {}", identifier(name))],
        // It may serve others.
        Change::DropExtension(_) => Vec::new(),
        Change::CreateEnumeration(enumeration) => vec![enumeration::create(enumeration)],
        Change::DropEnumeration(enumeration) => vec![format!("DROP TYPE {}", identifier(&enumeration.name))],
        Change::AlterEnumeration { enumeration, renamed } => enumeration::alter(enumeration.as_ref(), renamed),
        Change::CreateTable(table) => table::create(table),
        Change::DropTable(table) => vec![format!("DROP TABLE {}", qualified(&table.name))],
        Change::RenameTable(name) => table::rename(name),
        Change::AlterTableOptions { table, options } if options.previous.unlogged != options.next.unlogged => {
            let action = if options.next.unlogged { "SET UNLOGGED" } else { "SET LOGGED" };
            vec![alter_table(table, &[action.to_owned()])]
        }
        // `lower` leaves no other option.
        Change::AlterTableOptions { .. } => Vec::new(),
        Change::CommentTable { table, comment } => vec![table::comment(table, comment.next.as_deref())],
        Change::AddColumn { table, column } => column::add(table, column),
        Change::DropColumn { table, column } => {
            vec![alter_table(table, &[format!("DROP COLUMN {}", identifier(&column.name))])]
        }
        Change::RenameColumn { table, column } => {
            let names = column.as_ref().map(identifier);
            vec![alter_table(table, &[format!("RENAME COLUMN {} TO {}", names.previous, names.next)])]
        }
        Change::AlterColumn { table, column } => column::alter(table, column.as_ref()),
        Change::AlterPrimaryKey { table, primary_key } => {
            let drops = primary_key.previous.iter().map(|key| constraint::drop(&key.name));
            let adds = primary_key.next.iter().map(|key| constraint::add(&constraint::primary_key(key)));
            vec![alter_table(table, &drops.chain(adds).collect::<Vec<_>>())]
        }
        Change::AddUnique { table, unique } => {
            vec![alter_table(table, &[constraint::add(&constraint::unique(unique))])]
        }
        Change::DropUnique { table, unique } => vec![alter_table(table, &[constraint::drop(&unique.name)])],
        Change::AddIndex { table, index } => vec![index::create(table, index)],
        Change::DropIndex { table, index } => vec![index::drop(table, index)],
        Change::AddForeignKey { table, foreign_key } => {
            vec![alter_table(table, &[constraint::add(&constraint::foreign_key(foreign_key))])]
        }
        Change::DropForeignKey { table, foreign_key } => {
            vec![alter_table(table, &[constraint::drop(&foreign_key.name)])]
        }
        Change::AddCheck { table, check } => vec![alter_table(table, &[constraint::add(&constraint::check(check))])],
        Change::DropCheck { table, check } => vec![alter_table(table, &[constraint::drop(&check.name)])],
        Change::AddExclusion { table, exclusion } => {
            vec![alter_table(table, &[constraint::add(&constraint::exclusion(exclusion))])]
        }
        Change::DropExclusion { table, exclusion } => vec![alter_table(table, &[constraint::drop(&exclusion.name)])],
    }
}

/// One action on the line of the table, several on lines of their own.
fn alter_table(table: &TableName, actions: &[String]) -> String {
    let table = qualified(table);
    match actions {
        [action] => format!("ALTER TABLE {table} {action}"),
        _ => format!("ALTER TABLE {table}\n    {}", actions.join(",\n    ")),
    }
}

fn add_column(added: &AddedColumn) -> Vec<String> {
    let mut statements = column::add(&added.table, &added.column);
    let keys = added.foreign_key.iter().map(constraint::foreign_key);
    let constraints = keys.chain(added.checks.iter().map(constraint::check));
    statements.extend(constraints.map(|constraint| alter_table(&added.table, &[constraint::add(&constraint)])));
    statements
}

fn backfill(table: &TableName, column: &Name, value: &str, rows: Rows) -> String {
    let column = identifier(column);
    let condition = match rows {
        Rows::All => String::new(),
        Rows::Null => format!("\nWHERE {column} IS NULL"),
        Rows::Different => format!("\nWHERE {column} IS DISTINCT FROM ({value})"),
    };
    format!("UPDATE {}\nSET {column} = {value}{condition}", qualified(table))
}

fn must_be_empty(table: &TableName, columns: &[Name], condition: &str) -> String {
    let columns = if columns.is_empty() { "*".to_owned() } else { identifiers(columns) };
    let condition = if condition.is_empty() { String::new() } else { format!("\nWHERE {condition}") };
    format!("SELECT {columns}\nFROM {}{condition}", qualified(table))
}

/// <https://www.postgresql.org/docs/13/runtime-config-preset.html>
fn older_than(version: u32) -> String {
    format!(
        "SELECT current_setting('server_version') AS \"version\"\nWHERE current_setting('server_version_num')::integer < {version}0000"
    )
}

fn suspend(object: &Unmodelled) -> String {
    let name = identifier(&object.name);
    match (object.kind, &object.table) {
        (kind, Some(table)) => format!("DROP {} {name} ON {}", kind.word().to_ascii_uppercase(), qualified(table)),
        (kind, None) => format!("DROP {} {name}", kind.word().to_ascii_uppercase()),
    }
}
