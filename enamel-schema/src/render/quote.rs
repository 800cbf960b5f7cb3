//! Names and texts as SQL: every one of them goes through one of these two functions.

use crate::dialect::Dialect;
use crate::schema::{TableName, Type};
use std::fmt::Display;

/// A name in double quotes, as standard SQL, SQLite and PostgreSQL have it. Always quoted: a plain name may be a keyword tomorrow.
pub(crate) fn identifier(name: impl Display) -> String {
    format!("\"{}\"", name.to_string().replace('"', "\"\""))
}

/// Names in double quotes, with commas between.
pub(crate) fn identifiers(names: impl IntoIterator<Item = impl Display>) -> String {
    names.into_iter().map(identifier).collect::<Vec<_>>().join(", ")
}

/// A table's name in double quotes, with its schema.
pub(crate) fn qualified(table: &TableName) -> String {
    match &table.schema {
        Some(schema) => format!("{}.{}", identifier(schema), identifier(&table.name)),
        None => identifier(&table.name),
    }
}

/// A lowered type.
pub(crate) fn data_type(data_type: &Type) -> String {
    match data_type {
        Type::Enumeration(name) => identifier(name),
        Type::Array(element) => format!("{}[]", self::data_type(element)),
        Type::Sql(sql) => sql.text().to_owned(),
        // `lower` leaves none of these.
        Type::Boolean
        | Type::Integer(_)
        | Type::Float
        | Type::Double
        | Type::Text { .. }
        | Type::Character
        | Type::Bytes(_)
        | Type::TimestampWithZone
        | Type::Timestamp
        | Type::Date
        | Type::Time
        | Type::Interval
        | Type::Uuid
        | Type::UuidText
        | Type::Json
        | Type::Decimal { .. }
        | Type::IpAddress
        | Type::MacAddress
        | Type::KeyValue => String::new(),
    }
}

/// Bytes: `X'00FF'`, on PostgreSQL `'\x00ff'::bytea` (<https://www.postgresql.org/docs/13/datatype-binary.html>).
pub(crate) fn bytes(bytes: &[u8], dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => {
            format!("X'{}'", bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>())
        }
        Dialect::Postgres => {
            format!("'\\x{}'::bytea", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        }
    }
}

/// A text in single quotes. A backslash is an ordinary character: standard strings, which PostgreSQL has unless it is told otherwise.
pub(crate) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(identifier("a\"b"), r#""a""b""#);
        assert_eq!(identifiers(["order", "Straße"]), r#""order", "Straße""#);
        assert_eq!(text("it's"), "'it''s'");
    }
}
