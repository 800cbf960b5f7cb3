//! SQLite: types are called as one likes, and everything has a literal.

use super::Words;
use crate::prove::rows::value::Kind;
use enamel_schema::Dialect;
use enamel_schema::schema::{Found, Type};

pub(super) const WORDS: Words = Words {
    dialect: Dialect::Sqlite,
    begin: "BEGIN",
    kind,
    // https://www.sqlite.org/lang_corefunc.html#quote
    read: |name, _| format!("quote({name})"),
    booleans: ["0", "1"],
    bytes: |digits| format!("X'{digits}'"),
    row: "rowid",
    overriding: None,
    refuses_any,
};

/// What a type is called tells what its column is for, as it does for drivers.
fn kind(data_type: &Type, _: &Found) -> Kind {
    let Type::Sql(sql) = data_type else { return Kind::TEXT };
    let name = sql.text().to_ascii_uppercase();
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if has(&["BOOL"]) {
        Kind::Boolean
    } else if has(&["TINYINT"]) {
        Kind::Integer(8)
    } else if has(&["SMALLINT"]) {
        Kind::Integer(16)
    } else if has(&["BIGINT"]) {
        Kind::Integer(64)
    } else if has(&["INT"]) {
        Kind::Integer(32)
    } else if has(&["DATETIME", "TIMESTAMP"]) {
        Kind::DateTime
    } else if has(&["DATE"]) {
        Kind::Date
    } else if has(&["TIME"]) {
        Kind::Time
    } else if has(&["UUID"]) {
        Kind::Uuid
    } else if has(&["JSON"]) {
        Kind::Json
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        Kind::TEXT
    } else if name.is_empty() || has(&["BLOB"]) {
        Kind::Bytes
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        Kind::Double
    } else {
        Kind::Number { digits: None }
    }
}

fn refuses_any(code: &str, message: &str) -> bool {
    // https://www.sqlite.org/rescode.html#constraint_notnull, https://www.sqlite.org/lang_altertable.html#altertabaddcol
    code == "1299" || message.starts_with("Cannot add a")
}
