//! Conversions that are proposed where no cast is known.

use enamel_runtime::Dialect;
use enamel_schema::schema::{Column, Sql, Table, Type};
use enamel_schema::settle::{Question, Settled, settle};
use enamel_schema::{Edits, Name, Schema, TableName};
use enamel_tests::server::Database;

const TYPES: [&str; 24] = [
    "text",
    "varchar(20)",
    "char(3)",
    "smallint",
    "bigint",
    "numeric",
    "real",
    "double precision",
    "boolean",
    "timestamp",
    "timestamptz",
    "date",
    "time",
    "interval",
    "uuid",
    "json",
    "jsonb",
    "inet",
    "macaddr",
    "bytea",
    "point",
    "text[]",
    "bigint[]",
    "timestamptz[]",
];

fn of(data_type: &str) -> Schema {
    let mut table = Table::new(TableName::new(Name::new("things").unwrap()));
    table.columns.push(Column::new(Name::new("a").unwrap(), Type::Sql(Sql::new(data_type))));
    Schema { tables: vec![table], ..Schema::default() }
}

/// The expression that is proposed, if anything is asked.
fn example(previous: &str, next: &str) -> Option<String> {
    let nothing = Edits::default();
    let settled = settle(&of(previous), &of(next), &nothing, &nothing, &[Dialect::Postgres]);
    let Settled::Open(questions) = settled.unwrap() else { return None };
    let [Question::Convert { example, .. }] = questions.as_slice() else { panic!("{questions:?}") };
    Some(example.clone())
}

#[test]
fn postgres_takes_every_example() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let mut asked = 0;
    for previous in TYPES {
        for next in TYPES {
            let Some(example) = example(previous, next) else { continue };
            asked += 1;
            let sql = format!(
                "CREATE TEMP TABLE t (a {previous}); ALTER TABLE t ALTER a TYPE {next} USING {example}; DROP TABLE t"
            );
            client.batch_execute(&sql).unwrap_or_else(|error| panic!("{previous} becomes {next}: {sql}: {error:?}"));
        }
    }
    assert!(asked > 200, "{asked}");
}
