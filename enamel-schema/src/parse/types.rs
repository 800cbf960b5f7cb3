//! What a column of a Rust type holds.
//!
//! A type is known by its last path segment and its arguments, after the package's own aliases, newtypes and enums. The table
//! follows what the drivers decode into that Rust type.

use super::Settings;
use super::definitions::{DefinitionKind, Definitions, Lookup};
use super::keys::did_you_mean;
use super::rust_type::RustType;
use super::spot::{Finding, Spot};
use crate::schema::{Integer, Length, Sql, Type};
use std::rc::Rc;

/// How many aliases may lead to one another. More is a ring.
const LONGEST_CHAIN: usize = 32;

/// What a column of a Rust type holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) data_type: Type,
    pub(crate) nullable: bool,
}

impl Resolved {
    const fn plain(data_type: Type) -> Self {
        Self { data_type, nullable: false }
    }
}

/// Why a Rust type is no column.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// Nothing knows it.
    Unknown(String),
    /// It is a struct of the package that is none of ours.
    OtherStruct(String),
    /// It is an enum of the package that does not derive `Enum`.
    OtherEnum(String),
    /// It is another table.
    Relation(String),
    /// It is a group of columns.
    Columns(String),
    /// Two types have its name.
    Several(String, Spot, Spot),
    /// It leads to itself.
    Ring(String),
    /// What is wrong with it was said where it is defined.
    Said,
    /// No database holds it, and what may be done.
    Refused(String, &'static str),
}

/// Finds what columns hold.
pub(crate) struct Types<'a> {
    pub(crate) definitions: &'a Definitions,
    pub(crate) settings: &'a Settings,
}

impl Types<'_> {
    /// What a column of this type holds, seen from a module.
    pub(crate) fn resolve(&self, rust_type: &RustType, module: &Rc<str>) -> Result<Resolved, Trouble> {
        self.resolve_through(rust_type, module, 0)
    }

    /// Whether a type is an `Option`, also behind aliases, whatever it holds.
    pub(crate) fn is_optional(&self, rust_type: &RustType, module: &Rc<str>) -> bool {
        match self.resolve(rust_type, module) {
            Ok(resolved) => resolved.nullable,
            Err(_) => rust_type.name() == Some("Option"),
        }
    }

    fn resolve_through(&self, rust_type: &RustType, module: &Rc<str>, depth: usize) -> Result<Resolved, Trouble> {
        if depth > LONGEST_CHAIN {
            return Err(Trouble::Ring(rust_type.to_string()));
        }
        let (path, arguments) = match rust_type {
            RustType::Path { path, arguments } => (path, arguments),
            RustType::Reference(inner) => return self.resolve_through(inner, module, depth + 1),
            RustType::Slice(item) if is_byte(item) => return Ok(Resolved::plain(Type::Bytes(Length::Any))),
            RustType::Array(item, Some(length)) if is_byte(item) => {
                return Ok(Resolved::plain(Type::Bytes(Length::Exactly(*length))));
            }
            RustType::Array(item, None) if is_byte(item) => {
                return Err(Trouble::Refused(rust_type.to_string(), "write its length as a number"));
            }
            RustType::Slice(item) | RustType::Array(item, _) => return self.array(item, module, depth),
            RustType::Other(text) => return Err(Trouble::Unknown(text.clone())),
        };
        let name = path.last().map(String::as_str).unwrap_or_default();
        if let Some(sql) = self.settings.type_map.get(name) {
            return Ok(Resolved::plain(Type::Sql(Sql::new(sql.clone()))));
        }
        let definition = match self.definitions.lookup(path, module) {
            Lookup::Nothing => return self.builtin(rust_type, path, arguments, module, depth),
            Lookup::One(definition) => definition,
            Lookup::Several(one, two) => return Err(Trouble::Several(name.to_owned(), one.spot, two.spot)),
        };
        match &definition.kind {
            DefinitionKind::Same { parameters, inner } => {
                // The arguments are resolved where they were written; a parameter's name is never looked up.
                self.resolve_through(&inner.with(parameters, arguments), &definition.module, depth + 1)
            }
            DefinitionKind::Enumeration(index) => match self.definitions.enumerations.get(*index) {
                Some(raw) => Ok(Resolved::plain(Type::Enumeration(raw.enumeration.name.clone()))),
                None => Err(Trouble::OtherEnum(name.to_owned())),
            },
            DefinitionKind::Model(index) => match self.definitions.models.get(*index) {
                Some((_, model)) if model.is_table => Err(Trouble::Relation(name.to_owned())),
                Some(_) | None => Err(Trouble::Columns(name.to_owned())),
            },
            DefinitionKind::OtherEnum => Err(Trouble::OtherEnum(name.to_owned())),
            DefinitionKind::OtherStruct => Err(Trouble::OtherStruct(name.to_owned())),
            DefinitionKind::Broken => Err(Trouble::Said),
        }
    }

    fn array(&self, item: &RustType, module: &Rc<str>, depth: usize) -> Result<Resolved, Trouble> {
        let item = self.resolve_through(item, module, depth + 1)?;
        Ok(Resolved::plain(Type::Array(Box::new(item.data_type))))
    }

    /// A type of the table.
    fn builtin(
        &self,
        rust_type: &RustType,
        path: &[String],
        arguments: &[RustType],
        module: &Rc<str>,
        depth: usize,
    ) -> Result<Resolved, Trouble> {
        let path = self.definitions.original(path, module);
        let name = path.last().map(String::as_str).unwrap_or_default();
        if let Some(sql) = self.settings.type_map.get(name) {
            return Ok(Resolved::plain(Type::Sql(Sql::new(sql.clone()))));
        }
        match (name, arguments) {
            ("Option", [inner]) => {
                let inner = self.resolve_through(inner, module, depth + 1)?;
                Ok(Resolved { nullable: true, ..inner })
            }
            ("Box" | "Arc" | "Rc" | "Cow", [inner]) => self.resolve_through(inner, module, depth + 1),
            ("Vec", [item]) if is_byte(item) => Ok(Resolved::plain(Type::Bytes(Length::Any))),
            ("Vec", [item]) => self.array(item, module, depth),
            ("HashMap" | "BTreeMap", [keys, values]) if is_text(keys) && is_optional_text(values) => {
                Ok(Resolved::plain(Type::KeyValue))
            }
            ("HashMap" | "BTreeMap" | "HashSet" | "BTreeSet" | "IndexMap" | "VecDeque", _) => {
                Err(Trouble::Refused(rust_type.to_string(), "keep it as JSON: put `json` on the field"))
            }
            ("usize" | "isize", []) => {
                Err(Trouble::Refused(name.to_owned(), "its width depends on the machine: use `i64`, or `type = \"…\"`"))
            }
            ("u128" | "i128", []) => Err(Trouble::Refused(
                name.to_owned(),
                "no database has a whole number of 128 bits: use a decimal type, or `type = \"…\"`",
            )),
            ("NonZero", [inner]) => self.resolve_through(inner, module, depth + 1),
            _ => match table(name, !arguments.is_empty()) {
                Some(data_type) => Ok(Resolved::plain(data_type)),
                None => Err(Trouble::Unknown(rust_type.to_string())),
            },
        }
    }
}

/// The types that are known by their name alone.
fn table(name: &str, has_arguments: bool) -> Option<Type> {
    // `NonZeroI64`
    let number = name.strip_prefix("NonZero").map(str::to_ascii_lowercase);
    if let Some(integer) = Integer::from_name(number.as_deref().unwrap_or(name)) {
        return Some(Type::Integer(integer));
    }
    Some(match name {
        "bool" => Type::Boolean,
        "f32" => Type::Float,
        "f64" => Type::Double,
        "String" | "str" | "SmolStr" | "CompactString" => Type::Text { max_length: None },
        "char" => Type::Character,
        "Bytes" | "BytesMut" => Type::Bytes(Length::Any),
        // chrono's `DateTime<Utc>` is a point in time; jiff's and SeaORM's `DateTime` is a date with a time of day.
        "DateTime" if has_arguments => Type::TimestampWithZone,
        "OffsetDateTime" | "UtcDateTime" | "Timestamp" | "SystemTime" => Type::TimestampWithZone,
        "DateTimeUtc" | "DateTimeLocal" | "DateTimeWithTimeZone" => Type::TimestampWithZone,
        "DateTime" | "NaiveDateTime" | "PrimitiveDateTime" => Type::Timestamp,
        "NaiveDate" | "Date" => Type::Date,
        "NaiveTime" | "Time" => Type::Time,
        "TimeDelta" | "Duration" | "SignedDuration" | "PgInterval" | "Span" => Type::Interval,
        "Uuid" => Type::Uuid,
        "Hyphenated" => Type::UuidText,
        "Value" | "Json" | "JsonValue" => Type::Json,
        "Decimal" | "BigDecimal" => Type::Decimal { precision: None },
        "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "IpNetwork" | "IpNet" => Type::IpAddress,
        "MacAddress" => Type::MacAddress,
        "PgHstore" => Type::KeyValue,
        _ => return None,
    })
}

fn is_byte(rust_type: &RustType) -> bool {
    matches!(rust_type, RustType::Path { path, .. } if path.len() == 1 && path[0] == "u8")
}

fn is_text(rust_type: &RustType) -> bool {
    rust_type.name() == Some("String")
}

fn is_optional_text(rust_type: &RustType) -> bool {
    match rust_type {
        RustType::Path { path, arguments } => {
            path.last().is_some_and(|last| last == "Option")
                && matches!(arguments.as_slice(), [inner] if is_text(inner))
        }
        RustType::Reference(_) | RustType::Slice(_) | RustType::Array(..) | RustType::Other(_) => false,
    }
}

impl Trouble {
    /// What is said of it, at the field's type.
    pub(crate) fn finding(self, spot: Spot, files: &[String]) -> Option<Finding> {
        Some(match self {
            Trouble::Said => return None,
            Trouble::Unknown(name) => {
                let near = name.split(['<', ' ']).next().and_then(|name| did_you_mean(name, "", NAMES));
                Finding::error(spot, format!("no column type is known for `{name}`"))
                    .with_hints(near.filter(|hint| hint.starts_with("did")))
                    .with_hint(format!(
                        "say it as SQL: `type = \"…\"` on the field, or for the whole package `{} = \"…\"` under \
                         `[package.metadata.enamel.types]`",
                        name.split(['<', ' ']).next().and_then(|path| path.rsplit("::").next()).unwrap_or(&name)
                    ))
                    .with_hint("leave the field out: `skip`; or keep it as JSON: `json`")
            }
            Trouble::OtherStruct(name) => Finding::error(spot, format!("`{name}` is a struct, and no column"))
                .with_hint(format!(
                    "put its fields into this table: derive `Columns` for `{name}`, and write `flatten` here"
                ))
                .with_hint("keep it as JSON: `json`; say its type as SQL: `type = \"…\"`; or leave it out: `skip`"),
            Trouble::OtherEnum(name) => Finding::error(spot, format!("enum `{name}` does not derive `Enum`"))
                .with_hint(format!("write `#[derive(Enum)]` on `{name}`"))
                .with_hint("keep it as JSON: `json`; say its type as SQL: `type = \"…\"`; or leave it out: `skip`"),
            Trouble::Relation(name) => Finding::error(spot, format!("`{name}` is a table of its own, and no column"))
                .with_hint("leave the field out: `skip`")
                .with_hint(format!("refer to it by its key: `#[enamel(references = {name})]`")),
            Trouble::Columns(name) => Finding::error(spot, format!("`{name}` is several columns"))
                .with_hint("put them into this table: `flatten`"),
            Trouble::Several(name, one, two) => Finding::error(spot, format!("there are two types `{name}`"))
                .with_note(format!("one is at {}", one.place(files)))
                .with_note(format!("one is at {}", two.place(files)))
                .with_hint(format!("say which by its module: `module::{name}`")),
            Trouble::Ring(name) => Finding::error(spot, format!("type `{name}` leads to itself")),
            Trouble::Refused(name, hint) => Finding::error(spot, format!("no column holds a `{name}`")).with_hint(hint),
        })
    }
}

/// Names that a slip of the fingers may have meant.
const NAMES: [&str; 20] = [
    "bool",
    "i16",
    "i32",
    "i64",
    "f32",
    "f64",
    "String",
    "char",
    "Bytes",
    "DateTime",
    "OffsetDateTime",
    "Timestamp",
    "NaiveDateTime",
    "PrimitiveDateTime",
    "NaiveDate",
    "NaiveTime",
    "Uuid",
    "Decimal",
    "BigDecimal",
    "IpNetwork",
];
