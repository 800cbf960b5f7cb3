//! What is measured: enamel, its peers, and the raw driver, behind one face.

mod diesel;
mod enamel;
mod raw;
mod refinery;
mod sqlx;

use std::error::Error;
use std::path::Path;

pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// A library that upgrades a database.
pub trait Peer {
    fn name(&self) -> &'static str;

    /// Writes the revisions as this library wants them on disk.
    fn write(&self, folder: &Path, revisions: &[String]) -> Outcome;

    /// Opens a connection, and reads the revisions: what a program has done before it upgrades.
    fn open(&self, folder: &Path, database: &Path) -> Outcome<Box<dyn Session>>;
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

/// The same statements in one transaction, by the driver alone.
pub fn raw(database: &Path, revisions: &[String]) -> Outcome {
    raw::apply(database, revisions)
}
