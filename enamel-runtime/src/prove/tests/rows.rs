//! Revisions written by hand that keep rows, and that do not.

use super::with;
use crate::connection::block_on;
use crate::introspect::introspect;
use crate::prove::{Claim, RowProof, prove};
use crate::scratch::Scratch;
use enamel_schema::Schema;

const SHOP: &str = "
    CREATE TABLE customers (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE, age BIGINT, street TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY NOT NULL, note TEXT,
        customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE);";

/// What the proof of these revisions says about rows. The models are what the revisions produce.
fn tried(texts: &[(&str, Option<&str>)]) -> RowProof {
    tried_with(texts, &Scratch::sqlite())
}

fn tried_with(texts: &[(&str, Option<&str>)], scratch: &Scratch) -> RowProof {
    let mut connection = rusqlite::Connection::open_in_memory().unwrap();
    for (up, _) in texts {
        connection.execute_batch(up).unwrap();
    }
    let models = block_on(introspect(&mut connection, &[])).unwrap().schema;
    let sealed = Schema::default();
    let claim = Claim { models: &models, sealed: &sealed, ignore: &[] };
    let proof = with(texts, |migrations| prove(migrations, claim, scratch)).unwrap();
    let rows = proof.rows.clone().unwrap();
    assert_eq!(proof.holds(), proof.differences.is_empty() && rows.harms.is_empty(), "{:?}", proof.lines());
    rows
}

fn second(up: &str) -> RowProof {
    tried(&[(SHOP, None), (up, None)])
}

/// Asserts that a revision after [`SHOP`] keeps rows.
#[track_caller]
fn keeps(up: &str) {
    let rows = second(up);
    assert_eq!((rows.harms.as_slice(), rows.notes.as_slice()), ([].as_slice(), [].as_slice()), "{up}");
    assert!(rows.rows >= 8 && rows.tables == 2, "{rows:?}");
}

/// Asserts what a revision after [`SHOP`] does to rows.
#[track_caller]
fn harms(up: &str, expected: &[&str]) {
    assert_eq!(second(up).harms, expected, "{up}");
}

#[test]
fn a_table_made_anew_with_all_it_had_keeps_its_rows() {
    keeps(
        "-- enamel: rebuild customers
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE, age BIGINT, street TEXT NOT NULL);
        INSERT INTO next SELECT id, email, age, coalesce(street, '') FROM customers;
        DROP TABLE customers;
        ALTER TABLE next RENAME TO customers;",
    );
    keeps(
        "-- enamel: rebuild customers
        PRAGMA legacy_alter_table = ON;
        ALTER TABLE customers RENAME TO former;
        PRAGMA legacy_alter_table = OFF;
        CREATE TABLE customers (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE, age BIGINT, street TEXT);
        INSERT INTO customers SELECT * FROM former;
        DROP TABLE former;",
    );
}

#[test]
fn a_column_that_was_forgotten_is_found() {
    harms(
        "-- enamel: rebuild customers
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE, age BIGINT, street TEXT);
        INSERT INTO next (id, email, street) SELECT id, email, street FROM customers;
        DROP TABLE customers;
        ALTER TABLE next RENAME TO customers;",
        &[
            "customers.age: migrations/V0002__step.sql changes 17 of 24 values and does not say so: 1 became NULL where id is 1",
        ],
    );
}

#[test]
fn columns_that_were_mixed_up_are_found() {
    harms(
        "-- enamel: rebuild orders
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, note TEXT,
            customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE, other TEXT);
        INSERT INTO next SELECT id, coalesce(note, ''), customer_id, note FROM orders;
        DROP TABLE orders;
        ALTER TABLE next RENAME TO orders;",
        &[
            "orders.note: migrations/V0002__step.sql changes 7 of 24 values and does not say so: NULL became '' where id is 1",
        ],
    );
}

#[test]
fn rows_that_a_rebuild_leaves_out_are_found() {
    harms(
        "-- enamel: rebuild orders
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, note TEXT,
            customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE);
        INSERT INTO next SELECT * FROM orders WHERE note <> '';
        DROP TABLE orders;
        ALTER TABLE next RENAME TO orders;",
        &["orders: migrations/V0002__step.sql loses 7 of 24 rows and does not say so: the one whose id is 1"],
    );
}

#[test]
fn rows_that_are_not_copied_at_all_are_found() {
    harms(
        "-- enamel: rebuild orders
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, note TEXT,
            customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE);
        DROP TABLE orders;
        ALTER TABLE next RENAME TO orders;",
        &["orders: migrations/V0002__step.sql loses 24 of 24 rows and does not say so: the one whose id is 0"],
    );
}

#[test]
fn rows_that_others_refer_to_are_missed() {
    // Only odd rows are left out: it would not do to try it without them.
    harms(
        "-- enamel: rebuild customers
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE, age BIGINT, street TEXT);
        INSERT INTO next SELECT * FROM customers WHERE trim(email) <> '';
        DROP TABLE customers;
        ALTER TABLE next RENAME TO customers;",
        &[
            "migrations/V0002__step.sql: loses rows that others refer to: afterwards 2 rows of orders refer to nothing in customers by (customer_id), rowid -1, 10",
        ],
    );
}

#[test]
fn what_runs_on_empty_tables_alone_is_found() {
    harms(
        "ALTER TABLE customers ADD COLUMN points BIGINT NOT NULL;",
        &[
            "migrations/V0002__step.sql: does not run where tables have rows: line 1: Cannot add a NOT NULL column with default value NULL",
        ],
    );
    harms(
        "-- enamel: rebuild orders
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, note TEXT, state TEXT NOT NULL,
            customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE);
        INSERT INTO next (id, note, customer_id) SELECT id, note, customer_id FROM orders;
        DROP TABLE orders;
        ALTER TABLE next RENAME TO orders;",
        &[
            "migrations/V0002__step.sql: does not run where tables have rows: line 4: NOT NULL constraint failed: next.state",
        ],
    );
}

#[test]
fn what_is_said_is_no_harm() {
    keeps("UPDATE customers SET age = 0, (street) = ('');");
    keeps("UPDATE OR REPLACE main.customers AS c SET age = 0 WHERE c.id > 1;");
    keeps("DELETE FROM customers WHERE age < 0;");
    keeps("INSERT INTO customers (id, email) VALUES (-77, 'e'); INSERT INTO orders (customer_id) VALUES (-77);");
    keeps("REPLACE INTO customers (id, email) SELECT id, email FROM customers;");
    keeps(
        "INSERT INTO customers (id, email) SELECT id, email FROM customers WHERE TRUE ON CONFLICT DO UPDATE SET age = 7;",
    );
    keeps("WITH old AS (SELECT id FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM old);");
    keeps(
        "-- enamel: rebuild orders
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, note TEXT UNIQUE,
            customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE);
        INSERT OR IGNORE INTO next SELECT * FROM orders;
        DROP TABLE orders;
        ALTER TABLE next RENAME TO orders;",
    );
    keeps(
        "-- enamel: convert orders.note=trim(note)
        -- enamel: rebuild orders
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, note TEXT,
            customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE);
        INSERT INTO next SELECT id, trim(note), customer_id FROM orders;
        DROP TABLE orders;
        ALTER TABLE next RENAME TO orders;",
    );
}

#[test]
fn an_update_excuses_its_own_columns_alone() {
    harms(
        "-- enamel: rebuild customers
        UPDATE customers SET age = 0;
        CREATE TABLE next (id INTEGER PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE, age BIGINT, street TEXT);
        INSERT INTO next (id, email, age) SELECT id, email, age FROM customers;
        DROP TABLE customers;
        ALTER TABLE next RENAME TO customers;",
        &[
            "customers.street: migrations/V0002__step.sql changes 15 of 24 values and does not say so: '' became NULL where id is 14",
        ],
    );
    harms(
        "INSERT INTO customers (id, email) VALUES (-77, 'e'); UPDATE orders SET id = id + 100 WHERE FALSE; CREATE TABLE n AS SELECT * FROM customers; ALTER TABLE customers DROP COLUMN age; ALTER TABLE customers ADD COLUMN age BIGINT;",
        &[
            "customers.age: migrations/V0002__step.sql changes 17 of 24 values and does not say so: 1 became NULL where id is 1",
        ],
    );
}

#[test]
fn what_was_renamed_is_looked_for_under_its_name() {
    keeps(
        "ALTER TABLE customers RENAME TO people; ALTER TABLE people RENAME COLUMN street TO road;
        ALTER TABLE people RENAME email TO mail;",
    );
    harms(
        "ALTER TABLE customers RENAME COLUMN street TO road; ALTER TABLE customers RENAME TO people;
        ALTER TABLE people DROP COLUMN road; ALTER TABLE people ADD COLUMN road TEXT;",
        &[
            "customers.street: migrations/V0002__step.sql changes 15 of 24 values and does not say so: '' became NULL where id is 14",
        ],
    );
}

#[test]
fn what_triggers_do_is_known() {
    let watched = format!(
        "{SHOP} CREATE TRIGGER stamp AFTER UPDATE OF age ON customers BEGIN
            UPDATE customers SET street = 'moved' WHERE id = new.id; DELETE FROM orders WHERE customer_id = new.id; END;"
    );
    let rows = tried(&[(&watched, None), ("UPDATE customers SET age = 7;", None)]);
    assert_eq!(rows.harms, [""; 0]);
}

#[test]
fn rows_that_must_not_be_there_are_taken_away() {
    keeps(
        "ALTER TABLE customers RENAME COLUMN age TO years;
        -- enamel: must be empty: customers without an age
        SELECT id FROM customers WHERE years IS NULL OR years < 0;",
    );
    keeps("CREATE UNIQUE INDEX by_note ON orders (note);");
    // Which rows these are is beyond us, but one order of one customer is always right.
    let rows = second(
        "-- enamel: must be empty: customers with several orders
        SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) > 1;",
    );
    assert_eq!((rows.rows, rows.harms, rows.notes), (2, vec![], vec![]));
}

#[test]
fn rows_that_are_refused_whatever_they_are_are_no_harm() {
    let rows = second(
        "-- enamel: must be empty: customers
        SELECT count(*) FROM customers HAVING count(*) > 0;",
    );
    assert_eq!(rows.harms, [""; 0]);
    assert_eq!(
        rows.notes,
        [
            "migrations/V0002__step.sql was not tried with rows, because it refuses them: line 2: there are customers: 1, the first of them (1)"
        ]
    );
}

#[test]
fn a_table_that_takes_no_row_is_named() {
    let rows = tried(&[
        ("CREATE TABLE odd (a BIGINT NOT NULL CHECK (a * a = 1764 AND a % 5 = 2));", None),
        ("ALTER TABLE odd ADD COLUMN b TEXT;", None),
    ]);
    assert_eq!((rows.tables, rows.notes), (0, vec!["odd was tried without rows: the database refused 200, the last with: CHECK constraint failed: a * a = 1764 AND a % 5 = 2".to_owned()]));
}

#[test]
fn the_way_back_keeps_rows_too() {
    let forgets = "-- enamel: rebuild orders
        CREATE TABLE former (id INTEGER PRIMARY KEY NOT NULL, note TEXT,
            customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE);
        INSERT INTO former SELECT id, '', customer_id FROM orders;
        DROP TABLE orders;
        ALTER TABLE former RENAME TO orders;";
    let rows = tried(&[(SHOP, None), ("ALTER TABLE orders ADD COLUMN state TEXT;", Some(forgets))]);
    assert_eq!(
        rows.harms,
        [
            "orders.note: migrations/V0002__step.down.sql changes 24 of 24 values and does not say so: ' ' became '' where id is 0"
        ]
    );
    let rows = tried(&[
        (SHOP, None),
        ("ALTER TABLE orders ADD COLUMN state TEXT;", Some("ALTER TABLE orders DROP COLUMN state;")),
    ]);
    assert_eq!(rows.harms, [""; 0]);
}

#[test]
fn rows_without_a_key_are_compared_as_wholes() {
    let log = "CREATE TABLE log (level TEXT NOT NULL, text TEXT);";
    let rows = tried(&[
        (log, None),
        (
            "CREATE TABLE next (level TEXT NOT NULL, text TEXT);
            INSERT INTO next SELECT DISTINCT level, text FROM log WHERE text IS NOT NULL;
            DROP TABLE log; ALTER TABLE next RENAME TO log;",
            None,
        ),
    ]);
    assert_eq!(
        rows.harms,
        ["log: migrations/V0002__step.sql loses 3 of 24 rows and does not say so: ('row 17', NULL)"]
    );
    let rows = tried(&[
        (log, None),
        (
            "CREATE TABLE next (level TEXT NOT NULL, text TEXT);
            INSERT INTO next SELECT level, coalesce(text, '') FROM log;
            DROP TABLE log; ALTER TABLE next RENAME TO log;",
            None,
        ),
    ]);
    assert_eq!(
        rows.harms,
        [
            "log: migrations/V0002__step.sql changes 3 of 24 rows and does not say so: ('row 17', NULL) became ('row 17', '')"
        ]
    );
    let rows = tried(&[(log, None), ("ALTER TABLE log ADD COLUMN n BIGINT;", None)]);
    assert_eq!(rows.harms, [""; 0]);
}

#[test]
fn keys_of_all_kinds_are_filled() {
    let tables = "
        CREATE TABLE sites (code TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 3)) WITHOUT ROWID;
        CREATE TABLE people (site TEXT NOT NULL REFERENCES sites, number INT NOT NULL, boss INT,
            mail TEXT UNIQUE CHECK (mail LIKE '%_@_%'), PRIMARY KEY (site, number),
            FOREIGN KEY (site, boss) REFERENCES people (site, number)) WITHOUT ROWID;
        CREATE TABLE loops (id INTEGER PRIMARY KEY AUTOINCREMENT, next BIGINT NOT NULL REFERENCES loops (id));
        CREATE TABLE here (id INTEGER PRIMARY KEY, there BIGINT REFERENCES there (id));
        CREATE TABLE there (id INTEGER PRIMARY KEY, here BIGINT NOT NULL REFERENCES here (id), kind TEXT NOT NULL
            CHECK (kind IN ('a', 'b')), doc TEXT CHECK (json_valid(doc)), up TEXT AS (upper(kind)) STORED) STRICT;";
    let tables = tables.replace("BIGINT NOT NULL REFERENCES here", "INT NOT NULL REFERENCES here");
    let all = "ALTER TABLE sites ADD COLUMN n BIGINT; ALTER TABLE people ADD COLUMN n BIGINT; ALTER TABLE loops ADD COLUMN n BIGINT;
        ALTER TABLE here ADD COLUMN n BIGINT; ALTER TABLE there ADD COLUMN n INT;";
    for seed in 1..20 {
        let rows = tried_with(&[(&tables, None), (all, None)], &Scratch::sqlite().seeded(seed));
        assert_eq!((rows.tables, rows.harms, rows.notes), (5, vec![], vec![]), "seed {seed}");
        assert!(rows.rows > 50, "{} rows by seed {seed}", rows.rows);
    }
}

#[test]
fn the_same_seed_makes_the_same_rows() {
    let up = "UPDATE orders SET note = NULL;
        -- enamel: must be empty: nothing
        SELECT 1 WHERE FALSE;
        ALTER TABLE customers DROP COLUMN age; ALTER TABLE customers ADD COLUMN age BIGINT;";
    let by = |seed| tried_with(&[(SHOP, None), (up, None)], &Scratch::sqlite().seeded(seed));
    assert_eq!(by(1), by(1));
    assert_ne!(by(1).harms, by(2).harms);
}

#[test]
fn a_revision_that_leaves_tables_alone_is_not_tried() {
    let models = Schema::default();
    let claim = Claim { models: &models, sealed: &models, ignore: &[] };
    let texts = [(SHOP, None), ("CREATE VIEW one AS SELECT 1;", None)];
    let proof = with(&texts, |migrations| prove(migrations, claim, &Scratch::sqlite())).unwrap();
    assert_eq!(proof.rows, None);
}
