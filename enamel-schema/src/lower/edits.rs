//! Edits in the words of one database.

use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::render::quote;
use crate::schema::{Column, Enumeration, Integer, Name, Schema, Sql, Storage, Table, TableName, Type};
use crate::split;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

type Expressions = BTreeMap<(TableName, Name), Sql>;

pub(super) fn lower(edits: &Edits, schemas: Pair<&Schema>, dialect: Dialect) -> Edits {
    let in_dialect = |expressions| after_renames(in_dialect(expressions, dialect), edits);
    let mut conversions = in_dialect(&edits.conversions);
    for table in &schemas.next.tables {
        convert_renamed_values(table, edits, schemas, dialect, &mut conversions);
    }
    let names_type = |(name, _): &&(Name, Pair<String>)| {
        schemas.next.enumeration(name).is_some_and(|enumeration| is_type(enumeration, dialect))
    };
    let values = edits.values.iter().filter(names_type).cloned().collect();
    let ranges = narrowed(edits, schemas, dialect);
    Edits { values, backfills: in_dialect(&edits.backfills), conversions, ranges, ..edits.clone() }
}

/// The columns whose next Rust type holds fewer whole numbers than their previous one did, where the database would keep the others: a program could not
/// read them back.
fn narrowed(
    edits: &Edits,
    schemas: Pair<&Schema>,
    dialect: Dialect,
) -> BTreeMap<(TableName, Name), RangeInclusive<i64>> {
    let mut ranges = BTreeMap::new();
    for table in &schemas.next.tables {
        let Some(former) = schemas.previous.table(edits.previous_table(&table.name)) else { continue };
        for column in table.columns.iter().filter(|column| column.generated.is_none()) {
            let Type::Integer(next) = &column.data_type else { continue };
            let previous = former.column(edits.previous_column(&table.name, &column.name));
            let asks_itself =
                |previous: &Column| dialect.facts().sized_integers && is_asked(&previous.data_type, *next);
            if previous.is_some_and(|previous| holds_more(previous, *next) && !asks_itself(previous)) {
                ranges.insert((table.name.clone(), column.name.clone()), next.range());
            }
        }
    }
    ranges
}

/// Whether a database with whole numbers of several sizes has one of this size, or knows by itself what becomes of other values.
const fn is_asked(previous: &Type, next: Integer) -> bool {
    let has_size = matches!(next, Integer::I16 | Integer::I32 | Integer::I64 | Integer::U64);
    has_size || !matches!(previous, Type::Integer(_))
}

/// Whether a column may hold a number that is none of this type.
fn holds_more(previous: &Column, next: Integer) -> bool {
    let (previous, next) = match &previous.data_type {
        Type::Boolean => return false,
        Type::Integer(previous) => (previous.range(), next.range()),
        Type::Float
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
        | Type::Enumeration(_)
        | Type::Sql(_) => (Integer::I64.range(), next.range()),
    };
    !(next.contains(previous.start()) && next.contains(previous.end()))
}

fn in_dialect(expressions: &Expressions, dialect: Dialect) -> Expressions {
    expressions
        .iter()
        .filter_map(|(subject, sql)| Some((subject.clone(), Sql::new(sql.for_dialect(dialect)?))))
        .collect()
}

/// Columns bear their next names when an expression is used. Whoever wrote it may have thought of the former ones.
fn after_renames(mut expressions: Expressions, edits: &Edits) -> Expressions {
    for ((table, _), sql) in &mut expressions {
        let renamed = edits.columns.iter().filter(|(owner, _)| owner == table).map(|(_, column)| column);
        // A former name that is now another column's means that column.
        let gone = renamed.clone().filter(|pair| !renamed.clone().any(|other| other.next == pair.previous));
        let text = gone.fold(sql.text().to_owned(), |text, pair| {
            split::rename_in(&text, pair.previous.as_str(), pair.next.as_str())
        });
        *sql = Sql::new(text);
    }
    expressions
}

/// Whether an enum is a type with a name of its own.
fn is_type(enumeration: &Enumeration, dialect: Dialect) -> bool {
    dialect.facts().named_enumerations && enumeration.storage == Storage::Native
}

/// A conversion that the user wrote stands; it knows better.
fn convert_renamed_values(
    table: &Table,
    edits: &Edits,
    schemas: Pair<&Schema>,
    dialect: Dialect,
    conversions: &mut Expressions,
) {
    for column in &table.columns {
        let Some(name) = enumeration_in(&column.data_type) else { continue };
        let (Some(previous), Some(next)) = (schemas.previous.enumeration(name), schemas.next.enumeration(name)) else {
            continue;
        };
        let renaming = Renaming { enumeration: Pair::new(previous, next), edits, dialect };
        if let Some(former) = held_before(table, column, edits, schemas.previous)
            && let Some(conversion) = renaming.of(&column.name, former)
        {
            conversions.entry((table.name.clone(), column.name.clone())).or_insert(conversion);
        }
    }
}

/// The column as it held values of the same enum before, under whatever name.
fn held_before<'a>(table: &Table, column: &Column, edits: &Edits, previous: &'a Schema) -> Option<&'a Column> {
    let former =
        previous.table(edits.previous_table(&table.name))?.column(edits.previous_column(&table.name, &column.name))?;
    (former.data_type == column.data_type).then_some(former)
}

/// The enum that a column holds, by itself or in an array.
fn enumeration_in(data_type: &Type) -> Option<&Name> {
    if let Type::Array(element) = data_type {
        enumeration_in(element)
    } else if let Type::Enumeration(name) = data_type {
        Some(name)
    } else {
        None
    }
}

/// Values of an enum that get other names in the rows that hold them.
struct Renaming<'a> {
    enumeration: Pair<&'a Enumeration>,
    edits: &'a Edits,
    dialect: Dialect,
}

impl Renaming<'_> {
    /// The conversion of a column. `None` where a type renames its values by itself, and where numbers are kept.
    fn of(&self, column: &Name, former: &Column) -> Option<Sql> {
        let is_type = self.enumeration.map(|end| is_type(end, self.dialect));
        let numbers = self.enumeration.map(|end| end.storage == Storage::Integer);
        let name = &self.enumeration.next.name;
        let values = self.edits.values.iter().filter(|(of, _)| of == name).map(|(_, value)| value);
        let values: Vec<_> = values.map(|value| value.as_ref().map(|text| quote::text(text))).collect();
        if is_type.previous && is_type.next || numbers.previous || numbers.next || values.is_empty() {
            return None;
        }
        let column = quote::identifier(column);
        let text = if is_type.previous { format!("{column}::text") } else { column };
        let (renamed, brackets) = if matches!(former.data_type, Type::Array(_)) {
            let text = if is_type.previous { format!("{text}[]") } else { text };
            (in_array(&text, &values), "[]")
        } else {
            (self.in_text(&text, former, &values), "")
        };
        let next = if is_type.next { format!("({renamed})::{}{brackets}", quote::identifier(name)) } else { renamed };
        Some(Sql::new(next))
    }

    /// `CASE "role" WHEN 'admin' THEN 'owner' ELSE "role" END`. Values are told apart to the letter, whatever the column's collation.
    fn in_text(&self, text: &str, former: &Column, values: &[Pair<String>]) -> String {
        let collated = match self.dialect {
            Dialect::Sqlite if former.collation.is_some() => " COLLATE BINARY",
            Dialect::Postgres if former.collation.is_some() => " COLLATE \"C\"",
            Dialect::Sqlite | Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => "",
        };
        let whens: Vec<String> =
            values.iter().map(|value| format!("WHEN {} THEN {}", value.previous, value.next)).collect();
        format!("CASE {text}{collated} {} ELSE {text} END", whens.join(" "))
    }
}

/// `array_replace("roles", 'admin', 'owner')`, for each value: none is renamed to what another one was.
fn in_array(array: &str, values: &[Pair<String>]) -> String {
    let replace =
        |array: String, value: &Pair<String>| format!("array_replace({array}, {}, {})", value.previous, value.next);
    values.iter().fold(array.to_owned(), replace)
}
