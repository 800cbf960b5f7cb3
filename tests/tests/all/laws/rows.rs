//! Rows at random: of the kinds that a column means, and of those that SQLite lets in besides.

use super::database::{Cell, cells, quoted};
use enamel_runtime::rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use enamel_runtime::rusqlite::{Connection, params_from_iter};
use enamel_schema::schema::{Column, ForeignKey, IndexKey, Table, Type};
use enamel_schema::{Name, Schema};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index as Pick;
use std::fmt;

/// A row before it is known what its table has.
#[derive(Clone, Debug)]
pub(super) struct RawRow {
    table: Pick,
    cells: Vec<RawCell>,
    /// The row's number, where no column is it.
    number: Option<i64>,
}

#[derive(Clone)]
struct RawCell {
    kind: u8,
    pick: Pick,
}

impl fmt::Debug for RawCell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.kind, self.pick.index(1_000))
    }
}

pub(super) fn raw_rows() -> impl Strategy<Value = Vec<RawRow>> {
    let cell = (any::<u8>(), any::<Pick>()).prop_map(|(kind, pick)| RawCell { kind, pick });
    let row = (any::<Pick>(), vec(cell, 12), proptest::option::weighted(0.3, 1..1_000_i64));
    vec(row.prop_map(|(table, cells, number)| RawRow { table, cells, number }), 0..40)
}

/// Inserts rows, parents before their children, and keeps those that the database accepts.
pub(super) fn insert(connection: &Connection, neutral: &Schema, lowered: &Schema, raw: &[RawRow]) {
    if neutral.tables.is_empty() {
        return;
    }
    let mut rows: Vec<(usize, &RawRow)> = raw.iter().map(|row| (row.table.index(neutral.tables.len()), row)).collect();
    let depths: Vec<usize> = (0..lowered.tables.len()).map(|table| depth(lowered, table)).collect();
    rows.sort_by_key(|(table, _)| depths[*table]);
    for (table, row) in &rows {
        let work = Work { connection, neutral, table: &lowered.tables[*table], model: &neutral.tables[*table], row };
        work.insert();
    }
    // Keys that go round: the row that is referred to may have come later.
    for (table, row) in &rows {
        let work = Work { connection, neutral, table: &lowered.tables[*table], model: &neutral.tables[*table], row };
        work.refer();
    }
}

/// How many tables stand above one, up to where keys go round.
fn depth(schema: &Schema, table: usize) -> usize {
    let mut seen = vec![table];
    let mut level = vec![table];
    let mut depth = 0;
    while !level.is_empty() {
        let parents = level.iter().flat_map(|table| &schema.tables[*table].foreign_keys);
        let parents =
            parents.filter_map(|key| schema.tables.iter().position(|other| other.name == key.referenced_table));
        let mut next: Vec<usize> = parents.filter(|parent| !seen.contains(parent)).collect();
        next.dedup();
        seen.extend(&next);
        depth += usize::from(!next.is_empty());
        level = next;
    }
    depth
}

struct Work<'a> {
    connection: &'a Connection,
    neutral: &'a Schema,
    table: &'a Table,
    model: &'a Table,
    row: &'a RawRow,
}

impl Work<'_> {
    fn insert(&self) {
        let mut columns = Vec::new();
        let mut values = Vec::new();
        for (position, column) in self.table.columns.iter().enumerate().filter(|(_, column)| column.generated.is_none())
        {
            let raw = &self.row.cells[position % self.row.cells.len()];
            let left_out = raw.kind.is_multiple_of(5) && (column.default.is_some() || column.identity.is_some());
            if !left_out {
                columns.push(quoted(column.name.as_str()));
                values.push(self.value(column, raw));
            }
        }
        for (key, raw) in self.table.foreign_keys.iter().zip(self.row.cells.iter().rev()) {
            let Some(parent) = self.parent(key, raw) else { continue };
            for (column, value) in key.columns.iter().zip(parent) {
                if let Some(position) = columns.iter().position(|other| *other == quoted(column.as_str())) {
                    values[position] = value;
                }
            }
        }
        if let Some(number) = self.row.number
            && !self.table.options.without_rowid
            && !self.table.columns.iter().any(|column| column.identity.is_some() || column.name.as_str() == "rowid")
        {
            columns.push("rowid".to_owned());
            values.push(Cell::Integer(number));
        }
        let table = quoted(self.table.name.name.as_str());
        let sql = match columns.len() {
            0 => format!("INSERT INTO {table} DEFAULT VALUES"),
            several => {
                format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), vec!["?"; several].join(", "))
            }
        };
        self.attempt(&sql, &values);
    }

    /// Lets a row with the values of this one refer to a parent.
    fn refer(&self) {
        for (key, raw) in self.table.foreign_keys.iter().zip(&self.row.cells) {
            let Some(parent) = self.parent(key, raw).filter(|_| raw.kind % 2 == 0) else { continue };
            let set: Vec<String> =
                key.columns.iter().map(|column| format!("{} = ?", quoted(column.as_str()))).collect();
            let table = quoted(self.table.name.name.as_str());
            self.attempt(
                &format!("UPDATE {table} SET {} WHERE {} IS NULL", set.join(", "), quoted(key.columns[0].as_str())),
                &parent,
            );
        }
    }

    fn attempt(&self, sql: &str, values: &[Cell]) {
        self.connection.execute_batch("SAVEPOINT attempt").unwrap();
        let done = self.connection.execute(sql, params_from_iter(values));
        // Some errors take the whole transaction back.
        if self.connection.is_autocommit() {
            return;
        }
        // A key may be checked at the end of the transaction.
        let enforced = cells(self.connection, "PRAGMA foreign_keys") == [[Cell::Integer(1)]];
        let dangles = || enforced && !cells(self.connection, "PRAGMA foreign_key_check").is_empty();
        let broken = done.is_err() || dangles();
        let end = if broken { "ROLLBACK TO attempt; RELEASE attempt" } else { "RELEASE attempt" };
        self.connection.execute_batch(end).unwrap();
    }

    /// The key of some parent.
    fn parent(&self, key: &ForeignKey, raw: &RawCell) -> Option<Vec<Cell>> {
        let columns: Vec<String> = key.referenced_columns.iter().map(|column| quoted(column.as_str())).collect();
        let sql =
            format!("SELECT {} FROM {} NOT INDEXED", columns.join(", "), quoted(key.referenced_table.name.as_str()));
        let mut parents = cells(self.connection, &sql);
        (!parents.is_empty() && !raw.kind.is_multiple_of(7)).then(|| parents.swap_remove(raw.pick.index(parents.len())))
    }

    fn value(&self, column: &Column, raw: &RawCell) -> Cell {
        let text = |text: &str| Cell::Text(text.as_bytes().to_vec());
        let real = |number: f64| Cell::Real(number.to_bits());
        let keyed = self.is_keyed(&column.name);
        if (column.nullable || column.identity.is_some()) && raw.kind.is_multiple_of(4) {
            return Cell::Null;
        }
        if keyed && !raw.kind.is_multiple_of(3) {
            return match affinity(column) {
                Affinity::Text => text(&format!("k{}", raw.pick.index(1_000))),
                Affinity::Integer | Affinity::Number => {
                    Cell::Integer(i64::try_from(raw.pick.index(1_000)).unwrap_or(0))
                }
                Affinity::Real => real(f64::from(u16::try_from(raw.pick.index(1_000)).unwrap_or(0)) / 4.0),
                Affinity::Bytes => Cell::Blob(raw.pick.index(1_000).to_be_bytes().to_vec()),
            };
        }
        let texts = [
            "",
            "a",
            "A",
            "it's",
            "two\nlines",
            "007",
            "1",
            "1.0",
            "-1",
            " 1",
            "1e3",
            "1e400",
            "ü",
            "İstanbul",
            "a\"b",
            "-- ;",
            "nul\0inside",
            "TRUE",
            "2024-02-29",
            "2024-02-29 12:30:00",
            "12:30",
            "draft",
            "9223372036854775808",
            "x'00'",
        ];
        let texts = texts.map(text);
        let integers = [
            0,
            1,
            -1,
            2,
            42,
            128,
            65_535,
            -32_769,
            4_294_967_296,
            i64::MAX,
            i64::MIN,
            9_007_199_254_740_993,
            1_700_000_000,
        ]
        .map(Cell::Integer);
        let reals = [real(0.0), real(-0.0), real(1.0), real(1.5), real(0.1), real(1e308), real(-2.5e-9), real(9.2e18)];
        let blobs = [Cell::Blob(Vec::new()), Cell::Blob(vec![0, 255, 39]), Cell::Blob(b"text".to_vec())];
        if let Some(model) = self.model.column(&column.name)
            && let Type::Enumeration(name) = &model.data_type
            && let Some(enumeration) = self.neutral.enumeration(name)
        {
            let value = &enumeration.values[raw.pick.index(enumeration.values.len())];
            return match affinity(column) {
                Affinity::Text => text(&value.name),
                Affinity::Integer | Affinity::Number | Affinity::Real | Affinity::Bytes => {
                    Cell::Integer(value.discriminant)
                }
            };
        }
        let strange = raw.kind.is_multiple_of(9) && !self.table.options.strict;
        let fitting = match affinity(column) {
            _ if strange => [texts.to_vec(), integers.to_vec(), reals.to_vec(), blobs.to_vec()].concat(),
            Affinity::Real | Affinity::Number if raw.kind % 9 == 1 => vec![real(f64::INFINITY), real(0.1 + 0.2)],
            Affinity::Text => texts.to_vec(),
            Affinity::Integer => integers.to_vec(),
            Affinity::Number => [integers.to_vec(), reals.to_vec(), texts.to_vec()].concat(),
            Affinity::Real => reals.to_vec(),
            Affinity::Bytes => blobs.to_vec(),
        };
        fitting[raw.pick.index(fitting.len())].clone()
    }

    /// Whether values must be told apart.
    fn is_keyed(&self, column: &Name) -> bool {
        let table = self.table;
        let indexes = table.indexes.iter().filter(|index| index.unique).flat_map(|index| &index.parts);
        table.primary_key.iter().any(|key| key.columns.contains(column))
            || table.uniques.iter().any(|unique| unique.columns.contains(column))
            || indexes.into_iter().any(|part| part.key == IndexKey::Column(column.clone()))
    }
}

enum Affinity {
    Text,
    Integer,
    Real,
    Number,
    Bytes,
}

/// <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>
fn affinity(column: &Column) -> Affinity {
    let Type::Sql(sql) = &column.data_type else { panic!("{:?} is not lowered", column.data_type) };
    let name = sql.text().to_ascii_uppercase();
    let says = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if says(&["INT", "BOOL"]) {
        Affinity::Integer
    } else if says(&["CHAR", "CLOB", "TEXT", "DATE", "TIME"]) {
        Affinity::Text
    } else if says(&["BLOB"]) {
        Affinity::Bytes
    } else if says(&["REAL", "FLOA", "DOUB"]) {
        Affinity::Real
    } else {
        Affinity::Number
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> enamel_runtime::rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Integer(number) => ValueRef::Integer(*number),
            Cell::Real(bits) => ValueRef::Real(f64::from_bits(*bits)),
            Cell::Text(text) => ValueRef::Text(text),
            Cell::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
