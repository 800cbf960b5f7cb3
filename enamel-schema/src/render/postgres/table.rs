//! `CREATE TABLE` (<https://www.postgresql.org/docs/13/sql-createtable.html>).

use super::{column, constraint};
use crate::pair::Pair;
use crate::render::quote::{identifier, qualified, text};
use crate::schema::{Table, TableName};

/// The statements that make a table, without its indexes.
pub(super) fn create(table: &Table) -> Vec<String> {
    let mut lines: Vec<String> = table.columns.iter().map(column::definition).collect();
    lines.extend(table.primary_key.iter().map(constraint::primary_key));
    lines.extend(table.uniques.iter().map(constraint::unique));
    lines.extend(table.foreign_keys.iter().map(constraint::foreign_key));
    lines.extend(table.checks.iter().map(constraint::check));
    lines.extend(table.exclusions.iter().map(constraint::exclusion));

    let unlogged = if table.options.unlogged { "UNLOGGED " } else { "" };
    let name = qualified(&table.name);
    let mut statements = vec![match lines.is_empty() {
        true => format!("CREATE {unlogged}TABLE {name} ()"),
        false => format!("CREATE {unlogged}TABLE {name} (\n    {}\n)", lines.join(",\n    ")),
    }];
    statements.extend(table.comment.as_deref().map(|comment| self::comment(&table.name, Some(comment))));
    statements.extend(
        table
            .columns
            .iter()
            .filter(|column| column.comment.is_some())
            .map(|column| column::comment(&table.name, column)),
    );
    statements
}

/// A table moves before it takes its name.
pub(super) fn rename(name: &Pair<TableName>) -> Vec<String> {
    let Pair { previous, next } = name;
    let mut statements = Vec::new();
    let mut here = previous.clone();
    if let Some(schema) = next.schema.as_ref().filter(|_| previous.schema != next.schema) {
        statements.push(format!("ALTER TABLE {} SET SCHEMA {}", qualified(&here), identifier(schema)));
        here.schema = Some(schema.clone());
    }
    if previous.name != next.name {
        statements.push(format!("ALTER TABLE {} RENAME TO {}", qualified(&here), identifier(&next.name)));
    }
    statements
}

pub(super) fn comment(table: &TableName, comment: Option<&str>) -> String {
    format!("COMMENT ON TABLE {} IS {}", qualified(table), comment.map_or("NULL".to_owned(), text))
}
