//! What is to be done to one table that is there before and after.

use super::convert::{Conversion, conversion};
use super::object::Object;
use crate::change::Change;
use crate::dialect::Dialect;
use crate::diff::differing;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::render::quote::identifier;
use crate::schema::{Column, DefaultValue, Index, Name, Schema, Sql, Table, TableName};
use crate::split::{Token, TokenKind, enclosed, mentions, rename_in, tokens};
use std::collections::BTreeMap;

/// What is to be done to one table that is there before and after, renames apart.
pub(super) struct Work<'a> {
    /// Both ends; the previous one after all renames, so that names agree.
    pub(super) table: Pair<&'a Table>,
    /// The schema that is to be.
    pub(super) schema: &'a Schema,
    /// Its changes, renames apart.
    pub(super) changes: Vec<&'a Change>,
    /// What existing rows get, by next names.
    pub(super) edits: &'a Edits,
    /// The columns that were renamed before.
    pub(super) renamed: Vec<&'a Pair<Name>>,
    /// A name that nothing bears, for the next table while it stands beside the previous one.
    pub(super) beside: TableName,
    /// The triggers and views of the database, after all renames.
    pub(super) objects: &'a [Object],
}

/// Where the value of a column in an existing row comes from.
pub(super) enum Source {
    /// From an expression over the previous columns.
    Value(String),
    /// From the column's default, by being left out.
    Default,
    /// It is generated.
    Generated,
}

impl Work<'_> {
    /// Whether a column is new.
    pub(super) fn adds(&self, column: &Name) -> bool {
        self.table.previous.column(column).is_none()
    }

    /// What existing rows get, when the user says.
    pub(super) fn backfill(&self, column: &Name) -> Option<String> {
        self.given(&self.edits.backfills, column)
    }

    /// How the values of a column that was there become those of the next.
    pub(super) fn conversion(&self, previous: &Column, next: &Column) -> Conversion {
        match self.given(&self.edits.conversions, &next.name) {
            Some(value) => Conversion { value, lost: None },
            None => {
                let strict = self.table.map(|table| table.options.strict);
                conversion(&self.table.next.name, Pair::new(previous, next), strict)
            }
        }
    }

    /// What the user says of a column. It may be said in the names from before, which are gone when it is needed.
    fn given(&self, expressions: &BTreeMap<(TableName, Name), Sql>, column: &Name) -> Option<String> {
        let given = expressions.get(&(self.table.next.name.clone(), column.clone()))?;
        let in_next_names = |text: String, pair: &&Pair<Name>| match self.table.previous.column(&pair.previous) {
            Some(_) => text,
            None => rename_in(&text, pair.previous.as_str(), pair.next.as_str()),
        };
        Some(inline(&self.renamed.iter().fold(given.text().to_owned(), in_next_names)))
    }

    /// Where the value of a next column comes from.
    pub(super) fn source(&self, next: &Column) -> Source {
        let backfill = self.backfill(&next.name);
        match self.table.previous.column(&next.name) {
            _ if next.generated.is_some() => Source::Generated,
            None => backfill.map_or(Source::Default, Source::Value),
            Some(previous) => {
                let value = self.conversion(previous, next).value;
                Source::Value(match backfill {
                    Some(backfill) if previous.nullable && !next.nullable => format!("COALESCE({value}, {backfill})"),
                    Some(_) | None => value,
                })
            }
        }
    }

    /// Whether the user says what becomes of the values of a column.
    pub(super) fn is_told(&self, next: &Column) -> bool {
        let key = (self.table.next.name.clone(), next.name.clone());
        self.edits.backfills.contains_key(&key) || self.edits.conversions.contains_key(&key)
    }

    /// Whether every row is bound to get a value other than NULL in a column whose value changes.
    pub(super) fn gives_a_value(&self, next: &Column) -> bool {
        let key = (self.table.next.name.clone(), next.name.clone());
        match (self.edits.backfills.get(&key), self.table.previous.column(&next.name)) {
            (Some(backfill), None) => is_value(backfill.text()),
            (Some(backfill), Some(previous)) if previous.nullable => is_value(backfill.text()),
            // Our own conversions make NULL of nothing but what they refuse.
            (_, Some(previous)) => !previous.nullable && !self.edits.conversions.contains_key(&key),
            (None, None) => true,
        }
    }

    /// An expression over next columns as one over the previous ones: what it will be once the rows are copied. Something may follow it.
    pub(super) fn before(&self, expression: &Sql) -> String {
        let mut values = BTreeMap::new();
        for column in self.table.next.columns.iter().filter(|column| column.generated.is_none()) {
            let value = match (self.source(column), &column.default) {
                (Source::Value(value), _) => value,
                (Source::Default | Source::Generated, Some(DefaultValue::Sql(default))) => inline(default.text()),
                (Source::Default | Source::Generated, _) => "NULL".to_owned(),
            };
            if value != identifier(&column.name) {
                values.insert(column.name.as_str().to_ascii_lowercase(), value);
            }
        }
        let computed: Vec<_> =
            self.table.next.columns.iter().filter_map(|column| self.recomputed(column, &values)).collect();
        // One may be computed from another one, whose value is known a round later.
        for _ in 0..computed.len() {
            for (name, expression) in &computed {
                values.insert(name.clone(), inline(&replaced(expression, &values)));
            }
        }
        inline(&replaced(expression.text(), &values))
    }

    /// Lower-case name and expression of a generated column that is new, or whose value changes with those of others, `values`.
    fn recomputed<'a>(&self, next: &'a Column, values: &BTreeMap<String, String>) -> Option<(String, &'a str)> {
        let expression = next.generated.as_ref()?.expression.text();
        let same = self.table.previous.column(&next.name).is_some_and(|previous| !differing(previous, next).generated);
        let stays = same && !values.keys().any(|name| mentions(expression, name));
        (!stays).then(|| (next.name.as_str().to_ascii_lowercase(), expression))
    }
}

/// Whether an index of the same name is made again among the changes.
pub(super) fn comes_again(changes: &[&Change], index: &Index) -> bool {
    let same_name =
        |other: &Index| index.name.name().zip(other.name.name()).is_some_and(|(left, right)| same(left, right));
    changes.iter().any(|change| matches!(change, Change::AddIndex { index: other, .. } if same_name(other)))
}

/// SQLite does not look at the case of ASCII letters.
pub(super) fn same(left: &Name, right: &Name) -> bool {
    left.as_str().eq_ignore_ascii_case(right.as_str())
}

/// An expression that something may follow: a comment at its end would swallow that.
pub(super) fn inline(sql: &str) -> String {
    if sql.contains("--") { format!("{sql}\n") } else { sql.to_owned() }
}

/// One literal other than NULL.
pub(super) fn is_value(sql: &str) -> bool {
    is_constant(sql) && !sql.trim().eq_ignore_ascii_case("NULL")
}

/// One literal that does not depend on the time of day.
pub(super) fn is_constant(default: &str) -> bool {
    let all: Vec<_> = tokens(default, Dialect::Sqlite).into_iter().filter(|token| !token.is_trivia()).collect();
    let is_word = |word| all.first().is_some_and(|token| token.is_word(word));
    match all.as_slice() {
        [one] => {
            matches!(one.kind, TokenKind::Text | TokenKind::Number)
                || ["NULL", "TRUE", "FALSE"].into_iter().any(is_word)
        }
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
    fn only_columns_are_replaced() {
        let values = BTreeMap::from([("length".to_owned(), "a + 1".to_owned()), ("x".to_owned(), "'y'".to_owned())]);
        assert_eq!(
            replaced("length(x) > LENGTH AND t.x = 'x' -- x", &values),
            "length('y') > (a + 1) AND t.x = 'x' -- x"
        );
    }
}
