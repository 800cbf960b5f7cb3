//! Random schemas, cut down to what SQLite can hold.
//!
//! What it cannot hold is refused by `lower`, which has tests of its own.

use enamel_schema::schema::{
    Column, ConstraintName, DefaultValue, Deferrable, Identity, Integer, Name, Table, TableOptions, Type, Unique,
};
use enamel_schema::split::mentions;
use enamel_schema::{Dialect, Edits, Pair, Schema, Sql, TableName};
use std::collections::BTreeSet;

/// The same schema without what SQLite refuses.
pub(crate) fn to_sqlite(mut schema: Schema) -> Schema {
    schema.extensions.clear();
    let mut names = BTreeSet::new();
    for table in &mut schema.tables {
        table.name.schema = None;
    }
    schema.tables.retain(|table| names.insert(table.name.name.as_str().to_ascii_lowercase()));
    for table in &mut schema.tables {
        fit_table(table);
    }
    let tables = schema.tables.clone();
    for table in &mut schema.tables {
        let plain = |table: &TableName, column: &Name| {
            let table = tables.iter().find(|other| other.name == *table);
            table.and_then(|table| table.column(column)).is_some_and(|column| column.generated.is_none())
        };
        let own = table.name.clone();
        table.foreign_keys.retain_mut(|key| {
            key.referenced_table.schema = None;
            plain(&own, &key.columns[0]) && plain(&key.referenced_table, &key.referenced_columns[0])
        });
    }
    for key in schema.tables.clone().into_iter().flat_map(|table| table.foreign_keys) {
        make_unique(&mut schema, &key.referenced_table, &key.referenced_columns);
    }
    schema.sort();
    schema
}

/// The edits that still concern something.
pub(crate) fn edits(edits: &Edits, schemas: &Pair<Schema>) -> Edits {
    let mut edits = edits.clone();
    for table in &mut edits.tables {
        (table.previous.schema, table.next.schema) = (None, None);
    }
    edits.tables.retain(|table| {
        schemas.previous.table(&table.previous).is_some()
            && schemas.next.table(&table.next).is_some()
            && schemas.next.table(&table.previous).is_none()
    });
    for (table, _) in &mut edits.columns {
        table.schema = None;
    }
    let renamed = edits.tables.clone();
    edits.columns.retain(|(table, column)| {
        let former = renamed.iter().find(|pair| pair.next == *table).map_or(table, |pair| &pair.previous);
        let previous = schemas.previous.table(former).and_then(|table| table.column(&column.previous));
        let next = schemas.next.table(table).and_then(|table| table.column(&column.next));
        previous.is_some() && next.is_some()
    });
    edits
}

fn fit_table(table: &mut Table) {
    table.exclusions.clear();
    let TableOptions { strict, without_rowid, .. } = table.options;
    let without_rowid = without_rowid && table.primary_key.is_some();
    table.options = TableOptions { strict, without_rowid, ..TableOptions::default() };

    fit_columns(table);
    for unique in &mut table.uniques {
        unique.nulls_not_distinct = false;
        unique.deferrable = Deferrable::No;
    }
    for (number, index) in table.indexes.iter_mut().enumerate() {
        let stated = index.name.stated().is_some();
        let name = Name::new(format!("{} {number}", table.name)).ok().filter(|_| stated);
        index.name = name.map_or(ConstraintName::Unnamed, ConstraintName::Stated);
        index.nulls_not_distinct = false;
        for part in &mut index.parts {
            part.nulls = None;
            part.collation = part.collation.take().map(|_| "NOCASE".to_owned());
        }
    }
}

fn fit_columns(table: &mut Table) {
    let key = table.primary_key.as_ref().map(|key| key.columns.clone()).unwrap_or_default();
    let computed: Vec<Name> =
        table.columns.iter().filter(|column| column.generated.is_some()).map(|column| column.name.clone()).collect();
    for (position, column) in table.columns.iter_mut().enumerate() {
        let in_key = key.contains(&column.name);
        fit_type(column);
        column.collation = column.collation.take().map(|_| Sql::new("NOCASE"));
        column.generated = column.generated.take().filter(|generated| {
            let of_computed = computed.iter().any(|other| mentions(generated.expression.text(), other.as_str()));
            position > 0 && !in_key && !of_computed
        });
        let counts = key.len() == 1 && in_key && !table.options.without_rowid;
        column.identity =
            column.identity.take().filter(|_| counts).map(|identity| Identity { always: false, ..identity });
        if column.identity.is_some() {
            column.data_type = Type::Integer(Integer::I64);
            column.default = None;
            column.collation = None;
            column.nullable = false;
        }
        if column.generated.is_some() {
            column.default = None;
        }
    }
}

/// Gives a column a type and a default that SQLite has.
fn fit_type(column: &mut Column) {
    let fits = !matches!(
        column.data_type,
        Type::Integer(Integer::U64) | Type::Interval | Type::Array(_) | Type::KeyValue | Type::Sql(_)
    );
    if !fits {
        column.data_type = Type::Text { max_length: None };
    }
    let default = column.default.take();
    column.default = default.filter(|default| match default {
        DefaultValue::Sql(sql) => sql.for_dialect(Dialect::Sqlite).is_some_and(|text| text != "citext"),
        DefaultValue::Boolean(_)
        | DefaultValue::Number(_)
        | DefaultValue::Text(_)
        | DefaultValue::Bytes(_)
        | DefaultValue::Variant(_) => fits,
    });
}

/// SQLite compares a key with a unique column only; otherwise dropping the other table fails.
fn make_unique(schema: &mut Schema, table: &TableName, columns: &[Name]) {
    let Some(table) = schema.table_mut(table) else { return };
    let is_key = table.primary_key.as_ref().is_some_and(|key| key.columns == columns);
    if !is_key && !table.uniques.iter().any(|unique| unique.columns == columns) {
        table.uniques.push(Unique {
            name: ConstraintName::Unnamed,
            columns: columns.to_vec(),
            nulls_not_distinct: false,
            deferrable: Deferrable::No,
        });
    }
}
