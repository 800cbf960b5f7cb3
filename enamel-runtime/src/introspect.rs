//! A database's schema, read from its catalogue.
//!
//! What is found is a value like any other schema, so that the same `diff` that compares models compares databases.

mod postgres;
mod sqlite;

use crate::connection::{Connection, DriverError};
use enamel_schema::schema::Found;
use enamel_schema::{Dialect, Name, TableName};
use std::collections::BTreeSet;

/// Reads the schema of the connection's database.
///
/// `ignore` are tables and views that are passed over, by name or with `*` (`audit_*`), in any case; the history table is
/// usually among them. The database's own tables, temporary ones and those of attached databases are always passed over.
///
/// # Errors
///
/// What the driver says, or which definition could not be read.
pub async fn introspect<C: Connection>(connection: &mut C, ignore: &[String]) -> Result<Found, DriverError> {
    introspect_scope(connection, &Scope { ignore, known: None, defines_others: true }).await
}

/// What is looked at.
pub(crate) struct Scope<'a> {
    /// Tables and views that are passed over, by name or with `*`.
    pub(crate) ignore: &'a [String],
    /// What is ours. Anything else is unmodelled. `None`: everything is ours that models can say.
    pub(crate) known: Option<&'a Known>,
    /// Whether it is asked what tables of others are made of, or only what they are called.
    pub(crate) defines_others: bool,
}

/// What models name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) tables: BTreeSet<TableName>,
    pub(crate) enumerations: BTreeSet<Name>,
    pub(crate) extensions: BTreeSet<String>,
}

impl Scope<'_> {
    /// Whether a table is ours; `otherwise` where everything is.
    fn knows_table(&self, name: &TableName, otherwise: bool) -> bool {
        self.known.map_or(otherwise, |known| known.tables.contains(name))
    }

    /// A table as models call it, where they name the connection's own schema too.
    fn called(&self, name: TableName, own_schema: Option<&Name>) -> TableName {
        let stated = TableName { schema: own_schema.cloned(), name: name.name.clone() };
        let is_known = |name: &TableName| self.known.is_some_and(|known| known.tables.contains(name));
        if name.schema.is_none() && !is_known(&name) && is_known(&stated) { stated } else { name }
    }

    fn knows_enumeration(&self, name: &Name) -> bool {
        self.known.is_none_or(|known| known.enumerations.contains(name))
    }

    /// Other extensions are the administrator's.
    fn knows_extension(&self, name: &str) -> bool {
        self.known.map_or(name != "plpgsql", |known| known.extensions.contains(name))
    }
}

/// Reads as much of the schema as is looked at.
pub(crate) async fn introspect_scope<C: Connection>(
    connection: &mut C,
    scope: &Scope<'_>,
) -> Result<Found, DriverError> {
    match connection.dialect() {
        Dialect::Sqlite => sqlite::introspect(connection, scope).await,
        Dialect::Postgres => postgres::introspect(connection, scope).await,
        dialect @ (Dialect::Mysql | Dialect::Mariadb) => {
            Err(unreadable(format!("a {} database cannot be introspected yet", dialect.title())))
        }
    }
}

/// Whether a name is one of those that are passed over.
fn is_ignored(name: &str, ignore: &[String]) -> bool {
    ignore.iter().any(|pattern| matches(&pattern.to_lowercase(), &name.to_lowercase()))
}

/// Whether a name fits a pattern, in which `*` stands for any text.
fn matches(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// An error of ours about what a catalogue holds.
fn unreadable(message: String) -> DriverError {
    DriverError { message, code: None, position: None, busy: false, source: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, name, expected) in [
            ("audit", "audit", true),
            ("audit", "audits", false),
            ("audit_*", "audit_", true),
            ("audit_*", "AUDIT_log", true),
            ("audit_*", "my_audit_log", false),
            ("*", "anything", true),
            ("*_log", "a_log_log", true),
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "aXcYb", false),
            ("ab*ba", "aba", false),
            ("", "x", false),
        ] {
            assert_eq!(is_ignored(name, &[pattern.to_owned()]), expected, "{pattern} {name}");
        }
    }
}
