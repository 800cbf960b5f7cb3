//! Values that show how a backfill is written.

use crate::change::quoted_text;
use crate::schema::{Column, DefaultValue, Enumeration, Schema, Sql, Storage, Type};

/// A value, as SQL, that fits the column: its default, else something plain of its type.
pub(super) fn example(column: &Column, schema: &Schema) -> String {
    match &column.default {
        Some(DefaultValue::Boolean(value)) => value.to_string(),
        Some(DefaultValue::Number(number)) => number.clone(),
        Some(DefaultValue::Text(text) | DefaultValue::Variant(text)) => quoted_text(text),
        Some(DefaultValue::Bytes(_)) => "x''".to_owned(),
        Some(DefaultValue::Sql(sql)) => first_text(sql).to_owned(),
        None => of_type(&column.data_type, schema),
    }
}

fn of_type(data_type: &Type, schema: &Schema) -> String {
    let text = match data_type {
        Type::Boolean => "false",
        Type::Integer(_) | Type::Float | Type::Double | Type::Decimal { .. } => "0",
        Type::Text { .. } => "''",
        Type::Character => "' '",
        Type::Bytes(_) | Type::Uuid => "x''",
        Type::UuidText => "'00000000-0000-0000-0000-000000000000'",
        Type::TimestampWithZone | Type::Timestamp => "CURRENT_TIMESTAMP",
        Type::Date => "CURRENT_DATE",
        Type::Time => "CURRENT_TIME",
        Type::Interval => "'0'",
        Type::Json | Type::Array(_) => "'{}'",
        Type::IpAddress => "'0.0.0.0'",
        Type::MacAddress => "'00:00:00:00:00:00'",
        Type::KeyValue => "''",
        Type::Enumeration(name) => return schema.enumeration(name).and_then(first_value).unwrap_or("''".to_owned()),
        Type::Sql(sql) => of_sql_type(first_text(sql)),
    };
    text.to_owned()
}

fn first_value(enumeration: &Enumeration) -> Option<String> {
    let value = enumeration.values.first()?;
    Some(match enumeration.storage {
        Storage::Native | Storage::Text => quoted_text(&value.name),
        Storage::Integer => value.discriminant.to_string(),
    })
}

/// SQLite's own words for what a type's name means serve for an example (<https://www.sqlite.org/datatype3.html#determination_of_column_affinity>).
fn of_sql_type(text: &str) -> &'static str {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["bool"]) {
        "false"
    } else if says(&["interval"]) || says(&["char", "text", "clob", "string"]) {
        "''"
    } else if says(&["timestamp", "datetime"]) {
        "CURRENT_TIMESTAMP"
    } else if says(&["int", "serial", "real", "floa", "doub", "num", "dec", "money"]) {
        "0"
    } else if says(&["date"]) {
        "CURRENT_DATE"
    } else {
        "''"
    }
}

fn first_text(sql: &Sql) -> &str {
    sql.any.as_ref().or_else(|| sql.by_dialect.values().next()).map_or("''", String::as_str)
}
