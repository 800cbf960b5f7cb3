//! Views and triggers at random, which models say nothing of.

use super::database::quoted;
use enamel_schema::Schema;
use enamel_schema::schema::{Column, Table};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index as Pick;

/// A view or a trigger before it is known what there is to look at.
#[derive(Clone, Debug)]
pub(super) struct RawObject {
    kind: u8,
    tables: [Pick; 2],
    columns: [Pick; 2],
}

pub(super) fn raw_objects() -> impl Strategy<Value = Vec<RawObject>> {
    let object = (0..8_u8, any::<[Pick; 2]>(), any::<[Pick; 2]>());
    let objects = vec(object.prop_map(|(kind, tables, columns)| RawObject { kind, tables, columns }), 1..4);
    prop_oneof![3 => Just(Vec::new()), 1 => objects]
}

impl RawObject {
    /// The statement that makes it. `None` where there is nothing to look at.
    pub(super) fn sql(&self, schema: &Schema, name: &str) -> Option<String> {
        let [(table, column), (other, other_column)] =
            [0, 1].map(|position| picked(schema, &self.tables[position], &self.columns[position])).map(Option::unzip);
        let [table, other] = [table?, other?].map(|table| quoted(table.name.name.as_str()));
        let [column, other_column] = [column?, other_column?].map(|column| quoted(column.name.as_str()));
        Some(match self.kind {
            0 => format!("CREATE VIEW {name} AS SELECT * FROM {table}"),
            1 => format!("CREATE VIEW {name} AS SELECT {column} FROM {table} WHERE {column} IS NOT NULL"),
            2 => format!(
                "CREATE VIEW {name} (one, two) AS SELECT a.{column}, b.{other_column} FROM {table} AS a, {other} AS b"
            ),
            3 => format!("CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN SELECT new.{column}; END"),
            4 => format!(
                "CREATE TRIGGER {name} AFTER UPDATE OF {column} ON {table} WHEN old.{column} IS NOT new.{column} BEGIN SELECT 1; END"
            ),
            5 => format!(
                "CREATE TRIGGER {name} AFTER DELETE ON {table} BEGIN SELECT max({other_column}) FROM {other}; END"
            ),
            // No revision fires a trigger.
            6 => format!(
                "CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'a trigger was fired'); END"
            ),
            _ => format!(
                "CREATE TRIGGER {name} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'a trigger was fired'); END"
            ),
        })
    }
}

fn picked<'a>(schema: &'a Schema, table: &Pick, column: &Pick) -> Option<(&'a Table, &'a Column)> {
    let table = (!schema.tables.is_empty()).then(|| &schema.tables[table.index(schema.tables.len())])?;
    Some((table, &table.columns[column.index(table.columns.len())]))
}
