//! What a change does, in words.

use crate::change::Change;
use crate::change::words::*;
use crate::diff::differing;
use crate::pair::Pair;
use crate::schema::{Column, Enumeration, PrimaryKey, Storage, TableName, TableOptions};

/// What [`Change::summary`] says.
pub(super) fn summary(change: &Change) -> String {
    one_line(&match change {
        Change::CreateExtension(extension) => format!("create extension {extension}"),
        Change::DropExtension(extension) => format!("extension {extension} is no longer needed"),
        Change::CreateEnumeration(enumeration) => {
            format!("create enum {} ({})", identifier(&enumeration.name), values(enumeration))
        }
        Change::DropEnumeration(enumeration) => format!("drop enum {}", identifier(&enumeration.name)),
        Change::AlterEnumeration { enumeration, renamed } => {
            let name = identifier(&enumeration.next.name);
            format!("enum {name}: {}", enumeration_changes(enumeration, renamed).join("; "))
        }
        Change::CreateTable(table) => format!("create table {}", table_words(&table.name)),
        Change::DropTable(table) => format!("drop table {}", table_words(&table.name)),
        Change::RenameTable(table) => {
            format!("rename table {} to {}", table_words(&table.previous), table_words(&table.next))
        }
        Change::AlterTableOptions { table, options } => {
            format!("{}: {}", table_words(table), option_changes(options).join("; "))
        }
        Change::CommentTable { table, comment } => {
            let table = table_words(table);
            match (&comment.previous, &comment.next) {
                (Some(previous), Some(next)) => {
                    format!("comment on {table}: {} becomes {}", quoted_text(previous), quoted_text(next))
                }
                (None, Some(next)) => format!("add comment on {table}: {}", quoted_text(next)),
                (Some(_), None) | (None, None) => format!("drop comment on {table}"),
            }
        }
        Change::AddColumn { table, column } => {
            format!("add column {} {}", column_words(table, &column.name), definition(column))
        }
        Change::DropColumn { table, column } => format!("drop column {}", column_words(table, &column.name)),
        Change::RenameColumn { table, column } => {
            format!("rename column {} to {}", column_words(table, &column.previous), identifier(&column.next))
        }
        Change::AlterColumn { table, column } => {
            format!("{}: {}", column_words(table, &column.next.name), column_changes(column).join("; "))
        }
        Change::AlterPrimaryKey { table, primary_key } => primary_key_change(table, primary_key),
        Change::AddUnique { table, unique } => format!("add {}", unique_words(table, unique)),
        Change::DropUnique { table, unique } => format!("drop {}", unique_words(table, unique)),
        Change::AddIndex { table, index } => format!("add {}", index_words(table, index)),
        Change::DropIndex { table, index } => match index.name.name() {
            Some(name) => format!("drop index {} on {}", identifier(name), table_words(table)),
            None => format!("drop {}", index_words(table, index)),
        },
        Change::AddForeignKey { table, foreign_key } => format!("add {}", foreign_key_words(table, foreign_key)),
        Change::DropForeignKey { table, foreign_key } => format!("drop {}", foreign_key_words(table, foreign_key)),
        Change::AddCheck { table, check } => format!("add {}", check_words(table, check)),
        Change::DropCheck { table, check } => format!("drop {}", check_words(table, check)),
        Change::AddExclusion { table, exclusion } => format!("add {}", exclusion_words(table, exclusion)),
        Change::DropExclusion { table, exclusion } => format!("drop {}", exclusion_words(table, exclusion)),
    })
}

/// Each thing that differs, from previous to next.
fn column_changes(column: &Pair<Column>) -> Vec<String> {
    let Pair { previous, next } = column;
    let differing = differing(previous, next);
    let mut changes = Vec::new();
    if differing.data_type {
        changes.push(format!("type {} becomes {}", type_words(&previous.data_type), type_words(&next.data_type)));
    }
    if differing.nullable {
        let words = if next.nullable { "NOT NULL becomes nullable" } else { "nullable becomes NOT NULL" };
        changes.push(words.to_owned());
    }
    let mut optional = |differs: bool, what: &str, describe: &dyn Fn(&Column) -> Option<String>| {
        if differs {
            changes.push(match (describe(previous), describe(next)) {
                (Some(previous), Some(next)) => format!("{what}{previous} becomes {next}"),
                (None, Some(next)) => format!("add {what}{next}"),
                (previous, None) => format!("drop {what}{}", previous.unwrap_or_default()),
            });
        }
    };
    optional(differing.default, "default ", &|end| end.default.as_ref().map(default_words));
    optional(differing.generated, "", &|end| end.generated.as_ref().map(generated_words));
    optional(differing.identity, "", &|end| end.identity.map(identity_words));
    optional(differing.collation, "collation ", &|end| end.collation.as_ref().map(sql));
    optional(differing.comment, "comment ", &|end| end.comment.as_deref().map(quoted_text));
    changes.extend(goes_on(previous, next).filter(|_| differing.identity).map(str::to_owned));
    changes
}

fn primary_key_change(table: &TableName, primary_key: &Pair<Option<PrimaryKey>>) -> String {
    let words = |key: &PrimaryKey| format!("{}{}", stated(&key.name), list(&key.columns));
    let table = table_words(table);
    match (&primary_key.previous, &primary_key.next) {
        (Some(previous), Some(next)) => {
            format!("{table}: primary key {} becomes {}", words(previous), words(next))
        }
        (None, Some(next)) => format!("add primary key {}", on(&next.name, &table, &list(&next.columns))),
        (Some(previous), None) => format!("drop primary key {}", on(&previous.name, &table, &list(&previous.columns))),
        (None, None) => format!("{table}: no primary key"),
    }
}

fn enumeration_changes(enumeration: &Pair<Enumeration>, renamed: &[Pair<String>]) -> Vec<String> {
    let Pair { previous, next } = enumeration;
    let mut changes: Vec<_> = renamed
        .iter()
        .map(|value| format!("rename value {} to {}", quoted_text(&value.previous), quoted_text(&value.next)))
        .collect();
    for value in &previous.values {
        let stays = next.values.iter().any(|other| other.name == value.name);
        if !stays && !renamed.iter().any(|pair| pair.previous == value.name) {
            changes.push(format!("drop value {}", quoted_text(&value.name)));
        }
    }
    for value in &next.values {
        let former = previous.values.iter().find(|other| other.name == value.name);
        match former {
            Some(former) if next.storage == Storage::Integer && former.discriminant != value.discriminant => {
                let name = quoted_text(&value.name);
                changes.push(format!("value {name}: {} becomes {}", former.discriminant, value.discriminant));
            }
            Some(_) => {}
            None if renamed.iter().any(|pair| pair.next == value.name) => {}
            None => changes.push(format!("add value {}", quoted_text(&value.name))),
        }
    }
    if previous.storage != next.storage {
        let words = |storage| match storage {
            Storage::Native => "native",
            Storage::Text => "text",
            Storage::Integer => "integer",
        };
        changes.push(format!("storage {} becomes {}", words(previous.storage), words(next.storage)));
    }
    changes
}

fn option_changes(options: &Pair<TableOptions>) -> Vec<String> {
    let words = options.as_ref().map(option_words);
    let dropped =
        words.previous.iter().filter(|word| !words.next.contains(word)).map(|word| format!("no longer {word}"));
    let added = words.next.iter().filter(|word| !words.previous.contains(word)).map(|word| format!("becomes {word}"));
    dropped.chain(added).collect()
}
