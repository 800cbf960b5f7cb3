//! What becomes of values when a column's type changes, and which of them would not survive.
//!
//! PostgreSQL refuses a text that is no number by itself, but it rounds, cuts off the time of day and reads `007` as 7 without a word: so
//! where a cast may lose something there is a condition for the values that must not be there
//! (<https://www.postgresql.org/docs/13/typeconv.html>). Which zone a time without one is in depends on the session, unless it is said here.

mod example;
mod time;

pub(super) use example::example;

use crate::diff::same_type;
use crate::pair::Pair;
use crate::render::quote::{data_type, identifier, text};
use crate::schema::{Column, Name, Schema, Sql, Type};

/// How a value of the previous type becomes one of the next.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cast {
    /// The next value, as SQL over the previous column; `None` where PostgreSQL finds it by itself.
    pub(super) using: Option<String>,
    /// The values that would not survive: in words, and as a condition.
    pub(super) lost: Option<(String, String)>,
    /// Whether the values stay as they are on disk.
    pub(super) free: bool,
}

/// How the values of a column become those of the next type. `None` where only the user knows. `schemas` say which values the enums have.
pub(super) fn cast(column: Pair<&Column>, schemas: Pair<&Schema>) -> Option<Cast> {
    let types = column.map(|column| &column.data_type);
    let kinds = types.map(Kind::of);
    let value = identifier(&column.next.name);
    let to = data_type(types.next);
    let plain = || Some(Cast { using: None, lost: None, free: false });
    let free = || Some(Cast { using: None, lost: None, free: true });
    let lossy = |what: &str, condition: String| {
        Some(Cast { using: None, lost: Some((what.to_owned(), condition)), free: false })
    };
    let using = |expression: String| Some(Cast { using: Some(expression), lost: None, free: false });
    let explicit = || using(format!("{value}::{to}"));
    let with_lost = |cast: Option<Cast>, what: &str, condition: String| {
        cast.map(|cast| Cast { lost: Some((what.to_owned(), condition)), ..cast })
    };
    let unless = |condition: Option<String>, what: &str| match condition {
        Some(condition) => lossy(what, condition),
        None => plain(),
    };

    if same_type(types.previous, types.next) {
        return plain();
    }
    if let (Some(previous), Some(next)) = (element(types.previous), element(types.next)) {
        return of_arrays(column, Pair::new(previous, next), schemas);
    }
    match (kinds.previous, kinds.next) {
        (previous, next) if previous == next && !may_differ(previous) => free(),

        // Texts. A cast to a length cuts in silence only where it is written out; blanks at the end it cuts anyway.
        (Kind::Text(_), Kind::Text(None)) => free(),
        (Kind::Text(previous), Kind::Text(Some(next))) if previous.is_some_and(|previous| previous <= next) => free(),
        (Kind::Padded(_), Kind::Text(None)) => plain(),
        (Kind::Text(_) | Kind::Padded(_) | Kind::Citext, Kind::Text(Some(length)) | Kind::Padded(length)) => {
            lossy(&format!("longer than {length}"), format!("char_length({value}) > {length}"))
        }
        (Kind::Citext, Kind::Text(None)) | (Kind::Text(_) | Kind::Padded(_), Kind::Citext) => plain(),

        // Whole numbers.
        (Kind::Whole(previous), Kind::Whole(next)) => {
            unless((previous > next).then(|| out_of_range(&value, next)), TOO_LARGE)
        }
        (Kind::Whole(_), Kind::Numeric(None)) => plain(),
        (Kind::Whole(bytes), Kind::Numeric(Some((digits, scale)))) => {
            let too_small = digits.saturating_sub(scale) < most_digits(bytes);
            unless(too_small.then(|| not_below(&value, digits.saturating_sub(scale))), TOO_LARGE)
        }
        (Kind::Whole(2), Kind::Real) | (Kind::Whole(2 | 4), Kind::Double) => plain(),
        (Kind::Whole(_), Kind::Real) => lossy(INEXACT, format!("{value} NOT BETWEEN -16777216 AND 16777216")),
        (Kind::Whole(_), Kind::Double) => {
            lossy(INEXACT, format!("{value} NOT BETWEEN -9007199254740992 AND 9007199254740992"))
        }
        (Kind::Boolean, Kind::Whole(_)) => using(format!("{value}::integer")),
        (Kind::Whole(_), Kind::Boolean) => {
            with_lost(using(format!("{value} <> 0")), "that are neither 0 nor 1", format!("{value} NOT IN (0, 1)"))
        }

        // Other numbers.
        (Kind::Numeric(_) | Kind::Real | Kind::Double, Kind::Whole(bytes)) => {
            lossy(NOT_WHOLE, format!("{value} <> trunc({value}) OR {}", out_of_range(&value, bytes)))
        }
        (Kind::Numeric(_), Kind::Numeric(None)) => free(),
        (Kind::Numeric(previous), Kind::Numeric(Some(next))) => narrower(&value, previous, next),
        (Kind::Real, Kind::Double) => plain(),
        (Kind::Double, Kind::Real) => {
            // Beyond these bounds the cast itself fails.
            let fits = format!("{value} = 0 OR abs({value}) BETWEEN 1.2e-38 AND 3.4e38");
            lossy(INEXACT, format!("CASE WHEN {fits} THEN {value}::real <> {value} ELSE abs({value}) < 'Infinity' END"))
        }
        (Kind::Numeric(_), Kind::Real | Kind::Double) => lossy(INEXACT, format!("{value}::{to}::numeric <> {value}")),
        (Kind::Real | Kind::Double, Kind::Numeric(_)) => {
            let from = data_type(types.previous);
            lossy("that have more digits than are kept", format!("{value}::{to}::{from} <> {value}"))
        }

        // Times.
        (Kind::Timestamp(_), Kind::Timestamp(None)) | (Kind::Timestamptz(_), Kind::Timestamptz(None)) => free(),
        (Kind::Timestamp(previous), Kind::Timestamp(Some(next)))
        | (Kind::Timestamptz(previous), Kind::Timestamptz(Some(next)))
            if previous.is_some_and(|previous| previous <= next) =>
        {
            free()
        }
        (Kind::Date, Kind::Timestamp(_)) => plain(),
        (Kind::Timestamp(_), Kind::Timestamptz(_)) | (Kind::Timestamptz(_), Kind::Timestamp(_)) => {
            using(format!("{value} AT TIME ZONE 'UTC'"))
        }
        (Kind::Date, Kind::Timestamptz(_)) => using(format!("{value}::timestamp AT TIME ZONE 'UTC'")),
        (Kind::Timestamp(_), Kind::Date) => lossy(MORE_THAN_DATE, format!("{value} <> date_trunc('day', {value})")),
        (Kind::Timestamptz(_), Kind::Date) => {
            let there = format!("({value} AT TIME ZONE 'UTC')");
            with_lost(using(format!("{there}::date")), MORE_THAN_DATE, format!("{there} <> date_trunc('day', {there})"))
        }
        (Kind::Time, Kind::Interval)
        | (Kind::Json, Kind::Jsonb)
        | (Kind::Jsonb, Kind::Json)
        | (Kind::Cidr, Kind::Inet) => plain(),

        // The cast would write every address with its mask; as it is shown, it has one only where that is not the whole address.
        (Kind::Inet, Kind::Text(None)) => using(format!("NULLIF(format('%s', {value}), '')")),

        // To text: everything has one, but bytes have two, and arrays one of their own; texts of what has a length may be too long.
        (
            Kind::Whole(_)
            | Kind::Numeric(_)
            | Kind::Real
            | Kind::Double
            | Kind::Boolean
            | Kind::Timestamp(_)
            | Kind::Timestamptz(_)
            | Kind::Date
            | Kind::Time
            | Kind::Interval
            | Kind::Uuid
            | Kind::Json
            | Kind::Jsonb
            | Kind::Inet
            | Kind::Cidr
            | Kind::Hardware
            | Kind::Enumeration
            | Kind::Other,
            Kind::Text(length),
        ) => match length {
            None => plain(),
            Some(length) => lossy(&format!("longer than {length}"), format!("char_length({value}::text) > {length}")),
        },

        // From text: PostgreSQL refuses what it cannot read; what it reads too kindly is refused here.
        (Kind::Text(_) | Kind::Padded(_) | Kind::Citext, next) => {
            let strange = |pattern: &str| format!("{value} !~ {}", text(pattern));
            match next {
                Kind::Whole(_) => with_lost(explicit(), NOT_WHOLE, strange("^(0|-?[1-9][0-9]*)$")),
                Kind::Numeric(bounds) => with_lost(explicit(), NOT_NUMBERS, strange(&decimal_pattern(bounds))),
                Kind::Real | Kind::Double => with_lost(
                    explicit(),
                    NOT_NUMBERS,
                    strange("^(-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?|NaN|-?Infinity)$"),
                ),
                Kind::Date => with_lost(explicit(), "that are not dates", strange(&time::date())),
                Kind::Time => with_lost(explicit(), "that are not times of a day", strange(&time::of_day())),
                Kind::Timestamp(digits) => {
                    with_lost(explicit(), "that are not times without a zone", strange(&time::without_zone(digits)))
                }
                Kind::Timestamptz(digits) => {
                    with_lost(explicit(), "that are not times with a zone", strange(&time::with_zone(digits)))
                }
                Kind::Boolean => {
                    let words = "'t', 'f', 'true', 'false', '1', '0'";
                    with_lost(explicit(), "that are neither true nor false", format!("lower({value}) NOT IN ({words})"))
                }
                Kind::Enumeration => {
                    let Type::Enumeration(name) = types.next else { return None };
                    let values = schemas.next.enumeration(name)?.values.iter().map(|value| text(&value.name));
                    let values = values.collect::<Vec<_>>().join(", ");
                    let what = format!("that are none of {values}");
                    with_lost(using(format!("{value}::text::{to}")), &what, format!("{value} NOT IN ({values})"))
                }
                Kind::Interval | Kind::Uuid | Kind::Json | Kind::Jsonb | Kind::Inet | Kind::Cidr | Kind::Hardware => {
                    explicit()
                }
                Kind::Text(_) | Kind::Padded(_) | Kind::Citext | Kind::Bytes | Kind::Array | Kind::Other => None,
            }
        }
        (Kind::Enumeration, Kind::Enumeration) => {
            let (Type::Enumeration(previous), Type::Enumeration(next)) = (types.previous, types.next) else {
                return None;
            };
            let next = schemas.next.enumeration(next)?;
            let gone = schemas.previous.enumeration(previous)?.values.iter();
            let gone = gone.filter(|value| !next.values.iter().any(|other| other.name == value.name));
            let gone: Vec<String> = gone.map(|value| text(&value.name)).collect();
            let cast = using(format!("{value}::text::{to}"));
            if gone.is_empty() {
                return cast;
            }
            let list = gone.join(", ");
            with_lost(cast, &format!("that hold {list}"), format!("{value} IN ({list})"))
        }
        (
            Kind::Whole(_)
            | Kind::Numeric(_)
            | Kind::Real
            | Kind::Double
            | Kind::Boolean
            | Kind::Timestamp(_)
            | Kind::Timestamptz(_)
            | Kind::Date
            | Kind::Time
            | Kind::Interval
            | Kind::Uuid
            | Kind::Json
            | Kind::Jsonb
            | Kind::Inet
            | Kind::Cidr
            | Kind::Hardware
            | Kind::Enumeration
            | Kind::Bytes
            | Kind::Array
            | Kind::Other,
            _,
        ) => None,
    }
}

/// An expression for the way back of what only the user knew: as is proposed where it is asked, if that loses nothing; else by way of text, which keeps
/// everything or fails.
pub(super) fn back(column: Pair<&Column>) -> String {
    match column.map(|column| Kind::of(&column.data_type)) {
        Pair { next: Kind::Json | Kind::Jsonb | Kind::Bytes, .. } | Pair { previous: Kind::Bytes, .. } => {
            example(column)
        }
        _ => format!("{}::text::{}", identifier(&column.next.name), data_type(&column.next.data_type)),
    }
}

/// Whether two types of one kind may keep their values in different ways.
const fn may_differ(kind: Kind) -> bool {
    matches!(kind, Kind::Enumeration | Kind::Hardware | Kind::Array | Kind::Other)
}

/// The type of the elements of an array, of however many dimensions: that is nothing to the type, and `unnest` goes through them all
/// (<https://www.postgresql.org/docs/13/arrays.html#ARRAYS-DECLARATION>).
fn element(data_type: &Type) -> Option<Type> {
    if let Type::Sql(sql) = data_type {
        let element = sql.text().trim_end_matches("[]");
        (element != sql.text()).then(|| Type::Sql(Sql::new(element)))
    } else if let Type::Array(inner) = data_type {
        element(inner).or_else(|| Some(Type::clone(inner)))
    } else {
        None
    }
}

/// Arrays are cast as their elements are, where that takes no more than a cast.
fn of_arrays(column: Pair<&Column>, elements: Pair<Type>, schemas: Pair<&Schema>) -> Option<Cast> {
    const ELEMENT: &str = "enamel_element";
    let array = identifier(&column.next.name);
    let name = Name::new(ELEMENT).ok()?;
    let ends = elements.as_ref().map(|element| Column::new(name.clone(), element.clone()));
    let cast = cast(ends.as_ref(), schemas)?;
    let to = data_type(&elements.next);
    let using = match cast.using {
        None => None,
        Some(using) if using == format!("{}::{to}", identifier(ELEMENT)) => Some(format!("{array}::{to}[]")),
        Some(using) if using == format!("{}::text::{to}", identifier(ELEMENT)) => {
            Some(format!("{array}::text[]::{to}[]"))
        }
        Some(_) => return None,
    };
    let lost = cast.lost.map(|(what, condition)| {
        let among = format!("EXISTS (SELECT 1 FROM unnest({array}) AS {} WHERE {condition})", identifier(ELEMENT));
        (what, among)
    });
    Some(Cast { using, lost, free: cast.free })
}

/// The cast of a column whose enum was made anew under its name.
pub(super) fn to_itself(column: &Column) -> String {
    let value = identifier(&column.name);
    through_text(&value, &column.data_type)
}

/// A value of an enum, or of an array of it, as one of another of the same name.
pub(super) fn through_text(value: &str, enumeration: &Type) -> String {
    let by_way_of = if matches!(enumeration, Type::Array(_)) { "text[]" } else { "text" };
    format!("{value}::{by_way_of}::{}", data_type(enumeration))
}

const NOT_WHOLE: &str = "that are not whole numbers";
const NOT_NUMBERS: &str = "that are not numbers";
const TOO_LARGE: &str = "that are too large";
const INEXACT: &str = "that no floating-point number equals";
const MORE_THAN_DATE: &str = "that are more than a date";

/// What a type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `text`, `varchar`, `varchar(n)`
    Text(Option<u32>),
    /// `char(n)`
    Padded(u32),
    Citext,
    /// By its bytes.
    Whole(u32),
    /// With digits in all and behind the point.
    Numeric(Option<(u32, u32)>),
    Real,
    Double,
    Boolean,
    Timestamp(Option<u32>),
    Timestamptz(Option<u32>),
    Date,
    Time,
    Interval,
    Uuid,
    Json,
    Jsonb,
    Inet,
    Cidr,
    /// `macaddr`, `macaddr8`
    Hardware,
    Enumeration,
    /// Which may be written in several ways.
    Bytes,
    Array,
    Other,
}

impl Kind {
    /// Reads the spelling that `lower` writes.
    fn of(data_type: &Type) -> Self {
        let Type::Sql(sql) = data_type else {
            return if matches!(data_type, Type::Enumeration(_)) { Kind::Enumeration } else { Kind::Array };
        };
        if sql.text().ends_with("[]") {
            return Kind::Array;
        }
        let (name, arguments) = match sql.text().split_once('(') {
            Some((name, rest)) => {
                let arguments = rest.strip_suffix(')').map(|arguments| arguments.split(", ").map(str::parse));
                // A scale may be negative.
                let Some(Ok(arguments)) = arguments.map(Iterator::collect::<Result<Vec<u32>, _>>) else {
                    return Kind::Other;
                };
                (name, arguments)
            }
            None => (sql.text(), Vec::new()),
        };
        match (name, arguments.as_slice()) {
            ("text" | "varchar", []) => Kind::Text(None),
            ("varchar", [length]) => Kind::Text(Some(*length)),
            ("char", [length]) => Kind::Padded(*length),
            ("citext", []) => Kind::Citext,
            ("smallint", []) => Kind::Whole(2),
            ("integer", []) => Kind::Whole(4),
            ("bigint", []) => Kind::Whole(8),
            ("numeric", []) => Kind::Numeric(None),
            ("numeric", [digits, scale]) => Kind::Numeric(Some((*digits, *scale))),
            ("real", []) => Kind::Real,
            ("double precision", []) => Kind::Double,
            ("boolean", []) => Kind::Boolean,
            ("timestamp", []) => Kind::Timestamp(None),
            ("timestamp", [digits]) => Kind::Timestamp(Some(*digits)),
            ("timestamptz", []) => Kind::Timestamptz(None),
            ("timestamptz", [digits]) => Kind::Timestamptz(Some(*digits)),
            ("date", []) => Kind::Date,
            ("time", []) => Kind::Time,
            ("interval", []) => Kind::Interval,
            ("uuid", []) => Kind::Uuid,
            ("json", []) => Kind::Json,
            ("jsonb", []) => Kind::Jsonb,
            ("inet", []) => Kind::Inet,
            ("cidr", []) => Kind::Cidr,
            ("macaddr" | "macaddr8", []) => Kind::Hardware,
            ("bytea", []) => Kind::Bytes,
            _ => Kind::Other,
        }
    }
}

/// Fewer digits, before the point or behind it.
fn narrower(value: &str, previous: Option<(u32, u32)>, next: (u32, u32)) -> Option<Cast> {
    let before = |bounds: (u32, u32)| bounds.0.saturating_sub(bounds.1);
    let fewer_behind = previous.is_none_or(|previous| previous.1 > next.1);
    let fewer_before = previous.is_none_or(|previous| before(previous) > before(next));
    let rounded = fewer_behind.then(|| format!("{value} <> round({value}, {})", next.1));
    let large = fewer_before.then(|| not_below(value, before(next)));
    let conditions: Vec<String> = rounded.into_iter().chain(large).collect();
    let free = conditions.is_empty() && previous.is_some_and(|previous| previous.1 == next.1);
    let lost = (!conditions.is_empty())
        .then(|| (format!("that have more digits than numeric({}, {})", next.0, next.1), conditions.join(" OR ")));
    Some(Cast { using: None, lost, free })
}

fn out_of_range(value: &str, bytes: u32) -> String {
    let bounds = match bytes {
        2 => "-32768 AND 32767",
        4 => "-2147483648 AND 2147483647",
        _ => "-9223372036854775808 AND 9223372036854775807",
    };
    format!("{value} NOT BETWEEN {bounds}")
}

/// Not below the power of ten with so many digits.
fn not_below(value: &str, digits: u32) -> String {
    format!("abs({value}::numeric) >= 1e{digits}")
}

const fn most_digits(bytes: u32) -> u32 {
    match bytes {
        2 => 5,
        4 => 10,
        _ => 19,
    }
}

/// Decimal numbers as they are written, within bounds.
fn decimal_pattern(bounds: Option<(u32, u32)>) -> String {
    match bounds {
        None => "^(-?(0|[1-9][0-9]*)([.][0-9]+)?|NaN|-?Infinity)$".to_owned(),
        Some((digits, scale)) => {
            let whole = match digits.saturating_sub(scale) {
                0 => "0".to_owned(),
                before => format!("(0|[1-9][0-9]{{0,{}}})", before - 1),
            };
            let behind = if scale == 0 { String::new() } else { format!("([.][0-9]{{1,{scale}}})?") };
            format!("^(-?{whole}{behind}|NaN)$")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::{column, enumeration, name};

    /// `free`, or what is written and asked.
    fn between(previous: &str, next: &str) -> String {
        let role = || Type::Enumeration(name("role"));
        let end = |data_type: &str| match data_type {
            "role" => Column { data_type: role(), ..column("a", "") },
            _ => column("a", data_type),
        };
        let values = |values: &[&str]| Schema { enumerations: vec![enumeration("role", values)], ..Schema::default() };
        let schemas = Pair::new(values(&["x", "y"]), values(&["x"]));
        match cast(Pair::new(&end(previous), &end(next)), schemas.as_ref()) {
            None => "asks".to_owned(),
            Some(Cast { using: None, lost: None, free: true }) => "free".to_owned(),
            Some(Cast { using, lost, free: _ }) => {
                let using = using.unwrap_or_else(|| "by itself".to_owned());
                lost.map_or(using.clone(), |(_, condition)| format!("{using}, unless {condition}"))
            }
        }
    }

    #[test]
    fn values_survive_or_are_asked_about() {
        for (previous, next, expected) in [
            ("varchar(6)", "varchar(12)", "free"),
            ("varchar(6)", "text", "free"),
            ("numeric(8, 2)", "numeric(10, 2)", "free"),
            ("numeric(8, 2)", "numeric", "free"),
            ("timestamp(3)", "timestamp", "free"),
            ("text", "varchar(6)", "by itself, unless char_length(\"a\") > 6"),
            ("integer", "bigint", "by itself"),
            ("bigint", "smallint", "by itself, unless \"a\" NOT BETWEEN -32768 AND 32767"),
            ("integer", "numeric(12, 2)", "by itself"),
            ("integer", "numeric(8, 2)", "by itself, unless abs(\"a\"::numeric) >= 1e6"),
            ("numeric(8, 0)", "numeric(8, 2)", "by itself, unless abs(\"a\"::numeric) >= 1e6"),
            ("numeric(8, 2)", "numeric(8, 0)", "by itself, unless \"a\" <> round(\"a\", 0)"),
            ("boolean", "smallint", "\"a\"::integer"),
            ("integer", "boolean", "\"a\" <> 0, unless \"a\" NOT IN (0, 1)"),
            ("integer", "text", "by itself"),
            ("text", "integer", "\"a\"::integer, unless \"a\" !~ '^(0|-?[1-9][0-9]*)$'"),
            (
                "text",
                "numeric(4, 2)",
                "\"a\"::numeric(4, 2), unless \"a\" !~ '^(-?(0|[1-9][0-9]{0,1})([.][0-9]{1,2})?|NaN)$'",
            ),
            ("text", "numeric(2, 2)", "\"a\"::numeric(2, 2), unless \"a\" !~ '^(-?0([.][0-9]{1,2})?|NaN)$'"),
            ("timestamptz", "timestamp", "\"a\" AT TIME ZONE 'UTC'"),
            ("timestamp", "date", "by itself, unless \"a\" <> date_trunc('day', \"a\")"),
            ("text", "role", "\"a\"::text::\"role\", unless \"a\" NOT IN ('x')"),
            ("role", "text", "by itself"),
            ("json", "jsonb", "by itself"),
            ("text", "uuid", "\"a\"::uuid"),
            ("text", "date", "\"a\"::date, unless \"a\" !~ '^([0-9]{4,6}-[0-9]{2}-[0-9]{2}( BC)?|-?infinity)$'"),
            ("bytea", "text", "asks"),
            ("bigint", "timestamptz", "asks"),
            ("text", "text[]", "asks"),
            ("point", "box", "asks"),
            ("point", "text", "by itself"),
            ("macaddr", "macaddr8", "asks"),
            ("integer[]", "bigint[]", "by itself"),
            ("numeric(5, 2)", "numeric(5,-1)", "asks"),
            (
                "bigint[][]",
                "integer[][]",
                "by itself, unless EXISTS (SELECT 1 FROM unnest(\"a\") AS \"enamel_element\" WHERE \"enamel_element\" NOT BETWEEN -2147483648 AND 2147483647)",
            ),
            ("timestamp[]", "timestamptz[]", "asks"),
            ("text[]", "text", "asks"),
            ("text[]", "uuid[]", "\"a\"::uuid[]"),
            (
                "bigint[]",
                "smallint[]",
                "by itself, unless EXISTS (SELECT 1 FROM unnest(\"a\") AS \"enamel_element\" WHERE \"enamel_element\" NOT BETWEEN -32768 AND 32767)",
            ),
            ("uuid", "bigint", "asks"),
        ] {
            assert_eq!(between(previous, next), expected, "{previous} becomes {next}");
        }
    }
}
