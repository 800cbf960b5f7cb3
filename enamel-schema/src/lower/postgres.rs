//! What PostgreSQL can hold: its column of the type table, and what it lacks.
//!
//! The types are those that sqlx, Diesel and the plain drivers decode into the Rust type
//! (<https://www.postgresql.org/docs/13/datatype.html>). PostgreSQL cuts a name that is too long without a word, so that it is refused here.

mod spelling;
#[cfg(test)]
mod tests;

pub(super) use spelling::spelled;

use super::held::{Held, WITH_TYPE};
use super::value;
use crate::diagnostic::{Diagnostic, Subject};
use crate::dialect::{Dialect, POSTGRES_SYSTEM_COLUMNS};
use crate::render::quote;
use crate::schema::{
    Column, ConstraintName, Enumeration, Index, IndexPart, Integer, Length, Name, NullsOrder, Schema, Sql, Storage,
    Table, TableName, Type,
};
use std::collections::BTreeMap;

/// The longest text that a type may ask for (<https://www.postgresql.org/docs/13/datatype-character.html>).
const LONGEST_TEXT: u32 = 10_485_760;

/// The type of a column.
pub(super) fn data_type(schema: &Schema, column: &Column) -> Held {
    let held = of(schema, &column.data_type);
    let counts = matches!(&held, Held::As(Type::Sql(sql)) | Held::Widened(Type::Sql(sql), _)
        if ["smallint", "integer", "bigint"].contains(&sql.text()));
    if column.identity.is_some() && !counts && !matches!(held, Held::Refused { .. }) {
        return Held::refused("counts up only in whole numbers", "say `auto_increment = false`");
    }
    held
}

fn of(schema: &Schema, data_type: &Type) -> Held {
    match data_type {
        Type::Boolean => Held::spelled("boolean"),
        Type::Integer(Integer::I8) => Held::widened("smallint", "PostgreSQL holds an i8 as smallint"),
        Type::Integer(Integer::I16) => Held::spelled("smallint"),
        Type::Integer(Integer::I32) => Held::spelled("integer"),
        Type::Integer(Integer::I64) => Held::spelled("bigint"),
        Type::Integer(Integer::U8) => Held::widened("smallint", "PostgreSQL holds a u8 as smallint"),
        Type::Integer(Integer::U16) => Held::widened("integer", "PostgreSQL holds a u16 as integer"),
        Type::Integer(Integer::U32) => Held::widened("bigint", "PostgreSQL holds a u32 as bigint"),
        Type::Integer(Integer::U64) => Held::refused("holds no whole number above 9223372036854775807", WITH_TYPE),
        Type::Float => Held::spelled("real"),
        Type::Double => Held::spelled("double precision"),
        Type::Text { max_length: None } => Held::spelled("text"),
        Type::Text { max_length: Some(length) } if (1..=LONGEST_TEXT).contains(length) => {
            Held::spelled(format!("varchar({length})"))
        }
        Type::Text { max_length: Some(_) } => {
            Held::refused("counts the characters of a text from 1 to 10485760", "leave out `max_length`")
        }
        Type::Character => Held::spelled("char(1)"),
        Type::Bytes(Length::Any | Length::AtMost(_) | Length::Exactly(_)) => Held::spelled("bytea"),
        Type::TimestampWithZone => Held::spelled("timestamptz"),
        Type::Timestamp => Held::spelled("timestamp"),
        Type::Date => Held::spelled("date"),
        Type::Time => Held::spelled("time"),
        Type::Interval => Held::spelled("interval"),
        Type::Uuid | Type::UuidText => Held::spelled("uuid"),
        Type::Json => Held::spelled("jsonb"),
        Type::Decimal { precision: None } => Held::spelled("numeric"),
        Type::Decimal { precision: Some((digits, scale)) } => Held::spelled(format!("numeric({digits}, {scale})")),
        Type::Array(element) => array(of(schema, element)),
        Type::IpAddress => Held::spelled("inet"),
        Type::MacAddress => Held::spelled("macaddr"),
        Type::KeyValue => Held::spelled("hstore"),
        Type::Enumeration(name) => match schema.enumeration(name) {
            Some(Enumeration { storage: Storage::Integer, values, .. }) => {
                let small = values.iter().all(|value| i32::try_from(value.discriminant).is_ok());
                Held::spelled(if small { "integer" } else { "bigint" })
            }
            Some(Enumeration { storage: Storage::Text, .. }) => Held::spelled("text"),
            Some(Enumeration { storage: Storage::Native, .. }) | None => Held::As(Type::Enumeration(name.clone())),
        },
        Type::Sql(sql) => given(sql.for_dialect(Dialect::Postgres).unwrap_or_default()),
    }
}

/// A type that is given as SQL is kept to the letter, but for those that are no types (<https://www.postgresql.org/docs/13/datatype-numeric.html#DATATYPE-SERIAL>).
fn given(text: &str) -> Held {
    const SERIAL: [&str; 6] = ["smallserial", "serial", "bigserial", "serial2", "serial4", "serial8"];
    if SERIAL.iter().any(|serial| text.trim().eq_ignore_ascii_case(serial)) {
        let reason = format!("takes {} for an integer and a sequence beside it", text.trim());
        return Held::refused(reason, "leave out the type, and say `auto_increment`");
    }
    Held::spelled(spelling::spelled(text))
}

/// An array is spelled by its element, unless that is an enum, whose name must be found again.
fn array(element: Held) -> Held {
    let of = |element| {
        if let Type::Sql(sql) = &element {
            Type::Sql(Sql::new(format!("{}[]", sql.text())))
        } else {
            Type::Array(Box::new(element))
        }
    };
    match element {
        Held::As(element) => Held::As(of(element)),
        Held::Widened(element, note) => Held::Widened(of(element), note),
        refused @ Held::Refused { .. } => refused,
    }
}

/// The enums that are types of their own.
pub(super) fn enumerations(schema: &Schema) -> Vec<Enumeration> {
    schema.enumerations.iter().filter(|enumeration| enumeration.storage == Storage::Native).cloned().collect()
}

/// The extensions that the models name, and that of the one type of the table which PostgreSQL keeps in one.
pub(super) fn extensions(schema: &Schema) -> Vec<String> {
    let mut extensions = schema.extensions.clone();
    let mut columns = schema.tables.iter().flat_map(|table| &table.columns);
    if columns.any(|column| column.data_type == Type::KeyValue) && !extensions.iter().any(|known| known == "hstore") {
        extensions.push("hstore".to_owned());
    }
    extensions
}

/// What an index says beyond what goes without saying: a tree, and NULLs after all values, or before them downwards
/// (<https://www.postgresql.org/docs/13/indexes-ordering.html>).
pub(super) fn index(index: Index) -> Index {
    let method = index.method.filter(|method| !method.eq_ignore_ascii_case("btree"));
    let part = |part: IndexPart| {
        let own_order = if part.descending { NullsOrder::First } else { NullsOrder::Last };
        IndexPart { nulls: part.nulls.filter(|nulls| *nulls != own_order), ..part }
    };
    Index { method, parts: index.parts.into_iter().map(part).collect(), ..index }
}

/// The values of an enum that is no type, in an order of their own: PostgreSQL gives a check back with its values as they stood, and their order in
/// the model does not count.
pub(super) fn listed_values(enumeration: &Enumeration) -> Vec<String> {
    let mut sorted = enumeration.clone();
    match enumeration.storage {
        Storage::Native | Storage::Text => sorted.values.sort_by(|left, right| left.name.cmp(&right.name)),
        Storage::Integer => sorted.values.sort_by_key(|value| value.discriminant),
    }
    value::enumeration_values(&sorted)
}

/// The check that keeps other values out of an array of an enum that is no type.
pub(super) fn array_check(column: &Column, enumeration: &Enumeration) -> String {
    format!("{} <@ ARRAY[{}]", quote::identifier(&column.name), listed_values(enumeration).join(", "))
}

/// The name of a check that an enum becomes. It follows from the table and the column alone, which `plan` makes true again after a rename.
pub(super) fn check_name(table: &Table, column: &Column) -> ConstraintName {
    let base = format!("ck_{}_{}_values", table.name.name, column.name);
    let name = Name::new(crate::naming::cut(&base));
    name.map_or(ConstraintName::Unnamed, ConstraintName::Derived)
}

/// What is left out of a table because PostgreSQL lacks it, and because it changes only speed or storage. It is strict by itself.
pub(super) fn left_out(table: &Table) -> Vec<Diagnostic> {
    let options = [
        (table.options.without_rowid, "`without_rowid`"),
        (table.options.engine.is_some(), "`engine`"),
        (table.options.charset.is_some(), "`charset`"),
        (table.options.collation.is_some(), "`collate` of a table"),
    ];
    let left_out = options.into_iter().filter(|(given, _)| *given);
    let mut notes: Vec<Diagnostic> = left_out
        .map(|(_, what)| {
            Diagnostic::note(format!("PostgreSQL has no {what}: left out")).about(Subject::Table(table.name.clone()))
        })
        .collect();
    let not_distinct = table.uniques.iter().any(|unique| unique.nulls_not_distinct)
        || table.indexes.iter().any(|index| index.unique && index.nulls_not_distinct);
    if not_distinct {
        let note = Diagnostic::note("PostgreSQL knows `nulls_not_distinct` from version 15 on");
        notes.push(note.about(Subject::Table(table.name.clone())));
    }
    notes
}

/// Names that are too long, taken by PostgreSQL itself, or borne by two things of one name space: tables and all that has an index share one, types
/// and tables another, the constraints of a table a third (<https://www.postgresql.org/docs/13/catalog-pg-class.html>).
pub(super) fn names(schema: &Schema) -> Vec<Diagnostic> {
    let mut names = Names::default();
    for table in &schema.tables {
        names.table(table);
    }
    for enumeration in &schema.enumerations {
        names.enumeration(enumeration);
    }
    names.errors
}

#[derive(Default)]
struct Names {
    /// Tables and all that has an index, by schema.
    relations: BTreeMap<TableName, String>,
    errors: Vec<Diagnostic>,
}

impl Names {
    fn table(&mut self, table: &Table) {
        let subject = Subject::Table(table.name.clone());
        self.fits(table.name.name.as_str(), "table", &subject);
        if let Some(name) = &table.name.schema {
            self.fits(name.as_str(), "schema", &subject);
        }
        self.relation(table, &table.name.name, format!("table {}", table.name));
        for column in &table.columns {
            let subject = Subject::Column(table.name.clone(), column.name.clone());
            self.fits(column.name.as_str(), "column", &subject);
            if POSTGRES_SYSTEM_COLUMNS.contains(&column.name.as_str()) {
                let message = format!("every table on PostgreSQL has a {} of its own", column.name);
                self.errors
                    .push(Diagnostic::error(message).about(subject).with_hint("give it another: `column = \"…\"`"));
            }
        }
        let indexed = table
            .primary_key
            .iter()
            .map(|key| (&key.name, "primary key"))
            .chain(table.uniques.iter().map(|unique| (&unique.name, "unique constraint")))
            .chain(table.exclusions.iter().map(|exclusion| (&exclusion.name, "exclusion constraint")));
        let plain = table
            .foreign_keys
            .iter()
            .map(|key| (&key.name, "foreign key"))
            .chain(table.checks.iter().map(|check| (&check.name, "check")));
        let mut constraints: BTreeMap<&Name, &str> = BTreeMap::new();
        for (name, kind) in indexed.clone().chain(plain) {
            let Some(name) = name.name() else { continue };
            self.fits(name.as_str(), kind, &subject);
            if let Some(other) = constraints.insert(name, kind) {
                self.clash(&format!("{kind} {name}"), &format!("{other} {name}"), &subject);
            }
        }
        let indexes = table.indexes.iter().map(|index| (&index.name, "index"));
        for (name, kind) in indexed.chain(indexes) {
            let Some(name) = name.name() else { continue };
            if kind == "index" {
                self.fits(name.as_str(), kind, &subject);
            }
            self.relation(table, name, format!("{kind} {name}"));
        }
    }

    fn relation(&mut self, table: &Table, name: &Name, what: String) {
        let key = TableName { schema: table.name.schema.clone(), name: name.clone() };
        // The first stays: an enum is held against the table.
        if let Some(other) = self.relations.get(&key).cloned() {
            self.clash(&what, &other, &Subject::Table(table.name.clone()));
        } else {
            self.relations.insert(key, what);
        }
    }

    /// A table is a type of its name, too.
    fn enumeration(&mut self, enumeration: &Enumeration) {
        let subject = Subject::Enumeration(enumeration.name.clone());
        self.fits(enumeration.name.as_str(), "enum", &subject);
        for value in &enumeration.values {
            self.fits(&value.name, "value", &subject);
        }
        let other = self.relations.get(&TableName::new(enumeration.name.clone()));
        if let Some(other) = other.filter(|other| other.starts_with("table ")).cloned() {
            self.clash(&format!("enum {}", enumeration.name), &other, &subject);
        }
    }

    fn fits(&mut self, name: &str, kind: &str, subject: &Subject) {
        if let Some(limit) = Dialect::Postgres.facts().identifier_limit
            && name.len() > limit
        {
            let message =
                format!("the name of {kind} {name} has {} bytes, and PostgreSQL cuts it at {limit}", name.len());
            self.errors.push(Diagnostic::error(message).about(subject.clone()).with_hint("give it a shorter name"));
        }
    }

    fn clash(&mut self, one: &str, other: &str, subject: &Subject) {
        let message = format!("{one} and {other} have the same name on PostgreSQL");
        self.errors.push(Diagnostic::error(message).about(subject.clone()).with_hint("give one of them another name"));
    }
}
