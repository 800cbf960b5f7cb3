//! `identity = …`: who gives a counting column its numbers, and how they follow one another.

use super::attribute::{Argument, Value, arguments};
use super::constraint::unknown;
use super::default::{RawDefault, value};
use super::spot::{Finding, Given};
use crate::schema::{Counting, Identity};

/// Spellings of options that are understood.
const SYNONYMS: [(&str, &str); 6] = [
    ("start_with", "start"),
    ("increment_by", "increment"),
    ("min_value", "minvalue"),
    ("min", "minvalue"),
    ("max_value", "maxvalue"),
    ("max", "maxvalue"),
];

/// `identity = always`, `identity = by_default`, `identity`, `identity(always, start = 1000, increment = 10)`
pub(super) fn identity(argument: &Argument, findings: &mut Vec<Finding>) -> Option<Given<Identity>> {
    let mut identity = Identity::default();
    match &argument.value {
        Value::None => {}
        Value::Is(_) => identity.always = is_always(&argument.text(findings)?, argument, findings)?,
        Value::List(list) => {
            for inner in arguments(list.clone(), findings) {
                option(&mut identity, &inner, &argument.key, findings);
            }
        }
    }
    Some(Given::new(identity, argument.spot))
}

fn option(identity: &mut Identity, argument: &Argument, of: &str, findings: &mut Vec<Finding>) {
    let key = argument.key.as_str();
    let key = SYNONYMS.iter().find(|(synonym, _)| *synonym == key).map_or(key, |(_, word)| word);
    if key == "cycle" {
        identity.counting.cycle = argument.flag(findings);
    } else if let Some(given) = identity.counting.number_mut(key) {
        *given = number(argument, findings);
    } else if let Some(always) = word(key) {
        identity.always = always == argument.flag(findings);
    } else {
        let numbers = Counting::default().numbers().map(|(word, _)| word);
        let known = ["always", "by_default", "cycle"].into_iter().chain(numbers);
        findings.push(unknown(argument, of, &known.collect::<Vec<_>>()));
    }
}

fn is_always(text: &str, argument: &Argument, findings: &mut Vec<Finding>) -> Option<bool> {
    let always = word(text);
    if always.is_none() {
        findings.push(
            Finding::error(argument.spot, format!("`{text}` is no kind of identity"))
                .with_hint("write `identity = always` or `identity = by_default`"),
        );
    }
    always
}

/// Whether a word for who gives the numbers says that only the database does.
fn word(text: &str) -> Option<bool> {
    match text.to_lowercase().replace([' ', '_', '-'], "").as_str() {
        "always" => Some(true),
        "bydefault" => Some(false),
        _ => None,
    }
}

/// `start = -1_000`
fn number(argument: &Argument, findings: &mut Vec<Finding>) -> Option<i64> {
    let given = if let Value::Is(tokens) = &argument.value { value(tokens.clone()) } else { None };
    let number = if let Some(RawDefault::Number(digits)) = given { digits.parse().ok() } else { None };
    if number.is_none() {
        findings.push(
            Finding::error(argument.spot, format!("`{}` needs a whole number", argument.key))
                .with_hint(format!("write `{} = 1000`", argument.key)),
        );
    }
    number
}
