//! Columns, in `CREATE TABLE` and in `ALTER TABLE` (<https://www.postgresql.org/docs/13/sql-altertable.html>).

use super::{alter_table, counting};
use crate::dialect::Dialect;
use crate::diff::differing;
use crate::pair::Pair;
use crate::render::expression::{is_call, is_literal, parenthesised};
use crate::render::quote::{data_type, identifier, qualified, text};
use crate::schema::{Column, DefaultValue, Sql, TableName};
use crate::split::{TokenKind, tokens};

/// A column's definition.
pub(super) fn definition(column: &Column) -> String {
    let mut definition = format!("{} {}", identifier(&column.name), data_type(&column.data_type));
    if let Some(collation) = &column.collation {
        definition.push_str(&format!(" COLLATE {}", self::collation(collation.text())));
    }
    if !column.nullable {
        definition.push_str(" NOT NULL");
    }
    if let Some(DefaultValue::Sql(sql)) = &column.default {
        definition.push_str(&format!(" DEFAULT {}", default(sql)));
    }
    if let Some(kept) = column.identity {
        definition.push_str(&format!(" {}", counting::definition(kept)));
    }
    if let Some(generated) = &column.generated {
        let expression = parenthesised(generated.expression.text(), Dialect::Postgres);
        definition.push_str(&format!(" GENERATED ALWAYS AS {expression} STORED"));
    }
    definition
}

/// A new column.
pub(super) fn add(table: &TableName, column: &Column) -> Vec<String> {
    let mut statements = vec![alter_table(table, &[format!("ADD COLUMN {}", definition(column))])];
    statements.extend(column.comment.is_some().then(|| comment(table, column)));
    statements
}

/// The next type and collation of a column.
pub(super) fn retype(next: &Column, using: Option<&str>) -> String {
    let mut action = format!("ALTER COLUMN {} TYPE {}", identifier(&next.name), data_type(&next.data_type));
    if let Some(collation) = &next.collation {
        action.push_str(&format!(" COLLATE {}", self::collation(collation.text())));
    }
    if let Some(using) = using {
        action.push_str(&format!(" USING {using}"));
    }
    action
}

/// Everything that differs between the two ends of a column.
pub(super) fn alter(table: &TableName, column: Pair<&Column>) -> Vec<String> {
    let Pair { previous, next } = column;
    let differing = differing(previous, next);
    let name = identifier(&next.name);
    if differing.generated && next.generated.is_some() {
        let again = [format!("DROP COLUMN {name}"), format!("ADD COLUMN {}", definition(next))];
        return vec![alter_table(table, &again)];
    }
    let mut actions = Vec::new();
    let mut action = |words: String| actions.push(format!("ALTER COLUMN {name} {words}"));
    if differing.generated {
        action("DROP EXPRESSION".to_owned());
    }
    if differing.identity && next.identity.is_none() {
        action("DROP IDENTITY".to_owned());
    }
    if differing.default && next.default.is_none() {
        action("DROP DEFAULT".to_owned());
    }
    if differing.data_type || differing.collation {
        actions.push(retype(next, None));
    }
    let mut action = |words: String| actions.push(format!("ALTER COLUMN {name} {words}"));
    if let Some(DefaultValue::Sql(sql)) = next.default.as_ref().filter(|_| differing.default) {
        action(format!("SET DEFAULT {}", default(sql)));
    }
    if differing.nullable {
        action(if next.nullable { "DROP NOT NULL" } else { "SET NOT NULL" }.to_owned());
    }
    if let Some(kept) = next.identity.filter(|_| differing.identity) {
        action(match previous.identity {
            Some(former) => counting::alter(Pair::new(former, kept), next),
            None => format!("ADD {}", counting::definition(kept)),
        });
    }
    let mut statements = Vec::new();
    if !actions.is_empty() {
        statements.push(alter_table(table, &actions));
    }
    statements.extend(differing.comment.then(|| comment(table, next)));
    statements
}

pub(super) fn comment(table: &TableName, column: &Column) -> String {
    let comment = column.comment.as_deref().map_or("NULL".to_owned(), text);
    format!("COMMENT ON COLUMN {}.{} IS {comment}", qualified(table), identifier(&column.name))
}

/// A collation is a name; one that has a schema is written with its quotes.
pub(super) fn collation(text: &str) -> String {
    if text.contains('"') { text.to_owned() } else { identifier(text.trim()) }
}

/// What binds as one stands as it is, all else in parentheses.
fn default(sql: &Sql) -> String {
    let sql = sql.text();
    if is_literal(sql, Dialect::Postgres) || is_call(sql, Dialect::Postgres) || is_cast_literal(sql) {
        sql.to_owned()
    } else {
        parenthesised(sql, Dialect::Postgres)
    }
}

/// `'{}'::text[]`
fn is_cast_literal(sql: &str) -> bool {
    let all = tokens(sql, Dialect::Postgres);
    let [literal, cast, name, rest @ ..] = all.as_slice() else { return false };
    let is_name = matches!(name.kind, TokenKind::Word | TokenKind::Quoted);
    literal.kind == TokenKind::Text
        && cast.is_symbol("::")
        && is_name
        && rest.iter().all(|token| token.is_symbol("[") || token.is_symbol("]"))
}
