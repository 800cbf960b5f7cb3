//! What the shop does once its database is up to date: it fills its shelves on the first day and shows them on every day.

use enamel_runtime::{postgres, rusqlite};
use std::error::Error;

/// What is on the shelves on the first day.
const FIRST_DAY: &str = include_str!("first_day.sql");

const CATALOGUE: &str = "
    SELECT b.title, string_agg(a.first_name || ' ' || a.last_name, ', ' ORDER BY w.position), b.language, b.price_cents
    FROM books b JOIN book_authors w ON w.book_id = b.id JOIN authors a ON a.id = w.author_id
    GROUP BY b.id ORDER BY b.title";

/// The shop, and where it keeps its books.
pub(crate) enum Shop {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Client>),
}

/// A line of the catalogue.
struct Line {
    title: String,
    authors: String,
    language: String,
    cents: i64,
}

impl Shop {
    /// Fills the shelves of an empty shop, and prints the catalogue.
    pub(crate) fn open(&mut self) -> Result<(), Box<dyn Error>> {
        if self.count("SELECT count(*) FROM books")? == 0 {
            self.run(&format!("BEGIN; {FIRST_DAY}; COMMIT"))?;
        }
        for Line { title, authors, language, cents } in self.catalogue()? {
            println!("  {title:<34} {authors:<40} {language}  {:>3}.{:02} €", cents / 100, cents % 100);
        }
        println!("  {} open orders", self.count("SELECT count(*) FROM orders WHERE state = 'open'")?);
        Ok(())
    }

    fn run(&mut self, sql: &str) -> Result<(), Box<dyn Error>> {
        match self {
            Shop::Sqlite(connection) => connection.execute_batch(sql)?,
            Shop::Postgres(client) => client.batch_execute(sql)?,
        }
        Ok(())
    }

    fn count(&mut self, query: &str) -> Result<i64, Box<dyn Error>> {
        Ok(match self {
            Shop::Sqlite(connection) => connection.query_row(query, [], |row| row.get(0))?,
            Shop::Postgres(client) => client.query_one(query, &[])?.try_get(0)?,
        })
    }

    fn catalogue(&mut self) -> Result<Vec<Line>, Box<dyn Error>> {
        match self {
            Shop::Sqlite(connection) => {
                let mut query = connection.prepare(CATALOGUE)?;
                let lines = query.query_map([], |row| {
                    Ok(Line { title: row.get(0)?, authors: row.get(1)?, language: row.get(2)?, cents: row.get(3)? })
                })?;
                Ok(lines.collect::<Result<_, _>>()?)
            }
            Shop::Postgres(client) => {
                let rows = client.query(CATALOGUE, &[])?;
                let lines = rows.iter().map(|row| {
                    Ok(Line {
                        title: row.try_get(0)?,
                        authors: row.try_get(1)?,
                        language: row.try_get(2)?,
                        cents: row.try_get(3)?,
                    })
                });
                lines.collect()
            }
        }
    }
}
