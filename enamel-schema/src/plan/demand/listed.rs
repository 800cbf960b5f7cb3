//! Checks that list the values of a column: what an enum becomes where enums are not types.
//!
//! They are the one kind of check whose meaning is known, so that what is bound to hold need not be asked of every row.

use crate::dialect::Dialect;
use crate::diff::listed;
use crate::plan::work::{Source, Work};
use crate::schema::{Check, Name};
use crate::split::{Token, tokens};

/// Whether every row that is there passes, once its values are converted: a check that goes lists no value that this one does not.
pub(super) fn is_bound_to_hold(work: &Work<'_>, check: &Check) -> bool {
    let Some((column, _)) = listed(&check.expression) else { return false };
    let name = Name::new(column).ok();
    let Some(next) = name.and_then(|name| work.table.next.column(&name)) else { return false };
    let Source::Value(value) = work.source(next) else { return false };
    lets_pass(&work.table.previous.checks, check, &value)
}

/// Whether a check lists whatever a former one of its column did, once `value` is made of it.
pub(in crate::plan) fn lets_pass(formers: &[Check], check: &Check, value: &str) -> bool {
    let Some((column, values)) = listed(&check.expression) else { return false };
    let Some(renamed) = Renamed::parse(&column, value) else { return false };
    let formers = formers.iter().filter_map(|former| listed(&former.expression));
    formers
        .filter(|(same, _)| *same == column)
        .any(|(_, formers)| formers.iter().all(|former| values.iter().any(|value| value == renamed.next(former))))
}

/// Whether a conversion leaves all values as they are, NULL too, but some that it renames.
pub(super) fn only_renames(column: &Name, conversion: &str) -> bool {
    Renamed::parse(column.as_str(), conversion).is_some()
}

/// The values that a conversion renames; it leaves all others as they are.
#[derive(Debug, Default, PartialEq, Eq)]
struct Renamed(Vec<(String, String)>);

impl Renamed {
    /// Reads `"role"`, which renames none, or `CASE "role" WHEN 'admin' THEN 'owner' ELSE "role" END`.
    fn parse(column: &str, conversion: &str) -> Option<Self> {
        let all = significant(conversion);
        let is_column = |token: &Token<'_>| token.identifier().is_some_and(|name| name == column);
        if let [only] = all.as_slice() {
            return is_column(only).then(Self::default);
        }
        let [case, first, branches @ .., otherwise, last, end] = all.as_slice() else { return None };
        let is_case = case.is_word("CASE") && otherwise.is_word("ELSE") && end.is_word("END");
        if !is_case || !is_column(first) || !is_column(last) {
            return None;
        }
        let branch = |branch: &[Token<'_>]| match branch {
            [when, previous, then, next] if when.is_word("WHEN") && then.is_word("THEN") => {
                Some((previous.text.to_owned(), next.text.to_owned()))
            }
            _ => None,
        };
        branches.chunks(4).map(branch).collect::<Option<_>>().map(Self)
    }

    fn next<'a>(&'a self, value: &'a str) -> &'a str {
        self.0.iter().find(|(previous, _)| previous == value).map_or(value, |(_, next)| next)
    }
}

fn significant(sql: &str) -> Vec<Token<'_>> {
    tokens(sql, Dialect::Sqlite).into_iter().filter(|token| !token.is_trivia()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renamed_values_are_read_from_their_conversion() {
        let renamed =
            Renamed::parse("role", "CASE \"role\" WHEN 'a' THEN 'b' WHEN 'c' THEN 'd' ELSE \"role\" END").unwrap();
        assert_eq!(["'a'", "'c'", "'e'"].map(|value| renamed.next(value)), ["'b'", "'d'", "'e'"]);
        assert_eq!(Renamed::parse("role", "\"role\""), Some(Renamed::default()));
        for other in
            ["lower(role)", "\"other\"", "CASE role WHEN 'a' THEN 'b' END", "CASE role WHEN 'a' THEN 'b' ELSE 'c' END"]
        {
            assert_eq!(Renamed::parse("role", other), None, "{other}");
        }
    }
}
