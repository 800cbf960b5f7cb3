//! `default = …`: a literal, a constant or a variant of an enum.

use super::attribute::{Argument, Value};
use super::spot::{Finding, Given};
use super::tokens::{Tokens, bare};

/// A default as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RawDefault {
    Boolean(bool),
    /// Digits, without underscores and suffix, with its sign.
    Number(String),
    Text(String),
    Bytes(Vec<u8>),
    /// A constant or a variant.
    Path(Vec<String>),
}

/// The default that an argument gives.
pub(crate) fn raw_default(argument: &Argument, findings: &mut Vec<Finding>) -> Option<Given<RawDefault>> {
    let found = match &argument.value {
        Value::Is(tokens) | Value::List(tokens) => value(tokens.clone()),
        Value::None => None,
    };
    if found.is_none() {
        findings.push(
            Finding::error(argument.spot, "`default` needs a literal, a constant or a variant of an enum")
                .with_hint("write an expression as SQL: `default_sql = \"…\"`"),
        );
    }
    found.map(|value| Given::new(value, argument.spot))
}

/// A literal or a path, and nothing else.
pub(crate) fn value(mut tokens: Tokens) -> Option<RawDefault> {
    let negative = tokens.take_punctuation('-');
    if let Some(literal) = tokens.take_literal() {
        return match literal_value(&syn::Lit::new(literal))? {
            _ if !tokens.is_empty() => None,
            RawDefault::Number(digits) if negative => Some(RawDefault::Number(format!("-{digits}"))),
            value @ (RawDefault::Boolean(_)
            | RawDefault::Number(_)
            | RawDefault::Text(_)
            | RawDefault::Bytes(_)
            | RawDefault::Path(_)) => (!negative).then_some(value),
        };
    }
    if negative {
        return None;
    }
    let path: Vec<String> = tokens.take_path().iter().map(bare).collect();
    match path.as_slice() {
        _ if !tokens.is_empty() => None,
        [] => None,
        [word] if word == "true" => Some(RawDefault::Boolean(true)),
        [word] if word == "false" => Some(RawDefault::Boolean(false)),
        _ => Some(RawDefault::Path(path)),
    }
}

fn literal_value(literal: &syn::Lit) -> Option<RawDefault> {
    match literal {
        syn::Lit::Str(text) => Some(RawDefault::Text(text.value())),
        syn::Lit::Char(character) => Some(RawDefault::Text(character.value().to_string())),
        syn::Lit::ByteStr(bytes) => Some(RawDefault::Bytes(bytes.value())),
        syn::Lit::Byte(byte) => Some(RawDefault::Number(byte.value().to_string())),
        syn::Lit::Int(number) => Some(RawDefault::Number(number.base10_digits().to_owned())),
        syn::Lit::Float(number) => Some(RawDefault::Number(number.base10_digits().to_owned())),
        syn::Lit::Bool(boolean) => Some(RawDefault::Boolean(boolean.value)),
        syn::Lit::CStr(_) | syn::Lit::Verbatim(_) | _ => None,
    }
}
