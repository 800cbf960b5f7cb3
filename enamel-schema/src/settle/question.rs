//! Questions in words, and what answers them.

use crate::answer::{Answer, Filling};
use crate::change::{column_words, table_words};
use crate::pair::Pair;
use crate::plan::HazardKind;
use crate::schema::{Name, TableName};
use crate::settle::Question;
use crate::settle::rename::value_words;

/// What [`Question::text`] says.
pub(super) fn text(question: &Question) -> String {
    match question {
        Question::RenamedColumn { table, next, candidates } => {
            let candidates: Vec<_> = candidates.iter().map(|name| column_words(table, name)).collect();
            renamed(&column_words(table, next), &candidates, "column")
        }
        Question::RenamedTable { next, candidates } => {
            let candidates: Vec<_> = candidates.iter().map(table_words).collect();
            renamed(&table_words(next), &candidates, "table")
        }
        Question::RenamedValue { enumeration, next, candidates } => {
            let candidates: Vec<_> = candidates.iter().map(|value| value_words(enumeration, value)).collect();
            renamed(&value_words(enumeration, next), &candidates, "value")
        }
        Question::Backfill { table, column, example: _ } => {
            format!("{} may not be NULL: what do the rows that are there get?", column_words(table, column))
        }
        Question::Convert { table, column, dialect, types: Pair { previous, next }, example: _ } => {
            let on = dialect.map(|dialect| format!(" on {}", dialect.title())).unwrap_or_default();
            format!(
                "{} was {previous} and is to be {next}{on}: what becomes of the values that are there?",
                column_words(table, column)
            )
        }
        Question::DropColumn { table, column } => {
            format!("{} is gone from the models: may it go, with what is in it?", column_words(table, column))
        }
        Question::ComputeColumn { table, column } => {
            format!("{} is computed from now on: may what is in it go?", column_words(table, column))
        }
        Question::DropTable { table } => {
            format!("{} is gone from the models: may the table go, with what is in it?", table_words(table))
        }
    }
}

fn renamed(next: &str, candidates: &[String], what: &str) -> String {
    match candidates {
        [candidate] => format!("{candidate} is gone and {next} is new: is it the same {what} with another name?"),
        _ => format!("{} are gone and {next} is new: is it one of them with another name?", candidates.join(", ")),
    }
}

/// What [`Question::answers`] says.
pub(super) fn answers(question: &Question) -> Vec<Answer> {
    match question {
        Question::RenamedColumn { table, next, candidates } => {
            let rename = |name: &Name| Answer::RenameColumn {
                table: table.clone(),
                column: Pair::new(name.clone(), next.clone()),
            };
            let drop = |name: &Name| Answer::DropColumn { table: table.clone(), column: name.clone() };
            candidates.iter().map(rename).chain(candidates.iter().map(drop)).collect()
        }
        Question::RenamedTable { next, candidates } => {
            let rename = |name: &TableName| Answer::RenameTable(Pair::new(name.clone(), next.clone()));
            let drop = |name: &TableName| Answer::DropTable(name.clone());
            candidates.iter().map(rename).chain(candidates.iter().map(drop)).collect()
        }
        Question::RenamedValue { enumeration, next, candidates } => {
            let rename = |value: &String| Answer::RenameValue {
                enumeration: enumeration.clone(),
                value: Pair::new(value.clone(), next.clone()),
            };
            let drop = |value: &String| Answer::DropValue { enumeration: enumeration.clone(), value: value.clone() };
            candidates.iter().map(rename).chain(candidates.iter().map(drop)).collect()
        }
        Question::Backfill { table, column, example } => vec![Answer::Backfill(Filling {
            table: table.clone(),
            column: column.clone(),
            dialect: None,
            sql: example.clone(),
        })],
        Question::Convert { table, column, dialect, types: _, example } => vec![Answer::Convert(Filling {
            table: table.clone(),
            column: column.clone(),
            dialect: *dialect,
            sql: example.clone(),
        })],
        Question::DropColumn { table, column } | Question::ComputeColumn { table, column } => vec![
            Answer::DropColumn { table: table.clone(), column: column.clone() },
            Answer::Allow(HazardKind::DataLoss),
        ],
        Question::DropTable { table } => {
            vec![Answer::DropTable(table.clone()), Answer::Allow(HazardKind::DataLoss)]
        }
    }
}
