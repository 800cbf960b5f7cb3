//! PostgreSQL: a literal in quotes is of any type, so that values are read and written as the text that their type makes of them
//! (<https://www.postgresql.org/docs/13/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS-GENERIC>).

use super::Words;
use crate::dialect::literal;
use crate::prove::rows::value::Kind;
use enamel_schema::Dialect;
use enamel_schema::schema::{Enumeration, Found, Type, UnmodelledKind};
use enamel_schema::split::{TokenKind, tokens};

pub(super) const WORDS: Words = Words {
    dialect: Dialect::Postgres,
    begin: "BEGIN; SET CONSTRAINTS ALL IMMEDIATE",
    kind,
    read,
    booleans: ["false", "true"],
    bytes: |digits| format!("'\\x{digits}'"),
    row: "ctid",
    overriding: Some("OVERRIDING SYSTEM VALUE "),
    // https://www.postgresql.org/docs/13/errcodes-appendix.html: a NULL where there may be none
    refuses_any: |code, _| code == "23502",
};

/// Numbers and conditions are read without quotes, as people write them.
fn read(name: &str, data_type: Option<&Type>) -> String {
    let is_bare = data_type.is_some_and(|data_type| {
        let Type::Sql(sql) = data_type else { return false };
        ["smallint", "integer", "bigint", "boolean"].contains(&sql.text())
    });
    if is_bare { format!("coalesce({name}::text, 'NULL')") } else { format!("quote_nullable({name}::text)") }
}

fn kind(data_type: &Type, found: &Found) -> Kind {
    if let Type::Array(element) = data_type {
        return Kind::Array(Box::new(kind(element, found)));
    }
    if let Type::Enumeration(name) = data_type {
        let known = found.schema.enumeration(name);
        return known.map_or(Kind::Unknown(Vec::new()), |known| Kind::Values(values(known)));
    }
    let Type::Sql(sql) = data_type else { return Kind::TEXT };
    spelled(sql.text(), found)
}

/// The kind of a type by the spelling that lowering and introspection give it.
fn spelled(name: &str, found: &Found) -> Kind {
    if let Some(element) = name.strip_suffix("[]") {
        return Kind::Array(Box::new(spelled(element, found)));
    }
    let (word, arguments) = name.split_once('(').unwrap_or((name, ""));
    let arguments: Vec<u32> =
        arguments.trim_end_matches(')').split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let length = arguments.first().and_then(|&length| usize::try_from(length).ok());
    match word {
        "boolean" => Kind::Boolean,
        "smallint" => Kind::Integer(16),
        "integer" => Kind::Integer(32),
        "bigint" => Kind::Integer(64),
        "real" => Kind::Real,
        "double precision" => Kind::Double,
        "numeric" => match arguments.as_slice() {
            [digits, scale] => Kind::Number { digits: Some((*digits, *scale)) },
            _ => Kind::Number { digits: None },
        },
        "text" | "citext" => Kind::TEXT,
        "varchar" | "char" => Kind::Text { at_most: length },
        "bytea" => Kind::Bytes,
        "timestamptz" | "timestamp" => Kind::DateTime,
        "date" => Kind::Date,
        "time" | "timetz" => Kind::Time,
        "interval" => Kind::Interval,
        "uuid" => Kind::Uuid,
        "json" | "jsonb" => Kind::Json,
        "inet" => Kind::Address,
        "macaddr" => Kind::MacAddress,
        "hstore" => Kind::KeyValue,
        _ => made_by_hand(name, found),
    }
}

/// An enum that the models do not know; what else there is, is found by trying.
fn made_by_hand(name: &str, found: &Found) -> Kind {
    let mut types = found.unmodelled.iter().filter(|object| object.kind == UnmodelledKind::Type);
    let definition = types.find(|object| object.name.as_str() == name.trim_matches('"')).map(|object| &object.sql);
    let values: Vec<String> = definition
        .filter(|sql| sql.contains(" AS ENUM ("))
        .map(|sql| tokens(sql, Dialect::Postgres))
        .into_iter()
        .flatten()
        .filter(|token| token.kind == TokenKind::Text)
        .map(|token| token.text.to_owned())
        .collect();
    if values.is_empty() { Kind::Unknown(Vec::new()) } else { Kind::Values(values) }
}

fn values(enumeration: &Enumeration) -> Vec<String> {
    enumeration.values.iter().map(|value| literal(&value.name)).collect()
}
