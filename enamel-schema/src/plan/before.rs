//! Expressions over columns that are still to be, as expressions over those that are there.
//!
//! Rows are asked before they are copied, so whatever a constraint says of a next column is asked of the value that it will get.

use super::convert::{Affinity, affinity};
use super::work::{Source, Work, inline};
use crate::dialect::Dialect;
use crate::diff::differing;
use crate::render::quote::identifier;
use crate::render::row_number;
use crate::schema::{Column, DefaultValue, Name, Sql};
use crate::split::{Token, TokenKind, enclosed, mentions, tokens};
use std::collections::BTreeMap;

impl Work<'_> {
    /// The value that a next column will have, generated or not. Something may follow it.
    pub(super) fn value_before(&self, column: &Name) -> String {
        let values = self.values(&|_, value| value);
        inline(&replaced(&identifier(column), &values))
    }

    /// An expression over next columns as one over the previous ones. Something may follow it.
    pub(super) fn before(&self, expression: &Sql) -> String {
        let all = tokens(expression.text(), Dialect::Sqlite);
        let has = |kind| all.iter().any(|token| token.kind == kind);
        let columns = &self.table.next.columns;
        let is_column = |name: &String| columns.iter().any(|column| column.name.as_str().eq_ignore_ascii_case(name));
        let is_alone = all.iter().filter_map(Token::identifier).filter(is_column).count() == 1;
        let values = self.values(&|column, value| {
            // A literal among its own kind compares as it stands.
            let is_fitting = is_text(&value) && !has(TokenKind::Number) || is_number(&value) && !has(TokenKind::Text);
            let compares = is_alone && is_fitting;
            if compares && column.collation.is_none() { value } else { self.as_stored(column, value) }
        });
        inline(&replaced(expression.text(), &values))
    }

    /// By lower-case names, the values of next columns that are not those of previous ones of the same name.
    fn values(&self, stored: &dyn Fn(&Column, String) -> String) -> BTreeMap<String, String> {
        let mut values = BTreeMap::new();
        for column in self.table.next.columns.iter().filter(|column| column.generated.is_none()) {
            let value = match (self.source(column), &column.default) {
                (Source::Value(value), _) => value,
                // A key that begins to count counts the rows by the numbers that they had.
                (Source::Default, _) if column.identity.is_some() => {
                    row_number(self.table.previous).unwrap_or("NULL").to_owned()
                }
                (Source::Default | Source::Generated, Some(DefaultValue::Sql(default))) => inline(default.text()),
                (Source::Default | Source::Generated, _) => "NULL".to_owned(),
            };
            let value = stored(column, value);
            if value != identifier(&column.name) {
                values.insert(column.name.as_str().to_ascii_lowercase(), value);
            }
        }
        let computed =
            self.table.next.columns.iter().filter_map(|column| Some((column, self.recomputed(column, &values)?)));
        let computed: Vec<_> = computed.collect();
        // One may be computed from another one, whose value is known a round later.
        for _ in 0..computed.len() {
            for (column, expression) in &computed {
                let value = stored(column, inline(&replaced(expression, &values)));
                values.insert(column.name.as_str().to_ascii_lowercase(), value);
            }
        }
        values
    }

    /// The expression of a generated column that is new, or whose value changes with those of others, `values`.
    fn recomputed<'a>(&self, next: &'a Column, values: &BTreeMap<String, String>) -> Option<&'a str> {
        let expression = next.generated.as_ref()?.expression.text();
        let same = self.table.previous.column(&next.name).is_some_and(|previous| !differing(previous, next).generated);
        let stays = same && !values.keys().any(|name| mentions(expression, name));
        (!stays).then_some(expression)
    }

    /// A value that compares as it will in its column: by the affinity of that (<https://www.sqlite.org/datatype3.html#comparison_expressions>) and by its
    /// collation.
    fn as_stored(&self, column: &Column, value: String) -> String {
        let previous = self.table.previous.column(&column.name).filter(|_| value == identifier(&column.name));
        let typed = match affinity(&column.data_type, self.table.next.options.strict) {
            _ if previous.is_some() || value == "NULL" => value,
            Affinity::Text if !is_cast(&value, "TEXT") => format!("CAST({value} AS TEXT)"),
            Affinity::Numeric if !is_cast(&value, "INTEGER") && !is_cast(&value, "NUMERIC") => {
                format!("CAST({value} AS NUMERIC)")
            }
            Affinity::Time if is_number(&value) => format!("CAST({value} AS NUMERIC)"),
            Affinity::Real if !is_cast(&value, "REAL") => format!("CAST({value} AS REAL)"),
            Affinity::Text | Affinity::Numeric | Affinity::Time | Affinity::Real | Affinity::None => value,
        };
        match collation(previous, column) {
            Some(collation) => format!("{} COLLATE {collation}", enclosed(&typed)),
            None => typed,
        }
    }
}

/// The collation of a column, where it is not that of the column that its value is taken from (<https://www.sqlite.org/datatype3.html#collation>).
pub(super) fn collation<'a>(from: Option<&Column>, column: &'a Column) -> Option<&'a str> {
    let same = from.is_some_and(|from| !differing(from, column).collation);
    match &column.collation {
        Some(collation) if !same => Some(collation.text()),
        None if from.is_some_and(|from| from.collation.is_some()) => Some("BINARY"),
        Some(_) | None => None,
    }
}

/// Whether a value is a cast to this type and nothing else.
fn is_cast(value: &str, to: &str) -> bool {
    value.starts_with("CAST(") && value.ends_with(&format!(" AS {to})")) && enclosed(value) == value
}

/// Whether a value is one text.
fn is_text(value: &str) -> bool {
    matches!(tokens(value, Dialect::Sqlite).as_slice(), [one] if one.kind == TokenKind::Text && !one.text.starts_with(['x', 'X']))
}

/// Whether a value is one literal that a numeric column stores as a number.
fn is_number(value: &str) -> bool {
    let all: Vec<_> = tokens(value, Dialect::Sqlite).into_iter().filter(|token| !token.is_trivia()).collect();
    match all.as_slice() {
        [one] if one.kind == TokenKind::Text => {
            one.text.trim_matches('\'').trim().parse::<f64>().is_ok_and(f64::is_finite)
        }
        [one] => one.kind == TokenKind::Number || one.is_word("TRUE") || one.is_word("FALSE"),
        [sign, number] => (sign.is_symbol("-") || sign.is_symbol("+")) && number.kind == TokenKind::Number,
        _ => false,
    }
}

/// The expression with columns, by lower-case names, replaced by values.
fn replaced(expression: &str, values: &BTreeMap<String, String>) -> String {
    let all = tokens(expression, Dialect::Sqlite);
    let mut replaced = String::with_capacity(expression.len());
    for (position, token) in all.iter().enumerate() {
        match value_of(&all, position, values) {
            Some(value) => replaced.push_str(&enclosed(value)),
            None => replaced.push_str(token.text),
        }
    }
    replaced
}

/// The value for the token at a position, unless that is no column: `length(…)` calls a function, `users.length` is told by its table.
fn value_of<'a>(all: &[Token<'_>], position: usize, values: &'a BTreeMap<String, String>) -> Option<&'a String> {
    let token = &all[position];
    let follows =
        |symbol| all[position + 1..].iter().find(|next| !next.is_trivia()).is_some_and(|next| next.is_symbol(symbol));
    let qualified =
        all[..position].iter().rfind(|before| !before.is_trivia()).is_some_and(|before| before.is_symbol("."));
    let is_name =
        matches!(token.kind, TokenKind::Word | TokenKind::Quoted) && !qualified && !follows("(") && !follows(".");
    token.identifier().filter(|_| is_name).and_then(|name| values.get(&name.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_columns_are_replaced() {
        let values = BTreeMap::from([("length".to_owned(), "a + 1".to_owned()), ("x".to_owned(), "'y'".to_owned())]);
        assert_eq!(
            replaced("length(x) > LENGTH AND t.x = 'x' -- x", &values),
            "length('y') > (a + 1) AND t.x = 'x' -- x"
        );
    }
}
