//! A database, as it is looked at from outside.

use enamel_runtime::connection::block_on;
use enamel_runtime::introspect::introspect;
use enamel_runtime::rusqlite::types::ValueRef;
use enamel_runtime::rusqlite::{Connection, Row};
use enamel_schema::diff::diff;
use enamel_schema::schema::Found;
use enamel_schema::{Change, Edits, Schema};
use std::collections::BTreeMap;
use std::fmt;

pub(super) const HISTORY: &str = "enamel_schema_history";

/// A value, to the bit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Real(u64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl fmt::Debug for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Null => formatter.write_str("NULL"),
            Cell::Integer(number) => write!(formatter, "{number}"),
            Cell::Real(bits) => write!(formatter, "{:?}", f64::from_bits(*bits)),
            Cell::Text(text) => write!(formatter, "{:?}", String::from_utf8_lossy(text)),
            Cell::Blob(bytes) => {
                write!(formatter, "X'{}'", bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>())
            }
        }
    }
}

impl From<ValueRef<'_>> for Cell {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Real(number) => Cell::Real(number.to_bits()),
            ValueRef::Text(text) => Cell::Text(text.to_vec()),
            ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
        }
    }
}

/// All that is in a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) tables: BTreeMap<String, Rows>,
    /// The texts that made everything.
    master: Vec<Vec<Cell>>,
    /// How far counting keys have counted.
    pub(super) sequence: BTreeMap<String, i64>,
}

/// The rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) columns: Vec<String>,
    /// The number of each row, where no column shows it.
    pub(super) numbers: Option<Vec<i64>>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Contents {
    pub(super) fn of(connection: &Connection) -> Contents {
        let tables = texts(
            connection,
            &format!(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> '{HISTORY}' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            ),
        );
        let sequence = match connection.prepare("SELECT name, seq FROM sqlite_sequence") {
            Ok(_) => cells(connection, "SELECT name, seq FROM sqlite_sequence"),
            Err(_) => Vec::new(),
        };
        let sequence = sequence.into_iter().map(|row| match row.as_slice() {
            [Cell::Text(name), Cell::Integer(seq)] => (String::from_utf8_lossy(name).into_owned(), *seq),
            row => panic!("sqlite_sequence holds {row:?}"),
        });
        Contents {
            tables: tables.iter().map(|table| (table.clone(), Rows::of(connection, table))).collect(),
            master: cells(connection, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"),
            sequence: sequence.collect(),
        }
    }
}

impl Rows {
    fn of(connection: &Connection, table: &str) -> Rows {
        let columns = texts(connection, &format!("SELECT name FROM pragma_table_xinfo({}) ORDER BY cid", text(table)));
        let list: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        let list = list.join(", ");
        let rows = cells(connection, &format!("SELECT {list} FROM {} NOT INDEXED", quoted(table)));
        let numbers = row_number(connection, table, &columns).map(|number| {
            let found = cells(connection, &format!("SELECT {number} FROM {} NOT INDEXED", quoted(table)));
            found
                .into_iter()
                .map(|row| if let [Cell::Integer(number)] = row.as_slice() { *number } else { panic!("{row:?}") })
                .collect()
        });
        Rows { columns, numbers, rows }
    }
}

/// The name of the row number, where a table has one and no column shows it.
fn row_number(connection: &Connection, table: &str, columns: &[String]) -> Option<&'static str> {
    let keys = texts(connection, &format!("SELECT type FROM pragma_table_info({}) WHERE pk", text(table)));
    let without = texts(
        connection,
        &format!("SELECT 'yes' FROM pragma_table_list({}) WHERE wr AND schema = 'main'", text(table)),
    );
    let shown = keys.len() == 1 && keys[0].eq_ignore_ascii_case("INTEGER");
    let free = |name: &&str| !columns.iter().any(|column| column.eq_ignore_ascii_case(name));
    if shown || !without.is_empty() { None } else { ["rowid", "_rowid_", "oid"].into_iter().find(free) }
}

/// What there is.
pub(super) fn found(connection: &mut Connection) -> Result<Found, String> {
    block_on(introspect(connection, &[HISTORY.to_owned()])).map_err(|error| error.to_string())
}

/// That a database is what a schema, lowered, says, and like one that was made from nothing.
pub(super) fn expect(
    connection: &mut Connection,
    schema: &Schema,
    from_nothing: &Connection,
    enforced: bool,
) -> Result<(), String> {
    let differences = diff(&found(connection)?.schema, schema, &Edits::default());
    if !differences.is_empty() {
        let differences: Vec<String> = differences.iter().map(Change::summary).collect();
        return Err(format!("the database and the models differ:\n{}", differences.join("\n")));
    }
    let (expected, actual) = (shape(from_nothing), shape(connection));
    if expected != actual {
        let (missing, more): (Vec<_>, Vec<_>) = (only_in(&expected, &actual), only_in(&actual, &expected));
        return Err(format!("the database is not like one from nothing\nmissing: {missing:#?}\nmore: {more:#?}"));
    }
    let broken = texts(connection, "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
    if !broken.is_empty() {
        return Err(format!("the database is broken: {broken:?}"));
    }
    let dangling = cells(connection, "PRAGMA foreign_key_check");
    if enforced && !dangling.is_empty() {
        return Err(format!("rows refer to nothing: {dangling:?}"));
    }
    for (flag, expected) in [("foreign_keys", i64::from(enforced)), ("legacy_alter_table", 0)] {
        if cells(connection, &format!("PRAGMA {flag}")) != [[Cell::Integer(expected)]] {
            return Err(format!("PRAGMA {flag} is not {expected}"));
        }
    }
    Ok(())
}

fn only_in(these: &[String], those: &[String]) -> Vec<String> {
    these.iter().filter(|line| !those.contains(line)).cloned().collect()
}

/// What SQLite itself says of its tables, in an order that says nothing.
fn shape(connection: &Connection) -> Vec<String> {
    let mut lines = Vec::new();
    let tables = cells(
        connection,
        &format!(
            "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> '{HISTORY}' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ),
    );
    for row in tables {
        let name = text_of(&row[0]);
        let of = |what: &str, columns: &str| {
            let rows = cells(connection, &format!("SELECT {columns} FROM pragma_{what}({})", text(&name)));
            rows.into_iter().map(|row| format!("{name} {what} {row:?}")).collect::<Vec<_>>()
        };
        lines.push(format!("{row:?}"));
        lines.extend(of(
            "table_xinfo",
            "name, type, \"notnull\", iif(dflt_value LIKE 'x''%', upper(dflt_value), dflt_value), pk, hidden",
        ));
        lines.extend(of("foreign_key_list", "seq, \"table\", \"from\", \"to\", on_update, on_delete, match"));
        for index in cells(
            connection,
            &format!("SELECT name, \"unique\", origin, partial FROM pragma_index_list({})", text(&name)),
        ) {
            let index_name = text_of(&index[0]);
            let parts = cells(
                connection,
                &format!(
                    "SELECT name, \"desc\", coll FROM pragma_index_xinfo({}) WHERE key ORDER BY seqno",
                    text(&index_name)
                ),
            );
            let shown = if index_name.starts_with("sqlite_autoindex") { "automatic" } else { &index_name };
            lines.push(format!("{name} index {shown} {:?} {parts:?}", &index[1..]));
        }
    }
    lines.sort();
    lines
}

pub(super) fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    cells(connection, sql).iter().map(|row| text_of(&row[0])).collect()
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => String::from_utf8_lossy(text).into_owned(),
        cell @ (Cell::Null | Cell::Integer(_) | Cell::Real(_) | Cell::Blob(_)) => panic!("{cell:?} is no text"),
    }
}

pub(super) fn cells(connection: &Connection, sql: &str) -> Vec<Vec<Cell>> {
    let mut statement = connection.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let columns = statement.column_count();
    let row =
        |row: &Row<'_>| (0..columns).map(|column| row.get_ref(column).map(Cell::from)).collect::<Result<Vec<_>, _>>();
    let rows = statement.query_map([], row).unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{sql}: {error}"))
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
