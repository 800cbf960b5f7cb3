//! Indexes (<https://www.postgresql.org/docs/13/sql-createindex.html>).

use super::column::collation;
use crate::dialect::Dialect;
use crate::pair::Pair;
use crate::render::expression::parenthesised;
use crate::render::quote::{identifier, identifiers, qualified};
use crate::schema::{Index, IndexKey, IndexPart, Name, NullsOrder, TableName};

pub(super) fn create(table: &TableName, index: &Index) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let method = index.method.as_ref().map(|method| format!(" USING {method}")).unwrap_or_default();
    let parts: Vec<String> = index.parts.iter().map(part).collect();
    let name = index.name.name().map(identifier).unwrap_or_default();
    let mut text = format!("CREATE {unique}INDEX {name} ON {}{method} ({})", qualified(table), parts.join(", "));
    if !index.include.is_empty() {
        text.push_str(&format!(" INCLUDE ({})", identifiers(&index.include)));
    }
    if index.unique && index.nulls_not_distinct {
        text.push_str(" NULLS NOT DISTINCT");
    }
    if !index.with.is_empty() {
        let with: Vec<String> = index.with.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        text.push_str(&format!(" WITH ({})", with.join(", ")));
    }
    if let Some(condition) = &index.condition {
        text.push_str(&format!("\nWHERE {}", condition.text()));
    }
    text
}

/// An index lives in the schema of its table.
pub(super) fn drop(table: &TableName, index: &Index) -> String {
    let name = index.name.name().map(|name| in_schema(table, name)).unwrap_or_default();
    format!("DROP INDEX {name}")
}

pub(super) fn rename(table: &TableName, name: &Pair<Name>) -> String {
    format!("ALTER INDEX {} RENAME TO {}", in_schema(table, &name.previous), identifier(&name.next))
}

fn in_schema(table: &TableName, index: &Name) -> String {
    qualified(&TableName { schema: table.schema.clone(), name: index.clone() })
}

fn part(part: &IndexPart) -> String {
    let mut text = match &part.key {
        IndexKey::Column(name) => identifier(name),
        IndexKey::Expression(sql) => parenthesised(sql.text(), Dialect::Postgres),
    };
    if let Some(name) = &part.collation {
        text.push_str(&format!(" COLLATE {}", collation(name)));
    }
    if let Some(operator_class) = &part.operator_class {
        text.push_str(&format!(" {operator_class}"));
    }
    if part.descending {
        text.push_str(" DESC");
    }
    text.push_str(match part.nulls {
        None => "",
        Some(NullsOrder::First) => " NULLS FIRST",
        Some(NullsOrder::Last) => " NULLS LAST",
    });
    text
}
