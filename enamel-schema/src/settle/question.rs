//! Questions in words, and the flags that answer them.

use crate::change::{column_words, identifier, table_words};
use crate::schema::{Name, TableName};
use crate::settle::Question;

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
        Question::Backfill { table, column, example: _ } => {
            format!("{} may not be NULL: what do the rows that are there get?", column_words(table, column))
        }
        Question::DropColumn { table, column } => {
            format!("{} is gone from the models: may it go, with what is in it?", column_words(table, column))
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

/// What [`Question::flags`] says.
pub(super) fn flags(question: &Question) -> Vec<String> {
    match question {
        Question::RenamedColumn { table, next, candidates } => {
            let rename = |name: &Name| flag("rename", &format!("{}={}", column_words(table, name), identifier(next)));
            let drop = |name: &Name| flag("drop", &column_words(table, name));
            candidates.iter().map(rename).chain(candidates.iter().map(drop)).collect()
        }
        Question::RenamedTable { next, candidates } => {
            let rename = |name: &TableName| flag("rename", &format!("{}={}", table_words(name), table_words(next)));
            let drop = |name: &TableName| flag("drop", &table_words(name));
            candidates.iter().map(rename).chain(candidates.iter().map(drop)).collect()
        }
        Question::Backfill { table, column, example } => {
            vec![format!("--backfill {}", double_quoted(&format!("{}={example}", column_words(table, column))))]
        }
        Question::DropColumn { table, column } => drop_flags(&column_words(table, column)),
        Question::DropTable { table } => drop_flags(&table_words(table)),
    }
}

fn drop_flags(what: &str) -> Vec<String> {
    vec![flag("drop", what), "--allow data-loss".to_owned()]
}

fn flag(name: &str, value: &str) -> String {
    let plain = value.chars().all(|character| character.is_alphanumeric() || "_.=".contains(character));
    if plain { format!("--{name} {value}") } else { format!("--{name} {}", double_quoted(value)) }
}

/// For a shell: in double quotes, or in single ones where a shell would read what stands in double ones.
fn double_quoted(value: &str) -> String {
    if value.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", value.replace('\'', r"'\''"))
    } else {
        format!("\"{value}\"")
    }
}
