//! What SQLite can hold: its column of the type table, and what it lacks.
//!
//! A declared type chooses an affinity (<https://www.sqlite.org/datatype3.html>), and tells sqlx and Diesel which Rust type to decode: so
//! a type is declared although SQLite itself would not need it. `STRICT` tables know five types only.

use super::held::{Held, WITH_TYPE};
use crate::diagnostic::{Diagnostic, Subject};
use crate::schema::{Column, Counting, Index, IndexPart, Integer, NullsOrder, Schema, Storage, Table, Type};
use std::collections::BTreeMap;

/// The type of a column.
pub(super) fn data_type(schema: &Schema, table: &Table, column: &Column) -> Held {
    if column.identity.is_some() {
        return counting_type(table, column);
    }
    let strict = table.options.strict;
    // `INTEGER` as the lone key would make SQLite count by itself; `INT` does not (<https://www.sqlite.org/lang_createtable.html#rowid>).
    let integer = if is_lone_key(table, column) { "INT" } else { "INTEGER" };
    let held = |loose: &str, in_strict: &str| Held::spelled(if strict { in_strict } else { loose });
    match &column.data_type {
        Type::Boolean => held("BOOLEAN", integer),
        Type::Integer(Integer::I8 | Integer::I32 | Integer::U8 | Integer::U16) => held(integer, integer),
        Type::Integer(Integer::I16) => held("SMALLINT", integer),
        Type::Integer(Integer::I64 | Integer::U32) => held("BIGINT", integer),
        Type::Integer(Integer::U64) => Held::refused("holds no whole number above 9223372036854775807", WITH_TYPE),
        Type::Float => held("REAL", "REAL"),
        Type::Double => held("DOUBLE", "REAL"),
        Type::Text { max_length: _ } | Type::UuidText | Type::Json | Type::IpAddress | Type::MacAddress => {
            held("TEXT", "TEXT")
        }
        Type::Character => Held::widened("TEXT", "SQLite holds a char as TEXT, of any length"),
        Type::Bytes(_) | Type::Uuid => held("BLOB", "BLOB"),
        Type::TimestampWithZone | Type::Timestamp => held("DATETIME", "TEXT"),
        Type::Date => held("DATE", "TEXT"),
        Type::Time => held("TIME", "TEXT"),
        Type::Interval => Held::refused("has no type for a span of time", WITH_TYPE),
        Type::Decimal { precision: _ } => {
            Held::widened("TEXT", "SQLite holds an exact decimal as TEXT: it sorts and compares as text")
        }
        Type::Array(_) => Held::refused("has no arrays", "keep it as a JSON document: `#[enamel(json)]`"),
        Type::KeyValue => {
            Held::refused("has no type for keys and values", "keep it as a JSON document: `#[enamel(json)]`")
        }
        Type::Enumeration(name) => match schema.enumeration(name).map(|enumeration| enumeration.storage) {
            Some(Storage::Integer) => held(integer, integer),
            Some(Storage::Native | Storage::Text) | None => held("TEXT", "TEXT"),
        },
        Type::Sql(sql) => given(sql.for_dialect(crate::Dialect::Sqlite).unwrap_or_default(), strict),
    }
}

/// The type of a column that counts up: the lone key, and exactly `INTEGER` (<https://www.sqlite.org/autoinc.html>).
fn counting_type(table: &Table, column: &Column) -> Held {
    const HINT: &str = "say `auto_increment = false`";
    let is_number = match &column.data_type {
        Type::Integer(_) => true,
        Type::Sql(sql) => {
            sql.for_dialect(crate::Dialect::Sqlite).is_some_and(|text| text.trim().eq_ignore_ascii_case("INTEGER"))
        }
        Type::Boolean
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
        | Type::Array(_)
        | Type::IpAddress
        | Type::MacAddress
        | Type::KeyValue
        | Type::Enumeration(_) => false,
    };
    if !is_number || !is_lone_key(table, column) {
        Held::refused("counts up only in a primary key of one whole number", HINT)
    } else if table.options.without_rowid {
        Held::refused("does not count up in a `without_rowid` table", HINT)
    } else {
        Held::spelled("INTEGER")
    }
}

/// Whether a column holds no NULL although nothing says so: what is in the key of such a table never does
/// (<https://www.sqlite.org/lang_createtable.html#the_primary_key>).
pub(super) fn refuses_null(table: &Table, column: &Column) -> bool {
    let in_key = table.primary_key.as_ref().is_some_and(|key| key.columns.contains(&column.name));
    in_key && (table.options.strict || table.options.without_rowid)
}

/// What is left out of a table because SQLite lacks it, and because it changes only speed or storage.
pub(super) fn left_out(table: &Table) -> Vec<Diagnostic> {
    let subject = Subject::Table(table.name.clone());
    let options = [
        (table.options.unlogged, "`unlogged`"),
        (table.options.engine.is_some(), "`engine`"),
        (table.options.charset.is_some(), "`charset`"),
        (table.options.collation.is_some(), "`collate` of a table"),
    ];
    let mut notes: Vec<Diagnostic> = options
        .into_iter()
        .filter(|(given, _)| *given)
        .map(|(_, what)| Diagnostic::note(format!("SQLite has no {what}: left out")).about(subject.clone()))
        .collect();
    for index in &table.indexes {
        let parts = [
            (index.method.as_deref().is_some_and(|method| !method.eq_ignore_ascii_case("btree")), "index methods"),
            (!index.include.is_empty(), "`include`"),
            (!index.with.is_empty(), "storage parameters"),
            (index.parts.iter().any(|part| part.operator_class.is_some()), "operator classes"),
        ];
        notes.extend(parts.into_iter().filter(|(given, _)| *given).map(|(_, what)| index_note(index, what, &subject)));
    }
    notes
}

/// What is left out of a counting column: no row is refused for its number.
pub(super) fn left_out_of_counting(counting: Counting, subject: &Subject) -> Option<Diagnostic> {
    let numbers = counting.numbers().into_iter().filter(|(_, number)| number.is_some()).map(|(word, _)| word);
    let words: Vec<String> = numbers.chain(counting.cycle.then_some("cycle")).map(|word| format!("`{word}`")).collect();
    let note = || format!("SQLite has no {} for a column that counts: left out", words.join(", "));
    (!words.is_empty()).then(|| Diagnostic::note(note()).about(subject.clone()))
}

/// What SQLite keeps of an index. It sorts NULLs before all values, and has no other order in an index
/// (<https://www.sqlite.org/lang_createindex.html>).
pub(super) fn index(index: Index, subject: &Subject, notes: &mut Vec<Diagnostic>) -> Index {
    let part = |part: &IndexPart| {
        let own_order = if part.descending { NullsOrder::Last } else { NullsOrder::First };
        if part.nulls.is_some_and(|nulls| nulls != own_order) {
            notes.push(index_note(&index, "nulls first and nulls last", subject));
        }
        IndexPart { nulls: None, operator_class: None, ..part.clone() }
    };
    let parts = index.parts.iter().map(part).collect();
    let (include, with) = (Vec::new(), Vec::new());
    Index { parts, method: None, include, with, nulls_not_distinct: false, ..index }
}

/// What is left out of an index.
fn index_note(index: &Index, what: &str, subject: &Subject) -> Diagnostic {
    let name = index.name.name().map(ToString::to_string).unwrap_or_default();
    Diagnostic::note(format!("SQLite has no {what}: left out of index {name}")).about(subject.clone())
}

/// Names that SQLite takes for the same: it does not look at the case of ASCII letters, and tables and indexes share one name space
/// (<https://www.sqlite.org/lang_createindex.html>).
pub(super) fn clashes(schema: &Schema) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    let mut objects: BTreeMap<String, String> = BTreeMap::new();
    for table in &schema.tables {
        let subject = Subject::Table(table.name.clone());
        let mut claim = |name: &str, what: String| {
            let key = name.to_ascii_lowercase();
            if key.starts_with("sqlite_") {
                errors.push(
                    Diagnostic::error(format!("{what}: SQLite keeps names with sqlite_ for itself"))
                        .about(subject.clone())
                        .with_hint("name it otherwise: `table = \"…\"` of a table, `name = \"…\"` of an index"),
                );
            }
            if let Some(other) = objects.insert(key, what.clone()) {
                errors.push(
                    Diagnostic::error(format!("{what} and {other} have the same name on SQLite"))
                        .about(subject.clone()),
                );
            }
        };
        claim(table.name.name.as_str(), format!("table {}", table.name));
        for name in table.indexes.iter().filter_map(|index| index.name.name()) {
            claim(name.as_str(), format!("index {name}"));
        }
        errors.extend(column_clashes(table));
    }
    errors
}

fn column_clashes(table: &Table) -> Vec<Diagnostic> {
    let mut columns: BTreeMap<String, &Column> = BTreeMap::new();
    let mut errors = Vec::new();
    for column in &table.columns {
        if let Some(other) = columns.insert(column.name.as_str().to_ascii_lowercase(), column) {
            let subject = Subject::Column(table.name.clone(), column.name.clone());
            let message = format!("columns {} and {} have the same name on SQLite", other.name, column.name);
            errors.push(Diagnostic::error(message).about(subject));
        }
    }
    errors
}

/// A type that is given as SQL is kept to the letter.
fn given(text: &str, strict: bool) -> Held {
    const STRICT: [&str; 6] = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"];
    if strict && !STRICT.iter().any(|known| text.trim().eq_ignore_ascii_case(known)) {
        let reason = format!("has no type {text} in a `strict` table");
        return Held::refused(reason, "take INTEGER, REAL, TEXT, BLOB or ANY");
    }
    Held::spelled(text.trim())
}

fn is_lone_key(table: &Table, column: &Column) -> bool {
    table.primary_key.as_ref().is_some_and(|key| matches!(key.columns.as_slice(), [name] if *name == column.name))
}
