//! One field as a column: its name, its type, its default, and whether it counts up.

use super::{Expansion, Resolver, Shaped};
use crate::edits::Edits;
use crate::pair::Pair;
use crate::parse::case::Case;
use crate::parse::default::RawDefault;
use crate::parse::field::{FieldAttributes, RawField};
use crate::parse::keys::did_you_mean;
use crate::parse::model::RawModel;
use crate::parse::spot::{Finding, Given, Spot};
use crate::schema::{Column, DefaultValue, Generated, Identity, Integer, Length, Name, Sql, TableName, Type};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many constants may lead to one another. More is a ring.
const LONGEST_CHAIN: usize = 16;

impl<'a> Resolver<'a> {
    /// The column of a field.
    pub(super) fn column(
        &mut self,
        owner: usize,
        module: &Rc<str>,
        model: &RawModel,
        field: &'a RawField,
        expansion: &Expansion,
    ) -> Option<Shaped<'a>> {
        let attributes = &field.attributes;
        let name = Name::new(format!("{}{}", expansion.prefix, column_name(model, field))).ok()?;
        let found = self.data_type(module, field);
        let known = found.is_some();
        let (data_type, optional) = found.unwrap_or((Type::Boolean, false));
        let mut column = Column::new(name, data_type);
        column.nullable = optional || expansion.optional;
        column.collation = attributes.collate.clone();
        column.comment = attributes.comment.clone();
        if column.comment.is_none() && self.types.settings.doc_comments {
            column.comment = field.doc.clone();
        }
        if let Some(generated) = &attributes.generated {
            // Stored unless it is said otherwise: every database can hold that.
            let stored = attributes.computed.is_none();
            column.generated = Some(Generated { expression: generated.value.clone(), stored });
        }
        column.default = attributes.default_sql.as_ref().map(|given| DefaultValue::Sql(given.value.clone()));
        if let Some(given) = attributes.default.as_ref().filter(|_| known) {
            column.default = self.default(given, &column, module, 0);
        }
        if known {
            column.identity = self.stated_identity(attributes, &column.data_type);
        }
        Some(Shaped { field, owner, module: module.clone(), column, known })
    }

    /// What a field's column holds, and whether it may hold NULL; `None` when an error was said.
    fn data_type(&mut self, module: &Rc<str>, field: &RawField) -> Option<(Type, bool)> {
        let attributes = &field.attributes;
        let optional = self.types.is_optional(&field.rust_type, module);
        if let Some(given) = &attributes.data_type {
            self.refuse_length(attributes, "a type that is given as SQL");
            return Some((Type::Sql(given.value.clone()), optional));
        }
        if attributes.json.is_some() {
            self.refuse_length(attributes, "JSON");
            return Some((Type::Json, optional));
        }
        let read_as = attributes.read_as.as_ref().unwrap_or(&field.rust_type);
        match self.types.resolve(read_as, module) {
            Ok(resolved) => Some((self.sized(resolved.data_type, attributes), optional || resolved.nullable)),
            Err(trouble) => {
                let finding = trouble.finding(field.type_spot, self.files);
                self.say(finding);
                None
            }
        }
    }

    /// The type with its `max_length`, or its `precision` and `scale`.
    fn sized(&mut self, data_type: Type, attributes: &FieldAttributes) -> Type {
        let scale = attributes.scale.as_ref().map_or(0, |given| given.value);
        match (data_type, &attributes.max_length, &attributes.precision) {
            (Type::Text { .. }, Some(length), None) => Type::Text { max_length: Some(length.value) },
            (Type::Bytes(Length::Any), Some(length), None) => Type::Bytes(Length::AtMost(length.value)),
            (Type::Decimal { .. }, None, Some(precision)) => {
                if scale > precision.value {
                    self.say(Finding::error(precision.spot, "more digits after the point than digits in all"));
                }
                Type::Decimal { precision: Some((precision.value, scale)) }
            }
            (data_type, None, None) => data_type,
            (data_type, _, _) => {
                self.refuse_length(attributes, "this type");
                data_type
            }
        }
    }

    fn refuse_length(&mut self, attributes: &FieldAttributes, what: &str) {
        let length = attributes.max_length.as_ref().map(|given| (given.spot, "max_length", "texts and bytes"));
        let precision = attributes.precision.as_ref().map(|given| (given.spot, "precision", "decimal types"));
        for (spot, key, those) in length.into_iter().chain(precision) {
            self.say(Finding::error(spot, format!("`{key}` is for {those}, not for {what}")));
        }
    }

    /// The identity that attributes ask for. That a lone integer key counts up is decided with the key.
    fn stated_identity(&mut self, attributes: &FieldAttributes, data_type: &Type) -> Option<Identity> {
        let counts = attributes.auto_increment.as_ref().filter(|given| given.value);
        let spot = attributes.identity.as_ref().map(|given| given.spot).or(counts.map(|given| given.spot))?;
        if !matches!(data_type, Type::Integer(_) | Type::Sql(_)) {
            self.say(Finding::error(spot, "only a whole number can count up"));
            return None;
        }
        let default = attributes.default.as_ref().map(|given| given.spot);
        if let Some(spot) = default.or(attributes.default_sql.as_ref().map(|given| given.spot)) {
            self.say(Finding::error(spot, "a column that counts up has no default"));
        }
        let always = attributes.identity.as_ref().is_some_and(|given| given.value);
        Some(Identity { always, never_reused: counts.is_some() })
    }

    /// A default as a value of the column's type, `None` when there is none or an error was said.
    fn default(
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
        if let Type::Enumeration(name) = &column.data_type
            && let Some(value) = self.variant(name, last)
        {
            return Some(DefaultValue::Variant(value));
        }
        if let Some(number) = limit(path) {
            return self.literal(&Given::new(RawDefault::Number(number), given.spot), column);
        }
        let values: Vec<Option<RawDefault>> =
            self.types.definitions.constants(last).iter().map(|constant| constant.value.clone()).collect();
        match values.as_slice() {
            [] => self.say(self.no_such_default(path, column, given.spot)),
            [None, ..] => {
                self.say(Finding::error(given.spot, format!("the value of `{last}` is known only to the compiler"))
                    .with_hint("`default` takes constants whose value is a literal; write an expression as SQL: `default_sql = \"…\"`"));
            }
            [Some(first), others @ ..] => {
                if others.iter().any(|other| other.as_ref() != Some(first)) {
                    self.say(Finding::error(
                        given.spot,
                        format!("there are several constants `{last}`, with different values"),
                    ));
                } else if depth < LONGEST_CHAIN {
                    return self.default(&Given::new(first.clone(), given.spot), column, module, depth + 1);
                }
            }
        }
        None
    }

    fn variant(&self, enumeration: &Name, rust_name: &str) -> Option<String> {
        let raw = self.types.definitions.enumerations.iter().find(|raw| raw.enumeration.name == *enumeration)?;
        let index = raw.variants.iter().position(|variant| variant == rust_name)?;
        raw.enumeration.values.get(index).map(|value| value.name.clone())
    }

    fn no_such_default(&self, path: &[String], column: &Column, spot: Spot) -> Finding {
        let written = path.join("::");
        if let Type::Enumeration(name) = &column.data_type {
            let raw = self.types.definitions.enumerations.iter().find(|raw| raw.enumeration.name == *name);
            let variants = raw.map(|raw| raw.variants.as_slice()).unwrap_or_default();
            let last = path.last().map_or("", String::as_str);
            let hint = did_you_mean(last, "the variants are", variants.iter().map(String::as_str));
            return Finding::error(spot, format!("there is no variant or constant `{written}`")).with_hints(hint);
        }
        Finding::error(spot, format!("there is no constant `{written}` in this package"))
            .with_hint("write an expression as SQL: `default_sql = \"…\"`")
    }

    fn literal(&mut self, given: &Given<RawDefault>, column: &Column) -> Option<DefaultValue> {
        if let (RawDefault::Text(text), Type::Enumeration(name)) = (&given.value, &column.data_type) {
            let raw = self.types.definitions.enumerations.iter().find(|raw| raw.enumeration.name == *name)?;
            let values: Vec<&str> = raw.enumeration.values.iter().map(|value| value.name.as_str()).collect();
            if values.contains(&text.as_str()) {
                return Some(DefaultValue::Variant(text.clone()));
            }
            let hint = did_you_mean(text, "the values are", values);
            self.say(Finding::error(given.spot, format!("`{text}` is no value of `{name}`")).with_hints(hint));
            return None;
        }
        match fitting(&given.value, &column.data_type) {
            Ok(value) => {
                if let RawDefault::Text(text) = &given.value
                    && looks_like_sql(text)
                {
                    self.say(
                        Finding::warning(given.spot, format!("this default is the text `{text}`, and is not computed"))
                            .with_hint(format!("did you mean `default_sql = {text:?}`?")),
                    );
                }
                Some(value)
            }
            Err(message) => {
                let mut finding = Finding::error(given.spot, message);
                if let RawDefault::Text(text) = &given.value {
                    finding = finding.with_hint(format!("did you mean `default_sql = {text:?}`?"));
                }
                self.say(finding);
                None
            }
        }
    }
}

/// The column's name without prefix.
fn column_name(model: &RawModel, field: &RawField) -> String {
    match (&field.attributes.column, &model.attributes.rename_all) {
        (Some(given), _) => given.value.clone(),
        // A field is in these cases already; serde leaves it as it is, underscores at its ends too.
        (None, Some(given)) if !matches!(given.value.0, Case::Snake | Case::Lower) => {
            given.value.0.apply(&field.name, given.value.1)
        }
        (None, Some(_) | None) => field.name.clone(),
    }
}

/// What a column's attributes propose.
pub(super) fn propose(hints: &mut Edits, table: &TableName, shaped: &Shaped<'_>) {
    let name = &shaped.column.name;
    let attributes = &shaped.field.attributes;
    if let Some(given) = &attributes.renamed_from
        && let Ok(previous) = Name::new(given.value.clone())
    {
        hints.columns.push((table.clone(), Pair::new(previous, name.clone())));
    }
    let keep = |kept: &mut BTreeMap<(TableName, Name), Sql>, sql: &Option<Sql>| {
        if let Some(sql) = sql {
            kept.insert((table.clone(), name.clone()), sql.clone());
        }
    };
    keep(&mut hints.backfills, &attributes.backfill);
    keep(&mut hints.conversions, &attributes.using);
}

/// A literal as a value of a type, or why it is none.
fn fitting(value: &RawDefault, data_type: &Type) -> Result<DefaultValue, String> {
    let mismatch = |what: &str| Err(format!("the default is {what}, and the column is {}", described(data_type)));
    match value {
        RawDefault::Boolean(boolean) => match data_type {
            Type::Boolean | Type::Sql(_) => Ok(DefaultValue::Boolean(*boolean)),
            _ => mismatch("true or false"),
        },
        RawDefault::Number(digits) => match data_type {
            Type::Integer(integer) => match digits.parse::<i128>() {
                Ok(number) if range(*integer).contains(&number) => Ok(DefaultValue::Number(digits.clone())),
                Ok(_) => Err(format!("{digits} does not fit into {}", described(data_type))),
                Err(_) => mismatch("a number with a point"),
            },
            Type::Float | Type::Double | Type::Decimal { .. } | Type::Sql(_) => {
                Ok(DefaultValue::Number(digits.clone()))
            }
            _ => mismatch("a number"),
        },
        RawDefault::Text(text) => match data_type {
            Type::Text { max_length: Some(length) } if text.chars().count() > *length as usize => {
                Err(format!("the default is longer than {length} characters"))
            }
            Type::Decimal { .. } if text.parse::<f64>().is_ok_and(f64::is_finite) => {
                Ok(DefaultValue::Number(text.clone()))
            }
            Type::Text { .. } | Type::Character | Type::Sql(_) => Ok(DefaultValue::Text(text.clone())),
            Type::Boolean | Type::Integer(_) | Type::Float | Type::Double | Type::Decimal { .. } => mismatch("a text"),
            _ if looks_like_sql(text) => mismatch("a text"),
            _ => Ok(DefaultValue::Text(text.clone())),
        },
        RawDefault::Bytes(bytes) => match data_type {
            Type::Bytes(_) | Type::Sql(_) => Ok(DefaultValue::Bytes(bytes.clone())),
            _ => mismatch("bytes"),
        },
        RawDefault::Path(path) => Err(format!("`{}` is no literal", path.join("::"))),
    }
}

/// `i32::MAX` and its like.
fn limit(path: &[String]) -> Option<String> {
    let [integer, limit] = path else { return None };
    let integer = match integer.as_str() {
        "i8" => Integer::I8,
        "i16" => Integer::I16,
        "i32" => Integer::I32,
        "i64" => Integer::I64,
        "u8" => Integer::U8,
        "u16" => Integer::U16,
        "u32" => Integer::U32,
        "u64" => Integer::U64,
        _ => return None,
    };
    match limit.as_str() {
        "MIN" => Some(range(integer).start().to_string()),
        "MAX" => Some(range(integer).end().to_string()),
        _ => None,
    }
}

fn range(integer: Integer) -> std::ops::RangeInclusive<i128> {
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
