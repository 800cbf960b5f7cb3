//! Expressions: whether two say the same, and which columns one names.
//!
//! Nobody says for which database an expression is, so it is read by what all have in common.

use super::words::{is_grammar, needs_no_quotes};
use super::{Token, TokenKind, tokens_of_any};

/// Whether two expressions are the same tokens: white space, comments, outer parentheses and the case of words do not count; quotes around
/// an identifier that needs none do not count either.
///
/// ```
/// use enamel_schema::split::same_expression;
/// assert!(same_expression("(age >= 0 AND \"name\"<>'')", "age>=0 and name <> ''"));
/// assert!(!same_expression("name = 'a'", "name = 'A'"));
/// ```
pub fn same_expression(left: &str, right: &str) -> bool {
    left == right || {
        let (left, right) = (significant(left), significant(right));
        let (left, right) = (without_outer_parentheses(&left), without_outer_parentheses(&right));
        left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_token(left, right))
    }
}

/// Whether an expression names this column, quoted or not, in any case. Texts do not count.
///
/// ```
/// use enamel_schema::split::mentions;
/// assert!(mentions("lower(\"Name\") <> ''", "name"));
/// assert!(!mentions("name <> 'age'", "age"));
/// ```
pub fn mentions(expression: &str, column: &str) -> bool {
    columns(&significant(expression)).any(|(_, name)| same_name(&name, column))
}

/// The same expression with every mention of one column replaced by another name, quoted as needed.
///
/// ```
/// use enamel_schema::split::rename_in;
/// assert_eq!(rename_in("age >= 0 AND note <> 'age'", "age", "years"), "years >= 0 AND note <> 'age'");
/// assert_eq!(rename_in("age >= 0", "age", "in years"), "\"in years\" >= 0");
/// ```
pub fn rename_in(expression: &str, previous: &str, next: &str) -> String {
    let significant = significant(expression);
    let mentions = columns(&significant).filter(|(_, name)| same_name(name, previous));
    replaced(expression, mentions.map(|(token, _)| token), next)
}

/// The same expression with the qualifier of every column of one table replaced by another name, quoted as needed.
///
/// ```
/// use enamel_schema::split::rename_qualifier_in;
/// assert_eq!(rename_qualifier_in("users.age >= users", "users", "people"), "people.age >= users");
/// ```
pub fn rename_qualifier_in(expression: &str, previous: &str, next: &str) -> String {
    let significant = significant(expression);
    let qualifiers = significant.windows(2).filter(|pair| pair[1].is_symbol(".")).map(|pair| &pair[0]);
    let mentions = qualifiers.filter(|token| token.identifier().is_some_and(|name| same_name(&name, previous)));
    replaced(expression, mentions, next)
}

/// An expression that an operator may follow: in parentheses, unless it is one literal or name, or one call.
pub(crate) fn enclosed(expression: &str) -> String {
    let all = significant(expression);
    let mut depth = 0_usize;
    let closes = all.iter().skip(1).position(|token| {
        depth += usize::from(token.is_symbol("("));
        depth -= usize::from(token.is_symbol(")")).min(depth);
        depth == 0
    });
    let is_call = || all[0].kind == TokenKind::Word && all[1].is_symbol("(") && closes == Some(all.len() - 2);
    let is_one = all.len() == 1 && all[0].kind != TokenKind::Symbol;
    match (is_one || all.len() > 2 && is_call(), expression.contains("--")) {
        // A comment at its end would swallow what follows.
        (true, true) => format!("{expression}\n"),
        (true, false) => expression.to_owned(),
        (false, true) => format!("({expression}\n)"),
        (false, false) => format!("({expression})"),
    }
}

/// The expression with another name in the place of each of these tokens.
fn replaced<'t, 'a: 't>(expression: &str, tokens: impl Iterator<Item = &'t Token<'a>>, name: &str) -> String {
    let mut replaced = String::with_capacity(expression.len());
    let mut copied = 0;
    for token in tokens {
        replaced.push_str(&expression[copied..token.start]);
        replaced.push_str(&quoted_like(token, name));
        copied = token.start + token.text.len();
    }
    replaced.push_str(&expression[copied..]);
    replaced
}

/// The tokens that mean something.
fn significant(expression: &str) -> Vec<Token<'_>> {
    tokens_of_any(expression).into_iter().filter(|token| !token.is_trivia()).collect()
}

fn without_outer_parentheses<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let mut open = Vec::new();
    let mut closing = vec![None; tokens.len()];
    for (index, token) in tokens.iter().enumerate() {
        if token.is_symbol("(") {
            open.push(index);
        } else if token.is_symbol(")")
            && let Some(opening) = open.pop()
        {
            closing[opening] = Some(index);
        }
    }
    let outer = (0..tokens.len()).take_while(|&index| closing[index] == Some(tokens.len() - 1 - index)).count();
    &tokens[outer..tokens.len() - outer]
}

fn same_token(left: &Token<'_>, right: &Token<'_>) -> bool {
    match (left.kind, right.kind) {
        (TokenKind::Quoted, TokenKind::Quoted) => left.identifier() == right.identifier(),
        (TokenKind::Quoted, TokenKind::Word) => same_but_for_quotes(left, right),
        (TokenKind::Word, TokenKind::Quoted) => same_but_for_quotes(right, left),
        (TokenKind::Word | TokenKind::Number, _) => left.kind == right.kind && same_name(left.text, right.text),
        (TokenKind::Text, TokenKind::Text) => same_text(left.text, right.text),
        _ => left.kind == right.kind && left.text == right.text,
    }
}

fn same_but_for_quotes(quoted: &Token<'_>, word: &Token<'_>) -> bool {
    quoted.identifier().is_some_and(|identifier| needs_no_quotes(&identifier) && same_name(&identifier, word.text))
}

/// Texts in quotes; the letter before them may be of either case, and so may a blob's digits.
fn same_text(left: &str, right: &str) -> bool {
    let prefix = |text: &str| text.find(['\'', '$']).unwrap_or(0);
    let (left_prefix, right_prefix) = (prefix(left), prefix(right));
    left[..left_prefix].eq_ignore_ascii_case(&right[..right_prefix])
        && (left[left_prefix..] == right[right_prefix..]
            || left.starts_with(['x', 'X']) && left[left_prefix..].eq_ignore_ascii_case(&right[right_prefix..]))
}

fn same_name(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right) || left.to_lowercase() == right.to_lowercase()
}

/// The tokens that name columns, with the names.
fn columns<'t, 'a>(tokens: &'t [Token<'a>]) -> impl Iterator<Item = (&'t Token<'a>, String)> {
    let mut cases = 0_usize;
    tokens.iter().enumerate().filter_map(move |(index, token)| {
        if token.is_word("CASE") {
            cases += 1;
        } else if token.is_word("END") && cases > 0 {
            cases -= 1;
            return None;
        }
        let name = token.identifier()?;
        (!is_grammar_or_other_name(tokens, index)).then_some((token, name))
    })
}

/// Whether what looks like a column is a keyword, a function, a qualifier, a type or a collation.
fn is_grammar_or_other_name(tokens: &[Token<'_>], index: usize) -> bool {
    let token = &tokens[index];
    let before = index.checked_sub(1).map(|before| &tokens[before]);
    let behind = tokens.get(index + 1);
    let is_keyword = token.kind == TokenKind::Word && is_grammar(token.text);
    let follows_point = before.is_some_and(|before| before.is_symbol("."));
    let is_function_or_qualifier = behind.is_some_and(|behind| behind.is_symbol("(") || behind.is_symbol("."));
    let is_type_or_collation = before
        .is_some_and(|before| before.is_symbol("::") || before.is_word("AS") || before.is_word("COLLATE"))
        // `date '2024-02-29'`
        || token.kind == TokenKind::Word && behind.is_some_and(|behind| behind.kind == TokenKind::Text);
    // `EXTRACT(year FROM born)`
    let is_field =
        index >= 2 && tokens[index - 2].is_word("EXTRACT") && behind.is_some_and(|behind| behind.is_word("FROM"));
    is_keyword && !follows_point || is_function_or_qualifier || is_type_or_collation || is_field
}

/// A name with the quotes of the token that it replaces, or with quotes if it needs them.
fn quoted_like(token: &Token<'_>, name: &str) -> String {
    match token.text.chars().next() {
        Some('[') if !name.contains(']') => format!("[{name}]"),
        Some('`') => format!("`{}`", name.replace('`', "``")),
        _ if token.kind == TokenKind::Word && needs_no_quotes(name) => name.to_owned(),
        _ => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_binds_as_one_needs_no_parentheses() {
        for plain in ["age", "'a'", "1", "lower(trim(name))", "CAST(age AS TEXT)", "\"a b\""] {
            assert_eq!(enclosed(plain), plain);
        }
        for loose in ["a + 1", "lower(a) || lower(b)", "-1", "a(1) AND (b)", "CASE a WHEN 1 THEN 2 END", "a (", ")", ""]
        {
            assert_eq!(enclosed(loose), format!("({loose})"));
        }
    }

    #[test]
    fn spelling_does_not_count() {
        for (left, right) in [
            ("a", "((a))"),
            ("(a)+(b)", "( a ) + ( b )"),
            ("lower(x) = 'A'", "LOWER( x )=/* small */'A'"),
            ("\"a\" = `b`", "[a] = B"),
            ("x'0f'", "X'0F'"),
            ("1E5", "1e5"),
            ("ARRAY['a','b']", "ARRAY[ 'a', 'b' ]"),
            ("", "()"),
        ] {
            assert!(same_expression(left, right), "{left} {right}");
            assert!(same_expression(right, left), "{right} {left}");
        }
    }

    #[test]
    fn meaning_does() {
        for (left, right) in [
            ("(a)+(b)", "a)+(b"),
            ("a b", "ab"),
            ("\"order\"", "order"),
            ("\"A\"", "a"),
            ("'a'", "a"),
            ("'a'", "\"a\""),
            ("a - b", "a -- b"),
            ("E'a'", "e'A'"),
            ("1", "1.0"),
            ("a", ""),
        ] {
            assert!(!same_expression(left, right), "{left} {right}");
            assert!(!same_expression(right, left), "{right} {left}");
        }
    }

    #[test]
    fn columns_are_told_from_all_else() {
        for (expression, column) in [
            ("[Age] > 1", "age"),
            ("users.age", "age"),
            ("tags[age]", "age"),
            ("start < end", "end"),
            ("substring(name FROM 2)", "name"),
            ("date('now') > date", "date"),
            ("new.order", "order"),
        ] {
            assert!(mentions(expression, column), "{expression} {column}");
        }
        for (expression, column) in [
            ("'age'", "age"),
            ("-- age\n1", "age"),
            ("ages", "age"),
            ("date(x)", "date"),
            ("date '2024-02-29'", "date"),
            ("CASE WHEN x THEN y END", "end"),
            ("CASE WHEN x THEN y END", "case"),
            ("CAST(x AS text)", "text"),
            ("x::text COLLATE nocase", "text"),
            ("x::text COLLATE nocase", "nocase"),
            ("EXTRACT(year FROM born)", "year"),
            ("users.age", "users"),
        ] {
            assert!(!mentions(expression, column), "{expression} {column}");
        }
    }

    #[test]
    fn a_renamed_column_keeps_its_quotes_and_gets_those_it_needs() {
        assert_eq!(rename_in("[a] + `a` + \"a\" + A + t.a", "a", "b"), "[b] + `b` + \"b\" + b + t.b");
        assert_eq!(rename_in("a + [a]", "a", "x]\"y"), "\"x]\"\"y\" + \"x]\"\"y\"");
        assert_eq!(rename_in("a > 0", "a", "order"), "\"order\" > 0");
        assert_eq!(rename_in("a(a)", "a", "b"), "a(b)");
    }

    proptest! {
        #[test]
        fn a_rename_and_back_says_the_same(other in "[a-z]{1,3}", next in "\\PC{1,5}") {
            prop_assume!(!next.contains('\0') && !same_name(&next, &other) && other != "abcd");
            let expression = format!("abcd > 0 AND lower(\"{other}\") <> 'abcd'");
            let there = rename_in(&expression, "abcd", &next);
            prop_assert!(mentions(&there, &next) && !mentions(&there, "abcd") || same_name(&next, "abcd"));
            prop_assert!(same_expression(&rename_in(&there, &next, "abcd"), &expression));
        }
    }
}
