//! How one database holds a type.

use super::{postgres, sqlite};
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::schema::{Column, Schema, Sql, Table, TableOptions, Type};
use std::borrow::Cow;

/// How a type is held.
pub(super) enum Held {
    /// By this type.
    As(Type),
    /// By this type, which is not quite it: a note says so.
    Widened(Type, String),
    /// Not at all.
    Refused {
        /// Completes "SQLite …".
        reason: Cow<'static, str>,
        /// The way out.
        hint: &'static str,
    },
}

impl Held {
    /// By a type with this spelling.
    pub(super) fn spelled(text: impl Into<String>) -> Self {
        Held::As(Type::Sql(Sql::new(text)))
    }

    /// By a type with this spelling, which is not quite it.
    pub(super) fn widened(text: &str, note: impl Into<String>) -> Self {
        Held::Widened(Type::Sql(Sql::new(text)), note.into())
    }

    /// Not at all.
    pub(super) fn refused(reason: impl Into<Cow<'static, str>>, hint: &'static str) -> Self {
        Held::Refused { reason: reason.into(), hint }
    }
}

/// The hint for a type that is in no table.
pub(super) const WITH_TYPE: &str = "say how it is kept: `type = \"…\"`";

/// The type of a column.
pub(super) fn data_type(dialect: Dialect, schema: &Schema, table: &Table, column: &Column) -> Held {
    match dialect {
        Dialect::Sqlite => sqlite::data_type(schema, table, column),
        Dialect::Postgres => postgres::data_type(schema, column),
        Dialect::Mysql | Dialect::Mariadb => Held::refused("is not supported yet", WITH_TYPE),
    }
}

/// The options that a database knows.
pub(super) fn options(dialect: Dialect, options: &TableOptions) -> TableOptions {
    match dialect {
        Dialect::Sqlite => {
            TableOptions { strict: options.strict, without_rowid: options.without_rowid, ..TableOptions::default() }
        }
        Dialect::Postgres => TableOptions { unlogged: options.unlogged, ..TableOptions::default() },
        Dialect::Mysql | Dialect::Mariadb => TableOptions {
            engine: options.engine.clone(),
            charset: options.charset.clone(),
            collation: options.collation.clone(),
            ..TableOptions::default()
        },
    }
}

/// What is left out of a table because it changes only speed or storage.
pub(super) fn left_out(dialect: Dialect, table: &Table) -> Vec<Diagnostic> {
    match dialect {
        Dialect::Sqlite => sqlite::left_out(table),
        Dialect::Postgres => postgres::left_out(table),
        Dialect::Mysql | Dialect::Mariadb => Vec::new(),
    }
}

/// Names that a database cannot tell apart, or cannot hold.
pub(super) fn names(dialect: Dialect, schema: &Schema) -> Vec<Diagnostic> {
    match dialect {
        Dialect::Sqlite => sqlite::clashes(schema),
        Dialect::Postgres => postgres::names(schema),
        Dialect::Mysql | Dialect::Mariadb => Vec::new(),
    }
}
