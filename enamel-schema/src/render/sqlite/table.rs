//! `CREATE TABLE` (<https://www.sqlite.org/lang_createtable.html>).

use crate::dialect::Dialect;
use crate::render::expression;
use crate::render::quote::{identifier, identifiers};
use crate::schema::{
    Action, Check, Column, ConstraintName, DefaultValue, Deferrable, ForeignKey, PrimaryKey, Table, TableName, Type,
    Unique,
};

/// The statement that makes a table, under a name that may differ from its own.
pub(super) fn create(table: &Table, name: &TableName) -> String {
    let mut lines: Vec<String> =
        table.columns.iter().map(|column| self::column(column, lone_key(table, column))).collect();
    lines.extend(table.primary_key.as_ref().filter(|key| key.columns.len() != 1).map(primary_key));
    lines.extend(table.uniques.iter().map(unique));
    lines.extend(table.foreign_keys.iter().map(foreign_key));
    lines.extend(table.checks.iter().map(check));

    let options: Vec<&str> = [(table.options.strict, "STRICT"), (table.options.without_rowid, "WITHOUT ROWID")]
        .into_iter()
        .filter_map(|(given, words)| given.then_some(words))
        .collect();
    let options = if options.is_empty() { String::new() } else { format!(" {}", options.join(", ")) };
    format!("CREATE TABLE {} (\n    {}\n){options}", identifier(name), lines.join(",\n    "))
}

/// A column's definition. `key` is the primary key, when this column alone is it.
pub(super) fn column(column: &Column, key: Option<&PrimaryKey>) -> String {
    let mut text = identifier(&column.name);
    let mut clause = |words: &str| {
        if !words.is_empty() {
            text.push(' ');
            text.push_str(words);
        }
    };
    if let Type::Sql(sql) = &column.data_type {
        clause(sql.text());
    }
    if !column.nullable {
        clause("NOT NULL");
    }
    if let Some(key) = key {
        let counts_on = column.identity.is_some_and(|identity| identity.never_reused);
        clause(&format!("{}PRIMARY KEY{}", constraint(&key.name), if counts_on { " AUTOINCREMENT" } else { "" }));
    }
    if let Some(DefaultValue::Sql(sql)) = &column.default {
        clause(&format!("DEFAULT {}", default(sql.text())));
    }
    if let Some(collation) = &column.collation {
        clause(&format!("COLLATE {}", collation.text()));
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored { "STORED" } else { "VIRTUAL" };
        clause(&format!("GENERATED ALWAYS AS {} {kept}", parenthesised(generated.expression.text())));
    }
    text
}

/// `REFERENCES …` and what follows it.
pub(super) fn references(key: &ForeignKey) -> String {
    let mut text =
        format!("REFERENCES {} ({})", identifier(&key.referenced_table), identifiers(&key.referenced_columns));
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != Action::NoAction {
            text.push_str(&format!(" ON {event} {}", action.sql()));
        }
    }
    text.push_str(match key.deferrable {
        Deferrable::No => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    });
    text
}

/// A check.
pub(super) fn check(check: &Check) -> String {
    format!("{}CHECK {}", constraint(&check.name), parenthesised(check.expression.text()))
}

fn lone_key<'a>(table: &'a Table, column: &Column) -> Option<&'a PrimaryKey> {
    table.primary_key.as_ref().filter(|key| matches!(key.columns.as_slice(), [name] if *name == column.name))
}

fn primary_key(key: &PrimaryKey) -> String {
    format!("{}PRIMARY KEY ({})", constraint(&key.name), identifiers(&key.columns))
}

fn unique(unique: &Unique) -> String {
    format!("{}UNIQUE ({})", constraint(&unique.name), identifiers(&unique.columns))
}

fn foreign_key(key: &ForeignKey) -> String {
    format!("{}FOREIGN KEY ({}) {}", constraint(&key.name), identifiers(&key.columns), references(key))
}

fn constraint(name: &ConstraintName) -> String {
    name.name().map(|name| format!("CONSTRAINT {} ", identifier(name))).unwrap_or_default()
}

/// A literal stands as it is, an expression in parentheses.
fn default(sql: &str) -> String {
    if expression::is_literal(sql, Dialect::Sqlite) { sql.to_owned() } else { parenthesised(sql) }
}

fn parenthesised(sql: &str) -> String {
    expression::parenthesised(sql, Dialect::Sqlite)
}
