//! A bookshop: the worked example of cargo enamel.
//!
//! It brings its own database up to date at launch, says what it did, and shows the shop.
//!
//!     cargo run --example bookshop
//!     DATABASE_URL=postgres://localhost/bookshop cargo run --example bookshop
//!
//! The database is `bookshop.db` in the current directory, or what `DATABASE_URL` names: the revisions of both kinds are in the program.

#![allow(clippy::print_stdout, reason = "a program may print")]

#[allow(
    dead_code,
    unreachable_pub,
    reason = "revisions come from the models; this small program uses only a part of them"
)]
mod models;
mod shop;

use enamel_runtime::{Migrations, postgres, rusqlite};
use shop::Shop;
use std::error::Error;

static MIGRATIONS: Migrations = enamel_runtime::embed!("../migrations");

fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite:bookshop.db".to_owned());
    let (mut shop, report) = if url.starts_with("postgres") {
        let mut client = postgres::Client::connect(&url, postgres::NoTls)?;
        let report = MIGRATIONS.upgrade(&mut client)?;
        (Shop::Postgres(Box::new(client)), report)
    } else {
        let mut connection = rusqlite::Connection::open(url.trim_start_matches("sqlite:"))?;
        let report = MIGRATIONS.upgrade(&mut connection)?;
        (Shop::Sqlite(connection), report)
    };
    for done in &report.done {
        println!("  {} {}", done.version, done.name);
    }
    println!("bookshop: {report}");
    shop.open()
}
