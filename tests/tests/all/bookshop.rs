//! The bookshop's own tests, as any program has them: the models match, and each revision is walked with the data of its time.

use enamel_runtime::rusqlite::functions::FunctionFlags;
use enamel_runtime::scratch::Scratch;
use enamel_runtime::testing::{Database, Template, models_match};
use enamel_runtime::{Migrations, walk};
use enamel_tests::server::is_there;

static MIGRATIONS: Migrations = enamel_runtime::embed!("../migrations", models = deny);

/// The database of the newest revision, made once for all tests that need one.
static SHOP: Template = Template::new(&MIGRATIONS, Scratch::sqlite());

/// The same on PostgreSQL, where the shop began with revision 0013.
static SHOP_ON_POSTGRES: Template = Template::new(&MIGRATIONS, Scratch::postgres());

#[test]
fn the_models_match() {
    models_match(&MIGRATIONS, &scratch());
}

/// What the program's connections know, the tests' do too.
fn scratch() -> Scratch {
    Scratch::sqlite().prepared(|connection| {
        connection.create_scalar_function("euros", 1, FunctionFlags::SQLITE_DETERMINISTIC, |call| {
            call.get(0).map(|cents: i64| format!("{}.{:02}", cents / 100, cents % 100))
        })
    })
}

#[test]
fn the_models_match_on_postgresql() {
    if is_there() {
        models_match(&MIGRATIONS, &Scratch::postgres());
    }
}

walk!(
    MIGRATIONS,
    "../migrations",
    scratch(),
    before(0002, |db| db.batch("INSERT INTO authors (id, first_name, surname) VALUES (1, 'Virginia', 'Woolf')")),
    after(0002, |db, ()| assert_eq!(cells(db, "SELECT last_name FROM authors"), ["Woolf"])),
    before(0003, |db| {
        db.batch(BOOK_AND_ORDER);
        db.batch("UPDATE books SET price = 9.5");
    }),
    after(0003, |db, ()| {
        assert_eq!(cells(db, "SELECT euros(price_cents) FROM books"), ["9.50"]);
        assert_eq!(cells(db, "SELECT quantity FROM order_lines"), ["2"], "a rebuilt parent keeps its children");
    }),
    before(0004, |db| db.batch(&BOOK_AND_ORDER.replace("price", "price_cents"))),
    after(0004, |db, ()| assert_eq!(cells(db, "SELECT language FROM books"), ["en"])),
    before(0007, |db| {
        db.batch(
            "INSERT INTO customers (email, name, street, city) VALUES
                ('ada@example.org', 'Ada', 'Lange Straße 1', 'Köln'), ('emil@example.org', 'Emil', NULL, NULL)",
        );
        cells(db, "SELECT street FROM customers WHERE street IS NOT NULL")
    }),
    after(0007, |db, streets| assert_eq!(cells(db, "SELECT street FROM addresses"), streets)),
);

#[test]
fn what_was_ordered_is_not_taken_from_the_shelf() {
    let shop = SHOP.connection();
    shop.execute_batch(FIRST_DAY).unwrap();
    let refused = shop.execute("DELETE FROM books WHERE id = 1", []).unwrap_err();
    assert_eq!(refused.to_string(), "FOREIGN KEY constraint failed");
}

/// The same revisions where there is a server. Those from before its first one are passed over.
mod on_postgresql {
    use super::{FIRST_DAY, MIGRATIONS, cells};
    use enamel_runtime::scratch::Scratch;
    use enamel_runtime::walk;

    const AUTHORS: &str = "SELECT last_name FROM authors ORDER BY id";

    walk!(
        #[ignore = "needs a server"]
        MIGRATIONS,
        "../migrations",
        Scratch::postgres(),
        after(0013, |db, ()| {
            db.batch(FIRST_DAY);
            assert_eq!(cells(db, "SELECT count(*) FROM orders"), ["3"]);
        }),
        before(0014, |db| {
            db.batch(FIRST_DAY);
            cells(db, AUTHORS)
        }),
        after(0014, |db, authors| {
            assert_eq!(cells(db, AUTHORS), authors);
            assert_eq!(cells(db, "SELECT count(*) FROM authors WHERE died IS NULL"), ["4"]);
        }),
    );
}

#[test]
fn the_shop_is_the_same_on_postgresql() {
    if !is_there() {
        return;
    }
    let mut shop = SHOP_ON_POSTGRES.client();
    shop.batch_execute(FIRST_DAY).unwrap();
    let refused = shop.batch_execute("DELETE FROM books WHERE id = 1").unwrap_err();
    // foreign_key_violation, or from version 18 on restrict_violation.
    assert!(["23503", "23001"].contains(&refused.code().unwrap().code()));
    shop.batch_execute("UPDATE orders SET state = 'returned' WHERE id = 1").unwrap();
    shop.batch_execute("UPDATE orders SET state = 'stolen' WHERE id = 1").unwrap_err();
    assert!(SHOP_ON_POSTGRES.client().query("SELECT FROM books", &[]).unwrap().is_empty(), "each copy is its own");
}

#[test]
fn an_order_may_come_back() {
    let shop = SHOP.connection();
    shop.execute_batch(FIRST_DAY).unwrap();
    shop.execute("UPDATE orders SET state = 'returned' WHERE id = 1", []).unwrap();
    shop.execute("UPDATE orders SET state = 'stolen' WHERE id = 1", []).unwrap_err();
}

/// What the shop has on its first day.
const FIRST_DAY: &str = include_str!("../../examples/bookshop/first_day.sql");

/// A book of the first days that somebody ordered twice.
const BOOK_AND_ORDER: &str = "
    INSERT INTO publishers (id, name) VALUES (1, 'Hogarth Press');
    INSERT INTO books (id, isbn, title, publisher_id, price) VALUES (1, '9780701200022', 'To the Lighthouse', 1, 0);
    INSERT INTO customers (id, email, name) VALUES (1, 'ada@example.org', 'Ada');
    INSERT INTO orders (id, customer_id) VALUES (1, 1);
    INSERT INTO order_lines (order_id, book_id, quantity) VALUES (1, 1, 2);
";

/// The cells of a query's only column.
fn cells(db: &mut Database, query: &str) -> Vec<String> {
    db.rows(query).into_iter().flatten().flatten().collect()
}
