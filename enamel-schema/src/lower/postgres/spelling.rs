//! One spelling for each type that PostgreSQL knows by several (<https://www.postgresql.org/docs/13/datatype.html>).
//!
//! `int4` and `decimal(10)` are `integer` and `numeric(10, 0)`: a model that says the same in other words is no change.

use crate::dialect::Dialect;
use crate::split::{Token, TokenKind, tokens};

/// The spelling that enamel writes. A type that PostgreSQL's own grammar has no other words for stays to the letter.
pub(in crate::lower) fn spelled(text: &str) -> String {
    let all: Vec<Token<'_>> = tokens(text, Dialect::Postgres).into_iter().filter(|token| !token.is_trivia()).collect();
    known(&all).unwrap_or_else(|| text.trim().to_owned())
}

/// `None` for anything but known words, numbers in parentheses, and brackets.
fn known(all: &[Token<'_>]) -> Option<String> {
    let brackets = all.iter().position(|token| token.is_symbol("[")).unwrap_or(all.len());
    let (scalar, brackets) = all.split_at(brackets);
    let (mut words, mut arguments, mut inside) = (Vec::new(), Vec::new(), false);
    for token in scalar {
        match token.kind {
            TokenKind::Word if !inside => words.push(token.text.to_ascii_lowercase()),
            TokenKind::Number if inside => arguments.push(token.text),
            TokenKind::Symbol if token.text == "(" && !inside => inside = true,
            TokenKind::Symbol if token.text == ")" && inside => inside = false,
            TokenKind::Symbol if token.text == "," && inside => {}
            TokenKind::Space
            | TokenKind::Comment
            | TokenKind::Word
            | TokenKind::Quoted
            | TokenKind::Text
            | TokenKind::Number
            | TokenKind::Parameter
            | TokenKind::Symbol => return None,
        }
    }
    let is_array =
        brackets.chunks(2).all(|pair| matches!(pair, [open, close] if open.is_symbol("[") && close.is_symbol("]")));
    let scalar = scalar_type(&words.join(" "), &arguments).filter(|_| is_array && !inside)?;
    Some(scalar + &"[]".repeat(brackets.len() / 2))
}

fn scalar_type(words: &str, arguments: &[&str]) -> Option<String> {
    let plain = |name: &str| arguments.is_empty().then(|| name.to_owned());
    let with = |name: &str| {
        let list = arguments.join(", ");
        Some(if list.is_empty() { name.to_owned() } else { format!("{name}({list})") })
    };
    match words {
        "smallint" | "int2" => plain("smallint"),
        "integer" | "int" | "int4" => plain("integer"),
        "bigint" | "int8" => plain("bigint"),
        "boolean" | "bool" => plain("boolean"),
        "real" | "float4" => plain("real"),
        "double precision" | "float8" => plain("double precision"),
        "float" => match arguments {
            [] => Some("double precision".to_owned()),
            [bits] => Some(if bits.parse::<u32>().ok()? <= 24 { "real" } else { "double precision" }.to_owned()),
            [_, _, ..] => None,
        },
        "numeric" | "decimal" | "dec" => match arguments {
            [precision] => Some(format!("numeric({precision}, 0)")),
            [] | [_, _, ..] => with("numeric"),
        },
        "varchar" | "character varying" | "char varying" => with("varchar"),
        "char" | "character" => {
            if arguments.is_empty() {
                Some("char(1)".to_owned())
            } else {
                with("char")
            }
        }
        "bit varying" | "varbit" => with("varbit"),
        "timestamp" | "timestamp without time zone" => with("timestamp"),
        "timestamptz" | "timestamp with time zone" => with("timestamptz"),
        "time" | "time without time zone" => with("time"),
        "timetz" | "time with time zone" => with("timetz"),
        "text" | "bytea" | "uuid" | "date" | "json" | "jsonb" | "inet" | "cidr" | "macaddr" | "citext" | "hstore" => {
            plain(words)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_one_spelling() {
        for (text, expected) in [
            (" INT4 ", "integer"),
            ("character  varying (30)", "varchar(30)"),
            ("VARCHAR", "varchar"),
            ("char", "char(1)"),
            ("decimal(10)", "numeric(10, 0)"),
            ("numeric(10,5)", "numeric(10, 5)"),
            ("float(24)", "real"),
            ("float", "double precision"),
            ("timestamp(3) with time zone", "timestamptz(3)"),
            ("TIME WITHOUT TIME ZONE", "time"),
            ("Int8[][]", "bigint[][]"),
            ("citext", "citext"),
        ] {
            assert_eq!(spelled(text), expected);
        }
    }

    #[test]
    fn what_is_not_known_stays_to_the_letter() {
        for text in
            ["geography(Point, 4326)", "public.email", "\"Mood\"", "int4range", "varchar(30", "text[3]", "a b[]", ""]
        {
            assert_eq!(spelled(text), text);
        }
    }
}
