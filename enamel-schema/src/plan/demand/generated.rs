//! Generated columns.

use super::{Demand, is_kept, mentioned};
use crate::dialect::Dialect;
use crate::plan::work::Work;
use crate::schema::{Column, Sql};
use crate::split::{Token, TokenKind, enclosed, tokens};

/// What to ask so that a generated column comes to a value where it must have one.
pub(super) fn demand(work: &Work<'_>, next: &Column) -> Option<Demand> {
    let expression = &next.generated.as_ref()?.expression;
    let previous = work.table.previous.column(&next.name);
    let had_one = previous.is_some_and(|previous| !previous.nullable) && is_kept(work, &next.name);
    let cannot_fail =
        || is_arithmetic(expression) && mentioned(work, expression).all(|column| has_values(work, column));
    (!next.nullable && !had_one && !cannot_fail()).then(|| Demand {
        what: format!("rows of {} that get no value for {}", work.table.next.name, next.name),
        columns: mentioned(work, expression).map(|column| column.name.clone()).collect(),
        condition: format!("{} IS NULL", enclosed(&work.before(expression))),
    })
}

/// Whether an expression is made of columns, literals and operators that come to NULL for none but NULL.
pub(in crate::plan) fn is_arithmetic(expression: &Sql) -> bool {
    let all = tokens(expression.text(), Dialect::Sqlite);
    all.iter().filter(|token| !token.is_trivia()).all(|token| match token.kind {
        TokenKind::Quoted | TokenKind::Text | TokenKind::Number => true,
        TokenKind::Word => !token.is_word("NULL"),
        TokenKind::Symbol => ["+", "-", "*", "||", "(", ")"].contains(&token.text),
        TokenKind::Space | TokenKind::Comment | TokenKind::Parameter => false,
    }) && !calls_something(&all)
}

/// Whether a word stands before a parenthesis.
fn calls_something(all: &[Token<'_>]) -> bool {
    let all: Vec<_> = all.iter().filter(|token| !token.is_trivia()).collect();
    all.windows(2).any(|pair| pair[0].kind == TokenKind::Word && pair[1].is_symbol("("))
}

/// Whether every row has a value in a column, before and after.
fn has_values(work: &Work<'_>, next: &Column) -> bool {
    let had_values = work.table.previous.column(&next.name).is_none_or(|previous| !previous.nullable);
    !next.nullable && next.generated.is_none() && had_values
}
