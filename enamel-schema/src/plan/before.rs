//! Expressions over columns that are still to be, as expressions over those that are there.
//!
//! Rows are asked before they are copied, so whatever a constraint says of a next column is asked of the value that it will get.

use super::convert::{Affinity, affinity, compare_alike, stay};
use super::work::{Source, Work, inline};
use crate::dialect::Dialect;
use crate::diff::differing;
use crate::pair::Pair;
use crate::render::quote::identifier;
use crate::render::row_number;
use crate::schema::{Column, DefaultValue, Name, Sql};
use crate::split::{Token, TokenKind, enclosed, mentions, tokens};
use std::collections::{BTreeMap, BTreeSet};

impl Work<'_> {
    /// The value that a next column will have, generated or not, as the database will store it. Something may follow it.
    pub(super) fn value_before(&self, column: &Name) -> String {
        let values = self.values(&|column, value| self.stored(column, value));
        inline(&replaced(&identifier(column), &values))
    }

    /// An expression over next columns as one over the previous ones. Something may follow it.
    pub(super) fn before(&self, expression: &Sql) -> String {
        let all = tokens(expression.text(), Dialect::Sqlite);
        if let Some(compared) = self.compared_with_a_number(&all) {
            return compared;
        }
        if let [only] = all.as_slice()
            && let Some(column) = only.identifier().and_then(|name| self.table.next.column(&Name::new(name).ok()?))
        {
            return self.collated(column, self.value_before(&column.name));
        }
        let has = |kind| all.iter().any(|token| token.kind == kind);
        let columns = &self.table.next.columns;
        let is_column = |name: &String| columns.iter().any(|column| column.name.as_str().eq_ignore_ascii_case(name));
        // Mentioned twice, it may be compared with what is made of it: `lower(name) = name`.
        let is_alone = all.iter().filter_map(Token::identifier).filter(is_column).count() == 1;
        let values = self.values(&|column, value| {
            // A literal among its own kind compares as it stands.
            let is_fitting = is_text(&value) && !has(TokenKind::Number) || is_number(&value) && !has(TokenKind::Text);
            if is_alone && is_fitting && column.collation.is_none() {
                return value;
            }
            let needs_affinity = match affinity(&column.data_type, self.table.next.options.strict) {
                Affinity::Text | Affinity::None => true,
                // A text that becomes a time stays as it is, and is not compared with a number as a text any more.
                Affinity::Time if value == identifier(&column.name) && has(TokenKind::Number) => true,
                Affinity::Numeric | Affinity::Time | Affinity::Real => all.iter().any(is_number_in_quotes),
            };
            if is_alone && !needs_affinity {
                let stored = self.stored(column, value);
                self.collated(column, stored)
            } else {
                self.as_stored(column, value)
            }
        });
        inline(&replaced(expression.text(), &values))
    }

    /// The comparison of one numeric column with one number in quotes, and nothing else. The column makes it a number, and so does a cast of it, which
    /// leaves values of the column as they are that are no numbers.
    fn compared_with_a_number(&self, all: &[Token<'_>]) -> Option<String> {
        const COMPARISONS: [&str; 8] = ["=", "==", "<>", "!=", "<", "<=", ">", ">="];
        let all: Vec<_> = all.iter().filter(|token| !token.is_trivia()).collect();
        let [left, comparison, right] = all.as_slice() else { return None };
        let name = left.identifier().or_else(|| right.identifier())?;
        let column = self.table.next.columns.iter().find(|column| column.name.as_str().eq_ignore_ascii_case(&name))?;
        let is_numeric = match affinity(&column.data_type, self.table.next.options.strict) {
            Affinity::Numeric | Affinity::Time | Affinity::Real => true,
            Affinity::Text | Affinity::None => false,
        };
        let is_one = [left, right].into_iter().any(|side| is_number_in_quotes(side));
        if !is_numeric || !is_one || !COMPARISONS.iter().any(|symbol| comparison.is_symbol(symbol)) {
            return None;
        }
        let value = enclosed(&self.collated(column, self.value_before(&column.name)));
        let side = |token: &Token<'_>| match token.identifier() {
            Some(_) => value.clone(),
            None => format!("CAST({} AS NUMERIC)", token.text),
        };
        Some(inline(&format!("{} {} {}", side(left), comparison.text, side(right))))
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
        let computed = self.recomputed(&values);
        // One may be computed from another one, whose value is known a round later.
        for _ in 0..computed.len() {
            for (column, expression) in &computed {
                let value = stored(column, inline(&replaced(expression, &values)));
                values.insert(column.name.as_str().to_ascii_lowercase(), value);
            }
        }
        values
    }

    /// The generated columns that are new, or whose values change with those of others, with their expressions: `values` are those of the others that
    /// change and are not computed.
    fn recomputed(&self, values: &BTreeMap<String, String>) -> Vec<(&Column, &str)> {
        let columns = self.table.next.columns.iter();
        let generated: Vec<_> =
            columns.filter_map(|column| Some((column, column.generated.as_ref()?.expression.text()))).collect();
        let mut changing: BTreeSet<String> = values.keys().cloned().collect();
        // One may change with another one, of which it is known a round later.
        for _ in &generated {
            for (column, expression) in &generated {
                if self.is_new(column) || changing.iter().any(|name| mentions(expression, name)) {
                    changing.insert(column.name.as_str().to_ascii_lowercase());
                }
            }
        }
        let is_changing = |column: &Column| changing.contains(&column.name.as_str().to_ascii_lowercase());
        generated.into_iter().filter(|(column, _)| is_changing(column)).collect()
    }

    /// Whether a generated column was not there, or was computed otherwise.
    fn is_new(&self, next: &Column) -> bool {
        self.table.previous.column(&next.name).is_none_or(|previous| {
            let differing = differing(previous, next);
            differing.generated || differing.data_type
        })
    }

    /// A value as its column will store it: of numeric affinity `'1.0'` is 1 there, and of textual 1 is `'1'`
    /// (<https://www.sqlite.org/datatype3.html#type_affinity>). Compared with a number, a text that is one counts as that number.
    fn stored(&self, column: &Column, value: String) -> String {
        let to = affinity(&column.data_type, self.table.next.options.strict);
        if self.is_as_stored(column, &value, to) {
            return value;
        }
        let it = enclosed(&value);
        let (when, cast) = match to {
            Affinity::Text => (format!("typeof({value}) IN ('integer', 'real')"), "TEXT"),
            Affinity::Numeric | Affinity::Time => (format!("CAST({value} AS NUMERIC) = {it}"), "NUMERIC"),
            Affinity::Real => {
                (format!("typeof({value}) IN ('integer', 'real') OR CAST({value} AS NUMERIC) = {it}"), "REAL")
            }
            Affinity::None => return value,
        };
        format!("CASE WHEN {when} THEN CAST({value} AS {cast}) ELSE {it} END")
    }

    /// Whether a value is bound to be one that its column stores as it is.
    fn is_as_stored(&self, column: &Column, value: &str, to: Affinity) -> bool {
        if let [only] = tokens(value, Dialect::Sqlite).as_slice()
            && let Some(name) = only.identifier()
            && let Some(previous) =
                self.table.previous.columns.iter().find(|it| it.name.as_str().eq_ignore_ascii_case(&name))
        {
            return stay(Pair::new(previous, column), self.table.map(|table| table.options.strict));
        }
        let fits = match to {
            Affinity::Text => is_cast(value, "TEXT") || is_text(value) || is_call(value, &TO_TEXT),
            Affinity::Numeric => is_cast(value, "INTEGER") || is_cast(value, "NUMERIC") || is_number(value),
            Affinity::Time => is_call(value, &["date", "datetime", "time"]) || is_text(value) && !is_number(value),
            Affinity::Real => is_cast(value, "REAL"),
            Affinity::None => true,
        };
        // A key that counts takes the number of the row.
        fits || value == "NULL" || column.identity.is_some() && !self.is_told(column)
    }

    /// A value that compares as it will in its column, to a literal of another kind or to another column: by the affinity of its own, which only a column and a
    /// cast have (<https://www.sqlite.org/datatype3.html#comparison_expressions>), and by its collation.
    fn as_stored(&self, column: &Column, value: String) -> String {
        let previous = self.table.previous.column(&column.name).filter(|_| value == identifier(&column.name));
        let strict = self.table.map(|table| table.options.strict);
        let typed = match affinity(&column.data_type, strict.next) {
            _ if value == "NULL" => value,
            _ if previous.is_some_and(|previous| compare_alike(Pair::new(previous, column), strict)) => value,
            // The same value, and nothing that it was declared as.
            Affinity::Time | Affinity::None if previous.is_some() => format!("+{value}"),
            Affinity::Text if !is_cast(&value, "TEXT") => format!("CAST({value} AS TEXT)"),
            Affinity::Numeric if !is_cast(&value, "INTEGER") && !is_cast(&value, "NUMERIC") => {
                format!("CAST({value} AS NUMERIC)")
            }
            Affinity::Time if is_number(&value) => format!("CAST({value} AS NUMERIC)"),
            Affinity::Real if !is_cast(&value, "REAL") => format!("CAST({value} AS REAL)"),
            Affinity::Text | Affinity::Numeric | Affinity::Time | Affinity::Real | Affinity::None => value,
        };
        self.collated(column, typed)
    }

    /// A value that compares by the collation of its column.
    pub(super) fn collated(&self, column: &Column, value: String) -> String {
        let previous = self.table.previous.column(&column.name);
        // A cast keeps the collation of the column in it.
        let kept =
            || previous.is_some_and(|previous| previous.collation.is_some()) && value != identifier(&column.name);
        let from = previous.filter(|_| value == identifier(&column.name));
        match collation(from, column).or_else(|| kept().then_some("BINARY")) {
            Some(collation) => format!("{} COLLATE {collation}", enclosed(&value)),
            None => value,
        }
    }
}

/// Whether a column stores a literal without a word: of text anything but bytes, and any other column nothing but its own kind.
pub(super) fn fits(value: &str, to: Affinity) -> bool {
    match to {
        _ if value.eq_ignore_ascii_case("NULL") => true,
        Affinity::Text => is_text(value) || is_number(value),
        Affinity::Numeric | Affinity::Time | Affinity::Real => is_number(value),
        Affinity::None => true,
    }
}

/// The collation of a column, where it is not that of the column that its value is taken from (<https://www.sqlite.org/datatype3.html#collation>).
fn collation<'a>(from: Option<&Column>, column: &'a Column) -> Option<&'a str> {
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

/// Functions that give texts and nothing else (<https://www.sqlite.org/lang_corefunc.html>).
const TO_TEXT: [&str; 11] =
    ["lower", "upper", "trim", "ltrim", "rtrim", "replace", "printf", "format", "hex", "quote", "typeof"];

/// Whether a value is a call of one of these functions and nothing else.
fn is_call(value: &str, names: &[&str]) -> bool {
    let all = tokens(value, Dialect::Sqlite);
    let is_one = matches!(all.as_slice(), [name, open, ..] if names.iter().any(|known| name.is_word(known)) && open.is_symbol("("));
    is_one && enclosed(value) == value
}

/// Whether a value is one text.
fn is_text(value: &str) -> bool {
    matches!(tokens(value, Dialect::Sqlite).as_slice(), [one] if one.kind == TokenKind::Text && !one.text.starts_with(['x', 'X']))
}

/// Whether a literal is a text that a numeric column would take for a number.
fn is_number_in_quotes(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Text && is_number(token.text)
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
