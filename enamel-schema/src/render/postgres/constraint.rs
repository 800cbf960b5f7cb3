//! Keys, checks and exclusion constraints (<https://www.postgresql.org/docs/13/sql-createtable.html>).

use super::alter_table;
use crate::dialect::Dialect;
use crate::pair::Pair;
use crate::render::expression;
use crate::render::quote::{identifier, identifiers, qualified};
use crate::schema::{
    Action, Check, ConstraintName, Deferrable, Exclusion, ForeignKey, Name, PrimaryKey, TableName, Unique,
};

/// The action that adds a constraint.
pub(super) fn add(definition: &str) -> String {
    format!("ADD {definition}")
}

/// The action that drops a constraint. One that is in the database has a name.
pub(super) fn drop(name: &ConstraintName) -> String {
    format!("DROP CONSTRAINT {}", name.name().map(identifier).unwrap_or_default())
}

pub(super) fn rename(table: &TableName, name: &Pair<Name>) -> String {
    let names = name.as_ref().map(identifier);
    alter_table(table, &[format!("RENAME CONSTRAINT {} TO {}", names.previous, names.next)])
}

/// The action by which a foreign key is checked at another time.
pub(super) fn defer(key: &ForeignKey) -> String {
    let name = key.name.name().map(identifier).unwrap_or_default();
    let words = match key.deferrable {
        Deferrable::No => " NOT DEFERRABLE",
        deferrable @ (Deferrable::InitiallyImmediate | Deferrable::InitiallyDeferred) => self::deferrable(deferrable),
    };
    format!("ALTER CONSTRAINT {name}{words}")
}

pub(super) fn primary_key(key: &PrimaryKey) -> String {
    format!("{}PRIMARY KEY ({})", named(&key.name), identifiers(&key.columns))
}

pub(super) fn unique(unique: &Unique) -> String {
    let nulls = if unique.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    let columns = identifiers(&unique.columns);
    format!("{}UNIQUE{nulls} ({columns}){}", named(&unique.name), deferrable(unique.deferrable))
}

pub(super) fn foreign_key(key: &ForeignKey) -> String {
    let mut text = format!(
        "{}FOREIGN KEY ({}) REFERENCES {} ({})",
        named(&key.name),
        identifiers(&key.columns),
        qualified(&key.referenced_table),
        identifiers(&key.referenced_columns)
    );
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != Action::NoAction {
            text.push_str(&format!(" ON {event} {}", action.sql()));
        }
    }
    text + deferrable(key.deferrable)
}

pub(super) fn check(check: &Check) -> String {
    format!("{}CHECK {}", named(&check.name), expression::parenthesised(check.expression.text(), Dialect::Postgres))
}

pub(super) fn exclusion(exclusion: &Exclusion) -> String {
    format!("{}EXCLUDE {}", named(&exclusion.name), exclusion.definition.text())
}

fn named(name: &ConstraintName) -> String {
    name.name().map(|name| format!("CONSTRAINT {} ", identifier(name))).unwrap_or_default()
}

const fn deferrable(deferrable: Deferrable) -> &'static str {
    match deferrable {
        Deferrable::No => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}
