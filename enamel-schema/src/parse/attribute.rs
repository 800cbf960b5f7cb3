//! Attributes as they are written: `#[path]`, `#[path = …]`, `#[path(…)]`, and the arguments inside.

use super::spot::{Finding, Spot};
use super::tokens::{Tokens, bare, string};
use crate::dialect::Dialect;
use crate::schema::Sql;
use proc_macro2::{Delimiter, TokenTree};

/// One attribute of an item, a field or a variant.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    /// Its path: `["derive"]`, `["rustfmt", "skip"]`.
    pub(crate) path: Vec<String>,
    /// What follows the path.
    pub(crate) value: Value,
}

impl Attribute {
    /// Whether its path is this one word.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.path.len() == 1 && self.path[0] == word
    }

    /// Its arguments: `a`, `b = …`, `c(…)` between commas.
    pub(crate) fn arguments(&self, findings: &mut Vec<Finding>) -> Vec<Argument> {
        match &self.value {
            Value::None => Vec::new(),
            Value::List(list) => arguments(list.clone(), findings),
            Value::Is(tokens) => {
                let name = self.path.join("::");
                findings.push(
                    Finding::error(tokens.rest_spot(), format!("expected `#[{name}(…)]`"))
                        .with_hint(format!("write the arguments in parentheses: `#[{name}(key = value)]`")),
                );
                Vec::new()
            }
        }
    }
}

/// What follows a key.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Nothing.
    None,
    /// `= …`
    Is(Tokens),
    /// `(…)`
    List(Tokens),
}

/// One argument of an attribute.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    /// Its key.
    pub(crate) key: String,
    /// Where the key is.
    pub(crate) key_spot: Spot,
    /// What follows it.
    pub(crate) value: Value,
    /// The whole of it.
    pub(crate) spot: Spot,
}

impl Argument {
    /// Nothing, or `= true`, or `= false`.
    pub(crate) fn flag(&self, findings: &mut Vec<Finding>) -> bool {
        match &self.value {
            Value::None => true,
            Value::Is(tokens) if tokens.is_word(0, "true") => true,
            Value::Is(tokens) if tokens.is_word(0, "false") => false,
            Value::Is(_) | Value::List(_) => {
                findings.push(
                    Finding::error(self.spot, format!("`{}` stands alone", self.key))
                        .with_hint(format!("write `{}`, or `{0} = false`", self.key)),
                );
                true
            }
        }
    }

    /// `= "text"`; a word or a path without quotes is taken by its last word.
    pub(crate) fn text(&self, findings: &mut Vec<Finding>) -> Option<String> {
        let found = match &self.value {
            Value::Is(tokens) => text_of(tokens.clone()),
            Value::List(tokens) => text_of(tokens.clone()),
            Value::None => None,
        };
        if found.is_none() {
            findings.push(
                Finding::error(self.spot, format!("`{}` needs a text", self.key))
                    .with_hint(format!("write `{} = \"…\"`", self.key)),
            );
        }
        found
    }

    /// `= "text"` that names something in the database.
    pub(crate) fn name(&self, findings: &mut Vec<Finding>) -> Option<String> {
        let text = self.text(findings)?;
        if text.is_empty() || text.contains('\0') {
            findings.push(Finding::error(self.spot, format!("`{}` names nothing", self.key)));
            return None;
        }
        Some(text)
    }

    /// `= 12`
    pub(crate) fn number(&self, findings: &mut Vec<Finding>) -> Option<u32> {
        let found = match &self.value {
            Value::Is(tokens) | Value::List(tokens) => number_of(tokens.clone()),
            Value::None => None,
        };
        if found.is_none() {
            findings.push(
                Finding::error(self.spot, format!("`{}` needs a whole number", self.key))
                    .with_hint(format!("write `{} = 255`", self.key)),
            );
        }
        found
    }

    /// `= "sql"`, or `("sql")`, or `(postgres = "sql", sqlite = "sql")`, or both.
    pub(crate) fn sql(&self, findings: &mut Vec<Finding>) -> Option<Sql> {
        match &self.value {
            Value::List(list) => {
                let (sql, others) = sql_list(&self.key, list.clone(), findings);
                findings.extend(others.iter().map(unknown_dialect));
                if others.is_empty() { self.filled(sql, findings) } else { None }
            }
            Value::Is(tokens) => {
                let sql = literal_text(tokens.clone()).map(Sql::new);
                self.filled(sql, findings)
            }
            Value::None => self.filled(None, findings),
        }
    }

    fn filled(&self, sql: Option<Sql>, findings: &mut Vec<Finding>) -> Option<Sql> {
        let empty = sql
            .as_ref()
            .is_none_or(|sql| sql.any.iter().chain(sql.by_dialect.values()).any(|text| text.trim().is_empty()));
        if empty {
            let key = &self.key;
            findings.push(
                Finding::error(self.spot, format!("`{key}` needs SQL in quotes"))
                    .with_hint(format!("write `{key} = \"…\"`, or `{key}(postgres = \"…\", sqlite = \"…\")`")),
            );
            return None;
        }
        sql
    }
}

/// The attributes in front of an item, a field or a variant.
pub(crate) fn take_attributes(tokens: &mut Tokens, findings: &mut Vec<Finding>) -> Vec<Attribute> {
    let mut attributes = Vec::new();
    while tokens.is_punctuation(0, '#') {
        let inner = tokens.is_punctuation(1, '!');
        if !tokens.is_group(1 + usize::from(inner), Delimiter::Bracket) {
            break;
        }
        tokens.take_punctuation('#');
        tokens.take_punctuation('!');
        if let Some(group) = tokens.take_group(Delimiter::Bracket) {
            // What is inside of `#![…]` belongs to the file or module, not to the item that follows.
            if !inner {
                attributes.extend(one_attribute(Tokens::inside(&group, tokens.file), findings));
            }
        }
    }
    attributes
}

pub(crate) fn one_attribute(mut tokens: Tokens, findings: &mut Vec<Finding>) -> Option<Attribute> {
    let path: Vec<String> = tokens.take_path().iter().map(bare).collect();
    if path.is_empty() {
        findings.push(tokens.expected("an attribute"));
        return None;
    }
    let value = take_value(&mut tokens);
    Some(Attribute { path, value })
}

/// `= …` to the end, or `(…)`, or nothing.
fn take_value(tokens: &mut Tokens) -> Value {
    if tokens.take_punctuation('=') {
        return Value::Is(tokens.clone());
    }
    for delimiter in [Delimiter::Parenthesis, Delimiter::Bracket, Delimiter::Brace] {
        if let Some(group) = tokens.take_group(delimiter) {
            return Value::List(Tokens::inside(&group, tokens.file));
        }
    }
    Value::None
}

/// The arguments in a list. What is none is an error.
pub(crate) fn arguments(list: Tokens, findings: &mut Vec<Finding>) -> Vec<Argument> {
    list.split_at_commas().into_iter().filter_map(|part| argument(part, findings)).collect()
}

/// One argument; an error when it is none.
pub(crate) fn argument(mut tokens: Tokens, findings: &mut Vec<Finding>) -> Option<Argument> {
    let spot = tokens.rest_spot();
    let key_spot = tokens.spot();
    let path = tokens.take_path();
    let Some(key) = path.last().map(bare) else {
        findings.push(tokens.expected("a key").with_hint("arguments are `key`, `key = value` or `key(…)`"));
        return None;
    };
    let value = take_value(&mut tokens);
    let trailing = match &value {
        Value::Is(tokens) if tokens.is_empty() => Some(tokens.expected("a value")),
        Value::Is(_) => None,
        Value::List(_) | Value::None => (!tokens.is_empty()).then(|| tokens.expected("a comma")),
    };
    if let Some(finding) = trailing {
        findings.push(finding);
        return None;
    }
    Some(Argument { key, key_spot, value, spot })
}

/// The texts of a list, by database, and the arguments that name none.
pub(crate) fn sql_list(key: &str, list: Tokens, findings: &mut Vec<Finding>) -> (Option<Sql>, Vec<Argument>) {
    let mut sql = Sql::default();
    let mut others = Vec::new();
    for part in list.split_at_commas() {
        if matches!(part.peek(0), Some(TokenTree::Literal(_))) {
            match literal_text(part.clone()) {
                Some(text) if sql.any.is_none() => sql.any = Some(text),
                Some(_) => findings.push(
                    Finding::error(part.rest_spot(), format!("`{key}` has one text for all databases already"))
                        .with_hint(format!("give one for each: `{key}(postgres = \"…\", sqlite = \"…\")`")),
                ),
                None => findings.push(part.expected("a text in quotes")),
            }
            continue;
        }
        let Some(argument) = argument(part, findings) else { continue };
        match Dialect::from_name(&argument.key) {
            Some(dialect) => {
                if let Some(text) = argument.text(findings) {
                    sql.by_dialect.insert(dialect, text);
                }
            }
            None => others.push(argument),
        }
    }
    let filled = sql.any.is_some() || !sql.by_dialect.is_empty();
    (filled.then_some(sql), others)
}

/// An argument where a database should have been named.
fn unknown_dialect(argument: &Argument) -> Finding {
    let names = Dialect::ALL.map(|dialect| format!("`{dialect}`")).join(", ");
    Finding::error(argument.key_spot, format!("there is no database `{}`", argument.key))
        .with_hint(format!("the databases are {names}"))
}

/// A string literal and nothing else.
pub(crate) fn literal_text(mut tokens: Tokens) -> Option<String> {
    let text = tokens.take_literal().as_ref().and_then(string);
    text.filter(|_| tokens.is_empty())
}

/// A string literal, or the last word of a path.
pub(crate) fn text_of(mut tokens: Tokens) -> Option<String> {
    if matches!(tokens.peek(0), Some(TokenTree::Literal(_))) {
        return literal_text(tokens);
    }
    let path = tokens.take_path();
    path.last().map(bare).filter(|_| tokens.is_empty())
}

fn number_of(mut tokens: Tokens) -> Option<u32> {
    let literal = tokens.take_literal()?;
    let syn::Lit::Int(number) = syn::Lit::new(literal) else { return None };
    number.base10_parse().ok().filter(|_| tokens.is_empty())
}
