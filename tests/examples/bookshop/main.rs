//! A bookshop: the worked example of cargo enamel.
//!
//! It brings its own database up to date at launch, says what it did, and shows the shop.
//!
//!     cargo run --example bookshop
//!     DATABASE_URL=postgres://localhost/bookshop cargo run --example bookshop
//!
//! What `cargo enamel` does with a database, the program does without it, and without its source:
//!
//!     cargo run --example bookshop migrate version
//!     cargo run --example bookshop migrate --help
//!
//! The database is `bookshop.db` in the current directory, or what `DATABASE_URL` names: the revisions of both kinds are in the program.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program may print")]

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
use std::process::ExitCode;

static MIGRATIONS: Migrations = enamel_runtime::embed!("../migrations");

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == "migrate").is_some() {
        return Ok(migrate(arguments));
    }
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
    shop.open()?;
    Ok(ExitCode::SUCCESS)
}

/// `bookshop migrate version`, `upgrade`, `downgrade`, `stamp`, `history`: what is said is printed here.
fn migrate(arguments: impl Iterator<Item = String>) -> ExitCode {
    let outcome = MIGRATIONS.command(["bookshop migrate".to_owned()].into_iter().chain(arguments));
    print!("{}", outcome.out);
    eprint!("{}", outcome.err);
    ExitCode::from(outcome.code)
}
