//! What the shop does once its database is up to date: it fills its shelves on the first day and shows them on every day.

use enamel_runtime::rusqlite::{Connection, Result};

/// Fills the shelves of an empty shop, and prints the catalogue.
pub(crate) fn open(connection: &Connection) -> Result<()> {
    let books: i64 = connection.query_row("SELECT count(*) FROM books", [], |row| row.get(0))?;
    if books == 0 {
        connection.execute_batch(&format!("BEGIN; {}; COMMIT", include_str!("first_day.sql")))?;
    }
    let mut catalogue = connection.prepare(
        "SELECT b.title, group_concat(a.first_name || ' ' || a.last_name, ', ' ORDER BY w.position), b.language, b.price_cents
         FROM books b JOIN book_authors w ON w.book_id = b.id JOIN authors a ON a.id = w.author_id
         GROUP BY b.id ORDER BY b.title",
    )?;
    let mut rows = catalogue.query([])?;
    while let Some(row) = rows.next()? {
        let (title, authors): (String, String) = (row.get(0)?, row.get(1)?);
        let (language, cents): (String, i64) = (row.get(2)?, row.get(3)?);
        println!("  {title:<34} {authors:<40} {language}  {:>3}.{:02} €", cents / 100, cents % 100);
    }
    let open: i64 = connection.query_row("SELECT count(*) FROM orders WHERE state = 'open'", [], |row| row.get(0))?;
    println!("  {open} open orders");
    Ok(())
}
