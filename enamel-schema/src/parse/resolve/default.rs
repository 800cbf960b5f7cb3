//! Defaults as values of their columns' types.

use super::Resolver;
use crate::parse::default::RawDefault;
use crate::parse::definitions::{DefinitionKind, Lookup};
use crate::parse::enumeration::RawEnumeration;
use crate::parse::keys::did_you_mean;
use crate::parse::spot::{Finding, Given, Spot};
use crate::schema::{Column, DefaultValue, Integer, Name, Storage, Type};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// How many constants may lead to one another. More is a ring.
const LONGEST_CHAIN: usize = 16;

impl Resolver<'_> {
    /// A default as a value of the column's type, `None` when there is none or an error was said.
    pub(super) fn default(
        &mut self,
        given: &Given<RawDefault>,
        column: &Column,
        module: &Rc<str>,
        depth: usize,
    ) -> Option<DefaultValue> {
        let RawDefault::Path(path) = &given.value else { return self.literal(given, column) };
        let last = path.last()?;
        if path.len() == 1 && last == "None" && column.nullable {
            return None;
        }
        if let Some(value) = self.variant(path, &column.data_type, module) {
            return Some(value);
        }
        if let Some(number) = limit(path) {
            return self.literal(&Given::new(RawDefault::Number(number), given.spot), column);
        }
        let values: Vec<Option<RawDefault>> =
            self.types.definitions.constants(last).iter().map(|constant| constant.value.clone()).collect();
        match values.as_slice() {
            [] => self.say(self.no_such_default(path, column, given.spot)),
            [Some(first), others @ ..] if others.iter().all(|other| other.as_ref() == Some(first)) => {
                if depth < LONGEST_CHAIN {
                    return self.default(&Given::new(first.clone(), given.spot), column, module, depth + 1);
                }
                self.say(Finding::error(given.spot, format!("constant `{last}` leads to itself")));
            }
            [_, _, ..] => {
                let message = format!("there are several constants `{last}`, with different values");
                self.say(Finding::error(given.spot, message).with_hint("name one of them otherwise"));
            }
            [_] => {
                let message = format!("the value of `{last}` is known only to the compiler");
                self.say(
                    Finding::error(given.spot, message)
                        .with_hint("`default` takes constants whose value is a literal")
                        .with_hint("write an expression as SQL: `default_sql = \"…\"`"),
                );
            }
        }
        None
    }

    /// A variant as the column stores it: of the column's enum, or of any enum where the column's type is given as SQL.
    fn variant(&self, path: &[String], data_type: &Type, module: &Rc<str>) -> Option<DefaultValue> {
        let (variant, of) = path.split_last()?;
        if let Type::Enumeration(name) = data_type {
            let value = self.enumeration(name)?.stored(variant)?;
            return Some(DefaultValue::Variant(value.name.clone()));
        }
        let Lookup::One(definition) = self.types.definitions.lookup(of, module) else { return None };
        let DefinitionKind::Enumeration(index) = definition.kind else { return None };
        let raw = self.types.definitions.enumerations.get(index)?;
        let value = raw.stored(variant)?;
        match (data_type, raw.enumeration.storage) {
            (Type::Sql(_), Storage::Integer) => Some(DefaultValue::Number(value.discriminant.to_string())),
            (Type::Sql(_) | Type::Text { .. }, Storage::Native | Storage::Text) => {
                Some(DefaultValue::Text(value.name.clone()))
            }
            _ => None,
        }
    }

    fn enumeration(&self, name: &Name) -> Option<&RawEnumeration> {
        self.types.definitions.enumerations.iter().find(|raw| raw.enumeration.name == *name)
    }

    fn no_such_default(&self, path: &[String], column: &Column, spot: Spot) -> Finding {
        let written = path.join("::");
        if let Type::Enumeration(name) = &column.data_type {
            let variants = self.enumeration(name).map(|raw| raw.variants.as_slice()).unwrap_or_default();
            let last = path.last().map_or("", String::as_str);
            let hint = did_you_mean(last, "the variants are", variants.iter().map(String::as_str));
            return Finding::error(spot, format!("there is no variant or constant `{written}`")).with_hints(hint);
        }
        Finding::error(spot, format!("there is no constant `{written}` in this package"))
            .with_hint("write an expression as SQL: `default_sql = \"…\"`")
    }

    fn literal(&mut self, given: &Given<RawDefault>, column: &Column) -> Option<DefaultValue> {
        if let (RawDefault::Text(text), Type::Enumeration(name)) = (&given.value, &column.data_type) {
            let values: Vec<&str> =
                self.enumeration(name)?.enumeration.values.iter().map(|value| value.name.as_str()).collect();
            if values.contains(&text.as_str()) {
                return Some(DefaultValue::Variant(text.clone()));
            }
            let finding = Finding::error(given.spot, format!("`{text}` is no value of `{name}`"))
                .with_hints(did_you_mean(text, "the values are", values));
            self.say(finding);
            return None;
        }
        let sql = match &given.value {
            RawDefault::Text(text) => looks_like_sql(text).then(|| format!("did you mean `default_sql = {text:?}`?")),
            RawDefault::Boolean(_) | RawDefault::Number(_) | RawDefault::Bytes(_) | RawDefault::Path(_) => None,
        };
        match fitting(&given.value, &column.data_type, sql.is_some()) {
            Ok(value) => {
                if let (Some(hint), DefaultValue::Text(text)) = (sql, &value) {
                    let message = format!("this default is the text `{text}`, and is not computed");
                    self.say(Finding::warning(given.spot, message).with_hint(hint));
                }
                Some(value)
            }
            Err(message) => {
                self.say(Finding::error(given.spot, message).with_hints(sql));
                None
            }
        }
    }
}

/// What a column takes as a default.
enum Takes {
    Truth,
    Whole(Integer),
    Real,
    Decimal,
    Text(Option<u32>),
    /// Values that are written as texts: dates, UUIDs, JSON.
    Written,
    Bytes,
    Variant,
    /// A type that is given as SQL takes anything.
    Anything,
}

impl Takes {
    fn of(data_type: &Type) -> Takes {
        match data_type {
            Type::Boolean => Takes::Truth,
            Type::Integer(integer) => Takes::Whole(*integer),
            Type::Float | Type::Double => Takes::Real,
            Type::Decimal { .. } => Takes::Decimal,
            Type::Text { max_length } => Takes::Text(*max_length),
            Type::Character => Takes::Text(Some(1)),
            Type::TimestampWithZone
            | Type::Timestamp
            | Type::Date
            | Type::Time
            | Type::Interval
            | Type::Uuid
            | Type::UuidText
            | Type::Json
            | Type::Array(_)
            | Type::IpAddress
            | Type::MacAddress
            | Type::KeyValue => Takes::Written,
            Type::Bytes(_) => Takes::Bytes,
            Type::Enumeration(_) => Takes::Variant,
            Type::Sql(_) => Takes::Anything,
        }
    }
}

/// A literal as a value of a type, or why it is none. `looks_like_sql`: a text that was hardly meant as one.
fn fitting(value: &RawDefault, data_type: &Type, looks_like_sql: bool) -> Result<DefaultValue, String> {
    let what = match (value, Takes::of(data_type)) {
        (RawDefault::Boolean(boolean), Takes::Truth | Takes::Anything) => return Ok(DefaultValue::Boolean(*boolean)),
        (RawDefault::Number(digits), Takes::Whole(integer)) => match digits.parse::<i128>() {
            Ok(number) if range(integer).contains(&number) => return Ok(DefaultValue::Number(digits.clone())),
            Ok(_) => return Err(format!("{digits} does not fit into {}", described(data_type))),
            Err(_) => "a number with a point",
        },
        (RawDefault::Number(digits), Takes::Real | Takes::Decimal | Takes::Anything) => {
            return Ok(DefaultValue::Number(digits.clone()));
        }
        (RawDefault::Text(text), Takes::Text(Some(length))) if text.chars().count() > length as usize => {
            let characters = if length == 1 { "character" } else { "characters" };
            return Err(format!("the default is longer than {length} {characters}"));
        }
        (RawDefault::Text(text), Takes::Decimal) if text.parse::<f64>().is_ok_and(f64::is_finite) => {
            return Ok(DefaultValue::Number(text.clone()));
        }
        (RawDefault::Text(text), Takes::Text(_) | Takes::Anything) => return Ok(DefaultValue::Text(text.clone())),
        (RawDefault::Text(text), Takes::Written) if !looks_like_sql => return Ok(DefaultValue::Text(text.clone())),
        (RawDefault::Bytes(bytes), Takes::Bytes | Takes::Anything) => return Ok(DefaultValue::Bytes(bytes.clone())),
        (RawDefault::Boolean(_), _) => "true or false",
        (RawDefault::Number(_), _) => "a number",
        (RawDefault::Text(_), _) => "a text",
        (RawDefault::Bytes(_), _) => "bytes",
        (RawDefault::Path(_), _) => "a path",
    };
    Err(format!("the default is {what}, and the column is {}", described(data_type)))
}

/// `i32::MAX` and its like.
fn limit(path: &[String]) -> Option<String> {
    let [integer, limit] = path else { return None };
    let integer = Integer::from_name(integer)?;
    match limit.as_str() {
        "MIN" => Some(range(integer).start().to_string()),
        "MAX" => Some(range(integer).end().to_string()),
        _ => None,
    }
}

fn range(integer: Integer) -> RangeInclusive<i128> {
    match integer {
        Integer::I8 => i8::MIN.into()..=i8::MAX.into(),
        Integer::I16 => i16::MIN.into()..=i16::MAX.into(),
        Integer::I32 => i32::MIN.into()..=i32::MAX.into(),
        Integer::I64 => i64::MIN.into()..=i64::MAX.into(),
        Integer::U8 => 0..=u8::MAX.into(),
        Integer::U16 => 0..=u16::MAX.into(),
        Integer::U32 => 0..=u32::MAX.into(),
        Integer::U64 => 0..=u64::MAX.into(),
    }
}

/// `now()`, `lower(x)`, `(1 + 2)`, `CURRENT_TIMESTAMP`
fn looks_like_sql(text: &str) -> bool {
    let text = text.trim();
    if text.to_uppercase().starts_with("CURRENT_") {
        return true;
    }
    let Some((before, _)) = text.split_once('(').filter(|_| text.ends_with(')')) else { return false };
    before.chars().all(|character| character.is_alphanumeric() || character == '_' || character == '.')
}

/// A type in words, with its article.
pub(super) fn described(data_type: &Type) -> &'static str {
    match data_type {
        Type::Boolean => "a `bool`",
        Type::Integer(Integer::I8) => "an `i8`",
        Type::Integer(Integer::I16) => "an `i16`",
        Type::Integer(Integer::I32) => "an `i32`",
        Type::Integer(Integer::I64) => "an `i64`",
        Type::Integer(Integer::U8) => "a `u8`",
        Type::Integer(Integer::U16) => "a `u16`",
        Type::Integer(Integer::U32) => "a `u32`",
        Type::Integer(Integer::U64) => "a `u64`",
        Type::Float => "an `f32`",
        Type::Double => "an `f64`",
        Type::Text { .. } => "a text",
        Type::Character => "a `char`",
        Type::Bytes(_) => "bytes",
        Type::TimestampWithZone | Type::Timestamp => "a point in time",
        Type::Date => "a date",
        Type::Time => "a time of day",
        Type::Interval => "a span of time",
        Type::Uuid | Type::UuidText => "a UUID",
        Type::Json => "JSON",
        Type::Decimal { .. } => "a decimal number",
        Type::Array(_) => "an array",
        Type::IpAddress => "an IP address",
        Type::MacAddress => "a hardware address",
        Type::KeyValue => "a map of texts",
        Type::Enumeration(_) => "an enum",
        Type::Sql(_) => "given as SQL",
    }
}
