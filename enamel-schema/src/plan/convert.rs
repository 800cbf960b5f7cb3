//! What becomes of values when a column's type changes, and which of them would not survive.
//!
//! SQLite refuses nothing by itself: `CAST('abc' AS INTEGER)` is 0, and a text may stay in an INTEGER column as it is. So each pair of
//! types has a condition for the values that must not be there (<https://www.sqlite.org/datatype3.html>).

use crate::pair::Pair;
use crate::render::quote::identifier;
use crate::schema::{Column, TableName, Type};

/// How a value of the previous type becomes one of the next.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Conversion {
    /// The next value, as SQL over the previous column.
    pub(super) value: String,
    /// The values that would not survive.
    pub(super) lost: Option<Lost>,
}

/// Values that would not survive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lost {
    /// In words.
    pub(super) what: String,
    /// As a condition.
    pub(super) condition: String,
}

impl Lost {
    fn of(table: &TableName, column: &Column, (condition, what): (String, &str)) -> Self {
        Lost { what: format!("values of {table}.{} {what}", column.name), condition }
    }
}

/// The conversion of a column. Both ends bear one name.
pub(super) fn conversion(table: &TableName, column: Pair<&Column>, strict: Pair<bool>) -> Conversion {
    let kinds = kinds(column, strict);
    let value = identifier(&column.next.name);
    let (converted, lost) = if kinds.differs() { convert(kinds, &value) } else { (value.clone(), None) };
    let was_strict = refuses_misfits(column.previous, strict.previous);
    // Only a loose table keeps fractions in a column of whole numbers.
    let lost = lost.filter(|_| !(was_strict && kinds == Pair::new(Kind::Integer, Kind::Text)));
    let lost = lost.or_else(|| {
        if refuses_misfits(column.next, strict.next) && !was_strict { misfits(kinds.next, &value) } else { None }
    });
    Conversion { value: converted, lost: lost.map(|lost| Lost::of(table, column.next, lost)) }
}

/// What the column refuses of the values that the user's own expression gives it, once they are as it would store them.
pub(super) fn misfit(table: &TableName, column: &Column, strict: bool, stored: &str) -> Option<Lost> {
    let kind = Kind::of(&column.data_type, strict);
    let misfits = if refuses_misfits(column, strict) { misfits(kind, stored) } else { None };
    misfits.map(|lost| Lost::of(table, column, lost))
}

/// Whether a column takes nothing but its own type: in a strict table, and in a counting key, which holds whole numbers and nothing else.
const fn refuses_misfits(column: &Column, strict: bool) -> bool {
    strict || column.identity.is_some()
}

/// Whether a column keeps values of the previous one, once asked for those that do not survive, just as they are.
pub(super) fn stay(column: Pair<&Column>, strict: Pair<bool>) -> bool {
    let kinds = kinds(column, strict);
    let next = affinity(&column.next.data_type, strict.next);
    // Numeric affinity finds nothing to do in a text that is a time.
    compare_alike(column, strict) || next == Affinity::None || kinds.previous == Kind::Text && next == Affinity::Time
}

/// Whether values of both ends of a column compare alike with others.
pub(super) fn compare_alike(column: Pair<&Column>, strict: Pair<bool>) -> bool {
    let of = |column: &Column, strict| affinity(&column.data_type, strict);
    let affinities = Pair::new(of(column.previous, strict.previous), of(column.next, strict.next));
    !affinities.differs() || affinities.map(Affinity::is_numeric) == Pair::new(true, true)
}

/// Whether both ends of a column hold numbers, so that a value which survives compares as it did.
pub(super) fn are_numbers(column: Pair<&Column>, strict: Pair<bool>) -> bool {
    let is_number = |kind| matches!(kind, Kind::Integer | Kind::Real | Kind::Number | Kind::Boolean);
    let kinds = kinds(column, strict);
    is_number(kinds.previous) && is_number(kinds.next)
}

fn kinds(column: Pair<&Column>, strict: Pair<bool>) -> Pair<Kind> {
    let of = |column: &Column, strict| Kind::of(&column.data_type, strict);
    Pair::new(of(column.previous, strict.previous), of(column.next, strict.next))
}

/// What a declared type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Real,
    Number,
    Text,
    Bytes,
    Boolean,
    DateTime,
    Date,
    Time,
    /// `ANY` in a strict table, or no type at all. Elsewhere `ANY` is a number to SQLite, and `'007'` becomes 7
    /// (<https://www.sqlite.org/stricttables.html#the_any_datatype>).
    Anything,
}

/// How a column's comparisons treat other values (<https://www.sqlite.org/datatype3.html#type_affinity>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Affinity {
    Text,
    Numeric,
    /// Numeric to SQLite, but texts are kept in it, as they are.
    Time,
    Real,
    None,
}

impl Affinity {
    const fn is_numeric(self) -> bool {
        matches!(self, Affinity::Numeric | Affinity::Time)
    }
}

/// The affinity of a declared type.
pub(super) fn affinity(data_type: &Type, strict: bool) -> Affinity {
    match Kind::of(data_type, strict) {
        Kind::Text => Affinity::Text,
        Kind::Real => Affinity::Real,
        Kind::Integer | Kind::Number | Kind::Boolean => Affinity::Numeric,
        Kind::DateTime | Kind::Date | Kind::Time => Affinity::Time,
        Kind::Bytes | Kind::Anything => Affinity::None,
    }
}

/// Whether a column of one declared type keeps every value as a column of the other does: `VARCHAR(30)` is `TEXT`, `INT` is `BIGINT`,
/// `DECIMAL(10,5)` is `NUMERIC`. A column without a type is like any other; flags are kept as numbers.
pub(crate) fn alike(left: &Type, right: &Type, strict: bool) -> bool {
    match (Kind::of(left, strict), Kind::of(right, strict)) {
        (Kind::Anything, _) | (_, Kind::Anything) => true,
        (Kind::Integer | Kind::Boolean, Kind::Integer | Kind::Boolean) => true,
        (left, right) => left == right,
    }
}

impl Kind {
    /// SQLite looks for parts of words in this order (<https://www.sqlite.org/datatype3.html#determination_of_column_affinity>); those that it knows
    /// nothing about are told apart by what programs keep in them.
    fn of(data_type: &Type, strict: bool) -> Self {
        let Type::Sql(sql) = data_type else { return Kind::Anything };
        let text = sql.text().to_ascii_uppercase();
        let rules: [(&[&str], Kind); 8] = [
            (&["INT"], Kind::Integer),
            (&["CHAR", "CLOB", "TEXT"], Kind::Text),
            (&["BLOB"], Kind::Bytes),
            (&["REAL", "FLOA", "DOUB"], Kind::Real),
            (&["BOOL"], Kind::Boolean),
            (&["DATETIME", "TIMESTAMP"], Kind::DateTime),
            (&["DATE"], Kind::Date),
            (&["TIME"], Kind::Time),
        ];
        if text.is_empty() || strict && text == "ANY" {
            return Kind::Anything;
        }
        let known = rules.into_iter().find(|(parts, _)| parts.iter().any(|part| text.contains(part)));
        known.map_or(Kind::Number, |(_, kind)| kind)
    }
}

const NOT_TEXT: &str = "that are not text";
const NOT_WHOLE: &str = "that are not whole numbers";
const NOT_NUMBERS: &str = "that are not numbers";
const OTHERWISE_READ: &str = "that would be other numbers when read back from text";
const NOT_BYTES: &str = "that are not bytes";
const NOT_FLAGS: &str = "that are neither 0 nor 1";
const NOT_TIMES: &str = "that are not dates or times";

/// The next value, and the condition and words for those that are lost.
fn convert(kinds: Pair<Kind>, value: &str) -> (String, Option<(String, &'static str)>) {
    let cast = |to: &str| format!("CAST({value} AS {to})");
    let differs_from = |other: String| format!("{other} <> {value}");
    let holds = |classes: &str| format!("typeof({value}) NOT IN ({classes}, 'null')");
    let plain = || value.to_owned();
    match (kinds.previous, kinds.next) {
        (_, Kind::Anything) | (Kind::Boolean, Kind::Integer) => (plain(), None),

        // A text of digits survives only if it is written as SQLite would: a postal code keeps its leading zero.
        (Kind::Text, Kind::Integer) => {
            (cast("INTEGER"), Some((differs_from(format!("CAST({} AS TEXT)", cast("INTEGER"))), NOT_WHOLE)))
        }
        (Kind::Bytes | Kind::Anything, Kind::Integer) => (plain(), Some((holds("'integer'"), NOT_WHOLE))),
        (_, Kind::Integer) => (cast("INTEGER"), Some((differs_from(cast("INTEGER")), NOT_WHOLE))),

        // SQLite compares a whole number with a floating-point one to the digit.
        (Kind::Integer, Kind::Real) => {
            (cast("REAL"), Some((differs_from(cast("REAL")), "that no floating-point number equals")))
        }
        (Kind::Bytes | Kind::Anything, Kind::Real | Kind::Number) => {
            (plain(), Some((holds("'integer', 'real'"), NOT_NUMBERS)))
        }
        // Compared with a number, a text that is one counts as that number, and any other differs.
        (Kind::Text, Kind::Real) => (cast("REAL"), Some((is_no_number("REAL", value), NOT_NUMBERS))),
        (_, Kind::Real) => (cast("REAL"), Some((differs_from(cast("REAL")), NOT_NUMBERS))),
        (Kind::Text, Kind::Number) => (cast("NUMERIC"), Some((is_no_number("NUMERIC", value), NOT_NUMBERS))),
        (Kind::DateTime | Kind::Date | Kind::Time, Kind::Number) => {
            (cast("NUMERIC"), Some((differs_from(cast("NUMERIC")), NOT_NUMBERS)))
        }
        (_, Kind::Number) => (plain(), None),

        (Kind::Real, Kind::Text) => {
            let there_and_back = format!("CAST({} AS REAL)", cast("TEXT"));
            (cast("TEXT"), Some((differs_from(there_and_back), OTHERWISE_READ)))
        }
        // Only a strict table keeps other numbers out of a column of flags, and it knows no such column.
        (Kind::Number | Kind::Integer | Kind::Boolean, Kind::Text) => {
            (cast("TEXT"), Some((longer_than_text(value), OTHERWISE_READ)))
        }
        // Days may have been counted in numbers.
        (Kind::Anything | Kind::DateTime | Kind::Date | Kind::Time, Kind::Text) => {
            let condition = format!("typeof({value}) = 'blob' OR {}", longer_than_text(value));
            (plain(), Some((condition, NOT_TEXT)))
        }
        (Kind::Bytes, Kind::Text) => (plain(), Some((format!("typeof({value}) = 'blob'"), NOT_TEXT))),
        (_, Kind::Text) => (plain(), None),

        (Kind::Text, Kind::Bytes) => (cast("BLOB"), None),
        (_, Kind::Bytes) => (plain(), Some((holds("'blob'"), NOT_BYTES))),

        (Kind::Text | Kind::Bytes | Kind::Anything, Kind::Boolean) => {
            (cast("INTEGER"), Some((format!("{value} NOT IN (0, 1)"), NOT_FLAGS)))
        }
        (_, Kind::Boolean) => (plain(), Some((format!("{value} NOT IN (0, 1)"), NOT_FLAGS))),

        (Kind::Text | Kind::Anything, Kind::DateTime) => (plain(), Some((is_no_time("datetime", value), NOT_TIMES))),
        (Kind::Text | Kind::Anything, Kind::Date) => (plain(), Some((is_no_time("date", value), NOT_TIMES))),
        (Kind::Text | Kind::Anything, Kind::Time) => (plain(), Some((is_no_time("time", value), NOT_TIMES))),
        (Kind::Date, Kind::DateTime) => {
            (format!("datetime({value})"), Some((not_read_by("datetime", value), NOT_TIMES)))
        }
        (Kind::DateTime, Kind::Date) => {
            let at_midnight = format!("datetime(date({value})) IS NOT datetime({value})");
            let lost = format!("{} OR {at_midnight}", not_read_by("date", value));
            (format!("date({value})"), Some((lost, "that are more than a date, or none")))
        }
        // A number may count seconds or days: only the user knows.
        (_, Kind::DateTime | Kind::Date | Kind::Time) => (plain(), Some((format!("{value} IS NOT NULL"), NOT_TIMES))),
    }
}

/// Texts that are no numbers, or numbers too large for SQLite, which would make infinity of them.
fn is_no_number(number: &str, value: &str) -> String {
    let cast = format!("CAST({value} AS {number})");
    format!("{cast} <> {value} OR {cast} NOT BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308")
}

/// Floating-point numbers that have more digits than SQLite writes, or are infinite, which its own text for it is not.
fn longer_than_text(value: &str) -> String {
    format!("typeof({value}) = 'real' AND CAST(CAST({value} AS TEXT) AS REAL) <> {value}")
}

/// SQLite takes a number for a day, and a column for times would keep it as one: `'007'` as 7.
fn is_no_time(function: &str, value: &str) -> String {
    format!("{} OR CAST({value} AS NUMERIC) = {value}", not_read_by(function, value))
}

fn not_read_by(function: &str, value: &str) -> String {
    format!("{value} IS NOT NULL AND {function}({value}) IS NULL")
}

/// A `STRICT` table refuses what does not fit its column (<https://www.sqlite.org/stricttables.html>).
fn misfits(kind: Kind, value: &str) -> Option<(String, &'static str)> {
    let holds = |classes: &str| format!("typeof({value}) NOT IN ({classes}, 'null')");
    match kind {
        Kind::Integer => Some((holds("'integer'"), NOT_WHOLE)),
        Kind::Real => Some((holds("'integer', 'real'"), NOT_NUMBERS)),
        Kind::Text => Some((format!("typeof({value}) = 'blob'"), NOT_TEXT)),
        Kind::Bytes => Some((holds("'blob'"), NOT_BYTES)),
        Kind::Number | Kind::Boolean | Kind::DateTime | Kind::Date | Kind::Time | Kind::Anything => None,
    }
}
