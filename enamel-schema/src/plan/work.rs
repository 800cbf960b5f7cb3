//! What is to be done to one table that is there before and after.

use super::convert::{Conversion, conversion};
use super::object::Object;
use crate::change::Change;
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{Column, Index, Name, Schema, Sql, Table, TableName};
use crate::split::{TokenKind, rename_in, tokens};
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

    /// What the user says of the values of a column: what becomes of them, and what stands in for NULL.
    pub(super) fn told(&self, next: &Column) -> Vec<String> {
        let given = [&self.edits.conversions, &self.edits.backfills].into_iter();
        given.filter_map(|expressions| self.given(expressions, &next.name)).collect()
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
