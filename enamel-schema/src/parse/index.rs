//! Indexes as attributes spell them, before their columns are known.

use super::attribute::{Argument, Value, argument, arguments, text_of};
use super::constraint::{column_or_say, given_name, parts, unknown};
use super::spot::{Finding, Given};
use super::tokens::{Tokens, bare, string};
use crate::dialect::Dialect;
use crate::schema::{NullsOrder, Sql};
use crate::split::{TokenKind, tokens};
use proc_macro2::{Delimiter, TokenTree};

/// An index. No parts: the field that it stands on.
#[derive(Clone, Debug)]
pub(crate) struct RawIndex {
    pub(crate) name: Option<Given<String>>,
    pub(crate) unique: bool,
    pub(crate) parts: Vec<RawPart>,
    pub(crate) condition: Option<Sql>,
    pub(crate) method: Option<String>,
    pub(crate) include: Vec<Given<String>>,
    pub(crate) with: Vec<(String, String)>,
    pub(crate) nulls_not_distinct: bool,
}

/// A column or an expression in an index.
#[derive(Clone, Debug)]
pub(crate) struct RawPart {
    pub(crate) key: Given<RawIndexKey>,
    pub(crate) descending: bool,
    pub(crate) nulls: Option<NullsOrder>,
    pub(crate) collation: Option<String>,
    pub(crate) operator_class: Option<String>,
}

/// What a part is over.
#[derive(Clone, Debug)]
pub(crate) enum RawIndexKey {
    /// The field that the index stands on: `index(desc)`.
    Own,
    /// A field or column.
    Column(String),
    /// SQL, or a column in quotes.
    Text(String),
}

/// Nothing, `= "name"`, or `(a, b desc, "lower(c)", unique, name = …, where = …, using = …, include(…), with(…))`.
pub(crate) fn index(from: &Argument, on_field: bool, findings: &mut Vec<Finding>) -> RawIndex {
    let mut index = RawIndex {
        name: None,
        unique: false,
        parts: Vec::new(),
        condition: None,
        method: None,
        include: Vec::new(),
        with: Vec::new(),
        nulls_not_distinct: false,
    };
    if let Value::Is(_) = from.value {
        index.name = given_name(from, findings);
    }
    for part in parts(from) {
        let option = part.is_punctuation(1, '=') || part.is_group(1, Delimiter::Parenthesis);
        let flag = part.peek(1).is_none() && (part.is_word(0, "unique") || part.is_word(0, "nulls_not_distinct"));
        if option || flag {
            let Some(argument) = argument(part, findings) else { continue };
            index_option(&mut index, &argument, &from.key, findings);
        } else {
            index.parts.extend(index_part(part, on_field, findings));
        }
    }
    index
}

fn index_option(index: &mut RawIndex, argument: &Argument, of: &str, findings: &mut Vec<Finding>) {
    match argument.key.as_str() {
        "name" => index.name = given_name(argument, findings),
        "unique" => index.unique = argument.flag(findings),
        "nulls_not_distinct" => index.nulls_not_distinct = argument.flag(findings),
        "where" | "filter" => index.condition = argument.sql(findings),
        "using" | "method" => index.method = argument.text(findings).map(|method| method.to_lowercase()),
        "include" => index.include = parts(argument).iter().filter_map(|part| column_or_say(part, findings)).collect(),
        "with" => {
            index.with = storage_parameters(argument, findings);
            index.with.sort();
        }
        _ => findings.push(unknown(
            argument,
            of,
            &["name", "unique", "where", "using", "include", "with", "nulls_not_distinct"],
        )),
    }
}

/// `with(fillfactor = 70)`
fn storage_parameters(from: &Argument, findings: &mut Vec<Finding>) -> Vec<(String, String)> {
    let Value::List(list) = &from.value else {
        findings.push(Finding::error(from.spot, "`with` needs a list").with_hint("write `with(fillfactor = 70)`"));
        return Vec::new();
    };
    arguments(list.clone(), findings)
        .into_iter()
        .filter_map(|argument| match &argument.value {
            Value::Is(tokens) => {
                let value = text_of(tokens.clone()).unwrap_or_else(|| tokens.stream().to_string());
                Some((argument.key.clone(), value))
            }
            Value::None | Value::List(_) => {
                findings.push(Finding::error(argument.spot, format!("`{}` needs a value", argument.key)));
                None
            }
        })
        .collect()
}

/// What an index says behind an expression: an order, or an operator class, whose names end in `_ops` by custom.
fn stands_behind(text: &str) -> Option<&str> {
    let all = tokens(text, Dialect::Postgres);
    let mut words = all.iter().rev().filter(|token| !token.is_trivia());
    let (last, before) = (words.next()?, words.next()?);
    let is_order = last.is_word("asc") || last.is_word("desc");
    let is_nulls = before.is_word("nulls") && (last.is_word("first") || last.is_word("last"));
    let is_class = last.kind == TokenKind::Word && last.text.ends_with("_ops") && !before.is_symbol(".");
    let is_operand = before.is_symbol(")") || matches!(before.kind, TokenKind::Word | TokenKind::Quoted);
    if is_nulls {
        Some(&text[before.start..])
    } else {
        (is_operand && (is_order || is_class)).then(|| &text[last.start..])
    }
}

/// `a desc nulls last`, `body gin_trgm_ops`, `name collate "C"`, `"lower(c)" desc`
fn index_part(mut tokens: Tokens, on_field: bool, findings: &mut Vec<Finding>) -> Option<RawPart> {
    let spot = tokens.spot();
    let own = on_field && ["asc", "desc", "nulls", "collate"].iter().any(|word| tokens.is_word(0, word));
    let key = match if own { None } else { tokens.take() } {
        None if own => RawIndexKey::Own,
        Some(TokenTree::Ident(ident)) => RawIndexKey::Column(bare(&ident)),
        Some(TokenTree::Literal(literal)) => match string(&literal) {
            Some(text) if !text.trim().is_empty() => RawIndexKey::Text(text),
            _ => {
                findings.push(Finding::error(spot, "expected a column, or an expression in quotes"));
                return None;
            }
        },
        _ => {
            findings.push(Finding::error(spot, "expected a column, or an expression in quotes"));
            return None;
        }
    };
    if let RawIndexKey::Text(text) = &key
        && let Some(word) = stands_behind(text)
    {
        let hint = format!("write it behind the string: `\"…\" {word}`");
        findings.push(Finding::error(spot, format!("`{word}` is no part of an expression")).with_hint(hint));
    }
    let key = Given::new(key, spot);
    let mut part = RawPart { key, descending: false, nulls: None, collation: None, operator_class: None };
    while !tokens.is_empty() {
        let spot = tokens.spot();
        let Some(word) = tokens.take_ident() else {
            findings
                .push(tokens.expected("`asc`, `desc`, `nulls first`, `nulls last`, `collate` or an operator class"));
            return None;
        };
        match word.to_string().to_lowercase().as_str() {
            "asc" => part.descending = false,
            "desc" => part.descending = true,
            "nulls" if tokens.take_word("first") => part.nulls = Some(NullsOrder::First),
            "nulls" if tokens.take_word("last") => part.nulls = Some(NullsOrder::Last),
            "nulls" => findings.push(tokens.expected("`first` or `last`")),
            "collate" => match tokens.take() {
                Some(TokenTree::Ident(ident)) => part.collation = Some(bare(&ident)),
                Some(TokenTree::Literal(literal)) if string(&literal).is_some() => part.collation = string(&literal),
                _ => findings.push(Finding::error(spot, "`collate` needs a collation")),
            },
            _ if part.operator_class.is_none() => part.operator_class = Some(bare(&word)),
            _ => findings.push(Finding::error(spot, format!("unexpected `{word}`"))),
        }
    }
    Some(part)
}
