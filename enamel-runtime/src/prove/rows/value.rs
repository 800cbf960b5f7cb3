//! Values for a column: plain ones, odd ones, and those that its checks hint at.
//!
//! Nobody can solve an arbitrary check, but most of them spell the values that they let through, or the next but one.

use crate::dialect::literal;
use enamel_schema::Dialect;
use enamel_schema::schema::{Column, Table, Type};
use enamel_schema::split::{TokenKind, mentions, tokens};

/// What kind of values a declared type stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    /// Whole numbers of so many bits.
    Integer(u32),
    Real,
    Number,
    Text,
    Uuid,
    Json,
    Date,
    Time,
    DateTime,
    Bytes,
}

impl Kind {
    /// The kind of a lowered column. What a type is called tells what its column is for, as it does for drivers.
    pub(super) fn of(column: &Column) -> Self {
        let Type::Sql(sql) = &column.data_type else { return Kind::Text };
        let name = sql.text().to_ascii_uppercase();
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        if has(&["BOOL"]) {
            Kind::Boolean
        } else if has(&["TINYINT"]) {
            Kind::Integer(8)
        } else if has(&["SMALLINT"]) {
            Kind::Integer(16)
        } else if has(&["BIGINT"]) {
            Kind::Integer(64)
        } else if has(&["INT"]) {
            Kind::Integer(32)
        } else if has(&["DATETIME", "TIMESTAMP"]) {
            Kind::DateTime
        } else if has(&["DATE"]) {
            Kind::Date
        } else if has(&["TIME"]) {
            Kind::Time
        } else if has(&["UUID"]) {
            Kind::Uuid
        } else if has(&["JSON"]) {
            Kind::Json
        } else if has(&["CHAR", "CLOB", "TEXT"]) {
            Kind::Text
        } else if name.is_empty() || has(&["BLOB"]) {
            Kind::Bytes
        } else if has(&["REAL", "FLOA", "DOUB"]) {
            Kind::Real
        } else {
            Kind::Number
        }
    }

    /// The `n`th plain value, as an SQL literal: no two are the same, but for booleans.
    pub(super) fn plain(self, n: u32) -> String {
        match self {
            Kind::Boolean => (n % 2).to_string(),
            Kind::Integer(8) => (n % 100).to_string(),
            Kind::Integer(_) => n.to_string(),
            Kind::Real => format!("{n}.5"),
            Kind::Number => format!("{n}.25"),
            Kind::Text => format!("'row {n}'"),
            Kind::Uuid => format!("'00000000-0000-4000-8000-{n:012}'"),
            Kind::Json => format!("'{{\"n\": {n}}}'"),
            Kind::Date => format!("'{:04}-{:02}-{:02}'", 2000 + n / 336, n / 28 % 12 + 1, n % 28 + 1),
            Kind::Time => format!("'{:02}:{:02}:{:02}'", n / 3600 % 24, n / 60 % 60, n % 60),
            Kind::DateTime => format!("'2024-01-{:02} {:02}:{:02}:00'", n / 1440 % 28 + 1, n / 60 % 24, n % 60),
            Kind::Bytes => format!("X'{n:08X}'"),
        }
    }

    /// A value of another kind, as one of this kind: a number as text where there is only text.
    pub(super) fn hold(self, value: &str) -> String {
        let is_text = match self {
            Kind::Text | Kind::Uuid | Kind::Json | Kind::Date | Kind::Time | Kind::DateTime => true,
            Kind::Boolean | Kind::Integer(_) | Kind::Real | Kind::Number | Kind::Bytes => false,
        };
        if is_text && !value.starts_with('\'') { literal(value) } else { value.to_owned() }
    }

    /// Values that are right and that one does not think of, as SQL literals.
    pub(super) const fn odd(self) -> &'static [&'static str] {
        match self {
            Kind::Boolean => &["0", "1"],
            Kind::Integer(8) => &["0", "-1", "-128", "127"],
            Kind::Integer(16) => &["0", "-1", "-32768", "32767"],
            Kind::Integer(64) => &["0", "-1", "-9223372036854775808", "9223372036854775807", "9007199254740993"],
            Kind::Integer(_) => &["0", "-1", "-2147483648", "2147483647"],
            Kind::Real => &["0.0", "-1.5", "0.1", "1e300", "5e-324", "9007199254740993.0"],
            Kind::Number => &["0", "-0.01", "12345678901234567890.5"],
            Kind::Text => &[
                "''",
                "' '",
                "'it''s \"quoted\"'",
                "'ß — Ünïcödé 雪 🙂'",
                "' padded '",
                "'NULL'",
                "'0'",
                "'1e5'",
                "'2024-02-29'",
                "'back\\slash, 100%; -- no comment'",
                "'two\nlines\tand a tab'",
                "'a text that is longer than most of those that people type into the little boxes of a form, or than a column was once meant to hold'",
            ],
            Kind::Uuid => &["'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'00000000-0000-0000-0000-000000000000'"],
            Kind::Json => &["'null'", "'[]'", "'{\"ä\": [1, 2.5, \"''\"]}'", "'\"text\"'"],
            Kind::Date => &["'1970-01-01'", "'0001-01-01'", "'9999-12-31'", "'2024-02-29'"],
            Kind::Time => &["'00:00:00'", "'23:59:59.999'"],
            Kind::DateTime => &[
                "'1970-01-01 00:00:00'",
                "'2024-02-29 12:34:56.789'",
                "'9999-12-31 23:59:59'",
                "'2024-06-30T12:00:00+02:00'",
            ],
            Kind::Bytes => &["X''", "X'00'", "X'FF00C3'"],
        }
    }
}

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
    pub(super) fn value(&self, kind: Kind, n: u32) -> String {
        match self {
            Hint::Value(value) => value.clone(),
            Hint::Like(pattern) => {
                let piece = |letter| match letter {
                    '%' => n.to_string(),
                    '_' => "x".to_owned(),
                    _ => String::from(letter),
                };
                literal(&pattern.chars().map(piece).collect::<String>())
            }
            Hint::Glob(pattern) => literal(&like_glob(pattern, n)),
            Hint::Length(length) if kind == Kind::Bytes => {
                let digits = length * 2;
                format!("X'{}'", last(&format!("{n:0>digits$X}"), digits))
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
pub(super) fn hints(table: &Table, column: &str, kind: Kind, dialect: Dialect) -> Vec<Hint> {
    // Longer ones are about something else.
    const LONGEST: i64 = 2000;
    let mut hints = Vec::new();
    let checks = table.checks.iter().map(|check| check.expression.text());
    for check in checks.filter(|check| mentions(check, column)) {
        for token in tokens(check, dialect) {
            match token.kind {
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
                    (Ok(number), Kind::Text | Kind::Bytes) => {
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
    use enamel_schema::Sql;
    use enamel_schema::schema::{Check, ConstraintName, Name, TableName};

    fn hinted(check: &str, kind: Kind) -> Vec<String> {
        let name = Name::new("t").unwrap();
        let mut table = Table::new(TableName::new(name));
        table.checks.push(Check { name: ConstraintName::Unnamed, expression: Sql::new(check) });
        hints(&table, "a", kind, Dialect::Sqlite).iter().map(|hint| hint.value(kind, 7)).collect()
    }

    #[test]
    fn checks_hint_at_values() {
        assert_eq!(hinted("a IN ('open', 'it''s')", Kind::Text), ["'open'", "'it''s'"]);
        assert_eq!(hinted("b IN ('open')", Kind::Text), [""; 0]);
        assert_eq!(hinted("a BETWEEN 1 AND 5", Kind::Integer(32)), ["1", "2", "0", "5", "6", "4"]);
        assert_eq!(hinted("a LIKE '%_@_%'", Kind::Text), ["'7x@x7'"]);
        assert_eq!(hinted("a GLOB '[a-z]?*[^0]'", Kind::Text), ["'ax7~'"]);
        assert_eq!(hinted("length(a) IN (3)", Kind::Text), ["'07'", "'007'", "'0007'"]);
        assert_eq!(hinted("length(a) = 2", Kind::Bytes), ["X'07'", "X'0007'", "X'000007'"]);
        assert_eq!(hinted("json_valid(a)", Kind::Text), ["'{}'", "'[1]'"]);
        assert_eq!(hinted("a > 0.5", Kind::Real), ["0.5"]);
    }
}
