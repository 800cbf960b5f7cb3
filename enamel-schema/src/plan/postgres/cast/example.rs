//! Expressions for casts that are not known.
//!
//! Only the user knows what the values mean: whether a number counts seconds, whether a text is a list. An example is what is likeliest, to be looked at
//! and put right; the server takes every one.

use super::Kind;
use crate::pair::Pair;
use crate::render::quote::{data_type, identifier};
use crate::schema::Column;

/// An expression that may make of the values of a column those of its next type.
pub(in crate::plan::postgres) fn example(column: Pair<&Column>) -> String {
    let types = column.map(|column| &column.data_type);
    let value = identifier(&column.next.name);
    let to = data_type(types.next);
    let is_text = |kind| matches!(kind, Kind::Text(_) | Kind::Padded(_) | Kind::Citext);
    let is_number = |kind| matches!(kind, Kind::Whole(_) | Kind::Numeric(_) | Kind::Real | Kind::Double);
    match (Kind::of(types.previous), Kind::of(types.next)) {
        (_, Kind::Jsonb) => format!("to_jsonb({value})"),
        (_, Kind::Json) => format!("to_json({value})"),
        (Kind::Bytes, next) if is_text(next) => format!("convert_from({value}, 'UTF8')"),
        (previous, Kind::Bytes) if is_text(previous) => format!("convert_to({value}, 'UTF8')"),
        (Kind::Bytes, Kind::Uuid) => format!("encode({value}, 'hex')::uuid"),
        (Kind::Uuid, Kind::Bytes) => format!("uuid_send({value})"),

        (Kind::Array, next) if is_text(next) => format!("array_to_string({value}, ',')"),
        (previous, Kind::Array) if is_text(previous) && to == "text[]" => format!("string_to_array({value}, ',')"),
        (previous, Kind::Array) if is_text(previous) => format!("string_to_array({value}, ',')::{to}"),
        (previous, Kind::Array) if previous != Kind::Array => format!("ARRAY[{value}]::text[]::{to}"),

        (Kind::Boolean, next) if is_number(next) => format!("{value}::integer::{to}"),
        (previous, Kind::Boolean) if is_number(previous) => format!("{value} <> 0"),
        (previous, Kind::Timestamptz(_)) if is_number(previous) => format!("to_timestamp({value})"),
        (previous, Kind::Timestamp(_)) if is_number(previous) => format!("to_timestamp({value}) AT TIME ZONE 'UTC'"),
        (previous, Kind::Interval) if is_number(previous) => format!("make_interval(secs => {value})"),
        (Kind::Timestamp(_) | Kind::Timestamptz(_) | Kind::Date | Kind::Time | Kind::Interval, next)
            if is_number(next) =>
        {
            format!("extract(epoch FROM {value})::{to}")
        }
        _ => format!("{value}::text::{to}"),
    }
}
