//! What one branch relies on and the other took away.

use super::Clash;
use crate::change::quoted_text;
use crate::schema::{DefaultValue, IndexKey, Name, Schema, Table, Type};

/// What mentions columns, tables or enums that are not there: mine what theirs took away, or theirs what mine takes away.
pub(super) fn dangling(schema: &Schema) -> Vec<Clash> {
    let mut clashes = Vec::new();
    for table in &schema.tables {
        let mut check = |what: &str, of: Option<&Table>, columns: Vec<&Name>| {
            let missing = columns.into_iter().find(|column| of.is_none_or(|of| of.column(column).is_none()));
            clashes.extend(missing.map(|column| Clash::dangling(&table.name, what, column)));
        };
        let own = Some(table);
        table.primary_key.iter().for_each(|key| check("primary key", own, key.columns.iter().collect()));
        table.uniques.iter().for_each(|unique| check("unique constraint", own, unique.columns.iter().collect()));
        for index in &table.indexes {
            let columns = index.parts.iter().filter_map(|part| match &part.key {
                IndexKey::Column(column) => Some(column),
                IndexKey::Expression(_) => None,
            });
            check("index", own, columns.chain(&index.include).collect());
        }
        for key in &table.foreign_keys {
            check("foreign key", own, key.columns.iter().collect());
            check("foreign key", schema.table(&key.referenced_table), key.referenced_columns.iter().collect());
        }
        for column in &table.columns {
            let Type::Enumeration(name) = &column.data_type else { continue };
            let Some(enumeration) = schema.enumeration(name) else {
                clashes.push(Clash::dangling(&table.name, "column", name));
                continue;
            };
            if let Some(DefaultValue::Variant(value)) = &column.default
                && !enumeration.values.iter().any(|other| other.name == *value)
            {
                clashes.push(Clash::dangling(&table.name, "default", &quoted_text(value)));
            }
        }
    }
    clashes
}
