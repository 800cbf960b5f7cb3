//! Edits in the words of one database.

use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::render::quote;
use crate::schema::{Column, Enumeration, Name, Schema, Sql, Storage, Table, TableName, Type};
use crate::split;
use std::collections::BTreeMap;

type Expressions = BTreeMap<(TableName, Name), Sql>;

pub(super) fn lower(edits: &Edits, schemas: Pair<&Schema>, dialect: Dialect) -> Edits {
    let in_dialect = |expressions| after_renames(in_dialect(expressions, dialect), edits);
    let mut conversions = in_dialect(&edits.conversions);
    let is_type =
        |enumeration: &Enumeration| dialect.facts().named_enumerations && enumeration.storage == Storage::Native;
    for table in &schemas.next.tables {
        convert_renamed_values(table, edits, schemas, is_type, &mut conversions);
    }
    let names_type = |(name, _): &&(Name, Pair<String>)| schemas.next.enumeration(name).is_some_and(is_type);
    let values = edits.values.iter().filter(names_type).cloned().collect();
    Edits { values, backfills: in_dialect(&edits.backfills), conversions, ..edits.clone() }
}

fn in_dialect(expressions: &Expressions, dialect: Dialect) -> Expressions {
    expressions
        .iter()
        .filter_map(|(subject, sql)| Some((subject.clone(), Sql::new(sql.for_dialect(dialect)?))))
        .collect()
}

/// Columns bear their next names when an expression is used. Whoever wrote it may have thought of the former ones.
fn after_renames(mut expressions: Expressions, edits: &Edits) -> Expressions {
    for ((table, _), sql) in &mut expressions {
        let renamed = edits.columns.iter().filter(|(owner, _)| owner == table).map(|(_, column)| column);
        // A former name that is now another column's means that column.
        let gone = renamed.clone().filter(|pair| !renamed.clone().any(|other| other.next == pair.previous));
        let text = gone.fold(sql.text().to_owned(), |text, pair| {
            split::rename_in(&text, pair.previous.as_str(), pair.next.as_str())
        });
        *sql = Sql::new(text);
    }
    expressions
}

/// A conversion that the user wrote stands; it knows better.
fn convert_renamed_values(
    table: &Table,
    edits: &Edits,
    schemas: Pair<&Schema>,
    is_type: impl Fn(&Enumeration) -> bool,
    conversions: &mut Expressions,
) {
    for column in &table.columns {
        let Type::Enumeration(name) = &column.data_type else { continue };
        let Some(enumeration) = schemas.next.enumeration(name) else { continue };
        if !is_type(enumeration)
            && enumeration.storage != Storage::Integer
            && let Some(former) = held_before(table, &column.name, enumeration, edits, schemas.previous)
            && let Some(conversion) = renaming(&column.name, former, enumeration, edits)
        {
            conversions.entry((table.name.clone(), column.name.clone())).or_insert(conversion);
        }
    }
}

/// The column as it held values of the same enum before, under whatever name.
fn held_before<'a>(
    table: &Table,
    column: &Name,
    enumeration: &Enumeration,
    edits: &Edits,
    previous: &'a Schema,
) -> Option<&'a Column> {
    let former =
        previous.table(edits.previous_table(&table.name))?.column(edits.previous_column(&table.name, column))?;
    (former.data_type == Type::Enumeration(enumeration.name.clone())).then_some(former)
}

/// `CASE "role" WHEN 'admin' THEN 'owner' ELSE "role" END`. Values are told apart to the letter, whatever the column's collation.
fn renaming(column: &Name, former: &Column, enumeration: &Enumeration, edits: &Edits) -> Option<Sql> {
    let column = quote::identifier(column);
    let collated = if former.collation.is_some() { " COLLATE BINARY" } else { "" };
    let whens: Vec<String> = edits
        .values
        .iter()
        .filter(|(name, _)| *name == enumeration.name)
        .map(|(_, value)| format!("WHEN {} THEN {}", quote::text(&value.previous), quote::text(&value.next)))
        .collect();
    (!whens.is_empty()).then(|| Sql::new(format!("CASE {column}{collated} {} ELSE {column} END", whens.join(" "))))
}
