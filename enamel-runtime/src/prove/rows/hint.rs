//! Values that the checks of a table hint at.
//!
//! Nobody can solve an arbitrary check, but most of them spell the values that they let through, or the next but one.

use super::value::{Kind, array};
use super::words::Words;
use crate::dialect::literal;
use enamel_schema::Dialect;
use enamel_schema::schema::Table;
use enamel_schema::split::{TokenKind, mentions, tokens};

/// What a check hints at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// This literal.
    Value(String),
    /// A text like this pattern of `LIKE`.
    Like(String),
    /// A text like this pattern of `GLOB`.
    Glob(String),
    /// A text or bytes of this length.
    Length(usize),
}

impl Hint {
    /// The `n`th value that fits, as an SQL literal.
    pub(super) fn value(&self, kind: &Kind, n: u32, words: &Words) -> String {
        match self {
            Hint::Value(value) => {
                if let Kind::Array(element) = kind {
                    array(element, std::slice::from_ref(value))
                } else {
                    value.clone()
                }
            }
            Hint::Like(pattern) => {
                let piece = |letter| match letter {
                    '%' => n.to_string(),
                    '_' => "x".to_owned(),
                    _ => String::from(letter),
                };
                literal(&pattern.chars().map(piece).collect::<String>())
            }
            Hint::Glob(pattern) => literal(&like_glob(pattern, n)),
            Hint::Length(length) if *kind == Kind::Bytes => {
                let digits = length * 2;
                (words.bytes)(last(&format!("{n:0>digits$X}"), digits))
            }
            Hint::Length(length) => literal(last(&format!("{n:0>length$}"), *length)),
        }
    }
}

/// The last so many of at least as many digits.
fn last(digits: &str, many: usize) -> &str {
    &digits[digits.len() - many..]
}

/// What the checks of a table hint at for one of its columns.
pub(super) fn hints(table: &Table, column: &str, kind: &Kind, dialect: Dialect) -> Vec<Hint> {
    // Longer ones are about something else.
    const LONGEST: i64 = 2000;
    let mut hints = Vec::new();
    let checks = table.checks.iter().map(|check| check.expression.text());
    for check in checks.filter(|check| mentions(check, column)) {
        for token in tokens(check, dialect) {
            match token.kind {
                TokenKind::Number if !takes_numbers(kind, dialect) => {}
                TokenKind::Text if !takes_text(token.text.trim_matches('\''), kind, dialect) => {}
                // More often said of what may not be; and it is among the odd ones.
                TokenKind::Text if token.text == "''" => {}
                TokenKind::Text => {
                    let text = token.text.trim_matches('\'').replace("''", "'");
                    if text.contains(['%', '_']) {
                        hints.push(Hint::Like(text));
                    } else if text.contains(['*', '?', '[']) {
                        hints.push(Hint::Glob(text));
                    } else {
                        hints.push(Hint::Value(token.text.to_owned()));
                    }
                }
                TokenKind::Number => match (token.text.parse::<i64>(), kind) {
                    (Ok(number), Kind::Text { .. } | Kind::Bytes) => {
                        let lengths = (number - 1..=number + 1).filter(|length| (0..=LONGEST).contains(length));
                        hints.extend(lengths.filter_map(|length| usize::try_from(length).ok()).map(Hint::Length));
                    }
                    (Ok(number), _) => {
                        let near = [Some(number), number.checked_add(1), number.checked_sub(1)];
                        hints.extend(near.into_iter().flatten().map(|near| Hint::Value(near.to_string())));
                    }
                    (Err(_), _) => hints.push(Hint::Value(token.text.to_owned())),
                },
                TokenKind::Word if token.text.to_ascii_lowercase().starts_with("json") => {
                    hints.extend(["'{}'", "'[1]'"].map(|json| Hint::Value(json.to_owned())));
                }
                TokenKind::Space
                | TokenKind::Comment
                | TokenKind::Word
                | TokenKind::Quoted
                | TokenKind::Parameter
                | TokenKind::Symbol => {}
            }
        }
    }
    hints
}

/// Whether a number may be a value. On PostgreSQL one in a check of times or documents is about something else, as a year or a length, and not one
/// row would be taken.
fn takes_numbers(kind: &Kind, dialect: Dialect) -> bool {
    if dialect != Dialect::Postgres {
        return true;
    }
    match kind {
        Kind::Integer(_)
        | Kind::Real
        | Kind::Double
        | Kind::Number { .. }
        | Kind::Text { .. }
        | Kind::Bytes
        | Kind::Unknown(_) => true,
        Kind::Array(element) => takes_numbers(element, dialect),
        Kind::Boolean
        | Kind::Uuid
        | Kind::Json
        | Kind::Date
        | Kind::Time
        | Kind::DateTime
        | Kind::Interval
        | Kind::Address
        | Kind::MacAddress
        | Kind::KeyValue
        | Kind::Values(_) => false,
    }
}

/// Whether a text may be a value: `'day'` in `date_trunc('day', at)` is none.
fn takes_text(text: &str, kind: &Kind, dialect: Dialect) -> bool {
    if dialect != Dialect::Postgres {
        return true;
    }
    let begins = |letters: &str| text.starts_with(|first: char| first.is_ascii_digit() || letters.contains(first));
    match kind {
        Kind::Integer(_) | Kind::Real | Kind::Double | Kind::Number { .. } | Kind::Interval => begins("-+"),
        Kind::Date | Kind::Time | Kind::DateTime => begins("") || text.ends_with("infinity"),
        Kind::Json => begins("{[\""),
        Kind::Address | Kind::MacAddress => text.contains([':', '.']),
        Kind::Uuid => text.len() == 36,
        Kind::Boolean => false,
        Kind::Array(element) => takes_text(text, element, dialect),
        Kind::Text { .. } | Kind::Bytes | Kind::KeyValue | Kind::Values(_) | Kind::Unknown(_) => true,
    }
}

/// A text that a pattern of `GLOB` lets through.
fn like_glob(pattern: &str, n: u32) -> String {
    let mut text = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '*' => text.push_str(&n.to_string()),
            '?' => text.push('x'),
            '[' => {
                let set: String = letters.by_ref().take_while(|&letter| letter != ']').collect();
                // Something that is in few sets, where the set says what may not be.
                text.push(set.chars().next().filter(|&first| first != '^').unwrap_or('~'));
            }
            _ => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prove::rows::words::words;
    use enamel_schema::Sql;
    use enamel_schema::schema::{Check, ConstraintName, Name, TableName};

    fn hinted(check: &str, kind: Kind) -> Vec<String> {
        hinted_on(Dialect::Sqlite, check, kind)
    }

    fn hinted_on(dialect: Dialect, check: &str, kind: Kind) -> Vec<String> {
        let name = Name::new("t").unwrap();
        let mut table = Table::new(TableName::new(name));
        table.checks.push(Check { name: ConstraintName::Unnamed, expression: Sql::new(check) });
        let words = words(dialect).unwrap();
        hints(&table, "a", &kind, dialect).iter().map(|hint| hint.value(&kind, 7, words)).collect()
    }

    #[test]
    fn what_is_no_value_of_the_type_is_about_something_else() {
        let check = "extract(year FROM a) > 1900 AND a < 'infinity' AND date_trunc('day', a) > '2000-01-01'";
        assert_eq!(hinted_on(Dialect::Postgres, check, Kind::DateTime), ["'infinity'", "'2000-01-01'"]);
        let check = "cardinality(a) < 2";
        assert_eq!(
            hinted_on(Dialect::Postgres, check, Kind::Array(Box::new(Kind::Integer(32)))),
            ["'{\"2\"}'", "'{\"3\"}'", "'{\"1\"}'"]
        );
        assert_eq!(hinted_on(Dialect::Postgres, check, Kind::Array(Box::new(Kind::Uuid))), [""; 0]);
    }

    #[test]
    fn checks_hint_at_values() {
        assert_eq!(hinted("a IN ('open', 'it''s')", Kind::TEXT), ["'open'", "'it''s'"]);
        assert_eq!(hinted("b IN ('open')", Kind::TEXT), [""; 0]);
        assert_eq!(hinted("a BETWEEN 1 AND 5", Kind::Integer(32)), ["1", "2", "0", "5", "6", "4"]);
        assert_eq!(hinted("a LIKE '%_@_%'", Kind::TEXT), ["'7x@x7'"]);
        assert_eq!(hinted("a GLOB '[a-z]?*[^0]'", Kind::TEXT), ["'ax7~'"]);
        assert_eq!(hinted("length(a) IN (3)", Kind::TEXT), ["'07'", "'007'", "'0007'"]);
        assert_eq!(hinted("length(a) = 2", Kind::Bytes), ["X'07'", "X'0007'", "X'000007'"]);
        assert_eq!(hinted("json_valid(a)", Kind::TEXT), ["'{}'", "'[1]'"]);
        assert_eq!(hinted("a > 0.5", Kind::Double), ["0.5"]);
    }
}
