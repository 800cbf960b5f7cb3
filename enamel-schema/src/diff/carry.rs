//! A schema as a database holds it after nothing but renames.
//!
//! Databases follow a rename through keys, indexes, foreign keys of other tables and expressions by themselves, so that
//! none of these is a change of its own.

use crate::change::quoted_text;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{DefaultValue, Enumeration, Index, IndexKey, Name, Schema, Sql, Table, TableName, Type};
use crate::split;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The schema after the renames of `renames`, which must be real: their former names there, their next ones not.
pub(crate) fn carried_over<'a>(schema: &'a Schema, renames: &Edits) -> Cow<'a, Schema> {
    if renames.tables.is_empty() && renames.columns.is_empty() && renames.values.is_empty() {
        return Cow::Borrowed(schema);
    }
    let mut carried = schema.clone();
    carry(&mut carried, renames);
    Cow::Owned(carried)
}

/// Makes the renames in a schema.
pub(crate) fn carry(schema: &mut Schema, renames: &Edits) {
    let names = Names::new(renames);
    for enumeration in &mut schema.enumerations {
        names.carry_enumeration(enumeration);
    }
    for table in &mut schema.tables {
        names.carry_table(table);
    }
    schema.sort();
}

/// The renames, by previous names.
struct Names<'a> {
    tables: BTreeMap<&'a TableName, &'a TableName>,
    columns: BTreeMap<&'a TableName, Vec<&'a Pair<Name>>>,
    values: BTreeMap<&'a Name, Vec<&'a Pair<String>>>,
}

impl<'a> Names<'a> {
    fn new(renames: &'a Edits) -> Self {
        let mut columns: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let former: BTreeMap<_, _> = renames.tables.iter().map(|pair| (&pair.next, &pair.previous)).collect();
        for (table, column) in &renames.columns {
            columns.entry(former.get(table).copied().unwrap_or(table)).or_default().push(column);
        }
        let mut values: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (name, value) in &renames.values {
            values.entry(name).or_default().push(value);
        }
        Self { tables: renames.tables.iter().map(|pair| (&pair.previous, &pair.next)).collect(), columns, values }
    }

    fn carry_enumeration(&self, enumeration: &mut Enumeration) {
        let renamed = self.values.get(&enumeration.name).map(Vec::as_slice).unwrap_or_default();
        for value in &mut enumeration.values {
            if let Some(pair) = renamed.iter().find(|pair| pair.previous == value.name) {
                value.name.clone_from(&pair.next);
            }
        }
    }

    fn carry_table(&self, table: &mut Table) {
        for column in &mut table.columns {
            if let Some(default) = &mut column.default {
                self.carry_default(&column.data_type, default);
            }
        }
        for key in &mut table.foreign_keys {
            let renamed = self.columns_of(&key.referenced_table);
            key.referenced_columns.iter_mut().for_each(|column| carry_name(column, renamed));
            if let Some(next) = self.tables.get(&key.referenced_table) {
                key.referenced_table = (*next).clone();
            }
        }
        let renamed = self.columns_of(&table.name);
        if !renamed.is_empty() {
            carry_columns(table, renamed);
        }
        if let Some(next) = self.tables.get(&table.name) {
            let previous = std::mem::replace(&mut table.name, (*next).clone());
            // An expression may say `users.age`.
            for text in expressions(table).flat_map(texts) {
                *text = split::rename_qualifier_in(text, previous.name.as_str(), next.name.as_str());
            }
        }
    }

    fn columns_of(&self, table: &TableName) -> &[&'a Pair<Name>] {
        self.columns.get(table).map(Vec::as_slice).unwrap_or_default()
    }

    fn carry_default(&self, data_type: &Type, default: &mut DefaultValue) {
        let Type::Enumeration(name) = data_type else { return };
        for pair in self.values.get(name).into_iter().flatten() {
            let next = match default {
                DefaultValue::Variant(value) if *value == pair.previous => DefaultValue::Variant(pair.next.clone()),
                DefaultValue::Sql(sql) if *sql == Sql::new(quoted_text(&pair.previous)) => {
                    DefaultValue::Sql(Sql::new(quoted_text(&pair.next)))
                }
                DefaultValue::Variant(_)
                | DefaultValue::Sql(_)
                | DefaultValue::Boolean(_)
                | DefaultValue::Number(_)
                | DefaultValue::Text(_)
                | DefaultValue::Bytes(_) => continue,
            };
            *default = next;
            // Each value once: a second rename may lead on from where this one arrived.
            return;
        }
    }
}

fn carry_columns(table: &mut Table, renamed: &[&Pair<Name>]) {
    let columns = table.columns.iter_mut().map(|column| &mut column.name);
    let primary_key = table.primary_key.iter_mut().flat_map(|key| &mut key.columns);
    let uniques = table.uniques.iter_mut().flat_map(|unique| &mut unique.columns);
    let foreign_keys = table.foreign_keys.iter_mut().flat_map(|key| &mut key.columns);
    let indexes = table.indexes.iter_mut().flat_map(index_columns);
    for name in columns.chain(primary_key).chain(uniques).chain(foreign_keys).chain(indexes) {
        carry_name(name, renamed);
    }
    for text in expressions(table).flat_map(texts) {
        for pair in renamed {
            *text = split::rename_in(text, pair.previous.as_str(), pair.next.as_str());
        }
    }
}

fn index_columns(index: &mut Index) -> impl Iterator<Item = &mut Name> {
    let parts = index.parts.iter_mut().filter_map(|part| match &mut part.key {
        IndexKey::Column(name) => Some(name),
        IndexKey::Expression(_) => None,
    });
    parts.chain(&mut index.include)
}

/// Every expression that can mention a column of its table.
fn expressions(table: &mut Table) -> impl Iterator<Item = &mut Sql> {
    let generated = table.columns.iter_mut().filter_map(|column| column.generated.as_mut());
    let indexes = table.indexes.iter_mut().flat_map(|index| {
        let parts = index.parts.iter_mut().filter_map(|part| match &mut part.key {
            IndexKey::Column(_) => None,
            IndexKey::Expression(expression) => Some(expression),
        });
        parts.chain(&mut index.condition)
    });
    generated
        .map(|generated| &mut generated.expression)
        .chain(indexes)
        .chain(table.checks.iter_mut().map(|check| &mut check.expression))
        .chain(table.exclusions.iter_mut().map(|exclusion| &mut exclusion.definition))
}

fn carry_name(name: &mut Name, renamed: &[&Pair<Name>]) {
    if let Some(pair) = renamed.iter().find(|pair| pair.previous == *name) {
        name.clone_from(&pair.next);
    }
}

fn texts(sql: &mut Sql) -> impl Iterator<Item = &mut String> {
    sql.any.iter_mut().chain(sql.by_dialect.values_mut())
}
