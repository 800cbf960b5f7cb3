//! Keys, unique constraints and checks as attributes spell them, before their columns are known.

use super::attribute::{Argument, Value, argument, sql_list, text_of};
use super::keys::did_you_mean;
use super::spot::{Finding, Given, Spot};
use super::tokens::Tokens;
use crate::schema::{Deferrable, Sql};

/// A list of columns with a name: a primary key.
#[derive(Clone, Debug)]
pub(crate) struct RawKey {
    pub(crate) name: Option<Given<String>>,
    pub(crate) columns: Vec<Given<String>>,
    pub(crate) spot: Spot,
}

/// A unique constraint. No columns: those of the field that it stands on.
#[derive(Clone, Debug)]
pub(crate) struct RawUnique {
    pub(crate) name: Option<Given<String>>,
    pub(crate) columns: Vec<Given<String>>,
    pub(crate) nulls_not_distinct: bool,
    pub(crate) deferrable: Deferrable,
}

/// A check.
#[derive(Clone, Debug)]
pub(crate) struct RawCheck {
    pub(crate) name: Option<Given<String>>,
    pub(crate) expression: Sql,
}

/// `(a, b, name = …)`
pub(crate) fn key(from: &Argument, findings: &mut Vec<Finding>) -> RawKey {
    let mut key = RawKey { name: None, columns: Vec::new(), spot: from.spot };
    for part in parts(from) {
        match column(&part) {
            Some(column) => key.columns.push(column),
            None => {
                let Some(argument) = argument(part, findings) else { continue };
                match argument.key.as_str() {
                    "name" => key.name = given_name(&argument, findings),
                    _ => findings.push(unknown(&argument, &from.key, &["name"])),
                }
            }
        }
    }
    key
}

/// Nothing, `= "name"`, or `(a, b, name = …, nulls_not_distinct, deferrable)`.
pub(crate) fn unique(from: &Argument, findings: &mut Vec<Finding>) -> RawUnique {
    const OPTIONS: [&str; 4] = ["name", "nulls_not_distinct", "deferrable", "initially_deferred"];
    let mut unique =
        RawUnique { name: None, columns: Vec::new(), nulls_not_distinct: false, deferrable: Deferrable::No };
    if let Value::Is(_) = from.value {
        unique.name = given_name(from, findings);
    }
    for part in parts(from) {
        // A column may be called `name`: only what stands alone as an option is one.
        if let Some(column) = column(&part).filter(|_| !is_flag(&part)) {
            unique.columns.push(column);
            continue;
        }
        let Some(argument) = argument(part, findings) else { continue };
        match argument.key.as_str() {
            "name" => unique.name = given_name(&argument, findings),
            "nulls_not_distinct" => unique.nulls_not_distinct = argument.flag(findings),
            "deferrable" | "initially_deferred" => defer(&mut unique.deferrable, &argument, findings),
            _ => findings.push(unknown(&argument, &from.key, &OPTIONS)),
        }
    }
    unique
}

/// `deferrable`, `initially_deferred`
pub(crate) fn defer(deferrable: &mut Deferrable, from: &Argument, findings: &mut Vec<Finding>) {
    if !from.flag(findings) {
        return;
    }
    *deferrable = match from.key.as_str() {
        "initially_deferred" => Deferrable::InitiallyDeferred,
        _ => (*deferrable).max(Deferrable::InitiallyImmediate),
    };
}

/// `= "sql"`, `("sql", name = …)`, `(postgres = "sql", …)`
pub(crate) fn check(from: &Argument, findings: &mut Vec<Finding>) -> Option<RawCheck> {
    let mut name = None;
    let expression = match &from.value {
        Value::List(list) => {
            let (sql, others) = sql_list(&from.key, list.clone(), findings);
            for other in &others {
                match other.key.as_str() {
                    "name" => name = given_name(other, findings),
                    _ => findings.push(unknown(other, &from.key, &["name", "sqlite", "postgres", "mysql", "mariadb"])),
                }
            }
            sql
        }
        Value::Is(_) | Value::None => return from.sql(findings).map(|expression| RawCheck { name, expression }),
    };
    if expression.is_none() {
        findings.push(
            Finding::error(from.spot, format!("`{}` needs SQL in quotes", from.key))
                .with_hint(format!("write `{} = \"quantity > 0\"`", from.key)),
        );
    }
    expression.map(|expression| RawCheck { name, expression })
}

pub(crate) fn is_flag(part: &Tokens) -> bool {
    let flags = ["deferrable", "initially_deferred", "nulls_not_distinct"];
    part.peek(1).is_none() && flags.into_iter().any(|flag| part.is_word(0, flag))
}

/// The parts between commas of `key(…)`.
pub(crate) fn parts(from: &Argument) -> Vec<Tokens> {
    match &from.value {
        Value::List(list) => list.clone().split_at_commas(),
        Value::None | Value::Is(_) => Vec::new(),
    }
}

/// A word, or a text in quotes, and nothing else.
pub(crate) fn column(part: &Tokens) -> Option<Given<String>> {
    let spot = part.spot();
    if part.peek(1).is_some() {
        return None;
    }
    text_of(part.clone()).filter(|name| !name.is_empty()).map(|name| Given::new(name, spot))
}

pub(crate) fn column_or_say(part: &Tokens, findings: &mut Vec<Finding>) -> Option<Given<String>> {
    let column = column(part);
    if column.is_none() {
        findings.push(part.expected("a column"));
    }
    column
}

pub(crate) fn given_name(from: &Argument, findings: &mut Vec<Finding>) -> Option<Given<String>> {
    from.name(findings).map(|name| Given::new(name, from.spot))
}

pub(crate) fn unknown(argument: &Argument, of: &str, known: &[&str]) -> Finding {
    Finding::error(argument.key_spot, format!("unknown argument `{}` of `{of}`", argument.key))
        .with_hints(did_you_mean(&argument.key, "there are", known.iter().copied()))
}
