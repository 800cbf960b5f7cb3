//! Answers, which must each fit something.

use crate::change::{column_words, table_words};
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::nearest::nearest;
use crate::pair::Pair;
use crate::schema::{Name, Sql, TableName};
use crate::settle::Settling;
use crate::settle::rename::value_words;
use std::collections::BTreeMap;

/// The answers with each table by its next name. Those whose table is not in the models are told as errors, and left out.
pub(super) fn by_next_names(settling: &mut Settling<'_>, answers: &Edits) -> Edits {
    let mut renamed = Edits { columns: Vec::new(), dropped_columns: Default::default(), ..answers.clone() };
    for (table, column) in &answers.columns {
        if let Some(table) = next_table(settling, table, "rename", &column.previous) {
            renamed.columns.push((table, column.clone()));
        }
    }
    for (table, column) in &answers.dropped_columns {
        if let Some(table) = next_table(settling, table, "drop", column) {
            renamed.dropped_columns.insert((table, column.clone()));
        }
    }
    renamed.backfills = keys_by_next_names(settling, &answers.backfills, "backfill");
    renamed.conversions = keys_by_next_names(settling, &answers.conversions, "convert");
    renamed
}

fn keys_by_next_names<V: Clone>(
    settling: &mut Settling<'_>,
    answers: &BTreeMap<(TableName, Name), V>,
    verb: &str,
) -> BTreeMap<(TableName, Name), V> {
    let mut renamed = BTreeMap::new();
    for ((table, column), value) in answers {
        if let Some(table) = next_table(settling, table, verb, column) {
            renamed.insert((table, column.clone()), value.clone());
        }
    }
    renamed
}

fn next_table(settling: &mut Settling<'_>, table: &TableName, verb: &str, column: &Name) -> Option<TableName> {
    let next = settling.schemas.next;
    let found = [table, settling.known.next_table(table)].into_iter().find(|name| next.table(name).is_some());
    if found.is_none() {
        let names: Vec<_> = next.tables.iter().map(|table| table_words(&table.name)).collect();
        let what = column_words(table, column);
        let message = format!("cannot {verb} {what}: the models have no table {}", table_words(table));
        let diagnostic = with_names(Diagnostic::error(message), "tables", &table_words(table), &names);
        let as_table = TableName { schema: Some(table.name.clone()), name: column.clone() };
        let meant_table = settling.schemas.previous.table(&as_table).is_some();
        settling.errors.push(match meant_table {
            true => diagnostic.with_hint(format!("for the table of this name, write `table {what}`")),
            false => diagnostic,
        });
    }
    found.cloned()
}

/// Tells the answers that came to nothing. Renames have told already.
pub(super) fn unused(settling: &mut Settling<'_>, answers: &Edits) {
    for table in answers.dropped_tables.difference(&settling.known.dropped_tables) {
        let Pair { previous, next } = settling.schemas.map(|schema| schema.table(table).is_some());
        let reason = match (previous, next) {
            (_, true) => "the models still have it".to_owned(),
            (true, false) => "it is renamed".to_owned(),
            (false, false) => format!("the last revision has no table {}", table_words(table)),
        };
        let went = settling.schemas.previous.tables.iter().map(|table| &table.name);
        let went: Vec<_> = went.filter(|name| settling.schemas.next.table(name).is_none()).map(table_words).collect();
        let diagnostic = Diagnostic::error(format!("cannot drop table {}: {reason}", table_words(table)));
        settling.errors.push(with_names(diagnostic, "tables that went", &table_words(table), &went));
    }
    for (table, column) in answers.dropped_columns.difference(&settling.known.dropped_columns) {
        let what = column_words(table, column);
        let columns = settling.columns(table);
        let reason = match (columns.previous.contains(&column), columns.next.contains(&column)) {
            (_, true) => "the models still have it".to_owned(),
            (true, false) => "it is renamed".to_owned(),
            (false, false) => format!("the last revision has no column {what}"),
        };
        let went = columns.previous.iter().filter(|name| !columns.next.contains(name));
        let went: Vec<_> = went.map(|name| column_words(table, name)).collect();
        let diagnostic = Diagnostic::error(format!("cannot drop {what}: {reason}"));
        settling.errors.push(with_names(diagnostic, "columns that went", &what, &went));
    }
    for (name, value) in answers.dropped_values.difference(&settling.known.dropped_values) {
        let what = value_words(name, value);
        let values = settling.schemas.map(|schema| {
            let values = schema.enumeration(name).into_iter().flat_map(|enumeration| &enumeration.values);
            values.map(|value| &value.name).collect::<Vec<_>>()
        });
        let reason = match (values.previous.contains(&value), values.next.contains(&value)) {
            (_, true) => "the models still have it".to_owned(),
            (true, false) => "it is renamed".to_owned(),
            (false, false) => format!("the last revision has no value {what}"),
        };
        let went = values.previous.iter().filter(|value| !values.next.contains(value));
        let went: Vec<_> = went.map(|value| value_words(name, value)).collect();
        let diagnostic = Diagnostic::error(format!("cannot drop {what}: {reason}"));
        settling.errors.push(with_names(diagnostic, "values that went", &what, &went));
    }
    elsewhere(settling, &answers.backfills, "backfill");
    elsewhere(settling, &answers.conversions, "convert");
    let unused = answers.backfills.keys().filter(|key| !settling.known.backfills.contains_key(key));
    let unused: Vec<_> =
        unused.map(|key| unfit_value(settling, key, "backfill", "its rows have their values")).collect();
    settling.errors.extend(unused);
    let unused = answers.conversions.keys().filter(|key| !settling.known.conversions.contains_key(key));
    let unused: Vec<_> = unused.map(|key| unfit_value(settling, key, "convert", "its type stays as it is")).collect();
    settling.errors.extend(unused);
}

/// Tells what is said for databases that are none of the project's.
fn elsewhere(settling: &mut Settling<'_>, answers: &BTreeMap<(TableName, Name), Sql>, verb: &str) {
    let is_one = |dialect: &Dialect| settling.dialects.is_empty() || settling.dialects.contains(dialect);
    let told = answers.iter().flat_map(|((table, column), sql)| {
        let elsewhere = sql.by_dialect.keys().filter(|dialect| !is_one(dialect));
        elsewhere.map(move |dialect| {
            let message = format!("cannot {verb} {} for {dialect}", column_words(table, column));
            Diagnostic::error(format!("{message}: there are no revisions for {}", dialect.title()))
        })
    });
    let told: Vec<Diagnostic> = told.collect();
    settling.errors.extend(told);
}

fn unfit_value(settling: &Settling<'_>, (table, column): &(TableName, Name), verb: &str, reason: &str) -> Diagnostic {
    let what = column_words(table, column);
    let columns = settling.columns(table);
    if columns.next.contains(&column) {
        let is_new = settling.schemas.previous.table(settling.known.previous_table(table)).is_none();
        let reason = if is_new { "its table is new and has no rows" } else { reason };
        return Diagnostic::error(format!("cannot {verb} {what}: {reason}"));
    }
    let names: Vec<_> = columns.next.iter().map(|name| column_words(table, name)).collect();
    let diagnostic = Diagnostic::error(format!("cannot {verb} {what}: the models have no such column"));
    with_names(diagnostic, "columns", &what, &names)
}

fn with_names(diagnostic: Diagnostic, what: &str, written: &str, names: &[String]) -> Diagnostic {
    let listed = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let diagnostic = diagnostic.with_note(format!("{what}: {listed}"));
    match nearest(written, names.iter().map(String::as_str)) {
        Some(meant) if meant != written => diagnostic.with_hint(format!("did you mean {meant}?")),
        Some(_) | None => diagnostic,
    }
}

impl<'a> Settling<'a> {
    /// The columns of a table, by its next name, at both ends.
    fn columns(&self, table: &TableName) -> Pair<Vec<&'a Name>> {
        let Pair { previous, next } = self.schemas;
        let tables = Pair::new(previous.table(self.known.previous_table(table)), next.table(table));
        tables.map(|table| table.into_iter().flat_map(|table| &table.columns).map(|column| &column.name).collect())
    }
}
