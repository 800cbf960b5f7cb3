//! Expressions in places where only some of them can stand as they are.

use crate::dialect::Dialect;
use crate::split::{TokenKind, tokens};

/// Whether it is one literal, or one of the words that stand for a value.
pub(super) fn is_literal(sql: &str, dialect: Dialect) -> bool {
    const WORDS: [&str; 6] = ["NULL", "TRUE", "FALSE", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"];
    let all: Vec<_> = tokens(sql, dialect).into_iter().filter(|token| token.kind != TokenKind::Space).collect();
    match all.as_slice() {
        [one] if one.kind == TokenKind::Word => WORDS.iter().any(|word| one.is_word(word)),
        [one] => matches!(one.kind, TokenKind::Text | TokenKind::Number),
        [sign, number] => matches!(sign.text, "-" | "+") && number.kind == TokenKind::Number,
        _ => false,
    }
}

/// Whether it calls one function, and nothing else.
pub(super) fn is_call(sql: &str, dialect: Dialect) -> bool {
    let all = tokens(sql, dialect);
    let begins = all.first().is_some_and(|token| token.kind == TokenKind::Word);
    begins && all.get(1).is_some_and(|token| is_parenthesised(&sql[token.start..], dialect))
}

/// An expression in parentheses. The line end keeps a comment inside the expression from swallowing the parenthesis.
pub(super) fn parenthesised(sql: &str, dialect: Dialect) -> String {
    if is_parenthesised(sql, dialect) {
        sql.trim().to_owned()
    } else if sql.contains("--") {
        format!("({sql}\n)")
    } else {
        format!("({sql})")
    }
}

/// Whether the parenthesis at the beginning is closed by the one at the end.
fn is_parenthesised(sql: &str, dialect: Dialect) -> bool {
    let all = tokens(sql, dialect);
    let all: Vec<_> = all.iter().filter(|token| token.kind != TokenKind::Space).collect();
    let mut depth = 0_usize;
    for (position, token) in all.iter().enumerate() {
        if token.is_symbol("(") {
            depth += 1;
        } else if token.is_symbol(")") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            return position > 0 && position + 1 == all.len();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_are_written_where_none_are() {
        for (sql, expected) in [
            ("a > 0", "(a > 0)"),
            (" (a > 0)", "(a > 0)"),
            ("(a) > (b)", "((a) > (b))"),
            ("((a))", "((a))"),
            ("a > 0 -- sane", "(a > 0 -- sane\n)"),
            ("(a", "((a)"),
        ] {
            assert_eq!(parenthesised(sql, Dialect::Sqlite), expected);
        }
    }

    #[test]
    fn literals_and_calls_are_told_from_other_expressions() {
        for literal in ["'it''s'", "-1", "+ 1.5", "NULL", "current_timestamp", "X'00'", "TRUE"] {
            assert!(is_literal(literal, Dialect::Sqlite), "{literal}");
        }
        for call in ["now()", "coalesce(a, (b))"] {
            assert!(is_call(call, Dialect::Postgres) && !is_literal(call, Dialect::Postgres), "{call}");
        }
        for other in ["1 + 1", "now() - now()", "(now())", "now", ""] {
            assert!(!is_call(other, Dialect::Postgres) && !is_literal(other, Dialect::Postgres), "{other}");
        }
    }
}
