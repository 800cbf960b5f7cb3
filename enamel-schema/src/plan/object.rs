//! Triggers and views: which of them use what, and what their texts are after renames.
//!
//! SQLite keeps them as texts and looks into them only when they are used, so that one which lost a column is noticed by nobody until
//! then. They are read here as tokens. Where tokens alone do not tell whose column is meant, nothing is claimed: the proof finds out.

use super::work::same;
use crate::change::Change;
use crate::dialect::Dialect;
use crate::pair::Pair;
use crate::render::quote::identifier;
use crate::schema::{Name, Schema, TableName, Unmodelled, UnmodelledKind};
use crate::split::{Token, TokenKind, rename_in, tokens};

/// Something unmodelled, after all renames.
pub(crate) struct Object {
    /// What it is; its text follows the renames.
    pub(crate) unmodelled: Unmodelled,
    /// Whether its text is certain: no name in it that was renamed could mean something else.
    pub(crate) certain: bool,
}

impl Object {
    /// The objects as a database has them after the renames among `changes`.
    pub(crate) fn all(unmodelled: &[Unmodelled], changes: &[Change], previous: &Schema) -> Vec<Object> {
        let renamed = |object: &Unmodelled| {
            let mut object = Object { unmodelled: object.clone(), certain: true };
            // Order matters: columns are found by their tables' previous names.
            for change in changes {
                if let Change::RenameColumn { table, column } = change {
                    object.rename_column(previous_name(changes, table), column, previous);
                }
            }
            for change in changes {
                if let Change::RenameTable(table) = change {
                    object.rename_table(table, previous);
                }
            }
            object
        };
        unmodelled.iter().map(renamed).collect()
    }

    /// Whether it is a trigger of this table, which goes when the table goes.
    pub(crate) fn is_trigger_of(&self, table: &TableName) -> bool {
        self.unmodelled.kind == UnmodelledKind::Trigger && self.unmodelled.table.as_ref() == Some(table)
    }

    /// Whether it is something of this table, as a trigger or a policy, that goes when the table goes.
    pub(crate) fn goes_with(&self, table: &TableName) -> bool {
        self.unmodelled.kind.goes_with_its_table() && self.unmodelled.table.as_ref() == Some(table)
    }

    /// Whether its text names this table.
    pub(crate) fn names(&self, table: &TableName) -> bool {
        names_table(&self.unmodelled.sql, table)
    }

    /// The column of this table that it counts for: that of a `serial`.
    pub(crate) fn counts_for(&self, table: &TableName) -> Option<Name> {
        (self.unmodelled.table.as_ref() == Some(table)).then(|| counted_column(&self.unmodelled)).flatten()
    }

    /// Whether its text names this column of this table, and no other table in it could have it.
    pub(crate) fn uses(&self, table: &TableName, column: &Name, schema: &Schema) -> bool {
        self.may_use(table, column) && !self.others_have(table, column, schema)
    }

    /// Whether its text names a column like this, and the table.
    pub(crate) fn may_use(&self, table: &TableName, column: &Name) -> bool {
        self.names(table) && names(&self.unmodelled.sql, column)
    }

    /// `trigger touch_user`
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.unmodelled.kind.word(), self.unmodelled.name)
    }

    fn rename_column(&mut self, table: &TableName, column: &Pair<Name>, previous: &Schema) {
        if self.may_use(table, &column.previous) {
            let is_table = previous.tables.iter().any(|other| same(&other.name.name, &column.previous));
            self.certain &= !is_table && !self.others_have(table, &column.previous, previous);
            self.unmodelled.sql = rename_in(&self.unmodelled.sql, column.previous.as_str(), column.next.as_str());
        }
    }

    fn rename_table(&mut self, table: &Pair<TableName>, previous: &Schema) {
        if self.unmodelled.table.as_ref() == Some(&table.previous) {
            self.unmodelled.table = Some(table.next.clone());
        }
        if self.names(&table.previous) {
            let is_column = |other: &crate::schema::Table| other.column(&table.previous.name).is_some();
            self.certain &= !previous.tables.iter().any(|other| is_column(other) && self.names(&other.name));
            self.unmodelled.sql = renamed(&self.unmodelled.sql, &table.previous.name, &table.next.name);
        }
    }

    fn others_have(&self, table: &TableName, column: &Name, schema: &Schema) -> bool {
        schema
            .tables
            .iter()
            .any(|other| other.name != *table && other.column(column).is_some() && self.names(&other.name))
    }
}

/// The name from before of a table.
pub(super) fn previous_name<'a>(changes: &'a [Change], next: &'a TableName) -> &'a TableName {
    let renamed = changes.iter().find_map(|change| {
        if let Change::RenameTable(table) = change { (table.next == *next).then_some(&table.previous) } else { None }
    });
    renamed.unwrap_or(next)
}

/// The column that a sequence belongs to, the last name of its text.
pub(crate) fn counted_column(object: &Unmodelled) -> Option<Name> {
    if object.kind != UnmodelledKind::Sequence || object.table.is_none() {
        return None;
    }
    let all = tokens(&object.sql, Dialect::Postgres);
    let name = all.iter().rev().find_map(|token| token.identifier())?;
    Name::new(name).ok()
}

/// Whether a table is named, by itself or in its schema. The schema of the connection may be said or not. A name before a point is only a qualifier.
fn names_table(sql: &str, table: &TableName) -> bool {
    const OWN: [&str; 2] = ["public", "main"];
    let all: Vec<_> = tokens(sql, Dialect::Sqlite).into_iter().filter(|token| !token.is_trivia()).collect();
    let is = |token: &Token<'_>, name: &str| token.identifier().is_some_and(|text| text.eq_ignore_ascii_case(name));
    let is_own = |schema: &str| OWN.iter().any(|own| own.eq_ignore_ascii_case(schema));
    let is_named =
        |at: usize| is(&all[at], table.name.as_str()) && !all.get(at + 1).is_some_and(|next| next.is_symbol("."));
    (0..all.len()).filter(|at| is_named(*at)).any(|at| {
        let is_qualified = at >= 2 && all[at - 1].is_symbol(".");
        match (&table.schema, is_qualified) {
            (Some(schema), true) => is(&all[at - 2], schema.as_str()),
            (Some(schema), false) => is_own(schema.as_str()),
            (None, true) => OWN.iter().any(|own| is(&all[at - 2], own)),
            (None, false) => true,
        }
    })
}

/// Whether a word or a quoted name of the text is this name.
fn names(sql: &str, name: &Name) -> bool {
    tokens(sql, Dialect::Sqlite).iter().any(|token| {
        matches!(token.kind, TokenKind::Word | TokenKind::Quoted)
            && token.identifier().is_some_and(|identifier| identifier.eq_ignore_ascii_case(name.as_str()))
    })
}

fn renamed(sql: &str, previous: &Name, next: &Name) -> String {
    let next = identifier(next);
    let text = |token: &crate::split::Token<'_>| match token.identifier() {
        Some(name) if name.eq_ignore_ascii_case(previous.as_str()) => next.clone(),
        Some(_) | None => token.text.to_owned(),
    };
    tokens(sql, Dialect::Sqlite).iter().map(text).collect()
}
