//! SQLite's catalogue: the texts of `sqlite_schema`, read.
//!
//! One query, whatever the number of tables. What pragmas could add is all in the texts, which tests hold against the pragmas.

mod cursor;
mod index;
mod table;

use super::{Scope, is_ignored, unreadable};
use crate::connection::{Connection, DriverError};
use enamel_schema::schema::{Found, Schema, Table, Unmodelled, UnmodelledKind};
use enamel_schema::{Name, TableName};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the main database of the connection.
pub(super) async fn introspect<C: Connection>(connection: &mut C, scope: &Scope<'_>) -> Result<Found, DriverError> {
    let mut objects: Vec<Object> =
        connection.rows(include_str!("sqlite/objects.sql")).await?.into_iter().filter_map(Object::of_row).collect();
    let shadows =
        if objects.iter().any(Object::is_virtual) { shadow_tables(connection).await? } else { BTreeSet::new() };
    let is_passed_over =
        |name: &str| is_internal(name) || shadows.contains(&folded(name)) || is_ignored(name, scope.ignore);
    objects.retain(|object| !is_passed_over(&object.name) && !is_passed_over(&object.table));
    let known = scope.known.map(|known| known.tables.iter().map(|table| folded(table.name.as_str())).collect());
    assemble(&objects, known.as_ref())
}

/// A row of `sqlite_schema`.
struct Object {
    kind: String,
    name: String,
    /// The table or view that it belongs to; of a table its own name.
    table: String,
    sql: String,
}

impl Object {
    fn of_row(row: Vec<Option<String>>) -> Option<Self> {
        let [kind, name, table, sql] = <[Option<String>; 4]>::try_from(row).ok()?;
        Some(Self { kind: kind?, name: name?, table: table?, sql: sql? })
    }

    /// Whether it is a virtual table. Nobody can write anything between these words: the text is SQLite's own here.
    fn is_virtual(&self) -> bool {
        self.kind == "table" && self.sql.starts_with("CREATE VIRTUAL TABLE")
    }
}

/// The tables in which virtual tables keep what is theirs, folded.
async fn shadow_tables<C: Connection>(connection: &mut C) -> Result<BTreeSet<String>, DriverError> {
    let rows = connection.rows(include_str!("sqlite/shadow_tables.sql")).await?;
    Ok(rows.into_iter().flatten().flatten().map(|name| folded(&name)).collect())
}

/// Whether SQLite made it for itself (<https://www.sqlite.org/fileformat2.html#intschema>).
fn is_internal(name: &str) -> bool {
    folded(name).starts_with("sqlite_")
}

/// A name as SQLite compares it: without regard to the case of ASCII letters.
fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// Puts tables and their indexes together. `known` are the folded names of the tables that are ours, `None` if all are.
fn assemble(objects: &[Object], known: Option<&BTreeSet<String>>) -> Result<Found, DriverError> {
    let mut tables = BTreeMap::new();
    let mut unmodelled = Vec::new();
    for object in objects {
        match object.kind.as_str() {
            "table" if !object.is_virtual() && known.is_none_or(|known| known.contains(&folded(&object.name))) => {
                let table = table::read(&object.sql).ok_or_else(|| not_understood(object))?;
                tables.insert(folded(&object.name), table);
            }
            "index" => {
                if let Some(table) = tables.get_mut(&folded(&object.table)) {
                    let index = index::read(&object.sql, table).ok_or_else(|| not_understood(object))?;
                    table.indexes.push(index);
                }
            }
            kind => unmodelled.extend(unmodelled_object(kind, object, &tables)),
        }
    }
    resolve(&mut tables);
    unmodelled.sort();
    let mut schema = Schema { tables: tables.into_values().collect(), ..Schema::default() };
    schema.sort();
    Ok(Found { schema, unmodelled })
}

/// A view, a trigger, a virtual table or one of others.
fn unmodelled_object(kind: &str, object: &Object, tables: &BTreeMap<String, Table>) -> Option<Unmodelled> {
    let (kind, table) = match kind {
        "view" => (UnmodelledKind::View, None),
        "trigger" => (UnmodelledKind::Trigger, Some(&object.table)),
        _ => (UnmodelledKind::Table, None),
    };
    let name = Name::new(&object.name).ok()?;
    // A trigger's row spells the table as `CREATE TRIGGER` did.
    let table = match table {
        Some(table) => Some(match tables.get(&folded(table)) {
            Some(table) => table.name.clone(),
            None => TableName::new(Name::new(table).ok()?),
        }),
        None => None,
    };
    Some(Unmodelled { kind, name, table, sql: object.sql.clone() })
}

/// Spells every column and table that a key names as its definition does, and names the columns of a foreign key that
/// leaves them out: the other table's primary key (<https://www.sqlite.org/foreignkeys.html#fk_indexes>).
fn resolve(tables: &mut BTreeMap<String, Table>) {
    let as_read = tables.clone();
    for (folded_name, table) in tables.iter_mut() {
        for foreign_key in &mut table.foreign_keys {
            spell(&mut foreign_key.columns, as_read.get(folded_name));
            let Some(referenced) = as_read.get(&folded(foreign_key.referenced_table.name.as_str())) else { continue };
            foreign_key.referenced_table = referenced.name.clone();
            let key = referenced.primary_key.as_ref().filter(|key| key.columns.len() == foreign_key.columns.len());
            if let (true, Some(key)) = (foreign_key.referenced_columns.is_empty(), key) {
                foreign_key.referenced_columns.clone_from(&key.columns);
            }
            spell(&mut foreign_key.referenced_columns, Some(referenced));
        }
    }
}

/// Spells names as the table's columns are spelled.
fn spell(names: &mut [Name], table: Option<&Table>) {
    for name in names {
        let column = table.into_iter().flat_map(|table| &table.columns).find(|column| same_name(&column.name, name));
        if let Some(column) = column {
            name.clone_from(&column.name);
        }
    }
}

/// Whether SQLite takes two names for one.
fn same_name(left: &Name, right: &Name) -> bool {
    left.as_str().eq_ignore_ascii_case(right.as_str())
}

fn not_understood(object: &Object) -> DriverError {
    unreadable(format!("the definition of {} {} is not understood: {}", object.kind, object.name, object.sql))
}

#[cfg(test)]
#[cfg(feature = "rusqlite")]
mod tests;
