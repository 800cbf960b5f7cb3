//! Values for a column: plain ones and odd ones, by the kind of its type.

use super::words::Words;
use crate::dialect::literal;

/// What kind of values a type stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    /// Whole numbers of so many bits.
    Integer(u32),
    /// Numbers of four bytes.
    Real,
    /// Numbers of eight bytes.
    Double,
    /// Exact numbers.
    Number {
        /// Digits in all, and behind the point.
        digits: Option<(u32, u32)>,
    },
    Text {
        /// Characters.
        at_most: Option<usize>,
    },
    Uuid,
    Json,
    Date,
    Time,
    DateTime,
    Interval,
    Bytes,
    /// Of a network.
    Address,
    MacAddress,
    KeyValue,
    Array(Box<Kind>),
    /// One of these literals.
    Values(Vec<String>),
    /// Something that nobody has heard of, with the literals that the database takes for it.
    Unknown(Vec<String>),
}

impl Kind {
    pub(super) const TEXT: Kind = Kind::Text { at_most: None };

    /// What might be a value of a type that nobody has heard of: ranges, shapes, rows, and texts that have to look like something.
    pub(super) const GUESSES: [&'static str; 14] = [
        "'row'",
        "'7'",
        "'a@example.org'",
        "'2024-02-29'",
        "'empty'",
        "'{}'",
        "'(1,2)'",
        "'((0,0),(1,1))'",
        "'<(0,0),1>'",
        "'<a/>'",
        "'(,)'",
        "'(,,)'",
        "'AB'",
        "'https://example.org'",
    ];

    /// The `n`th plain value, as an SQL literal: no two are the same, as far as there are enough.
    pub(super) fn plain(&self, n: u32, words: &Words) -> String {
        match self {
            Kind::Boolean => words.booleans[usize::from(n % 2 == 1)].to_owned(),
            Kind::Integer(8) => (n % 100).to_string(),
            Kind::Integer(_) => n.to_string(),
            Kind::Real | Kind::Double => format!("{n}.5"),
            Kind::Number { digits: None } => format!("{n}.25"),
            Kind::Number { digits: Some((digits, scale)) } => {
                let whole = 10_u32.checked_pow(digits.saturating_sub(*scale)).map_or(n, |above| n % above);
                if *scale == 0 { whole.to_string() } else { format!("{whole}.5") }
            }
            Kind::Text { at_most } => match at_most {
                Some(most) if *most < format!("row {n}").len() => literal(&in_letters(n, *most)),
                Some(_) | None => format!("'row {n}'"),
            },
            Kind::Uuid => format!("'00000000-0000-4000-8000-{n:012}'"),
            Kind::Json => format!("'{{\"n\": {n}}}'"),
            Kind::Date => format!("'{:04}-{:02}-{:02}'", 2000 + n / 336, n / 28 % 12 + 1, n % 28 + 1),
            Kind::Time => format!("'{:02}:{:02}:{:02}'", n / 3600 % 24, n / 60 % 60, n % 60),
            Kind::DateTime => format!("'2024-01-{:02} {:02}:{:02}:00'", n / 1440 % 28 + 1, n / 60 % 24, n % 60),
            Kind::Interval => format!("'{n} minutes'"),
            Kind::Bytes => (words.bytes)(&format!("{n:08X}")),
            Kind::Address => format!("'10.0.{}.{}'", n / 256 % 256, n % 256),
            Kind::MacAddress => format!("'08:00:2b:01:{:02x}:{:02x}'", n / 256 % 256, n % 256),
            Kind::KeyValue => format!("'n=>{n}'"),
            Kind::Array(element) => array(element, &[element.plain(n, words), element.plain(n + 1, words)]),
            Kind::Values(values) | Kind::Unknown(values) => {
                let at = usize::try_from(n).unwrap_or_default() % values.len().max(1);
                values.get(at).cloned().unwrap_or_else(|| "NULL".to_owned())
            }
        }
    }

    /// A value of another kind, as one of this kind: a number as text where there is only text.
    pub(super) fn hold(&self, value: &str) -> String {
        let is_text = match self {
            Kind::Text { .. } | Kind::Uuid | Kind::Json | Kind::Date | Kind::Time | Kind::DateTime => true,
            Kind::Boolean
            | Kind::Integer(_)
            | Kind::Real
            | Kind::Double
            | Kind::Number { .. }
            | Kind::Interval
            | Kind::Bytes
            | Kind::Address
            | Kind::MacAddress
            | Kind::KeyValue
            | Kind::Array(_)
            | Kind::Values(_)
            | Kind::Unknown(_) => false,
        };
        if is_text && !value.starts_with('\'') { literal(value) } else { value.to_owned() }
    }

    /// Values that are right and that one does not think of, as SQL literals.
    pub(super) fn odd(&self, words: &Words) -> Vec<String> {
        let given = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect();
        match self {
            Kind::Boolean => given(&words.booleans),
            Kind::Integer(8) => given(&["0", "-1", "-128", "127"]),
            Kind::Integer(16) => given(&["0", "-1", "-32768", "32767"]),
            Kind::Integer(64) => given(&["0", "-1", "-9223372036854775808", "9223372036854775807", "9007199254740993"]),
            Kind::Integer(_) => given(&["0", "-1", "-2147483648", "2147483647"]),
            Kind::Real => given(&["0.0", "-1.5", "0.1", "1e30", "16777216"]),
            Kind::Double => given(&["0.0", "-1.5", "0.1", "1e300", "5e-324", "9007199254740993.0"]),
            Kind::Number { digits: None } => given(&["0", "-0.01", "12345678901234567890.5"]),
            Kind::Number { digits: Some((digits, scale)) } => {
                let [whole, rest] =
                    [digits.saturating_sub(*scale), *scale].map(|many| usize::try_from(many).unwrap_or(0));
                let most = format!("{}.{}", "9".repeat(whole.max(1)), "9".repeat(rest));
                vec!["0".to_owned(), format!("-{most}"), most]
            }
            Kind::Text { at_most } => {
                let odd = TEXTS.iter().filter(|text| at_most.is_none_or(|most| text.chars().count() <= most));
                odd.map(|text| literal(text)).collect()
            }
            Kind::Uuid => given(&["'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'00000000-0000-0000-0000-000000000000'"]),
            Kind::Json => given(&["'null'", "'[]'", "'{\"ä\": [1, 2.5, \"''\"]}'", "'\"text\"'"]),
            Kind::Date => given(&["'1970-01-01'", "'0001-01-01'", "'9999-12-31'", "'2024-02-29'"]),
            Kind::Time => given(&["'00:00:00'", "'23:59:59.999'"]),
            Kind::DateTime => given(&[
                "'1970-01-01 00:00:00'",
                "'2024-02-29 12:34:56.789'",
                "'9999-12-31 23:59:59'",
                "'2024-06-30T12:00:00+02:00'",
            ]),
            Kind::Interval => given(&["'0'", "'-1 day'", "'1 year 2 months 3.5 seconds'"]),
            Kind::Bytes => ["", "00", "FF00C3"].map(words.bytes).to_vec(),
            Kind::Address => given(&["'127.0.0.1'", "'::1'", "'10.0.0.0/8'", "'0.0.0.0/0'"]),
            Kind::MacAddress => given(&["'00:00:00:00:00:00'", "'ff:ff:ff:ff:ff:ff'"]),
            Kind::KeyValue => given(&["''", "'a=>NULL'", "'\"a b\"=>\"\\\"\"'"]),
            Kind::Array(element) => {
                vec!["'{}'".to_owned(), "'{NULL}'".to_owned(), array(element, &element.odd(words))]
            }
            Kind::Values(values) | Kind::Unknown(values) => values.clone(),
        }
    }
}

/// Texts that one does not think of.
const TEXTS: [&str; 12] = [
    "",
    " ",
    "it's \"quoted\"",
    "ß — Ünïcödé 雪 🙂",
    " padded ",
    "NULL",
    "0",
    "1e5",
    "2024-02-29",
    "back\\slash, 100%; -- no comment",
    "two\nlines\tand a tab",
    "a text that is longer than most of those that people type into the little boxes of a form, or than a column was once meant to hold",
];

/// A number in as many letters and digits as there is room for.
fn in_letters(n: u32, room: usize) -> String {
    let mut left = n;
    let mut text = String::new();
    for _ in 0..room {
        text.extend(char::from_digit(left % 36, 36));
        left /= 36;
    }
    text
}

/// An array of literals (<https://www.postgresql.org/docs/13/arrays.html#ARRAYS-INPUT>).
pub(super) fn array(kind: &Kind, elements: &[String]) -> String {
    let element = |literal: &String| {
        let text = literal.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(literal);
        let text = text.replace("''", "'");
        if matches!(kind, Kind::Array(_)) {
            text
        } else {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        }
    };
    literal(&format!("{{{}}}", elements.iter().map(element).collect::<Vec<_>>().join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prove::rows::words::words;
    use enamel_schema::Dialect;

    #[test]
    fn a_short_text_still_tells_rows_apart() {
        let words = words(Dialect::Postgres).unwrap();
        let kind = Kind::Text { at_most: Some(2) };
        assert_eq!([kind.plain(1, words), kind.plain(36, words), kind.plain(100_000, words)], ["'10'", "'01'", "'s5'"]);
        assert_eq!(kind.odd(words), ["''", "' '", "'0'"]);
    }

    #[test]
    fn an_array_holds_what_its_elements_are() {
        let words = words(Dialect::Postgres).unwrap();
        let odd = Kind::Array(Box::new(Kind::Json)).odd(words);
        assert_eq!(odd[2], r#"'{"null","[]","{\"ä\": [1, 2.5, \"''\"]}","\"text\""}'"#);
        assert_eq!(Kind::Array(Box::new(Kind::Integer(32))).plain(3, words), "'{\"3\",\"4\"}'");
    }
}
