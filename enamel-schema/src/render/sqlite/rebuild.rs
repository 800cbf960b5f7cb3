//! A table made anew, filled, and put in its own place.
//!
//! The order was tried with children, views and triggers of all kinds: a table that is renamed away first takes the foreign keys of
//! its children with it, and one that is put in its place without `legacy_alter_table` stops at the first view that names it
//! (<https://www.sqlite.org/lang_altertable.html#otheralter>).

use super::table;
use crate::dialect::SQLITE_ROW_NUMBERS;
use crate::plan::Rebuild;
use crate::render::Statement;
use crate::render::quote::{identifier, text};
use crate::schema::{DefaultValue, Name, Table, TableName, Type};

/// The statements of a rebuild. They do nothing about the enforcement of foreign keys, which cannot change inside a transaction.
pub(super) fn statements(rebuild: &Rebuild) -> Vec<Statement> {
    let table = rebuild.table.as_ref();
    let name = identifier(&table.next.name);
    let beside = &rebuild.beside;

    let mut sql = vec![table::create(table.next, beside), copy(rebuild, beside)];
    if counts_on(table.previous) && counts_on(table.next) {
        sql.extend(carry_sequence(&table.previous.name, beside));
    }
    sql.push(format!("DROP TABLE {name}"));
    // Order matters: the flag keeps the renaming away from the views, triggers and keys of others, which name the table rightly already.
    sql.push("PRAGMA legacy_alter_table = ON".to_owned());
    sql.push(format!("ALTER TABLE {} RENAME TO {name}", identifier(beside)));
    sql.push("PRAGMA legacy_alter_table = OFF".to_owned());
    sql.extend(table.next.indexes.iter().map(|index| super::create_index(&table.next.name, index)));
    sql.extend(rebuild.triggers.iter().map(|trigger| trigger.sql.clone()));
    sql.into_iter().map(Statement::new).collect()
}

/// Rows keep their order, and their row numbers also where no column shows them: `last_insert_rowid()` and full-text tables refer
/// to them.
fn copy(rebuild: &Rebuild, beside: &TableName) -> String {
    let (mut into, mut from): (Vec<String>, Vec<String>) =
        rebuild.copy.iter().map(|(column, value)| (identifier(column), value.clone())).unzip();
    let previous = row_number(&rebuild.table.previous);
    let next = match row_number_column(&rebuild.table.next) {
        // A key that begins to count counts the rows by the numbers that they had.
        Some(key) => (!rebuild.copy.iter().any(|(column, _)| column == key)).then(|| identifier(key)),
        None => row_number(&rebuild.table.next).map(str::to_owned),
    };
    if let (Some(previous), Some(next)) = (previous, next) {
        into.insert(0, next);
        from.insert(0, previous.to_owned());
    }
    // An `INSERT` must name a column, even where none takes anything over.
    if into.is_empty()
        && let Some(first) = rebuild.table.next.columns.iter().find(|column| column.generated.is_none())
    {
        into.push(identifier(&first.name));
        from.push(if let Some(DefaultValue::Sql(sql)) = &first.default {
            format!("({})", sql.text())
        } else {
            "NULL".to_owned()
        });
    }
    let order = previous.map(|rowid| format!("\nORDER BY {rowid}")).unwrap_or_default();
    format!(
        "INSERT INTO {} (\n    {}\n)\nSELECT\n    {}\nFROM {}{order}",
        identifier(beside),
        into.join(",\n    "),
        from.join(",\n    "),
        identifier(&rebuild.table.previous.name)
    )
}

/// A table that was emptied goes on counting where it was, too: so it is not enough that the copied rows are counted.
fn carry_sequence(table: &TableName, beside: &TableName) -> [String; 2] {
    let (table, beside) = (text(table.name.as_str()), text(beside.name.as_str()));
    [
        format!("DELETE FROM \"sqlite_sequence\"\nWHERE \"name\" = {beside}"),
        format!(
            "INSERT INTO \"sqlite_sequence\" (\"name\", \"seq\")\nSELECT {beside}, \"seq\"\nFROM \"sqlite_sequence\"\nWHERE \"name\" = {table}"
        ),
    ]
}

fn counts_on(table: &Table) -> bool {
    table.columns.iter().any(|column| column.identity.is_some_and(|identity| identity.never_reused))
}

/// A name by which the row number can be reached: the first of its three that no column has taken. Nothing in a `WITHOUT ROWID` table
/// (<https://www.sqlite.org/lang_createtable.html#rowid>).
pub(crate) fn row_number(table: &Table) -> Option<&'static str> {
    let free = |name: &&str| !table.columns.iter().any(|column| column.name.as_str().eq_ignore_ascii_case(name));
    if table.options.without_rowid { None } else { SQLITE_ROW_NUMBERS.into_iter().find(free) }
}

/// The column that is the row number itself.
fn row_number_column(table: &Table) -> Option<&Name> {
    let [key] = table.primary_key.as_ref()?.columns.as_slice() else { return None };
    let is_integer =
        |data_type: &Type| matches!(data_type, Type::Sql(sql) if sql.text().eq_ignore_ascii_case("INTEGER"));
    table.column(key).filter(|column| is_integer(&column.data_type)).map(|column| &column.name)
}
