//! The text of `CREATE INDEX` as an index (<https://www.sqlite.org/lang_createindex.html>).

use super::cursor::{Cursor, significant};
use enamel_schema::Sql;
use enamel_schema::schema::{ConstraintName, Index, IndexKey, IndexPart, Table};

/// Reads an index of a table. `None` when the text is not understood.
pub(super) fn read(sql: &str, table: &Table) -> Option<Index> {
    let tokens = significant(sql);
    let mut cursor = Cursor::new(sql, &tokens);
    cursor.words(&["CREATE"]).then_some(())?;
    let unique = cursor.words(&["UNIQUE"]);
    cursor.words(&["INDEX"]).then_some(())?;
    cursor.words(&["IF", "NOT", "EXISTS"]);
    let name = ConstraintName::Derived(cursor.name()?);
    cursor.words(&["ON"]).then_some(())?;
    cursor.name()?;
    let parts = parts(cursor.group()?, table)?;
    let condition = cursor.words(&["WHERE"]).then(|| Sql::new(cursor.text()));
    Some(Index {
        name,
        unique,
        parts,
        condition,
        method: None,
        include: Vec::new(),
        with: Vec::new(),
        nulls_not_distinct: false,
    })
}

/// The parts of an index, or of a key, which is written in the same way.
pub(super) fn parts(list: Cursor<'_, '_>, table: &Table) -> Option<Vec<IndexPart>> {
    list.parts()?.into_iter().map(|part| index_part(part, table)).collect()
}

fn index_part(mut cursor: Cursor<'_, '_>, table: &Table) -> Option<IndexPart> {
    let descending = cursor.last_word(&["ASC", "DESC"]) == Some("DESC");
    let collation = cursor.last_collation().map(|name| name.as_str().to_owned());
    Some(IndexPart { key: key(cursor, table)?, descending, nulls: None, collation, operator_class: None })
}

/// A name that no column has is a text in double quotes, thus an expression.
fn key(cursor: Cursor<'_, '_>, table: &Table) -> Option<IndexKey> {
    let mut rest = cursor;
    let name = rest.name().filter(|_| rest.is_empty());
    let column = name
        .and_then(|name| table.columns.iter().find(|column| column.name.as_str().eq_ignore_ascii_case(name.as_str())));
    match column {
        Some(column) => Some(IndexKey::Column(column.name.clone())),
        None => (!cursor.is_empty()).then(|| IndexKey::Expression(Sql::new(cursor.text()))),
    }
}
