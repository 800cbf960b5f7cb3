//! What the ends of a change have, in words, for whom neither end is the past of the other.

use crate::change::Change;
use crate::change::words::*;
use crate::diff::differing;
use crate::pair::Pair;
use crate::schema::Column;

/// What [`Change::difference`] says.
pub(super) fn difference(change: &Change, previous_is: &str, next_is: &str) -> String {
    let Difference { subject, ends } = ends(change);
    one_line(&format!("{subject}: {next_is} {}, {previous_is} {}", ends.next, ends.previous))
}

/// What a change is about, and what each end has there.
struct Difference {
    subject: String,
    ends: Pair<String>,
}

fn ends(change: &Change) -> Difference {
    let added = |subject: String, what: String, kind: &str| Difference {
        subject,
        ends: Pair::new(format!("no such {kind}"), what),
    };
    let dropped = |subject: String, what: String, kind: &str| Difference {
        subject,
        ends: Pair::new(what, format!("no such {kind}")),
    };
    match change {
        Change::CreateExtension(extension) => added(extension.clone(), "this extension".to_owned(), "extension"),
        Change::DropExtension(extension) => dropped(extension.clone(), "this extension".to_owned(), "extension"),
        Change::CreateEnumeration(enumeration) => {
            added(identifier(&enumeration.name), format!("an enum of {}", values(enumeration)), "enum")
        }
        Change::DropEnumeration(enumeration) => {
            dropped(identifier(&enumeration.name), format!("an enum of {}", values(enumeration)), "enum")
        }
        Change::AlterEnumeration { enumeration, .. } => Difference {
            subject: identifier(&enumeration.next.name),
            ends: enumeration.as_ref().map(|end| format!("an enum of {}", values(end))),
        },
        Change::CreateTable(table) => added(table_words(&table.name), "this table".to_owned(), "table"),
        Change::DropTable(table) => dropped(table_words(&table.name), "this table".to_owned(), "table"),
        Change::RenameTable(table) => Difference {
            subject: table_words(&table.next),
            ends: table.as_ref().map(|name| format!("the name {}", table_words(name))),
        },
        Change::AlterTableOptions { table, options } => Difference {
            subject: table_words(table),
            ends: options.as_ref().map(|options| or_nothing(option_words(options).join(" "), "no options")),
        },
        Change::CommentTable { table, comment } => Difference {
            subject: table_words(table),
            ends: comment.as_ref().map(|comment| comment_words(comment.as_deref())),
        },
        Change::AddColumn { table, column } => added(column_words(table, &column.name), definition(column), "column"),
        Change::DropColumn { table, column } => {
            dropped(column_words(table, &column.name), definition(column), "column")
        }
        Change::RenameColumn { table, column } => Difference {
            subject: column_words(table, &column.next),
            ends: column.as_ref().map(|name| format!("the name {}", identifier(name))),
        },
        Change::AlterColumn { table, column } => {
            Difference { subject: column_words(table, &column.next.name), ends: column_ends(column) }
        }
        Change::AlterPrimaryKey { table, primary_key } => Difference {
            subject: table_words(table),
            ends: primary_key.as_ref().map(|key| match key {
                Some(key) => format!("primary key {}{}", stated(&key.name), list(&key.columns)),
                None => "no primary key".to_owned(),
            }),
        },
        Change::AddUnique { table, unique } => added(table_words(table), unique_words(table, unique), "constraint"),
        Change::DropUnique { table, unique } => dropped(table_words(table), unique_words(table, unique), "constraint"),
        Change::AddIndex { table, index } => added(table_words(table), index_words(table, index), "index"),
        Change::DropIndex { table, index } => dropped(table_words(table), index_words(table, index), "index"),
        Change::AddForeignKey { table, foreign_key } => {
            added(table_words(table), foreign_key_words(table, foreign_key), "key")
        }
        Change::DropForeignKey { table, foreign_key } => {
            dropped(table_words(table), foreign_key_words(table, foreign_key), "key")
        }
        Change::AddCheck { table, check } => {
            added(table_words(table), format!("check {}({})", stated(&check.name), sql(&check.expression)), "check")
        }
        Change::DropCheck { table, check } => {
            dropped(table_words(table), format!("check {}({})", stated(&check.name), sql(&check.expression)), "check")
        }
        Change::AddExclusion { table, exclusion } => {
            added(table_words(table), exclusion_words(table, exclusion), "constraint")
        }
        Change::DropExclusion { table, exclusion } => {
            dropped(table_words(table), exclusion_words(table, exclusion), "constraint")
        }
    }
}

/// Each thing that differs, by itself at each end.
fn column_ends(column: &Pair<Column>) -> Pair<String> {
    let Pair { previous, next } = column;
    let differing = differing(previous, next);
    let mut words = Pair::new(Vec::new(), Vec::new());
    let mut facet = |differs: bool, describe: &dyn Fn(&Column) -> String| {
        if differs {
            words.previous.push(describe(previous));
            words.next.push(describe(next));
        }
    };
    facet(differing.data_type, &|end| type_words(&end.data_type));
    facet(differing.nullable, &|end| if end.nullable { "NULL" } else { "NOT NULL" }.to_owned());
    facet(differing.default, &|end| {
        end.default.as_ref().map_or("no default".to_owned(), |default| format!("DEFAULT {}", default_words(default)))
    });
    facet(differing.generated, &|end| end.generated.as_ref().map_or("an ordinary column".to_owned(), generated_words));
    facet(differing.identity, &|end| end.identity.map_or_else(|| "no identity".to_owned(), identity_words));
    facet(differing.collation, &|end| {
        end.collation.as_ref().map_or("no collation".to_owned(), |collation| format!("COLLATE {}", sql(collation)))
    });
    facet(differing.comment, &|end| comment_words(end.comment.as_deref()));
    words.map(|words| words.join(" "))
}

fn or_nothing(words: String, nothing: &str) -> String {
    if words.is_empty() { nothing.to_owned() } else { words }
}
