//! What existing rows must not hold, asked before a statement would fail on them.
//!
//! Unlike a rebuild, `ALTER TABLE` works step by step: so each question is about the columns as they are by then.

use super::part::Part;
use crate::dialect::Dialect;
use crate::diff::listed;
use crate::pair::Pair;
use crate::plan::demand::{Demand, in_words, repeated};
use crate::plan::work::inline;
use crate::render::quote::{identifier, qualified};
use crate::schema::{Check, Column, ForeignKey, Index, IndexKey, Name, Table};
use crate::split::{mentions, tokens};

/// Values that a cast would not carry over.
pub(super) fn lost(table: &Table, column: &Name, (what, condition): (String, String)) -> Demand {
    Demand { what: format!("values of {}.{column} {what}", table.name), columns: vec![column.clone()], condition }
}

/// NULLs where none may be.
pub(super) fn nulls(table: &Table, column: &Name) -> Demand {
    Demand {
        what: format!("NULLs in {}.{column}", table.name),
        columns: vec![column.clone()],
        condition: format!("{} IS NULL", identifier(column)),
    }
}

/// Rows for which an expression comes to nothing.
pub(super) fn no_value(table: &Table, column: &Name, expression: &str) -> Demand {
    Demand {
        what: format!("rows of {} that get no value for {column}", table.name),
        columns: mentioned(table, expression),
        condition: format!("({}) IS NULL", inline(expression)),
    }
}

/// Any rows at all, when nothing says what they get.
pub(super) fn rows(table: &Table, column: &Column) -> Demand {
    Demand {
        what: format!("rows of {}, for which nothing says what {} is", table.name, column.name),
        columns: Vec::new(),
        condition: String::new(),
    }
}

/// What a part that comes to a table asks of its rows.
pub(super) fn of_part(table: &Table, part: Part<'_>) -> Option<Demand> {
    match part {
        Part::PrimaryKey(key) => Some(repeated_columns(table, &key.columns, &|name| identifier(name))),
        Part::Unique(unique) if unique.nulls_not_distinct => None,
        Part::Unique(unique) => Some(repeated_columns(table, &unique.columns, &|name| identifier(name))),
        Part::Index(index) if !index.unique || index.nulls_not_distinct => None,
        Part::Index(index) => Some(repeated_in_index(table, index)),
        Part::ForeignKey(key) => Some(orphans(table, key)),
        Part::Check(check) => Some(breaking(table, check)),
        // Its operators are its own.
        Part::Exclusion(_) => None,
    }
}

/// Rows that have the same values in some columns as others. `value` is what stands for a column.
pub(super) fn repeated_columns(table: &Table, columns: &[Name], value: &dyn Fn(&Name) -> String) -> Demand {
    repeated(table, columns, &columns.iter().map(value).collect::<Vec<_>>(), None)
}

fn repeated_in_index(table: &Table, index: &Index) -> Demand {
    let value = |key: &IndexKey| match key {
        IndexKey::Column(name) => identifier(name),
        IndexKey::Expression(sql) => format!("({})", inline(sql.text())),
    };
    let values: Vec<String> = index.parts.iter().map(|part| value(&part.key)).collect();
    let part = Part::Index(index);
    let names = table.columns.iter().map(|column| &column.name);
    let columns: Vec<Name> = names.filter(|name| part.is_over(name) || part.mentions(name)).cloned().collect();
    repeated(table, &columns, &values, index.condition.as_ref().map(|sql| inline(sql.text())))
}

/// A row refers to something unless one of its values is NULL.
fn orphans(table: &Table, key: &ForeignKey) -> Demand {
    const PARENT: &str = "enamel_parent";
    let own = |column: &Name| format!("{}.{}", qualified(&table.name), identifier(column));
    let nullable = |column: &&Name| table.column(column).is_none_or(|column| column.nullable);
    let present: String = key
        .columns
        .iter()
        .filter(nullable)
        .map(|column| format!("{} IS NOT NULL\n  AND ", identifier(column)))
        .collect();
    let pairs = key.columns.iter().zip(&key.referenced_columns);
    let same = pairs.map(|(column, there)| format!("{}.{} = {}", identifier(PARENT), identifier(there), own(column)));
    let same = same.collect::<Vec<_>>().join("\n      AND ");
    let parent = qualified(&key.referenced_table);
    let are = if key.columns.len() > 1 { "are" } else { "is" };
    Demand {
        what: format!("rows of {} whose {} {are} not in {}", table.name, in_words(&key.columns), key.referenced_table),
        columns: key.columns.clone(),
        condition: format!(
            "{present}NOT EXISTS (\n    SELECT 1\n    FROM {parent} AS {}\n    WHERE {same}\n)",
            identifier(PARENT)
        ),
    }
}

fn breaking(table: &Table, check: &Check) -> Demand {
    let text = check.expression.text();
    let what = match listed(&check.expression) {
        Some((column, values)) => format!("whose {column} is none of {}", values.join(", ")),
        None => format!("that break the check {}", text.split_whitespace().collect::<Vec<_>>().join(" ")),
    };
    Demand {
        what: format!("rows of {} {what}", table.name),
        columns: mentioned(table, text),
        condition: format!("NOT ({})", inline(text)),
    }
}

fn mentioned(table: &Table, expression: &str) -> Vec<Name> {
    let names = table.columns.iter().map(|column| &column.name);
    names.filter(|name| mentions(expression, name.as_str())).cloned().collect()
}

/// Whether an expression is one literal other than NULL, or one of the words that stand for the beginning of the transaction.
pub(super) fn is_value(sql: &str) -> bool {
    let words: Vec<_> = tokens(sql, Dialect::Postgres).into_iter().filter(|token| !token.is_trivia()).collect();
    let is_time = matches!(words.as_slice(), [word] if ["CURRENT_TIMESTAMP", "CURRENT_DATE"].iter().any(|time| word.is_word(time)));
    let is_now = matches!(words.as_slice(), [now, open, close] if now.is_word("now") && open.is_symbol("(") && close.is_symbol(")"));
    is_time || is_now || crate::plan::work::is_value(sql)
}

/// Both ends of a column compare alike: numbers stay the numbers that they were.
pub(super) fn compares_as_before(column: Pair<&Column>) -> bool {
    const NUMBERS: [&str; 4] = ["smallint", "integer", "bigint", "numeric"];
    let is_number = |column: &Column| {
        let spelling = crate::render::quote::data_type(&column.data_type);
        NUMBERS.contains(&spelling.as_str())
    };
    crate::diff::same_type(&column.previous.data_type, &column.next.data_type)
        || is_number(column.previous) && is_number(column.next)
}
