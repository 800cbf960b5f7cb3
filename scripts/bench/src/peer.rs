//! What is measured: enamel, its peers, and the raw driver, behind one face.

mod diesel;
mod enamel;
mod raw;
mod refinery;
mod sqlx;

pub use enamel::migrations;

use std::error::Error;
use std::path::{Path, PathBuf};

pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// The query that a launch is measured beside.
const SELECT: &str = "SELECT id, name FROM t1 WHERE id = 1";

/// Where a database is.
pub enum Address {
    /// A file of SQLite.
    File(PathBuf),
    /// The URL of a database of a PostgreSQL server.
    Server(String),
}

/// A library that upgrades a database.
pub trait Peer {
    fn name(&self) -> &'static str;

    /// Writes the revisions as this library wants them on disk.
    fn write(&self, folder: &Path, revisions: &[String]) -> Outcome;

    /// Opens a connection, and reads the revisions: what a program has done before it upgrades.
    fn open(&self, folder: &Path, database: &Address) -> Outcome<Box<dyn Session>>;
}

/// An open connection with the revisions at hand.
pub trait Session {
    /// Brings the database up to date.
    fn upgrade(&mut self) -> Outcome;

    /// One small `SELECT` by the same driver on the same connection.
    fn select(&mut self) -> Outcome;
}

/// Enamel, then its peers.
pub fn all() -> Vec<Box<dyn Peer>> {
    vec![Box::new(enamel::Enamel), Box::new(refinery::Refinery), Box::new(sqlx::Sqlx), Box::new(diesel::Diesel)]
}

/// The same statements by the driver alone: in one transaction on SQLite, in one a revision on PostgreSQL.
pub fn raw(database: &Address, revisions: &[String]) -> Outcome {
    raw::apply(database, revisions)
}

/// A connection of the `postgres` driver.
pub fn client(url: &str) -> Outcome<postgres::Client> {
    Ok(postgres::Client::connect(url, postgres::NoTls)?)
}
