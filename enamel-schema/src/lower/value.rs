//! Defaults and the values of enums as SQL literals.

use crate::dialect::Dialect;
use crate::render::quote;
use crate::schema::{DefaultValue, Enumeration, EnumerationValue, Storage};

/// The literal of a default that is not SQL already. `None` for a variant that the enum has not.
pub(super) fn literal(default: &DefaultValue, enumeration: Option<&Enumeration>, dialect: Dialect) -> Option<String> {
    match default {
        DefaultValue::Boolean(true) => Some("TRUE".to_owned()),
        DefaultValue::Boolean(false) => Some("FALSE".to_owned()),
        DefaultValue::Number(number) => Some(decimal(number)),
        DefaultValue::Text(text) => Some(quote::text(text)),
        DefaultValue::Bytes(bytes) => Some(quote::bytes(bytes, dialect)),
        DefaultValue::Variant(name) => {
            let enumeration = enumeration?;
            let value = enumeration.values.iter().find(|value| value.name == *name)?;
            Some(enumeration_value(value, enumeration.storage))
        }
        DefaultValue::Sql(sql) => Some(sql.text().to_owned()),
    }
}

/// What the database stores for a value, where enums are not types of their own.
pub(super) fn enumeration_value(value: &EnumerationValue, storage: Storage) -> String {
    match storage {
        Storage::Native | Storage::Text => quote::text(&value.name),
        Storage::Integer => value.discriminant.to_string(),
    }
}

/// What the database stores for each value of an enum, in its order.
pub(super) fn enumeration_values(enumeration: &Enumeration) -> Vec<String> {
    enumeration.values.iter().map(|value| enumeration_value(value, enumeration.storage)).collect()
}

/// Rust writes whole numbers in four bases, SQL safely in one.
fn decimal(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let in_base =
        |prefix: &str, base| digits.strip_prefix(prefix).and_then(|rest| u128::from_str_radix(rest, base).ok());
    let value = in_base("0x", 16).or_else(|| in_base("0o", 8)).or_else(|| in_base("0b", 2));
    value.map_or_else(|| number.to_owned(), |value| format!("{sign}{value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(default: DefaultValue) -> Option<String> {
        literal(&default, None, Dialect::Sqlite)
    }

    #[test]
    fn literals_are_quoted_by_what_they_are() {
        assert_eq!(of(DefaultValue::Boolean(true)).as_deref(), Some("TRUE"));
        assert_eq!(of(DefaultValue::Text("it's".to_owned())).as_deref(), Some("'it''s'"));
        assert_eq!(of(DefaultValue::Bytes(vec![0, 255])).as_deref(), Some("X'00FF'"));
    }

    #[test]
    fn whole_numbers_of_any_base_become_decimal() {
        for (rust, sql) in [("-0x10", "-16"), ("0b101", "5"), ("0o17", "15"), ("1.5e3", "1.5e3"), ("-7", "-7")] {
            assert_eq!(of(DefaultValue::Number(rust.to_owned())).as_deref(), Some(sql));
        }
    }

    #[test]
    fn a_variant_that_is_gone_has_no_literal() {
        assert_eq!(of(DefaultValue::Variant("admin".to_owned())), None);
    }
}
