//! What each database calls the values and rows that are made up.
//!
//! Another database is one more file like `words/sqlite.rs`: everything else about rows is the same for all.

mod postgres;
mod sqlite;

use super::value::Kind;
use crate::dialect::identifier;
use enamel_schema::schema::{Column, Found, Type};
use enamel_schema::{Dialect, TableName};

/// One database's words.
pub(super) struct Words {
    pub(super) dialect: Dialect,
    /// Begins the transaction in which rows are inserted. Keys that are looked at late are looked at at once in it, where there is a way.
    pub(super) begin: &'static str,
    /// What kind of values a type stands for.
    pub(super) kind: fn(data_type: &Type, found: &Found) -> Kind,
    /// An expression that gives the values of a column as SQL literals; `name` is quoted.
    pub(super) read: fn(name: &str, data_type: Option<&Type>) -> String,
    /// False and true.
    pub(super) booleans: [&'static str; 2],
    /// Bytes, from hexadecimal digits.
    pub(super) bytes: fn(digits: &str) -> String,
    /// What tells the rows of a table from each other that has no key.
    pub(super) row: &'static str,
    /// What stands before `VALUES` where a column is given a value that counts up by itself. `None`: such columns are always given one, and go on
    /// counting behind it.
    pub(super) overriding: Option<&'static str>,
    /// Whether any row would have been refused like this, and not only these.
    pub(super) refuses_any: fn(code: &str, message: &str) -> bool,
}

/// The words of a database, `None` where no rows can be made up yet.
pub(super) const fn words(dialect: Dialect) -> Option<&'static Words> {
    match dialect {
        Dialect::Sqlite => Some(&sqlite::WORDS),
        Dialect::Postgres => Some(&postgres::WORDS),
        Dialect::Mysql | Dialect::Mariadb => None,
    }
}

impl Words {
    /// The kind of a column's values.
    pub(super) fn kind_of(&self, column: &Column, found: &Found) -> Kind {
        (self.kind)(&column.data_type, found)
    }

    /// A column's values as literals.
    pub(super) fn column(&self, column: &Column) -> String {
        (self.read)(&identifier(column.name.as_str()), Some(&column.data_type))
    }
}

/// A table, quoted, behind its schema where it has one.
pub(super) fn quoted(table: &TableName) -> String {
    let name = identifier(table.name.as_str());
    match &table.schema {
        Some(schema) => format!("{}.{name}", identifier(schema.as_str())),
        None => name,
    }
}
