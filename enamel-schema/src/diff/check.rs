//! Checks and exclusion constraints.

use crate::diff::same::same_sql;
use crate::schema::{Check, Exclusion, Sql};
use crate::split::{Token, TokenKind, tokens_of_any};
use std::collections::BTreeSet;

/// Whether two checks say the same. A list of values is a set: the order of an enum's values does not count.
pub(crate) fn same_check(left: &Check, right: &Check) -> bool {
    same_sql(&left.expression, &right.expression) || widens(left, right) && widens(right, left)
}

/// Whether `next` lists all the values that `previous` does: an enum got a new one.
pub(crate) fn widens(previous: &Check, next: &Check) -> bool {
    match (listed(&previous.expression), listed(&next.expression)) {
        (Some((column, values)), Some((same, more))) => {
            column == same && values.into_iter().collect::<BTreeSet<_>>().is_subset(&more.into_iter().collect())
        }
        (Some(_), None) | (None, Some(_)) | (None, None) => false,
    }
}

/// The column and the values of `"role" IN ('admin', 'member')`. The same on every database, or nothing.
pub(crate) fn listed(expression: &Sql) -> Option<(String, Vec<String>)> {
    let text = expression.any.as_deref().filter(|_| expression.by_dialect.is_empty())?;
    let all: Vec<_> = tokens_of_any(text).into_iter().filter(|token| !token.is_trivia()).collect();
    let [column, within, open, values @ .., close] = all.as_slice() else { return None };
    let is_list = within.is_word("IN") && open.is_symbol("(") && close.is_symbol(")");
    let column = column.identifier().filter(|_| is_list)?;
    let values: Option<_> = values.split(|token| token.is_symbol(",")).map(literal).collect();
    Some((column, values?))
}

fn literal(tokens: &[Token<'_>]) -> Option<String> {
    match tokens {
        [value] if matches!(value.kind, TokenKind::Text | TokenKind::Number) => Some(value.text.to_owned()),
        [minus, number] if minus.is_symbol("-") && number.kind == TokenKind::Number => {
            Some(format!("-{}", number.text))
        }
        _ => None,
    }
}

/// Whether two exclusion constraints say the same.
pub(crate) fn same_exclusion(left: &Exclusion, right: &Exclusion) -> bool {
    same_sql(&left.definition, &right.definition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::check;

    #[test]
    fn a_list_is_a_set() {
        let same = |left, right| same_check(&check(left), &check(right));
        assert!(same("\"role\" IN ('a', 'b')", "\"role\" in ('b','a')"));
        assert!(same("n IN (-1, 1, 2)", "n IN (2, 1, -1)"));
        assert!(!same("n IN (-1, 1)", "n IN (1)"));
        assert!(!same("n IN (-1)", "n IN (1)"));
        assert!(!same("n IN ('1')", "n IN (1)"));
        assert!(!same("n IN ('a', 'b')", "m IN ('b', 'a')"));
        assert!(!same("n IN (a, b)", "n IN (b, a, 1)"));
        assert!(!same("n IN ('a', 'b') OR n", "n IN ('b', 'a') OR n"));
    }

    #[test]
    fn a_longer_list_is_wider() {
        assert!(widens(&check("role IN ('a')"), &check("role IN ('b', 'a')")));
        assert!(!widens(&check("role IN ('a', 'b')"), &check("role IN ('a')")));
        assert!(!widens(&check("role IN ('a')"), &check("role = 'a' OR TRUE")));
    }
}
