//! A bookshop: the worked example of cargo enamel.
//!
//! It brings its own database up to date at launch, says what it did, and shows the shop.
//!
//!     cargo run --example bookshop
//!
//! The database is `bookshop.db` in the current directory, or what `DATABASE_URL` names.

#[allow(dead_code, reason = "the models are what the revisions come from; this small program reads a part of them")]
mod models;
mod shop;

use enamel_runtime::Migrations;
use std::error::Error;

static MIGRATIONS: Migrations = enamel_runtime::embed!("../migrations");

fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite:bookshop.db".to_owned());
    let path = url.trim_start_matches("sqlite:");
    let mut connection = enamel_runtime::rusqlite::Connection::open(path)?;

    let report = MIGRATIONS.upgrade(&mut connection)?;
    println!("{path}: {report}");

    shop::open(&connection)?;
    Ok(())
}
