//! What is read from the texts, held against what SQLite's pragmas say of the same tables.

use super::*;
use crate::connection::block_on;
use crate::introspect::Known;
use enamel_schema::diff::diff;
use enamel_schema::plan::plan;
use enamel_schema::render::render;
use enamel_schema::schema::{
    Action, Check, Column, ConstraintName, DefaultValue, Deferrable, Generated, Identity, Index, IndexKey, PrimaryKey,
    Type,
};
use enamel_schema::{Dialect, Edits, Pair, Sql};
use rusqlite::Connection as Sqlite;

/// Definitions as people and tools write them, and a few that nobody should write.
const DEFINITIONS: &[&str] = &[
    "CREATE TABLE plain (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INT)",
    "create table lower(id integer primary key autoincrement not null, name text collate nocase default 'x')",
    "CREATE TABLE no_types (a, b, c UNIQUE, PRIMARY KEY (b, a))",
    "CREATE TABLE \"odd \"\"name\"\"\" (\"a b\" VARCHAR(10), [c d] DECIMAL ( 10 , 2 ), `e``f` UNSIGNED BIG INT, 'g' TEXT)",
    "CREATE TABLE keywords (\"check\" TEXT, \"primary\" TEXT UNIQUE, key TEXT, abort TEXT, action TEXT, current INT, CHECK (\"check\" > 'a'))",
    "CREATE TABLE comments ( -- one (\n  a INT /* , b INT */ NOT NULL, -- CHECK (a > 1)\n  b TEXT /* ' */ DEFAULT ')' -- last, one\n)",
    "CREATE TABLE checks (a INT CHECK (a > 0) CHECK ((a) < (10)), b TEXT CONSTRAINT b_short CHECK (length(b) < 5 AND b NOT IN (')', '(')), CONSTRAINT ab CHECK (a <> b), CHECK (a IS NOT b))",
    "CREATE TABLE no_commas (a INT, b INT, CONSTRAINT k PRIMARY KEY (a) CONSTRAINT u UNIQUE (b) CHECK (a > b))",
    "CREATE TABLE dangling (a INT CONSTRAINT unused, b INT CONSTRAINT one CONSTRAINT two NOT NULL, CONSTRAINT nobody)",
    "CREATE TABLE defaults (a INT DEFAULT 1, b INT DEFAULT -1, c INT DEFAULT + 2, d REAL DEFAULT 1e3, e TEXT DEFAULT 'it''s', f TEXT DEFAULT (datetime('now')), g DEFAULT CURRENT_TIMESTAMP, h BLOB DEFAULT X'00ff', i DEFAULT NULL, j DEFAULT true, k DEFAULT word, l DEFAULT \"quoted\", m INT DEFAULT (1 + (2 * 3)) NOT NULL)",
    "CREATE TABLE generated (a INT, b INT GENERATED ALWAYS AS (a * 2) STORED, c TEXT AS (a || ',' || b), d INT NOT NULL AS (a) VIRTUAL, generated ALWAYS, always INT AS (1))",
    "CREATE TABLE without_rowid (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID",
    "CREATE TABLE without_rowid_integer (a INTEGER PRIMARY KEY, b INT) without rowid, STRICT",
    "CREATE TABLE strict_one (a TEXT PRIMARY KEY, b ANY, c INT UNIQUE) STRICT",
    "CREATE TABLE strict_two (a INTEGER PRIMARY KEY, b BLOB) strict, WITHOUT ROWID",
    "CREATE TABLE descending (a INTEGER PRIMARY KEY DESC, b INT)",
    "CREATE TABLE descending_below (a INTEGER, b INT, PRIMARY KEY (a DESC))",
    "CREATE TABLE integer_below (a INTEGER, b INT, PRIMARY KEY (A AUTOINCREMENT))",
    "CREATE TABLE int_key (a INT PRIMARY KEY, b BIGINT)",
    "CREATE TABLE quoted_integer (a \"INTEGER\" PRIMARY KEY)",
    "CREATE TABLE composite (a INT, b TEXT, c INT, PRIMARY KEY (c, a), UNIQUE (b, c), UNIQUE (b DESC))",
    "CREATE TABLE conflicts (a INT NOT NULL ON CONFLICT IGNORE UNIQUE ON CONFLICT REPLACE, b INT PRIMARY KEY ON CONFLICT ROLLBACK, c INT, UNIQUE (c) ON CONFLICT FAIL, CHECK (c > 1) ON CONFLICT ABORT)",
    "CREATE TABLE nulls (a INT NULL, b INT NULL NOT NULL, c INT NOT NULL NULL)",
    "CREATE TABLE parent (x INT, y INT, z TEXT, PRIMARY KEY (x, y))",
    "CREATE TABLE child (a INT, b INT, c TEXT REFERENCES plain ON DELETE SET NULL NOT NULL DEFERRABLE INITIALLY DEFERRED, d INT CONSTRAINT to_self REFERENCES child(D) ON UPDATE CASCADE ON DELETE SET DEFAULT MATCH FULL, FOREIGN KEY (A, b) REFERENCES PARENT, CONSTRAINT named FOREIGN KEY (a, b) REFERENCES parent (y, x) ON UPDATE RESTRICT ON DELETE NO ACTION NOT DEFERRABLE INITIALLY IMMEDIATE, FOREIGN KEY (d) REFERENCES plain (id) DEFERRABLE)",
    "CREATE TABLE orphan (a INT REFERENCES nobody (x), b INT REFERENCES nobody, c INT REFERENCES parent)",
    "CREATE TABLE ring_one (a INTEGER PRIMARY KEY, b INT REFERENCES ring_two)",
    "CREATE TABLE ring_two (a INTEGER PRIMARY KEY, b INT REFERENCES ring_one)",
    "CREATE TABLE \"ünïcode\" (\"größe\" TEXT DEFAULT 'ß', straße INT UNIQUE)",
    "CREATE TABLE made_from AS SELECT 1 AS one, 'x' AS \"two words\", id AS three FROM plain",
    "CREATE TABLE IF NOT EXISTS main.if_not (a INT)",
    "CREATE TABLE types (a DOUBLE PRECISION, b CHARACTER VARYING (20), c NUMERIC(+10, -2), d \"quoted type\" , e lower kind type NOT NULL)",
    "CREATE TABLE collated (a TEXT COLLATE NOCASE UNIQUE, b TEXT COLLATE \"RTRIM\", c, UNIQUE (c COLLATE NOCASE))",
    "CREATE TABLE long_one(a\tTEXT\r\n,\r\nb\nTEXT\n,c TEXT)",
];

const EVERYTHING: Scope<'_> = Scope { ignore: &[], known: None, defines_others: true };

fn database() -> Sqlite {
    let connection = Sqlite::open_in_memory().unwrap();
    for definition in DEFINITIONS {
        connection.execute_batch(definition).unwrap_or_else(|error| panic!("{definition}: {error}"));
    }
    connection
}

fn found(connection: &mut Sqlite) -> Found {
    block_on(introspect(connection, &EVERYTHING)).unwrap()
}

fn found_after(sql: &str) -> Found {
    let mut connection = Sqlite::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    found(&mut connection)
}

fn only_table(sql: &str) -> Table {
    let mut found = found_after(sql);
    assert_eq!(found.schema.tables.len(), 1, "{sql}");
    found.schema.tables.remove(0)
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

/// The cells of a query's rows.
fn rows(connection: &mut Sqlite, sql: &str) -> Vec<Vec<String>> {
    let rows = block_on(connection.rows(sql)).unwrap();
    rows.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}

#[test]
fn every_definition_is_read_as_sqlite_reads_it() {
    let mut connection = database();
    let schema = found(&mut connection).schema;
    assert_eq!(schema.tables.len(), DEFINITIONS.len());
    for table in &schema.tables {
        agrees_with_pragmas(table, &mut connection);
    }
}

#[test]
fn tables_that_sqlite_itself_rewrote_are_read_too() {
    let mut connection = database();
    connection
        .execute_batch(
            "ALTER TABLE plain ADD COLUMN added TEXT NOT NULL DEFAULT 'x' CHECK (added <> '') /* a remark */;
             ALTER TABLE checks ADD COLUMN c INT REFERENCES plain;
             ALTER TABLE comments ADD COLUMN c INT;
             ALTER TABLE parent RENAME TO \"new parent\";
             ALTER TABLE child RENAME COLUMN a TO \"a b\";
             ALTER TABLE generated DROP COLUMN c;
             ALTER TABLE no_commas ADD COLUMN c TEXT COLLATE NOCASE;
             ALTER TABLE without_rowid RENAME COLUMN a TO [select];",
        )
        .unwrap();
    let schema = found(&mut connection).schema;
    for table in &schema.tables {
        agrees_with_pragmas(table, &mut connection);
    }
    let child = schema.table(&TableName::new(name("child"))).unwrap();
    assert_eq!(child.foreign_keys[3].columns, [name("a b"), name("b")]);
    assert_eq!(child.foreign_keys[3].referenced_table, TableName::new(name("new parent")));
    let plain = schema.table(&TableName::new(name("plain"))).unwrap();
    assert_eq!(plain.checks[0].expression.text(), "added <> ''");
}

#[test]
fn what_was_found_makes_the_same_again() {
    let mut connection = database();
    connection
        .execute_batch(
            "CREATE UNIQUE INDEX \"odd \"\" index\" ON plain (name COLLATE NOCASE DESC, age) WHERE age > 0 OR name = 'x';
             CREATE INDEX expressions ON checks (lower(b), (a + 1) DESC, b || 'x');
             -- No statement makes a unique constraint with a collation of its own.
             DROP TABLE collated;
             -- No statement makes a key to columns that nobody names.
             DROP TABLE orphan;
             -- Nor a key that is sorted downwards so as not to be the row number.
             DROP TABLE descending;",
        )
        .unwrap();
    let first = found(&mut connection).schema;
    let nothing = Schema::default();
    let changes = diff(&nothing, &first, &Edits::default());
    let plan = plan(Pair::new(&nothing, &first), &changes, &Edits::default(), Dialect::Sqlite, &[]).unwrap();
    let mut again = Sqlite::open_in_memory().unwrap();
    for statement in render(&plan, Dialect::Sqlite).statements {
        again.execute_batch(&statement.sql).unwrap_or_else(|error| panic!("{}: {error}", statement.sql));
    }
    let second = found(&mut again).schema;
    let told: Vec<_> = diff(&first, &second, &Edits::default()).iter().map(enamel_schema::Change::summary).collect();
    assert_eq!(told, [""; 0]);
    assert_eq!(first.tables.len(), second.tables.len());
}

/// Compares everything that pragmas know.
fn agrees_with_pragmas(table: &Table, connection: &mut Sqlite) {
    let name = table.name.name.as_str();
    let quoted = format!("'{}'", name.replace('\'', "''"));
    let options = rows(
        connection,
        &format!("SELECT wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = {quoted}"),
    );
    assert_eq!(options[0][0] == "1", table.options.without_rowid, "{name}");
    assert_eq!(options[0][1] == "1", table.options.strict, "{name}");
    columns_agree(
        table,
        &rows(
            connection,
            &format!(
                "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo({quoted}, 'main')"
            ),
        ),
    );

    let indexes =
        rows(connection, &format!("SELECT name, \"unique\", origin, partial FROM pragma_index_list({quoted}, 'main')"));
    let mut uniques: Vec<Vec<String>> = Vec::new();
    for index in &indexes {
        let index_name = index[0].replace('\'', "''");
        let columns =
            rows(connection, &format!("SELECT name FROM pragma_index_xinfo('{index_name}', 'main') WHERE key"));
        if index[2] == "u" {
            uniques.push(columns.into_iter().flatten().collect());
        }
    }
    let mut read: Vec<Vec<String>> = table
        .uniques
        .iter()
        .map(|unique| unique.columns.iter().map(ToString::to_string).collect())
        .chain(table.indexes.iter().filter(|index| index.name.name().is_none()).map(|index| {
            index
                .parts
                .iter()
                .map(|part| match &part.key {
                    IndexKey::Column(column) => column.to_string(),
                    IndexKey::Expression(expression) => panic!("{expression:?}"),
                })
                .collect()
        }))
        .collect();
    uniques.sort();
    read.sort();
    assert_eq!(read, uniques, "{name}");
    assert_eq!(indexes.iter().any(|index| index[2] == "pk"), has_key_index(table), "{name}");

    let keys = rows(
        connection,
        &format!(
            "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list({quoted}, 'main') ORDER BY id DESC, seq"
        ),
    );
    let mut read = Vec::new();
    for (id, key) in table.foreign_keys.iter().rev().enumerate().collect::<Vec<_>>().into_iter().rev() {
        for (position, column) in key.columns.iter().enumerate() {
            let to = key.referenced_columns.get(position).map(Name::as_str).unwrap_or_default();
            read.push([
                id.to_string(),
                key.referenced_table.to_string(),
                column.to_string(),
                to.to_owned(),
                key.on_update.sql().to_owned(),
                key.on_delete.sql().to_owned(),
            ]);
        }
    }
    assert_eq!(read.len(), keys.len(), "{name}");
    for (read, key) in read.iter().zip(&keys) {
        for (cell, (read, said)) in read.iter().zip(key).enumerate() {
            // What the definition leaves out, the pragma leaves out too.
            let left_out = cell == 3 && said.is_empty();
            assert!(left_out || read.eq_ignore_ascii_case(said), "{name}: {read} {said}");
        }
    }
}

fn columns_agree(table: &Table, columns: &[Vec<String>]) {
    let table_name = &table.name;
    assert_eq!(table.columns.len(), columns.len(), "{table_name}");
    for (read, said) in table.columns.iter().zip(columns) {
        assert_eq!(read.name.as_str(), said[0], "{table_name}");
        let place = format!("{table_name}.{}", read.name);
        let Type::Sql(data_type) = &read.data_type else { panic!("{place}") };
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
        assert_eq!(squeezed(data_type.text()), squeezed(&said[1]), "{place}");
        assert!(!read.nullable || said[2] == "0", "{place}");
        let key = table.primary_key.as_ref().and_then(|key| key.columns.iter().position(|column| column == &read.name));
        assert_eq!(key.map_or(0, |key| key + 1).to_string(), said[4], "{place}");
        assert!(
            read.nullable || said[2] == "1" || read.identity.is_some() || (table.options.strict && key.is_some()),
            "{place}"
        );
        let hidden = read.generated.as_ref().map_or("0", |generated| if generated.stored { "3" } else { "2" });
        assert_eq!(hidden, said[5], "{place}");
        let default = read.default.as_ref().map(|default| {
            let DefaultValue::Sql(sql) = default else { panic!("{place}: {default:?}") };
            sql.text().replace(['\'', '"', ' '], "")
        });
        let said = said[3].replace(['\'', '"', ' '], "");
        assert_eq!(default.unwrap_or_default(), if said == "NULL" { String::new() } else { said }, "{place}");
    }
}

/// Whether SQLite keeps the key in an index of its own: not that of a row number.
fn has_key_index(table: &Table) -> bool {
    table.primary_key.is_some() && !table.columns.iter().any(|column| column.identity.is_some())
}

#[test]
fn a_table_is_a_value() {
    let table = only_table(
        "CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            email VARCHAR (320) NOT NULL COLLATE NOCASE,
            role TEXT DEFAULT ('member') CONSTRAINT known CHECK (role IN ('admin', 'member')),
            shout TEXT AS (upper(email)) STORED
        )",
    );
    let mut id = Column::new(name("id"), Type::Sql(Sql::new("INTEGER")));
    id.identity = Some(Identity { never_reused: true, ..Identity::default() });
    let mut email = Column::new(name("email"), Type::Sql(Sql::new("VARCHAR (320)")));
    email.collation = Some(Sql::new("NOCASE"));
    let mut role = Column::new(name("role"), Type::Sql(Sql::new("TEXT")));
    role.nullable = true;
    role.default = Some(DefaultValue::Sql(Sql::new("'member'")));
    let mut shout = Column::new(name("shout"), Type::Sql(Sql::new("TEXT")));
    shout.nullable = true;
    shout.generated = Some(Generated { expression: Sql::new("upper(email)"), stored: true });
    let mut expected = Table::new(TableName::new(name("users")));
    expected.columns = vec![id, email, role, shout];
    expected.primary_key = Some(PrimaryKey { name: ConstraintName::Unnamed, columns: vec![name("id")] });
    expected.checks = vec![Check {
        name: ConstraintName::Derived(name("known")),
        expression: Sql::new("role IN ('admin', 'member')"),
    }];
    assert_eq!(table, expected);
}

#[test]
fn a_word_that_is_no_constant_is_a_text() {
    let table = only_table(
        "CREATE TABLE t (a DEFAULT word, b DEFAULT \"it's\", c DEFAULT TRUE, d DEFAULT NULL, e DEFAULT (NULL))",
    );
    let defaults: Vec<_> = table.columns.iter().map(|column| column.default.clone()).collect();
    let text = |text: &str| Some(DefaultValue::Sql(Sql::new(text)));
    assert_eq!(defaults, [text("'word'"), text("'it''s'"), text("TRUE"), None, None]);
}

#[test]
fn foreign_keys_say_when_they_are_checked_and_what_they_leave_out() {
    let schema = found(&mut database()).schema;
    let child = schema.table(&TableName::new(name("child"))).unwrap();
    let told: Vec<_> = child
        .foreign_keys
        .iter()
        .map(|key| {
            let columns: Vec<_> = key.referenced_columns.iter().map(Name::as_str).collect();
            (key.name.name().map(Name::as_str), key.referenced_table.to_string(), columns, key.deferrable)
        })
        .collect();
    assert_eq!(
        told,
        [
            (None, "plain".to_owned(), vec!["id"], Deferrable::InitiallyDeferred),
            (Some("to_self"), "child".to_owned(), vec!["d"], Deferrable::No),
            (None, "parent".to_owned(), vec!["x", "y"], Deferrable::No),
            (Some("named"), "parent".to_owned(), vec!["y", "x"], Deferrable::No),
            (None, "plain".to_owned(), vec!["id"], Deferrable::InitiallyImmediate),
        ]
    );
    assert_eq!(child.foreign_keys[0].on_delete, Action::SetNull);
    assert_eq!(child.foreign_keys[1].on_update, Action::Cascade);
    assert_eq!(child.foreign_keys[1].on_delete, Action::SetDefault);
}

#[test]
fn indexes_are_read_with_order_collation_expression_and_condition() {
    let table = only_table(
        "CREATE TABLE t (a TEXT, b INT, \"c d\" TEXT);
         CREATE UNIQUE INDEX IF NOT EXISTS main.\"i 1\" ON T (A DESC, b ASC, [c d] COLLATE NOCASE) WHERE b > 0 AND a <> 'x, y';
         create index i2 on t (lower(a), (b + 1) DESC, lower(a) COLLATE NOCASE, a || b COLLATE NOCASE, \"no column\")",
    );
    let [first, second] = table.indexes.as_slice() else { panic!("{:?}", table.indexes) };
    assert_eq!(first.name, ConstraintName::Derived(name("i 1")));
    assert!(first.unique && !second.unique);
    assert_eq!(first.condition.as_ref().map(Sql::text), Some("b > 0 AND a <> 'x, y'"));
    let told = |index: &Index| -> Vec<(String, bool, Option<String>)> {
        index
            .parts
            .iter()
            .map(|part| {
                let key = match &part.key {
                    IndexKey::Column(column) => format!("column {column}"),
                    IndexKey::Expression(expression) => expression.text().to_owned(),
                };
                (key, part.descending, part.collation.clone())
            })
            .collect()
    };
    let nocase = || Some("NOCASE".to_owned());
    assert_eq!(
        told(first),
        [
            ("column a".to_owned(), true, None),
            ("column b".to_owned(), false, None),
            ("column c d".to_owned(), false, nocase())
        ]
    );
    assert_eq!(
        told(second),
        [
            ("lower(a)".to_owned(), false, None),
            ("(b + 1)".to_owned(), true, None),
            ("lower(a)".to_owned(), false, nocase()),
            ("a || b COLLATE NOCASE".to_owned(), false, None),
            ("\"no column\"".to_owned(), false, None),
        ]
    );
}

#[test]
fn views_triggers_and_virtual_tables_are_unmodelled_and_what_sqlite_made_is_passed_over() {
    let mut connection = Sqlite::open_in_memory().unwrap();
    connection
        .execute_batch(
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT UNIQUE);
             INSERT INTO t (body) VALUES ('x');
             ANALYZE;
             CREATE VIEW v AS SELECT * FROM t;
             CREATE TRIGGER tr AFTER INSERT ON T BEGIN SELECT 1; END;
             CREATE TRIGGER vr INSTEAD OF INSERT ON v BEGIN SELECT 1; END;
             CREATE VIRTUAL TABLE search USING fts5(body, content='t', content_rowid='id');
             CREATE TABLE audit_log (id INTEGER);
             CREATE INDEX audit_index ON audit_log (id);
             CREATE TRIGGER audit_trigger AFTER INSERT ON audit_log BEGIN SELECT 1; END;
             CREATE VIEW audit_view AS SELECT 1;
             CREATE TEMP TABLE hidden (id INTEGER);
             CREATE TEMP TABLE t (other TEXT);
             ATTACH ':memory:' AS elsewhere;
             CREATE TABLE elsewhere.away (id INTEGER);",
        )
        .unwrap();
    let found = block_on(introspect(
        &mut connection,
        &Scope { ignore: &["AUDIT_*".to_owned()], known: None, defines_others: true },
    ))
    .unwrap();
    let tables: Vec<_> = found.schema.tables.iter().map(|table| table.name.to_string()).collect();
    assert_eq!(tables, ["t"]);
    assert_eq!(found.schema.tables[0].columns.len(), 2);
    let told: Vec<_> = found
        .unmodelled
        .iter()
        .map(|object| (object.kind.word(), object.name.as_str(), object.table.as_ref().map(ToString::to_string)))
        .collect();
    assert_eq!(
        told,
        [
            ("table", "search", None),
            ("view", "v", None),
            ("trigger", "tr", Some("t".to_owned())),
            ("trigger", "vr", Some("v".to_owned())),
        ]
    );
    assert_eq!(found.unmodelled[1].sql, "CREATE VIEW v AS SELECT * FROM t");
}

#[test]
fn a_table_of_others_is_unmodelled_and_need_not_be_understood() {
    let mut connection = Sqlite::open_in_memory().unwrap();
    connection
        .execute_batch(
            "CREATE TABLE Ours (id INTEGER PRIMARY KEY); CREATE TABLE theirs (\"\" TEXT); CREATE INDEX ix ON theirs (\"\");",
        )
        .unwrap();
    let known = Known { tables: BTreeSet::from([TableName::new(name("ours"))]), ..Known::default() };
    let found =
        block_on(introspect(&mut connection, &Scope { ignore: &[], known: Some(&known), defines_others: true }))
            .unwrap();
    assert_eq!(found.schema.tables.len(), 1);
    let [theirs] = found.unmodelled.as_slice() else { panic!("{:?}", found.unmodelled) };
    assert_eq!((theirs.kind, theirs.name.as_str()), (UnmodelledKind::Table, "theirs"));
    let error = block_on(introspect(&mut connection, &EVERYTHING)).unwrap_err();
    assert_eq!(error.message, "the definition of table theirs is not understood: CREATE TABLE theirs (\"\" TEXT)");
}

#[test]
fn no_text_makes_the_reader_panic() {
    let all = Table::new(TableName::new(name("t")));
    for definition in DEFINITIONS.iter().chain(&["CREATE UNIQUE INDEX i ON t (a COLLATE b DESC, (c)) WHERE (d)"]) {
        for (position, _) in definition.char_indices() {
            let (start, end) = definition.split_at(position);
            let without_one: String = start.chars().chain(end.chars().skip(1)).collect();
            for text in [
                start,
                end,
                &without_one,
                &format!("{start}({end}"),
                &format!("{start}){end}"),
                &format!("{start}'{end}"),
            ] {
                let _ = table::read(text);
                let _ = index::read(text, &all);
            }
        }
    }
}

#[test]
fn a_thousand_tables_take_well_under_a_second() {
    let mut connection = Sqlite::open_in_memory().unwrap();
    let mut sql = String::from("BEGIN;");
    for table in 0..1000 {
        sql.push_str(&format!(
            "CREATE TABLE table_{table} (id INTEGER PRIMARY KEY, parent_id BIGINT NOT NULL REFERENCES table_0 (id) ON DELETE CASCADE,
                a TEXT NOT NULL, b TEXT DEFAULT 'x', c BOOLEAN NOT NULL DEFAULT FALSE, d BIGINT, e DOUBLE, f DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
                g BLOB, h TEXT CHECK (h IN ('a', 'b')), UNIQUE (a, b));
             CREATE INDEX ix_{table} ON table_{table} (d, e DESC);"
        ));
    }
    sql.push_str("COMMIT");
    connection.execute_batch(&sql).unwrap();
    let start = std::time::Instant::now();
    let schema = found(&mut connection).schema;
    let took = start.elapsed();
    assert_eq!(schema.tables.len(), 1000);
    // An unoptimised build on a busy machine takes a tenth of this.
    assert!(took.as_secs() < 2, "{took:?}");
}
